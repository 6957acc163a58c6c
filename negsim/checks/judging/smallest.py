"""From a world that breaks a claim to the one that differs least from the central world: fewest values, roundest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, product
from math import prod

import numpy as np
from numpy.typing import NDArray

from negsim.model.points import Factor, centre_of

__all__ = ["smallest", "thinned"]

Points = NDArray[np.float64]
Breaks = Callable[[Points], NDArray[np.bool_]]

_MOST_TRIED = 2_048
"""How many sets of values are tried at once, and how many of a size before sets are only thinned out."""


_ALONG = 17
"""At how many values along its range a single factor is tried."""


def smallest(breaks: Breaks, factors: tuple[Factor, ...], point: Points) -> Points:
    """Bring a point as near to the centre as it can be brought while it breaks a claim.

    First as few factors as possible leave their centres, then each is as round as possible, then as near.

    Parameters
    ----------
    breaks : function of points (world, factor) to bool array (world,)
    factors : tuple of Factor
    point : float64 array (factor,)
        Which breaks the claim.

    Returns
    -------
    float64 array (factor,)
        Which breaks it as well; no factor of it can be put back by itself. Where sets of as many factors are no more
        than `_MOST_TRIED`, no set of fewer, at the values of ``point``, does it; nor does any one of them by itself at
        one of `_ALONG` values along its range.
    """
    centre = centre_of(factors)
    fewest = _alone(breaks, factors, centre, _fewest(breaks, centre, point))
    return thinned(breaks, centre, _rounded(breaks, factors, centre, fewest))


def _fewest(breaks: Breaks, centre: Points, point: Points) -> Points:
    moved = np.flatnonzero(point != centre)
    for size in range(len(moved)):
        sets = _sets(moved, size)
        if sets is None:
            break
        tried = np.tile(centre, (len(sets), 1))
        rows = np.repeat(np.arange(len(sets)), size)
        columns = np.array(sets, np.intp).reshape(-1)
        tried[rows, columns] = point[columns]
        found = np.flatnonzero(breaks(tried))
        if len(found):
            return np.asarray(tried[found[0]])
    return thinned(breaks, centre, point)


def _alone(breaks: Breaks, factors: tuple[Factor, ...], centre: Points, point: Points) -> Points:
    """Look for one of several factors that does by itself elsewhere in its range: the one that goes least far."""
    moved = np.flatnonzero(point != centre).tolist()
    free = [k for k in moved if not factors[k].is_coin]
    if len(moved) < 2 or not free:
        return point
    values = np.concatenate([np.linspace(factors[k].low, factors[k].high, _ALONG) for k in free])
    columns = np.repeat(free, _ALONG)
    tried = np.tile(centre, (len(values), 1))
    tried[np.arange(len(values)), columns] = values
    reach = np.array([factors[k].high - factors[k].low for k in free])
    away = np.abs(values - centre[columns]) / np.repeat(reach, _ALONG)
    tried = tried[np.argsort(away, kind="stable")]
    found = np.flatnonzero(breaks(tried))
    return np.asarray(tried[found[0]]) if len(found) else point


def _sets(moved: NDArray[np.intp], size: int) -> list[tuple[int, ...]] | None:
    """List all sets of a size, or None if there are too many."""
    found: list[tuple[int, ...]] = []
    for one in combinations(moved.tolist(), size):
        found.append(one)
        if len(found) > _MOST_TRIED:
            return None
    return found


def thinned(breaks: Breaks, centre: Points, point: Points) -> Points:
    """Put factors back, half of those that are away at a time and then fewer, until none can be put back by itself."""
    here, portion = point, max(1, int(np.count_nonzero(point != centre)) // 2)
    while True:
        away = np.flatnonzero(here != centre)
        parts = [away[start : start + portion] for start in range(0, len(away), portion)]
        tried = np.tile(here, (len(parts), 1))
        for row, part in enumerate(parts):
            tried[row, part] = centre[part]
        found = np.flatnonzero(breaks(tried)) if parts else np.zeros(0, np.intp)
        if len(found):
            here = tried[found[0]]
        elif portion == 1:
            return here
        else:
            portion = max(1, portion // 2)


def _rounded(breaks: Breaks, factors: tuple[Factor, ...], centre: Points, point: Points) -> Points:
    """Make values round, one after the other and, where that leaves one with more than a digit, all together.

    A rounder value comes before a nearer one.
    """
    here = point
    for k in np.flatnonzero(point != centre).tolist():
        if factors[k].is_coin:
            continue
        values = list(_candidates(float(centre[k]), float(here[k])))
        tried = np.tile(here, (len(values), 1))
        tried[:, k] = values
        found = np.flatnonzero(breaks(tried)) if values else np.zeros(0, np.intp)
        if len(found):
            here = tried[found[0]]
    return _rounded_together(breaks, factors, centre, here)


def _rounded_together(breaks: Breaks, factors: tuple[Factor, ...], centre: Points, point: Points) -> Points:
    """Put all values that moved at multiples of one step, the coarsest that breaks the claim, on their sides."""
    moved = [k for k in np.flatnonzero(point != centre).tolist() if not factors[k].is_coin]
    if all(float(f"{point[k]:.0e}") == point[k] for k in moved):
        return point
    reach = np.array([_reach(factors[k], float(point[k])) for k in moved])
    exponent = int(np.floor(np.log10(max(float(np.max(np.abs(reach))), 1e-9))))
    for power in range(exponent, exponent - 4, -1):
        for step in (10.0**power, 5 * 10.0 ** (power - 1)):
            values = [_multiples(low, high, step) for low, high in reach.tolist()]
            if prod(map(len, values)) > _MOST_TRIED:
                return point
            combined = np.array(list(product(*values)), np.float64).reshape(-1, len(moved))
            away = np.sum(np.abs(combined - centre[moved]) / np.abs(reach[:, 1] - reach[:, 0]), axis=1)
            tried = np.tile(point, (len(combined), 1))
            tried[:, moved] = combined[np.argsort(away, kind="stable")]
            found = np.flatnonzero(breaks(tried)) if len(tried) else np.zeros(0, np.intp)
            if len(found):
                return np.asarray(tried[found[0]])
    return point


def _reach(factor: Factor, value: float) -> tuple[float, float]:
    """Give the side of the centre on which a value lies, with its ends."""
    return (factor.low, factor.centre) if value < factor.centre else (factor.centre, factor.high)


def _multiples(low: float, high: float, step: float) -> list[float]:
    first, last = np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9)
    if last - first > _MOST_TRIED:
        return [0.0] * (_MOST_TRIED + 1)
    return [round(float(k * step), 12) for k in np.arange(first, last + 1)]


def _candidates(centre: float, value: float) -> Iterator[float]:
    """List values from the centre, left out, to a value: the roundest first, and of as round ones the nearest first."""
    low, high = sorted((centre, value))
    seen: set[float] = set()
    exponent = int(np.floor(np.log10(max(abs(low), abs(high), 1e-9))))
    for power in range(exponent, exponent - 5, -1):
        for step in (10.0**power, 5 * 10.0 ** (power - 1)):
            first, last = np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9)
            if last - first > _MOST_TRIED / 8:
                return
            multiples = [round(float(k * step), 12) for k in np.arange(first, last + 1)]
            for one in sorted(multiples, key=lambda found: abs(found - centre)):
                if low <= one <= high and one != centre and one not in seen:
                    seen.add(one)
                    yield one
