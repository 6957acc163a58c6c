"""Looking at one deal over runs of blocks: who accepts it and what is in the way, and what all would prefer to it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.model.outcomes import Outcomes
from negsim.model.structure import Structure
from negsim.model.values import UNITS_PER_POINT
from negsim.model.worlds import Worlds
from negsim.records import dataclass
from negsim.zone.compiled import Compiled
from negsim.zone.counting import Run, in_zone

__all__ = ["DealView", "all_prefer", "choices_that_occur", "count_preferred", "crossed_lines", "view_deal"]

_ENTRIES = 2**20
"""Utilities (world, outcome) held at a time: eight megabytes."""

Array = NDArray[np.int64]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class DealView:
    """One deal, the first of some outcomes, over a run of blocks, and the others beside it.

    ``in_zone`` and ``preferred`` (block, outcome) count the worlds in which an outcome is in the zone, and in which all
    prefer it to the first. ``short``, ``line`` and ``both`` (block, party) count those in which a party does not accept
    the first: for want of points alone, for a real red line alone, for both. ``gain`` (world, party, outcome) is what
    an outcome is worth, the risk of breach considered, over the first, or, for the first, over no deal, in points.
    ``loss`` (block, party, issue) sums what a party gives up on an issue, in units; ``best`` (block, party, choice)
    counts the worlds in which a choice is best for it on its issue. ``real`` and ``cost`` (world, line) go through the
    red lines that the first crosses, party by party; costs are in points.
    """

    in_zone: Array
    preferred: Array
    short: Array
    line: Array
    both: Array
    gain: NDArray[np.float64]
    loss: Array
    best: Array
    real: NDArray[np.bool_]
    cost: NDArray[np.float64]


def view_deal(compiled: Compiled, run: Run, outcomes: Outcomes) -> DealView:
    """Look at one deal, the first of some outcomes, over a run of blocks."""
    views = [_view_block(compiled, compiled.worlds(*block), outcomes) for block in run]
    return DealView(
        in_zone=np.stack([view.in_zone for view in views]),
        preferred=np.stack([view.preferred for view in views]),
        short=np.stack([view.short for view in views]),
        line=np.stack([view.line for view in views]),
        both=np.stack([view.both for view in views]),
        gain=np.concatenate([view.gain for view in views]),
        loss=np.stack([view.loss for view in views]),
        best=np.stack([view.best for view in views]),
        real=np.concatenate([view.real for view in views]),
        cost=np.concatenate([view.cost for view in views]),
    )


def _view_block(compiled: Compiled, worlds: Worlds, outcomes: Outcomes) -> DealView:
    """Look at one deal in one block; its counts have no axis of blocks yet."""
    parties = range(len(compiled.scenario.actors))
    choice = compiled.structure.choices_of(outcomes.pick([0]))[0]
    gain = np.stack([_gain(worlds, party, outcomes) for party in parties], axis=1)
    short = gain[:, :, 0] < 0
    blocked = np.stack([worlds.crosses_real(party, outcomes.cell[:1])[:, 0] for party in parties], axis=1)
    losses = [_losses(worlds, party, choice) for party in parties]
    lines = crossed_lines(compiled.structure, int(outcomes.cell[0]))
    return DealView(
        in_zone=np.count_nonzero(in_zone(worlds, compiled, outcomes), axis=0),
        preferred=np.count_nonzero(all_prefer(worlds, outcomes.pick([0]), outcomes), axis=0),
        short=np.count_nonzero(short & ~blocked, axis=0),
        line=np.count_nonzero(blocked & ~short, axis=0),
        both=np.count_nonzero(blocked & short, axis=0),
        gain=gain / UNITS_PER_POINT,
        loss=np.stack([loss for loss, _ in losses]),
        best=np.stack([best for _, best in losses]),
        real=_columns([worlds.real[party][:, line] for party, line in lines], worlds.n_worlds).astype(np.bool_),
        cost=_columns([worlds.audience_cost[party][:, line] for party, line in lines], worlds.n_worlds)
        / UNITS_PER_POINT,
    )


def crossed_lines(structure: Structure, cell: int) -> list[tuple[int, int]]:
    """Name the red lines crossed in a cell, as positions of the party and of the line among its own."""
    return [
        (party, int(line))
        for party, cells in enumerate(structure.parties)
        for line in np.flatnonzero(cells.crossed[cells.signature[cell]])
    ]


def _gain(worlds: Worlds, party: int, outcomes: Outcomes) -> NDArray[np.float64]:
    """Give what outcomes add to the first, and the first to no deal: (world, outcome), in units."""
    gain = worlds.gain(party, outcomes)
    gain[:, 1:] -= gain[:, :1]
    return gain


def _losses(worlds: Worlds, party: int, choice: Places) -> tuple[Array, Array]:
    """Sum over worlds what a party gives up on each issue, and count where each choice is best: (issue,), (choice,)."""
    structure = worlds.structure
    values = dict(zip(structure.cell_issues, worlds.cell_value[party], strict=True))
    values |= dict(zip(structure.free_issues, worlds.free_value[party], strict=True))
    loss, best = [], []
    for issue, occurs in enumerate(choices_that_occur(structure)):
        value = values[issue]
        most = np.max(value, axis=1, initial=0, where=occurs)
        loss.append(np.sum(most - value[:, choice[issue]], dtype=np.float64))
        best.append(np.count_nonzero((value == most[:, None]) & occurs, axis=0))
    return np.array(loss).astype(np.int64), np.concatenate(best)


def choices_that_occur(structure: Structure) -> list[NDArray[np.bool_]]:
    """Tell which choices of each issue, in declared order, some outcome has: bool arrays (choice,)."""
    occurring = structure.cell_marginals(np.ones((1, structure.n_cells), np.bool_))
    by_issue = {issue: occurs[0] for issue, occurs in zip(structure.cell_issues, occurring, strict=True)}
    return [by_issue.get(k, np.ones(issue.n_choices, np.bool_)) for k, issue in enumerate(structure.issues)]


def _columns(arrays: list[NDArray[np.bool_]] | list[NDArray[np.float64]], n: int) -> NDArray[np.float64]:
    """Set arrays (world,) side by side, also if there are none: (world, array)."""
    return np.array(arrays, np.float64).reshape(-1, n).T


def count_preferred(compiled: Compiled, run: Run, deal: Outcomes, others: Outcomes) -> Array:
    """Count in how many worlds all prefer each of some outcomes to a deal: (block, outcome)."""
    counts = np.zeros((len(run), len(others)), np.int64)
    for row, (block, n_worlds) in enumerate(run):
        worlds = compiled.worlds(block, n_worlds)
        step = max(1, _ENTRIES // n_worlds)
        for start in range(0, len(others), step):
            part = slice(start, start + step)
            counts[row, part] = np.count_nonzero(all_prefer(worlds, deal, others.pick(part)), axis=0)
    return counts


def _worth(worlds: Worlds, party: int, deal: Outcomes) -> NDArray[np.float64]:
    """Value a deal over no deal to a party: as no deal where it crosses a real red line, as it cannot come about."""
    return np.where(worlds.crosses_real(party, deal.cell), 0.0, worlds.gain(party, deal))


def all_prefer(worlds: Worlds, deal: Outcomes, others: Outcomes) -> NDArray[np.bool_]:
    """Tell where all prefer some outcomes to a deal.

    Every signatory, and everyone whose consent the outcome or the deal needs, finds the outcome at least as good and
    crosses no real red line with it; one of them finds it better. A deal that crosses a real red line of a party is
    worth to it what no deal is (Raiffa 1982, ch. 15, whose settlement after the
    settlement must suit all; consent and red lines are ours).

    Parameters
    ----------
    worlds : Worlds
    deal : Outcomes
        One.
    others : Outcomes

    Returns
    -------
    bool array (world, outcome)
    """
    at_least = np.ones((worlds.n_worlds, len(others)), np.bool_)
    better = np.zeros_like(at_least)
    for party, cells in enumerate(worlds.structure.parties):
        # Outcomes that nobody can prefer any more need no second look: most are settled by the first two parties.
        left = np.flatnonzero((cells.needed[others.cell] | cells.needed[deal.cell]) & np.any(at_least, axis=0))
        before, after = _worth(worlds, party, deal), worlds.gain(party, others.pick(left))
        at_least[:, left] &= (after >= before) & ~worlds.crosses_real(party, others.cell[left])
        better[:, left] |= after > before
    return at_least & better
