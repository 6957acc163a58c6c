"""The patient rule induction method: peel thin slices off the space of all cells until what is left is of interest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from negsim.records import dataclass
from negsim.study.discovery.regions import Limit, Points, Region, inside, limit_masks, without

__all__ = ["ALPHA", "EVERYWHERE", "Peeled", "fewest_cells", "paste", "peel"]

ALPHA = 0.05
"""The share of the cells left that a peel takes off at most, unless a single value holds more."""

EVERYWHERE = Region({}, {}, {})
"""The box without limits."""

_FEWEST_CELLS = 10
_LEAST_MASS = 0.05


@dataclass(frozen=True, slots=True)
class Peeled:
    """A point of the peeling trajectory: a box, the cells in it, and how many of them are of interest."""

    region: Region
    n_cells: int
    n_hits: int


class _Slice(NamedTuple):
    """What one peel would take off, and the limit that it leaves."""

    limit: Limit
    n_cells: int
    n_hits: int
    bound: float


def fewest_cells(points: Points) -> int:
    """Say how few cells a box may hold: 5 % of all or half of those of interest, whichever is less, but 10 at least."""
    return max(_FEWEST_CELLS, int(min(_LEAST_MASS * points.n_cells, points.n_interest / 2)))


def peel(points: Points, *, alpha: float = ALPHA) -> tuple[Peeled, ...]:
    """Peel a box, slice by slice.

    Parameters
    ----------
    points : Points
        Their numbers are finite; at least one cell.
    alpha : float
        The share of the cells in the box that one peel takes off an end of a numeric factor. All cells that share a
        value go together, so where levels are few a peel takes a whole level; of a categorical factor it takes a word.

    Returns
    -------
    tuple of Peeled
        The trajectory, from all cells on; it ends when the box holds nothing but cells of interest, or when any peel
        would leave fewer than `fewest_cells`. Of peels that raise the share of interest the one is taken that raises it
        most for each cell lost; if there are none, the one after which that share is highest, and last what does not
        change it. Ties go to the peel that takes fewer cells, then to the first factor, and to its lower end.

    References
    ----------
    Friedman & Fisher (1999), Statistics and Computing 9, 123-143, sections 6-8; Kwakkel & Jaxa-Rozen (2016),
    Environmental Modelling & Software 79, 311-321, for gain by cell lost ("lenient 1"), without which factors with few
    values are peeled first. Deviations: theirs ranks losses by cell lost as well, which favours large slices; a peel
    that changes nothing, as of a factor that does nothing in a grid, only wastes cells, and so waits.

    Examples
    --------
    >>> column = np.arange(100.0)
    >>> last = peel(Points(column[None], (False,), column >= 60))[-1]
    >>> last.region.low, last.n_cells, last.n_hits
    ({0: 60.0}, 40, 40)
    """
    fewest = fewest_cells(points)
    left = _Left.of(points)
    found = [Peeled(EVERYWHERE, points.n_cells, points.n_interest)]
    while 0 < found[-1].n_hits < found[-1].n_cells:
        box = found[-1]
        slices = [item for item in left.slices(alpha) if item.n_cells and box.n_cells - item.n_cells >= fewest]
        if not slices:
            break
        best = max(slices, key=lambda item: _worth(box, item))
        left.take_off(best)
        region = _narrowed(box.region, best, left)
        found.append(Peeled(region, box.n_cells - best.n_cells, box.n_hits - best.n_hits))
    return tuple(found)


def _worth(box: Peeled, item: _Slice) -> tuple[bool, bool, float, int]:
    """Rank a peel: gains before losses before what changes nothing, gains by cell lost; then the smaller.

    In whole numbers up to one division, so that equals stay equal and what does nothing does not seem to gain.
    """
    change = box.n_hits * item.n_cells - item.n_hits * box.n_cells
    n_left = box.n_cells - item.n_cells
    return change > 0, change < 0, change / (n_left * (item.n_cells if change > 0 else 1)), -item.n_cells


def _narrowed(region: Region, item: _Slice, left: _Left) -> Region:
    factor, side = item.limit
    if side == "words":
        return replace(region, words={**region.words, factor: frozenset(left.words(factor))})
    return replace(region, **{side: {**getattr(region, side), factor: item.bound}})


class _Left:
    """The cells still in the box, by each numeric factor in its order, so that the ends are at hand."""

    def __init__(self, points: Points, numeric: list[int], order: NDArray[np.intp]) -> None:
        self.points = points
        self.numeric = numeric
        self.order = order
        self.cells = np.arange(points.n_cells)

    @classmethod
    def of(cls, points: Points) -> _Left:
        numeric = [factor for factor, words in enumerate(points.categorical) if not words]
        return cls(points, numeric, np.argsort(points.columns[numeric], axis=1, kind="stable"))

    def slices(self, alpha: float) -> Iterator[_Slice]:
        """Give what can be peeled: both ends of each numeric factor, each word of the others."""
        rows = dict(zip(self.numeric, self.order, strict=True))
        for factor in range(len(self.points.categorical)):
            if factor in rows:
                yield from self.ends(factor, rows[factor], max(1, int(alpha * len(self.cells))))
            else:
                yield from self.each_word(factor)

    def ends(self, factor: int, order: NDArray[np.intp], n_wanted: int) -> Iterator[_Slice]:
        """Give the slices at the two ends of a factor; none, of 0 cells, where a single value is left."""
        column, n = self.points.columns[factor], len(order)
        first, last = column[order[: n_wanted + 1]], column[order[-n_wanted - 1 :]]
        low = int(np.searchsorted(first, first[-1]))
        if not low:
            low = int(np.searchsorted(column[order], first[-1], side="right")) % n
        high = len(last) - int(np.searchsorted(last, last[0], side="right"))
        if not high:
            high = (n - int(np.searchsorted(column[order], last[0]))) % n
        yield self.slice(Limit(factor, "low"), order[:low], column[order[low]])
        yield self.slice(Limit(factor, "high"), order[n - high :], column[order[n - high - 1]])

    def each_word(self, factor: int) -> Iterator[_Slice]:
        values = self.points.columns[factor][self.cells]
        for word in self.words(factor):
            yield self.slice(Limit(factor, "words"), self.cells[values == word], word)

    def slice(self, limit: Limit, cells: NDArray[np.intp], bound: float) -> _Slice:
        return _Slice(limit, len(cells), int(np.count_nonzero(self.points.interest[cells])), float(bound))

    def words(self, factor: int) -> list[int]:
        """Give the words that cells in the box have, by position."""
        return [int(word) for word in np.unique(self.points.columns[factor][self.cells])]

    def take_off(self, item: _Slice) -> None:
        column = self.points.columns[item.limit.factor]
        match item.limit.side:
            case "low":
                keeps = column >= item.bound
            case "high":
                keeps = column <= item.bound
            case _:
                keeps = column != item.bound
        self.cells = self.cells[keeps[self.cells]]
        self.order = self.order[keeps[self.order]].reshape(len(self.numeric), len(self.cells))


def paste(region: Region, points: Points, *, alpha: float = ALPHA) -> Region:
    """Widen a box wherever that does not lower the share of interest in it.

    Parameters
    ----------
    region : Region
        With at least one cell in it.
    points : Points
    alpha : float
        How many cells are added at a time, as a share of those in the box; cells that share a value come together.

    Returns
    -------
    Region
        A limit with no cell beyond it is lifted. Of the slices that can be added, the one with the highest share of
        interest is; ties go to the larger.

    References
    ----------
    Friedman & Fisher (1999), section 8.2. Deviation: a slice may also leave the share as it is, since the box then
    covers more.
    """
    while True:
        within = inside(region, points)
        n_cells, n_hits = int(np.count_nonzero(within)), int(np.count_nonzero(within & points.interest))
        n_wanted = max(1, int(alpha * n_cells))
        additions = list(_additions(region, points, n_wanted))
        added = max(additions, key=lambda item: (item.n_hits / max(item.n_cells, 1), item.n_cells), default=None)
        empty = next((item for item in additions if not item.n_cells), None)
        if empty is not None:
            region = without(region, empty.limit)
        elif added is not None and added.n_hits * n_cells >= n_hits * added.n_cells:
            region = _widened(region, added)
        else:
            return region


def _additions(region: Region, points: Points, n_wanted: int) -> Iterator[_Slice]:
    """Give the slices just beyond each limit, of cells that keep all others."""
    masks = limit_masks(region, points)
    n_broken = np.sum([~kept for kept in masks.values()], axis=0) if masks else np.zeros(points.n_cells, dtype=int)
    for limit, kept in masks.items():
        beyond = np.flatnonzero((n_broken == 1) & ~kept)
        column = points.columns[limit.factor]
        if not len(beyond):
            yield _Slice(limit, 0, 0, np.nan)
        elif limit.side == "words":
            for word in np.unique(column[beyond]):
                yield _counted(limit, beyond[column[beyond] == word], points, word)
        else:
            outwards = np.sort(column[beyond] if limit.side == "high" else -column[beyond])
            farthest = outwards[min(n_wanted, len(outwards)) - 1]
            bound = farthest if limit.side == "high" else -farthest
            near = column[beyond] <= bound if limit.side == "high" else column[beyond] >= bound
            yield _counted(limit, beyond[near], points, bound)


def _counted(limit: Limit, cells: NDArray[np.intp], points: Points, bound: float) -> _Slice:
    return _Slice(limit, len(cells), int(np.count_nonzero(points.interest[cells])), float(bound))


def _widened(region: Region, item: _Slice) -> Region:
    factor, side = item.limit
    if side == "words":
        return replace(region, words={**region.words, factor: region.words[factor] | {int(item.bound)}})
    return replace(region, **{side: {**getattr(region, side), factor: item.bound}})
