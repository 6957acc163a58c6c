"""What an actor has without a deal, by definition: points, an outcome, a lottery or a war; and what it holds now."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from negsim.checks.theorems.second_way.cases import Cases
from negsim.checks.theorems.second_way.worth import POINT, cared_for, units, worth_of
from negsim.errors import Path
from negsim.records import dataclass
from negsim.scenario.no_deal import Charge, EndState, Lottery, SameAs, Stance, WarValue
from negsim.scenario.types import Party

__all__ = ["Alternative"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Alternative:
    """What one actor has without a deal, in some cases; everything in units, (case,)."""

    actor: Party
    cases: Cases

    @property
    def is_exact(self) -> bool:
        """Whether it is a sum of whole units, so that deals can tie with it."""
        return not isinstance(self.actor.no_deal, Lottery | WarValue)

    def value(self) -> Array:
        """Give what a deal has to be worth."""
        return np.rint(self.if_shifted(np.zeros(len(self.cases)))) - self._off()

    def if_shifted(self, favour: Array) -> Array:
        """Give the same with the chance to win a war shifted, neither rounded nor with anything taken off."""
        no_deal, path = self.actor.no_deal, (*self.actor.path, "no_deal")
        match no_deal:
            case None:
                return np.zeros(len(self.cases))
            case Lottery():
                value, now = self._lottery(no_deal, (*path, "lottery")), self._now(no_deal, (*path, "lottery"))
            case WarValue():
                value, now = self._war(no_deal, (*path, "war"), favour), self._now(no_deal, (*path, "war"))
            case _:
                return self._state(no_deal, path)
        return value if now is None or no_deal.option is Stance.INSIDE else np.maximum(value, now)

    def _off(self) -> Array:
        """Add up what sticks take, and what rounding may have cost a deal that is worth as much."""
        total = np.zeros(len(self.cases))
        if self.actor.no_deal is None:
            return total
        if not isinstance(self.actor.no_deal, SameAs):
            total += len(cared_for(self.actor)) // 2
        for mediator in self.cases.scenario.parties:
            for lever in mediator.levers:
                if lever.party == self.actor.id:
                    total += units(self.cases.number((*mediator.path, "levers", self.actor.id, "stick")))
        return total

    def _state(self, state: EndState, path: Path) -> Array:
        if isinstance(state, SameAs):
            return worth_of(self.actor, state, path, self.cases)
        return units(self.cases.number(path))

    def _now(self, no_deal: Lottery | WarValue, path: Path) -> Array | None:
        if no_deal.now is None:
            return None
        losses = no_deal.losses if isinstance(no_deal, WarValue) else ()
        return self._state(no_deal.now, (*path, "now")) - units(self._charges(losses, (*path, "losses")))

    def _lottery(self, lottery: Lottery, path: Path) -> Array:
        given = [end for end in lottery.ends if end.probability is not None]
        chance = {end.id: self.cases.number((*path, "ends", end.id, "probability")) for end in given}
        left = 1 - sum(chance.values(), np.zeros(len(self.cases)))
        total = -POINT * self._charges(lottery.costs, (*path, "costs"))
        for end in lottery.ends:
            total += chance.get(end.id, left) * self._state(end.worth, (*path, "ends", end.id, "worth"))
        return np.asarray(np.rint(total))

    def _war(self, war: WarValue, path: Path, favour: Array) -> Array:
        assert self.cases.scenario.war is not None
        collapse = {
            side.party: self.cases.number(("war", "sides", side.party, "collapse"))
            for side in self.cases.scenario.war.sides
        }
        total = sum(collapse.values(), np.zeros(len(self.cases)))
        wins = total - collapse[war.side]
        chance = np.divide(wins, total, out=np.full(len(self.cases), 0.5), where=total > 0)
        if war.belief is not None:
            a, b = (self.cases.number((*path, "belief", name)) for name in ("a", "b"))
            chance = a / (a + b)
        chance = np.clip(chance + favour, 0, 1)
        win, lose = self._state(war.win, (*path, "win")), self._state(war.lose, (*path, "lose"))
        rate = self.cases.number((*self.actor.path, "discount_rate"))
        now = self._now(war, path)
        held = np.zeros(len(self.cases)) if now is None else now
        cost = POINT * self._charges(war.costs, (*path, "costs"))
        return np.asarray((rate * held + total * (chance * win + (1 - chance) * lose) - cost) / (rate + total))

    def _charges(self, charges: Iterable[Charge], path: Path) -> Array:
        total = np.zeros(len(self.cases))
        for charge in charges:
            each = self.cases.number((*path, charge.id, "points") if charge.factors else (*path, charge.id))
            for name, _ in charge.factors:
                each = each * self.cases.number((*path, charge.id, "factors", name))
            total += each
        return total
