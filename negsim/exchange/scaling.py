"""From points to weights and values, so that utility is the points on another scale: a positive affine map of them.

negsim measures utility from 0 to 100, as a mean of values by weight, each weighted value rounded to 10^-5 points. A
party's points are on any scale, may be negative, and add up. With S the sum over issues of the least points where these
are negative, and W the sum over issues of the largest points less that least, the points of all deals lie within
S..S + W. Then

    utility = factor * (points - S)

with a round factor, so that the author's points are easily seen in what is computed and printed: 1 where W lies above
10 and up to 100, a power of ten where it is less, one of 0.5, 0.2, 0.1, 0.05 and so on where it is more. All weighted
values are whole multiples of 10^-5 then, so that what has equally many points has equal utility, and what has as many
as no deal is accepted. Points too fine for a round factor get the largest, at most 100 / W, for which that holds.
Values stay below 100 where the factor is less than 100 / W.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from negsim.errors import UsageError
from negsim.records import dataclass

__all__ = ["Scaled", "scale_points"]

_UNIT = Fraction(1, 100_000)
_LOWEST, _HIGHEST = -100, 200
"""What a no-deal value may be; see negsim.scenario.quantities.NO_DEAL."""
_LARGEST_WEIGHT = 1_000_000
_ROUND = (Fraction(5), Fraction(2), Fraction(1))
_FINEST = 100
"""Units of the smallest difference, at least: more than what acceptance leaves to rounding, half a unit an issue."""


@dataclass(frozen=True, slots=True)
class Scaled:
    """One party: utility is ``factor * (points - origin)``; issues in which it has nothing at stake have no weight."""

    factor: Fraction
    origin: Fraction
    weights: Mapping[str, Fraction]
    values: Mapping[str, tuple[Fraction, ...]]
    no_deal: Fraction


def scale_points(points: Mapping[str, Sequence[Fraction]], no_deal: Fraction) -> Scaled:
    """Scale the points of one party.

    Parameters
    ----------
    points : mapping of str to sequence of Fraction
        Of each issue, the points of its options.
    no_deal : Fraction
        The points without a deal.

    Raises
    ------
    UsageError
        If every deal has the same points, or the points are too far apart for a scale.

    Examples
    --------
    >>> points = {"pay": [Fraction(0), Fraction(60)], "place": [Fraction(-20), Fraction(20)]}
    >>> scaled = scale_points(points, no_deal=Fraction(10))
    >>> scaled.factor, scaled.origin, scaled.no_deal
    (Fraction(1, 1), Fraction(-20, 1), Fraction(30, 1))
    """
    if all(len(set(given)) <= 1 for given in points.values()):
        raise UsageError("has nothing at stake: every deal gives it the same points")
    origin = {issue: min(Fraction(0), *given) for issue, given in points.items()}
    weights = {issue: max(given) - origin[issue] for issue, given in points.items()}
    weights = {issue: weight for issue, weight in weights.items() if weight}
    total = sum(weights.values(), Fraction(0))
    away = no_deal - sum(origin.values())
    factor = _factor(total, away, [one - origin[issue] for issue, given in points.items() for one in given])
    # Values are relative to the weight of their issue: weight / total * value = factor * points.
    values = {
        issue: tuple(factor * (one - origin[issue]) * total / weight for one in points[issue])
        for issue, weight in weights.items()
    }
    shrunk = max(Fraction(1), *(weight / _LARGEST_WEIGHT for weight in weights.values()))
    return Scaled(
        factor=factor,
        origin=sum(origin.values(), Fraction(0)),
        weights={issue: weight / shrunk for issue, weight in weights.items()},
        values=values,
        no_deal=factor * away,
    )


def _factor(total: Fraction, away: Fraction, points: Sequence[Fraction]) -> Fraction:
    """Find the largest factor that keeps utility within its bounds and on multiples of its unit."""
    most = Fraction(100) / total
    if away > 0:
        most = min(most, Fraction(_HIGHEST) / away)
    if away < 0:
        most = min(most, Fraction(_LOWEST) / away)
    grain = _common_measure([*points, away])
    rounded = _round_factor(most)
    per_grain = rounded * grain / _UNIT
    if per_grain.denominator == 1 and per_grain >= _FINEST:
        return rounded
    whole = math.floor(most * grain / _UNIT)
    if whole < _FINEST:
        raise UsageError(
            "has points that are too far apart for the fineness with which some of them differ; round them"
        )
    return whole * _UNIT / grain


def _round_factor(most: Fraction) -> Fraction:
    """Find a round number of at most ``most``: a power of ten from 1 on, else 5, 2 or 1 of some decimal place."""
    power = Fraction(1)
    while power > most:
        power /= 10
    while power * 10 <= most:
        power *= 10
    if power >= 1:
        return power
    return next(power * digit for digit in _ROUND if power * digit <= most)


def _common_measure(numbers: Sequence[Fraction]) -> Fraction:
    """Find the largest number of which all are whole multiples."""
    bottom = math.lcm(*(number.denominator for number in numbers))
    return Fraction(math.gcd(*(int(number * bottom) for number in numbers)), bottom)
