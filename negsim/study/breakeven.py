"""The value of a quantity at which a result crosses a target: how far an assumption would have to be off."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from negsim.errors import Path, ScenarioError, UsageError, format_path
from negsim.model.estimates import Estimate
from negsim.scenario.edits import split_path
from negsim.scenario.inventory import NamedQuantity, find_ends, is_of_bargaining, list_quantities
from negsim.scenario.quantities import Constant, Normal, Same
from negsim.scenario.types import Scenario
from negsim.scenario.words import did_you_mean, number_text
from negsim.study.breakeven_result import BreakEven, CurvePoint
from negsim.study.crossings import Evaluate, find_crossings
from negsim.study.curves import RESULTS, Draw, held_at
from negsim.zone.analysis import check_request

__all__ = ["DEFAULT_GRID", "MOST_GRID", "find_break_even", "read_target"]

DEFAULT_GRID = 17
MOST_GRID = 1001
"""The most values the curve can have."""

_STEPS = 1000
"""Into how many steps a range is parted unless a tolerance is given."""

_FINEST = 1e-9
"""The finest tolerance, as a share of the range."""

_TOO_WIDE = 1000.0
"""A domain wider than this says nothing of what a constant could be instead."""

_SDS = 4.0
"""How far from its mean a normal is looked at."""

OnProgress = Callable[[int, int], None]


def find_break_even(
    scenario: Scenario,
    path: str,
    target: float,
    *,
    result: str = "p_zone",
    low: float | None = None,
    high: float | None = None,
    n_grid: int = DEFAULT_GRID,
    tolerance: float | None = None,
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
    path : str
        Of a quantity, which is held at each value tried.
    target : float
        A probability.
    result : {"p_zone", "p_agreement", "talks.p_agreement"}
        How likely a zone is, agreement by `negsim.bargaining.bargain`, or agreement under the calendar of talks.
    low, high : float, optional
        The range to search: if left out, from end to end of the quantity's distribution, four standard deviations
        around the mean of a normal; of a constant, its domain.
    n_grid : int
        How many values the curve is looked at first, evenly spread over the range. Crossings are looked for between
        neighbours, so that a curve that crosses twice between them is not seen to.
    tolerance : float, optional
        How finely to find crossings; if left out, to a thousandth of the range.
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
    >>> found = find_break_even(sale, "parties.buyer.no_deal.same_as.price", 0.5)
    >>> round(found.crossings[0].at)
    40
    """
    _check_target(target, result)
    named = _find_quantity(scenario, path, result)
    draw = Draw(RESULTS[result].default_worlds if n_worlds is None else n_worlds, seed, sampler, n_jobs)
    check_request(draw.n_worlds, None, seed, n_jobs)
    low, high = _range(scenario, named, low, high)
    fine = _check_fineness(low, high, n_grid, tolerance)
    for end in (low, high):
        _check_loads(scenario, named.path, end)
    watched = _Watched(draw.n_worlds, on_progress)
    stated = RESULTS[result].of(scenario, draw)
    with RESULTS[result].along(scenario, named.path, (low + high) / 2, draw) as evaluate:
        evaluate = watched.over(evaluate)
        values = np.linspace(low, high, n_grid).tolist()
        curve = tuple(map(CurvePoint, values, evaluate(values)))
        crossings = find_crossings(curve, evaluate, target, fine)
    return BreakEven(
        result, target, named.path, named.domain.unit, low, high, fine, draw.n_worlds, seed, sampler, stated, curve, crossings
    )


class _Watched:
    """Counts the worlds that are gone through."""

    def __init__(self, n_worlds: int, on_progress: OnProgress | None) -> None:
        self._n_worlds, self._on_progress = n_worlds, on_progress
        self._done = 0

    def over(self, evaluate: Evaluate) -> Evaluate:
        """Evaluate a few values at a time, telling how far it is."""
        if self._on_progress is None:
            return evaluate
        tell = self._on_progress

        def watched(values: Sequence[float]) -> list[Estimate]:
            planned = self._done + len(values)
            found: list[Estimate] = []
            for value in values:
                found += evaluate([value])
                self._done += 1
                tell(self._done * self._n_worlds, planned * self._n_worlds)
            return found

        return watched


def read_target(text: str) -> tuple[str, float]:
    """Read a target as a user types it: the name of a result and a probability.

    Raises
    ------
    UsageError
        If it is none.

    Examples
    --------
    >>> read_target("p_zone=0.5"), read_target("talks.p_agreement = 20 %")
    (('p_zone', 0.5), ('talks.p_agreement', 0.2))
    """
    name, sign, number = (part.strip() for part in text.partition("="))
    percent = number.endswith("%")
    try:
        value = float(number.removesuffix("%"))
    except ValueError:
        hint = f"not {number!r}" if sign else "with an equals sign between them"
        raise UsageError(f"--target {text}: a target is RESULT=NUMBER, such as p_zone=0.5, {hint}") from None
    return name, value / 100 if percent else value


def _check_target(target: float, result: str) -> None:
    if result not in RESULTS:
        raise UsageError(f"there is no result {result!r} to break even; {did_you_mean(result, RESULTS)}")
    if not 0 <= target <= 1:
        percent = f"; {number_text(target)} % is {number_text(target / 100)}" if 1 < target <= 100 else ""
        raise UsageError(f"the target of {result} is a probability, 0 to 1, not {number_text(target)}{percent}")


def _find_quantity(scenario: Scenario, path: str, result: str) -> NamedQuantity:
    """Find the quantity at a path; refuse one that the result does not look at."""
    known = {named.path: named for named in list_quantities(scenario)}
    named = known.get(split_path(path.strip()))
    if named is None:
        hint = did_you_mean(path, map(format_path, known))
        raise UsageError(f"{scenario.id} has no quantity {path}; {hint or 'it has none'}")
    if result == "p_zone" and is_of_bargaining(named.path):
        raise UsageError(
            f"no zone depends on {path}, which says how talks go; ask for p_agreement or talks.p_agreement instead"
        )
    return named


def _range(scenario: Scenario, named: NamedQuantity, low: float | None, high: float | None) -> tuple[float, float]:
    """Settle the range to search; what is not given is where the quantity can be."""
    path, domain = format_path(named.path), named.domain
    if low is None or high is None:
        reach = _reach(find_ends(list_quantities(scenario))[named.path])
        if reach is None:
            raise UsageError(
                f"{path} could be anything from {number_text(domain.low)} to {number_text(domain.high)};"
                " say between which values to search: --from and --to"
            )
        low, high = reach[0] if low is None else low, reach[1] if high is None else high
    for value in (low, high):
        if not domain.low <= value <= domain.high:
            bounds = f"{number_text(domain.low)}..{number_text(domain.high)} ({domain.unit})"
            raise UsageError(f"{path} cannot be {number_text(value)}: it lies in {bounds}")
    if low >= high:
        raise UsageError(
            f"the range of {path} must go from a lower to a higher value, not from {number_text(low)} to"
            f" {number_text(high)}"
        )
    return low, high


def _reach(end: NamedQuantity) -> tuple[float, float] | None:
    """Say between which values a quantity with a value of its own can be; None where that says nothing."""
    quantity, domain = end.quantity, end.domain
    assert not isinstance(quantity, Same)
    if isinstance(quantity, Normal) and quantity.sd > 0:
        margin = _SDS * quantity.sd
        return max(domain.low, quantity.mean - margin), min(domain.high, quantity.mean + margin)
    if not isinstance(quantity, Constant | Normal) and quantity.low < quantity.high:
        return quantity.low, quantity.high
    return (domain.low, domain.high) if domain.high - domain.low <= _TOO_WIDE else None


def _check_fineness(low: float, high: float, n_grid: int, tolerance: float | None) -> float:
    """Give the tolerance, and refuse one, or a grid, that makes no sense."""
    if not 2 <= n_grid <= MOST_GRID:
        raise UsageError(f"the curve has 2 to {MOST_GRID:,} values, not {n_grid:,}")
    width = high - low
    if tolerance is None:
        return width / _STEPS
    if not width * _FINEST <= tolerance < width:
        bounds = f"{number_text(width * _FINEST)} and less than the range, {number_text(width)}"
        raise UsageError(f"the tolerance must be at least {bounds}, not {number_text(tolerance)}")
    return tolerance


def _check_loads(scenario: Scenario, path: Path, value: float) -> None:
    """Refuse a value at which the scenario makes no sense.

    What checks of several quantities allow is a range of each, so that the ends speak for all between them.
    """
    try:
        held_at(scenario, path, value)
    except ScenarioError as error:
        first = error.problems[0]
        hint = f" ({first.help})" if first.help else ""
        message = f"{format_path(path)} cannot be held at {number_text(value)}: {first.message}{hint}"
        raise UsageError(message) from None
