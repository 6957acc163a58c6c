"""What a game holds, for whoever teaches it: its zone, its frontier, and the deals that theory points at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from negsim.errors import ScenarioError, UsageError
from negsim.scenario.types import Role, Scenario
from negsim.teaching.game import fixed_game
from negsim.teaching.points import RoleTable, Score, role_tables, score
from negsim.zone.frontiers import find_frontier
from negsim.zone.frontiers_result import WorldFrontier

__all__ = ["GameAnalysis", "NamedDeal", "analyse_game", "choices_of", "seeds_with_a_zone"]


@dataclass(frozen=True, slots=True)
class NamedDeal:
    """A deal and why it is told: ``nash``, ``kalai_smorodinsky``, ``joint`` (the most points in all) or ``frontier``.

    ``options`` are ``(issue, option)`` in declared order; ``scores`` what it is to each party, by id.
    """

    name: str
    options: tuple[tuple[str, str], ...]
    scores: Mapping[str, Score]

    @property
    def joint(self) -> float:
        """Add up the points of all parties that count points."""
        return sum(one.points for one in self.scores.values() if one.points is not None)


@dataclass(frozen=True, slots=True)
class GameAnalysis:
    """What there is to be had in a game.

    ``parties`` are the signatories, in whose points ``frontier`` is: the efficient deals among those that cross no real
    red line of theirs, best for the first of them first. ``n_points`` counts them all, where not all are told.
    ``has_zone`` is None where there are too many deals to tell. ``deals`` are those that theory names, in the zone.
    """

    parties: tuple[str, ...]
    tables: Mapping[str, RoleTable]
    has_zone: bool | None
    n_points: int
    frontier: tuple[NamedDeal, ...]
    in_zone: tuple[bool, ...]
    deals: tuple[NamedDeal, ...]

    @property
    def best_joint_gain(self) -> float | None:
        """Give what signatories can gain over walking away in all, at most, in a deal of the zone; None without one."""
        gains = [
            sum(deal.scores[party].gain or 0.0 for party in self.parties)
            for deal, inside in zip(self.frontier, self.in_zone, strict=True)
            if inside
        ]
        return max(gains, default=None)


def choices_of(options: tuple[tuple[str, str], ...] | Mapping[str, str], scenario: Scenario) -> dict[str, int]:
    """Turn options by their ids into the position of each choice."""
    named = dict(options)
    return {issue.id: issue.choices.index(named[issue.id]) for issue in scenario.issues}


def analyse_game(scenario: Scenario) -> GameAnalysis:
    """Find what there is to be had in a game.

    Raises
    ------
    ScenarioError
        If no outcome satisfies the rules, or conditions name too many.
    """
    tables = role_tables(scenario)
    signatories = tuple(party.id for party in scenario.parties if party.role is Role.SIGNATORY)
    try:
        found = find_frontier(scenario, world=0).found
    except UsageError:
        # Too many points to find at all.
        return GameAnalysis(signatories, tables, None, 0, (), (), ())
    assert isinstance(found, WorldFrontier)

    def told(name: str, options: tuple[tuple[str, str], ...]) -> NamedDeal:
        deal = choices_of(options, scenario)
        return NamedDeal(name, options, {party.id: score(tables[party.id], deal) for party in scenario.parties})

    frontier = tuple(told("frontier", point.options) for point in found.points)
    in_zone = tuple(bool(point.in_zone) for point in found.points)
    zone = [deal for deal, inside in zip(frontier, in_zone, strict=True) if inside]
    deals = [*_solutions(found, frontier)]
    if zone:
        best = max(zone, key=lambda deal: sum(deal.scores[party].points or 0.0 for party in signatories))
        deals.append(NamedDeal("joint", best.options, best.scores))
    return GameAnalysis(signatories, tables, found.has_zone, found.n_points, frontier, in_zone, tuple(deals))


def _solutions(found: WorldFrontier, frontier: tuple[NamedDeal, ...]) -> Iterator[NamedDeal]:
    """Name the first deal of each solution that is on the frontier told, whose points are numbered from 1."""
    for solution in found.solutions:
        number = next((point.number for point in solution.points if point.number is not None), None)
        if number is not None:
            deal = frontier[number - 1]
            yield NamedDeal(solution.name, deal.options, deal.scores)


def seeds_with_a_zone(scenario: Scenario, seed: int, n_tried: int = 20) -> Iterator[int]:
    """Look through the next seeds for games in which there is a deal that everybody accepts."""
    for other in range(seed + 1, seed + 1 + n_tried):
        try:
            if analyse_game(fixed_game(scenario, other).scenario).has_zone:
                yield other
        except ScenarioError:
            return
