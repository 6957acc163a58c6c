"""What a deal that may be broken adds to no deal, by definition: over time, and over who may break it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.checks.theorems.second_way.alternative import Alternative
from negsim.checks.theorems.second_way.cases import Cases
from negsim.checks.theorems.second_way.worth import units
from negsim.records import dataclass
from negsim.scenario.commitments import Durability, PowerShift
from negsim.scenario.no_deal import WarValue
from negsim.scenario.types import Party

__all__ = ["Surplus", "surplus_of"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Surplus:
    """What deals are worth beyond no deal: ``value`` (case,) in units, and by how much of a unit it may be off."""

    value: Array
    share: Array


def surplus_of(actor: Party, over: Array, alternative: Alternative) -> Surplus:
    """Weigh what deals are worth ``over`` no deal while they hold against what comes after a breach.

    The integral of r exp(-r t) times what is held at t, which is the deal until somebody breaks it.
    """
    cases = alternative.cases
    durability = cases.scenario.durability
    if durability is None or actor.discount_rate is None:
        return Surplus(over, np.ones(len(cases)))
    rate = cases.number((*actor.path, "discount_rate"))
    during, after = _hazards(durability, cases)
    nothing = np.zeros(len(cases))
    term = _term(durability, cases)
    leaves = rate + sum(during.values(), nothing)
    through = np.exp(-leaves * np.where(np.isfinite(term), term, 1.0)) * np.isfinite(term)
    share, lost = nothing.copy(), nothing.copy()
    for hazards, weight in ((during, 1 - through), (after, through)):
        leaves = rate + sum(hazards.values(), nothing)
        share += weight * rate / leaves
        for breaker, hazard in hazards.items():
            lost += weight * hazard / leaves * _after_breach(actor, durability, breaker, alternative)
    return Surplus(share * over + lost, share)


def _hazards(durability: Durability, cases: Cases) -> tuple[dict[str, Array], dict[str, Array]]:
    """Give the hazards of each breaker while a guarantee runs, and after it."""
    during = {one.party: cases.number(("durability", "breakers", one.party, "hazard")) for one in durability.breakers}
    after = dict(during)
    for support in durability.supports:
        prevented = cases.number(("durability", "supports", support.id, "credibility"))
        left = np.where(cases.holds(support.when), 1 - prevented, 1.0)
        for breaker in support.against or tuple(during):
            during[breaker] = during[breaker] * left
            after[breaker] = after[breaker] * (1.0 if support.guaranteed else left)
    for mediator in cases.scenario.parties:
        for lever in mediator.levers:
            if lever.guarantee is not None:
                prevented = cases.number((*mediator.path, "levers", lever.party, "guarantee", "credibility"))
                left = np.where(cases.holds(lever.guarantee.when), 1 - prevented, 1.0)
                for breaker in during.keys() - {lever.party}:
                    during[breaker] = during[breaker] * left
    return during, after


def _term(durability: Durability, cases: Cases) -> Array:
    """Give the years for which guarantees run: without end where no issue says so, none where it does not arise."""
    if not durability.term:
        return np.full(len(cases), np.inf)
    issue = next(one for one in cases.scenario.issues if one.id == durability.term)
    years = np.array([*(float(level) for level in issue.levels), 0.0])
    return years[cases.choice[:, cases.place[issue.id]]]


def _after_breach(actor: Party, durability: Durability, breaker: str, alternative: Alternative) -> Array:
    """Give what an actor has more than no deal once somebody has broken a deal, in units: (case,)."""
    cases = alternative.cases
    favour, points = np.zeros(len(cases)), np.zeros(len(cases))
    for shift in durability.power_shifts:
        if shift.if_broken_by and breaker not in shift.if_broken_by:
            continue
        left = np.where(cases.holds(shift.when), _left(durability, shift, cases), 0.0)
        root = ("durability", "power_shifts", shift.id)
        if shift.by is not None and isinstance(actor.no_deal, WarValue):
            sign = 1 if shift.towards == actor.no_deal.side else -1
            favour += sign * cases.number((*root, "by")) * left
        party = actor.ratifies or actor.id
        if party in dict(shift.points):
            points += units(cases.number((*root, "points", party)) * left)
    return alternative.if_shifted(favour) - alternative.if_shifted(np.zeros(len(cases))) + points


def _left(durability: Durability, shift: PowerShift, cases: Cases) -> Array:
    left = np.ones(len(cases))
    for remedy in durability.remedies:
        if not remedy.shifts or shift.id in remedy.shifts:
            taken = cases.number(("durability", "remedies", remedy.id, "takes_away"))
            left *= np.where(cases.holds(remedy.when), 1 - taken, 1.0)
    return left
