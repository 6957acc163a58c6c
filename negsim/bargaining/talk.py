"""The state of K talks at once, and what every protocol does with it: speak, hear, answer, agree, end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena, Seat
from negsim.bargaining.beliefs import Belief, Evidence, first_belief
from negsim.bargaining.chairs import Chair, read_only
from negsim.bargaining.outlook import believed_gain, menu_of, outlook_of, proposals_of, ranks
from negsim.bargaining.stops import Stop
from negsim.bargaining.tactics import TACTICS
from negsim.bargaining.tactics.base import Array, Moment, Stance
from negsim.bargaining.tactics.checking import checked_stance

__all__ = ["Listener", "Talk", "Turn", "who_leaves"]

Index = NDArray[np.intp]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Turn:
    """One offer and the answers to it, in the worlds that still talk.

    ``round`` is that of the offer, and ``speaker`` the seat that offers, -1 a mediator: each one for all or (live,).
    ``world`` (live,) are the positions of the worlds.
    ``deal`` (live,) is what is offered, -1 where nothing is. ``asked`` and ``accepted`` (seat, live) tell who answers,
    and with yes; ``take`` (seat, live) is the gain in units that each would take at least; ``suits`` (live,) whether
    those agree whose consent is needed but who are not at the table.
    """

    round: int | Index
    speaker: int | Index
    world: Index
    deal: Index
    asked: Mask
    accepted: Mask
    take: Array
    suits: Mask


Listener = Callable[[Turn], None]

_STAYS = 0.75
"""Shares of worlds still talking below which the others are dropped from the arrays."""


class Talk:
    """K talks, all in the same round.

    ``world`` (live,) are the positions of the worlds still in the arrays, ``going`` (live,) those of them that still
    talk. ``stop``, ``deal`` and ``ended`` (world,) are what came of all: why talks ended, the deal (-1: none) and the
    round in which they did. ``memory`` holds what a protocol keeps from turn to turn, arrays whose last axis is live.
    """

    def __init__(self, arena: Arena, tempers: Sequence[float] = (), listener: Listener | None = None) -> None:
        self.arena = arena
        self.listener = listener
        n = arena.n_worlds
        self.stop = np.full(n, Stop.OPEN, np.int8)
        self.deal = np.full(n, -1)
        self.ended = np.full(n, arena.rules.n_rounds - 1)
        self.crossed = np.zeros(n, np.bool_)
        self.world = np.arange(n)
        self.going = np.ones(n, np.bool_)
        self.row = arena.row
        self.breaks_down = arena.breaks_down
        self.round = 0
        self.memory: dict[str, NDArray[Any]] = {}
        self.beliefs = [first_belief(seat, n) for seat in arena.seats]
        self._has_lines = any(len(seat.firmness) for seat in arena.seats)
        self._may_break_down = bool(np.any(np.isfinite(arena.breaks_down)))
        self._all_serious = all(np.all(seat.serious) for seat in arena.seats)
        self._orders: list[Index] | None = None
        self._tempers = tempers or [1.0] * len(arena.seats)
        self.chairs: list[Chair] = []
        self.open_session()

    @property
    def is_over(self) -> bool:
        """Whether no world talks any more."""
        return not np.any(self.going)

    def open_session(self) -> None:
        """Let everybody make up its mind anew, by what it believes now."""
        arena, learned = self.arena, bool(self.chairs)
        orders = self._ranked() if learned else [None] * len(arena.seats)
        fresh = []
        for k, order in enumerate(orders):
            allowed = proposals_of(arena, k, self.row, self.beliefs, alike=not learned)
            menu = menu_of(arena, k, self.row, self.beliefs, order, allowed)
            seat = self.chairs[k].seat if self.chairs else arena.seats[k]
            planner = seat.tactic.plan
            plan = np.zeros((0, len(self.row)))
            if planner is not None:
                known = outlook_of(arena, k, self.row, self.beliefs, allowed, menu, self.round, seat.parameter)
                plan = planner(known)
            chair = Chair(
                seat, self.row, self.beliefs[k], Evidence(seat, self.beliefs[k]), menu, plan, self._tempers[k]
            )
            if self.chairs:
                before = self.chairs[k]
                chair.level, chair.offer, chair.heard, chair.coming = (
                    before.level,
                    before.offer,
                    before.heard,
                    before.coming,
                )
            fresh.append(chair)
        self.chairs = fresh

    def _ranked(self) -> list[Index]:
        if self._orders is None:
            self._orders = [ranks(seat.gain) for seat in self.arena.seats]
        return [order[self.row] for order in self._orders]

    def learn(self) -> None:
        """Let everybody learn from the session that is over."""
        self.beliefs = [chair.belief.after(chair.evidence) for chair in self.chairs]

    def let_leave(self) -> None:
        """End talks where a party does not believe any more that others are serious.

        Only parties without whom there is no agreement can end talks so, and only their seriousness matters.
        """
        leaves = who_leaves(self.arena.required, [chair.seat for chair in self.chairs], self.beliefs)
        self.end(np.any(leaves, axis=0), Stop.WALK_OUT)

    def stance(self, k: int, *, speaks: bool = True, final: bool = False) -> Stance:
        """Ask a party what it asks for and what it would take; ``speaks`` where it may now make an offer.

        Raises
        ------
        UsageError
            If a tactic that is not ours fails, or answers with what are no levels.
        """
        chair = self.chairs[k]
        heard, news = chair.gather(speaks=speaks)
        moment = Moment(
            round=self.round,
            n_rounds=self.arena.rules.n_rounds,
            final=final,
            parameter=chair.parameter,
            level=read_only(chair.level),
            heard=heard,
            news=news,
            plan=chair.plan,
            risk=lambda: self._risk(k),
        )
        tactic = chair.seat.tactic
        if tactic.name in TACTICS:
            return chair.tempered(tactic.stance(moment))
        return chair.tempered(checked_stance(tactic, moment, len(self.row)))

    def offer(self, k: int, stance: Stance, where: Mask | None = None) -> Index:
        """Let a party propose, and the others hear it: deals (live,), -1 where it makes no offer.

        It does so in all worlds that still talk if nothing is said; what it does in others means nothing.
        """
        deal = self.chairs[k].propose(stance.ask, self.going if where is None else where)
        if self.arena.rules.learns:
            self.chairs[k].evidence.offered(np.where(self.going, deal, -1), self.time)
        for other, chair in enumerate(self.chairs):
            if other != k:
                chair.hear(deal)
        return deal

    def answer(self, k: int, deal: Index, stance: Stance, asked: Mask) -> Mask:
        """Let a party say yes or no to deals (live,) where it is asked, and the others learn from it."""
        accepted = asked & self.chairs[k].takes(deal, stance.take)
        if self.arena.rules.learns:
            self.chairs[k].evidence.answered(deal, accepted, asked & self.going, self.time)
        return accepted

    def object(self, k: int, deal: Index, where: Mask) -> None:
        """Let the others learn that a party does not let deals (live,) pass, where it is so."""
        if self.arena.rules.learns:
            self.chairs[k].evidence.answered(deal, np.zeros(len(deal), np.bool_), where & self.going, self.time)

    def suits(self, deal: Index) -> Mask:
        """Tell whether deals suit those whose consent is needed but who are not at the table: (live,)."""
        if self.arena.open is None:
            return np.asarray(deal >= 0)
        return np.asarray((deal >= 0) & self.arena.open[self.row, deal])

    def consents(self, accepted: Mask) -> Mask:
        """Tell whether acceptances (seat, live) are enough for a deal."""
        arena = self.arena
        if arena.quorum <= len(arena.required):
            return reduce(np.logical_and, [accepted[k] for k in arena.required])
        votes = np.count_nonzero(accepted, axis=0) >= arena.quorum
        return reduce(np.logical_and, [accepted[k] for k in arena.required], votes)

    def agree(self, where: Mask, deal: Index, speaker: int | Index, accepted: Mask) -> None:
        """End talks in an agreement; where the agreement needs who proposes without being serious, it backs out."""
        ends = where & self.going
        if not np.any(ends):
            return
        holds = ends
        if not self._all_serious:
            real = accepted.copy()
            for k, chair in enumerate(self.chairs):
                real[k] &= chair.seat.serious | (np.asarray(speaker) != k)
            holds = ends & self.consents(real)
            self.end(ends & ~holds, Stop.BAD_FAITH)
        self.deal[self.world[holds]] = deal[holds]
        self.end(holds, Stop.AGREED)

    @property
    def is_unanimous(self) -> bool:
        """Whether everybody at the table has to agree."""
        return len(self.arena.required) == len(self.chairs)

    def note_refusal(self, deal: Index, refused: Mask) -> None:
        """Remember whether an offer crossed a real red line of somebody who refused it: (seat, live)."""
        if not self._has_lines:
            return
        crossed = np.zeros(len(self.row), np.bool_)
        for k, chair in enumerate(self.chairs):
            crossed |= refused[k] & np.any(chair.seat.real & chair.seat.crosses.T[deal], axis=1)
        heard = self.going & (deal >= 0)
        self.crossed[self.world[heard]] = crossed[heard]

    def end(self, where: Mask, stop: Stop) -> None:
        """End talks in some worlds, (live,), that still go on."""
        ends = where & self.going
        if not np.any(ends):
            return
        self.stop[self.world[ends]] = stop
        self.ended[self.world[ends]] = self.round
        self.going &= ~ends

    def end_round(self) -> None:
        """Let talks break down where they do, and drop worlds that no longer talk."""
        # Nothing follows the last round that could break down: talks have run out of time.
        if self._may_break_down and self.round < self.arena.rules.n_rounds - 1:
            self.end(self.breaks_down <= self.round, Stop.BREAKDOWN)
        n_going = np.count_nonzero(self.going)
        if 0 < n_going < _STAYS * len(self.going):
            self._drop(self.going.copy())

    def _drop(self, keep: Mask) -> None:
        for chair in self.chairs:
            chair.keep(keep)
        self.beliefs = [belief.of(keep) for belief in self.beliefs]
        self.memory = {name: array[..., keep] for name, array in self.memory.items()}
        self.world, self.row, self.breaks_down = self.world[keep], self.row[keep], self.breaks_down[keep]
        self.going = self.going[keep]

    @property
    def time(self) -> float:
        """The share of the time that is gone: (round + 1) / (n_rounds + 1)."""
        return (self.round + 1) / (self.arena.rules.n_rounds + 1)

    def tell(self, turn: Callable[[], Turn]) -> None:
        """Tell the listener of a turn, if there is one."""
        if self.listener is not None:
            self.listener(turn())

    def _risk(self, k: int) -> tuple[Array, Array, Array]:
        """Compare the risks of a party and of the others, as it believes; see `Moment.risk`."""
        me, others = self.chairs[k], [j for j in range(len(self.chairs)) if j != k]
        offered = np.stack([self.chairs[j].offer for j in others])
        # Who has not offered anything yet stands at the best of its menu.
        mine = np.where(me.offer >= 0, me.offer, me.menu.deal[me.menu.row, me.menu.size[me.menu.row] - 1])
        gains = np.stack([np.maximum(me.gain(deal), 0.0).astype(np.float64) for deal in offered])
        bid = np.max(gains, axis=0)
        # Nobody gives way to others who have not offered anything yet.
        own = np.where(np.any(offered >= 0, axis=0), _risk_of(me.gain(mine).astype(np.float64), bid), np.inf)
        risks = np.stack([self._others_risk(j, mine, self.chairs[j].offer) for j in others])
        least = np.argmin(risks, axis=0)
        theirs = np.min(risks, axis=0)
        # What the concession has to beat: the risk of the one with the least, at every deal of the menu.
        at = np.stack([self._others_risk(j, me.menu.deals(), self.chairs[j].offer[:, None]) for j in others])
        there = np.take_along_axis(at, least[None, :, None], axis=0)[0]
        menu = me.menu.gains().astype(np.float64)
        points = np.where(np.isinf(menu), -np.inf, menu)
        good = (_risk_of(points, bid[:, None]) > there) & (points < me.gain(mine)[:, None])
        # No lower than what the others offer already; that too where no smaller concession will do.
        enough = np.maximum(np.max(np.where(good, points, -np.inf), axis=1), bid)
        return own, theirs, me.menu.level(enough)

    def _others_risk(self, j: int, mine: Index, theirs: Index) -> Array:
        """Give the risk of another seat between its own offer and deals of mine, as is believed."""
        seat, belief = self.chairs[j].seat, self.chairs[j].belief
        each = np.arange(len(belief.weight)).reshape(-1, *[1] * (mine.ndim - 1))

        def worth(deal: Index) -> Array:
            value = sum(belief.weight[each, h] * seat.value[h][deal] for h in range(len(seat.value)))
            return np.where(deal < 0, 0.0, np.maximum(believed_gain(seat, np.asarray(value)), 0.0))

        return np.where(theirs < 0, 1.0, _risk_of(worth(theirs), worth(mine)))


def who_leaves(required: Sequence[int], seats: Sequence[Seat], beliefs: Sequence[Belief]) -> Mask:
    """Tell which parties believe too little, of somebody else without whom there is no agreement, that it is serious.

    Parameters
    ----------
    required : sequence of int
        The seats without which there is no agreement: no other ends talks, nor is any other's seriousness asked after.
    seats, beliefs : sequences, (seat,)
        Over the same worlds.

    Returns
    -------
    bool array (seat, world)
    """
    leaves = np.zeros((len(seats), len(seats[0].serious)), np.bool_)
    for k in required:
        for other in required:
            if other != k:
                leaves[k] |= beliefs[other].serious < seats[k].walks_out_below
    return leaves


def _risk_of(own: Array, bid: Array) -> Array:
    """Give Zeuthen's risk: the loss by giving in, as a share of that by breaking up; 1 with nothing to lose."""
    share = (own - bid) / np.where(own > 0, own, 1.0)
    return np.where(own > 0, np.maximum(share, 0.0), 1.0)
