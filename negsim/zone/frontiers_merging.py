"""The efficient outcomes of one world for some parties, whatever all others say: cells merged with the free issues.

Utility is what the cell is worth plus what the free issues add up to. So an outcome is efficient only if its cell is
efficient among those that cross no real red line of these parties, and its sum among the sums of the free issues. Where
deals may be broken, a gain counts for less in some cells than in others, and only the latter still holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.model.worlds import Worlds
from negsim.records import dataclass
from negsim.solutions.frontier import pareto_optimal
from negsim.solutions.merging import Merged, TooManyPoints, merge, most_sums

__all__ = ["EfficientCells", "EfficientPairs", "efficient_cells", "efficient_pairs", "merged_or_refused"]

_CELLS = 2**19
"""Worths (world, party, cell) held at a time: four megabytes."""

_PAIRS = 2**20
"""Pairs of a cell and a sum that are compared in one go."""

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class EfficientCells:
    """The cells of one world that can be part of an efficient outcome of some parties.

    ``worth`` (party, kind) is what each kind of cell is worth beyond what it would have to be without the free issues,
    in units, and ``kept`` (party, kind) the weight of that in the value of a deal; ``members`` are the cells of each
    kind, ascending. ``is_plain`` tells that all weights are 1.
    """

    worth: Points
    kept: Points
    members: tuple[NDArray[np.intp], ...]
    is_plain: bool


@dataclass(frozen=True, slots=True)
class EfficientPairs:
    """The efficient outcomes of some parties, as pairs of a kind of cell and a sum of the free issues.

    ``gain`` (party, point) are the distinct points, from the first party's best on, in units over no deal. ``kind``,
    ``sum`` and ``point`` (pair,) tell which kind and sum give which point.
    """

    gain: Points
    kind: NDArray[np.intp]
    sum: NDArray[np.intp]
    point: NDArray[np.intp]


def efficient_cells(worlds: Worlds, parties: Sequence[int]) -> Iterator[EfficientCells]:
    """Find in some worlds, one after the other, the cells that some parties can gain from.

    None where every cell crosses a real red line of one of them.
    """
    n_cells = worlds.structure.n_cells
    every = np.arange(n_cells)
    step = max(1, _CELLS // (n_cells * len(parties)))
    for start in range(0, worlds.n_worlds, step):
        part = worlds.select((np.arange(worlds.n_worlds) >= start) & (np.arange(worlds.n_worlds) < start + step))
        worth = np.stack([-part.price(p, slice(None), every) for p in parties], axis=1)
        kept = np.stack([part.kept(p, slice(None), every) for p in parties], axis=1)
        allowed = ~np.any(np.stack([part.crosses_real(p, every) for p in parties]), axis=0)
        for world in range(part.n_worlds):
            yield _by_worth(worth[world], kept[world], np.flatnonzero(allowed[world]), is_plain=not worlds.risk)


def _by_worth(worth: Points, kept: Points, cells: NDArray[np.intp], *, is_plain: bool) -> EfficientCells:
    """Keep the cells that can be efficient, sorted by what they are worth."""
    if is_plain:
        cells = cells[pareto_optimal(worth[:, cells])]
    kinds, kind = np.unique(np.concatenate([worth, kept])[:, cells], axis=1, return_inverse=True)
    order = np.argsort(kind.reshape(-1), kind="stable")
    ends = np.cumsum(np.bincount(kind.reshape(-1), minlength=kinds.shape[1]))
    members = tuple(np.split(cells[order], ends[:-1])) if len(cells) else ()
    return EfficientCells(kinds[: len(worth)], kinds[len(worth) :], members, is_plain)


def merged_or_refused(values: Sequence[Points], n_parties: int) -> Merged:
    """Merge the free issues.

    Raises
    ------
    UsageError
        If there are too many efficient sums.
    """
    most = most_sums(n_parties)
    try:
        return merge(values, n_parties, max_points=most)
    except TooManyPoints as error:
        fewer = "; ask for two parties" if n_parties > 2 else ""
        raise UsageError(
            f"the frontier of {n_parties} parties has too many points: merging the issues was stopped at"
            f" {error.n_points:,} efficient combinations, over the {most:,} kept{fewer}"
        ) from None


def efficient_pairs(cells: EfficientCells, sums: Points) -> EfficientPairs:
    """Find the efficient ones among all pairs of a kind of cell and an efficient sum of the free issues."""
    n_sums = sums.shape[1]
    step = max(1, _PAIRS // n_sums)
    kept, pairs = sums[:, :0], np.zeros(0, np.intp)
    for start in range(0, cells.worth.shape[1], step):
        part = slice(start, start + step)
        gain = (cells.kept[:, part, None] * (cells.worth[:, part, None] + sums[:, None, :])).reshape(len(sums), -1)
        kept, pairs = (
            np.concatenate([kept, gain], axis=1),
            np.concatenate([pairs, start * n_sums + np.arange(gain.shape[1])]),
        )
        efficient = pareto_optimal(kept)
        kept, pairs = kept[:, efficient], pairs[efficient]
    points, point = np.unique(0.0 - kept, axis=1, return_inverse=True)
    return EfficientPairs(0.0 - points, pairs // n_sums, pairs % n_sums, point.reshape(-1))
