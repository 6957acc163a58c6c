"""What tests ask of an analysis."""

from __future__ import annotations

from dataclasses import replace

from negsim.zone.questions import Questions

EVERYTHING = Questions(compare_points=True)
"""Every solution there is, and what else compares points."""


def by(method: str) -> Questions:
    """Ask for everything, found in a certain way."""
    return replace(EVERYTHING, method=method)
