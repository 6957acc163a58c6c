"""Where deals lie by what they are worth to each party: some outcomes, the robust deals, frontiers of pairs.

Worlds differ in what a deal is worth, so a place is a mean over them. What counts is what parties judge a deal by: its
value with the risk of breach, where there is one. In cells that are broken alike, means add up over the free issues as
values do in a world, so a frontier of means is found by merging, at any number of outcomes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from negsim.model.estimates import spread_of_some
from negsim.model.outcomes import Outcomes
from negsim.model.structure import Structure
from negsim.model.values import UNITS_PER_POINT
from negsim.model.worlds import Worlds
from negsim.records import dataclass
from negsim.scenario.types import Role, Scenario
from negsim.solutions.frontier import efficient_points
from negsim.solutions.merging import TooManyPoints, merge
from negsim.zone.compiled import Compiled, compile_scenario
from negsim.zone.counting import Run, blocks_between, in_zone, joined
from negsim.zone.deal_options import choices_of_options
from negsim.zone.frontiers_merging import EfficientCells, efficient_pairs
from negsim.zone.result import Deal
from negsim.zone.spreading import spread_outcomes
from negsim.zone.utility_space_result import DealPlace, PairFrontier, PartyScale, UtilitySpace
from negsim.zone.workers import Workers

__all__ = ["SPACE_WORLDS", "find_utility_space"]

SPACE_WORLDS = 2**10
"""Worlds over which means are taken at most, the first ones."""

N_SPREAD, N_INSIDE = 200, 100
"""Outcomes spread over all, and those of zones beside them."""

_CANDIDATES = 2**12
"""Outcomes among which those of zones are looked for, in the first block of worlds."""

_MOST_PAIRS, _MOST_POINTS = 15, 48

_MOST_SUMS = 2**15
"""Efficient sums of free issues up to which a pair has a frontier here."""

_CELLS = 2**12
"""Cells that are valued in one go."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums over the worlds of some blocks, in units, with a first axis for the blocks.

    ``no_deal`` (world, party) is not summed; ``worth`` (block, party, outcome), ``inside`` (block, outcome) counts
    worlds, ``cell`` (block, party, cell) is what a cell is worth without the free issues, ``allowed`` (block, party,
    cell) counts worlds in which no real line of the party is crossed, ``free`` (block, party, signature, option of any
    free issue) what the options add in cells of each signature of breach.
    """

    no_deal: Array
    worth: Array
    inside: NDArray[np.int64]
    cell: Array
    allowed: NDArray[np.int64]
    free: Array


def find_utility_space(
    scenario: Scenario,
    deals: Sequence[Deal] = (),
    *,
    n_worlds: int = SPACE_WORLDS,
    seed: int = 0,
    sampler: str = "lhs",
    method: str = "auto",
    n_jobs: int = 1,
) -> UtilitySpace | None:
    """Find where some outcomes and the robust deals lie, and what each pair of parties can both attain on average.

    Parameters
    ----------
    scenario : Scenario
    deals : sequence of Deal
        Of `analyse_zone`, in its order.
    n_worlds, seed, sampler, method, n_jobs
        As for `analyse_zone`; of the worlds the first 1,024 at most.

    Returns
    -------
    UtilitySpace or None
        None where fewer than two parties have anything at stake.

    Examples
    --------
    >>> from negsim.scenario import loads
    >>> sale = loads('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {price: {title: Price, scale: 0..4, step: 1}}
    ... parties:
    ...   buyer: {title: Buyer, demands: {price: 0}, no_deal: 25}
    ...   seller: {title: Seller, demands: {price: 4}, no_deal: 50}
    ... ''')
    >>> space = find_utility_space(sale)
    >>> space.worth[0], space.p_in_zone
    ((100.0, 75.0, 50.0, 25.0, 0.0), (0.0, 0.0, 1.0, 1.0, 0.0))
    """
    compiled = compile_scenario(scenario, seed, sampler, method)
    parties = _with_stakes(scenario)
    if len(parties) < 2:
        return None
    robust = _as_outcomes(compiled, deals)
    n_worlds = min(n_worlds, SPACE_WORLDS)
    cloud, n_spread = _some_outcomes(compiled)
    with Workers(compiled, n_jobs) as workers:
        sums = joined(list(workers.map(_add_up, blocks_between(0, n_worlds), parties, cloud.followed_by(robust))))
    return _space(compiled, sums, parties, n_spread, len(robust))


def _with_stakes(scenario: Scenario) -> list[int]:
    """List the parties with a no-deal value by their places, signatories first."""
    places = [k for k, party in enumerate(scenario.parties) if party.no_deal is not None]
    return sorted(places, key=lambda k: scenario.parties[k].role is not Role.SIGNATORY)


def _as_outcomes(compiled: Compiled, deals: Sequence[Deal]) -> Outcomes:
    choices = [choices_of_options(compiled.scenario, compiled.structure, deal.options) for deal in deals]
    n_issues = len(compiled.scenario.issues)
    return compiled.structure.outcomes_of(np.array(choices, np.intp).reshape(-1, n_issues))


def _some_outcomes(compiled: Compiled) -> tuple[Outcomes, int]:
    """Choose outcomes: all, if these are few; otherwise some spread over all, and some that are in a zone."""
    structure = compiled.structure
    if structure.n_outcomes <= N_SPREAD + N_INSIDE:
        every = _every(structure)
        return every, len(every)
    candidates = spread_outcomes(structure, min(_CANDIDATES, structure.n_outcomes))
    (first,) = blocks_between(0, 256)
    ever = np.any(in_zone(compiled.worlds(*first), compiled, candidates), axis=0)
    ever[:N_SPREAD] = False
    inside = np.flatnonzero(ever)
    # Of what is spread evenly the first so many are, too.
    chosen = np.concatenate([np.arange(min(N_SPREAD, len(candidates))), inside[:N_INSIDE]])
    return candidates.pick(chosen), min(N_SPREAD, len(candidates))


def _every(structure: Structure) -> Outcomes:
    shape = (structure.n_cells, *structure.free_shape)
    index = np.indices(shape).reshape(len(shape), -1).astype(np.intp)
    return Outcomes(index[0], np.ascontiguousarray(index[1:].T))


def _add_up(compiled: Compiled, run: Run, parties: Sequence[int], outcomes: Outcomes) -> _Sums:
    return joined([_of_block(compiled, block, parties, outcomes) for block in run])


def _of_block(compiled: Compiled, block: tuple[int, int], parties: Sequence[int], outcomes: Outcomes) -> _Sums:
    worlds = compiled.worlds(*block)
    n_cells = worlds.structure.n_cells
    chunks = [np.arange(start, min(start + _CELLS, n_cells)) for start in range(0, n_cells, _CELLS)]
    held = [worlds.no_deal[p][:, None] for p in parties]
    return _Sums(
        no_deal=np.concatenate(held, axis=1),
        worth=_stacked(np.sum(no + worlds.gain(p, outcomes), axis=0) for p, no in zip(parties, held, strict=True)),
        inside=np.count_nonzero(in_zone(worlds, compiled, outcomes), axis=0)[None],
        cell=_stacked(
            np.concatenate([_cells_worth(worlds, p, no, part) for part in chunks])
            for p, no in zip(parties, held, strict=True)
        ),
        allowed=_stacked(
            np.concatenate([np.count_nonzero(~worlds.crosses_real(p, part), axis=0) for part in chunks])
            for p in parties
        ),
        free=_stacked(_free_worth(worlds, p) for p in parties),
    )


def _stacked(arrays: Iterable[NDArray[Any]]) -> NDArray[Any]:
    return np.stack(list(arrays))[None]


def _cells_worth(worlds: Worlds, party: int, no_deal: Array, cells: NDArray[np.intp]) -> Array:
    every = slice(None)
    return np.asarray(np.sum(no_deal - worlds.kept(party, every, cells) * worlds.price(party, every, cells), axis=0))


def _free_worth(worlds: Worlds, party: int) -> Array:
    """Add up what options of free issues count for, by the signature of breach: (signature, option of any issue)."""
    _, cells = _signatures(worlds.structure)
    kept = worlds.kept(party, slice(None), cells)
    values = [value.astype(np.float64) for value in worlds.free_value[party]]
    return np.concatenate([np.zeros((len(cells), 0)), *(kept.T @ value for value in values)], axis=1)


def _signatures(structure: Structure) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Give each cell the number of its signature of breach, and a cell of each signature."""
    if structure.breach is None:
        return np.zeros(structure.n_cells, np.intp), np.zeros(1, np.intp)
    _, first, signature = np.unique(structure.breach.signature, return_index=True, return_inverse=True)
    return signature.reshape(-1), first


def _space(compiled: Compiled, sums: _Sums, parties: Sequence[int], n_spread: int, n_deals: int) -> UtilitySpace:
    n_worlds = len(sums.no_deal)
    n_cloud = sums.inside.shape[1] - n_deals
    worth = np.sum(sums.worth, axis=0) / n_worlds / UNITS_PER_POINT
    names = [compiled.scenario.parties[p].id for p in parties]
    no_deal = sums.no_deal / UNITS_PER_POINT
    pairs = list(combinations(range(len(parties)), 2))[:_MOST_PAIRS]
    return UtilitySpace(
        n_worlds=n_worlds,
        parties=tuple(
            PartyScale(name, float(np.mean(held)), spread_of_some(held))
            for name, held in zip(names, no_deal.T, strict=True)
        ),
        is_whole=n_cloud == compiled.structure.n_outcomes,
        n_spread=n_spread,
        worth=tuple(tuple(row.tolist()) for row in worth[:, :n_cloud]),
        p_in_zone=tuple((np.sum(sums.inside, axis=0)[:n_cloud] / n_worlds).tolist()),
        deals=tuple(DealPlace(rank, tuple(place)) for rank, place in enumerate(worth[:, n_cloud:].T.tolist(), start=1)),
        frontiers=tuple(
            found
            for one, other in pairs
            if (found := _frontier(compiled.structure, sums, [one, other], (names[one], names[other]))) is not None
        ),
    )


def _frontier(structure: Structure, sums: _Sums, pair: list[int], names: tuple[str, str]) -> PairFrontier | None:
    """Find what two parties can both attain on average; None where nothing is allowed, or too much is efficient."""
    n_worlds = len(sums.no_deal)
    allowed = np.all(np.sum(sums.allowed[:, pair], axis=0) > 0, axis=0)
    # Means are rounded to units, so that sums are exact.
    cell = np.rint(np.sum(sums.cell[:, pair], axis=0) / n_worlds)
    free = np.rint(np.sum(sums.free[:, pair], axis=0) / n_worlds)
    signature, of_each = _signatures(structure)
    ends = np.cumsum(structure.free_shape, dtype=np.intp)[:-1]
    points = np.zeros((2, 0))
    for k in range(len(of_each)):
        worth = np.unique(cell[:, allowed & (signature == k)], axis=1)
        if worth.shape[1]:
            values = np.split(free[:, k], ends, axis=1) if len(structure.free_shape) else []
            try:
                front = merge(values, 2, max_points=_MOST_SUMS).front
            except TooManyPoints:
                return None
            best = EfficientCells(worth, np.ones_like(worth), (), is_plain=True)
            points = np.concatenate([points, efficient_pairs(best, front).gain], axis=1)
    if not points.shape[1]:
        return None
    front = efficient_points(points) / UNITS_PER_POINT
    places = np.unique(np.linspace(0, front.shape[1] - 1, min(front.shape[1], _MOST_POINTS)).astype(np.intp))
    return PairFrontier(names, front.shape[1], tuple((float(a), float(b)) for a, b in front[:, places].T.tolist()))
