"""What a game holds, for whoever teaches it: its zone, its frontier, and the deals that theory points at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from negsim.errors import ScenarioError
from negsim.records import dataclass
from negsim.scenario.types import Scenario
from negsim.teaching.game import fixed_game
from negsim.teaching.points import RoleTable, Score, role_tables, score
from negsim.zone.frontiers_within import find_frontier_within_zone

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

    ``parties`` are the signatories. ``has_zone`` is None where there are too many deals to tell; ``by_quorum`` whether
    enough of them have to accept, rather than all. ``points`` is the frontier within the zone, all of it: what each of
    its deals is worth to them, best for the first of them first; none of them is better for one and worse for none than
    another, and what somebody refuses who must accept is not held against them. ``frontier`` are the deals behind the
    points, a spread of them where they are many. ``deals`` are those in the zone that theory names; of several that tie
    the first.
    """

    parties: tuple[str, ...]
    tables: Mapping[str, RoleTable]
    has_zone: bool | None
    by_quorum: bool
    points: tuple[tuple[float, ...], ...]
    frontier: tuple[NamedDeal, ...]
    deals: tuple[NamedDeal, ...]

    @property
    def n_points(self) -> int:
        """Count the points of the frontier within the zone."""
        return len(self.points)

    @property
    def best_joint_gain(self) -> float | None:
        """Give what signatories can gain over walking away in all, at most, in a deal of the zone; None without one."""
        joint = (deal for deal in self.deals if deal.name == "joint")
        return next((sum(deal.scores[party].gain or 0.0 for party in self.parties) for deal in joint), None)


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
    found = find_frontier_within_zone(scenario)

    def told(name: str, options: tuple[tuple[str, str], ...]) -> NamedDeal:
        deal = choices_of(options, scenario)
        return NamedDeal(name, options, {party.id: score(tables[party.id], deal) for party in scenario.parties})

    # Deals of theory may stand between those of an even spread.
    named = {name: min(places) for name, places in found.chosen.items()}
    named |= {} if found.joint is None else {"joint": found.joint}
    return GameAnalysis(
        parties=found.parties,
        tables=tables,
        has_zone=found.has_zone,
        by_quorum=scenario.agreement.quorum is not None,
        points=tuple(tuple(point) for point in found.utility.T.tolist()),
        frontier=tuple(told("frontier", options) for options in found.options.values()),
        deals=tuple(told(name, found.options[place]) for name, place in named.items()),
    )


def seeds_with_a_zone(scenario: Scenario, seed: int, n_tried: int = 20) -> Iterator[int]:
    """Look through the next seeds for games in which there is a deal that all accept, or enough of them."""
    for other in range(seed + 1, seed + 1 + n_tried):
        try:
            if analyse_game(fixed_game(scenario, other).scenario).has_zone:
                yield other
        except ScenarioError:
            return
