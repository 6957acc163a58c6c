"""No deal crosses a real red line or breaks a rule.

No outcome that negsim reports in a zone, and no agreement that bargaining reaches, crosses a red line that is real in
that world of anybody whose consent the outcome needs, or breaks a rule, or settles an issue that does not arise.

Why: a party accepts nothing across a real line of its own, and outcomes that break a rule are no outcomes.

Scope: all scenarios. Under a quorum it is said of those alone who cannot be outvoted. Lines, rules and consent are read
here on the outcomes themselves, as they are written.
"""

from __future__ import annotations

import numpy as np

from negsim.checks.theorems.checked import Checked, fails, holds, not_applying
from negsim.checks.theorems.evidence import Evidence
from negsim.checks.theorems.second_way.accepting import asked_at, crosses, feasible
from negsim.checks.theorems.second_way.cases import Cases
from negsim.scenario.types import Party, Role, Scenario

__all__ = ["ID", "check", "everybody_looked_at", "must_agree"]

ID = "no_firm_line_crossed"


def check(evidence: Evidence) -> Checked:
    """Look at outcomes of zones and at agreements."""
    looked_at = everybody_looked_at(evidence)
    n_cases = sum(len(cases) for _, cases in looked_at)
    if not n_cases:
        return not_applying(ID, f"no zone and no agreement in {evidence.n_worlds:,} worlds")
    for what, cases in looked_at:
        broken = np.flatnonzero(~feasible(cases))
        if len(broken):
            where = evidence.name_case(cases, int(broken[0]))
            return fails(ID, n_cases, f"{what} breaks a rule, or holds an issue that does not arise", where)
        for actor in must_agree(cases.scenario):
            crossed = np.flatnonzero(crosses(actor, cases) & asked_at(actor, cases))
            if len(crossed):
                where = evidence.name_case(cases, int(crossed[0]))
                return fails(ID, n_cases, f"{what} crosses a real red line of {actor.id}", where)
    return holds(ID, n_cases, f"{n_cases:,} outcomes of zones and agreements")


def everybody_looked_at(evidence: Evidence) -> list[tuple[str, Cases]]:
    """List the cases in which negsim says that everybody needed accepts."""
    found = [("an outcome of a zone", evidence.zone_cases)]
    if evidence.can_bargain:
        found.append(("an agreement", evidence.agreements.cases))
    return found


def must_agree(scenario: Scenario) -> list[Party]:
    """List those who cannot be outvoted; of others, they are asked where the outcome needs their consent."""
    agreement = scenario.agreement
    return [
        actor
        for actor in scenario.actors
        if agreement.quorum is None or actor.role is not Role.SIGNATORY or actor.id in agreement.vetoes
    ]
