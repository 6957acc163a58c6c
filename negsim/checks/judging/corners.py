"""Corners: worlds in which every factor is at one of its ends. All of them where they are few, else a design."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
from numpy.typing import NDArray

from negsim.model.points import Factor
from negsim.records import dataclass

__all__ = ["MOST_CORNERS", "Corners", "climb", "corners_of", "orthogonal"]

Points = NDArray[np.float64]

MOST_CORNERS = 4_096
"""How many corners are gone through one by one."""

_PASSES = 4


@dataclass(frozen=True, slots=True)
class Corners:
    """Corners: ``high`` (corner, factor) tells which factors are at their upper ends; ``is_all`` that these are all."""

    factors: tuple[Factor, ...]
    high: NDArray[np.bool_]
    is_all: bool

    @property
    def points(self) -> Points:
        """The corners as points: (corner, factor)."""
        return to_points(self.factors, self.high)


def to_points(factors: tuple[Factor, ...], high: NDArray[np.bool_]) -> Points:
    """Put each factor at one of its ends."""
    ends = np.array([(one.low, one.high) for one in factors], np.float64).reshape(-1, 2)
    return np.where(high, ends[:, 1], ends[:, 0])


def corners_of(factors: tuple[Factor, ...]) -> Corners:
    """List the corners to look at.

    Returns
    -------
    Corners
        All, up to `MOST_CORNERS`; else a design in which any three factors are at their ends in all eight ways, each in
        as many corners, with the two corners at which all are low and all high among them.

    Examples
    --------
    >>> corners_of((Factor(("a",), 1.0, 3.0, 2.0, ("a",)),)).points.tolist()
    [[1.0], [3.0]]
    """
    n = len(factors)
    if 2**n <= MOST_CORNERS:
        high = np.array(list(product((False, True), repeat=n)), np.bool_).reshape(-1, n)
        return Corners(factors, high, is_all=True)
    return Corners(factors, orthogonal(n), is_all=False)


def orthogonal(n_factors: int) -> NDArray[np.bool_]:
    """Make an orthogonal array of two levels and strength 3: bool array (run, factor).

    Sylvester's (1867) Hadamard matrix of the next power of two, and the same with all signs turned: of a matrix of
    order m, 2m runs of m factors (Seiden 1954, Annals of Mathematical Statistics 25). Any three columns hold all eight
    combinations, m/4 times each.
    """
    order = 1 << max(2, (n_factors - 1).bit_length())
    index = np.arange(order)
    common = index[:, None] & index[None, :]
    odd = np.zeros_like(common, np.bool_)
    while np.any(common):
        odd ^= (common & 1).astype(np.bool_)
        common >>= 1
    return np.concatenate([odd, ~odd])[:, :n_factors]


def climb(
    corners: Corners, margin: NDArray[np.float64], ask: Callable[[Points], NDArray[np.float64]]
) -> tuple[Points, NDArray[np.float64]]:
    """Go on from a design to the corner that its margins point to, and turn single factors while that takes margin.

    Parameters
    ----------
    corners : Corners
    margin : float64 array (corner,)
        What is to be low there.
    ask : function of points (world, factor) to margins (world,)

    Returns
    -------
    points, margins
        Of all corners looked at on the way.
    """
    effect = np.mean(np.where(corners.high, 1.0, -1.0) * margin[:, None], axis=0)
    best = effect < 0
    seen, margins = [], []

    def look(high: NDArray[np.bool_]) -> NDArray[np.float64]:
        points = to_points(corners.factors, high)
        found = ask(points)
        seen.append(points)
        margins.append(found)
        return found

    start = int(np.argmin(margin))
    starts = np.stack([best, corners.high[start]])
    at = look(starts)
    here, low = starts[int(np.argmin(at))], float(np.min(at))
    for _ in range(_PASSES):
        turned = here ^ np.eye(len(here), dtype=np.bool_)
        found = look(turned)
        if low < 0 or np.min(found) >= low:
            break
        # All turns that help by themselves are taken together if that helps more than the best of them.
        together = here ^ (found < low)
        both = look(np.stack([turned[int(np.argmin(found))], together]))
        here, low = (together, float(both[1])) if both[1] < both[0] else (turned[int(np.argmin(found))], float(both[0]))
    return np.concatenate(seen), np.concatenate(margins)
