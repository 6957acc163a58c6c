"""Without a rule no zone closes.

If a rule is dropped, no world loses its zone and no zone an outcome.

Why: there are more outcomes, and those that there were are worth what they were.

Scope: all rules that can be dropped with fewer outcomes than can be gone through. Combinations of issues are listed
anew without the rule, so that two compiled scenarios are compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.theorems.checked import Checked
from negsim.checks.theorems.comparing import Step, compare, variant_of, without_bystanders
from negsim.checks.theorems.evidence import Evidence

__all__ = ["ID", "check"]

ID = "dropping_a_rule_never_closes"

_RULES = 8
"""Rules that are dropped, the first ones."""


def check(evidence: Evidence) -> Checked:
    """Drop one rule after the other."""
    return compare(ID, evidence, _steps(evidence), without="there is no rule that can be dropped by itself")


def _steps(evidence: Evidence) -> Iterator[Step]:
    for rule in evidence.compiled.scenario.rules[:_RULES]:
        found = variant_of(evidence, (*without_bystanders(evidence), f"rules.{rule.id}=null"))
        if found is not None:
            yield Step(f"without the rule {rule.id}", evidence.zones, found)
