"""The frontier within the zone of one world: of the deals that are to be had, those that no other of them betters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

import numpy as np
from numpy.typing import NDArray

from negsim.errors import ScenarioError
from negsim.model.outcomes import Outcomes, spell
from negsim.model.values import UNITS_PER_POINT
from negsim.records import dataclass
from negsim.scenario.types import Scenario
from negsim.solutions.completions import complete
from negsim.solutions.frontier import pareto_optimal
from negsim.zone.compiled import Compiled, compile_scenario
from negsim.zone.counting import in_zone
from negsim.zone.questions import USUAL
from negsim.zone.settlements import choose, signing_places
from negsim.zone.violations import Table, tables

__all__ = ["MOST_TOLD", "ZoneFrontier", "are_in_zone", "find_frontier_within_zone"]

MOST_TOLD = 1_000
"""The most points behind which a deal is told, those of solutions apart."""

Options = tuple[tuple[str, str], ...]
"""A deal spelt out: ``(issue, option)`` in declared order."""

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ZoneFrontier:
    """The deals in the zone of a world that no other deal in the zone betters for one signatory at no other's cost.

    Unlike the frontier of some parties whatever all others say, part of which may lie in the zone, nothing here is held
    against a deal that somebody refuses.

    ``utility`` (signatory, point) holds every point, each once, in points, from the first signatory's best on.
    ``has_zone`` is None where efficient combinations are too many to look at; then, and without a zone, there are no
    points. ``options`` has a deal behind some of the points, by their place: all, or an even spread of them with both
    ends, and those of ``chosen``, the places that each solution chooses (none under a quorum), and of ``joint``, which
    gives signatories the most when their points are added up.
    """

    parties: tuple[str, ...]
    has_zone: bool | None
    utility: Points
    options: Mapping[int, Options] = field(default_factory=dict)
    chosen: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    joint: int | None = None


def find_frontier_within_zone(
    scenario: Scenario, *, seed: int = 0, sampler: str = "lhs", most_told: int = MOST_TOLD
) -> ZoneFrontier:
    """Find the frontier within the zone of world 0, exactly.

    Parameters
    ----------
    scenario : Scenario
        In whose world 0 no deal may be broken.
    seed, sampler
        As for `analyse_zone`.
    most_told : int
        Behind how many points to tell a deal.

    Raises
    ------
    UsageError, ScenarioError
        As for `analyse_zone`.

    Examples
    --------
    A buyer who pays 60 at most, and whose board agrees to no more than 50:

    >>> from negsim.scenario import loads
    >>> sale = loads('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {price: {title: Price, scale: 0..100, step: 10}}
    ... parties:
    ...   buyer:
    ...     title: Buyer
    ...     demands: {price: 0}
    ...     no_deal: {same_as: {price: 60}}
    ...     ratifiers: {board: {title: Board, red_lines: {cap: {require: price <= 50, firmness: hard}}}}
    ...   seller: {title: Seller, demands: {price: 100}, no_deal: {same_as: {price: 40}}}
    ... ''')
    >>> found = find_frontier_within_zone(sale)
    >>> found.utility.tolist(), found.options[0]
    ([[60.0, 50.0], [40.0, 50.0]], (('price', '40'),))
    """
    compiled = compile_scenario(scenario, seed, sampler)
    names = tuple(scenario.parties[party].id for party in compiled.signatories)
    nothing = np.zeros((len(names), 0))
    places = signing_places(compiled)
    try:
        (table,) = tables(compiled.worlds(0, 1), compiled.constraints, always=places, capped=True)
    except ScenarioError:
        return ZoneFrontier(names, None, nothing)
    cells, sums = np.nonzero(table.zone)
    if not len(cells):
        return ZoneFrontier(names, has_zone=False, utility=nothing)
    # More for one who must agree at no other's cost leaves no zone, so that efficient sums miss none of its best.
    gains = table.gains(places, cells, sums)
    best = np.flatnonzero(pareto_optimal(gains))
    front, first = np.unique(gains[:, best], axis=1, return_index=True)
    front, first = front[:, ::-1], best[first[::-1]]
    chosen = _chosen(compiled, table, front)
    joint = int(np.argmax(np.sum(front, axis=0)))
    told = {*_evenly(front.shape[1], most_told), *(place for some in chosen.values() for place in some), joint}
    return ZoneFrontier(
        names,
        has_zone=True,
        utility=(front + _no_deal(compiled, table)) / UNITS_PER_POINT,
        options={place: _spelt(compiled, table, cells[first[place]], sums[first[place]]) for place in sorted(told)},
        chosen=chosen,
        joint=joint,
    )


def are_in_zone(
    scenario: Scenario, deals: Sequence[Sequence[int]], *, seed: int = 0, sampler: str = "lhs"
) -> list[bool]:
    """Tell whether some deals, each the choice of every issue by position, are in the zone of world 0."""
    if not deals:
        return []
    compiled = compile_scenario(scenario, seed, sampler)
    outcomes = compiled.structure.outcomes_of(np.array(deals, np.intp))
    return [bool(one) for one in in_zone(compiled.worlds(0, 1), compiled, outcomes)[0]]


def _chosen(compiled: Compiled, table: Table, front: Points) -> dict[str, tuple[int, ...]]:
    """Find which points each solution chooses; who signs differs from deal to deal under a quorum, so none there."""
    if compiled.consent.voters:
        return {}
    found = choose(compiled, front, USUAL, table.spare(signing_places(compiled)))
    return {name: tuple(places.tolist()) for name, places in found.items()}


def _evenly(n_points: int, most: int) -> list[int]:
    """Choose so many of the points at most, evenly, both ends among them."""
    return np.unique(np.linspace(0, n_points - 1, min(n_points, most)).astype(np.intp)).tolist()


def _no_deal(compiled: Compiled, table: Table) -> Points:
    return np.array([[float(table.worlds.no_deal[party][0])] for party in compiled.signatories])


def _spelt(compiled: Compiled, table: Table, cell: np.intp, point: np.intp) -> Options:
    """Spell out a combination of free issues behind an efficient sum, with a cell."""
    every = np.ones(len(table.active), np.bool_)
    free = complete(table.merged, table.merged.front[:, point], every).first
    outcome = Outcomes(table.constraints.cells[[cell]], np.array([free], np.intp).reshape(1, -1))
    return spell(compiled.scenario, compiled.structure.choices_of(outcome)[0])
