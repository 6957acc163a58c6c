"""Tests of scenarios: assertions here, what Hypothesis draws in `negsim.testing.strategies`, a plugin for pytest.

The strategies need Hypothesis (``pip install 'negsim[test]'``), which is not loaded before them. Where it is installed,
``st.from_type(Scenario)`` draws scenarios without an import from here.

Nothing is loaded before it is asked for, since the plugin is imported in every run of pytest where negsim is installed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from negsim.testing.assertions import assert_expectations, assert_property
    from negsim.testing.changing import SmallestChange, smallest_change
    from negsim.testing.warned import NegsimWarning

__all__ = ["NegsimWarning", "SmallestChange", "assert_expectations", "assert_property", "smallest_change"]

_HOMES = {
    "NegsimWarning": "negsim.testing.warned",
    "SmallestChange": "negsim.testing.changing",
    "assert_expectations": "negsim.testing.assertions",
    "assert_property": "negsim.testing.assertions",
    "smallest_change": "negsim.testing.changing",
}


def __getattr__(name: str) -> object:
    """Load what is asked for from the module that owns it."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
