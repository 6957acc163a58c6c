"""What must hold of any input: it gives a scenario or located problems, quickly, and a scenario survives further use."""

from __future__ import annotations

import re
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from math import prod
from pathlib import Path
from typing import TypeVar

from negsim.checks import lint
from negsim.errors import Problem, ScenarioError
from negsim.model.structure import compile_structure
from negsim.scenario import LoadedScenario, Scenario, load_with_places, loads, write
from negsim.scenario.codes import CODES
from negsim.scenario.source_text import MAX_BYTES
from tests.fuzz import condition_soup
from tests.fuzz.inputs import Input, names_of

__all__ = ["MOST_SECONDS", "Fault", "Verdict", "judge"]

MOST_SECONDS = 1.0
"""Of CPU time, for each thing done with an input."""

MOST_ENUMERATED = 2**18
"""Scenarios with more outcomes, over all parties, are left alone: what takes time there is arithmetic, not the text."""

# What concerns no line: a file that cannot be opened, and what only the compiled scenario shows.
_PLACELESS = {"NS117", "NS410", "NS411"}
_BREAK = re.compile("\r\n|\r|\n")
_T = TypeVar("_T")


class Fault(AssertionError):
    """What must not happen; its text starts with a word for the kind of fault and, if it has one, its place."""


@dataclass(slots=True)
class Verdict:
    """What came of an input (``scenario``, ``condition`` or the first code), and the longest time for one thing."""

    outcome: str = ""
    seconds: float = 0.0
    slowest: str = ""
    fault: str = ""
    times: dict[str, float] = field(default_factory=dict)


def judge(given: Input, folder: Path, *, most_seconds: float = MOST_SECONDS) -> Verdict:
    """Feed an input; files are written to ``folder``, where other files may be found as bases."""
    verdict = Verdict()
    try:
        if given.kind in ("sample", "crowded"):
            text = given.data.decode("utf-8", "surrogatepass")
            verdict.outcome = _timed(verdict, "parse", lambda: condition_soup.judge(text, names_of(given.kind)))
        else:
            verdict.outcome = _judge_file(given, folder, verdict)
        verdict.slowest, verdict.seconds = max(verdict.times.items(), key=lambda item: item[1])
        if verdict.seconds > most_seconds:
            raise Fault(f"slow in {verdict.slowest}: {verdict.seconds:.2f} s")
    except Fault as fault:
        verdict.fault = str(fault)
    except Exception as error:  # any other exception is what is being looked for
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(frame.filename).name}:{frame.name}"
        verdict.fault = f"{type(error).__name__} in {where}: {error}\n{traceback.format_exc(limit=-6)}"
    return verdict


def _timed(verdict: Verdict, what: str, do: Callable[[], _T]) -> _T:
    start = time.process_time()
    try:
        return do()
    finally:
        verdict.times[what] = time.process_time() - start


def _judge_file(given: Input, folder: Path, verdict: Verdict) -> str:
    path = folder / "input.scenario.yaml"
    path.write_bytes(given.data)
    try:
        loaded = _timed(verdict, "load", lambda: load_with_places(path))
    except ScenarioError as error:
        _check_problems(error.problems, given.data, str(path))
        _timed(verdict, "message", partial(_utf8, error))
        return error.problems[0].code
    _check_written(loaded.scenario, verdict)
    if _is_enumerable(loaded.scenario) and given.number % 3 == 0:
        _check_use(loaded, verdict)
    return "scenario"


def _utf8(error: ScenarioError) -> bytes:
    """Write an error as a terminal would get it."""
    return str(error).encode()


def _check_problems(problems: tuple[Problem, ...], data: bytes, file: str) -> None:
    if not problems:
        raise Fault("refused without a problem")
    lines = _BREAK.split(data.decode("utf-8", "replace").removeprefix("\ufeff"))
    for problem in problems:
        if problem.code not in CODES:
            raise Fault(f"unknown code {problem.code}")
        if problem.place is None:
            if problem.code not in _PLACELESS:
                raise Fault(f"{problem.code} has no place: {problem.message}")
        elif problem.place.file == file:
            _check_place(problem, lines, is_whole=len(data) <= MAX_BYTES)


def _check_place(problem: Problem, lines: list[str], *, is_whole: bool) -> None:
    """A place lies within its line, or just behind its end; of a file that is too large the line is not shown."""
    place = problem.place
    assert place is not None
    if not 1 <= place.line <= len(lines):
        raise Fault(f"{problem.code} is placed on line {place.line} of {len(lines)}")
    line = lines[place.line - 1]
    if is_whole and place.text != line:
        raise Fault(f"{problem.code} shows another line than that of its place: {place.text[:60]!r}")
    if not (1 <= place.column <= len(line) + 1 and 1 <= place.length <= max(1, len(line) + 1 - place.column)):
        raise Fault(f"{problem.code} is placed outside its line: {place.column}+{place.length} of {len(line)}")


def _check_written(scenario: Scenario, verdict: Verdict) -> None:
    """A scenario written and read again is the same; one that is written larger than a file may be is let pass."""
    text = _timed(verdict, "write", lambda: write(scenario))
    try:
        again = _timed(verdict, "read again", lambda: loads(text))
    except ScenarioError as error:
        if {problem.code for problem in error.problems} == {"NS102"}:
            return
        raise Fault(f"what was written is refused: {error.problems[0]}") from None
    if again != scenario:
        raise Fault("what was written reads as another scenario")


def _is_enumerable(scenario: Scenario) -> bool:
    n_outcomes = prod(issue.n_choices for issue in scenario.issues)
    return n_outcomes * max(1, len(scenario.parties)) <= MOST_ENUMERATED


def _check_use(loaded: LoadedScenario, verdict: Verdict) -> None:
    try:
        _timed(verdict, "compile", lambda: compile_structure(loaded.scenario))
    except ScenarioError as error:
        if not {problem.code for problem in error.problems} <= {"NS410", "NS411"}:
            raise Fault(f"compiling is refused: {error.problems[0]}") from None
    for problem in _timed(verdict, "lint", lambda: lint(loaded)):
        if problem.place is None or not str(problem):
            raise Fault(f"{problem.code} has no place")
