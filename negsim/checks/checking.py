"""Checking a scenario file: lint, what its author expects, theorems, rules that never decide; or a replay.

Linting alone loads nothing that the rest needs.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from negsim.checks.lint import lint
from negsim.checks.verdict_pages import BROKEN, IMPOSSIBLE, STILL_BROKEN, UNDECIDED
from negsim.errors import NegsimError, Place, Problem, ScenarioError, Severity, UsageError
from negsim.scenario import LoadedScenario, load_with_places
from negsim.scenario.words import did_you_mean

if TYPE_CHECKING:
    from negsim.checks.counterexamples import Counterexample
    from negsim.checks.judging.each import Budget
    from negsim.checks.judging.variants import Variants
    from negsim.checks.judging.verdicts import Judgement
    from negsim.checks.replaying import Replay
    from negsim.scenario.claims.tree import Expectation

__all__ = ["GROUPS", "Checking", "FileReport", "Judged", "check_file", "judge_expectation", "place_of_claim"]

GROUPS = ("lint", "expect", "replay")
"""What can be checked: groups, of which some have members, such as ``expect:a_deal_exists``."""


@dataclass(frozen=True, slots=True)
class Checking:
    """How to check.

    ``checks`` and ``exclude`` are names of groups or of members, ``*`` standing for anything; none means all.
    ``most_worlds``, ``max_examples`` and ``max_seconds`` (of a whole file) say how much to look at, ``max_failures``
    after how many expectations that fail to stop. Counterexamples are written to ``folder``, or nowhere if that is
    empty.
    """

    checks: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()
    seed: int = 0
    phases: tuple[str, ...] | None = None
    most_worlds: int | None = None
    max_examples: int | None = None
    max_seconds: float = float("inf")
    max_failures: int | None = None
    folder: str = ""

    def wants(self, name: str) -> bool:
        """Tell whether a group, or a member of one, is to be checked."""
        return (not self.checks or _matches(name, self.checks)) and not _matches(name, self.exclude)


def _matches(name: str, patterns: Sequence[str]) -> bool:
    group = name.partition(":")[0]
    return any(fnmatchcase(name, one) or fnmatchcase(group, one) for one in patterns)


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement with where the claim stands, and the counterexample that was written, if there is one."""

    judgement: Judgement
    place: Place | None
    counterexample: Counterexample | None = None

    @property
    def problem(self) -> Problem | None:
        """What is to be reported: nothing where the expectation holds."""
        expectation, verdict = self.judgement.expectation, self.judgement.verdict.value
        if verdict == "holds":
            return None
        code = BROKEN if verdict == "fails" else UNDECIDED
        warns = expectation.warns or verdict == "undecided"
        severity = Severity.WARNING if warns else Severity.ERROR
        said = "does not hold" if verdict == "fails" else "is undecided"
        return Problem(code, f"{expectation.id} {said}", expectation.path, self.place, "", severity)


@dataclass(frozen=True, slots=True)
class FileReport:
    """What was found in one file: problems that keep it from being used, or what lint finds, and all else asked for."""

    file: str
    problems: tuple[Problem, ...] = ()
    usable: bool = True
    judged: tuple[Judged, ...] = ()
    replay: Replay | None = None
    n_left_out: int = 0
    seconds: float = 0.0

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """All that is to be reported as a problem, in the order in which it was found."""
        judged = (one.problem for one in self.judged)
        return (*self.problems, *(one for one in judged if one is not None), *self._of_replay())

    def _of_replay(self) -> Iterator[Problem]:
        if self.replay is None or self.replay.stands is False:
            return
        place = Place(self.file, 1, 1)
        if self.replay.stands is None:
            yield Problem(IMPOSSIBLE, f"the counterexample cannot be replayed: {self.replay.reason}", place=place)
        else:
            message = f"{self.replay.of} still breaks {self.replay.expect}"
            yield Problem(STILL_BROKEN, message, place=place)


def check_names(checking: Checking, known: Sequence[str]) -> None:
    """Refuse names that mean nothing.

    Raises
    ------
    UsageError
        With the nearest name.
    """
    for option, names in (("--checks", checking.checks), ("--exclude", checking.exclude)):
        for name in names:
            if not any(_matches(one, (name,)) for one in (*known, *GROUPS)):
                raise UsageError(f"{option} {name}: there is no such check; {did_you_mean(name, (*GROUPS, *known))}")


def check_file(file: str, checking: Checking, on_judged: Callable[[Judged], None] = lambda _: None) -> FileReport:
    """Check one file.

    Parameters
    ----------
    file : str
    checking : Checking
    on_judged : function of Judged, optional
        Called as soon as an expectation is judged.

    Returns
    -------
    FileReport

    Raises
    ------
    UsageError
        If there is no such check, an override makes no sense, or a counterexample cannot be written.
    """
    start = time.monotonic()
    try:
        loaded = load_with_places(file, overrides=checking.overrides)
    except ScenarioError as error:
        return FileReport(file, error.problems, usable=False)
    expected = [f"expect:{one.id}" for one in loaded.scenario.expectations]
    check_names(checking, expected)
    if loaded.scenario.counterexample is not None and checking.wants("replay"):
        return replace(_replayed(file, loaded, checking), seconds=time.monotonic() - start)
    problems = lint(loaded) if checking.wants("lint") else ()
    if any(problem.severity is Severity.ERROR for problem in problems):
        return FileReport(file, problems, usable=False, seconds=time.monotonic() - start)
    judged: list[Judged] = []
    n_left_out = 0
    if any(checking.wants(name) for name in expected):
        n_failed = 0
        for one in _judge(loaded, checking, start):
            judged.append(one)
            on_judged(one)
            n_failed += one.judgement.verdict.value == "fails"
            if checking.max_failures is not None and n_failed >= checking.max_failures:
                n_left_out = sum(map(checking.wants, expected)) - len(judged)
                break
    return FileReport(file, problems, judged=tuple(judged), n_left_out=n_left_out, seconds=time.monotonic() - start)


def _replayed(file: str, loaded: LoadedScenario, checking: Checking) -> FileReport:
    from negsim.checks.replaying import replay

    return FileReport(file, replay=replay(loaded, seed=checking.seed, overrides=checking.overrides))


def _judge(loaded: LoadedScenario, checking: Checking, start: float) -> Iterator[Judged]:
    from negsim.checks.judging.variants import Variants

    variants = Variants(loaded, seed=checking.seed)
    for expectation in loaded.scenario.expectations:
        if checking.wants(f"expect:{expectation.id}"):
            left = checking.max_seconds - (time.monotonic() - start)
            yield judge_expectation(expectation, variants, checking, seconds=left)


def judge_expectation(
    expectation: Expectation, variants: Variants, checking: Checking, *, seconds: float = float("inf")
) -> Judged:
    """Judge one expectation, and make a counterexample if it fails.

    Parameters
    ----------
    expectation : Expectation
        Of the scenario of ``variants``.
    variants : Variants
        With the seed of ``checking``.
    checking : Checking
    seconds : float
        Not to be searched for longer.

    Returns
    -------
    Judged
    """
    from negsim.checks.judging.judge import judge
    from negsim.checks.judging.together import MOST_WORLDS

    budget = _budget(checking, seconds)
    judgement = judge(expectation, variants, budget=budget, most_worlds=checking.most_worlds or MOST_WORLDS)
    place = place_of_claim(variants.loaded, expectation.id)
    return Judged(judgement, place, _counterexample(variants.loaded, judgement, checking))


def _budget(checking: Checking, seconds: float) -> Budget:
    from negsim.checks.judging.each import Budget

    plain = Budget(seed=checking.seed, max_seconds=max(seconds, 0.0))
    return replace(
        plain,
        phases=checking.phases or plain.phases,
        max_examples=plain.max_examples if checking.max_examples is None else checking.max_examples,
    )


def place_of_claim(loaded: LoadedScenario, expect: str) -> Place | None:
    """Find where a claim stands."""
    mark = loaded.document.marks.get(("expect", expect, "that"))
    return mark.value if mark else None


def _counterexample(loaded: LoadedScenario, judgement: Judgement, checking: Checking) -> Counterexample | None:
    """Make a counterexample, and write it where it is wanted; only if reading it back shows that it is one."""
    from negsim.checks.counterexamples import edits_of, make_counterexample
    from negsim.checks.replaying import breaks

    if judgement.broken is None:
        return None
    expect = judgement.expectation.id
    edits = edits_of(judgement.broken, loaded.document)
    made = make_counterexample(loaded, expect, edits, checking.folder or ".", checking.overrides)
    try:
        is_one = breaks(made.load(), expect, seed=checking.seed)
    except (NegsimError, KeyError):
        return None
    if is_one and checking.folder:
        _write(made, checking.folder)
        return replace(made, written=True)
    return made if is_one else None


def _write(made: Counterexample, folder: str) -> None:
    try:
        os.makedirs(folder, exist_ok=True)
        with open(made.path, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(made.text)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"{made.path} cannot be written: {reason}; name another folder with --save, or use --no-save"
        raise UsageError(message) from None
