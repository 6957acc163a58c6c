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
from negsim.scenario.talks import Binomial, Event, Extensible, Hazard, Observation
from negsim.talks.arrivals import Arrivals, Seen
from negsim.talks.course import Course
from negsim.talks.happenings import strike
from negsim.talks.likelihood import log_binomial
from negsim.talks.sessions import hold_session
from negsim.talks.setting import CHANCE, MEAN
from negsim.talks.zones import note_zone_without_session

__all__ = ["run_calendar"]

Count = NDArray[np.intp]
Process = Generator[simpy.Event, Any, None]

_NOON, _SESSION, _EVENING = 0.375, 0.5, 0.75
"""When within a day things are counted, sessions are held, and deadlines pass; events come before."""


def run_calendar(course: Course) -> None:
    """Run the whole calendar over the worlds of a course."""
    _Calendar(course).run()


class _Calendar:
    def __init__(self, course: Course) -> None:
        self.course = course
        self.env = simpy.Environment()
        self.over = self.env.event()
        self._waiting: dict[tuple[str, int, str], Count] = {}
        events = course.plan.talks.events
        # All in the first quarter of a day, and what comes in answer half-way to the next event.
        self._step = 0.25 / (len(events) + 2)
        self._rank = {event.id: (1 + k) * self._step for k, event in enumerate(events)}

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
        self._run_out(self.course.alive, self.course.plan.last)

    def _at(self, day: int, hour: float) -> simpy.Event:
        """Wait until some hour of a day; not at all if that has passed."""
        return self.env.timeout(max(0.0, day + hour - self.env.now))

    def _last_day(self) -> Process:
        yield self._at(self.course.plan.last + 1, 0.0)
        self.over.succeed()

    def _look_up(self) -> None:
        """Stop once nothing more can come of it: what was seen is weighed, and nobody talks."""
        if self.env.now > self.course.plan.now + 1 and not np.any(self.course.alive):
            self.over.succeed()

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
        """Let an event come at its rate, or as often as was counted."""
        course, path = self.course, ("talks", "events", event.id)
        arrivals, counted = Arrivals(path, course.steps), self._counted(event, first, last)
        for day in sorted({*range(first, last + 1), *(day for _, seen in counted for day in seen.all_days)}):
            yield self._at(day, self._rank[event.id])
            rate = course.changing.value((*path, "rate"), day) * (first <= day <= last)
            here = next(((name, seen) for name, seen in counted if day in seen.all_days), None)
            times = arrivals.pass_day(rate) if here is None else self._pass_counted(event, day, rate, *here)
            if np.any(times):
                strike(course, event, day, times, self._schedule)

    def _pass_counted(  # what comes at a rate, and what was seen of it
        self, event: Event, day: int, rate: NDArray[np.float64], name: str, seen: Seen
    ) -> Count:
        """Let one of the days pass on which an event was counted; weigh worlds by the count after the last."""
        course = self.course
        chance = course.chance(("talks", "events", event.id), event, day)
        due = [(times, p * chance) for times, p in course.expected.pop((event.id, day), ())]
        times = seen.pass_day(day, rate * chance, due)
        if day == seen.last:
            course.weigh(name, seen.log_likelihood)
        return times

    def _counted(self, event: Event, first: int, last: int) -> list[tuple[str, Seen]]:
        """Draw on which days an event happened that was counted: days on which it may; the names are observations."""
        course, drawn = self.course, []
        brought = any(answer.brings == event.id for answer in course.plan.talks.reciprocity)
        for observed, begins, ends in course.plan.counted[event.id]:
            assert observed.count is not None
            days = (begins, ends) if brought else (max(begins, first), min(ends, last))
            if days[0] <= days[1]:
                path = ("talks", "events", event.id, observed.id)
                drawn.append((observed.id, Seen.of(path, course.steps, observed.count, *days)))
            elif observed.count:
                course.weigh(observed.id, np.full(course.n_worlds, -np.inf))
        return drawn

    def _schedule(self, event: Event, day: int, times: Count, kind: str) -> None:
        """Have an event happen on a later day."""
        key = (event.id, day, kind)
        if key in self._waiting:
            self._waiting[key] = self._waiting[key] + times
            return
        self._waiting[key] = times
        self.env.process(self._comes_late(event, day, kind))

    def _comes_late(self, event: Event, day: int, kind: str) -> Process:
        # What follows on the same day comes at once where its hour has passed, before anything else.
        hour = self._rank[event.id] + (self._step / 2 if kind == "answer" else 0.0)
        if day + hour > self.env.now:
            yield self._at(day, hour)
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

    def _run_out(self, where: NDArray[np.bool_], day: int) -> None:
        """Let time run out in some worlds, those marked (world,)."""
        note_zone_without_session(self.course, where, day)
        self.course.end(where, Stop.DEADLINE, day)

    def _hazard(self, first: int) -> Process:
        course = self.course
        arrivals = Arrivals(("talks", "deadline", "hazard"), course.steps)
        for day in range(first, course.plan.last + 1):
            yield self._at(day, _EVENING)
            strikes = arrivals.pass_day(1 / course.changing.value(MEAN, day))
            self._run_out(strikes > 0, day)
            self._look_up()

    def _pass_deadline(self, day: int, number: int, *, put_off: bool) -> None:
        """Let a deadline pass: talks end with it, but where it is put off."""
        course, goes_on = self.course, np.zeros(self.course.n_worlds, np.bool_)
        if put_off:
            uniform = course.steps("talks", "deadline", "put_off", str(number))
            goes_on = course.alive & (uniform < course.changing.value(CHANCE, day))
            course.put_off += goes_on
            course.tell(day, "deadline_put_off", "", goes_on.astype(np.intp))
        self._run_out(course.alive & ~goes_on, day)
        self._look_up()
