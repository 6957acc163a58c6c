"""What a search for a break-even found, as plain data."""

from __future__ import annotations

from negsim.errors import Path
from negsim.model.estimates import Estimate
from negsim.records import dataclass
from negsim.scenario.quantities import Domain

__all__ = ["BreakEven", "Crossing", "CurvePoint"]


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What the result is where the quantity is held at one value."""

    value: float
    p: Estimate


@dataclass(frozen=True, slots=True)
class Crossing:
    """A value at which the curve crosses the target, and the interval that sampling leaves it.

    ``below`` and ``above`` are the curve on either side, at most a tolerance apart in value. ``at`` is that of the two
    at which the target is reached. The interval ``low`` to ``high`` holds the values around it at which the target
    lies within the 95 % interval of the curve; where it is ``open`` to a side, it goes on beyond the range searched.
    """

    at: float
    low: float
    high: float
    open_low: bool
    open_high: bool
    below: CurvePoint
    above: CurvePoint

    @property
    def rising(self) -> bool:
        """Whether the target is reached from below as the value grows."""
        return self.at == self.above.value

    @property
    def jumps(self) -> bool:
        """Whether the curve leaps over the target, with its interval on either side clear of it."""
        first, second = sorted((self.below.p, self.above.p), key=lambda p: p.estimate)
        return first.high < second.low and self.low == self.below.value and self.high == self.above.value


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The values of a quantity at which a result crosses a target.

    ``result`` is the name of the result, ``path`` that of the quantity, ``domain`` what that can be at all; ``low`` to
    ``high`` is the range searched, and ``tolerance`` how finely. ``stated`` is the result with the quantity as the
    scenario has it. The ``curve`` is the result at evenly spread values, ``crossings`` come by rising value.
    """

    result: str
    target: float
    path: Path
    domain: Domain
    low: float
    high: float
    tolerance: float
    n_worlds: int
    seed: int
    sampler: str
    stated: Estimate
    curve: tuple[CurvePoint, ...]
    crossings: tuple[Crossing, ...]

    @property
    def is_flat(self) -> bool:
        """Whether the result is the same at all values of the curve."""
        return len({point.p for point in self.curve}) == 1

    @property
    def nearest(self) -> CurvePoint:
        """The point of the curve nearest to the target; of equals the first."""
        return min(self.curve, key=lambda point: abs(point.p.estimate - self.target))

    @property
    def nearest_is_apart(self) -> bool:
        """Whether the interval of the nearest point leaves the target out."""
        p = self.nearest.p
        return not p.low <= self.target <= p.high

    @property
    def overlapping(self) -> bool:
        """Whether intervals of neighbouring crossings overlap, so that sampling does not tell them from none at all."""
        pairs = zip(self.crossings, self.crossings[1:], strict=False)
        return any(first.high >= second.low for first, second in pairs)

    def rows(self) -> list[dict[str, float]]:
        """Give the curve as flat dictionaries, by rising value.

        >>> point = CurvePoint(3.0, Estimate(0.5, 0.4, 0.6))
        >>> domain = Domain(0.0, 9.0, "euros")
        >>> BreakEven("p_zone", 0.5, ("p",), domain, 0, 9, 1, 256, 0, "lhs", point.p, (point,), ()).rows()
        [{'value': 3.0, 'p_zone': 0.5, 'p_zone.low': 0.4, 'p_zone.high': 0.6}]
        """
        return [{"value": point.value, **point.p.columns(self.result)} for point in self.curve]
