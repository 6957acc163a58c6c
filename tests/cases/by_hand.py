"""A case worked out without negsim: YAML read plainly, points added up as fractions, areas under the staircase of deals.

Only what the cases of the library use: options and levels with a constant value each, values of numeric issues on straight
lines between the levels given, no-deal values that are independent and uniform.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import yaml

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"

Deal = dict[str, Any]


def read(name: str) -> dict[str, Any]:
    """Read a case of the library as plain data."""
    found = yaml.safe_load((SCENARIOS / f"{name}.scenario.yaml").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def exactly(*numbers: int | str | Fraction) -> tuple[Fraction, ...]:
    """Give numbers as fractions, to compare with.

    >>> exactly(50, "91/2")
    (Fraction(50, 1), Fraction(91, 2))
    """
    return tuple(Fraction(number) for number in numbers)


def ends(span: Any) -> tuple[Fraction, Fraction]:
    """Read ``50..75``; a number is both ends of itself."""
    low, dots, high = str(span).partition("..")
    return Fraction(low), Fraction(high if dots else low)


def middle(span: Any) -> Fraction:
    """Give the middle of a range."""
    return sum(ends(span), Fraction(0)) / 2


def levels(issue: Mapping[str, Any]) -> list[Any]:
    """List the options of an issue, or the levels of its scale."""
    if "scale" not in issue:
        return list(issue["options"])
    low, high = ends(issue["scale"])
    step = Fraction(str(issue["step"]))
    return [low + step * k for k in range(int((high - low) / step) + 1)]


def deals(case: Mapping[str, Any]) -> list[Deal]:
    """List every combination of options of a case without conditions."""
    issues = case["issues"]
    return [dict(zip(issues, combination, strict=True)) for combination in product(*map(levels, issues.values()))]


def worth(values: Mapping[Any, Any], level: Any) -> Fraction:
    """Give the value of an option or level: as stated, or on the straight line between its neighbours (middle of a range)."""
    if not isinstance(level, Fraction):
        return middle(values[level])
    points = sorted((Fraction(str(at)), middle(value)) for at, value in values.items())
    for (at, value), (next_at, next_value) in pairwise(points):
        if at <= level <= next_at:
            return value + (next_value - value) * (level - at) / (next_at - at)
    raise AssertionError(f"{level} lies outside the values given")


def utility(party: Mapping[str, Any], deal: Deal) -> Fraction:
    """Add up weight times value, weights scaled to sum to 1 (the middle of every range)."""
    weights = {issue: middle(weight) for issue, weight in party["priorities"].items()}
    total = sum(weights.values())
    return sum((weights[issue] / total * worth(party["values"][issue], deal[issue]) for issue in weights), Fraction(0))


def efficient(points: Sequence[tuple[Fraction, ...]]) -> set[tuple[Fraction, ...]]:
    """Keep the points that no other is at least as good as for all and better for one."""
    distinct = set(points)
    return {
        one
        for one in distinct
        if not any(other != one and all(o >= p for o, p in zip(other, one, strict=True)) for other in distinct)
    }


def p_zone(points: Sequence[tuple[Fraction, ...]], spans: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """Give the probability that some point is at least as high as independent uniform thresholds, for all parties.

    Exactly, party by party: between two neighbouring levels of the first party the same points are high enough for it.
    """
    low, high = spans[0]
    if len(spans) == 1:
        best = max((point[0] for point in points), default=low)
        return (min(max(best, low), high) - low) / (high - low)
    cuts = sorted({low, high, *(point[0] for point in points if low < point[0] < high)})
    total = Fraction(0)
    for start, end in pairwise(cuts):
        left = [point[1:] for point in points if point[0] >= end]
        total += (end - start) / (high - low) * (p_zone(left, spans[1:]) if left else 0)
    return total
