"""What a match came to, with all that was hidden while it went on: scores, what was left on the table, who bluffed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.told import Start
from negsim.bargaining.writer import starts_of
from negsim.model.values import UNITS_PER_POINT
from negsim.solutions import pareto_optimal
from negsim.teaching.playing.match import Match, Options, Setup
from negsim.teaching.playing.moves import OFFER, Move
from negsim.teaching.playing.peers import N_PEERS, Peers, play_peers
from negsim.teaching.playing.session import Played, play_moves
from negsim.teaching.playing.told import Ending
from negsim.zone.counting import in_zone

__all__ = ["Alternative", "Debrief", "LineTruth", "Score", "debrief"]

MOST_POINTS = 9
"""Points of the frontier that are told at most."""

MOST_BETTER = 3
"""Deals that all would have preferred that are told at most."""

Mask = NDArray[np.bool_]
Index = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Score:
    """What a party ends up with, in points; ``most`` is the most that it could get with all others on board.

    ``most`` is None where no deal at all suits all who must agree.
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
    first. ``n_deals`` counts the outcomes that can come up, ``n_zone`` those that suit all who must agree. ``spare`` is
    by how much more the person could have had while nobody else had less, None without a deal. ``better`` are deals, of
    ``n_better``, in which nobody has less and somebody has more. ``frontier`` are deals, of ``n_frontier`` different
    ones by points, of which none is better for somebody and no worse for all others. ``best_offered`` is the most that
    any offer of others would have given the person; ``peers`` is None where nobody was asked to.
    """

    ending: Ending
    suits: bool
    scores: tuple[Score, ...]
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
    def efficient(self) -> bool:
        """Whether there is a deal that suits all, and none that nobody would have liked less and somebody more."""
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
    no_deal = np.array([float(setup.worlds.no_deal[k][0]) / UNITS_PER_POINT for k in actors])
    points = np.stack([_points(setup, actor) for actor in actors])
    zone = _zone(match, setup)
    deal = _deal_reached(match, setup, ending)
    held = points[:, deal] if deal >= 0 else no_deal
    better = _better(points, zone, held)
    front = _frontier(points, zone)
    alternative = _Teller(match, setup, points)
    seats = setup.arena.seats
    return Debrief(
        ending=ending,
        suits=deal >= 0 and bool(zone[deal]),
        scores=tuple(
            Score(
                seats[k].name,
                float(held[n]),
                float(no_deal[n]),
                float(np.max(points[n, zone])) if np.any(zone) else None,
            )
            for n, k in enumerate(order)
        ),
        n_deals=points.shape[1],
        n_zone=int(np.count_nonzero(zone)),
        spare=_spare(points, zone, held) if deal >= 0 else None,
        better=tuple(alternative(one) for one in _choose_better(points, better, held)),
        n_better=len(better),
        frontier=tuple(alternative(one) for one in _spread(front, MOST_POINTS)),
        n_frontier=len(front),
        lines=_lines(match, setup, played, deal),
        starts=starts_of(setup.table, setup.arena, setup.worlds),
        n_offers=sum(move.kind == OFFER for move in moves),
        best_offered=_best_offered(match, played, points[0]),
        peers=play_peers(match, n_peers) if n_peers else None,
    )


def _points(setup: Setup, actor: int) -> NDArray[np.float64]:
    """Give what every deal is worth to an actor by points alone: (deal,)."""
    gain = setup.worlds.gain(actor, setup.table.deals)[0]
    return np.asarray((gain + float(setup.worlds.no_deal[actor][0])) / UNITS_PER_POINT)


def _zone(match: Match, setup: Setup) -> Mask:
    """Tell which deals suit all who must agree: (deal,)."""
    return np.asarray(in_zone(setup.truth, match.compiled, setup.table.deals)[0])


def _deal_reached(match: Match, setup: Setup, ending: Ending) -> int:
    if ending.stop != "agreed":
        return -1
    choice = match.choice_of(ending.deal)
    return int(np.flatnonzero(np.all(setup.table.choices == choice, axis=1))[0])


def _better(points: NDArray[np.float64], zone: Mask, held: NDArray[np.float64]) -> Index:
    """Find the deals in the zone in which nobody has less than now and somebody more."""
    no_worse = np.all(points >= held[:, None], axis=0)
    return np.flatnonzero(zone & no_worse & np.any(points > held[:, None], axis=0))


def _choose_better(points: NDArray[np.float64], better: Index, held: NDArray[np.float64]) -> list[int]:
    """Choose from the better deals those on their frontier in which who gains least gains most."""
    if not better.size:
        return []
    best = better[pareto_optimal(points[:, better])]
    gains = points[:, best] - held[:, None]
    order = np.lexsort((-gains[0], -np.min(gains, axis=0)))
    return list(dict.fromkeys(best[order].tolist()))[:MOST_BETTER]


def _frontier(points: NDArray[np.float64], zone: Mask) -> list[int]:
    """Find the efficient deals in the zone, one for each point, from the person's best on."""
    inside = np.flatnonzero(zone)
    if not inside.size:
        return []
    efficient = inside[pareto_optimal(points[:, inside])]
    _, first = np.unique(points[:, efficient], axis=1, return_index=True)
    return sorted(efficient[first].tolist(), key=lambda one: tuple((-points[:, one]).tolist()))


def _spread(front: list[int], most: int) -> list[int]:
    """Take some, evenly, the first and the last among them."""
    if len(front) <= most:
        return front
    return [front[round(k * (len(front) - 1) / (most - 1))] for k in range(most)]


def _spare(points: NDArray[np.float64], zone: Mask, held: NDArray[np.float64]) -> float:
    others = np.all(points[1:] >= held[1:, None], axis=0) & zone
    return float(np.max(np.where(others, points[0], held[0])) - held[0])


class _Teller:
    """Spells deals out with the points that they give."""

    def __init__(self, match: Match, setup: Setup, points: NDArray[np.float64]) -> None:
        self._match, self._setup, self._points = match, setup, points

    def __call__(self, deal: int) -> Alternative:
        return Alternative(self._match.spelled(self._setup, deal), tuple(self._points[:, deal].tolist()))


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


def _best_offered(match: Match, played: Played, points: NDArray[np.float64]) -> float | None:
    """Give the most points that any offer of others would have given the person."""
    setup, offered = played.setup, [one.options for one in played.state.said if one.speaker not in ("", match.party.id)]
    rows = [match.choice_of(options) for options in offered]
    places = [int(np.flatnonzero(np.all(setup.table.choices == row, axis=1))[0]) for row in rows]
    return max((float(points[place]) for place in places), default=None)
