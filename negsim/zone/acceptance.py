"""What each party accepts by itself: options, by its best outcome with them, and single outcomes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.model.outcomes import Outcomes
from negsim.model.worlds import Worlds

__all__ = ["accepts_choices", "accepts_outcomes"]

_CELLS = 2**18
"""Thresholds (world, cell) held at a time: a megabyte."""


def accepts_choices(worlds: Worlds, party: int) -> NDArray[np.bool_]:
    """Tell which options a party accepts: those with which its best outcome is acceptable to it.

    Parameters
    ----------
    worlds : Worlds
    party : int
        Position among the scenario's parties.

    Returns
    -------
    bool array (world, choice)
        The choices of all issues in a row, in declared order.
    """
    if not worlds.weighs[party] and np.all(worlds.asked[party].open_base <= 0):
        # Worlds are alike to it where the same of its red lines are real.
        _, first, kind = np.unique(worlds.real[party], axis=0, return_index=True, return_inverse=True)
        if len(first) < worlds.n_worlds:
            some = worlds.select(np.isin(np.arange(worlds.n_worlds), first))
            return accepts_choices(some, party)[np.searchsorted(np.sort(first), first)[kind.reshape(-1)]]
    step = max(1, _CELLS // worlds.structure.n_cells)
    starts = range(0, worlds.n_worlds, step)
    return np.concatenate([_accepts(worlds, party, slice(a, min(a + step, worlds.n_worlds))) for a in starts])


def accepts_outcomes(worlds: Worlds, party: int, outcomes: Outcomes) -> NDArray[np.bool_]:
    """Tell which of some outcomes a party accepts.

    Parameters
    ----------
    worlds : Worlds
    party : int
    outcomes : Outcomes

    Returns
    -------
    bool array (world, outcome)
    """
    return worlds.free_sum(party, outcomes) >= worlds.threshold(party, slice(None), outcomes.cell)


def _accepts(worlds: Worlds, party: int, block: slice) -> NDArray[np.bool_]:
    structure = worlds.structure
    threshold = worlds.threshold(party, block)
    values = [value[block] for value in worlds.free_value[party]]
    best = sum((np.max(value, axis=1) for value in values), np.zeros(len(threshold), np.float32))
    lowest = np.min(threshold, axis=1)
    by_issue = dict(zip(structure.cell_issues, structure.cell_marginals(threshold <= best[:, None]), strict=True))
    for k, value in zip(structure.free_issues, values, strict=True):
        spare = best - np.max(value, axis=1) - lowest
        by_issue[k] = value >= -spare[:, None]
    return np.concatenate([by_issue[k] for k in range(len(structure.issues))], axis=1)
