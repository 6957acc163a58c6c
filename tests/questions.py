"""What tests ask of an analysis."""

from __future__ import annotations

from dataclasses import replace

from negsim.solutions import SOLUTIONS
from negsim.zone.questions import Questions

EVERYTHING = Questions(solutions=tuple(SOLUTIONS))
"""Every solution there is."""


def by(method: str) -> Questions:
    """Ask for everything, found in a certain way."""
    return replace(EVERYTHING, method=method)
