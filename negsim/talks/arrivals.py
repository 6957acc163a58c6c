"""When things happen that come at a rate: the times are drawn in every world by itself.

A process of rate r(t) is a unit-rate Poisson process on the clock of its own, which runs by r(t) a day; so the gaps on
that clock can be drawn beforehand, and a world in which the rate rises has its next arrival sooner, not another one. A
day's rate is that at its beginning.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from negsim.errors import Path
from negsim.talks.steps import Steps

__all__ = ["Arrivals", "Seen", "times_in"]

Array = NDArray[np.float64]
Count = NDArray[np.intp]

_AT_ONCE = 4
"""Gaps that are drawn at the beginning."""


@dataclass(slots=True)
class Arrivals:
    """A process in each world: ``clock`` (world,) is how far its clock has run, ``upcoming`` where it next strikes."""

    path: Path
    steps: Steps
    clock: Array = field(init=False)
    upcoming: Array = field(init=False)
    _struck: Count = field(init=False)
    _gaps: Array = field(init=False)

    def __post_init__(self) -> None:
        self._gaps = np.stack([self._gap(step) for step in range(_AT_ONCE)])
        self.clock, self.upcoming = np.zeros_like(self._gaps[0]), self._gaps[0].copy()
        self._struck = np.zeros(len(self.clock), np.intp)

    def _gap(self, step: int) -> Array:
        return -np.log(self.steps(*self.path, "gap", str(step)))

    def pass_day(self, rate: Array) -> Count:
        """Let a day pass at some rate, a day, (world,): how often it strikes, (world,)."""
        self.clock = self.clock + rate
        times = np.zeros(len(rate), np.intp)
        while np.any(here := self.upcoming <= self.clock):
            times += here
            self._struck += here
            if np.max(self._struck) >= len(self._gaps):
                more = [self._gap(step) for step in range(len(self._gaps), 2 * len(self._gaps))]
                self._gaps = np.concatenate([self._gaps, more])
            struck = np.flatnonzero(here)
            self.upcoming[struck] += self._gaps[self._struck[struck], struck]
        return times


@dataclass(slots=True)
class Seen:
    """A process of which it was seen how often it struck within some days: it strikes as often in every world.

    On which days is drawn, evenly. ``log_likelihood`` (world,) is that of this, once the last of the days has passed,
    up to a constant: the density of the times of a Poisson process, over that of times drawn evenly, times the
    probability of the count under it.
    """

    days: Array
    first: int
    last: int
    log_likelihood: Array

    @classmethod
    def of(cls, path: Path, steps: Steps, count: int, first: int, last: int) -> Seen:
        """Draw the days of so many strikes from the first day to the last."""
        n_days = last - first + 1
        drawn = [np.floor(steps(*path, "seen", str(k)) * n_days) + first for k in range(count)]
        days = np.array(drawn, np.float64).reshape(count, steps.n_worlds)
        start = count * np.log(n_days) - sum(np.log(np.arange(1, count + 1)))
        return cls(days, first, last, np.full(days.shape[1], float(start)))

    def pass_day(self, day: int, rate: Array) -> Count:
        """Let one of the days pass at some rate, a day, (world,): how often it strikes, (world,)."""
        times = np.count_nonzero(self.days == day, axis=0).astype(np.intp)
        with np.errstate(divide="ignore"):
            log_rate = np.log(rate)
        self.log_likelihood = self.log_likelihood - rate + times * np.where(times > 0, log_rate, 0.0)
        return times


def times_in(  # how many there are, how likely each is, and where its numbers are drawn
    times: Count, chance: Array, steps: Steps, path: Path, day: int, before: Count | int = 0
) -> Count:
    """Let each of so many things happen with a probability, by itself: how many do, (world,).

    ``before`` (world,) is how many of them there were on that day already, which have had their numbers.
    """
    if np.all(chance >= 1.0):
        return times
    happens = np.zeros_like(times)
    for k in range(int(np.max(before + times, initial=0))):
        happens += (before <= k) & (k < before + times) & (steps(*path, str(day), str(k)) < chance)
    return happens
