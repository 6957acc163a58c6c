"""What no deal is worth to each party in each world: a number, an outcome, a lottery or a war (model, section 2)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from negsim.errors import Path
from negsim.model.assumptions import AS_STATED, Assumptions
from negsim.model.draws import Draws
from negsim.model.values import UNITS_PER_POINT, to_units, utility_of, weighted_issues
from negsim.model.war import belief_mean, war_value
from negsim.records import dataclass
from negsim.scenario.no_deal import Charge, EndState, Lottery, SameAs, Stance, WarValue
from negsim.scenario.types import Party, Scenario

__all__ = ["WithoutDeal", "chance_of_winning", "rounding_allowance", "win_probability", "without_deal"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WithoutDeal:
    """What an actor has without a deal.

    ``least`` (world,) is what a deal has to be worth to be accepted, and ``inside`` (world,) the disagreement point,
    lower where an outside option is better than what goes on; both in units, integer-valued. ``war`` is what a shift of
    power changes, None where no war stands behind the value.
    """

    least: Array
    inside: Array
    war: War | None = None

    def loss(self, shift: Array) -> Array:
        """Give what the actor loses where its side's probability of winning rises by ``shift``.

        Parameters
        ----------
        shift : float64 array (world, ...)
            May be negative; probabilities stop at 0 and 1.

        Returns
        -------
        float64 array (world, ...)
            In units, below 0 where it gains; 0 without a war behind its no-deal value.
        """
        return np.zeros_like(shift) if self.war is None else self.war.loss(shift)


@dataclass(frozen=True, slots=True)
class War:
    """A war as one actor sees it: the side it is on, its chance of winning (world,), and what one more chance is worth.

    ``slope`` (world,) is what the value of the war, in units, gains per unit of the chance. ``floor`` (world,) is what
    else the actor could have, by which the value of the war does not fall lower, in units: minus infinity if nothing.
    ``value`` (world,) is what the war is worth, in units.
    """

    side: str
    chance: Array
    slope: Array
    value: Array
    floor: Array

    def loss(self, shift: Array) -> Array:
        """Give what is lost where the chance of winning rises by ``shift`` (world, ...)."""
        chance, slope, value, floor = (
            array.reshape(-1, *[1] * (shift.ndim - 1)) for array in (self.chance, self.slope, self.value, self.floor)
        )
        moved = value + slope * (np.clip(chance + shift, 0.0, 1.0) - chance)
        return np.asarray(np.maximum(value, floor) - np.maximum(moved, floor))


def rounding_allowance(actor: Party) -> int:
    """Give the units by which a no-deal value that is no outcome is lowered, 0 for one that is.

    Half a unit for each issue to which the actor gives weight: as much as rounding may have cost a deal that is worth
    just as much to it.
    """
    if actor.no_deal is None or isinstance(actor.no_deal, SameAs):
        return 0
    return len(weighted_issues(actor)) // 2


def without_deal(actor: Party, scenario: Scenario, draws: Draws, assumptions: Assumptions = AS_STATED) -> WithoutDeal:
    """Work out what an actor has without a deal, sticks taken off: these are for parties, not for ratifiers.

    From a number, a lottery or a war the `rounding_allowance` is taken off.
    """
    see = _Eye(actor, scenario, draws, assumptions)
    off = rounding_allowance(actor) + see.sticks()
    no_deal, path = actor.no_deal, (*actor.path, "no_deal")
    if no_deal is None:
        return WithoutDeal(np.zeros(draws.n_worlds), np.zeros(draws.n_worlds))
    if not isinstance(no_deal, Lottery | WarValue):
        units = see.state(no_deal, path) - off
        return WithoutDeal(units, units)
    if isinstance(no_deal, Lottery):
        value, war = see.lottery(no_deal, (*path, "lottery")), None
        now = see.now(no_deal.now, (), (*path, "lottery"))
    else:
        now = see.now(no_deal.now, no_deal.losses, (*path, "war"))
        war = see.war(no_deal, now, (*path, "war"))
        value = np.rint(war.value)
    stance = no_deal.option if assumptions.option == "as_stated" else Stance(assumptions.option)
    if stance is Stance.INSIDE or now is None:
        return WithoutDeal(value - off, value - off, war)
    if war is not None:
        war = War(war.side, war.chance, war.slope, war.value, now)
    return WithoutDeal(np.maximum(value, now) - off, now - off, war)


def chance_of_winning(actor: Party, scenario: Scenario, draws: Draws, assumptions: Assumptions = AS_STATED) -> Array:
    """Give the probability of winning by which an actor with a war behind its no-deal value decides: (world,).

    The mean of its belief, or what the hazards as drawn make of it.
    """
    assert isinstance(actor.no_deal, WarValue)
    belief = actor.no_deal.belief
    if belief is None or assumptions.belief == "common":
        return win_probability(actor.no_deal.side, scenario, draws)
    path = (*actor.path, "no_deal", "war", "belief")
    return belief_mean(draws.quantity[*path, "a"], draws.quantity[*path, "b"])


def win_probability(side: str, scenario: Scenario, draws: Draws) -> Array:
    """Give the probability that a side wins by the hazards as drawn, (world,); even odds where neither can collapse."""
    win, total = _hazards(side, scenario, draws)
    return np.divide(win, total, out=np.full(draws.n_worlds, 0.5), where=total > 0)


def _hazards(side: str, scenario: Scenario, draws: Draws) -> tuple[Array, Array]:
    """Give the hazard at which the other side collapses, and that of both: (world,) each, per year."""
    assert scenario.war is not None
    collapse = {one.party: draws.quantity["war", "sides", one.party, "collapse"] for one in scenario.war.sides}
    total = sum(collapse.values(), np.zeros(draws.n_worlds))
    return total - collapse[side], total


@dataclass(frozen=True, slots=True)
class _Eye:
    """An actor looking at states of the world; everything in units, (world,)."""

    actor: Party
    scenario: Scenario
    draws: Draws
    assumptions: Assumptions

    def sticks(self) -> Array:
        """Add up what mediators' sticks take from no deal."""
        total = np.zeros(self.draws.n_worlds)
        if self.assumptions.levers == "pulled":
            for mediator in self.scenario.parties:
                for lever in mediator.levers:
                    if lever.party == self.actor.id:
                        total += to_units(self.draws.quantity[*mediator.path, "levers", lever.party, "stick"])
        return total

    def state(self, state: EndState, path: Path) -> Array:
        """Value one state."""
        if isinstance(state, SameAs):
            return utility_of(self.actor, state, path, self.scenario.issues, self.draws, self.assumptions)
        return to_units(self.draws.quantity[path])

    def now(self, state: EndState | None, losses: Iterable[Charge], path: Path) -> Array | None:
        """Value what is held meanwhile, less its losses."""
        if state is None:
            return None
        return self.state(state, (*path, "now")) - to_units(self._charges(losses, (*path, "losses")))

    def lottery(self, lottery: Lottery, path: Path) -> Array:
        """Weigh the ends by their probabilities, and take off the costs."""
        given = {
            end.id: self.draws.quantity[*path, "ends", end.id, "probability"]
            for end in lottery.ends
            if end.probability is not None
        }
        left = 1 - sum(given.values(), np.zeros(self.draws.n_worlds))
        value = -self._charges(lottery.costs, (*path, "costs")) * UNITS_PER_POINT
        for end in lottery.ends:
            value += given.get(end.id, left) * self.state(end.worth, (*path, "ends", end.id, "worth"))
        return np.rint(value)

    def war(self, war: WarValue, now: Array | None, path: Path) -> War:
        """Value the war, and what a better chance of winning it would add."""
        win, lose = self.state(war.win, (*path, "win")), self.state(war.lose, (*path, "lose"))
        _, total = _hazards(war.side, self.scenario, self.draws)
        chance = chance_of_winning(self.actor, self.scenario, self.draws, self.assumptions)
        rate = self.draws.quantity[*self.actor.path, "discount_rate"]
        held = np.zeros(self.draws.n_worlds) if now is None else now
        cost = self._charges(war.costs, (*path, "costs")) * UNITS_PER_POINT
        value = war_value(rate, total * chance, total * (1 - chance), win, lose, held, cost)
        slope = total * (win - lose) / (rate + total)
        return War(war.side, chance, slope, value, np.full(self.draws.n_worlds, -np.inf))

    def _charges(self, charges: Iterable[Charge], path: Path) -> Array:
        """Add up charges, each times its factors, in points."""
        total = np.zeros(self.draws.n_worlds)
        for charge in charges:
            if charge.factors:
                each = self.draws.quantity[*path, charge.id, "points"]
                for name, _ in charge.factors:
                    each = each * self.draws.quantity[*path, charge.id, "factors", name]
                total += each
            else:
                total += self.draws.quantity[*path, charge.id]
        return total
