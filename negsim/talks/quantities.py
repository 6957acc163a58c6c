"""Quantities that events change while talks go on.

At any time a quantity is what was drawn, or what it was last set to, times all that multiplies it, plus all that adds
to it, and never out of its domain. An effect that fades has a weight of 2^(-age / half-life): a setting draws the
quantity as far away from what it was before, a factor f counts as f to the power of that weight. One that lasts so many
days is gone on the day on which it is as old. Of settings the later one comes after the earlier, of one day in declared
order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

import numpy as np
from numpy.typing import NDArray

from negsim.errors import Path
from negsim.model.draws import Draws, followers_of
from negsim.records import dataclass
from negsim.scenario.inventory import NamedQuantity, find_ends, list_quantities
from negsim.scenario.quantities import Domain
from negsim.scenario.talks import Effect
from negsim.scenario.types import Scenario

__all__ = ["Changing", "Targets", "targets_of"]

Array = NDArray[np.float64]
Count = NDArray[np.intp]

_LEAST_FACTOR = 1e-12
"""What a fading factor is at least: nothing to the power of any weight would be nothing for good."""


@dataclass(frozen=True, slots=True)
class Targets:
    """What can be changed: for each path the path that stands for it, and what it can mean.

    ``followers`` are the paths that are the `same` as others, each with the one that it names.
    """

    end: Mapping[Path, Path]
    domain: Mapping[Path, Domain]
    followers: Mapping[Path, Path] = field(default_factory=dict)


def targets_of(scenario: Scenario) -> Targets:
    """List the quantities of a scenario as what can be changed."""
    named: Iterable[NamedQuantity] = list_quantities(scenario)
    ends = find_ends(named)
    return Targets(
        end={path: end.path for path, end in ends.items()},
        domain={path: end.domain for path, end in ends.items()},
        followers=followers_of(scenario),
    )


@dataclass(slots=True)
class _Working:
    """What one effect does to its quantity, summed over all the times that it came about.

    ``total`` (world,) is by how much it counted of one full effect on the day ``since`` (world,) on which it came about
    last. ``passing`` are those that are gone on a day (world,), each with how many there are of it (world,). ``turn``
    (world,) tells when among all effects it came about last, -1 if never. A world's figures change with its own fate
    alone.
    """

    effect: Effect
    amount: Array
    fades: Array | None
    lasts: Array | None
    total: Array
    since: Array
    turn: Array
    passing: list[tuple[Array, Array]] = field(default_factory=list)

    def strike(self, day: int, times: Count, turn: int) -> None:
        """Let it come about on a day, so many times (world,), as the so-manieth of all effects."""
        here, many = times > 0, times.astype(np.float64)
        if self.lasts is not None:
            self.passing.append((day + np.maximum(np.floor(self.lasts + 0.5), 0.0), many))
        elif self.effect.operation == "set":
            self.total = np.where(here, 1.0, self.total)
        else:
            self.total = np.where(here, self._left(day) + many, self.total)
        self.since = np.where(here, float(day), self.since)
        self.turn = np.where(here, float(turn), self.turn)

    def _left(self, day: int) -> Array:
        return self.total if self.fades is None else self.total * np.exp2(-(day - self.since) / self.fades)

    def weight(self, day: int) -> Array:
        """Say by how much of one full effect it counts on a day: (world,)."""
        if self.lasts is None:
            return self._left(day)
        self.passing = [(until, many) for until, many in self.passing if np.any(until > day)]
        here = [np.where(until > day, many, 0.0) for until, many in self.passing]
        total = sum(here[1:], here[0]) if here else np.zeros_like(self.total)
        return np.minimum(total, 1.0) if self.effect.operation == "set" else total


class Changing:
    """All quantities of some worlds, as they change.

    Parameters
    ----------
    draws : Draws
        As drawn.
    targets : Targets
    effects : iterable of (Path, Effect)
        All that can happen to them; the path is that below which an effect's own quantities lie.
    """

    def __init__(self, draws: Draws, targets: Targets, effects: Iterable[tuple[Path, Effect]]) -> None:
        self.draws = draws
        self._turn = 0
        self._targets = targets
        self._working: dict[Path, _Working] = {}
        self._on: dict[Path, list[_Working]] = {}
        self._added: dict[Path, Array] = {}
        self._begun: dict[Path, None] = {}
        for root, effect in effects:
            working = _Working(
                effect,
                draws.quantity[*root, effect.operation],
                draws.quantity[*root, "fades"] if effect.fades is not None else None,
                draws.quantity[*root, "lasts"] if effect.lasts is not None else None,
                np.zeros(draws.n_worlds),
                np.zeros(draws.n_worlds),
                np.full(draws.n_worlds, -1.0),
            )
            self._working[root] = working
            self._on.setdefault(targets.end[effect.path], []).append(working)

    def strike(self, root: Path, effects: Iterable[Effect], day: int, times: Count) -> None:
        """Let effects come about on a day, so many times (world,)."""
        for effect in effects:
            working = self._working[*root, "effects", effect.id]
            self._turn += 1
            working.strike(day, times, self._turn)
            self._begun[self._targets.end[effect.path]] = None

    def add(self, path: Path, amount: Array) -> None:
        """Add something to a quantity for good: (world,)."""
        end = self._targets.end[path]
        self._added[end] = self._added.get(end, np.zeros(self.draws.n_worlds)) + amount
        self._begun[end] = None

    def value(self, path: Path, day: int) -> Array:
        """Give a quantity as it is on a day: (world,)."""
        end = self._targets.end[path]
        drawn = self.draws.quantity[end]
        return self._value(end, drawn, day) if end in self._begun else drawn

    def changed(self, day: int) -> dict[Path, Array]:
        """Give all quantities that anything has happened to, as they are on a day."""
        return {end: self._value(end, self.draws.quantity[end], day) for end in self._begun}

    def _value(self, end: Path, drawn: Array, day: int) -> Array:
        workings = self._on.get(end, [])
        value = _set(drawn, [working for working in workings if working.effect.operation == "set"], day)
        for working in workings:
            if working.effect.operation == "multiply":
                factor = working.amount if working.fades is None else np.maximum(working.amount, _LEAST_FACTOR)
                value = value * np.power(factor, working.weight(day))
        for working in workings:
            if working.effect.operation == "add":
                value = value + working.amount * working.weight(day)
        if end in self._added:
            value = value + self._added[end]
        domain = self._targets.domain[end]
        return np.clip(value, domain.low, domain.high)


def _set(drawn: Array, settings: list[_Working], day: int) -> Array:
    """Draw a quantity to what it was set to, by one setting after the other as they came about: (world,)."""
    if not settings:
        return drawn
    order = np.argsort(np.stack([working.turn for working in settings]), axis=0, kind="stable")
    weights = np.stack([working.weight(day) for working in settings])
    amounts = np.stack([working.amount for working in settings])
    value = drawn
    for which in order:
        weight, amount = (np.take_along_axis(each, which[None], axis=0)[0] for each in (weights, amounts))
        # Exactly the amount where it counts in full.
        value = np.where(weight == 1.0, amount, value + (amount - value) * weight)
    return value
