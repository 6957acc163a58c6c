"""Counting over runs of blocks: work that can be cut anywhere between blocks and added up again.

Everything is a count of worlds, so the sums are exact and do not depend on how the blocks were cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from negsim.model.worlds import Worlds
from negsim.zone.acceptance import accepts_choices, accepts_outcomes
from negsim.zone.compiled import Compiled
from negsim.zone.consent import Masks
from negsim.zone.kernel import Tally, find_zones, has_zone
from negsim.zone.moves import MoveCounts, count_moves, moving_coins, moving_quantities

__all__ = ["Counts", "DealCounts", "Run", "count_deals", "count_existence", "count_zones", "in_zone", "joined"]

Run = Sequence[tuple[int, int]]
"""Some blocks, each with the number of its worlds to use."""

Array = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted over a run of blocks.

    ``size`` (world,) is the size of each zone; ``n_worlds`` and ``n_zones`` (block,); ``present`` (block, choice) and
    ``accepted`` (block, party, choice) in how many worlds a choice is in a zone, and acceptable to a party; ``moves``
    how often there is a zone where a quantity is high or low.
    """

    size: Array
    n_worlds: Array
    n_zones: Array
    present: Array
    accepted: Array
    moves: MoveCounts


def count_zones(compiled: Compiled, run: Run) -> tuple[Counts, NDArray[np.uint32]]:
    """Find and count the zones of some blocks, and what each party accepts there.

    The second item is the tally, (row, column): in how many of the worlds an outcome is in the zone.
    """
    tally = Tally.empty(compiled.layout)
    paths = [named.path for named, _, _ in moving_quantities(compiled.scenario)]
    coins = moving_coins(compiled.scenario)
    sizes, present, accepted, moves = [], [], [], []
    for block, n_worlds in run:
        draws, worlds = compiled.draw(block, n_worlds)
        zones = find_zones(worlds, compiled.layout, compiled.consent, tally)
        sizes.append(zones.size)
        moves.append(count_moves(draws, zones.size > 0, paths, coins))
        present.append(np.count_nonzero(zones.present, axis=0))
        parties = range(len(compiled.scenario.parties))
        accepted.append([np.count_nonzero(accepts_choices(worlds, party), axis=0) for party in parties])
    tally.flush()
    counts = Counts(
        np.concatenate(sizes),
        np.array([n_worlds for _, n_worlds in run], np.int64),
        np.array([np.count_nonzero(size) for size in sizes], np.int64),
        np.stack(present),
        np.array(accepted, np.int64),
        joined(moves),
    )
    return counts, tally.total


def count_existence(compiled: Compiled, run: Run) -> Array:
    """Count only the worlds with a zone: (block,)."""
    found = [has_zone(compiled.worlds(*block), compiled.layout, compiled.consent) for block in run]
    return np.array([np.count_nonzero(exists) for exists in found], np.int64)


@dataclass(frozen=True, slots=True)
class DealCounts:
    """Some outcomes over a run of blocks.

    ``in_zone`` (block, outcome) counts worlds with the outcome in the zone, ``new`` those of them in which no outcome
    before it is, ``accepted`` (block, party, outcome) those in which a party accepts it.
    """

    in_zone: Array
    new: Array
    accepted: Array


def count_deals(compiled: Compiled, run: Run, cell: NDArray[np.intp], free: NDArray[np.intp]) -> DealCounts:
    """Count in how many worlds some outcomes are in the zone, add something new, and suit each party."""
    inside, new, accepted = [], [], []
    for block in run:
        worlds = compiled.worlds(*block)
        zone = in_zone(worlds, compiled, cell, free)
        seen = np.logical_or.accumulate(zone, axis=1)
        inside.append(np.count_nonzero(zone, axis=0))
        new.append(np.diff(np.count_nonzero(seen, axis=0), prepend=0))
        parties = range(len(compiled.scenario.parties))
        accepted.append([np.count_nonzero(accepts_outcomes(worlds, party, cell, free), axis=0) for party in parties])
    return DealCounts(np.stack(inside), np.stack(new), np.array(accepted, np.int64))


def in_zone(worlds: Worlds, compiled: Compiled, cell: NDArray[np.intp], free: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Tell whether some outcomes are in the zone: (world, outcome)."""

    def accepts(party: int, out: NDArray[np.bool_]) -> None:
        needed = compiled.structure.parties[party].needed[cell]
        np.logical_or(accepts_outcomes(worlds, party, cell, free), ~needed, out=out)

    return compiled.consent.combine(accepts, Masks.empty((worlds.n_worlds, len(cell))))


C = TypeVar("C")


def joined(runs: Sequence[C]) -> C:
    """Put the counts of successive runs end to end, whatever counts they hold within."""
    first: Any = runs[0]
    if isinstance(first, np.ndarray):
        return cast("C", np.concatenate(cast("Sequence[NDArray[Any]]", runs)))
    if isinstance(first, tuple):
        return cast("C", tuple(item for run in runs for item in cast("tuple[Any, ...]", run)))
    parts = [joined([getattr(run, field.name) for run in runs]) for field in fields(first)]
    return cast("C", type(first)(*parts))
