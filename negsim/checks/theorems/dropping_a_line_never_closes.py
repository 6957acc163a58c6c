"""Without a red line no zone closes.

If a red line is dropped, with what crossing it as a bluff costs, no world loses its zone and no zone an outcome.

Why: a condition less, and no utility falls.

Scope: all scenarios; a line that other parts of the scenario refer to is silenced in the worlds instead of being taken
out of the file. Lines of ratifiers count too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from negsim.checks.theorems.checked import Checked
from negsim.checks.theorems.comparing import Step, compare, line_paths, variant_of, without_bystanders
from negsim.checks.theorems.evidence import Evidence, Zones
from negsim.errors import Path, format_path
from negsim.scenario.types import Party

__all__ = ["ID", "check"]

ID = "dropping_a_line_never_closes"

_COMPILED = 2**18
"""Outcomes up to which every line is also taken out of the file; beyond, the first one alone."""


def check(evidence: Evidence) -> Checked:
    """Drop one line after the other."""
    return compare(ID, evidence, _steps(evidence), without="there is no red line")


def _steps(evidence: Evidence) -> Iterator[Step]:
    many = evidence.compiled.structure.n_outcomes <= _COMPILED
    for number, (actor, path) in enumerate(line_paths(evidence.compiled.scenario.actors)):
        name = f"without {format_path(path)}"
        yield Step(name, evidence.zones, _silenced(evidence, actor, path))
        if many or number == 0:
            found = variant_of(evidence, (*without_bystanders(evidence), f"{format_path(path)}=null"))
            if found is not None:
                yield Step(name, evidence.zones, found)


def _silenced(evidence: Evidence, actor: Party, path: Path) -> Zones:
    """Make a line a bluff everywhere, at no cost."""
    draws = evidence.draws
    nowhere, nothing = np.zeros(draws.n_worlds, np.bool_), np.zeros(draws.n_worlds)
    quantity = {**draws.quantity, (*path, "audience_cost"): nothing}
    silenced = replace(draws, quantity=quantity, real={**draws.real, (actor.id, path[-1]): nowhere})
    compiled = evidence.compiled
    return evidence.zones_of(compiled, evidence.worlds_of(compiled, silenced))
