"""The codes of verdicts, and what each means, for `negsim explain`."""

from __future__ import annotations

from negsim.scenario.codes import read_pages

__all__ = ["BROKEN", "BUG", "IDLE", "IMPOSSIBLE", "STILL_BROKEN", "UNASKED", "UNDECIDED", "VERDICTS"]

BROKEN, UNDECIDED, STILL_BROKEN, IMPOSSIBLE = "NS601", "NS602", "NS603", "NS604"
BUG, IDLE, UNASKED = "NS605", "NS606", "NS607"

VERDICTS = read_pages("negsim.checks", "NS6.md")
"""The page of each code, by id."""
