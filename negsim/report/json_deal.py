"""The finding on one deal as plain data for JSON."""

from __future__ import annotations

from typing import Any

from negsim.model.estimates import Spread
from negsim.report.json_findings import estimate_data
from negsim.report.json_head import cast_at_home_data, head_data, sample_data
from negsim.report.json_stakes import deal_stakes_data
from negsim.scenario.types import Scenario
from negsim.zone.deal_result import CrossedLine, DealResult, IssueLoss, PartyView, PreferredDeal

__all__ = ["DEAL_FORMAT", "deal_data"]

DEAL_FORMAT = "negsim.deal/1"

Data = dict[str, Any]


def deal_data(result: DealResult, scenario: Scenario, version: str) -> Data:
    """Give the finding on one deal as data, in the form that ``negsim schema deal`` describes."""
    return {
        **head_data(DEAL_FORMAT, scenario, version, sample_data(result)),
        **cast_at_home_data(scenario),
        "outcome_space": {"issues": result.n_issues, "outcomes": result.n_outcomes},
        "options": dict(result.options),
        "asked": list(result.asked),
        "p_in_zone": estimate_data(result.p_in_zone),
        "views": {view.party: _view(view) for view in result.parties},
        "preferred": [_preferred(deal) for deal in result.preferred],
        "best_other": None if result.best_other is None else _preferred(result.best_other),
        "search": {
            "compared": result.n_compared,
            "preferred": result.n_preferred,
            "most_changes": result.most_changes,
            "worlds": result.n_chosen_on,
        },
        "stakes": deal_stakes_data(result.stakes),
    }


def _view(view: PartyView) -> Data:
    return {
        "p_accept": estimate_data(view.p_accept),
        "gain": _spread(view.gain),
        "not_accepted": {
            "p_short_of_points": estimate_data(view.p_short),
            "p_red_line": estimate_data(view.p_line),
            "p_both": estimate_data(view.p_both),
        },
        "lacks": None if view.lacks is None else _spread(view.lacks),
        "losses": [_loss(loss) for loss in view.losses],
        "crossed": [_crossed(line) for line in view.crossed],
    }


def _spread(found: Spread) -> Data:
    return {"p10": found.p10, "median": found.median, "p90": found.p90}


def _loss(loss: IssueLoss) -> Data:
    return {"issue": loss.issue, "points": loss.points, "best": loss.best}


def _crossed(line: CrossedLine) -> Data:
    return {
        "red_line": line.red_line,
        "p_real": estimate_data(line.p_real),
        "cost": None if line.cost is None else _spread(line.cost),
    }


def _preferred(deal: PreferredDeal) -> Data:
    return {
        "options": dict(deal.options),
        "changes": dict(deal.changes),
        "n_changes": deal.n_changes,
        "p_preferred": estimate_data(deal.p_preferred),
        "p_in_zone": estimate_data(deal.p_in_zone),
        "gains": {gain.party: _spread(gain.gain) for gain in deal.gains},
    }
