"""Counting over runs of blocks: work that can be cut anywhere between blocks and added up again.

Everything is a count of worlds, so the sums are exact and do not depend on how the blocks were cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from negsim.model.outcomes import Outcomes
from negsim.model.sampling import BLOCK
from negsim.model.worlds import Worlds
from negsim.records import dataclass
from negsim.zone.acceptance import accepts_choices, accepts_outcomes
from negsim.zone.asking import Asking
from negsim.zone.blocks import BlockCounts
from negsim.zone.compiled import Compiled
from negsim.zone.consent import Mask, Masks
from negsim.zone.existence import zone_exists
from negsim.zone.kernel import Tally, find_zones
from negsim.zone.merged import present_in_cells
from negsim.zone.moves import MoveCounts, count_moves
from negsim.zone.payments import PaidCounts
from negsim.zone.plan import Plan
from negsim.zone.settlements import SettledCounts

__all__ = [
    "Counts",
    "DealCounts",
    "Run",
    "blocks_between",
    "count_deals",
    "count_existence",
    "count_zones",
    "in_zone",
    "joined",
]

Run = Sequence[tuple[int, int]]
"""Some blocks, each with the number of its worlds to use."""

Array = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted over a run of blocks.

    ``exists`` (world,) tells where there is a zone, ``size`` (world,) how large each is, 0 where outcomes are not
    enumerated; ``n_worlds`` and ``n_zones`` (block,); ``present`` (block, choice) and ``accepted`` (block, party,
    choice) in how many worlds a choice is in a zone, and acceptable to a party. ``blocks`` and ``settled`` say what
    blocks, what solutions choose and what would have to be paid, for as many of the first blocks as are looked at;
    ``moves`` how often there is a zone where a quantity is high or low.
    """

    exists: Mask
    size: Array
    n_worlds: Array
    n_zones: Array
    present: Array
    accepted: Array
    blocks: tuple[BlockCounts, ...]
    settled: tuple[SettledCounts, ...]
    paid: tuple[PaidCounts, ...]
    moves: MoveCounts


def count_zones(compiled: Compiled, run: Run, plan: Plan) -> tuple[Counts, NDArray[np.uint32]]:
    """Find and count the zones of some blocks, and what each party accepts there.

    The second item is the tally, (row, column): in how many of the worlds an outcome is in the zone; empty where
    outcomes are not enumerated.
    """
    tally = Tally.empty(compiled.layout) if not compiled.merges else None
    counts = [_count_block(compiled, *block, plan, tally) for block in run]
    if tally is None:
        return joined(counts), np.zeros((0, 0), np.uint32)
    tally.flush()
    return joined(counts), tally.total


def _count_block(compiled: Compiled, block: int, n_worlds: int, plan: Plan, tally: Tally | None) -> Counts:
    draws, worlds = compiled.draw(block, n_worlds)
    asking = Asking(compiled, plan, block, n_worlds)
    if tally is None:
        hit = asking.of_all(worlds, draws)
        exists, size, present = np.any(hit, axis=1), np.zeros(n_worlds, np.int64), present_in_cells(compiled, hit)
    else:
        zones = find_zones(worlds, compiled.layout, compiled.joint, tally)
        exists, size, present = zones.size > 0, zones.size, zones.present
        asking.of_zones(worlds.select(exists))
        asking.of_the_rest(worlds.select(~exists), draws, ~exists)
    parties = range(len(compiled.scenario.actors))
    return Counts(
        exists,
        size,
        np.array([n_worlds], np.int64),
        np.array([np.count_nonzero(exists)], np.int64),
        np.count_nonzero(present, axis=0)[None],
        np.array([[np.count_nonzero(accepts_choices(worlds, party), axis=0) for party in parties]], np.int64),
        asking.blocks,
        asking.settled,
        asking.paid,
        count_moves(draws, exists, plan.paths, plan.coins),
    )


def count_existence(compiled: Compiled, run: Run) -> Array:
    """Count only the worlds with a zone: (block,)."""
    found = [zone_exists(compiled, compiled.worlds(*block)) for block in run]
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


def count_deals(compiled: Compiled, run: Run, outcomes: Outcomes) -> DealCounts:
    """Count in how many worlds some outcomes are in the zone, add something new, and suit each party."""
    inside, new, accepted = [], [], []
    for block in run:
        worlds = compiled.worlds(*block)
        zone = in_zone(worlds, compiled, outcomes)
        seen = np.logical_or.accumulate(zone, axis=1)
        inside.append(np.count_nonzero(zone, axis=0))
        new.append(np.diff(np.count_nonzero(seen, axis=0), prepend=0))
        parties = range(len(compiled.scenario.actors))
        accepted.append([np.count_nonzero(accepts_outcomes(worlds, party, outcomes), axis=0) for party in parties])
    return DealCounts(np.stack(inside), np.stack(new), np.array(accepted, np.int64))


def in_zone(worlds: Worlds, compiled: Compiled, outcomes: Outcomes) -> NDArray[np.bool_]:
    """Tell whether some outcomes are in the zone: (world, outcome)."""

    def accepts(party: int, out: NDArray[np.bool_]) -> None:
        needed = compiled.structure.parties[party].needed[outcomes.cell]
        np.logical_or(accepts_outcomes(worlds, party, outcomes), ~needed, out=out)

    return compiled.consent.combine(accepts, Masks.empty((worlds.n_worlds, len(outcomes))))


def blocks_between(start: int, stop: int) -> Run:
    """Name the blocks from one world to another, both at the edge of a block but for the last."""
    return [(first // BLOCK, min(BLOCK, stop - first)) for first in range(start, stop, BLOCK)]


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
