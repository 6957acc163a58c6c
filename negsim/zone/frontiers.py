"""The Pareto frontier: what some parties can attain together, in one world or, two of them, over many."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.model.estimates import proportion, spread
from negsim.model.values import UNITS_PER_POINT
from negsim.records import dataclass
from negsim.scenario.types import Scenario
from negsim.scenario.words import did_you_mean
from negsim.zone.analysis import DEFAULT_WORLDS, OnProgress, check_request
from negsim.zone.compiled import Compiled, compile_scenario
from negsim.zone.counting import Run, blocks_between, joined
from negsim.zone.frontiers_merging import efficient_cells, efficient_pairs, merged_or_refused
from negsim.zone.frontiers_result import Attainable, AttainableLevel, Frontier
from negsim.zone.frontiers_world import world_frontier
from negsim.zone.questions import USUAL, Questions, check_questions
from negsim.zone.workers import Workers

__all__ = ["check_frontier", "find_frontier"]

FRONTIER_WORLDS = 2**10
"""Worlds over which the attainable frontier is found at most, the first ones."""

_MOST_LEVELS = 13
_STEPS = [round(digit * 10.0**power * UNITS_PER_POINT) for power in (-1, 0, 1, 2, 3) for digit in (1, 2, 5)]
"""How far apart levels of gain can be, in units: a tenth of a point, a fifth, a half, one point, and so on."""

_LEVELS = sorted({step * k for step in _STEPS for k in range(_MOST_LEVELS)})
"""Every level that some grid can have, in units."""


def find_frontier(  # noqa: PLR0913  # all but three are those of analyse_zone, by keyword
    scenario: Scenario,
    parties: Sequence[str] = (),
    *,
    world: int | None = None,
    n_worlds: int = DEFAULT_WORLDS,
    seed: int = 0,
    sampler: str = "lhs",
    n_jobs: int = 1,
    on_progress: OnProgress | None = None,
    questions: Questions = USUAL,
) -> Frontier:
    """Find what some parties can attain at most, among the outcomes that cross no real red line of theirs.

    Parameters
    ----------
    scenario : Scenario
    parties : sequence of str
        The ids of two parties, in the order in which to tell of them; they need not sign. May be left out for a single
        world: then all signatories.
    world : int, optional
        A world, counted from 0: every point of the frontier there. Otherwise the attainable frontier of two parties
        over the first 1,024 worlds.
    n_worlds, seed, sampler, n_jobs, on_progress
        As for `analyse_zone`, with which the worlds are common.
    questions : Questions
        Which solutions to place on the frontier of a world; those that its signatories need agree on are found where
        there is a zone, and no quorum.

    Returns
    -------
    Frontier

    Raises
    ------
    UsageError, ScenarioError
        If there is no such party or world, not two parties, or too many points; otherwise as for `analyse_zone`.

    Examples
    --------
    >>> from negsim.scenario import loads
    >>> sale = loads('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {price: {title: Price, scale: 0..100, step: 1}}
    ... parties:
    ...   buyer: {title: Buyer, demands: {price: 0}, no_deal: {same_as: {price: 60}}}
    ...   seller: {title: Seller, demands: {price: 100}, no_deal: {same_as: {price: 40}}}
    ... ''')
    >>> found = find_frontier(sale, ["buyer", "seller"], world=0).found
    >>> found.n_points, found.points[0].gain, found.solutions[0].points[0].gains
    (101, (60.0, -40.0), (('buyer', 10.0), ('seller', 10.0)))
    """
    check_request(n_worlds, None, seed, n_jobs)
    check_questions(questions, scenario)
    check_frontier(scenario, parties, world, n_worlds)
    compiled = compile_scenario(scenario, seed, sampler)
    ids = [party.id for party in scenario.parties]
    chosen = [ids.index(party) for party in parties] or list(compiled.signatories)
    names = tuple(ids[party] for party in chosen)
    if world is not None:
        return Frontier(names, world_frontier(compiled, chosen, world, questions))
    with Workers(compiled, n_jobs) as workers:
        return Frontier(names, _attainable(workers, chosen, min(n_worlds, FRONTIER_WORLDS), on_progress))


def check_frontier(scenario: Scenario, parties: Sequence[str], world: int | None, n_worlds: int | None = None) -> None:
    """Refuse parties and worlds of which there is no frontier; ``n_worlds`` is None where it is not known yet.

    Raises
    ------
    UsageError
        There is no such party or world, or the parties are not two.
    """
    ids = [party.id for party in scenario.parties]
    for party in parties:
        if party not in ids:
            raise UsageError(f"there is no party {party!r}; {did_you_mean(party, ids)}")
    if len(set(parties)) < len(parties):
        raise UsageError(f"a frontier is between two parties; {parties[0]!r} is named twice")
    if len(parties) not in (0, 2) or (world is None and not parties):
        raise UsageError(f"a frontier is between two parties, not {len(parties)}; known: {', '.join(ids)}")
    if world is not None and world < 0:
        raise UsageError(f"worlds are counted from 0; there is none {world}")
    if world is not None and n_worlds is not None and world >= n_worlds:
        raise UsageError(f"there is no world {world:,}: {n_worlds:,} are drawn, counted from 0")


@dataclass(frozen=True, slots=True)
class _Attained:
    """What two parties can attain, over some worlds.

    ``reach`` (world,) is the most that the first can gain, ``most`` (world, level) the most that the second can gain
    where the first gains at least the level; in units, -inf where it cannot.
    """

    reach: NDArray[np.float64]
    most: NDArray[np.float64]


def _attainable(
    workers: Workers[Compiled], pair: Sequence[int], n_worlds: int, on_progress: OnProgress | None
) -> Attainable:
    """Find the attainable frontier of two parties over the first worlds."""
    blocks = blocks_between(0, n_worlds)
    runs: list[_Attained] = []
    for run in workers.map(_attain, blocks, pair):
        runs.append(run)
        if on_progress is not None:
            on_progress(sum(len(one.reach) for one in runs), n_worlds)
    found = joined(runs)
    levels = [
        _level(level, found.reach, found.most[:, _LEVELS.index(level)], np.array([n for _, n in blocks], np.int64))
        for level in _grid(found.reach)
    ]
    return Attainable(n_worlds, tuple(levels))


def _attain(compiled: Compiled, run: Run, pair: Sequence[int]) -> _Attained:
    """Find what two parties can attain in the worlds of some blocks."""
    fronts = [front for block in run for front in _fronts(compiled, block, pair)]
    reach = [np.max(front[0], initial=-np.inf) for front in fronts]
    return _Attained(np.array(reach), np.stack([_most(front) for front in fronts]))


def _fronts(compiled: Compiled, block: tuple[int, int], pair: Sequence[int]) -> list[NDArray[np.float64]]:
    """List the frontier of each world, as gains in units: (party, point), from the first party's best on."""
    worlds = compiled.worlds(*block)
    fronts = []
    for world, cells in enumerate(efficient_cells(worlds, pair)):
        if not cells.members:
            # Every cell crosses a real red line.
            fronts.append(cells.worth)
        elif cells.is_plain:
            values = [cells.worth, *worlds.free_values(pair, world)]
            fronts.append(merged_or_refused(values, len(pair)).front)
        else:
            sums = merged_or_refused(worlds.free_values(pair, world), len(pair)).front
            fronts.append(efficient_pairs(cells, sums).gain)
    return fronts


def _most(front: NDArray[np.float64]) -> NDArray[np.float64]:
    """Say how much the second party can gain where the first gains each level at least: (level,), in units."""
    n_enough = np.searchsorted(-front[0], -np.array(_LEVELS, np.float64), side="right")
    return np.concatenate([[-np.inf], front[1]])[n_enough]


def _grid(reach: NDArray[np.float64]) -> list[int]:
    """Choose levels from 0 to what the first party can gain in a tenth of worlds, evenly, as many as fit."""
    edge = np.sort(reach)[::-1][ceil(len(reach) / 10) - 1]
    n_steps = [int(max(edge, 0) // step) for step in _STEPS]
    fits = next((k for k, n in enumerate(n_steps) if n < _MOST_LEVELS), len(_STEPS) - 1)
    return [_STEPS[fits] * k for k in range(min(n_steps[fits], _MOST_LEVELS - 1) + 1)]


def _level(
    level: int, reach: NDArray[np.float64], most: NDArray[np.float64], n_worlds: NDArray[np.int64]
) -> AttainableLevel:
    """Estimate what is left for the second party at a level of the first one's gain."""
    starts = np.cumsum(n_worlds) - n_worlds
    reached = reach >= level
    return AttainableLevel(
        at_least=level / UNITS_PER_POINT,
        p_reach=proportion(np.add.reduceat(reached.astype(np.int64), starts), n_worlds),
        most=spread(most[reached] / UNITS_PER_POINT),
        p_both=proportion(np.add.reduceat((most >= 0).astype(np.int64), starts), n_worlds),
    )
