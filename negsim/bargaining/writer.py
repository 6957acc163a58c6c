"""Writing down one negotiation while it goes on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

import numpy as np

from negsim.bargaining.arena import Arena
from negsim.bargaining.beliefs import Belief
from negsim.bargaining.protocols.single_text import MEDIATOR
from negsim.bargaining.table import Table
from negsim.bargaining.talk import Turn, who_leaves
from negsim.bargaining.told import Answer, Learned, Options, Refusal, Start, Step
from negsim.model.outcomes import spell
from negsim.model.values import UNITS_PER_POINT
from negsim.model.worlds import Worlds
from negsim.zone.acceptance import accepts_outcomes

__all__ = ["Writer", "starts_of"]


def starts_of(table: Table, arena: Arena, wishes: Worlds) -> tuple[Start, ...]:
    """Say what is true of each signatory in the one world of an arena."""
    return tuple(
        Start(
            party=party.id,
            tactic=seat.tactic.name,
            parameters=tuple((name, float(values[0])) for name, values in seat.parameter.items()),
            no_deal=float(wishes.no_deal[k][0]) / UNITS_PER_POINT,
            real=tuple((line.id, bool(seat.real[0, n])) for n, line in enumerate(party.red_lines)),
            serious=bool(seat.serious[0]),
        )
        for k, party, seat in zip(table.order, table.parties, arena.seats, strict=True)
    )


class Writer:
    """Writes down what happens in one world, as it happens.

    Parameters
    ----------
    table : Table
    arena : Arena
        Of that world alone.
    truth : Worlds
        That world, in which who is not serious takes nothing.
    beliefs : sequence of Belief
        What is believed of each seat when it begins.
    last : dict of int to Options, optional
        What each seat offered last, before that.
    settled : mapping of str to str, optional
        Issues that were settled before, each with its option: no deal has another.
    begins : sequence of int, optional
        The first round, from 0, of each session up to this one, where they are not all as long.
    """

    def __init__(
        self,
        table: Table,
        arena: Arena,
        truth: Worlds,
        beliefs: Sequence[Belief],
        last: dict[int, Options] | None = None,
        settled: Mapping[str, str] | None = None,
        begins: Sequence[int] = (),
    ) -> None:
        self.steps: list[Step | Learned] = []
        self.last = {} if last is None else last
        self._settled = settled or {}
        self._begins, self._session = begins, max(len(begins) - 1, 0)
        self._table, self._arena, self._truth = table, arena, truth
        self._before = list(beliefs)

    def spelled(self, deal: int) -> Options:
        """Spell a deal out."""
        spelled = spell(self._table.compiled.scenario, self._table.choices[deal])
        return tuple((issue, self._settled.get(issue, option)) for issue, option in spelled)

    def hear(self, turn: Turn) -> None:
        """Write down an offer, or one more answer to the last one."""
        deal = int(turn.deal[0])
        # Where all offer at once, nobody answers those that come after one that is agreed on.
        if deal < 0 or not np.any(turn.asked):
            return
        speaker, when = (int(np.broadcast_to(one, 1)[0]) for one in (turn.speaker, turn.round))
        answers = tuple(self._answer(turn, k, deal) for k in np.flatnonzero(turn.asked[:, 0]).tolist())
        options = self.spelled(deal)
        before = self.last.get(speaker, ())
        name = "" if speaker == MEDIATOR else self._arena.seats[speaker].name
        step = Step(
            session=self._session_of(when),
            round=when + 1,
            speaker=name,
            options=options,
            moved=tuple(one for one in options if before and one not in before and one[0] not in self._settled),
            gain=None if speaker == MEDIATOR else self._gain(speaker, deal),
            answers=answers,
            refused_by=() if turn.suits[0] else self.refusals(deal, at_home=False),
        )
        self.last[speaker] = options
        self.steps.append(step)

    def _session_of(self, number: int) -> int:
        """Count the session of a round, from 1."""
        return bisect_right(self._begins, number) if self._begins else number // self._arena.rules.rounds + 1

    def signed(self) -> tuple[str, ...]:
        """Name those who said yes to the last offer, who made it included, in the order of speaking."""
        offers = [step for step in self.steps if isinstance(step, Step)]
        last = offers[-1]
        same = [step for step in offers if (step.speaker, step.options) == (last.speaker, last.options)]
        yes = {last.speaker, *(answer.party for step in same for answer in step.answers if answer.accepted)}
        return tuple(seat.name for seat in self._arena.seats if seat.name in yes)

    def refusals(self, deal: int, *, at_home: bool) -> tuple[Refusal, ...]:
        """Name those who ratify, or those who consent without sitting at the table, and refuse a deal."""
        compiled, deals = self._table.compiled, self._table.deals.pick([deal])
        scenario, cell = compiled.scenario, deals.cell
        found = []
        for k in compiled.consent.required:
            actor, cells = scenario.actors[k], compiled.structure.parties[k]
            is_home = k >= len(scenario.parties)
            if is_home != at_home or k in self._table.order or not cells.needed[cell[0]]:
                continue
            if not accepts_outcomes(self._truth, k, deals)[0, 0]:
                crossed = self._truth.real[k][0] & cells.crossed[cells.signature[cell[0]]]
                lines = tuple(line.id for line, hit in zip(actor.red_lines, crossed.tolist(), strict=True) if hit)
                found.append(Refusal(actor.id, lines))
        return tuple(found)

    def leavers(self) -> tuple[str, ...]:
        """Name those who believe too little, by what was learned last, that somebody else is serious."""
        seats = self._arena.seats
        leaves = who_leaves(self._arena.required, seats, self._before)[:, 0]
        return tuple(seat.name for seat, gone in zip(seats, leaves.tolist(), strict=True) if gone)

    def _gain(self, k: int, deal: int) -> float | None:
        gain = float(self._arena.seats[k].gain[0, deal])
        return gain / UNITS_PER_POINT if np.isfinite(gain) else None

    def _answer(self, turn: Turn, k: int, deal: int) -> Answer:
        seat, party = self._arena.seats[k], self._table.parties[k]
        gain, take = self._gain(k, deal), float(turn.take[k, 0])
        lines = [line.id for n, line in enumerate(party.red_lines) if seat.real[0, n] and seat.crosses[n, deal]]
        accepted = bool(turn.accepted[k, 0])
        short = None if gain is None or not np.isfinite(take) else max(0.0, take / UNITS_PER_POINT - gain)
        return Answer(party.id, accepted, gain, 0.0 if accepted else short, tuple(lines), bool(seat.serious[0]))

    def learn(self, _: object, beliefs: Sequence[Belief]) -> None:
        """Write down what was learned in a session."""
        self._session += 1
        if not self._arena.rules.learns or not len(beliefs[0].serious):
            return
        for k, belief in enumerate(beliefs):
            self.steps.append(self._learned(k, self._session, self._before[k], belief))
        self._before = list(beliefs)

    def _learned(self, k: int, session: int, before: Belief, after: Belief) -> Learned:
        thought, party = self._table.prospects[k], self._table.parties[k]
        weights = [np.sum(belief.weight[0][:, None] * thought.weight, axis=0) for belief in (before, after)]
        return Learned(
            session=session,
            party=party.id,
            weights=tuple((issue, float(a), float(b)) for issue, a, b in zip(thought.issues, *weights, strict=True)),
            red_lines=tuple(
                (line.id, float(before.real[0, n]), float(after.real[0, n])) for n, line in enumerate(party.red_lines)
            ),
            serious=(float(before.serious[0]), float(after.serious[0])),
        )
