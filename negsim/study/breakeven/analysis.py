"""The value of a quantity at which a result crosses a target: how far an assumption would have to be off."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from negsim.model.estimates import Estimate
from negsim.records import dataclass
from negsim.scenario.types import Scenario
from negsim.study.breakeven.crossings import Evaluate, find_crossings
from negsim.study.breakeven.curves import RESULTS, Draw
from negsim.study.breakeven.result import BreakEven, CurvePoint
from negsim.study.breakeven.search import Search, settle_search
from negsim.zone.analysis import check_request

__all__ = ["find_break_even"]

OnProgress = Callable[[int, int], None]


def find_break_even(
    scenario: Scenario,
    search: Search,
    *,
    n_worlds: int | None = None,
    seed: int = 0,
    sampler: str = "lhs",
    n_jobs: int = 1,
    on_progress: OnProgress | None = None,
) -> BreakEven:
    """Find the values of one quantity at which a result crosses a target, all else drawn as it is.

    Parameters
    ----------
    scenario : Scenario
    search : Search
        Which quantity, which result, which target, and where to look.
    n_worlds : int, optional
        If left out, 4,096 for zones and 1,024 for agreements.
    seed, sampler, n_jobs
        As for `negsim.zone.analyse_zone`. The worlds are the same at every value, so that the curve has no noise of
        its own from value to value; at each value it is what that analysis finds with ``PATH=VALUE``.
    on_progress : callable, optional
        Called with the worlds done and the worlds planned so far; the second grows.

    Returns
    -------
    BreakEven

    Raises
    ------
    UsageError, ScenarioError
        If there is no such quantity or result, no zone depends on the quantity, or the range, the target or the
        tolerance makes no sense; as the analysis of the result does.

    Examples
    --------
    A seller takes at least 20 to 60, so a zone is as likely as not with a buyer who pays 40.

    >>> from negsim.scenario import loads
    >>> sale = loads('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {price: {title: Price, scale: 0..100, step: 1}}
    ... parties:
    ...   buyer: {title: Buyer, demands: {price: 0}, no_deal: {same_as: {price: 10..80}}}
    ...   seller: {title: Seller, demands: {price: 100}, no_deal: {same_as: {price: 20..60}}}
    ... ''')
    >>> found = find_break_even(sale, Search("parties.buyer.no_deal.same_as.price", target=0.5), n_worlds=1024)
    >>> round(found.crossings[0].at)
    40
    """
    result = RESULTS[search.result]
    draw = Draw(result.default_worlds if n_worlds is None else n_worlds, seed, sampler, n_jobs)
    check_request(draw.n_worlds, None, seed, n_jobs)
    settled = settle_search(search, scenario)
    low, high = settled.low, settled.high
    stated = result.of(scenario, draw)
    watched = _Watched(draw.n_worlds, on_progress)
    with result.along(scenario, settled.path, (low + high) / 2, draw, watched.advance) as along:
        evaluate = watched.over(along)
        values = np.linspace(low, high, search.n_grid).tolist()
        curve = tuple(map(CurvePoint, values, evaluate(values)))
        crossings = find_crossings(curve, evaluate, search.target, settled.tolerance)
    return BreakEven(
        result=search.result,
        target=search.target,
        path=settled.path,
        domain=settled.domain,
        low=low,
        high=high,
        tolerance=settled.tolerance,
        n_worlds=draw.n_worlds,
        seed=seed,
        sampler=sampler,
        stated=stated,
        curve=curve,
        crossings=crossings,
    )


@dataclass(slots=True)
class _Watched:
    """Tells how many worlds were gone through, of those that are known to be wanted."""

    n_worlds: int
    on_progress: OnProgress | None
    done: int = 0
    planned: int = 0

    def advance(self, n_worlds: int) -> None:
        self.done += n_worlds
        if self.on_progress is not None:
            self.on_progress(self.done, self.planned)

    def over(self, evaluate: Evaluate) -> Evaluate:
        def watched(values: Sequence[float]) -> Sequence[Estimate]:
            self.planned += len(values) * self.n_worlds
            return evaluate(values)

        return watched
