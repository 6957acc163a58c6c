"""When sessions are held and who speaks there, how long talks last, and how much of the time is gone: one world.

The first part of the second model of calendars, tests/reference_talks.py.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from math import exp, inf, log

from negsim.bargaining.table import Table
from negsim.bargaining.talk import Talk
from negsim.errors import Path
from negsim.model.sampling import BLOCK, SERIES, sample_step
from negsim.scenario.bargaining import Protocol
from negsim.scenario.talks import (
    Envoy,
    Extensible,
    Firm,
    Hazard,
    Observation,
    Session,
    Talks,
    WhatIf,
)
from negsim.scenario.types import Scenario
from negsim.talks.steps import Steps
from tests.reference_changes import Changes


@dataclass(frozen=True)
class Sitting:
    """One meeting: its day, who speaks, and for how many rounds."""

    session: Session
    number: int
    day: int
    speakers: dict[str, Envoy]
    n_rounds: int
    seen: Observation | None


@dataclass
class Held:
    """What came of one meeting."""

    mismatch: bool
    zone: bool
    serious: list[bool]
    believed: list[float] = field(default_factory=list)
    went_on: bool = False


@dataclass
class Lived:
    """How a world went; as `negsim.talks.found.Found`, of one world."""

    stop: str = ""
    ended: int = -1
    deal: int = -1
    gain: list[float] = field(default_factory=list)
    agreed_at: int = -1
    extended: bool = False
    held: dict[int, Held] = field(default_factory=dict)
    struck: dict[str, int] = field(default_factory=dict)
    concluded: dict[str, int] = field(default_factory=dict)
    weight: dict[str, float] = field(default_factory=dict)
    choice: list[int] = field(default_factory=list)


def log_of(chance: float) -> float:
    return log(chance) if chance > 0 else -inf


class Timetable:
    """One world of a block and its calendar; ``lived`` is what came of it so far."""

    def __init__(self, table: Table, world: int, steps: Steps, what_if: WhatIf | None = None, block: int = 0) -> None:
        self.table, self.world, self.steps, self.what_if, self.block = table, world, steps, what_if, block
        self.scenario: Scenario = table.compiled.scenario
        assert self.scenario.talks is not None
        self.talks: Talks = self.scenario.talks
        draws = table.compiled.draws(block, world + 1)
        numbers = {path: float(values[world]) for path, values in draws.quantity.items()}
        coins = {path: float(values[world]) for path, values in draws.coin.items()}
        self.changes = Changes(self.scenario, numbers, coins, what_if)
        self.last, self.now = self._day(self.talks.horizon), self._day(self.talks.now)
        self.order = [party.id for party in table.parties]
        self.sittings = self._sittings()
        self.lived = Lived()
        self.talk: Talk | None = None
        self.due: dict[tuple[str, int, str], int] = {}
        self.at_once: list[tuple[str, str]] = []
        self.passed = -1
        self.flipped: dict[Path, int] = {}
        self.clock: dict[Path, tuple[float, float, int]] = {}
        self.expected: dict[tuple[str, int], list[float]] = {}
        self.counted: dict[str, list[int]] = {}
        self.heard: set[str] = set()
        self.crossed = self.ever = False
        self.patience = -log(self._breaks_down_by())
        self.day = 0
        self.in_earnest = True
        self.foreseen: dict[WhatIf | None, float] = {}

    def _day(self, date: dt.date | None, otherwise: int = 0) -> int:
        return otherwise if date is None else (date - self.talks.start).days

    def _u(self, *path: str) -> float:
        return float(self.steps(*path)[self.world])

    def _nth(self, path: Path, k: int) -> float:
        """The number of a step of a path."""
        first = k // SERIES * SERIES
        return float(self.steps.series(path, first, k + 1)[k - first, self.world])

    def _weigh(self, seen: Observation, log_likelihood: float) -> None:
        self.lived.weight[seen.id] = self.lived.weight.get(seen.id, 0.0) + log_likelihood

    @property
    def alive(self) -> bool:
        return not self.lived.stop

    def _end(self, stop: str) -> None:
        if self.alive:
            self.lived.stop, self.lived.ended = stop, self.day
            self.in_earnest = all(self.changes.is_serious(self.order[k], self.day) for k in self._required())

    def _required(self) -> list[int]:
        return [k for k, party in enumerate(self.table.order) if party in self.table.compiled.consent.required]

    def _sittings(self) -> list[Sitting]:
        protocol, found = self.scenario.protocol or Protocol(), []
        for session in self.talks.sessions:
            days = [self._day(session.date)]
            if session.every is not None:
                until = self._day(session.end, self.last)
                days = list(range(self._day(session.start), until + 1, session.every))
            rounds = protocol.rounds_a_session if session.exchanges is None else session.exchanges
            if protocol.kind == "take_it_or_leave_it":
                rounds = 1
            seen = next((one for one in self.talks.observed if one.session == session.id), None)
            for number, day in enumerate(days, 1):
                place = number if session.every is not None else 0
                speakers = self._speakers(session, day)
                found.append(Sitting(session, place, day, speakers, 0 if session.agenda else rounds, seen))
        return [one for day in range(self.last + 1) for one in found if one.day == day]

    def _speakers(self, session: Session, day: int) -> dict[str, Envoy]:
        moved = dict(self.what_if.tracks) if self.what_if and day > self.now else {}
        track = moved.get(session.track, session.track)
        tracks = {one.id: dict(one.delegations) for one in self.talks.tracks}
        sent = dict(session.delegations)
        for party, envoy in tracks.get(track, {}).items():
            if track != session.track or party not in sent:
                sent[party] = envoy
        envoys = {one.id: one for one in self.talks.envoys}
        return {party: envoys[name] for party, name in sent.items()}

    def _rounds_before(self, place: int) -> int:
        return sum(one.n_rounds for one in self.sittings[:place])

    def _ends(self) -> list[int]:
        deadline = self.talks.deadline
        if isinstance(deadline, Firm):
            return [self._day(deadline.date)]
        if isinstance(deadline, Extensible):
            days = [self._day(deadline.date) + deadline.by * k for k in range(deadline.times + 1)]
            return sorted({min(day, self.last) for day in days})
        return [self.last]

    def _times(self, place: int) -> tuple[float, ...]:
        """The share of time gone at each round: (held + 1) / (1 + max(held + 1, rounds expected in all))."""
        here, first = self.sittings[place], self._rounds_before(place)
        chances = [(one.n_rounds, self._p_on(one.day, here.day)) for one in self.sittings[place + 1 :]]
        expected = first + here.n_rounds + sum(n * p for n, p in chances)
        certain = first + here.n_rounds + sum(n for n, p in chances if p == 1)
        return tuple((held + 1) / (1 + max(held + 1, expected)) for held in range(certain))

    def _p_on(self, day: int, now: int) -> float:
        deadline = self.talks.deadline
        if day > self._ends()[-1]:
            return 0.0
        if isinstance(deadline, Extensible):
            chance = self._foreseen(("talks", "deadline", "extensible", "chance"))
            return float(chance ** sum(now <= end < day for end in self._ends()))
        if isinstance(deadline, Hazard):
            at_risk = max(0, day - max(now, self._day(deadline.start)))
            return exp(-at_risk / self._foreseen(("talks", "deadline", "hazard", "mean")))
        return 1.0

    def _foreseen(self, path: Path) -> float:
        """The mean of a quantity over the first block: what everybody thinks of it, of a what-if once it holds."""
        asked = self.what_if if self.day > self.now else None
        if asked not in self.foreseen:
            drawn = self.table.compiled.draws(0, BLOCK).quantity
            found = []
            for world in range(BLOCK):
                numbers = {name: float(values[world]) for name, values in drawn.items()}
                changes = Changes(self.scenario, numbers, {}, asked)
                if asked is not None:
                    changes.strike(("talks", "what_if", asked.id), asked.effects, 0, 1)
                found.append(changes.value(path, 0))
            self.foreseen[asked] = sum(found) / len(found)
        return self.foreseen[asked]

    def _breaks_down_by(self) -> float:
        compiled = self.table.compiled
        drawn = sample_step(("protocol", "breaks_down"), sampler=compiled.sampler, seed=compiled.seed, block=self.block)
        return float(drawn[self.world])
