"""What each code of a verdict means, for `negsim explain`."""

from __future__ import annotations

from negsim.scenario.codes import read_pages

__all__ = ["VERDICTS"]

VERDICTS = read_pages("negsim.checks", "NS6.md")
"""The page of each code, by id."""
