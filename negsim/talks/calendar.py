"""The calendar: events, sessions and deadlines of many worlds at once, one after the other by SimPy.

Times are days, from the first of the calendar; what one day brings has its place within the day. A what-if comes first,
then events in the order of their ids, then sessions as they are declared, then the deadline.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np
import simpy
from numpy.typing import NDArray

from negsim.bargaining.stops import Stop
from negsim.errors import Path
from negsim.scenario.talks import Binomial, Event, Extensible, Hazard, Observation
from negsim.talks.arrivals import Arrivals, Seen
from negsim.talks.course import Course
from negsim.talks.happenings import strike
from negsim.talks.likelihood import log_binomial
from negsim.talks.sessions import hold_session
from negsim.talks.setting import CHANCE, MEAN

__all__ = ["run_calendar"]

Count = NDArray[np.intp]
Process = Generator[simpy.Event, Any, None]

_NOON, _SESSION, _AFTERNOON, _EVENING = 0.375, 0.5, 0.625, 0.75
"""When within a day things are counted, sessions are held, what follows them on that day comes, and deadlines pass.

Other events come before.
"""

_ANSWER = 1 / 16384
"""By how much later than an event of its own accord the same comes in answer to others."""


def run_calendar(course: Course) -> None:
    """Run the whole calendar over the worlds of a course."""
    _Calendar(course).run()


class _Calendar:
    def __init__(self, course: Course) -> None:
        self.course = course
        self.env = simpy.Environment()
        self.over = self.env.event()
        self._waiting: dict[tuple[str, int, str], Count] = {}
        self._rank = {event.id: (1 + k) / 4096 for k, event in enumerate(course.plan.talks.events)}

    def run(self) -> None:
        """Let everything happen, up to the last day or until no world talks any more."""
        self.env.process(self._what_if())
        for event in self.course.plan.talks.events:
            self.env.process(self._happens(event))
        for seen in self.course.plan.observed:
            if seen.binomial is not None:
                self.env.process(self._count(seen, seen.binomial))
        self.env.process(self._meet())
        self.env.process(self._deadline())
        self.env.process(self._last_day())
        self.env.run(until=self.over)
        self.course.end(self.course.alive, Stop.DEADLINE, self.course.plan.last)

    def _at(self, day: int, hour: float) -> simpy.Event:
        """Wait until some hour of a day; not at all if that has passed."""
        return self.env.timeout(max(0.0, day + hour - self.env.now))

    def _last_day(self) -> Process:
        yield self._at(self.course.plan.last + 1, 0.0)
        self._finish()

    def _finish(self) -> None:
        if not self.over.triggered:
            self.over.succeed()

    def _look_up(self) -> None:
        """Stop once nothing more can come of it: what was seen is weighed, and nobody talks."""
        if self.env.now > self.course.plan.now + 1 and not np.any(self.course.alive):
            self._finish()

    def _what_if(self) -> Process:
        what_if, day = self.course.plan.what_if, self.course.plan.now + 1
        if what_if is None or day > self.course.plan.last:
            return
        yield self._at(day, 0.0)
        everywhere = np.ones(self.course.n_worlds, np.intp)
        self.course.look(day, [effect.path for effect in what_if.effects])
        self.course.changing.strike(("talks", "what_if", what_if.id), what_if.effects, day, everywhere)
        self.course.tell(day, "what_if", what_if.id, everywhere)

    def _happens(self, event: Event) -> Process:
        plan, hour = self.course.plan, self._rank[event.id]
        everywhere = np.ones(self.course.n_worlds, np.intp)
        first, last = plan.day_of(event.start, 0), min(plan.day_of(event.end, plan.last), plan.last)
        if event.date is not None:
            yield self._at(plan.day_of(event.date, 0), hour)
            strike(self.course, event, plan.day_of(event.date, 0), everywhere, self._schedule)
        elif event.every is not None:
            for day in range(first, last + 1, event.every):
                yield self._at(day, hour)
                strike(self.course, event, day, everywhere, self._schedule)
        elif event.rate is not None:
            yield from self._comes(event, first, last)

    def _comes(self, event: Event, first: int, last: int) -> Process:
        """Let an event come at its rate, or as often as was seen."""
        course, path = self.course, ("talks", "events", event.id)
        arrivals, seen = Arrivals(path, course.steps), self._seen(event, path, first, last)
        never = np.zeros(course.n_worlds)
        days = range(first, last + 1) if seen is None else range(min(first, seen.first), max(last, seen.last) + 1)
        for day in days:
            yield self._at(day, self._rank[event.id])
            rate = course.changing.value((*path, "rate"), day) if first <= day <= last else never
            if seen is None or not seen.first <= day <= seen.last:
                times = arrivals.pass_day(rate)
            else:
                times = self._pass_counted(event, seen, day, rate)
            if np.any(times):
                strike(course, event, day, times, self._schedule)

    def _pass_counted(self, event: Event, seen: Seen, day: int, rate: NDArray[np.float64]) -> Count:
        """Let a day pass on which it was counted how often an event happened: (world,)."""
        course = self.course
        rate = rate + course.expected.pop((event.id, day), 0.0)
        times = seen.pass_day(day, rate * course.chance(("talks", "events", event.id), event, day))
        observed = course.plan.observation_of(event)
        if day == seen.last and observed is not None:
            course.weigh(observed.id, seen.log_likelihood)
        return times

    def _seen(self, event: Event, path: Path, first: int, last: int) -> Seen | None:
        """Draw the days on which an event happened that was counted; on others than its own it only answers."""
        plan = self.course.plan
        observed = plan.observation_of(event)
        if observed is None or observed.count is None:
            return None
        since, until = plan.day_of(observed.start, 0), plan.day_of(observed.end, plan.now)
        if not any(answer.brings == event.id for answer in plan.talks.reciprocity):
            since, until = max(since, first), min(until, last)
        if since <= until:
            return Seen.of(path, self.course.steps, observed.count, since, until)
        self.course.weigh(observed.id, np.full(self.course.n_worlds, -np.inf if observed.count else 0.0))
        return None

    def _schedule(self, event: Event, day: int, times: Count, kind: str) -> None:
        """Have an event happen on a later day."""
        key = (event.id, day, kind)
        if key in self._waiting:
            self._waiting[key] = self._waiting[key] + times
            return
        self._waiting[key] = times
        self.env.process(self._comes_late(event, day, kind))

    def _comes_late(self, event: Event, day: int, kind: str) -> Process:
        hour = self._rank[event.id] + (_ANSWER if kind == "answer" else 0.0)
        yield self._at(day, hour + (_AFTERNOON if self.env.now >= day + _SESSION else 0.0))
        strike(self.course, event, day, self._waiting.pop((event.id, day, kind)), self._schedule, kind)

    def _count(self, seen: Observation, binomial: Binomial) -> Process:
        """Weigh worlds by a count, at the quantity as it is after the events of the day."""
        day = self.course.plan.day_of(seen.date, self.course.plan.now)
        yield self._at(day, _NOON)
        self.course.weigh(seen.id, log_binomial(binomial, self.course.changing.value(binomial.path, day)))

    def _meet(self) -> Process:
        for place, meeting in enumerate(self.course.plan.meetings):
            yield self._at(meeting.day, _SESSION)
            hold_session(self.course, place, self._schedule)
            self._look_up()

    def _deadline(self) -> Process:
        deadline = self.course.plan.talks.deadline
        if isinstance(deadline, Hazard):
            yield from self._hazard(self.course.prospects.begins)
            return
        for number, day in enumerate(self.course.prospects.ends):
            yield self._at(day, _EVENING)
            last = number == len(self.course.prospects.ends) - 1
            self._pass_deadline(day, number, put_off=isinstance(deadline, Extensible) and not last)

    def _hazard(self, first: int) -> Process:
        course = self.course
        arrivals = Arrivals(("talks", "deadline", "hazard"), course.steps)
        for day in range(first, course.plan.last + 1):
            yield self._at(day, _EVENING)
            strikes = arrivals.pass_day(1 / course.changing.value(MEAN, day))
            course.end(strikes > 0, Stop.DEADLINE, day)
            self._look_up()

    def _pass_deadline(self, day: int, number: int, *, put_off: bool) -> None:
        """Let a deadline pass: talks end with it, but where it is put off."""
        course, goes_on = self.course, np.zeros(self.course.n_worlds, np.bool_)
        if put_off:
            uniform = course.steps("talks", "deadline", "put_off", str(number))
            goes_on = course.alive & (uniform < course.changing.value(CHANCE, day))
            course.put_off += goes_on
            course.tell(day, "deadline_put_off", "", goes_on.astype(np.intp))
        course.end(course.alive & ~goes_on, Stop.DEADLINE, day)
        self._look_up()
