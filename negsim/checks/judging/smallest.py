"""From a world that breaks a claim to the one that differs least from the central world: fewest values, roundest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from negsim.model.points import Factor, centre_of

__all__ = ["smallest", "thinned"]

Points = NDArray[np.float64]
Breaks = Callable[[Points], NDArray[np.bool_]]

_MOST_TRIED = 2_048
"""How many sets of values are tried at once, and how many of a size before sets are only thinned out."""


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
        than `_MOST_TRIED`, no set of fewer, at the values of ``point``, does it.
    """
    centre = centre_of(factors)
    fewest = _fewest(breaks, centre, point)
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
    """Make values round, one factor after the other; a rounder value comes before a nearer one."""
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
    return here


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
