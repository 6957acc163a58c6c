"""Faulty scenarios whose text shows where the fault is: ``no_deal: «50..30»``."""

from __future__ import annotations

import re
from pathlib import Path

from negsim.errors import Problem, ScenarioError
from negsim.scenario import load
from negsim.scenario.codes import EXAMPLE_BASE

HEAD = "negsim: 1\nbase: boat.scenario.yaml\n"


def problems_of(folder: Path, change: str) -> tuple[Problem, ...]:
    """Load a change to the sale of a boat and return its problems."""
    (folder / "boat.scenario.yaml").write_text(EXAMPLE_BASE, encoding="utf-8")
    file = folder / "change.scenario.yaml"
    file.write_text(HEAD + change, encoding="utf-8")
    try:
        load(file)
    except ScenarioError as error:
        return error.problems
    return ()


def places(problems: tuple[Problem, ...]) -> list[tuple[str, int, int, int]]:
    """Give code, line, column and length of each problem."""
    placed = [(problem.code, problem.place) for problem in problems]
    return [(code, place.line, place.column, place.length) for code, place in placed if place is not None]


def assert_marked(folder: Path, codes: str, marked: str) -> None:
    """Check that loading ``marked`` gives these codes, in this order, at the marked places and nowhere else."""
    expected = []
    codes_left = codes.split()
    for number, line in enumerate((HEAD + marked).splitlines(), start=1):
        for n_before, match in enumerate(re.finditer("«([^»]*)»", line)):
            column = match.start() - 2 * n_before + 1
            expected.append((codes_left.pop(0), number, column, len(match[1])))
    assert not codes_left
    problems = problems_of(folder, re.sub("[«»]", "", marked))
    assert places(problems) == expected, "\n".join(map(str, problems))
