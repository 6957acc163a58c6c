"""A firmer red line never opens a zone.

If the firmness of a red line rises, all coins falling as they do, no world gets a zone and no zone an outcome.

Why: the line turns from bluff to real in some worlds and back in none. What crosses a bluff costs points; what crosses
a real line is not accepted by whose line it is; and what does not cross it is worth the same in both.

Scope: red lines that may be bluffs. What is the `same` as a firmness is held where it was. It is said of zones, not of
what negotiators make of them: a harder line may well help its owner (Schelling 1960).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from negsim.checks.theorems.checked import Checked
from negsim.checks.theorems.comparing import Step, compare, line_paths, moved
from negsim.checks.theorems.evidence import Evidence
from negsim.errors import format_path

__all__ = ["ID", "check"]

ID = "firmer_never_opens"


def check(evidence: Evidence) -> Checked:
    """Make each line certain, and all of them firmer by half of what they lack."""
    return compare(ID, evidence, _steps(evidence), without="no red line may be a bluff")


def _steps(evidence: Evidence) -> Iterator[Step]:
    quantity = evidence.draws.quantity
    firmness = [(*path, "firmness") for _, path in line_paths(evidence.compiled.scenario.actors)]
    may_be_bluffs = [path for path in firmness if path in quantity]
    for path in may_be_bluffs:
        certain = moved(evidence, {path: np.ones(evidence.n_worlds)})
        yield Step(f"{format_path(path)} at 1", certain, evidence.zones)
    if may_be_bluffs:
        halfway = {path: (1 + quantity[path]) / 2 for path in may_be_bluffs}
        yield Step("all red lines firmer", moved(evidence, halfway), evidence.zones)
