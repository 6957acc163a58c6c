"""When things happen that come at a rate: the times are drawn in every world by itself.

A process of rate r(t) is a unit-rate Poisson process on the clock of its own, which runs by r(t) a day; so the gaps on
that clock can be drawn beforehand, and a world in which the rate rises has its next arrival sooner, not another one. A
day's rate is that at its beginning.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from math import lgamma, log

import numpy as np
from numpy.typing import NDArray

from negsim.errors import Path
from negsim.model.sampling import SERIES
from negsim.records import dataclass
from negsim.talks.steps import Steps

__all__ = ["Arrivals", "Coins", "Seen"]

Array = NDArray[np.float64]
Count = NDArray[np.intp]


@dataclass(slots=True)
class _Series:
    """The numbers of the steps of a path, of which those are at hand that some world may still need.

    ``rows`` (step, world) are those from the step ``first`` on, a multiple of `SERIES`.
    """

    path: Path
    steps: Steps
    first: int = 0
    rows: Array = field(init=False)

    def __post_init__(self) -> None:
        self.rows = np.empty((0, self.steps.n_worlds))

    def reach(self, least: int, most: int) -> None:
        """Have the steps from one to another at hand, and forget those before."""
        passed = least // SERIES * SERIES - self.first
        if passed > 0:
            self.first += passed
            self.rows = self.rows[passed:]
        known = self.first + len(self.rows)
        if most >= known:
            self.rows = np.concatenate([self.rows, self.steps.series(self.path, known, most + 1)])

    def at(self, step: Count, world: Count) -> Array:
        """Look numbers up, by step and world."""
        return self.rows[step - self.first, world]


@dataclass(slots=True)
class Arrivals:
    """A process in each world: ``clock`` (world,) is how far its clock has run, ``upcoming`` where it next strikes."""

    path: Path
    steps: Steps
    clock: Array = field(init=False)
    upcoming: Array = field(init=False)
    _struck: Count = field(init=False)
    _numbers: _Series = field(init=False)

    def __post_init__(self) -> None:
        self._numbers = _Series((*self.path, "gap"), self.steps)
        self._struck = np.zeros(self.steps.n_worlds, np.intp)
        self.clock, self.upcoming = np.zeros(self.steps.n_worlds), self._gap(np.arange(self.steps.n_worlds))

    def _gap(self, world: Count) -> Array:
        """Give the gap before the next strike of some worlds."""
        self._numbers.reach(int(np.min(self._struck)), int(np.max(self._struck)))
        return -np.log(self._numbers.at(self._struck[world], world))

    def pass_day(self, rate: Array) -> Count:
        """Let a day pass at some rate, a day, (world,): how often it strikes, (world,)."""
        self.clock = self.clock + rate
        times = np.zeros(len(rate), np.intp)
        while np.any(here := self.upcoming <= self.clock):
            times += here
            self._struck += here
            struck = np.flatnonzero(here)
            self.upcoming[struck] += self._gap(struck)
        return times


@dataclass(slots=True)
class Seen:
    """A process of which it was seen how often it struck within some days: it strikes as often in every world.

    On which days is drawn, evenly. ``log_likelihood`` (world,) is that of this, once the last of the days has passed:
    the probability of so many strikes on each of the days under the process, over that under the draw.
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
        return cls(days, first, last, np.full(days.shape[1], count * log(n_days) - lgamma(count + 1)))

    @property
    def all_days(self) -> range:
        """The days, from the first to the last."""
        return range(self.first, self.last + 1)

    def pass_day(self, day: int, rate: Array, due: Iterable[tuple[Count, Array]] = ()) -> Count:
        """Let one of the days pass.

        Parameters
        ----------
        day : int
        rate : float64 array (world,)
            A day.
        due : iterable of (intp array (world,), float64 array (world,))
            What may strike beside: so many times, each with a probability.

        Returns
        -------
        intp array (world,)
            How often it strikes.
        """
        times = np.count_nonzero(self.days == day, axis=0).astype(np.intp)
        most = int(np.max(times, initial=0))
        factorial = np.array([lgamma(k + 1) for k in range(most + 1)])
        with np.errstate(divide="ignore"):
            beside, log_rate = np.log(_numbers(due, len(times), most)), np.log(rate)
        likely = np.full(len(times), -np.inf)
        for k in range(most + 1):
            # So many of them beside, and the others at the rate.
            others = np.maximum(times - k, 0)
            at_rate = np.multiply(others, log_rate, out=np.zeros(len(times)), where=others > 0) - factorial[others]
            likely = np.where(times >= k, np.logaddexp(likely, beside[k] + at_rate), likely)
        self.log_likelihood = self.log_likelihood - rate + likely + factorial[times]
        return times


def _numbers(due: Iterable[tuple[Count, Array]], n_worlds: int, most: int) -> Array:
    """Give the probabilities of 0, 1, ... and ``most`` of what may strike so many times each: (number, world)."""
    p = np.zeros((most + 1, n_worlds))
    p[0] = 1.0
    for times, chance in due:
        for k in range(int(np.max(times, initial=0))):
            one = np.where(k < times, chance, 0.0)
            p[1:] = p[1:] * (1 - one) + p[:-1] * one
            p[0] *= 1 - one
    return p


@dataclass(slots=True)
class Coins:
    """Coins that are tossed one after the other in each world, by itself: the n-th is a function of n and the world."""

    path: Path
    steps: Steps
    _tossed: Count = field(init=False)
    _numbers: _Series = field(init=False)

    def __post_init__(self) -> None:
        self._tossed = np.zeros(self.steps.n_worlds, np.intp)
        self._numbers = _Series(self.path, self.steps)

    def toss(self, times: Count, chance: Array) -> Count:
        """Let each of so many things happen with a probability: how many do, (world,)."""
        first, self._tossed = self._tossed, self._tossed + times
        if np.all(chance >= 1.0):
            return times
        self._numbers.reach(int(np.min(first)), int(np.max(self._tossed)))
        happens, world = np.zeros_like(times), np.arange(len(times))
        for k in range(int(np.max(times, initial=0))):
            happens += (k < times) & (self._numbers.at(first + np.minimum(k, times), world) < chance)
        return happens
