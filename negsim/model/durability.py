"""What the risk of breach does to every party in each world and cell (model, section 3).

A deal's value is v = A u + (1 - A) w1, with the same A in all outcomes of a cell. So the risk moves thresholds and
nothing else: v reaches no deal where u reaches it and a *premium*, (1 - A) / A times what a breach would cost.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from negsim.model.assumptions import AS_STATED, Assumptions
from negsim.model.breach import Hazards
from negsim.model.cells import BreachCells
from negsim.model.draws import Draws
from negsim.model.no_deal import WithoutDeal
from negsim.model.structure import Structure
from negsim.model.supports import supports_of
from negsim.model.values import to_units
from negsim.records import dataclass
from negsim.scenario.commitments import PowerShift
from negsim.scenario.types import Party, Scenario

__all__ = ["Risk", "breach_losses", "hazards_of", "risk_of", "risks_of"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Risk:
    """What the risk of breach does to one actor, by signature of `BreachCells`; worked out when first looked at.

    ``hazard`` and ``shift`` (signature,) are the kinds of each signature by what hazards and power shifts tell apart.
    ``holds`` (world, kind of hazard) is the weight of the deal itself in its value. ``lost`` are pairs: the weight of
    what comes after some breaches, by that of the deal, (world, kind of hazard), and what they cost, in units, (world,
    kind of shift). An actor without a stake has no signatures.
    """

    hazard: NDArray[np.intp]
    shift: NDArray[np.intp]
    holds: Array
    lost: tuple[tuple[Array, Array], ...] = ()

    @property
    def asks(self) -> bool:
        """Whether the actor has a stake, which a breach may touch."""
        return len(self.hazard) > 0

    @cached_property
    def premium(self) -> Array:
        """What a deal must be worth beyond no deal to be accepted: (world, signature), in units, integer-valued.

        Below 0 where the actor gains from a breach.
        """
        premium = np.zeros((len(self.holds), len(self.hazard)))
        for weight, loss in self.lost:
            each = np.take(weight, self.hazard, axis=1)
            each *= np.take(loss, self.shift, axis=1)
            premium += each
        return np.rint(premium, out=premium)

    @cached_property
    def kept(self) -> Array:
        """The weight of the deal's own utility in its value: (world, signature), above 0 and at most 1."""
        return np.take(self.holds, self.hazard, axis=1)

    def select(self, which: NDArray[np.bool_]) -> Risk:
        """Keep some of the worlds: those marked, (world,)."""
        lost = tuple((weight[which], loss[which]) for weight, loss in self.lost)
        return Risk(self.hazard, self.shift, self.holds[which], lost)


def risks_of(
    scenario: Scenario,
    structure: Structure,
    draws: Draws,
    without: tuple[WithoutDeal, ...],
    assumptions: Assumptions = AS_STATED,
) -> tuple[Risk, ...]:
    """Work out the risk of every actor, in the order of `Scenario.actors`; nothing where no deal may be broken.

    ``without`` is what each has without a deal.
    """
    if structure.breach is None or assumptions.breach == "impossible":
        return ()
    hazards = hazards_of(scenario, structure.breach.by_hazard[0], draws, assumptions)
    return tuple(
        risk_of(actor, scenario, structure.breach, draws, held, hazards)
        for actor, held in zip(scenario.actors, without, strict=True)
    )


def risk_of(
    actor: Party, scenario: Scenario, cells: BreachCells, draws: Draws, held: WithoutDeal, hazards: Hazards
) -> Risk:
    """Work out the risk of one actor from the hazards of each kind of signature that they tell apart."""
    if actor.discount_rate is None:
        # An actor with no stake: whatever it gets after a breach is worth the same to it.
        nothing = np.zeros(0, np.intp)
        return Risk(nothing, nothing, np.zeros((draws.n_worlds, 0)))
    hazard, (shifted, shift) = cells.by_hazard[1], cells.by_shift
    holds, lost_to = hazards.weights(draws.quantity[*actor.path, "discount_rate"][:, None])
    return Risk(hazard, shift, holds, _alike(lost_to / holds, breach_losses(actor, scenario, shifted, draws, held)))


def _alike(weights: Array, losses: list[Array]) -> tuple[tuple[Array, Array], ...]:
    """Add up the weights of breakers whose breaches cost the same: pairs of a weight and a loss."""
    added: dict[int, tuple[Array, Array]] = {}
    for weight, loss in zip(weights, losses, strict=True):
        before, _ = added.get(id(loss), (0.0, loss))
        added[id(loss)] = (before + weight, loss)
    return tuple(added.values())


def hazards_of(scenario: Scenario, cells: BreachCells, draws: Draws, assumptions: Assumptions = AS_STATED) -> Hazards:
    """Give the hazards of breach, (breaker, world, signature), of deals with each signature."""
    assert scenario.durability is not None
    breakers = scenario.durability.breakers
    shape = (len(breakers), draws.n_worlds, len(cells.term))
    during = np.empty(shape)
    for k, breaker in enumerate(breakers):
        during[k] = draws.quantity["durability", "breakers", breaker.party, "hazard"][:, None]
    after = during.copy()
    for k, backing in enumerate(supports_of(scenario)):
        if backing.lever and assumptions.levers != "pulled":
            continue
        left = 1 - draws.quantity[backing.credibility][:, None]
        where = np.flatnonzero(cells.supported[:, k])
        for held_back in np.flatnonzero(backing.against).tolist():
            during[held_back][:, where] *= left
            if not backing.guaranteed:
                after[held_back][:, where] *= left
    return Hazards(during, after, cells.term)


def breach_losses(actor: Party, scenario: Scenario, cells: BreachCells, draws: Draws, held: WithoutDeal) -> list[Array]:
    """Give what an actor loses by a breach, against no deal now, for each breaker: (world, signature) each, in units.

    Its no-deal value less the same with the power shifts of the cell, less what remedies take away.
    """
    assert scenario.durability is not None
    shifts = scenario.durability.power_shifts
    found: dict[tuple[int, ...], Array] = {}
    losses = []
    for breaker in scenario.durability.breakers:
        applying = tuple(
            k for k, shift in enumerate(shifts) if not shift.if_broken_by or breaker.party in shift.if_broken_by
        )
        if applying not in found:
            found[applying] = _loss(actor, scenario, cells, draws, held, applying)
        losses.append(found[applying])
    return losses


def _loss(
    actor: Party,
    scenario: Scenario,
    cells: BreachCells,
    draws: Draws,
    held: WithoutDeal,
    applying: tuple[int, ...],
) -> Array:
    assert scenario.durability is not None
    party = actor.ratifies or actor.id
    loss = np.zeros((draws.n_worlds, len(cells.term)))
    favour = np.zeros_like(loss)
    for k in applying:
        shift = scenario.durability.power_shifts[k]
        where = np.flatnonzero(cells.shifted[:, k])
        left = _left(shift, scenario, cells, draws)[:, where]
        root = ("durability", "power_shifts", shift.id)
        if shift.by is not None and held.war is not None:
            sign = 1 if shift.towards == held.war.side else -1
            favour[:, where] += sign * draws.quantity[*root, "by"][:, None] * left
        if party in dict(shift.points):
            loss[:, where] -= to_units(draws.quantity[*root, "points", party][:, None] * left)
    return loss + held.loss(favour)


def _left(shift: PowerShift, scenario: Scenario, cells: BreachCells, draws: Draws) -> Array:
    """Give the share of a power shift that remedies leave: (world, signature)."""
    assert scenario.durability is not None
    left = np.ones((draws.n_worlds, len(cells.term)))
    for k, remedy in enumerate(scenario.durability.remedies):
        if not remedy.shifts or shift.id in remedy.shifts:
            kept = 1 - draws.quantity["durability", "remedies", remedy.id, "takes_away"][:, None]
            left[:, np.flatnonzero(cells.remedied[:, k])] *= kept
    return left
