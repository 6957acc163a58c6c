"""Which deals to report: the most robust one, then each that is most often in the zone where none before it is.

The outcomes most often in the zone are mostly one deal and its near copies. Chosen this way, a handful of deals shows
what kinds of settlement there are (the greedy cover of Nemhauser, Wolsey & Fisher 1978, over worlds).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from negsim.model.outcomes import Outcomes, no_outcomes
from negsim.model.worlds import Worlds
from negsim.zone.compiled import Compiled
from negsim.zone.counting import Run, in_zone
from negsim.zone.kernel import Tally, find_zones
from negsim.zone.layout import Layout
from negsim.zone.merged import candidate_deals

__all__ = ["choose_deals", "greedy_cover", "most_robust"]

PILOT_WORLDS = 4096
"""Worlds by which further deals are chosen, the first ones; how robust they are is then counted over all."""


def choose_deals(
    compiled: Compiled, tally: NDArray[np.uint32], blocks: Run, exists: NDArray[np.bool_], n_deals: int
) -> Outcomes:
    """Choose the deals to report.

    Parameters
    ----------
    compiled : Compiled
    tally : uint32 array (row, column)
        In how many of all worlds each outcome is in the zone; it settles the first deal.
    blocks : Run
        The blocks of all worlds, in order; the first `PILOT_WORLDS` worlds settle the others.
    exists : bool array (world,)
        Which worlds have a zone.
    n_deals : int
        How many to choose at most. Once every zone is covered, the most robust of the rest follow.

    Returns
    -------
    Outcomes
        In the order chosen. Equal counts go by the declared order of options.
    """
    if not np.any(exists):
        return no_outcomes(len(compiled.structure.free_issues))
    left = _with_zone(compiled, blocks, exists)
    if compiled.merges:
        return _among_candidates(compiled, left, n_deals)
    chosen = [most_robust(tally, compiled.layout, 1)]
    while len(chosen) < n_deals:
        left = _some(worlds.select(~in_zone(worlds, compiled, chosen[-1])[:, 0]) for worlds in left)
        further = Tally.empty(compiled.layout)
        for worlds in left:
            find_zones(worlds, compiled.layout, compiled.joint, further)
        further.flush()
        if not np.any(further.total):
            break
        chosen.append(most_robust(further.total, compiled.layout, 1))
    return _fill_up(chosen, most_robust(tally, compiled.layout, n_deals), n_deals)


def _among_candidates(compiled: Compiled, left: list[Worlds], n_deals: int) -> Outcomes:
    """Choose among efficient outcomes of the first worlds, as outcomes are too many to look at them all."""
    candidates = candidate_deals(left, compiled)
    candidates = candidates.pick(np.lexsort(compiled.structure.choices_of(candidates).T[::-1]))
    inside = np.concatenate([in_zone(worlds, compiled, candidates) for worlds in left])
    return candidates.pick(greedy_cover(inside, n_deals))


def greedy_cover(holds: NDArray[np.bool_], n: int) -> list[int]:
    """Choose columns that hold most often, each where none before it does; then those that hold most often of the rest.

    Parameters
    ----------
    holds : bool array (world, column)
    n : int
        How many to choose at most. Of equals the first.

    Returns
    -------
    list of int
    """
    chosen: list[int] = []
    often, left = np.count_nonzero(holds, axis=0), holds
    while len(chosen) < min(n, int(np.count_nonzero(often))):
        counts = np.count_nonzero(left, axis=0)
        if not np.any(counts):
            counts = often.copy()
            counts[chosen] = 0
        chosen.append(int(np.argmax(counts)))
        left = left[~left[:, chosen[-1]]]
    return chosen


def most_robust(tally: NDArray[np.uint32], layout: Layout, n: int) -> Outcomes:
    """Find the outcomes most often in the zone, at most so many, best first; equals go by declared order of options."""
    flat = tally.reshape(-1)
    n = min(n, int(np.count_nonzero(flat)))
    bar = np.partition(flat, len(flat) - n)[len(flat) - n]
    above, level = np.flatnonzero(flat > bar), np.flatnonzero(flat == bar)
    level = _first_in_order(level, tally.shape[1], layout, n - len(above))
    places = np.concatenate([above, level])
    outcomes = layout.outcomes(*np.divmod(places, tally.shape[1]))
    choices = layout.structure.choices_of(outcomes)
    return outcomes.pick(np.lexsort((*choices.T[::-1], -flat[places].astype(np.int64))))


def _first_in_order(places: NDArray[np.intp], n_columns: int, layout: Layout, n: int) -> NDArray[np.intp]:
    """Find the first ``n`` of some places by the declared order of options, issue by issue: there may be millions."""
    found: list[NDArray[np.intp]] = []
    for issue in range(len(layout.structure.issues)):
        if len(places) <= n:
            break
        choice = layout.structure.choice_of(issue, layout.outcomes(*np.divmod(places, n_columns)))
        bar = np.partition(choice, n - 1)[n - 1]
        found.append(places[choice < bar])
        n -= len(found[-1])
        places = places[choice == bar]
    return np.concatenate([*found, places[:n]])


def _fill_up(chosen: list[Outcomes], robust: Outcomes, n_deals: int) -> Outcomes:
    """Append the most robust outcomes that are not chosen yet."""
    first = reduce(Outcomes.followed_by, chosen)
    others = [k for k, key in enumerate(robust.names()) if key not in first.names()]
    return first.followed_by(robust.pick(others[: n_deals - len(first)]))


def _with_zone(compiled: Compiled, blocks: Run, exists: NDArray[np.bool_]) -> list[Worlds]:
    """Draw the first worlds once more, those with a zone."""
    kept, start = [], 0
    for block, n_worlds in blocks:
        if start >= PILOT_WORLDS:
            break
        kept.append(compiled.worlds(block, n_worlds).select(exists[start : start + n_worlds]))
        start += n_worlds
    return _some(kept)


def _some(blocks: Iterable[Worlds]) -> list[Worlds]:
    """Drop blocks of which no world is left."""
    return [worlds for worlds in blocks if worlds.n_worlds]
