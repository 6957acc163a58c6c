"""Multiplying all priorities of a party by a positive number changes nothing.

Each world has a zone, and an outcome in it, just where it had before.

Why: priorities are scaled to add up to 1.

Scope: parties that state priorities. They are multiplied by 4, and by 1/4, which in the binary numbers of a computer is
exact, so that nothing may change at all.
"""

from __future__ import annotations

import numpy as np

from negsim.checks.theorems.checked import Checked, fails, holds, not_applying
from negsim.checks.theorems.comparing import moved
from negsim.checks.theorems.evidence import Evidence

__all__ = ["ID", "check"]

ID = "scale"

_FACTORS = (4.0, 0.25)


def check(evidence: Evidence) -> Checked:
    """Multiply the priorities of one party after the other."""
    stating = [actor for actor in evidence.compiled.scenario.actors if actor.priorities]
    if not stating:
        return not_applying(ID, "no party states priorities")
    n_cases = len(stating) * evidence.n_worlds
    for number, actor in enumerate(stating):
        paths = [(*actor.path, "priorities", priority.issue) for priority in actor.priorities]
        factor = _FACTORS[number % len(_FACTORS)]
        zones = moved(evidence, {path: factor * evidence.draws.quantity[path] for path in paths})
        differs = (zones.exists != evidence.zones.exists) | np.any(zones.inside != evidence.zones.inside, axis=1)
        if np.any(differs):
            detail = f"priorities of {actor.id}, multiplied by {factor}, change a zone"
            return fails(ID, n_cases, detail, evidence.name_world(int(np.argmax(differs))))
    return holds(ID, n_cases, f"priorities of {len(stating)} in {evidence.n_worlds:,} worlds")
