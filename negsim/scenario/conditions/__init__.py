"""Conditions: a small language that says for which outcomes something holds."""

from negsim.scenario.conditions.flaws import Flaw
from negsim.scenario.conditions.names import IssueNames, Names
from negsim.scenario.conditions.parse import parse_condition
from negsim.scenario.conditions.tree import Condition

__all__ = ["Condition", "Flaw", "IssueNames", "Names", "parse_condition"]
