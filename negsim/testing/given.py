"""What tests are given as a scenario."""

from __future__ import annotations

import os

from negsim.scenario import LoadedScenario, Scenario, load_with_places
from negsim.scenario.load import interpret
from negsim.scenario.reader import read_document
from negsim.scenario.writer import write

__all__ = ["Given", "as_loaded"]

Given = str | os.PathLike[str] | Scenario | LoadedScenario
"""The path of a scenario file, or a scenario."""


def as_loaded(scenario: Given) -> LoadedScenario:
    """Load a scenario, or write one that is at hand as text and read it, so that its values have places there.

    Raises
    ------
    ScenarioError, UsageError
        If it cannot be used.
    """
    if isinstance(scenario, LoadedScenario):
        return scenario
    if isinstance(scenario, Scenario):
        return interpret(read_document(write(scenario), f"<{scenario.id}>"))
    return load_with_places(scenario)
