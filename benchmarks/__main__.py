"""Run the benchmarks named, or all: `python -m benchmarks [NAME ...]`, where names are those of `TABLES`."""

from __future__ import annotations

import importlib
import platform
import sys
from importlib.metadata import version

from benchmarks.timing import print_table

TABLES = {
    "kernel": ("benchmarks.kernel", "The zone kernel"),
    "negmas": ("benchmarks.beside_negmas", "Beside NegMAS: is there a zone? (15,625 outcomes, 2 parties)"),
    "solutions": ("benchmarks.solutions", "Beside NegMAS: frontier and solutions (1,000,000 outcomes, 2 parties)"),
    "stakes": ("benchmarks.stakes", "No deal, risk and consent: what they cost"),
    "bargaining": (
        "benchmarks.bargaining",
        "Beside NegMAS: talks of two parties (15,625 outcomes, 100 rounds, 10,000 worlds on two processes)",
    ),
    "talks": ("benchmarks.talks", "The calendar of talks (Geneva)"),
    "sweeps": (
        "benchmarks.sweeps",
        "Studies beside EMA Workbench, Mesa and SALib (12 inputs, 2 results, 10,000 cells)",
    ),
    "scale": ("benchmarks.scale", "What a large study is made of"),
    "sensitivity": ("benchmarks.sensitivity", "Beside SALib: what decides (12 factors)"),
    "discovery": ("benchmarks.discovery", "Beside EMA Workbench: find a region (10,000 cells, 12 quantities)"),
    "search": ("benchmarks.search_power", "What finds a counterexample (a claim false at one corner of seven ranges)"),
    "commands": ("benchmarks.commands", "Whole commands"),
}


PACKAGES = ("numpy", "negmas", "ema_workbench", "mesa", "SALib")
"""Named at the head, with their versions."""


def main(names: list[str]) -> None:
    """Measure and print, table by table."""
    unknown = [name for name in names if name not in TABLES]
    if unknown:
        raise SystemExit(f"there is no benchmark {unknown[0]!r}; known: {', '.join(TABLES)}")
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    print(f"Python {platform.python_version()}, {packages}; medians of rounds taken in turn.")
    for name in names or TABLES:
        module, title = TABLES[name]
        print_table(title, importlib.import_module(module).measure())


if __name__ == "__main__":
    main(sys.argv[1:])
