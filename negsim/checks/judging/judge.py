"""Judging all that is expected of a scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from negsim.checks.judging.each import Budget, judge_each
from negsim.checks.judging.together import MOST_WORLDS, judge_together
from negsim.checks.judging.variants import Variants
from negsim.checks.judging.verdicts import Judgement, Kind, Verdict
from negsim.errors import ScenarioError, UsageError
from negsim.scenario import LoadedScenario
from negsim.scenario.claims.tree import Expectation, Scope

__all__ = ["judge", "judge_all"]


def judge(
    expectation: Expectation, variants: Variants, *, budget: Budget | None = None, most_worlds: int = MOST_WORLDS
) -> Judgement:
    """Judge one expectation.

    Parameters
    ----------
    expectation : Expectation
        Of the scenario of ``variants``.
    variants : Variants
    budget : Budget, optional
        For claims on every world.
    most_worlds : int
        For claims on all worlds taken together.

    Returns
    -------
    Judgement
        Undecided, with the reason and without a case, where the scenario cannot be asked this.

    Examples
    --------
    >>> from negsim.scenario.load import interpret
    >>> from negsim.scenario.reader import read_document
    >>> loaded = interpret(read_document('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {price: {title: Price, scale: 0..100, step: 1}}
    ... parties:
    ...   buyer: {title: Buyer, demands: {price: 0}, no_deal: {same_as: {price: 60}}}
    ...   seller: {title: Seller, demands: {price: 100}, no_deal: {same_as: {price: 40..70}}}
    ... expect: {room: {that: "for every world, zone"}}
    ... ''', "sale.scenario.yaml"))
    >>> found = judge(loaded.scenario.expectations[0], Variants(loaded))
    >>> found.verdict.value, [value for _, value in found.broken.moved]
    ('fails', [70.0])
    """
    try:
        if expectation.claim.scope is Scope.FILE:
            return judge_together(expectation, variants, most_worlds=most_worlds)
        return judge_each(expectation, variants, budget or Budget(seed=variants.seed))
    except ScenarioError as error:
        return Judgement(expectation, Verdict.UNDECIDED, Kind.UNDECIDED, "", reason=error.problems[0].message)
    except UsageError as error:
        return Judgement(expectation, Verdict.UNDECIDED, Kind.UNDECIDED, "", reason=str(error).splitlines()[0])


def judge_all(
    loaded: LoadedScenario,
    *,
    wanted: Callable[[Expectation], bool] = lambda _: True,
    budget: Budget | None = None,
    most_worlds: int = MOST_WORLDS,
    seed: int = 0,
) -> Iterator[Judgement]:
    """Judge the expectations of a scenario that are wanted, one after the other."""
    variants = Variants(loaded, seed=seed)
    for expectation in loaded.scenario.expectations:
        if wanted(expectation):
            yield judge(expectation, variants, budget=budget, most_worlds=most_worlds)
