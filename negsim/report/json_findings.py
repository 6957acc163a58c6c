"""What is found beside the zone, as plain data for JSON: blocks and solutions."""

from __future__ import annotations

from typing import Any

from negsim.model.estimates import Estimate, Spread
from negsim.zone.findings import Blocks, NearOutcome, NearParty, SolutionFinding

__all__ = ["blocks_data", "estimate_data", "maybe_data", "solutions_data", "spread_data"]

Data = dict[str, Any]


def estimate_data(estimate: Estimate) -> Data:
    """Give an estimate as data."""
    return {"estimate": estimate.estimate, "low": estimate.low, "high": estimate.high}


def maybe_data(estimate: Estimate | None) -> Data | None:
    """Give an estimate as data; null where there was nothing to estimate."""
    return None if estimate is None else estimate_data(estimate)


def spread_data(spread: Spread | None) -> Data | None:
    """Give the middle of some points as data; null where there were none."""
    return None if spread is None else {"p10": spread.p10, "median": spread.median, "p90": spread.p90}


def blocks_data(blocks: Blocks) -> Data:
    """Give what blocks as data."""
    return {
        "worlds": blocks.n_worlds,
        "worlds_without_zone": blocks.n_without,
        "p_zone": estimate_data(blocks.p_zone),
        "red_lines": [
            {
                "party": block.party,
                "red_line": block.red_line,
                "p_without": estimate_data(block.p_without),
                "gain": estimate_data(block.gain),
                "with_others": estimate_data(block.with_others),
            }
            for block in blocks.lines
        ],
        "no_deal": [
            {
                "party": block.party,
                "points": block.points,
                "p_lower": estimate_data(block.p_lower),
                "gain": estimate_data(block.gain),
            }
            for block in blocks.no_deal
        ],
        "minimal_sets": [
            {
                "red_lines": [{"party": party, "red_line": line} for party, line in minimal.red_lines],
                "no_deal": [
                    {"party": conceded.party, "points": spread_data(conceded.points)} for conceded in minimal.no_deal
                ],
                "share": estimate_data(minimal.share),
            }
            for minimal in blocks.minimal
        ],
        "n_minimal_sets": blocks.n_minimal,
        "shortfalls": [
            {
                "party": one.party,
                "short": estimate_data(one.short),
                "points": spread_data(one.points),
                "own_red_lines": estimate_data(one.own_lines),
                "others": estimate_data(one.others),
            }
            for one in blocks.shortfalls
        ],
        "nearest": [_near(outcome) for outcome in blocks.nearest],
        "total_shortfall": None
        if blocks.total is None
        else {"share": estimate_data(blocks.total.share), "points": spread_data(blocks.total.points)},
    }


def _near(outcome: NearOutcome) -> Data:
    return {
        "options": dict(outcome.options),
        "share": estimate_data(outcome.share),
        "new": estimate_data(outcome.new),
        "parties": [_near_party(party) for party in outcome.parties],
    }


def _near_party(party: NearParty) -> Data:
    return {
        "party": party.party,
        "p_accept": estimate_data(party.p_accept),
        "short": estimate_data(party.short),
        "points": spread_data(party.points),
        "crossed": [{"red_line": line, "real": estimate_data(real)} for line, real in party.crossed],
    }


def solutions_data(solutions: tuple[SolutionFinding, ...]) -> list[Data]:
    """Give what solutions choose as data."""
    return [
        {
            "name": solution.name,
            "title": solution.title,
            "compares_points": solution.compares_points,
            "worlds": solution.n_worlds,
            "zones": solution.n_zones,
            "gains": {party: spread_data(gain) for party, gain in solution.gains},
            "worth": dict(solution.worth),
            "options": [
                {"issue": option.issue, "option": option.option, "share": estimate_data(option.share)}
                for option in solution.options
            ],
        }
        for solution in solutions
    ]
