"""What is valid in a scenario but doubtful: one module a rule, its docstring the manual page."""

from negsim.checks.lint import lint
from negsim.checks.rules import RULES, Rule

__all__ = ["RULES", "Rule", "lint"]
