"""What was found on no deal, durability and who must say yes, as plain data for JSON."""

from __future__ import annotations

import math
from typing import Any

from negsim.model.estimates import Spread
from negsim.report.json_findings import estimate_data, spread_data
from negsim.zone.stakes_deal import BonusPart, DealStakes
from negsim.zone.stakes_result import (
    DealRisk,
    Faith,
    KeptOut,
    NoDealFinding,
    PartyRisk,
    Payments,
    Pressure,
    Stakes,
    TermPrice,
    WhatIf,
)

__all__ = ["deal_stakes_data", "stakes_data"]

Data = dict[str, Any]


def stakes_data(stakes: Stakes) -> Data:
    """Give the findings of an analysis as data; null or empty where a scenario has nothing of it."""
    return {
        "no_deal": [_no_deal(found) for found in stakes.no_deal],
        "common_belief": _what_if(stakes.common_belief),
        "unbroken": _what_if(stakes.unbroken),
        "deals": [_risk(risk) for risk in stakes.deals],
        "kept_out": [_kept_out(deal) for deal in stakes.kept_out],
        "negotiators": _what_if(stakes.negotiators),
        "no_levers": _what_if(stakes.no_levers),
        "pressure": [_pressure(one) for one in stakes.pressure],
        "good_faith": None if stakes.faith is None else _faith(stakes.faith),
        "side_payments": None if stakes.payments is None else _payments(stakes.payments),
    }


def deal_stakes_data(stakes: DealStakes) -> Data:
    """Give the findings on one deal as data; null or empty where a scenario has nothing of it."""
    payment = stakes.payment
    return {
        "no_deal": [_no_deal(found) for found in stakes.no_deal],
        "risk": None if stakes.risk is None else _risk(stakes.risk),
        "bonuses": [_bonus(part) for part in stakes.bonuses],
        "sacred": [{"party": party, "sacred": sacred} for party, sacred in stakes.sacred],
        "negotiators": None if stakes.negotiators is None else estimate_data(stakes.negotiators),
        "at_home": [{"party": party, "ratifier": ratifier} for party, ratifier in stakes.at_home],
        "p_in_good_faith": None if stakes.p_in_good_faith is None else estimate_data(stakes.p_in_good_faith),
        "side_payment": None
        if payment is None
        else {
            "currency": payment.currency,
            "p_paid": estimate_data(payment.p_paid),
            "least": spread_data(payment.least),
        },
    }


def _what_if(found: WhatIf | None) -> Data | None:
    if found is None:
        return None
    return {
        "worlds": found.n_worlds,
        "p_zone": estimate_data(found.p_zone),
        "difference": estimate_data(found.difference),
    }


def _no_deal(found: NoDealFinding) -> Data:
    return {
        "party": found.actor,
        "form": found.form,
        "value": spread_data(found.value),
        "inside": spread_data(found.inside),
        "chance": spread_data(found.chance),
        "chance_as_drawn": spread_data(found.as_drawn),
        "worlds": found.n_worlds,
    }


def _kept_out(deal: KeptOut) -> Data:
    return {
        "options": dict(deal.options),
        "worlds": deal.n_worlds,
        "p_but_for_risk": estimate_data(deal.p_but_for_risk),
        "p_in_zone": estimate_data(deal.p_in_zone),
    }


def _risk(risk: DealRisk) -> Data:
    return {
        "worlds": risk.n_worlds,
        "p_but_for_risk": estimate_data(risk.p_but_for_risk),
        "p_first": {one.party: estimate_data(one.p_first) for one in risk.breakers},
        "years": _years(risk.years),
        "p_holds": [{"years": years, "p": estimate_data(share)} for years, share in risk.p_holds],
        "term": risk.term,
        "credibility": spread_data(risk.credibility),
        "needed": spread_data(risk.needed),
        "p_none_needed": estimate_data(risk.p_enough),
        "p_none_does": estimate_data(risk.p_none),
        "parties": [_party(one) for one in risk.parties],
        "terms": [_term(one) for one in risk.terms],
    }


def _years(found: Spread) -> Data:
    """Give numbers of years; null for one without an end."""
    ends = {"p10": found.p10, "median": found.median, "p90": found.p90}
    return {name: years if math.isfinite(years) else None for name, years in ends.items()}


def _party(one: PartyRisk) -> Data:
    return {
        "party": one.actor,
        "if_held": spread_data(one.if_held),
        "with_risk": spread_data(one.with_risk),
        "loss": spread_data(one.loss),
        "p_accept_if_held": estimate_data(one.p_accept_if_held),
    }


def _term(one: TermPrice) -> Data:
    return {
        "party": one.actor,
        "years": one.years,
        "change": spread_data(one.change),
        "credibility": spread_data(one.credibility),
        "p_none_does": estimate_data(one.p_none),
    }


def _pressure(one: Pressure) -> Data:
    return {"parties": list(one.parties), "points": one.points, **(_what_if(one.found) or {})}


def _faith(faith: Faith) -> Data:
    return {"p_all": estimate_data(faith.p_all), **(_what_if(faith.found) or {})}


def _payments(found: Payments) -> Data:
    return {
        "worlds": found.n_worlds,
        "currency": found.currency,
        "p_zone": estimate_data(found.p_zone),
        "gain": estimate_data(found.gain),
        "least": spread_data(found.least),
        "paid": {one.party: estimate_data(one.share) for one in found.paid},
    }


def _bonus(part: BonusPart) -> Data:
    return {
        "party": part.actor,
        "kind": part.kind,
        "source": part.source,
        "name": part.name,
        "points": spread_data(part.points),
    }
