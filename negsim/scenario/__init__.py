"""Scenarios: reading them from files, and the types they are made of."""

from negsim.scenario.load import LoadedScenario, load, load_with_places, loads
from negsim.scenario.types import Scenario

__all__ = ["LoadedScenario", "Scenario", "load", "load_with_places", "loads"]
