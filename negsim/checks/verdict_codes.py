"""The codes of verdicts, beside those of the rules and of a scenario file."""

from __future__ import annotations

__all__ = ["BROKEN", "BUG", "IDLE", "IMPOSSIBLE", "STILL_BROKEN", "UNASKED", "UNDECIDED"]

BROKEN, UNDECIDED, STILL_BROKEN, IMPOSSIBLE = "NS601", "NS602", "NS603", "NS604"
BUG, IDLE, UNASKED = "NS605", "NS606", "NS607"
