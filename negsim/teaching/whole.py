"""Whole points out of weights and values that are none, so that a sheet can be added up by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import floor

__all__ = [
    "FEW_LEVELS",
    "HUNDRED",
    "anchors_of",
    "bends_of",
    "interpolated",
    "nearest",
    "whole_points",
    "whole_weights",
]

HUNDRED = 100
"""What the weights of a party add up to."""

FEW_LEVELS = 21
"""A scale with so many levels or fewer is listed level by level, with whole points at each."""

_NOISE = 1e-9
"""What arithmetic may cost a number that is exactly between two whole ones."""

_STRAIGHT = 1e-5
"""By how much, in points of value, three levels may miss a straight line: values are written with six decimals."""


def whole_weights(weights: Mapping[str, float]) -> dict[str, int]:
    """Round weights to whole numbers that add up to 100, by the method of the largest remainder (Hamilton, 1792).

    Each positive weight is 1 at least; those that this lifts take it from the others. Of equal remainders the one that
    comes first is rounded up. A weight of 0 is left out.

    Parameters
    ----------
    weights : mapping of issue id to float
        Not negative, in any unit; at most 100 of them positive.

    Returns
    -------
    dict of issue id to int

    Examples
    --------
    >>> whole_weights({"price": 1, "term": 1, "colour": 1})
    {'price': 34, 'term': 33, 'colour': 33}
    >>> whole_weights({"price": 0.998, "term": 0.001, "colour": 0.001, "smell": 0})
    {'price': 98, 'term': 1, 'colour': 1}
    """
    left = {name: float(weight) for name, weight in weights.items() if weight > 0}
    lifted: dict[str, int] = {}
    while True:
        room, total = HUNDRED - len(lifted), sum(left.values())
        shares = {name: room * weight / total for name, weight in left.items()}
        small = [name for name, share in shares.items() if share < 1 - _NOISE]
        if not small:
            break
        lifted |= dict.fromkeys(small, 1)
        left = {name: weight for name, weight in left.items() if name not in lifted}
    whole = {name: floor(share + _NOISE) for name, share in shares.items()}
    by_remainder = sorted(shares, key=lambda name: round(whole[name] - shares[name], 9))
    for name in by_remainder[: HUNDRED - len(lifted) - sum(whole.values())]:
        whole[name] += 1
    return {name: lifted.get(name, whole.get(name, 0)) for name, weight in weights.items() if weight > 0}


def whole_points(values: Sequence[float], weight: int) -> tuple[int, ...]:
    """Turn values, 0 to 100, into whole points, 0 to the weight of their issue; a half is rounded up.

    >>> whole_points([0, 50, 75, 100], 30)
    (0, 15, 23, 30)
    """
    return tuple(nearest(value * weight / HUNDRED) for value in values)


def nearest(number: float) -> int:
    """Round to the nearest whole number, a half up; never to minus 0."""
    return floor(number + 0.5 + _NOISE)


def anchors_of(values: Sequence[float]) -> tuple[int, ...]:
    """Find the levels of an even scale from which all others follow by straight lines: ends, and where these bend.

    >>> anchors_of([0, 10, 20, 20, 20])
    (0, 2, 4)
    """
    last = len(values) - 1
    bends = (k for k in range(1, last) if abs(values[k - 1] - 2 * values[k] + values[k + 1]) > _STRAIGHT)
    return tuple(dict.fromkeys((0, *bends, last)))


def bends_of(points: Sequence[float]) -> tuple[int, ...]:
    """Find the same levels of a long scale by its points, which are rounded to units: a bend of two of them is none.

    >>> bends_of([0, 10, 20.00002, 20, 20])
    (0, 2, 4)
    """
    return anchors_of([one / 5 for one in points])


def interpolated(anchors: Mapping[int, float], n_levels: int) -> tuple[float, ...]:
    """Join what stands at some levels of an even scale, its ends among them, by straight lines.

    >>> interpolated({0: 0, 2: 20, 4: 20}, 5)
    (0, 10.0, 20, 20.0, 20)
    """
    known = sorted(anchors)
    found = dict(anchors)
    for low, high in pairwise(known):
        for k in range(low + 1, high):
            found[k] = anchors[low] + (k - low) / (high - low) * (anchors[high] - anchors[low])
    return tuple(found[k] for k in range(n_levels))
