"""Timing that a noisy machine can bear: several runs in turn, medians and ratios."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

__all__ = ["Row", "Work", "print_table", "run_in_turn"]

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was measured, the number with its unit, and what it is held against."""

    what: str
    figure: str
    goal: str = ""


def run_in_turn(works: Mapping[str, Work], *, rounds: int = 7) -> dict[str, list[float]]:
    """Time pieces of work in turn, A B A B ..., after a warm-up of each: wall seconds by name, one a round."""
    for work in works.values():
        work()
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            seconds[name].append(time.perf_counter() - start)
    return seconds


def median(seconds: list[float]) -> float:
    """Give the middle of some timings."""
    return statistics.median(seconds)


def print_table(title: str, rows: list[Row]) -> None:
    """Print figures as a table in Markdown."""
    print(f"\n### {title}\n\n| what | measured | goal |\n|---|---|---|")
    for row in rows:
        print(f"| {row.what} | {row.figure} | {row.goal} |")
