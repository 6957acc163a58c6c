"""A plugin for pytest: scenario files are collected, and what is expected of them is tested.

Of ``NAME.scenario.yaml`` there is an item ``lint``, and one ``expect:ID`` for each expectation; of a counterexample
file there is an item ``replay`` alone, as `negsim check` does nothing else with one. Only errors fail: what `negsim
check` warns of, and what is undecided, is a warning of pytest (`negsim.testing.NegsimWarning`) and the item passes,
unless ``-W error::negsim.testing.NegsimWarning`` says otherwise.

Every run of pytest imports this module where negsim is installed, so it loads nothing until a scenario is collected;
``-p no:negsim`` leaves it out.
"""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

__all__: list[str] = []

_NUMBERS = (
    ("seed", 0, "Another seed looks at other worlds. [0]"),
    ("max_examples", 0, "Worlds to search, for each claim on every world. [500]"),
    ("worlds", 1, "Worlds to look at, at most, for claims on all of them. [65536]"),
)
"""Numbers that can be given as an option and in the ini file: name, the least it may be, help."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer options, and the same in the ini file."""
    group = parser.getgroup("negsim", "scenarios of negsim")
    for name, least, text in _NUMBERS:
        option = f"--negsim-{name.replace('_', '-')}"
        group.addoption(option, type=_at_least(least), default=None, metavar="N", help=text)
        parser.addini(f"negsim_{name}", f"As {option}.", default="")
    group.addoption("--negsim-save", default="", metavar="FOLDER", help="Write counterexamples there. [nowhere]")
    parser.addini("negsim_files", "Which files are scenarios.", type="args", default=["*.scenario.yaml"])


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker that every item has, and refuse numbers of the ini file that are none."""
    import pytest

    config.addinivalue_line("markers", "negsim: what is tested of a scenario file, by negsim.testing.plugin")
    for name, least, _ in _NUMBERS:
        try:
            text = str(config.getini(f"negsim_{name}")).strip()
            _ = text and _at_least(least)(text)
        except ArgumentTypeError as error:
            raise pytest.UsageError(f"negsim_{name} in the ini file: {error}") from None


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a scenario file; a pattern with a folder in it is compared with the end of the path."""
    if not any(file_path.match(pattern) for pattern in parent.config.getini("negsim_files")):
        return None
    from negsim.testing.collecting import ScenarioFile

    found: pytest.Collector = ScenarioFile.from_parent(parent, path=file_path)
    return found


def number_of(config: pytest.Config, name: str) -> int | None:
    """Give a number from the options, else from the ini file, else None."""
    given: int | None = config.getoption(f"negsim_{name}")
    text = str(config.getini(f"negsim_{name}")).strip()
    return int(text) if given is None and text else given


def _at_least(least: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise ArgumentTypeError(f"not a whole number from {least} on: {text}")
        return int(text)

    return number
