"""Strategies for Hypothesis that draw scenarios and what belongs to them, each valid as it is drawn.

>>> from hypothesis import find
>>> smallest = find(scenarios(), lambda scenario: True)
>>> len(smallest.issues), len(smallest.parties), smallest.issues[0].options
(1, 2, ('o0',))
"""

from __future__ import annotations

try:
    import hypothesis as _hypothesis  # noqa: F401
except ImportError:
    raise ImportError("negsim.testing.strategies needs Hypothesis: pip install 'negsim[test]'") from None

from negsim.testing.changes import edits, from_scenario
from negsim.testing.drawing import conditions, issues, parties, scenarios
from negsim.testing.faults import invalid_scenarios
from negsim.testing.figures import quantities
from negsim.testing.outcomes import outcomes
from negsim.testing.worlds import World, worlds

__all__ = [
    "World",
    "conditions",
    "edits",
    "from_scenario",
    "invalid_scenarios",
    "issues",
    "outcomes",
    "parties",
    "quantities",
    "scenarios",
    "worlds",
]
