"""The calendar of talks once more, as plainly as it can be written: one world, day after day, lists and loops.

From the definitions in the model's page, sections 7 and 8. What is offered and answered within a session is left to the
engine, one world at a table by itself; tests/reference_bargaining.py is the second model of that. All that a calendar
adds is written here anew: days, events and answers, changes (tests/reference_changes.py), counsel, partial agreements,
deadlines, the pressure of time, and what was seen.
"""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from dataclasses import dataclass, field
from math import exp, factorial, floor, inf, log, log1p, prod

import numpy as np

from negsim.bargaining.arena import Arena, Rules, Seat
from negsim.bargaining.beliefs import Belief
from negsim.bargaining.deals import gains_of
from negsim.bargaining.judging import holds_at_home
from negsim.bargaining.play import play_session
from negsim.bargaining.seating import drafts, open_deals, seat_party
from negsim.bargaining.stops import Stop
from negsim.bargaining.table import Table
from negsim.bargaining.talk import Talk
from negsim.errors import Path
from negsim.model.assumptions import Assumptions
from negsim.model.rebuilding import take_in_earnest
from negsim.model.sampling import BLOCK, sample_uniforms
from negsim.model.worlds import Worlds, build_worlds
from negsim.scenario.bargaining import Protocol
from negsim.scenario.no_deal import WarValue
from negsim.scenario.talks import (
    Envoy,
    Event,
    Extensible,
    Firm,
    Hazard,
    Observation,
    PartialAgreement,
    Session,
    Talks,
    WhatIf,
)
from negsim.scenario.types import Scenario
from negsim.talks.steps import Steps
from negsim.zone.existence import zone_exists
from tests import reference
from tests.reference_changes import Changes
from tests.reference_stakes import World

POINT = 100_000
IN_EARNEST = Assumptions(good_faith="drawn")


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


class Life:
    """One world of a block on its way through the calendar."""

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
        self.foreseen: dict[WhatIf | None, float] = {}

    # Days and names

    def _day(self, date: dt.date | None, otherwise: int = 0) -> int:
        return otherwise if date is None else (date - self.talks.start).days

    def _u(self, *path: str) -> float:
        return float(self.steps(*path)[self.world])

    def _breaks_down_by(self) -> float:
        path, compiled = ("protocol", "breaks_down"), self.table.compiled
        drawn = sample_uniforms([path], sampler=compiled.sampler, seed=compiled.seed, block=self.block)
        return float(drawn[path][self.world])

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

    # The course of days

    @property
    def alive(self) -> bool:
        return not self.lived.stop

    def live(self) -> Lived:
        for day in range(self.last + 1):
            self.day = day
            if self.what_if is not None and self.day == self.now + 1:
                self.changes.strike(("talks", "what_if", self.what_if.id), self.what_if.effects, self.day, 1)
            self._go_through_events()
            for seen in self.talks.observed:
                if seen.binomial is not None and self._day(seen.date, self.now) == self.day:
                    p = self.changes.value(seen.binomial.path, self.day)
                    hits, trials = seen.binomial.hits, seen.binomial.trials
                    ways = factorial(trials) / factorial(hits) / factorial(trials - hits)
                    self._weigh(seen, log_of(ways * p**hits * (1 - p) ** (trials - hits)))
            for place, sitting in enumerate(self.sittings):
                if sitting.day == self.day:
                    self._hold(place, sitting)
                    self._follow_at_once()
            self._pass_deadline()
        self._end("DEADLINE")
        self._say_why()
        return self.lived

    def _end(self, stop: str) -> None:
        if self.alive:
            self.lived.stop, self.lived.ended = stop, self.day
            self.in_earnest = all(self.changes.is_serious(self.order[k], self.day) for k in self._required())

    def _required(self) -> list[int]:
        return [k for k, party in enumerate(self.table.order) if party in self.table.compiled.consent.required]

    def _say_why(self) -> None:
        lived = self.lived
        if lived.stop in {"DEADLINE", "STANDSTILL"}:
            if not self.in_earnest:
                lived.stop = "BAD_FAITH"
            elif not self.ever:
                lived.stop = "NO_ZONE"
            elif self.crossed:
                lived.stop = "RED_LINE"
        issues = self.scenario.issues
        lived.choice = [-1] * len(issues)
        if lived.stop == "AGREED":
            made = self.table.choices[lived.deal].tolist()
            lived.choice = [self.changes.settled.get(issue.id, made[k]) for k, issue in enumerate(issues)]

    def _weigh(self, seen: Observation, log_likelihood: float) -> None:
        self.lived.weight[seen.id] = self.lived.weight.get(seen.id, 0.0) + log_likelihood

    def _pass_deadline(self) -> None:
        deadline = self.talks.deadline
        if isinstance(deadline, Hazard):
            if self.day >= self._day(deadline.start):
                mean = self.changes.value(("talks", "deadline", "hazard", "mean"), self.day)
                if self._arrivals(("talks", "deadline", "hazard"), 1 / mean):
                    self._end("DEADLINE")
        elif self.day in (ends := self._ends()):
            number, goes_on = ends.index(self.day), False
            if isinstance(deadline, Extensible) and self.day != ends[-1]:
                chance = self.changes.value(("talks", "deadline", "extensible", "chance"), self.day)
                goes_on = self._u("talks", "deadline", "put_off", str(number)) < chance
            if goes_on:
                self.lived.extended |= self.alive
            else:
                self._end("DEADLINE")

    def _ends(self) -> list[int]:
        deadline = self.talks.deadline
        if isinstance(deadline, Firm):
            return [self._day(deadline.date)]
        if isinstance(deadline, Extensible):
            days = [self._day(deadline.date) + deadline.by * k for k in range(deadline.times + 1)]
            return sorted({min(day, self.last) for day in days})
        return [self.last]

    def _arrivals(self, path: Path, rate: float) -> int:
        """How often a process strikes on a day: its own clock runs by the rate, and has gaps drawn for it."""
        clock, upcoming, count = self.clock.get(path, (0.0, -log(self._u(*path, "gap", "0")), 0))
        clock, before = clock + rate, count
        while upcoming <= clock:
            count += 1
            upcoming -= log(self._u(*path, "gap", str(count)))
        self.clock[path] = clock, upcoming, count
        return count - before

    # Events

    def _go_through_events(self) -> None:
        """All events of the day in the order of their ids: its own, then answers; what follows one at once comes next."""
        for place, event in enumerate(self.talks.events):
            self.passed = place
            self._strike(event, self._own(event), "event")
            for kind in ("event", "answer"):
                self._strike(event, self.due.pop((event.id, self.day, kind), 0), kind)
                self._follow_at_once()

    def _follow_at_once(self) -> None:
        """What follows on the same day, where its place in the order of events has passed."""
        while self.at_once:
            name, how = self.at_once.pop(0)
            follower = next(one for one in self.talks.events if one.id == name)
            self._strike(follower, self.due.pop((name, self.day, how), 0), how)

    def _own(self, event: Event) -> int:
        first, last = self._day(event.start), self._day(event.end, self.last)
        if event.date is not None:
            return int(self._day(event.date) == self.day)
        if event.every is not None:
            return int(first <= self.day <= last and (self.day - first) % event.every == 0)
        if event.rate is None:
            return 0
        path = ("talks", "events", event.id)
        rate = self.changes.value((*path, "rate"), self.day) if first <= self.day <= last else 0.0
        seen = self._count_of(event)
        if seen is None or not self._day(seen.start) <= self.day <= self._day(seen.end):
            return self._arrivals(path, rate) if first <= self.day <= last else 0
        return self._as_counted(event, seen, rate, first, last)

    def _count_of(self, event: Event) -> Observation | None:
        return next((one for one in self.talks.observed if one.event == event.id and one.count is not None), None)

    def _as_counted(self, event: Event, seen: Observation, rate: float, first: int, last: int) -> int:
        """As often as was seen, on days drawn evenly; weighed by the Poisson probability of each day's number."""
        since, until = self._day(seen.start), self._day(seen.end)
        if not any(answer.brings == event.id for answer in self.talks.reciprocity):
            since, until = max(since, first), min(until, last)
        n_days, count, path = until - since + 1, seen.count or 0, ("talks", "events", event.id)
        if n_days <= 0:
            self._weigh(seen, -inf if count else 0.0)
            return 0
        if event.id not in self.counted:
            self.counted[event.id] = [
                since + floor(self._u(*path, seen.id, "seen", str(k)) * n_days) for k in range(count)
            ]
            # How likely just these days were to be drawn, in any order; the days' own share is taken off below.
            self._weigh(seen, -log(factorial(count)) + count * log(n_days))
        times = self.counted[event.id].count(self.day)
        chance = self._chance(path, event)
        mean, answers = rate * chance, [1.0]
        for p in self.expected.pop((event.id, self.day), []):
            # One answer more: of so many, or of one fewer and this one.
            answers = [
                (answers[k] if k < len(answers) else 0.0) * (1 - p * chance)
                + (answers[k - 1] * p * chance if k else 0.0)
                for k in range(len(answers) + 1)
            ]
        likely = sum(
            p * exp(-mean) * mean ** (times - k) / factorial(times - k) for k, p in enumerate(answers) if k <= times
        )
        self._weigh(seen, log_of(likely * factorial(times)))
        return times

    def _chance(self, root: Path, happening: Event | PartialAgreement) -> float:
        instead = [
            self.changes.value((*root, "unless_serious", party), self.day)
            for party, _ in happening.unless_serious
            if not self.changes.is_serious(party, self.day)
        ]
        return min(instead) if instead else self.changes.value((*root, "chance"), self.day)

    def _coins(self, times: int, chance: float, path: Path) -> int:
        """How many of so many coins, each its own, come up."""
        first = self.flipped.get(path, 0)
        self.flipped[path] = first + times
        return sum(self._u(*path, str(k)) < chance for k in range(first, first + times))

    def _strike(self, event: Event, times: int, kind: str) -> None:
        if not times:
            return
        root: Path = ("talks", "events", event.id)
        seen = next((one for one in self.talks.observed if one.event == event.id), None)
        counted = self._count_of(event)
        if kind == "event" and seen is not None and seen.count is None:
            chance = self._chance(root, event)
            self._weigh(seen, log_of(chance if seen.happened else 1 - chance))
            times = times if seen.happened else 0
        elif counted is None or not self._day(counted.start) <= self.day <= self._day(counted.end):
            times = self._coins(times, self._chance(root, event), (*root, "happens"))
        if not times or not self.alive:
            return
        self.changes.strike(root, event.effects, self.day, times)
        self.lived.struck[event.id] = self.lived.struck.get(event.id, 0) + times
        if event.battle:
            self._fight(event, root, times)
        self._follow(event.id, times)

    def _fight(self, event: Event, root: Path, times: int) -> None:
        assert self.scenario.war is not None
        one, other = (side.party for side in self.scenario.war.sides)
        falls = {side: self.changes.value(("war", "sides", side, "collapse"), self.day) for side in (one, other)}
        chance = falls[other] / sum(falls.values()) if sum(falls.values()) else 0.5
        wins = times * chance if event.battle == "expected" else self._coins(times, chance, (*root, "won"))
        for actor in self.scenario.actors:
            war = actor.no_deal
            if isinstance(war, WarValue) and war.belief is not None:
                won = wins if war.side == one else times - wins
                path = (*actor.path, "no_deal", "war", "belief")
                self.changes.add((*path, "a"), won)
                self.changes.add((*path, "b"), times - won)

    def _follow(self, name: str, times: int) -> None:
        events = {event.id: event for event in self.talks.events}
        for event in self.talks.events:
            if event.after == name:
                delay = floor(self.changes.value(("talks", "events", event.id, "delay"), self.day) + 0.5)
                self._schedule(event, self.day + delay, times, "event")
        for answer in self.talks.reciprocity:
            if answer.after == name:
                root: Path = ("talks", "reciprocity", answer.id)
                later = self.day + max(floor(self.changes.value((*root, "delay"), self.day) + 0.5), 1)
                chance, event = self.changes.value((*root, "chance"), self.day), events[answer.brings]
                counted = self._count_of(event)
                if later > self.last:
                    continue
                if counted is not None and self._day(counted.start) <= later <= self._day(counted.end):
                    self.expected.setdefault((event.id, later), []).extend([chance] * times)
                else:
                    self._schedule(event, later, self._coins(times, chance, (*root, "happens")), "answer")

    def _schedule(self, event: Event, day: int, times: int, kind: str) -> None:
        if day > self.last or not times:
            return
        key = (event.id, day, kind)
        if day == self.day and self.talks.events.index(event) <= self.passed and key not in self.due:
            self.at_once.append((event.id, kind))
        self.due[key] = self.due.get(key, 0) + times

    # Sessions

    def _hold(self, place: int, sitting: Sitting) -> None:
        concluded = [one for one in self.talks.observed if one.partial and one.at == sitting.session.id]
        for seen in [*([sitting.seen] if sitting.seen else []), *concluded]:
            self._weigh(seen, 0.0 if self.alive else -inf)
        if not self.alive:
            return
        draws = self.changes.draws(self.day)
        structure = self.table.compiled.structure
        self.wishes: Worlds = build_worlds(self.scenario, structure, draws)
        self.truth = take_in_earnest(self.scenario, self.wishes, draws.serious)
        paths = [("talks", "sessions", sitting.session.id, "mismatch")]
        paths += [("talks", "envoys", envoy.id, "sidesteps") for envoy in sitting.speakers.values()]
        p_apart = 1 - prod(1 - self.changes.value(path, self.day) for path in paths)
        apart = self._u("talks", "sessions", sitting.session.id, "mismatch", str(sitting.number)) < p_apart
        if concluded and not sitting.n_rounds:
            apart = False
            self._weigh(concluded[0], log_of(1 - p_apart))
        serious = [self.changes.is_serious(party, self.day) for party in self.order]
        held = self.lived.held[place] = Held(apart, self._has_zone(), serious)
        self.ever |= held.zone
        if sitting.n_rounds:
            self._talk(place, sitting, held, p_apart)
        held.went_on = self.alive
        prior = [prospect.good_faith for prospect in self.table.prospects]
        held.believed = prior if self.talk is None else [float(one.serious[0]) for one in self.talk.beliefs]
        for partial in self.talks.partial_agreements:
            on_agenda = not sitting.session.agenda or partial.issue in sitting.session.agenda
            if on_agenda and (not partial.sessions or sitting.session.id in partial.sessions):
                self._conclude(partial, sitting, possible=self.alive and not held.mismatch)
        self._follow(sitting.session.id, 1)

    def _has_zone(self) -> bool:
        if self.changes.settled:
            return bool(zone_exists(self.table.compiled, self.truth)[0])
        serious = {party.id: self.changes.is_serious(party.id, self.day) for party in self.scenario.parties}
        numbers, coins, assumed = self.changes.all_numbers(self.day), self.changes.real(self.day), IN_EARNEST
        plain = World(self.scenario, numbers, coins, serious, assumed)
        return any(plain.in_zone(outcome) for outcome in reference.outcomes(self.scenario))

    def _talk(self, place: int, sitting: Sitting, held: Held, p_apart: float) -> None:
        arena, is_first = self._arena(place, sitting), self.talk is None
        talk = self.talk = self.talk or Talk(arena, keeps_ended=True)
        if self._hear_counsel(sitting, arena) or not is_first:
            talk.reseat(arena)
        as_it_was = deepcopy(talk)
        if held.mismatch and sitting.seen is None:
            return
        talk.round = self._rounds_before(place)
        play_session(talk, sitting.n_rounds)
        if arena.rules.learns:
            talk.learn()
        talk.let_leave()
        if sitting.seen is not None:
            if talk.is_over:
                self._weigh(sitting.seen, log_of(p_apart))
                held.mismatch = True
            elif not held.mismatch:
                self._weigh(sitting.seen, sitting.n_rounds * log_of(1 - self._breakdown()))
            if held.mismatch:
                self.talk = as_it_was
                return
        else:
            self.patience = max(self.patience + sitting.n_rounds * log_of(1 - self._breakdown()), -1.0)
        self._close(place, talk, arena)

    def _breakdown(self) -> float:
        path = ("protocol", "breakdown")
        return self.changes.value(path, self.day) if path in self.changes.named else 0.0

    def _close(self, place: int, talk: Talk, arena: Arena) -> None:
        self.crossed = bool(talk.crossed[0])
        if not talk.is_over:
            return
        stop, deal = Stop(int(talk.stop[0])).name, int(talk.deal[0])
        if stop == "AGREED":
            self.lived.deal = deal
            if not holds_at_home(self.table, self.truth, talk.deal)[0]:
                stop = "REJECTED_AT_HOME"
        if stop == "AGREED":
            self.lived.gain = [float(seat.gain[0, deal]) / POINT for seat in arena.seats]
            self.lived.agreed_at = place
        self._end(stop)

    def _rounds_before(self, place: int) -> int:
        return sum(one.n_rounds for one in self.sittings[:place])

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

    def _arena(self, place: int, sitting: Sitting) -> Arena:
        table, world, draws = self.table, self.world, self.changes.draws(self.day)
        compiled, protocol = table.compiled, table.protocol
        numbers, p = drafts(compiled, self.block, world + 1), self._breakdown()
        first = self._rounds_before(place)
        breaks_down = inf if not p or sitting.seen else first + floor(self.patience / -log1p(-p)) if p < 1 else first
        seats = [self._seat(k, sitting, draws) for k in range(len(self.order))]
        return Arena(
            row=np.zeros(1, np.intp),
            seats=tuple(seats),
            rules=Rules(
                kind=protocol.kind,
                rounds=sitting.n_rounds,
                offers=protocol.offers,
                learns=protocol.beliefs == "learned",
                times=self._times(place),
            ),
            required=tuple(self._required()),
            quorum=compiled.consent.quorum if compiled.consent.voters else len(self._required()),
            breaks_down=np.array([float(breaks_down)]),
            p_breakdown=table.p_breakdown,
            open=open_deals(table, self.truth, {}),
            drafts=lambda k: numbers(k)[:, world:],
            choices=table.choices,
        )

    def _seat(self, k: int, sitting: Sitting, draws: object) -> Seat:
        gain, envoy = gains_of(self.wishes, self.table.order[k], self.table.deals), sitting.speakers.get(self.order[k])
        tactic = None if envoy is None else envoy.tactic
        root: Path = () if envoy is None else ("talks", "envoys", envoy.id)
        return seat_party(self.table, k, gain, self.changes.draws(self.day), self.wishes, tactic, root)

    def _hear_counsel(self, sitting: Sitting, arena: Arena) -> bool:
        due = [
            one
            for one in self.talks.counsel
            if one.id not in self.heard
            and (one.session == sitting.session.id if one.date is None else self._day(one.date) <= self.day)
        ]
        for counsel in due:
            self.heard.add(counsel.id)
            self._counsel(counsel.id, arena)
        return bool(due)

    def _counsel(self, name: str, arena: Arena) -> None:
        """Believed where bias times what pressing on a bluff gains is more than what a war costs, as it may be real."""
        assert self.talk is not None
        counsel = next(one for one in self.talks.counsel if one.id == name)
        speaks, hears = self.order.index(counsel.line[1]), self.order.index(counsel.hears)
        number = [line.id for line in self.table.parties[speaks].red_lines].index(counsel.line[3])
        gain = [float(one) / POINT for one in arena.seats[hears].gain[0]]
        safe = pressed = 0.0
        for deal, worth in enumerate(gain):
            crossed = {
                (k, n)
                for k, seat in enumerate(arena.seats)
                if k != hears
                for n, line in enumerate(seat.crosses)
                if line[deal]
            }
            if crossed <= {(speaks, number)}:
                pressed = max(pressed, worth)
            if not crossed:
                safe = max(safe, worth)
        bias, cost = (self.changes.value(("talks", "counsel", name, one), self.day) for one in ("bias", "war_cost"))
        belief = self.talk.beliefs[speaks]
        if bias * (pressed - safe) > cost * belief.real[0, number]:
            real = belief.real.copy()
            real[0, number] = self.changes.real(self.day)[counsel.line[1], counsel.line[3]]
            told = [*self.talk.beliefs]
            told[speaks] = Belief(belief.weight, real, belief.serious)
            self.talk.believe(told)

    # Partial agreements

    def _conclude(self, partial: PartialAgreement, sitting: Sitting, *, possible: bool) -> None:
        root: Path = ("talks", "partial_agreements", partial.id)
        possible &= partial.id not in self.lived.concluded
        chance = self._chance(root, partial) if possible and self._pays(partial, root) else 0.0
        agreed = self._u(*root, "agreed", sitting.session.id, str(sitting.number)) < chance
        seen = next((one for one in self.talks.observed if one.partial == partial.id), None)
        if seen is not None and self.day <= self.now:
            agreed = seen.at == sitting.session.id and possible
            self._weigh(seen, log_of(chance if seen.at == sitting.session.id else 1 - chance))
        if agreed:
            self.lived.concluded[partial.id] = self.day
            issue = next(one for one in self.scenario.issues if one.id == partial.issue)
            self.changes.settled[issue.id] = issue.options.index(partial.to)
            self.changes.strike(root, partial.effects, self.day, 1)
            self._follow(partial.id, 1)

    def _pays(self, partial: PartialAgreement, root: Path) -> bool:
        """Whether each gains by it as much as it wants in return."""
        issue = next(one for one in self.scenario.issues if one.id == partial.issue)
        to, held = issue.options.index(partial.to), issue.options.index(partial.instead_of)
        numbers = self.changes.all_numbers(self.day)
        asked = {party for party, _ in partial.in_return}
        for party in self.scenario.parties:
            if party.id not in self.order:
                continue
            gain = 0
            if issue.id not in self.changes.settled:
                worth = [reference._worth(party, issue, k, numbers, reference.AS_STATED) for k in (to, held)]
                gain = worth[0] - worth[1]
            wanted = self.changes.value((*root, "in_return", party.id), self.day) if party.id in asked else 0.0
            if gain / POINT < wanted:
                return False
        return True
