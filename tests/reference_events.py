"""What happens between sessions: one world, event by event.

A part of the second model of calendars, tests/reference_talks.py.
"""

from __future__ import annotations

from math import exp, factorial, floor, inf, log

from negsim.errors import Path
from negsim.scenario.no_deal import WarValue
from negsim.scenario.talks import (
    Event,
    Observation,
    PartialAgreement,
)
from tests.reference_timetable import Timetable, log_of


class Events(Timetable):
    """A world in which things happen."""

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

    def _arrivals(self, path: Path, rate: float) -> int:
        """How often a process strikes on a day: its own clock runs by the rate, and has gaps drawn for it."""
        clock, upcoming, count = self.clock.get(path, (0.0, -log(self._nth((*path, "gap"), 0)), 0))
        clock, before = clock + rate, count
        while upcoming <= clock:
            count += 1
            upcoming -= log(self._nth((*path, "gap"), count))
        self.clock[path] = clock, upcoming, count
        return count - before

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
        return sum(self._nth(path, k) < chance for k in range(first, first + times))

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
        if not times or not (self.alive or self.day <= self.now):
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
