"""Going through outcomes and merging free issues find the same zones.

Where a scenario has few enough outcomes for both, each world has a zone by the one way if it has one by the other, and
its options are those that some outcome of it holds.

Why: more for one party at no other's cost keeps an outcome out of nothing, so efficient sums of what is free suffice.

Scope: scenarios whose outcomes can be gone through one by one.
"""

from __future__ import annotations

import numpy as np

from negsim.checks.theorems.checked import Checked, fails, holds, not_applying
from negsim.checks.theorems.evidence import Evidence
from negsim.zone.kernel import find_zones
from negsim.zone.merged import cells_with_zone

__all__ = ["ID", "check"]

ID = "two_ways_agree"


def check(evidence: Evidence) -> Checked:
    """Compare enumeration with merging, and existence with size and with options."""
    compiled, n_worlds = evidence.compiled, evidence.n_worlds
    if compiled.merges:
        return not_applying(ID, f"{compiled.structure.n_outcomes:,} outcomes are too many to go through")
    found = find_zones(evidence.worlds, compiled.layout, compiled.joint)
    merged = np.any(cells_with_zone(evidence.worlds, compiled), axis=1)
    ends = np.cumsum([issue.n_choices for issue in compiled.structure.issues])[:-1]
    settled = np.stack([np.any(part, axis=1) for part in np.split(found.present, ends, axis=1)], axis=1)
    for name, other in (
        ("by size", found.size > 0),
        ("by merging", merged),
        ("by the options of each issue", np.all(settled, axis=1)),
        ("by the options of any issue", np.any(settled, axis=1)),
    ):
        differs = np.flatnonzero(other != evidence.exists)
        if len(differs):
            detail = f"whether there is a zone is told otherwise {name}"
            return fails(ID, n_worlds, detail, evidence.name_world(int(differs[0])))
    return holds(ID, n_worlds, f"{n_worlds:,} worlds, four ways")
