"""What blocks: counting over worlds without a zone what it would take to give them one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.model.estimates import Estimate, proportion, ratio, spread, spread_of_some
from negsim.model.values import UNITS_PER_POINT
from negsim.model.worlds import Worlds
from negsim.records import dataclass
from negsim.scenario.types import Scenario
from negsim.zone.compiled import Compiled
from negsim.zone.constraints import Constraints, bits_of
from negsim.zone.findings import (
    Blocks,
    Concession,
    LineBlock,
    MinimalSet,
    NearOutcome,
    NoDealBlock,
    Shortfall,
    TotalShortfall,
)
from negsim.zone.questions import Questions
from negsim.zone.violations import Blocked

__all__ = ["BlockCounts", "Names", "block_counts", "line_costs", "summarise_blocks"]

N_SETS = 20
"""Minimal sets reported."""


@dataclass(frozen=True, slots=True)
class BlockCounts:
    """What it would take to give worlds a zone.

    ``block``, ``n_worlds`` and ``n_zones`` (block,) are the numbers of the blocks, their worlds and those with a zone;
    ``found`` holds each world without one, with the number of its block.
    """

    block: NDArray[np.int64]
    n_worlds: NDArray[np.int64]
    n_zones: NDArray[np.int64]
    found: tuple[tuple[int, Blocked], ...]

    def per_block(self, happens: Callable[[Blocked], bool]) -> NDArray[np.int64]:
        """Count in each block the worlds without a zone in which something happens."""
        hits = np.array([block for block, blocked in self.found if happens(blocked)], np.int64)
        return np.asarray(np.sum(hits[:, None] == self.block, axis=0, dtype=np.int64))


def block_counts(block: int, n_worlds: int, found: Sequence[Blocked]) -> BlockCounts:
    """Gather what was found in the worlds without a zone of a block of so many worlds."""
    n_zones = n_worlds - len(found)
    return BlockCounts(
        np.array([block]), np.array([n_worlds]), np.array([n_zones]), tuple((block, blocked) for blocked in found)
    )


def line_costs(worlds: Worlds, constraints: Constraints) -> list[list[float]]:
    """Give what crossing each red line costs where it is a bluff, in units: by world, then by line."""
    costs = np.zeros((worlds.n_worlds, len(constraints.lines)))
    for k, (place, line) in enumerate(constraints.lines):
        party = constraints.parties[place]
        costs[:, k] = np.where(worlds.real[party][:, line], 0, worlds.audience_cost[party][:, line])
    return costs.tolist()


def summarise_blocks(
    compiled: Compiled, counts: BlockCounts, questions: Questions, nearest: tuple[NearOutcome, ...]
) -> Blocks:
    """Turn counts into what blocks; ``nearest`` are the outcomes nearest to a zone."""
    names = Names.of(compiled.constraints, compiled.scenario)
    lines = [_line(names, counts, bit) for bit in range(len(compiled.constraints.lines))]
    weighing = [
        k for k, party in enumerate(compiled.constraints.parties) if not compiled.scenario.actors[party].by_lines_alone
    ]
    no_deal = [_no_deal(names, counts, place, questions.points) for place in weighing]
    sets = _by_frequency(counts)
    return Blocks(
        n_worlds=int(np.sum(counts.n_worlds)),
        n_without=len(counts.found),
        p_zone=proportion(counts.n_zones, counts.n_worlds),
        lines=tuple(sorted(lines, key=lambda block: -block.gain.estimate)),
        no_deal=tuple(sorted(no_deal, key=lambda block: -block.gain.estimate)),
        minimal=tuple(_minimal_set(names, counts, one) for one in sets[:N_SETS]),
        n_minimal=len(sets),
        shortfalls=tuple(_shortfall(names, counts, place) for place in weighing) if counts.found else (),
        nearest=nearest,
        total=_total(counts) if counts.found and counts.found[0][1].total is not None else None,
    )


@dataclass(frozen=True, slots=True)
class Names:
    """What constraints are called: parties by place, and each red line as (party, red line)."""

    constraints: Constraints
    parties: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, constraints: Constraints, scenario: Scenario) -> Names:
        """Look the names up in a scenario."""
        parties = [scenario.actors[party] for party in constraints.parties]
        lines = ((parties[place].id, parties[place].red_lines[line].id) for place, line in constraints.lines)
        return cls(constraints, tuple(party.id for party in parties), tuple(lines))


def _line(names: Names, counts: BlockCounts, bit: int) -> LineBlock:
    opened = counts.per_block(lambda blocked: blocked.opens(bit))
    party, line = names.lines[bit]
    among = counts.per_block(lambda blocked: blocked.opens_with_others(bit))
    return LineBlock(party, line, *_with_gain(counts, opened), proportion(among, counts.n_worlds))


def _with_gain(counts: BlockCounts, opened: NDArray[np.int64]) -> tuple[Estimate, Estimate]:
    return proportion(counts.n_zones + opened, counts.n_worlds), proportion(opened, counts.n_worlds)


def _no_deal(names: Names, counts: BlockCounts, place: int, points: float) -> NoDealBlock:
    alone = names.constraints.no_deal(place)
    opened = counts.per_block(lambda blocked: blocked.points_alone(alone) <= points * UNITS_PER_POINT)
    return NoDealBlock(names.parties[place], points, *_with_gain(counts, opened))


def _of_those_without(counts: BlockCounts, happens: Callable[[Blocked], bool]) -> Estimate:
    """Estimate how often something happens in worlds without a zone, of which there is one at least."""
    return ratio(counts.per_block(happens), counts.n_worlds - counts.n_zones, counts.n_worlds)


def _total(counts: BlockCounts) -> TotalShortfall:
    totals = np.array([blocked.total for _, blocked in counts.found], np.float64)
    finite = _of_those_without(counts, lambda blocked: blocked.total != float("inf"))
    return TotalShortfall(finite, spread(totals[np.isfinite(totals)] / UNITS_PER_POINT))


def _by_frequency(counts: BlockCounts) -> list[int]:
    """List the smallest sets, the most frequent first; of equals the smaller, then by the order of constraints."""
    frequency = Counter(one for _, blocked in counts.found for one in blocked.sets)
    return sorted(frequency, key=lambda one: (-frequency[one], one.bit_count(), one))


def _minimal_set(names: Names, counts: BlockCounts, one: int) -> MinimalSet:
    n_lines = len(names.lines)
    lines = tuple(names.lines[bit] for bit in bits_of(one) if bit < n_lines)
    places = names.constraints.places(one)
    points = [blocked.points[blocked.sets.index(one)] for _, blocked in counts.found if one in blocked.sets]
    conceded = tuple(
        Concession(names.parties[place], spread_of_some(np.array(units) / UNITS_PER_POINT))
        for place, units in zip(places, zip(*points, strict=True), strict=True)
    )
    return MinimalSet(lines, conceded, _of_those_without(counts, lambda blocked: one in blocked.sets))


def _shortfall(names: Names, counts: BlockCounts, place: int) -> Shortfall:
    """Tell apart what stands between a party and what all others would accept."""
    alone, owned = names.constraints.no_deal(place), names.constraints.owned[place]

    def own(blocked: Blocked) -> bool:
        return alone not in blocked.sets and any(one & ~owned == 0 for one in blocked.sets)

    needed = np.array([blocked.points_alone(alone) for _, blocked in counts.found]) / UNITS_PER_POINT
    return Shortfall(
        names.parties[place],
        _of_those_without(counts, lambda blocked: alone in blocked.sets),
        spread(needed[np.isfinite(needed)]),
        _of_those_without(counts, own),
        _of_those_without(counts, lambda blocked: all(one & ~owned for one in blocked.sets)),
    )
