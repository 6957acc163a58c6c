"""How a match stands: a pure function of the moves made so far, by playing them once more from the start.

The others are played by the engine of bargaining itself. Where it asks for a move that has not been made yet, playing
stops, and what it asked is the question to the person.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.beliefs import Belief, first_belief
from negsim.bargaining.hands import HeldChair
from negsim.bargaining.judging import reasons
from negsim.bargaining.play import Ended, play_out
from negsim.bargaining.stops import Stop
from negsim.bargaining.talk import Talk, Turn
from negsim.bargaining.writer import Writer
from negsim.errors import UsageError
from negsim.model.values import UNITS_PER_POINT
from negsim.teaching.playing.match import Match, Options, Setup
from negsim.teaching.playing.moves import ACCEPT, LEAVE, OFFER, PASS, REFUSE, Move
from negsim.teaching.playing.told import Ending, Question, State
from negsim.teaching.playing.witness import Witness
from negsim.zone.existence import zone_exists

__all__ = ["FITTING", "IllegalMoveError", "Played", "play_moves", "state_after"]

FITTING = {
    "offer": (OFFER, PASS, LEAVE),
    "answer": (ACCEPT, REFUSE, LEAVE),
    "draft": (ACCEPT, REFUSE, LEAVE),
}
"""Which moves answer which question; `final` is an answer too."""

_NOTHING_FOLLOWS = ("alternating_offers", "take_it_or_leave_it", "single_text")
"""Protocols under which nothing can be said after an answer in the last round."""


class IllegalMoveError(UsageError):
    """A move that does not answer what was asked."""


class _Waits(Exception):  # no error: the engine stands still until somebody moves
    """The next move has not been made yet."""

    def __init__(self, kind: str, deal: int, before: int, advice: float | None) -> None:
        super().__init__(kind)
        self.kind, self.deal, self.before, self.advice = kind, deal, before, advice


class _Leaves(Exception):
    """The person leaves, and without the person there is no agreement."""


class _Person:
    """A hand that makes the moves of a log, one after the other."""

    def __init__(self, match: Match, setup: Setup, moves: Sequence[Move]) -> None:
        self._match, self._setup, self._moves = match, setup, list(moves)
        self._next = 0
        self._gone = False
        self._offered = -1

    @property
    def unused(self) -> int:
        """How many moves are left over."""
        return len(self._moves) - self._next

    def offer(self, chair: HeldChair) -> int:
        if self._gone:
            return -1
        move = self._take(_Waits("offer", -1, -1, _points_asked(chair)))
        if move.kind != OFFER:
            return -1
        deal = self._deal(move.options)
        self._refuse_to_ask_for_more(chair, deal)
        self._offered = deal
        return deal

    def takes(self, chair: HeldChair, deal: int) -> bool:
        if self._gone:
            return False
        return self._take(_Waits("answer", deal, -1, _points_asked(chair))).kind == ACCEPT

    def lets_pass(self, chair: HeldChair, old: int, new: int) -> bool:
        if self._gone:
            return False
        return self._take(_Waits("draft", new, old, _points_asked(chair))).kind == ACCEPT

    def _take(self, waits: _Waits) -> Move:
        if not self.unused:
            raise waits
        move = self._moves[self._next]
        fitting = FITTING[waits.kind]
        if move.kind not in fitting:
            raise IllegalMoveError(f"move {self._next + 1} is {move.kind}, where one of {', '.join(fitting)} is due")
        self._next += 1
        if move.kind == LEAVE:
            self._gone = True
            if self._match.is_needed:
                raise _Leaves
        return move

    def _deal(self, options: Options) -> int:
        choice = self._match.choice_of(options)
        return int(np.flatnonzero(np.all(self._setup.table.choices == choice, axis=1))[0])

    def _refuse_to_ask_for_more(self, chair: HeldChair, deal: int) -> None:
        if self._setup.arena.rules.kind != "monotonic_concession" or self._offered < 0:
            return
        before, now = (float(chair.gain(np.full(1, one))[0]) for one in (self._offered, deal))
        if now > before:
            self._next -= 1
            raise IllegalMoveError(
                "under monotonic concession nobody asks for more than before: this deal is worth more to you than your"
                " last offer"
            )


def _points_asked(chair: HeldChair) -> float | None:
    """Say how many points beyond no deal the tactic of a seat would ask for or take now."""
    units = float(chair.units(np.full(1, chair.advice))[0])
    return max(units, 0.0) / UNITS_PER_POINT if np.isfinite(units) else None


class Played:
    """A match as far as it was played: the state, and for whoever tells of it afterwards, what nobody saw."""

    def __init__(self, state: State, setup: Setup, ended: Ended | None, writer: Writer) -> None:
        self.state, self.setup, self.ended, self.writer = state, setup, ended, writer


def state_after(match: Match, moves: Sequence[Move]) -> State:
    """Say how a match stands after some moves; see `play_moves`."""
    return play_moves(match, moves).state


def play_moves(match: Match, moves: Sequence[Move]) -> Played:
    """Play a match from the start by the moves of a log.

    Raises
    ------
    IllegalMoveError
        If a move does not answer what was asked when it was made, or there are moves after the end.
    """
    setups = match.set_tables([move.options for move in moves if move.kind == OFFER])
    setup, arena = setups[0], setups[0].arena
    person = _Person(match, setup, moves)
    beliefs = [first_belief(seat, 1) for seat in arena.seats]
    writer = Writer(setup.table, arena, setup.truth, beliefs, begins=match.begins if match.has_calendar else ())
    witness = Witness(match, setup)

    def hear(turn: Turn) -> None:
        writer.hear(turn)
        witness.hear(turn)

    def learn(worlds: NDArray[np.intp], beliefs: Sequence[Belief]) -> None:
        writer.learn(worlds, beliefs)

    talk = Talk(arena, listener=hear, hands={match.place: person})
    ended, question, ending = None, None, None
    try:
        sittings = [(one.arena, sitting.n_rounds) for one, sitting in zip(setups, match.sittings, strict=True)]
        ended = play_out(talk, learn, sittings)
        setup = setups[match.session_of(int(ended.round[0]))]
        ending = _ending(match, setup, ended, writer)
    except _Waits as waits:
        question = _question(match, setup, talk, waits, witness)
    except _Leaves:
        setup = setups[match.session_of(talk.round)]
        ending = Ending(Stop.WALK_OUT.word, *_when(match, talk.round), left=(match.party.id,))
    if person.unused:
        raise IllegalMoveError(f"{person.unused} moves were made after the end of the talks")
    return Played(State(tuple(witness.said), question, ending), setup, ended, writer)


def _when(match: Match, number: int) -> tuple[int, int]:
    """Give the session and the round, counted from 1."""
    return match.session_of(number) + 1, number + 1


def _question(match: Match, setup: Setup, talk: Talk, waits: _Waits, witness: Witness) -> Question:
    arena = setup.arena
    session, number = _when(match, talk.round)
    speaker = witness.speaker_of(talk) if waits.kind == "answer" else ""
    is_last = number == arena.rules.n_rounds and arena.rules.kind in _NOTHING_FOLLOWS
    offers = tuple(
        (seat.name, match.spelled(setup, int(chair.offer[0])))
        for k, (seat, chair) in enumerate(zip(arena.seats, talk.chairs, strict=True))
        if k != match.place and chair.offer[0] >= 0
    )
    own = int(talk.chairs[match.place].offer[0])
    return Question(
        kind="final" if waits.kind == "answer" and is_last else waits.kind,
        session=session,
        round=number,
        rounds_left=arena.rules.n_rounds - number,
        speaker=speaker,
        options=match.spelled(setup, waits.deal) if waits.deal >= 0 else (),
        before=match.spelled(setup, waits.before) if waits.before >= 0 else (),
        last=match.spelled(setup, own) if own >= 0 else (),
        offers=offers,
        earlier=witness.offers(),
        advice=waits.advice,
    )


def _ending(match: Match, setup: Setup, ended: Ended, writer: Writer) -> Ending:
    zone = zone_exists(match.compiled, setup.truth)
    stop = Stop(int(reasons(setup.table, setup.arena, setup.truth, zone, ended)[0]))
    deal = int(ended.deal[0])
    refused = writer.refusals(deal, at_home=True) if stop == Stop.REJECTED_AT_HOME else ()
    return Ending(
        stop.word,
        *_when(match, int(ended.round[0])),
        deal=match.spelled(setup, deal) if deal >= 0 else (),
        left=writer.leavers() if stop == Stop.WALK_OUT else (),
        refused_by=tuple(one.actor for one in refused),
    )
