"""Claims: what an author expects of a scenario, in a small language over its results."""

from negsim.scenario.claims.measures import MEASURES, MeasureKind
from negsim.scenario.claims.parse import ClaimNames, parse_claim
from negsim.scenario.claims.tree import Change, Claim, Expectation, Measure, Scope, Trend

__all__ = [
    "MEASURES",
    "Change",
    "Claim",
    "ClaimNames",
    "Expectation",
    "Measure",
    "MeasureKind",
    "Scope",
    "Trend",
    "parse_claim",
]
