"""A world does not depend on which others are drawn with it.

Worlds asked about in one go, a few at a time, or fewer of them, draw the same numbers and have the same zones.

Why: a draw is a function of seed, path and world; and nothing that is found in a world looks at another.

Scope: all scenarios with something uncertain.
"""

from __future__ import annotations

import numpy as np

from negsim.checks.theorems.checked import Checked, fails, holds, not_applying
from negsim.checks.theorems.evidence import Evidence
from negsim.zone.existence import zone_exists

__all__ = ["ID", "check"]

ID = "order_of_blocks"

_FEW = 37
"""Worlds at a time: not a divisor of anything."""


def check(evidence: Evidence) -> Checked:
    """Ask about a few worlds at a time, and draw a few of the first block alone."""
    n_worlds, compiled = evidence.n_worlds, evidence.compiled
    if n_worlds == 1:
        return not_applying(ID, "there is one world")
    every = np.arange(n_worlds)
    parts = [(every >= start) & (every < start + _FEW) for start in range(0, n_worlds, _FEW)]
    apart = np.concatenate([zone_exists(compiled, evidence.worlds.select(part)) for part in parts])
    differs = np.flatnonzero(apart != evidence.exists)
    if len(differs):
        detail = "whether there is a zone depends on which worlds are asked about together"
        return fails(ID, n_worlds, detail, evidence.name_world(int(differs[0])))
    few = compiled.draws(0, _FEW)
    for path, drawn in few.quantity.items():
        unlike = np.flatnonzero(drawn != evidence.draws.quantity[path][:_FEW])
        if len(unlike):
            detail = f"{'.'.join(path)} depends on how many worlds are drawn"
            return fails(ID, n_worlds, detail, evidence.name_world(int(unlike[0])))
    return holds(ID, n_worlds, f"{n_worlds:,} worlds, {_FEW} at a time")
