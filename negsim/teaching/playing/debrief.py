"""What a match came to, with all that was hidden while it went on: scores, what was left on the table, who bluffed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.told import Start
from negsim.bargaining.writer import starts_of
from negsim.model.no_deal import rounding_allowance
from negsim.model.outcomes import spell
from negsim.model.values import UNITS_PER_POINT
from negsim.records import dataclass
from negsim.teaching.playing.match import Match, Options, Setup
from negsim.teaching.playing.moves import OFFER, Move
from negsim.teaching.playing.peers import N_PEERS, Peers, play_peers
from negsim.teaching.playing.session import Played, play_moves
from negsim.teaching.playing.space import Some, look_through
from negsim.teaching.playing.told import Ending
from negsim.zone.counting import in_zone

__all__ = ["Alternative", "Debrief", "FinalScore", "LineTruth", "debrief"]

MOST_POINTS = 9
"""Points of the frontier that are told at most."""

MOST_BETTER = 3
"""Deals that all would have preferred that are told at most."""

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FinalScore:
    """What a party ends up with, in points; ``most`` is the most that it could get with all others on board.

    ``most`` is None where no deal that was looked through suits all who must agree.
    """

    party: str
    points: float
    no_deal: float
    most: float | None

    @property
    def gain(self) -> float:
        """What it gets over no deal."""
        return self.points - self.no_deal


@dataclass(frozen=True, slots=True)
class Alternative:
    """A deal that was to be had, and the points that it would have given each party, in the order of scores."""

    options: Options
    points: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class LineTruth:
    """A red line: whether it was real, whether the deal crosses it, whether its party pointed to it in the talks."""

    party: str
    line: str
    real: bool
    crossed: bool
    invoked: bool


@dataclass(frozen=True, slots=True)
class Debrief:
    """All there is to say of a match that is over.

    ``suits`` tells whether there is a deal, and one that suits all who must agree. ``scores`` have the person's party
    first. ``n_deals`` counts all outcomes, ``n_looked`` those that were looked through: all, or the deals on the table
    where there are too many to list; what follows is of those. ``n_zone`` suit all who must agree. ``spare`` is by how
    much more the person could have had while nobody else had less, None without a deal. ``better`` are deals, of
    ``n_better``, in which nobody has less and somebody has more. ``frontier`` are deals, of ``n_frontier`` different
    ones by points, of which none is better for somebody and no worse for all others. ``best_offered`` is the most that
    any offer of others would have given the person; ``peers`` is None where nobody was asked to.
    """

    ending: Ending
    suits: bool
    scores: tuple[FinalScore, ...]
    n_looked: int
    n_deals: int
    n_zone: int
    spare: float | None
    better: tuple[Alternative, ...]
    n_better: int
    frontier: tuple[Alternative, ...]
    n_frontier: int
    lines: tuple[LineTruth, ...]
    starts: tuple[Start, ...]
    n_offers: int
    best_offered: float | None
    peers: Peers | None

    @property
    def agreed(self) -> bool:
        """Whether there is a deal."""
        return self.ending.stop == "agreed"

    @property
    def is_whole(self) -> bool:
        """Whether all outcomes were looked through."""
        return self.n_looked == self.n_deals

    @property
    def efficient(self) -> bool:
        """Whether there is a deal that suits all, and none was seen that gives nobody less and somebody more."""
        return self.suits and not self.n_better


def debrief(match: Match, moves: Sequence[Move], *, n_peers: int = N_PEERS) -> Debrief:
    """Sum a match up that is over.

    Parameters
    ----------
    match : Match
    moves : sequence of Move
        Up to the end.
    n_peers : int
        How many simulated negotiators take the same seat; 0 for none.
    """
    played = play_moves(match, moves)
    ending, setup = played.state.ending, played.setup
    assert ending is not None, "a debrief is of talks that are over"
    order = [match.place, *(k for k in range(len(match.order)) if k != match.place)]
    actors = [match.order[k] for k in order]
    no_deal = np.array([_without(match, setup, k) for k in actors])
    deal = _deal_reached(match, setup, ending)
    there = setup.table.deals.pick([deal] if deal >= 0 else [])
    held = np.array([match.points_of(setup, k, there)[0] for k in actors]) if deal >= 0 else no_deal
    seen = look_through(match, setup, actors, held)
    front = _in_order(seen.frontier)
    seats = setup.arena.seats
    return Debrief(
        ending=ending,
        suits=deal >= 0 and bool(in_zone(setup.truth, match.compiled, there)[0, 0]),
        scores=tuple(
            FinalScore(seats[k].name, float(held[n]), float(no_deal[n]), float(seen.most[n]) if seen.n_zone else None)
            for n, k in enumerate(order)
        ),
        n_looked=seen.n_looked,
        n_deals=seen.n_outcomes,
        n_zone=seen.n_zone,
        spare=seen.spare if deal >= 0 else None,
        better=_told(match, seen.better, _choose_better(seen.better, held)),
        n_better=seen.n_better,
        frontier=_told(match, seen.frontier, _spread(front, MOST_POINTS)),
        n_frontier=len(front),
        lines=_lines(match, setup, played, deal),
        starts=starts_of(setup.table, setup.arena, setup.worlds),
        n_offers=sum(move.kind == OFFER for move in moves),
        best_offered=_best_offered(match, played),
        peers=play_peers(match, n_peers) if n_peers else None,
    )


def _without(match: Match, setup: Setup, actor: int) -> float:
    """Give what no deal is worth to an actor, without what it is lowered by so that rounding refuses no deal."""
    units = float(setup.worlds.no_deal[actor][0]) + rounding_allowance(match.scenario.actors[actor])
    return units / UNITS_PER_POINT


def _deal_reached(match: Match, setup: Setup, ending: Ending) -> int:
    if ending.stop != "agreed":
        return -1
    choice = match.choice_of(ending.deal)
    return int(np.flatnonzero(np.all(setup.table.choices == choice, axis=1))[0])


def _choose_better(better: Some, held: Points) -> list[int]:
    """Choose from better deals those in which who gains least gains most."""
    gains = better.points - held[:, None]
    return np.lexsort((-gains[0], -np.min(gains, axis=0)))[:MOST_BETTER].tolist()


def _in_order(frontier: Some) -> list[int]:
    """Put efficient deals in order, from the person's best on."""
    return np.lexsort(-frontier.points[::-1]).tolist()


def _spread(front: list[int], most: int) -> list[int]:
    """Take some, evenly, the first and the last among them."""
    if len(front) <= most:
        return front
    return [front[round(k * (len(front) - 1) / (most - 1))] for k in range(most)]


def _told(match: Match, some: Some, places: list[int]) -> tuple[Alternative, ...]:
    """Spell some deals out with the points that they give."""
    choices = match.compiled.structure.choices_of(some.deals.pick(places))
    return tuple(
        Alternative(spell(match.scenario, choice), tuple(some.points[:, place].tolist()))
        for choice, place in zip(choices, places, strict=True)
    )


def _lines(match: Match, setup: Setup, played: Played, deal: int) -> tuple[LineTruth, ...]:
    """Say of each red line whether it was real, the person's own first."""
    invoked = {(reply.party, line) for said in played.state.said for reply in said.replies for line in reply.lines}
    own = match.party.id
    found = []
    for k, actor in enumerate(match.scenario.actors):
        cells = match.compiled.structure.parties[k]
        crossed = cells.crossed[cells.signature[setup.table.deals.cell[deal]]] if deal >= 0 else ()
        hits = list(crossed) or [False] * len(actor.red_lines)
        for n, line in enumerate(actor.red_lines):
            real = bool(setup.worlds.real[k][0, n])
            found.append(LineTruth(actor.id, line.id, real, bool(hits[n]), (actor.id, line.id) in invoked))
    return tuple(sorted(found, key=lambda one: one.party != own))


def _best_offered(match: Match, played: Played) -> float | None:
    """Give the most points that any offer of others would have given the person."""
    rows = [match.choice_of(one.options) for one in played.state.said if one.speaker not in ("", match.party.id)]
    if not rows:
        return None
    deals = match.compiled.structure.outcomes_of(np.stack(rows))
    return float(np.max(match.points_of(played.setup, match.order[match.place], deals)))
