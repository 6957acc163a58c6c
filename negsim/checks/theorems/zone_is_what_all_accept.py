"""The zone is what everybody needed accepts, and all of it.

An outcome is in the zone if, and only if, enough of those accept it whom the agreement rule asks: what each accepts
decides, outcome by outcome, and nothing else. A tie with no deal is accepted.

Why: by definition.

Scope: all scenarios. Acceptance is worked out here outcome by outcome, as it is defined; where a no-deal value is
computed, or a deal may be broken, what is closer to no deal than rounding goes is left open.
"""

from __future__ import annotations

import numpy as np

from negsim.checks.theorems.checked import Checked, fails, holds
from negsim.checks.theorems.evidence import Evidence
from negsim.checks.theorems.second_way.accepting import let_through
from negsim.zone.counting import in_zone

__all__ = ["ID", "check"]

ID = "zone_is_what_all_accept"


def check(evidence: Evidence) -> Checked:
    """Compare the zone with what is let through, over outcomes from everywhere."""
    cases = evidence.spread_cases
    here, kind = np.unique(cases.choice, axis=0, return_inverse=True)
    inside = in_zone(evidence.worlds, evidence.compiled, evidence.compiled.structure.outcomes_of(here))
    reported = inside[cases.world, kind.reshape(-1)]
    passes = let_through(cases)
    wrongly_in = np.flatnonzero(reported & passes.refuses)
    wrongly_out = np.flatnonzero(~reported & passes.accepts)
    if len(wrongly_in):
        where = evidence.name_case(cases, int(wrongly_in[0]))
        return fails(ID, len(cases), "an outcome is in the zone that somebody needed refuses", where)
    if len(wrongly_out):
        where = evidence.name_case(cases, int(wrongly_out[0]))
        return fails(ID, len(cases), "an outcome is left out of the zone that everybody needed accepts", where)
    unseen = np.flatnonzero(~evidence.exists[cases.world] & passes.accepts)
    if len(unseen):
        where = evidence.name_case(cases, int(unseen[0]))
        return fails(ID, len(cases), "a world is said to have no zone, and everybody needed accepts an outcome", where)
    n_open = int(np.count_nonzero(~passes.accepts & ~passes.refuses))
    return holds(ID, len(cases) - n_open, f"{len(cases):,} outcomes of worlds, {n_open:,} too close to tell")
