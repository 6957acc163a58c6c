"""Scenarios: reading them from files, writing them, and the types they are made of."""

from negsim.scenario.load import LoadedScenario, load, load_with_places, loads
from negsim.scenario.types import (
    IRRELEVANT,
    Adjustment,
    Agreement,
    Demand,
    Issue,
    IssueKind,
    OptionValue,
    Party,
    Priority,
    Provenance,
    RedLine,
    Role,
    Rule,
    SameAs,
    Scenario,
    Source,
    Tie,
)
from negsim.scenario.writer import write

__all__ = [
    "IRRELEVANT",
    "Adjustment",
    "Agreement",
    "Demand",
    "Issue",
    "IssueKind",
    "LoadedScenario",
    "OptionValue",
    "Party",
    "Priority",
    "Provenance",
    "RedLine",
    "Role",
    "Rule",
    "SameAs",
    "Scenario",
    "Source",
    "Tie",
    "load",
    "load_with_places",
    "loads",
    "write",
]
