"""Of which expectation a scenario is a counterexample."""

from __future__ import annotations

from negsim.scenario.schema import CounterexampleShape
from negsim.scenario.types import Counterexample

__all__ = ["build_counterexample"]


def build_counterexample(shape: CounterexampleShape | None) -> Counterexample | None:
    """Take over what was written; whether there is such a scenario and expectation is seen when it is replayed."""
    if shape is None:
        return None
    return Counterexample(shape.of, shape.expect, tuple(shape.changes.items()))
