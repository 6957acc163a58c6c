"""Assertions about scenarios, in the words of `negsim check`."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import replace

from negsim.checks.checking import Checking, judge_expectation
from negsim.checks.file_report import FileReport
from negsim.checks.judging.together import MOST_WORLDS
from negsim.checks.judging.variants import Variants
from negsim.checks.theorems import THEOREMS, Checked, Evidence
from negsim.errors import Place, Problem, ScenarioError, Severity, UsageError
from negsim.report.text_check import file_text
from negsim.scenario import LoadedScenario
from negsim.scenario.claims.tree import Expectation
from negsim.scenario.load import interpret
from negsim.scenario.words import did_you_mean
from negsim.testing.given import Given, as_loaded
from negsim.testing.warned import NegsimWarning

__all__ = ["assert_expectations", "assert_property"]

_CLAIMED = "claimed"


def assert_expectations(
    scenario: Given,
    *,
    only: Sequence[str] = (),
    seed: int = 0,
    max_examples: int = 500,
    most_worlds: int = MOST_WORLDS,
) -> None:
    """Assert that a scenario does what its author expects, as `negsim check` would judge.

    What is expected with ``severity: warn``, and what is undecided, is a `NegsimWarning` where nothing fails.

    Parameters
    ----------
    scenario : path, Scenario or LoadedScenario
    only : sequence of str
        Ids of expectations; none means all.
    seed : int
        Another seed looks at other worlds.
    max_examples : int
        Worlds to search, for each claim on every world.
    most_worlds : int
        Worlds to look at, at most, for claims on all of them.

    Raises
    ------
    AssertionError
        With all that is not met, and what breaks it.
    UsageError
        If there is no such expectation, or none at all.
    ScenarioError
        If the scenario cannot be used.
    """
    loaded = as_loaded(scenario)
    known = {one.id: one for one in loaded.scenario.expectations}
    if not known:
        raise UsageError(f"{loaded.document.file} expects nothing: it has no block expect")
    wanted = [only] if isinstance(only, str) else only or list(known)
    for name in wanted:
        if name not in known:
            raise UsageError(f"{loaded.document.file} has no expectation {name}; {did_you_mean(name, known)}")
    variants = _variants(loaded, seed)
    checking = Checking(seed=seed, max_examples=max_examples, most_worlds=most_worlds)
    judged = [judge_expectation(known[name], variants, checking) for name in wanted]
    _conclude((one.problem, file_text(FileReport(loaded.document.file, judged=(one,)))) for one in judged)


def assert_property(
    scenario: Given, claim: str, *, seed: int = 0, max_examples: int = 500, most_worlds: int = MOST_WORLDS
) -> None:
    """Assert something of a scenario.

    Parameters
    ----------
    scenario : path, Scenario or LoadedScenario
    claim : str
        In the language of ``expect:``, such as ``p_zone > 0.5`` or ``for every world, zone``; or the id of an
        expectation of the scenario, or of a theorem that `negsim check` knows.
    seed, max_examples, most_worlds : int
        As of `assert_expectations`.

    Raises
    ------
    AssertionError
        If it does not hold, with what breaks it. If that is undecided, or a theorem does not apply, there is a
        `NegsimWarning` instead.
    UsageError
        If the claim cannot be understood, or there is no such name.
    ScenarioError
        If the scenario cannot be used.

    Examples
    --------
    >>> assert_property("scenarios/house-sale.scenario.yaml", "p_zone > 0.1")
    """
    loaded = as_loaded(scenario)
    claim = " ".join(claim.split())
    if any(one.id == claim for one in loaded.scenario.expectations):
        assert_expectations(loaded, only=(claim,), seed=seed, max_examples=max_examples, most_worlds=most_worlds)
        return
    if claim in THEOREMS:
        _assert_theorem(claim, THEOREMS[claim].check(Evidence(_variants(loaded, seed))), loaded)
        return
    with_claim, expectation = _with_claim(loaded, claim, THEOREMS)
    checking = Checking(seed=seed, max_examples=max_examples, most_worlds=most_worlds)
    judged = replace(judge_expectation(expectation, _variants(with_claim, seed), checking), place=None)
    file = loaded.document.file
    lines = file_text(FileReport(file, judged=(judged,))).splitlines()
    if judged.problem is not None:
        said = judged.problem.message.removeprefix(expectation.id)
        lines[0] = f"{file}: {claim}{said}"
    _conclude([(judged.problem, "\n".join(lines))])


def _variants(loaded: LoadedScenario, seed: int) -> Variants:
    """Get ready to judge; a scenario without outcomes cannot be used."""
    variants = Variants(loaded, seed=seed)
    try:
        variants.whole()
    except ScenarioError as error:
        raise loaded.located(error) from None
    return variants


def _conclude(found: Iterable[tuple[Problem | None, str]]) -> None:
    """Fail with all that was found if any of it is an error; else warn of each."""
    unmet = [(problem.severity, text) for problem, text in found if problem is not None]
    if any(severity is Severity.ERROR for severity, _ in unmet):
        raise AssertionError("\n\n".join(text for _, text in unmet))
    for _, text in unmet:
        warnings.warn(NegsimWarning(text), stacklevel=3)


def _assert_theorem(name: str, found: Checked, loaded: LoadedScenario) -> None:
    said = f"{loaded.document.file}: {name} {found.verdict}: {found.detail}"
    if found.verdict == "fails":
        raise AssertionError(said)
    if found.verdict != "holds":
        warnings.warn(NegsimWarning(said), stacklevel=3)


def _with_claim(loaded: LoadedScenario, claim: str, theorems: Iterable[str]) -> tuple[LoadedScenario, Expectation]:
    """Add a claim to what a scenario expects."""
    taken = [one.id for one in loaded.scenario.expectations]
    free = next(name for name in (_CLAIMED + "_" * k for k in range(len(taken) + 1)) if name not in taken)
    head = f"expect.{free}={{that: '"
    quoted = claim.replace("'", "''")
    try:
        found = interpret(loaded.document, (f"{head}{quoted}'}}",))
    except ScenarioError as error:
        told = [_flaw(problem, claim, len(head)) for problem in error.problems]
        if claim.isidentifier():
            names = [*taken, *theorems]
            told.append(
                f"nor is there an expectation or theorem of that name; {did_you_mean(claim, names)}".rstrip("; ")
            )
        raise UsageError("\n".join(told)) from None
    return found, next(one for one in found.scenario.expectations if one.id == free)


def _flaw(problem: Problem, claim: str, offset: int) -> str:
    """Show what is wrong with a claim in the claim itself."""
    if problem.place is None:
        return problem.message
    column = max(1, problem.place.column - offset)
    return str(replace(problem, place=Place("claim", 1, column, problem.place.length, claim)))
