"""How a thousand simulated negotiators did in the same seat: same game, same others, same chances at the table.

What differs is how they bargain: each has one of six tactics, as likely each, and parameters drawn anew. So what they
reach says what the seat allowed against these very parties, and not what another world would have; a person is compared
with like.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena
from negsim.bargaining.judging import holds_at_home
from negsim.bargaining.play import play_out
from negsim.bargaining.stops import Stop
from negsim.bargaining.tactics import TACTICS
from negsim.bargaining.talk import Talk
from negsim.model.sampling import sample_table
from negsim.model.values import UNITS_PER_POINT
from negsim.records import dataclass
from negsim.teaching.playing.match import Match, Setup

__all__ = ["N_PEERS", "Peers", "play_peers"]

N_PEERS = 1000
"""How many negotiators take the seat."""

Array = NDArray[np.float64]


def _between(low: float, high: float) -> Callable[[Array], Array]:
    return lambda uniform: low + (high - low) * uniform


def _from_conceder_to_boulware(uniform: Array) -> Array:
    """Spread exponents evenly by their ratio, from a fifth, which concedes at once, to 5, which concedes at the end."""
    return 5.0 ** (2 * uniform - 1)


_DRAWN: dict[str, dict[str, Callable[[Array], Array]]] = {
    "time": {"exponent": _from_conceder_to_boulware, "start": _between(0.7, 1.0)},
    "exponential": {"exponent": _from_conceder_to_boulware, "start": _between(0.7, 0.99)},
    "relative_tit_for_tat": {"start": _between(0.7, 1.0)},
    "absolute_tit_for_tat": {"start": _between(0.7, 1.0)},
    "averaged_tit_for_tat": {"start": _between(0.7, 1.0), "window": _between(1.0, 5.0)},
    "holdout": {"level": _between(0.0, 1.0)},
}
"""The tactics of the negotiators, and how their parameters come of uniform numbers."""


@dataclass(frozen=True, slots=True)
class Peers:
    """How others did in the seat.

    ``deals`` are the points over no deal of those who reached a deal, ascending; ``n`` counts all.
    """

    deals: tuple[float, ...]
    n: int

    @property
    def gains(self) -> tuple[float, ...]:
        """The points over no deal of each, 0 without a deal, ascending."""
        return tuple(sorted((*self.deals, *[0.0] * (self.n - len(self.deals)))))

    def share_below(self, gain: float) -> float:
        """Give the share of those who got less, by a twentieth of a point at least."""
        return sum(one < gain - _SAME for one in self.gains) / len(self.gains)

    def share_equal(self, gain: float) -> float:
        """Give the share of those who got as much."""
        return sum(abs(one - gain) <= _SAME for one in self.gains) / len(self.gains)

    def quantile(self, share: float) -> float:
        """Give the gain that a share of them does not exceed."""
        return self.gains[min(int(share * len(self.gains)), len(self.gains) - 1)]


_SAME = 0.05


def play_peers(match: Match, n: int = N_PEERS) -> Peers:
    """Let so many negotiators take the person's seat, one after the other, in the very same match."""
    setups = match.set_tables()
    uniform = sample_table("play.negotiators", (4, n), seed=match.seed)
    which = (uniform[0] * len(_DRAWN)).astype(np.intp)
    gains, agreed = np.zeros(n), np.zeros(n, np.bool_)
    for tactic, (name, drawn) in enumerate(_DRAWN.items()):
        here = np.flatnonzero(which == tactic)
        if not here.size:
            continue
        numbers = uniform[1:, here]
        parameter = {one: make(number) for (one, make), number in zip(drawn.items(), numbers, strict=False)}
        tables = {id(one): _seated(one.arena, match.place, name, parameter, len(here)) for one in setups}
        sittings = [(tables[id(one)], held.n_rounds) for one, held in zip(setups, match.sittings, strict=True)]
        ended = play_out(Talk(sittings[0][0]), sittings=sittings)
        session = np.searchsorted(match.begins, ended.round, side="right") - 1
        for k, setup in enumerate(setups):
            deals = np.where((ended.stop == Stop.AGREED) & (session == k), ended.deal, -1)
            gained, holds = _gains(match, setup, deals)
            gains[here], agreed[here] = gains[here] + gained, agreed[here] | holds
    return Peers(tuple(np.sort(gains[agreed]).tolist()), n)


def _seated(arena: Arena, place: int, tactic: str, parameter: dict[str, Array], n: int) -> Arena:
    """Put so many copies of the one world side by side, with other negotiators in a seat."""
    same = np.zeros(n, np.intp)
    seats = [seat.among(same) for seat in arena.seats]
    seats[place] = replace(seats[place], tactic=TACTICS[tactic], parameter=parameter)
    numbers = arena.drafts
    return replace(
        arena,
        row=arena.row[same],
        seats=tuple(seats),
        breaks_down=arena.breaks_down[same],
        drafts=None if numbers is None else lambda k: numbers(k)[:, same],
    )


def _gains(match: Match, setup: Setup, deals: NDArray[np.intp]) -> tuple[Array, NDArray[np.bool_]]:
    """Give what the party gets over no deal, in points, and where a deal holds at home."""
    gains, holds = np.zeros(len(deals)), np.zeros(len(deals), np.bool_)
    actor = match.order[match.place]
    no_deal = float(setup.worlds.no_deal[actor][0]) / UNITS_PER_POINT
    for deal in np.unique(deals[deals >= 0]).tolist():
        if holds_at_home(setup.table, setup.truth, np.full(1, deal))[0]:
            there = deals == deal
            holds |= there
            gains[there] = match.points_of(setup, actor, setup.table.deals.pick([deal]))[0] - no_deal
    return gains, holds
