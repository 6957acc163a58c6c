"""One negotiation told step by step: who offered what, who refused it and why, what was learned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from negsim.bargaining.arena import Arena
from negsim.bargaining.beliefs import Belief, first_belief
from negsim.bargaining.judging import held_gain, reasons
from negsim.bargaining.play import play
from negsim.bargaining.prospects import tactic_of
from negsim.bargaining.protocols.single_text import MEDIATOR
from negsim.bargaining.seating import Drawn, draw_worlds, seat_everybody
from negsim.bargaining.stops import Stop
from negsim.bargaining.table import Table, make_table
from negsim.bargaining.talk import Turn, who_leaves
from negsim.errors import UsageError
from negsim.model.outcomes import spell
from negsim.model.sampling import BLOCK
from negsim.model.values import UNITS_PER_POINT
from negsim.model.worlds import Worlds
from negsim.scenario.types import Scenario
from negsim.zone.acceptance import accepts_outcomes
from negsim.zone.analysis import check_request
from negsim.zone.compiled import compile_scenario
from negsim.zone.existence import zone_exists

__all__ = ["Answer", "Learned", "Refusal", "Start", "Step", "Trace", "trace_talks"]

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one party said to an offer.

    ``gain`` is what the deal is worth to it over no deal, in points; None where it crosses a real red line of its own:
    one of ``crossed``. ``short`` is by how many points it misses what the party would take now, 0 where it does not;
    None where nothing would do: the party is not ``serious``, stalls, or accepts no deal at all.
    """

    party: str
    accepted: bool
    gain: float | None
    short: float | None
    crossed: tuple[str, ...]
    serious: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """Who does not sit at the table and refuses a deal, and which real red lines of its own it crosses: (id, ...)."""

    actor: str
    crossed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One offer and the answers to it.

    ``session`` and ``round`` count from 1 and are those of the offer, wherever it is answered; ``speaker`` is empty for
    a mediator. ``options`` spell the deal out, ``moved`` are those of them that differ from the speaker's last offer.
    ``gain`` is what it is worth to the speaker, in points. ``suits`` tells whether those agree who are not at the table
    but whose consent the deal needs.
    """

    session: int
    round: int
    speaker: str
    options: Options
    moved: Options
    gain: float | None
    answers: tuple[Answer, ...]
    refused_by: tuple[Refusal, ...] = ()

    @property
    def suits(self) -> bool:
        """Whether those agree who are not at the table but whose consent the deal needs."""
        return not self.refused_by


@dataclass(frozen=True, slots=True)
class Learned:
    """What a session taught the others about one party: beliefs before and after it.

    ``weights`` are ``(issue, before, after)``, the weight that each issue is thought to have; ``red_lines`` ``(line,
    before, after)`` the probability that each is real; ``serious`` the probability that the party is.
    """

    session: int
    party: str
    weights: tuple[tuple[str, float, float], ...]
    red_lines: tuple[tuple[str, float, float], ...]
    serious: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Start:
    """What is true of one party in the world: its tactic with its parameters, which red lines are real, no deal."""

    party: str
    tactic: str
    parameters: tuple[tuple[str, float], ...]
    no_deal: float
    real: tuple[tuple[str, bool], ...]
    serious: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """The talks of one world.

    ``has_zone`` tells whether there is a zone in the world. ``deal`` and ``gains`` say what was agreed, and what it
    gives each over no deal in points; empty without agreement, or where the deal was rejected at home: then ``deal`` is
    what was rejected. ``signed`` are the signatories who said yes to it, ``refused_by`` those who refuse it at home.
    ``left`` are those who leave, where talks end so.
    """

    world: int
    seed: int
    n_rounds: int
    kind: str
    starts: tuple[Start, ...]
    steps: tuple[Step | Learned, ...]
    stop: str
    round: int
    deal: Options
    gains: tuple[tuple[str, float], ...]
    has_zone: bool
    left: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    refused_by: tuple[Refusal, ...] = ()


def trace_talks(scenario: Scenario, *, world: int = 0, seed: int = 0, sampler: str = "lhs") -> Trace:
    """Tell the talks of one world, the very ones of that world in `bargain`.

    Parameters
    ----------
    scenario : Scenario
    world : int
        Counted from 0.
    seed, sampler
        As for `bargain`.

    Returns
    -------
    Trace

    Raises
    ------
    UsageError, ScenarioError
        As for `bargain`; if the world is below 0.
    """
    check_request(1, None, seed, 1)
    if world < 0:
        raise UsageError(f"worlds are counted from 0; there is none {world}")
    table = make_table(compile_scenario(scenario, seed, sampler))
    place = world % BLOCK
    drawn = draw_worlds(table, world // BLOCK, place + 1)
    arena = seat_everybody(table, drawn).only(place)
    here = np.arange(place + 1) == place
    truth = drawn.truth.select(here)
    writer = _Writer(table, arena, truth)
    ended = play(arena, listener=writer.hear, on_session=writer.learn)
    zone = zone_exists(table.compiled, truth)
    stop = Stop(int(reasons(table, arena, truth, zone, ended)[0]))
    deal = int(ended.deal[0])
    agreed = np.full(1, stop == Stop.AGREED)
    wishes = drawn.wishes.select(here)
    return Trace(
        world=world,
        seed=seed,
        n_rounds=arena.rules.n_rounds,
        kind=arena.rules.kind,
        starts=_starts(table, arena, drawn, place),
        steps=tuple(writer.steps),
        stop=stop.word,
        round=int(ended.round[0]) + 1,
        deal=writer.spelled(deal) if deal >= 0 else (),
        gains=tuple(
            (seat.name, float(held_gain(table, arena, wishes, k, ended, agreed)[0]) / UNITS_PER_POINT)
            for k, seat in enumerate(arena.seats)
            if agreed[0]
        ),
        has_zone=bool(zone[0]),
        left=writer.leavers() if stop == Stop.WALK_OUT else (),
        signed=writer.signed() if deal >= 0 else (),
        refused_by=writer.refusals(deal, at_home=True) if stop == Stop.REJECTED_AT_HOME else (),
    )


def _starts(table: Table, arena: Arena, drawn: Drawn, place: int) -> tuple[Start, ...]:
    return tuple(
        Start(
            party=party.id,
            tactic=tactic_of(party).name,
            parameters=tuple((name, float(values[0])) for name, values in seat.parameter.items()),
            no_deal=float(drawn.wishes.no_deal[k][place]) / UNITS_PER_POINT,
            real=tuple((line.id, bool(seat.real[0, n])) for n, line in enumerate(party.red_lines)),
            serious=bool(seat.serious[0]),
        )
        for k, party, seat in zip(table.order, table.parties, arena.seats, strict=True)
    )


class _Writer:
    """Writes down what happens, as it happens."""

    def __init__(self, table: Table, arena: Arena, truth: Worlds) -> None:
        self.steps: list[Step | Learned] = []
        self._session = 0
        self._table, self._arena, self._truth = table, arena, truth
        self._before = [first_belief(seat, 1) for seat in arena.seats]
        self._last: dict[int, Options] = {}

    def spelled(self, deal: int) -> Options:
        """Spell a deal out."""
        return spell(self._table.compiled.scenario, self._table.choices[deal])

    def hear(self, turn: Turn) -> None:
        """Write down an offer, or one more answer to the last one."""
        deal = int(turn.deal[0])
        # Where all offer at once, nobody answers those that come after one that is agreed on.
        if deal < 0 or not np.any(turn.asked):
            return
        speaker, when = (int(np.broadcast_to(one, 1)[0]) for one in (turn.speaker, turn.round))
        answers = tuple(self._answer(turn, k, deal) for k in np.flatnonzero(turn.asked[:, 0]).tolist())
        options = self.spelled(deal)
        before = self._last.get(speaker, ())
        name = "" if speaker == MEDIATOR else self._arena.seats[speaker].name
        rounds = self._arena.rules.rounds
        step = Step(
            session=when // rounds + 1,
            round=when + 1,
            speaker=name,
            options=options,
            moved=tuple(option for option in options if before and option not in before),
            gain=None if speaker == MEDIATOR else self._gain(speaker, deal),
            answers=answers,
            refused_by=() if turn.suits[0] else self.refusals(deal, at_home=False),
        )
        self._last[speaker] = options
        self.steps.append(step)

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
