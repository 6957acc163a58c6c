"""The state of K talks at once, and what every protocol does with it: speak, hear, answer, agree, end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena, Seat
from negsim.bargaining.beliefs import Belief, Evidence, first_belief
from negsim.bargaining.chairs import Chair, Kept, read_only
from negsim.bargaining.hands import Hand, HeldChair
from negsim.bargaining.outlook import menu_of, outlook_of, proposals_of
from negsim.bargaining.risks import compare_risks
from negsim.bargaining.stops import Stop
from negsim.bargaining.tactics import TACTICS
from negsim.bargaining.tactics.base import Array, Moment, Stance
from negsim.bargaining.tactics.checking import checked_stance
from negsim.records import dataclass

__all__ = ["Before", "Listener", "Talk", "Turn", "who_leaves"]

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


@dataclass(frozen=True, slots=True)
class Before:
    """How `Talk` stood at a moment: what it takes to undo what comes after."""

    stop: NDArray[np.int8]
    deal: Index
    ended: Index
    crossed: Mask
    going: Mask
    memory: dict[str, NDArray[Any]]
    chairs: list[Kept]


class Talk:
    """K talks, all in the same round.

    ``world`` (live,) are the positions of the worlds still in the arrays, ``going`` (live,) those of them that still
    talk. ``stop``, ``deal`` and ``ended`` (world,) are what came of all: why talks ended, the deal (-1: none) and the
    round in which they did. ``memory`` holds what a protocol keeps from turn to turn, arrays whose last axis is live.
    With ``keeps_ended``, worlds whose talks ended stay in the arrays until `drop_ended` is called. ``hands`` play some
    seats from outside, where there is but one world.
    """

    def __init__(
        self,
        arena: Arena,
        tempers: Sequence[float] = (),
        listener: Listener | None = None,
        *,
        keeps_ended: bool = False,
        hands: Mapping[int, Hand] | None = None,
    ) -> None:
        self.listener = listener
        self.hands = hands or {}
        self.keeps_ended = keeps_ended
        n = arena.n_worlds
        self.stop = np.full(n, Stop.OPEN, np.int8)
        self.deal = np.full(n, -1)
        self.ended = np.full(n, arena.rules.n_rounds - 1)
        self.crossed = np.zeros(n, np.bool_)
        self.world = np.arange(n)
        self.going = np.ones(n, np.bool_)
        self.round = 0
        self.memory: dict[str, NDArray[Any]] = {}
        self.beliefs = [first_belief(seat, n) for seat in arena.seats]
        self.chairs: list[Chair] = []
        self._first: dict[str, NDArray[Any]] = {}
        self._away: tuple[Before, Mask] | None = None
        self._alike = True
        self._tempers = tempers or [1.0] * len(arena.seats)
        self.reseat(arena)

    def reseat(self, arena: Arena) -> None:
        """Sit down for a session at a new table, in the same worlds.

        Of each world, what is believed, what was asked for and offered last, what was heard and what the protocol keeps
        stay; all else is the new table's. Deals are the same ones, and so are the kind of protocol and the seats, whose
        tactics may be others.

        Parameters
        ----------
        arena : Arena
            Over all K worlds, of which those count that are still in the arrays; or over these alone, in their order,
            though its ``drafts`` are over all.
        """
        here = self.world if arena.n_worlds == len(self.stop) else np.arange(len(self.world))
        self.arena = arena
        self.row, self.breaks_down = arena.row[here], arena.breaks_down[here]
        self._has_lines = any(len(seat.firmness) for seat in arena.seats)
        self._may_break_down = bool(np.any(np.isfinite(arena.breaks_down)))
        self._all_serious = all(np.all(seat.serious) for seat in arena.seats)
        self._sit_down([seat.among(here) for seat in arena.seats])

    @property
    def is_over(self) -> bool:
        """Whether no world talks any more."""
        return not np.any(self.going)

    def open_session(self) -> None:
        """Let everybody make up its mind anew, by what it believes now."""
        self._sit_down([chair.seat for chair in self.chairs])

    def _sit_down(self, seats: Sequence[Seat]) -> None:
        arena = self.arena
        fresh = []
        for k, seat in enumerate(seats):
            allowed = proposals_of(arena, k, self.row, self.beliefs, alike=self._alike)
            menu = menu_of(arena, k, self.row, self.beliefs, allowed, alike=self._alike)
            planner = seat.tactic.plan
            plan = np.zeros((0, len(self.row)))
            if planner is not None:
                known = outlook_of(arena, k, self.row, self.beliefs, allowed, menu, self.round, seat.parameter)
                plan = planner(known)
            held = (seat, self.row, self.beliefs[k], Evidence(seat, self.beliefs[k]), menu, plan, self._tempers[k])
            chair = HeldChair(*held, hand=self.hands[k]) if k in self.hands else Chair(*held)
            if self.chairs:
                chair.follow(self.chairs[k])
            fresh.append(chair)
        self.chairs = fresh

    def learn(self) -> None:
        """Let everybody learn from the session that is over."""
        self._alike = False
        self.beliefs = [chair.belief.after(chair.evidence) for chair in self.chairs]

    def believe(self, beliefs: Sequence[Belief]) -> None:
        """Let everybody believe something else of each seat, world by world; offers follow from the next session on."""
        self._alike = False
        self.beliefs = list(beliefs)

    def let_leave(self) -> None:
        """End talks where a party does not believe any more that others are serious.

        Only parties without whom there is no agreement can end talks so, and only their seriousness matters. They leave
        between sessions: after the round before the next.
        """
        leaves = who_leaves(self.arena.required, [chair.seat for chair in self.chairs], self.beliefs)
        self.end(np.any(leaves, axis=0), Stop.WALK_OUT, between=True)

    def sit_out(self, where: Mask) -> None:
        """Let the talks of some worlds, (live,), stand still until `sit_in`: nothing is said or heard, none ends."""
        self._away = self.remember(), where
        self.going &= ~where

    def sit_in(self) -> None:
        """Let worlds that sat out go on as if nothing had been."""
        if self._away is not None:
            self.undo(*self._away)
            self._away = None

    def remember(self) -> Before:
        """Write down how all stands in a session, so that what follows can be undone before anybody learns from it.

        No worlds must be dropped in between: for talks that keep those that ended.
        """
        return Before(
            self.stop.copy(),
            self.deal.copy(),
            self.ended.copy(),
            self.crossed.copy(),
            self.going.copy(),
            {name: array.copy() for name, array in self.memory.items()},
            [chair.remember() for chair in self.chairs],
        )

    def undo(self, before: Before, where: Mask) -> None:
        """Take back in some worlds, (live,), all that was said and done since, as if they had sat out."""
        worlds = self.world[where]
        self.stop[worlds], self.deal[worlds] = before.stop[worlds], before.deal[worlds]
        self.ended[worlds], self.crossed[worlds] = before.ended[worlds], before.crossed[worlds]
        self.going = np.where(where, before.going, self.going)
        # Before the first round, a protocol keeps what it begins with.
        kept = before.memory or self._first
        self.memory = {name: np.where(where, kept[name], array) for name, array in self.memory.items()}
        for chair, held in zip(self.chairs, before.chairs, strict=True):
            chair.take_back(held, where)

    def begin(self, first: Callable[[], dict[str, NDArray[Any]]]) -> dict[str, NDArray[Any]]:
        """Give the memory of the protocol, which begins with something: arrays whose last axis is live."""
        if not self.memory:
            self.memory = first()
            self._first = {name: array.copy() for name, array in self.memory.items()}
        return self.memory

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
            time=self.time,
            final=final,
            parameter=chair.parameter,
            level=read_only(chair.level),
            heard=heard,
            news=news,
            plan=chair.plan,
            risk=lambda: compare_risks(self.chairs, k),
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
        accepted = self.chairs[k].answer(deal, stance.take, asked)
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

    def end(self, where: Mask, stop: Stop, *, between: bool = False) -> None:
        """End talks in some worlds, (live,), that still go on: in this round, or ``between`` the last and this one."""
        ends = where & self.going
        if not np.any(ends):
            return
        self.stop[self.world[ends]] = stop
        self.ended[self.world[ends]] = max(self.round - 1, 0) if between else self.round
        self.going &= ~ends

    def end_round(self) -> None:
        """Let talks break down where they do, and drop worlds that no longer talk."""
        # Nothing follows the last round that could break down: talks have run out of time.
        rules = self.arena.rules
        if self._may_break_down and (rules.goes_on or self.round < rules.n_rounds - 1):
            self.end(self.breaks_down <= self.round, Stop.BREAKDOWN)
        n_going = np.count_nonzero(self.going)
        if not self.keeps_ended and self._away is None and 0 < n_going < _STAYS * len(self.going):
            self._drop(self.going.copy())

    def drop_ended(self) -> None:
        """Drop worlds that no longer talk, unless none does any more; between sessions."""
        if not np.all(self.going) and not self.is_over:
            self._drop(self.going.copy())

    def _drop(self, keep: Mask) -> None:
        for chair in self.chairs:
            chair.keep(keep)
        self.beliefs = [belief.of(keep) for belief in self.beliefs]
        self.memory = {name: array[..., keep] for name, array in self.memory.items()}
        self._first = {name: array[..., keep] for name, array in self._first.items()}
        self.world, self.row, self.breaks_down = self.world[keep], self.row[keep], self.breaks_down[keep]
        self.going = self.going[keep]

    @property
    def time(self) -> float:
        """The share of the time that is gone."""
        return self.arena.rules.time(self.round)

    def tell(self, turn: Callable[[], Turn]) -> None:
        """Tell the listener of a turn, if there is one."""
        if self.listener is not None:
            self.listener(turn())


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
