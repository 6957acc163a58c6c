"""The order of parties and issues in the file changes nothing.

If parties, issues and rules are listed the other way round, each world draws the same numbers, has a zone or none as
before, and as many outcomes in it.

Why: draws are keyed by names, and whole units are added up, whose sum does not depend on the order.

Scope: all scenarios. The order of options is part of what an issue says, and stays. Names are not changed: another name
draws other numbers.
"""

from __future__ import annotations

import numpy as np

from negsim.checks.theorems.checked import Checked, fails, holds
from negsim.checks.theorems.evidence import Evidence
from negsim.scenario.load import loads
from negsim.scenario.marks import Plain
from negsim.scenario.writer import to_plain
from negsim.scenario.yaml_text import to_yaml
from negsim.zone.compiled import compile_scenario
from negsim.zone.existence import zone_exists
from negsim.zone.kernel import find_zones

__all__ = ["ID", "check"]

ID = "relabelling"

_TURNED = ("issues", "parties", "rules")


def check(evidence: Evidence) -> Checked:
    """Write the scenario with its blocks turned round, read it again, and compare every world."""
    tree = to_plain(evidence.compiled.scenario)
    turned = {name: _turned(block) if name in _TURNED else block for name, block in tree.items()}
    compiled = compile_scenario(loads(to_yaml(turned)), evidence.variants.seed, evidence.compiled.sampler)
    draws = evidence.draws_of(compiled)
    n_worlds = evidence.n_worlds
    for path, drawn in evidence.draws.quantity.items():
        if not np.array_equal(drawn, draws.quantity[path]):
            return fails(ID, n_worlds, f"{'.'.join(path)} is drawn otherwise", "the file turned round")
    worlds = evidence.worlds_of(compiled, draws)
    other = zone_exists(compiled, worlds)
    if not compiled.merges:
        size = find_zones(evidence.worlds, evidence.compiled.layout, evidence.compiled.joint).size
        turned_size = find_zones(worlds, compiled.layout, compiled.joint).size
        differs = np.flatnonzero(size != turned_size)
        if len(differs):
            k = int(differs[0])
            detail = f"a zone has {size[k]:,} outcomes, and {turned_size[k]:,} with the file turned round"
            return fails(ID, n_worlds, detail, evidence.name_world(k))
    differs = np.flatnonzero(evidence.exists != other)
    if len(differs):
        return fails(ID, n_worlds, "there is a zone in one order alone", evidence.name_world(int(differs[0])))
    return holds(ID, n_worlds, f"{n_worlds:,} worlds, number by number and zone by zone")


def _turned(block: Plain) -> Plain:
    assert isinstance(block, dict)
    return dict(reversed(block.items()))
