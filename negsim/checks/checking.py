"""Checking a scenario file: lint, what its author expects, theorems, rules that never decide; or a replay.

Linting alone loads nothing that the rest needs.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from negsim.checks.file_report import FileReport, Judged
from negsim.checks.lint import lint
from negsim.errors import NegsimError, Place, Problem, ScenarioError, Severity, UsageError, format_path
from negsim.records import dataclass
from negsim.scenario import LoadedScenario, load_with_places
from negsim.scenario.words import did_you_mean

if TYPE_CHECKING:
    from negsim.checks.counterexamples import Counterexample
    from negsim.checks.judging.each import Budget
    from negsim.checks.judging.variants import Variants
    from negsim.checks.judging.verdicts import Judgement
    from negsim.scenario.claims.tree import Expectation

__all__ = ["GROUPS", "Checking", "check_file", "check_files", "judge_expectation", "place_of_claim"]

GROUPS = ("lint", "expect", "theorem", "coverage", "replay")
"""What can be checked: groups, of which some have members, such as ``expect:a_deal_exists``."""


@dataclass(frozen=True, slots=True)
class Checking:
    """How to check.

    ``checks`` and ``exclude`` are names of groups or of members, ``*`` standing for anything; none means all.
    ``most_worlds``, ``max_examples`` and ``max_seconds`` (of a whole file) say how much to look at, ``max_failures``
    after how many expectations that fail to stop. Counterexamples are written to ``folder``, or nowhere if that is
    empty. With ``questions``, what may go either way is asked as well.
    """

    checks: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()
    seed: int = 0
    most_worlds: int | None = None
    max_examples: int | None = None
    max_seconds: float = float("inf")
    max_failures: int | None = None
    folder: str = ""
    questions: bool = False

    def wants(self, name: str) -> bool:
        """Tell whether a group, or a member of one, is to be checked."""
        return (not self.checks or _matches(name, self.checks)) and not _matches(name, self.exclude)


def _matches(name: str, patterns: Sequence[str]) -> bool:
    group = name.partition(":")[0]
    return any(fnmatchcase(name, one) or fnmatchcase(group, one) for one in patterns)


def check_names(checking: Checking, known: Sequence[str]) -> None:
    """Refuse names that mean nothing.

    Raises
    ------
    UsageError
        With the nearest name.
    """
    if any(name.startswith("theorem:") for name in (*checking.checks, *checking.exclude)):
        from negsim.checks.theorems import THEOREMS

        known = [*known, *(f"theorem:{one}" for one in THEOREMS)]
    for option, names in (("--checks", checking.checks), ("--exclude", checking.exclude)):
        for name in names:
            if not any(_matches(one, (name,)) for one in (*known, *GROUPS)):
                raise UsageError(f"{option} {name}: there is no such check; {did_you_mean(name, (*GROUPS, *known))}")


def check_files(files: Sequence[str], checking: Checking) -> Iterator[FileReport]:
    """Check files, one after the other.

    What is asked for by name must be there in one of them at least. Where somebody stops it (Ctrl-C), the last report
    holds what was found until then.

    Parameters
    ----------
    files : sequence of str
    checking : Checking

    Yields
    ------
    FileReport

    Raises
    ------
    UsageError
        If there is no such check, or an override makes no sense.
    """
    read = [_read(file, checking) for file in files]
    known = [name for one in read if isinstance(one, LoadedScenario) for name in _expected(one)]
    if not all(isinstance(one, LoadedScenario) for one in read):  # what a file that cannot be used expects is not known
        known += [name for name in (*checking.checks, *checking.exclude) if name.startswith("expect:")]
    check_names(checking, known)
    for file, one in zip(files, read, strict=True):
        report = FileReport(file, one, usable=False) if isinstance(one, tuple) else _checked(file, one, checking)
        yield report
        if report.stopped:
            return


def check_file(file: str, checking: Checking) -> FileReport:
    """Check one file, as `check_files` does."""
    (report,) = check_files((file,), checking)
    return report


def _read(file: str, checking: Checking) -> LoadedScenario | tuple[Problem, ...]:
    """Read a file, or find why it cannot be used."""
    try:
        return load_with_places(file, overrides=checking.overrides)
    except ScenarioError as error:
        return error.problems


def _expected(loaded: LoadedScenario) -> list[str]:
    return [f"expect:{one.id}" for one in loaded.scenario.expectations]


def _checked(file: str, loaded: LoadedScenario, checking: Checking) -> FileReport:
    start = time.monotonic()
    if loaded.scenario.counterexample is not None and checking.wants("replay"):
        return _replayed(file, loaded, checking)
    report = FileReport(file, lint(loaded) if checking.wants("lint") else ())
    if any(problem.severity is Severity.ERROR for problem in report.problems):
        return replace(report, usable=False)
    n_wanted = sum(map(checking.wants, _expected(loaded)))
    judged: list[Judged] = []
    try:
        if n_wanted:
            for one in _judge(loaded, checking, start):
                judged.append(one)
                if checking.max_failures is not None and _n_failed(judged) >= checking.max_failures:
                    break
        report = replace(report, judged=tuple(judged), n_left_out=n_wanted - len(judged))
        return _looked_further(report, loaded, checking)
    except KeyboardInterrupt:
        return replace(report, judged=tuple(judged), n_left_out=n_wanted - len(judged), stopped=True)


def _n_failed(judged: Sequence[Judged]) -> int:
    return sum(one.judgement.verdict.value == "fails" for one in judged)


def _looked_further(report: FileReport, loaded: LoadedScenario, checking: Checking) -> FileReport:
    """Try theorems, count what red lines and rules decide, and ask questions, as far as that is wanted."""
    wanted = _wanted_theorems(checking)
    if not (wanted or checking.wants("coverage") or checking.questions):
        return report
    from negsim.checks.judging.variants import Variants

    variants = Variants(loaded, seed=checking.seed)
    if wanted:
        from negsim.checks.theorems import check_theorems

        report = replace(report, theorems=tuple(check_theorems(variants, wanted)))
    if checking.wants("coverage"):
        from negsim.checks.coverage import cover

        marks = loaded.document.marks
        covered = [(one, marks[one.path].key if one.path in marks else None) for one in cover(variants)]
        report = replace(report, covered=tuple(covered))
    if checking.questions:
        from negsim.checks.questions import answer_questions

        report = replace(report, answers=tuple(answer_questions(variants)))
    return report


def _wanted_theorems(checking: Checking) -> tuple[str, ...]:
    """Name the theorems that are wanted; their table is heavy, and looked up only where some may be."""
    if checking.checks and not any(fnmatchcase("theorem", one.partition(":")[0]) for one in checking.checks):
        return ()
    if "theorem" in checking.exclude:
        return ()
    from negsim.checks.theorems import THEOREMS

    return tuple(one for one in THEOREMS if checking.wants(f"theorem:{one}"))


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
    return plain if checking.max_examples is None else replace(plain, max_examples=checking.max_examples)


def place_of_claim(loaded: LoadedScenario, expect: str) -> Place | None:
    """Find where a claim stands."""
    mark = loaded.document.marks.get(("expect", expect, "that"))
    return mark.value if mark else None


def _counterexample(loaded: LoadedScenario, judgement: Judgement, checking: Checking) -> Counterexample | None:
    """Make a counterexample, and write it where it is wanted; only if making its edits shows that it is one."""
    from negsim.checks.counterexamples import Counterexample, edits_of, make_counterexample, place_of
    from negsim.checks.replaying import breaks
    from negsim.scenario.load import interpret

    if judgement.broken is None:
        return None
    expect, document = judgement.expectation.id, loaded.document
    edits = edits_of(judgement.broken, document)
    if checking.folder:
        made = make_counterexample(loaded, expect, edits, checking.folder, checking.overrides)
    else:
        made = Counterexample("", "", edits, tuple(place_of(edit.path, document) for edit in edits))
    try:
        changes = [f"{format_path(edit.path)}={edit.value}" for edit in edits]
        changed = made.load() if checking.folder else interpret(document, changes)
        if not breaks(changed, expect, seed=checking.seed):
            return None
    except (NegsimError, KeyError):
        return None
    return _write(made, checking.folder) if checking.folder else made


def _write(made: Counterexample, folder: str) -> Counterexample:
    """Write a counterexample, in the place of an earlier one to the same claim and of no other file.

    That it cannot be written is no reason to lose what was found.
    """
    path, stem, n = made.path, made.path.removesuffix(".scenario.yaml"), 1
    try:
        os.makedirs(folder, exist_ok=True)
        while os.path.lexists(path) and not _is_earlier(path, made):
            n += 1
            path = f"{stem}-{n}.scenario.yaml"
        with open(path, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(made.text)
    except OSError as error:
        return replace(made, path=path, unwritten=error.strerror or type(error).__name__)
    return replace(made, path=path, written=True)


def _is_earlier(path: str, made: Counterexample) -> bool:
    """Tell whether a file is a counterexample of the same scenario to the same claim."""
    try:
        there, here = load_with_places(path).scenario.counterexample, made.load().scenario.counterexample
    except NegsimError:
        return False
    return there is not None and here is not None and (there.of, there.expect) == (here.of, here.expect)
