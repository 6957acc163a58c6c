"""Quantities that change, as plainly as it can be written: one world, every strike of every effect by itself.

From the definitions in the model's page, section 8, and those of the format; nothing here shares code with the engine but
the scenario's own data and the numbers drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import floor, prod

import numpy as np

from negsim.errors import Path
from negsim.model.draws import Draws
from negsim.scenario.inventory import list_quantities
from negsim.scenario.quantities import Same
from negsim.scenario.talks import Effect, WhatIf
from negsim.scenario.types import Scenario


@dataclass(frozen=True)
class Strike:
    """One effect that came about on a day: ``place`` is that of the effect among all of the calendar."""

    effect: Effect
    root: Path
    day: int
    place: int
    times: int


@dataclass
class Changes:
    """All quantities of one world; ``numbers`` and ``coins`` are as drawn."""

    scenario: Scenario
    numbers: dict[Path, float]
    coins: dict[Path, float]
    what_if: WhatIf | None = None
    strikes: list[Strike] = field(default_factory=list)
    added: dict[Path, float] = field(default_factory=dict)
    settled: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.named = {item.path: item for item in list_quantities(self.scenario)}
        self.places = {path: k for k, (path, _) in enumerate(self._effects())}

    def _effects(self) -> Iterator[tuple[Path, Effect]]:
        talks = self.scenario.talks
        assert talks is not None
        for event in talks.events:
            yield from ((("talks", "events", event.id, "effects", one.id), one) for one in event.effects)
        for partial in talks.partial_agreements:
            root = ("talks", "partial_agreements", partial.id, "effects")
            yield from (((*root, one.id), one) for one in partial.effects)
        for one in self.what_if.effects if self.what_if else ():
            assert self.what_if is not None
            yield ("talks", "what_if", self.what_if.id, "effects", one.id), one

    def strike(self, root: Path, effects: tuple[Effect, ...], day: int, times: int) -> None:
        for effect in effects:
            path = (*root, "effects", effect.id)
            self.strikes.append(Strike(effect, path, day, self.places[path], times))

    def add(self, path: Path, amount: float) -> None:
        end = self.end(path)
        self.added[end] = self.added.get(end, 0.0) + amount

    def end(self, path: Path) -> Path:
        """What a path is the same as, through all that stand between."""
        quantity = self.named[path].quantity
        return self.end(quantity.path) if isinstance(quantity, Same) else path

    def value(self, path: Path, day: int) -> float:
        end = self.end(path)
        mine = [one for one in self.strikes if self.end(one.effect.path) == end]
        if not mine and end not in self.added:
            return self.numbers[end]
        value = self._last_set(self.numbers[end], [one for one in mine if one.effect.operation == "set"], day)
        value *= prod(
            self._amount(one) ** (self._weight(one, day) * one.times)
            for one in mine
            if one.effect.operation == "multiply"
        )
        value += sum(
            self._amount(one) * self._weight(one, day) * one.times for one in mine if one.effect.operation == "add"
        )
        value += self.added.get(end, 0.0)
        domain = self.named[end].domain
        return min(max(value, domain.low), domain.high)

    def _amount(self, strike: Strike) -> float:
        amount = self.numbers[*strike.root, strike.effect.operation]
        # A fading factor of nothing would be nothing for good.
        fading = strike.effect.operation == "multiply" and strike.effect.fades is not None
        return max(amount, 1e-12) if fading else amount

    def _weight(self, strike: Strike, day: int) -> float:
        age = day - strike.day
        if strike.effect.fades is not None:
            return float(2 ** (-age / self.numbers[*strike.root, "fades"]))
        if strike.effect.lasts is not None:
            return 1.0 if age < floor(self.numbers[*strike.root, "lasts"] + 0.5) else 0.0
        return 1.0

    def _last_set(self, drawn: float, strikes: list[Strike], day: int) -> float:
        """The latest setting, from what it was before: of each effect the last time."""
        last = {one.place: k for k, one in enumerate(strikes)}
        value = drawn
        for one in (strikes[k] for k in sorted(last.values())):
            weight = self._weight(one, day)
            value = self._amount(one) if weight == 1 else value + (self._amount(one) - value) * weight
        return value

    def is_serious(self, party: str, day: int) -> bool:
        path = ("parties", party, "serious")
        return path not in self.coins or self.coins[path] < self.value(("parties", party, "good_faith"), day)

    def all_numbers(self, day: int) -> dict[Path, float]:
        return {path: self.value(path, day) for path in self.named}

    def real(self, day: int) -> dict[tuple[str, str], bool]:
        """Which red lines are no bluff: a hard one, and one whose coin falls below its firmness."""
        return {
            (actor.id, line.id): line.firmness is None
            or self.coins[*(path := (*actor.path, "red_lines", line.id)), "real"] < self.value((*path, "firmness"), day)
            for actor in self.scenario.actors
            for line in actor.red_lines
        }

    def draws(self, day: int) -> Draws:
        """The same for the engine, as arrays of one world."""
        serious = [party.id for party in self.scenario.parties if party.good_faith is not None]
        return Draws(
            {path: np.array([value]) for path, value in self.all_numbers(day).items()},
            {line: np.array([real]) for line, real in self.real(day).items()},
            1,
            {party: np.array([self.is_serious(party, day)]) for party in serious},
            {path: np.array([coin]) for path, coin in self.coins.items()},
            {issue: np.array([option]) for issue, option in self.settled.items()},
        )
