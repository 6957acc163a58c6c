"""Whoever has to ratify never opens a zone.

If nobody were asked at home, no world would lose its zone and no zone an outcome.

Why: it is one more who must accept (Putnam 1988).

Scope: scenarios with ratifiers. It is said of zones: a negotiator may well get more because of whom it has to ask.
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.theorems.checked import Checked
from negsim.checks.theorems.comparing import Step, compare
from negsim.checks.theorems.evidence import Evidence
from negsim.model.assumptions import Assumptions
from negsim.model.worlds import build_worlds

__all__ = ["ID", "check"]

ID = "asked_at_home_never_opens"


def check(evidence: Evidence) -> Checked:
    """Compare the zones with those of negotiators who ask nobody."""
    return compare(ID, evidence, _steps(evidence), without="nobody has to ratify")


def _steps(evidence: Evidence) -> Iterator[Step]:
    compiled = evidence.compiled
    if any(party.ratifiers for party in compiled.scenario.parties):
        alone = Assumptions(ratifiers="not_asked")
        worlds = build_worlds(compiled.scenario, compiled.structure, evidence.draws, alone)
        yield Step("nobody asked at home", evidence.zones, evidence.zones_of(compiled, worlds))
