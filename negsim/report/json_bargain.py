"""What came of bargaining as plain data for JSON."""

from __future__ import annotations

from typing import Any

from negsim.bargaining.result import BargainResult, OptionReached, PartyOutcome, RobustDeal, TacticChange
from negsim.report.json_findings import estimate_data, maybe_data, spread_data
from negsim.report.json_head import cast_at_home_data, head_data, sample_data
from negsim.scenario.types import Scenario

__all__ = ["BARGAIN_FORMAT", "bargain_data", "bargaining_data"]

BARGAIN_FORMAT = "negsim.bargain/1"

Data = dict[str, Any]


def bargain_data(result: BargainResult, scenario: Scenario, version: str) -> Data:
    """Give what came of bargaining as data, in the form that ``negsim schema bargain`` describes."""
    return {
        **head_data(BARGAIN_FORMAT, scenario, version, sample_data(result)),
        **cast_at_home_data(scenario),
        **_findings(result),
    }


def bargaining_data(result: BargainResult | None) -> Data | None:
    """Give the same as one part of a saved run, with its own number of worlds; null where nobody bargains."""
    return None if result is None else {"worlds": result.n_worlds, **_findings(result)}


def _findings(result: BargainResult) -> Data:
    return {
        "protocol": {
            "kind": result.kind,
            "rounds_in_all": result.n_rounds,
            "sessions": result.sessions,
            "offers": result.offers,
            "beliefs": result.beliefs,
            "order": list(result.order),
        },
        "outcome_space": {
            "outcomes": result.n_outcomes,
            "deals": result.n_deals,
            "coverage": maybe_data(result.coverage),
        },
        "p_agreement": estimate_data(result.p_agreement),
        "p_zone": estimate_data(result.p_zone),
        "p_missed": estimate_data(result.missed),
        "p_impossible": estimate_data(result.impossible),
        "reasons": [{"stop": reason.stop, "p": estimate_data(reason.p)} for reason in result.reasons],
        "round": spread_data(result.rounds),
        "p_efficient": maybe_data(result.p_efficient),
        "nash_share": spread_data(result.nash),
        "gains": [_party(one) for one in result.parties],
        "options": [_option(one) for one in result.options],
        "robust": [_robust(deal) for deal in result.robust],
        "changes": [_change(change) for change in result.changes],
    }


def _party(one: PartyOutcome) -> Data:
    return {
        "party": one.party,
        "tactic": one.tactic,
        "gain": spread_data(one.gain),
        "share": spread_data(one.share),
        "spare": spread_data(one.spare),
    }


def _option(one: OptionReached) -> Data:
    return {"issue": one.issue, "option": one.option, "p_reached": estimate_data(one.p_reached)}


def _robust(deal: RobustDeal) -> Data:
    return {
        "options": dict(deal.options),
        "p_in_zone": estimate_data(deal.p_zone),
        "p_agreed": estimate_data(deal.p_agreed),
    }


def _change(change: TacticChange) -> Data:
    return {
        "party": change.party,
        "change": change.change,
        "p_agreement": estimate_data(change.p_agreement),
        "gain": estimate_data(change.gain),
    }
