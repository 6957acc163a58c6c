"""The calendar of talks once more, as plainly as it can be written: one world, day after day, lists and loops.

From the definitions in the model's page, sections 7 and 8. What is offered and answered within a session is left to the
engine, one world at a table by itself; tests/reference_bargaining.py is the second model of that. All that a calendar
adds is written here anew: days, events and answers, changes (tests/reference_changes.py), counsel, partial agreements,
deadlines, the pressure of time, and what was seen.
"""

from __future__ import annotations

from math import factorial

from negsim.scenario.talks import (
    Extensible,
    Hazard,
)
from tests.reference_sittings import Sittings
from tests.reference_timetable import Lived, log_of


class Life(Sittings):
    """One world of a block on its way through the calendar."""

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
        if self.alive and stop == "DEADLINE" and not self.lived.held:
            # Nobody met: the zone is that of the day on which time ran out.
            self._look_around()
            self.ever = self._has_zone()
        super()._end(stop)

    def _say_why(self) -> None:
        lived = self.lived
        if lived.stop in {"DEADLINE", "STANDSTILL"}:
            if not any(self.sittings[place].n_rounds for place in lived.held):
                lived.stop = "NOT_HELD"
            elif not self.in_earnest:
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
