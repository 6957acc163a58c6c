"""Boxes in the space of what was varied: limits of numbers and sets of words, and which cells lie within."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from negsim.records import dataclass

__all__ = ["Limit", "Points", "Region", "inside", "limit_masks", "round_limit", "without"]

Side = Literal["low", "high", "words"]


class Limit(NamedTuple):
    """Which restriction of a box is meant: of a factor by its index, on one side."""

    factor: int
    side: Side


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Cells as points: ``columns`` (factor, cell), which factors have words for values, ``interest`` (cell,)."""

    columns: NDArray[np.float64]
    categorical: tuple[bool, ...]
    interest: NDArray[np.bool_]

    @property
    def n_cells(self) -> int:
        """Number of cells."""
        return len(self.interest)

    @property
    def n_interest(self) -> int:
        """Number of cells of interest."""
        return int(np.count_nonzero(self.interest))

    def some(self, chosen: NDArray[np.bool_]) -> Points:
        """Take some of the cells, as ``chosen`` (cell,) says."""
        return Points(self.columns[:, chosen], self.categorical, self.interest[chosen])


@dataclass(frozen=True, slots=True)
class Region:
    """A box: the least and the most a factor may be, both inside, and the words (by position) that it may be.

    What is in none of the three is not restricted.
    """

    low: Mapping[int, float]
    high: Mapping[int, float]
    words: Mapping[int, frozenset[int]]

    @property
    def limits(self) -> tuple[Limit, ...]:
        """All restrictions, by factor and side."""
        sides: tuple[tuple[Side, Mapping[int, object]], ...] = (
            ("low", self.low),
            ("high", self.high),
            ("words", self.words),
        )
        return tuple(sorted(Limit(factor, side) for side, held in sides for factor in held))

    @property
    def factors(self) -> tuple[int, ...]:
        """The factors that are restricted."""
        return tuple(sorted({limit.factor for limit in self.limits}))


def without(region: Region, limit: Limit) -> Region:
    """Lift one restriction of a box."""
    left = {factor: held for factor, held in getattr(region, limit.side).items() if factor != limit.factor}
    return replace(region, **{limit.side: left})


def limit_masks(region: Region, points: Points) -> dict[Limit, NDArray[np.bool_]]:
    """Tell for each restriction which cells keep it, each (cell,)."""
    return {limit: _keeps(region, limit, points.columns[limit.factor]) for limit in region.limits}


def _keeps(region: Region, limit: Limit, column: NDArray[np.float64]) -> NDArray[np.bool_]:
    factor, side = limit
    if side == "words":
        return np.isin(column, sorted(region.words[factor]))
    kept: NDArray[np.bool_] = column >= region.low[factor] if side == "low" else column <= region.high[factor]
    return kept


def inside(region: Region, points: Points) -> NDArray[np.bool_]:
    """Tell which cells lie in a box, (cell,)."""
    within = np.ones(points.n_cells, dtype=bool)
    for kept in limit_masks(region, points).values():
        within &= kept
    return within


_MOST_DIGITS = 12


def round_limit(excluded: float, included: float) -> float:
    """Find the number of fewest decimals that parts two values, itself on the side of the included one.

    Parameters
    ----------
    excluded, included : float
        The two values nearest to a limit, on either side of it; ``excluded`` may be infinite.

    Returns
    -------
    float
        Of those of fewest decimals the one nearest to ``included``, or that itself if no other has 12 digits.

    Examples
    --------
    >>> round_limit(0.6181, 0.6234), round_limit(0.3, 0.4), round_limit(0.8123, 0.7961)
    (0.62, 0.4, 0.8)
    """
    if excluded > included:
        return -round_limit(-excluded, -included) + 0.0
    included = float(f"{included:.{_MOST_DIGITS}g}")
    size = max(abs(included), abs(excluded) if math.isfinite(excluded) else 0.0)
    first = -math.ceil(math.log10(size)) if size else 0
    for decimals in range(first, first + _MOST_DIGITS + 1):
        found = round(math.floor(float(f"{included * 10.0**decimals:.{_MOST_DIGITS}g}")) / 10.0**decimals, 300)
        if excluded < found <= included:
            return float(f"{found:.{_MOST_DIGITS}g}") + 0.0
    return included
