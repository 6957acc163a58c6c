"""Where a curve known by estimates crosses a target, and between which values sampling leaves the crossing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from negsim.model.estimates import Estimate
from negsim.records import dataclass
from negsim.study.breakeven.result import Crossing, CurvePoint

__all__ = ["Evaluate", "find_crossings"]

Evaluate = Callable[[Sequence[float]], Sequence[Estimate]]
"""Estimates a result at some values, in common random numbers: always the same at the same value."""

_Test = Callable[[Estimate], bool]


def find_crossings(
    curve: Sequence[CurvePoint], evaluate: Evaluate, target: float, tolerance: float
) -> tuple[Crossing, ...]:
    """Find where a curve crosses a target.

    Parameters
    ----------
    curve : sequence of CurvePoint
        By rising value. A crossing is looked for between two neighbours of which one reaches the target and the other
        does not, so that two crossings between neighbours go unseen.
    evaluate : callable
        The same curve anywhere else.
    target : float
        Between 0 and 1. Reached where the estimate is the target or more; a target of 0, where it is more.
    tolerance : float
        Above 0: how finely crossings and the ends of their intervals are found.

    Returns
    -------
    tuple of Crossing
        By rising value.

    Notes
    -----
    The interval of a crossing is the run of values around it at which the target lies within the interval of the
    estimate: that of the estimate turned around, as Fieller (1954) does for a ratio. At the true crossing the true
    curve is at the target, so this covers it as often as the interval of the estimate covers there, whatever the slope
    and the shape of the curve; it is open-ended where the curve is too flat to tell.

    Tried on a deal whose true crossing is known, 1,000 runs of 4,096 worlds each: independent draws cover it in 97 to
    98 %, a Latin hypercube in all, since the interval of an estimate is no narrower than that of independent draws.
    Student's interval over blocks alone, turned around, covers 59 to 96 %: with a single uncertain quantity the blocks
    of a Latin hypercube hardly differ. That over the crossings of single blocks covers 73 to 95 %, and some blocks
    cross nowhere.

    References
    ----------
    Fieller (1954), Journal of the Royal Statistical Society B 16, 175-185. Deviation: the interval of the estimate is
    that of `negsim.model.estimates.proportion`, or that of talks, and not the normal one, and of a set of several runs
    only the one around the crossing is kept.

    Examples
    --------
    >>> def known(values):
    ...     return [Estimate(value / 8, value / 8 - 0.125, value / 8 + 0.125) for value in values]
    >>> curve = [CurvePoint(value, p) for value, p in zip((0.0, 8.0), known((0.0, 8.0)))]
    >>> found = find_crossings(curve, known, target=0.5, tolerance=0.25)[0]
    >>> found.at, found.low, found.high
    (4.0, 2.8125, 5.25)
    """

    def reached(p: Estimate) -> bool:
        return p.estimate >= target if target > 0 else p.estimate > 0

    def within(p: Estimate) -> bool:
        return p.low <= target <= p.high

    gaps = [k for k in range(len(curve) - 1) if reached(curve[k].p) != reached(curve[k + 1].p)]
    steps = [_Bracket.between(curve[k], curve[k + 1], reached) for k in gaps]
    steps = _refine(steps, evaluate, reached, tolerance)
    sides = [
        _side(step.point(up=up), curve[: k + 1][::-1] if not up else curve[k + 1 :], within)
        for k, step in zip(gaps, steps, strict=True)
        for up in (False, True)
    ]
    sides = _refine(sides, evaluate, within, tolerance)
    return tuple(
        _crossing(step, below, above, within) for step, below, above in zip(steps, sides[::2], sides[1::2], strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Bracket:
    """Two points of a curve between which a test ends to hold; the same point twice where there is nothing to find."""

    holds: CurvePoint
    fails: CurvePoint

    @classmethod
    def between(cls, one: CurvePoint, other: CurvePoint, test: _Test) -> _Bracket:
        return cls(one, other) if test(one.p) else cls(other, one)

    @property
    def width(self) -> float:
        return abs(self.fails.value - self.holds.value)

    @property
    def middle(self) -> float:
        return (self.holds.value + self.fails.value) / 2

    def point(self, *, up: bool) -> CurvePoint:
        """Give the upper or the lower of the two."""
        return (max if up else min)((self.holds, self.fails), key=lambda point: point.value)

    def narrowed(self, point: CurvePoint, test: _Test) -> _Bracket:
        return _Bracket(point, self.fails) if test(point.p) else _Bracket(self.holds, point)


def _refine(brackets: Sequence[_Bracket], evaluate: Evaluate, test: _Test, tolerance: float) -> list[_Bracket]:
    """Halve brackets until all are narrow enough, all at once, so that the worlds are gone through seldom."""
    found = list(brackets)
    while wide := [k for k, bracket in enumerate(found) if bracket.width > tolerance]:
        middles = [found[k].middle for k in wide]
        for k, value, p in zip(wide, middles, evaluate(middles), strict=True):
            found[k] = found[k].narrowed(CurvePoint(value, p), test)
    return found


def _side(start: CurvePoint, onwards: Sequence[CurvePoint], within: _Test) -> _Bracket:
    """Go from a crossing to one side, to where the target is no longer within the interval of the curve."""
    last = start
    if not within(start.p):
        return _Bracket(start, start)
    for point in onwards:
        if not within(point.p):
            return _Bracket(last, point)
        last = point
    return _Bracket(last, last)


def _crossing(step: _Bracket, below: _Bracket, above: _Bracket, within: _Test) -> Crossing:
    """Put a crossing together; the ends of its interval lie, if anything, a little too far outside."""
    return Crossing(
        at=step.holds.value,
        low=below.fails.value,
        high=above.fails.value,
        open_low=within(below.fails.p),
        open_high=within(above.fails.p),
        below=step.point(up=False),
        above=step.point(up=True),
    )
