"""The outcomes nearest to a zone, in worlds that have none.

An outcome is nearest where its violations are a smallest set, so that no outcome violates only a part of them, and
where one of the parties that it leaves short lacks the least that would do, within a point. The outcomes told are
chosen like robust deals: the one that is nearest in most worlds, then those that are where none before is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.model.estimates import ratio, spread
from negsim.model.outcomes import Outcomes, no_outcomes, spell
from negsim.model.sampling import BLOCK
from negsim.model.values import UNITS_PER_POINT
from negsim.model.worlds import Worlds
from negsim.records import dataclass
from negsim.solutions.completions import complete
from negsim.zone.blocks import BlockCounts
from negsim.zone.compiled import Compiled
from negsim.zone.consent import Mask
from negsim.zone.constraints import inclusion_minimal
from negsim.zone.counting import Run, joined
from negsim.zone.findings import NearOutcome, NearParty
from negsim.zone.portfolio import greedy_cover
from negsim.zone.violations import Blocked, Table, tables

__all__ = [
    "PILOT_WORLDS",
    "ByBlock",
    "NearCounts",
    "by_block",
    "choose_nearest",
    "count_nearest",
    "summarise_nearest",
]

N_NEAREST = 3
"""Outcomes told at most."""

PILOT_WORLDS = 1024
"""Worlds without a zone by which outcomes are chosen, the first ones to the end of their block."""

_PROPOSING = 128
"""Worlds without a zone that put outcomes forward, the first ones."""

_SETS_EACH = 3
"""Smallest sets of a world for which it puts one forward."""

_NEAR = 1.0 * UNITS_PER_POINT
"""How far above the least a lack may be, in units."""

ByBlock = Mapping[int, Sequence[Blocked]]
"""For each block, what blocks each of its worlds without a zone, in order."""


def by_block(counts: BlockCounts) -> ByBlock:
    """Sort what was found by block."""
    found: dict[int, list[Blocked]] = {int(block): [] for block in counts.block}
    for block, blocked in counts.found:
        found[block].append(blocked)
    return found


def choose_nearest(compiled: Compiled, exists: Mask, blocks: Run, found: ByBlock) -> Outcomes:
    """Choose the outcomes to tell, by the first blocks.

    Parameters
    ----------
    compiled : Compiled
    exists : bool array (world,)
        Which worlds have a zone.
    blocks : Run
        The first blocks, of which the worlds without a zone choose.
    found : ByBlock
        At least of these blocks.
    """
    pilot, start = [], 0
    for block, n_worlds in blocks:
        pilot.append((block, compiled.worlds(block, n_worlds).select(~exists[start : start + n_worlds])))
        start += n_worlds
    candidates = _candidates(compiled, [worlds for _, worlds in pilot])
    if not len(candidates):
        return candidates
    nearest = [_is_nearest(compiled, worlds, candidates, found[block]) for block, worlds in pilot]
    return candidates.pick(greedy_cover(np.concatenate(nearest), N_NEAREST))


def _candidates(compiled: Compiled, pilot: Sequence[Worlds]) -> Outcomes:
    """Let the first worlds put forward, for some of their smallest sets, the outcome that is least short."""
    found: dict[tuple[int, ...], None] = {}
    left = _PROPOSING
    for worlds in pilot:
        some = worlds.select(np.arange(worlds.n_worlds) < left)
        left -= some.n_worlds
        for table in tables(some, compiled.constraints, capped=compiled.merges):
            found |= dict.fromkeys(_least_short(table))
    if not found:
        return no_outcomes(len(compiled.structure.free_issues))
    keys = np.array(sorted(found), np.intp)
    candidates = Outcomes(keys[:, 0], keys[:, 1:])
    return candidates.pick(np.lexsort(compiled.structure.choices_of(candidates).T[::-1]))


def _least_short(table: Table) -> list[tuple[int, ...]]:
    """For some smallest sets, find the outcome with these violations at which the first short party lacks least."""
    ways = table.ways()
    every = np.ones(len(table.active), np.bool_)
    found = []
    for one in inclusion_minimal(ways)[:_SETS_EACH]:
        short = [k for k, place in enumerate(table.active) if one & table.constraints.no_deal(place)]
        lack = table.lack[short[0]] if short else np.zeros(table.key.shape, np.float32)
        cell, point = np.unravel_index(np.argmin(np.where(table.has(ways[one]), lack, np.inf)), lack.shape)
        first = complete(table.merged, table.merged.front[:, point], every).first
        found.append((int(table.constraints.cells[cell]), *first))
    return found


def _is_nearest(compiled: Compiled, worlds: Worlds, outcomes: Outcomes, found: Sequence[Blocked]) -> Mask:
    """Tell where some outcomes are nearest: (world, outcome)."""
    constraints = compiled.constraints
    violated, lacks = _violated(compiled, worlds, outcomes)
    nearest = np.zeros(violated.shape, np.bool_)
    for world, blocked in enumerate(found):
        least = dict(zip(blocked.sets, blocked.points, strict=True))
        for one in set(violated[world].tolist()):
            here = np.flatnonzero(violated[world] == one)
            for way in constraints.ways(one):
                if way in least:
                    nearest[world, here] |= _within(lacks[world][:, here], constraints.places(way), least[way])
    return nearest


def _within(lack: NDArray[np.float64], places: Sequence[int], least: Sequence[float]) -> Mask:
    """Tell where one party of a set lacks little more than the least: bool array (outcome,); so where none is in it."""
    if not places:
        return np.ones(lack.shape[1], np.bool_)
    return np.any(lack[list(places)] <= np.array(least)[:, None] + _NEAR, axis=0)


def _violated(
    compiled: Compiled, worlds: Worlds, outcomes: Outcomes
) -> tuple[NDArray[np.object_], NDArray[np.float64]]:
    """Give the set of violations of each outcome, and what each party lacks there in units where it is asked.

    Returns
    -------
    object array (world, outcome), float64 array (world, party, outcome)
        Sets are whole numbers of any size; lacks are at most 0 where a party is not short or not asked.
    """
    constraints = compiled.constraints
    group = np.empty(compiled.structure.n_cells, np.intp)
    group[constraints.cells] = constraints.group
    crossed, needed = constraints.crossed[group[outcomes.cell]], constraints.needed[group[outcomes.cell]]
    violated = np.zeros((worlds.n_worlds, len(outcomes)), np.object_)
    lacks = np.zeros((worlds.n_worlds, len(constraints.parties), len(outcomes)))
    for bit, (place, line) in enumerate(constraints.lines):
        real = worlds.real[constraints.parties[place]][:, line]
        violated[real[:, None] & crossed[:, bit]] += 1 << bit
    for place, party in enumerate(constraints.parties):
        price = worlds.price(party, slice(None), outcomes.cell) - worlds.free_sum(party, outcomes)
        lacks[:, place] = np.where(needed[:, place], price, 0)
        violated[lacks[:, place] > 0] += constraints.no_deal(place)
    return violated, lacks


@dataclass(frozen=True, slots=True)
class NearCounts:
    """Some outcomes in worlds without a zone, over a run of blocks.

    ``n_without`` (block,) counts these worlds; ``nearest`` and ``new`` (block, outcome) those in which an outcome is
    nearest, and none before it is; ``accepted`` and ``short`` (block, party, outcome) those in which a party accepts
    it, and is short of points; ``real`` (block, line) those in which a red line is real. ``lack`` (world without a
    zone, party, outcome) is in points.
    """

    n_without: NDArray[np.int64]
    nearest: NDArray[np.int64]
    new: NDArray[np.int64]
    accepted: NDArray[np.int64]
    short: NDArray[np.int64]
    real: NDArray[np.int64]
    lack: NDArray[np.float64]


def count_nearest(compiled: Compiled, run: Run, exists: Mask, found: ByBlock, outcomes: Outcomes) -> NearCounts:
    """Look at some outcomes in the worlds without a zone of some blocks.

    Parameters
    ----------
    compiled : Compiled
    run : Run
    exists : bool array (world,)
        Which worlds have a zone, from the first world of block 0 on.
    found : ByBlock
        At least of these blocks.
    outcomes : Outcomes
    """
    rows = []
    for block, n_worlds in run:
        worlds = compiled.worlds(block, n_worlds).select(~exists[block * BLOCK : block * BLOCK + n_worlds])
        nearest = _is_nearest(compiled, worlds, outcomes, found[block])
        seen = np.logical_or.accumulate(nearest, axis=1)
        violated, lacks = _violated(compiled, worlds, outcomes)
        owned = compiled.constraints.owned
        accepted = [[np.count_nonzero((violated[:, k] & own) == 0) for k in range(len(outcomes))] for own in owned]
        real = [
            np.count_nonzero(worlds.real[compiled.constraints.parties[place]][:, line])
            for place, line in compiled.constraints.lines
        ]
        rows.append(
            NearCounts(
                np.array([worlds.n_worlds]),
                np.count_nonzero(nearest, axis=0)[None],
                np.diff(np.count_nonzero(seen, axis=0), prepend=0)[None],
                np.array([accepted], np.int64),
                np.count_nonzero(lacks > 0, axis=0)[None],
                np.array([real], np.int64),
                lacks / UNITS_PER_POINT,
            )
        )
    return joined(rows)


def summarise_nearest(
    compiled: Compiled, outcomes: Outcomes, counts: NearCounts, n_worlds: NDArray[np.int64]
) -> tuple[NearOutcome, ...]:
    """Turn counts into findings, one for each outcome; ``n_worlds`` (block,) are all worlds of the blocks."""
    scenario, structure = compiled.scenario, compiled.structure
    choices = structure.choices_of(outcomes)
    return tuple(
        NearOutcome(
            options=spell(scenario, choices[k]),
            share=ratio(counts.nearest[:, k], counts.n_without, n_worlds),
            new=ratio(counts.new[:, k], counts.n_without, n_worlds),
            parties=tuple(
                _view(compiled, outcomes, counts, n_worlds, place, k) for place in _asked(compiled, outcomes, k)
            ),
        )
        for k in range(len(outcomes))
    )


def _asked(compiled: Compiled, outcomes: Outcomes, k: int) -> list[int]:
    """Name the parties whose acceptance an outcome needs, as places among those with constraints."""
    needed = [compiled.structure.parties[party].needed[outcomes.cell[k]] for party in compiled.constraints.parties]
    return [place for place, is_needed in enumerate(needed) if is_needed]


def _view(
    compiled: Compiled, outcomes: Outcomes, counts: NearCounts, n_worlds: NDArray[np.int64], place: int, k: int
) -> NearParty:
    constraints = compiled.constraints
    party = constraints.parties[place]
    cells = compiled.structure.parties[party]
    crossed = cells.crossed[cells.signature[outcomes.cell[k]]]
    lack = counts.lack[:, place, k]
    return NearParty(
        party=compiled.scenario.actors[party].id,
        p_accept=ratio(counts.accepted[:, place, k], counts.n_without, n_worlds),
        short=ratio(counts.short[:, place, k], counts.n_without, n_worlds),
        points=spread(lack[lack > 0]),
        crossed=tuple(
            (
                compiled.scenario.actors[party].red_lines[line].id,
                ratio(counts.real[:, bit], counts.n_without, n_worlds),
            )
            for bit, (owner, line) in enumerate(constraints.lines)
            if owner == place and crossed[line]
        ),
    )
