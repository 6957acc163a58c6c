"""Where there is an agreement, there is a zone, and the agreement is in it.

An agreement that bargaining reaches is accepted by all whom the agreement rule asks, those who are not at the table and
those at home included, everybody negotiating seriously; and negsim finds a zone in its world.

Why: a party takes nothing below no deal and nothing across a real line of its own, and who ratifies is asked before an
agreement counts.

Scope: scenarios in which two or more sign. A zone implies no agreement.
"""

from __future__ import annotations

import numpy as np

from negsim.checks.theorems.checked import Checked, fails, holds, not_applying
from negsim.checks.theorems.evidence import Evidence
from negsim.checks.theorems.second_way.accepting import let_through

__all__ = ["ID", "check"]

ID = "agreement_needs_zone"


def check(evidence: Evidence) -> Checked:
    """Look at all agreements."""
    if not evidence.can_bargain:
        return not_applying(ID, "nobody has anybody to bargain with")
    cases, has_zone = evidence.agreements.cases, evidence.agreements.has_zone
    none = np.flatnonzero(~has_zone[cases.world])
    if len(none):
        where = evidence.name_case(cases, int(none[0]))
        return fails(ID, len(cases), "there is an agreement, and it is said that there is no zone", where)
    refused = np.flatnonzero(let_through(cases, in_earnest=True).refuses)
    if len(refused):
        where = evidence.name_case(cases, int(refused[0]))
        return fails(ID, len(cases), "there is an agreement that somebody needed does not accept", where)
    return holds(ID, evidence.n_worlds, f"{len(cases):,} agreements in {evidence.n_worlds:,} worlds")
