"""Nobody needed gets less than without a deal.

Every outcome that negsim reports in a zone, and every agreement that bargaining reaches, is worth at least the no-deal
value to everybody whose consent it needs.

Why: that is what acceptance means (von Neumann and Morgenstern 1944; Raiffa 1982).

Scope: all scenarios. Under a quorum it is said of those alone who cannot be outvoted. Utilities and no-deal values are
added up here from priorities, values and states as they are defined. Where a no-deal value is computed, or a deal may
be broken, what is closer to no deal than rounding goes is left open.
"""

from __future__ import annotations

import numpy as np

from negsim.checks.theorems.checked import Checked, fails, holds, not_applying
from negsim.checks.theorems.evidence import Evidence
from negsim.checks.theorems.no_firm_line_crossed import everybody_looked_at, must_agree
from negsim.checks.theorems.second_way.accepting import asked_at, falls_short

__all__ = ["ID", "check"]

ID = "individually_rational"


def check(evidence: Evidence) -> Checked:
    """Look at outcomes of zones and at agreements."""
    looked_at = everybody_looked_at(evidence)
    n_cases = sum(len(cases) for _, cases in looked_at)
    if not n_cases:
        return not_applying(ID, f"no zone and no agreement in {evidence.n_worlds:,} worlds")
    for what, cases in looked_at:
        for actor in must_agree(cases.scenario):
            if actor.by_lines_alone:
                continue
            short = np.flatnonzero(falls_short(actor, cases) & asked_at(actor, cases))
            if len(short):
                where = evidence.name_case(cases, int(short[0]))
                return fails(ID, n_cases, f"{what} is worth less than no deal to {actor.id}", where)
    return holds(ID, n_cases, f"{n_cases:,} outcomes of zones and agreements")
