"""A scenario that is written and read again is the same scenario.

Why: the writer leaves out only what the reader supplies.

Scope: all scenarios; comments, and how a file is split into a base and what is changed of it, are not part of one.
"""

from __future__ import annotations

from negsim.checks.theorems.checked import Checked, fails, holds
from negsim.checks.theorems.evidence import Evidence
from negsim.scenario.load import loads
from negsim.scenario.writer import write

__all__ = ["ID", "check"]

ID = "written_reads_the_same"


def check(evidence: Evidence) -> Checked:
    """Write the scenario, read it, and compare."""
    scenario = evidence.compiled.scenario
    again = loads(write(scenario))
    if again == scenario:
        return holds(ID, 1, "the whole scenario")
    blocks = [name for name in scenario.__slots__ if getattr(again, name) != getattr(scenario, name)]
    return fails(ID, 1, f"what is read again differs in {', '.join(blocks)}", "the file as negsim writes it")
