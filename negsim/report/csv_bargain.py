"""Rows of what came of bargaining as CSV, one header line, the same columns in every row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from negsim.bargaining.result import BargainResult
from negsim.model.estimates import Spread
from negsim.report.csv import bounded, to_csv

__all__ = ["BARGAIN_ROWS", "changes_csv", "options_csv", "parties_csv", "reasons_csv"]

_SPREADS = ("gain", "share", "spare")


def reasons_csv(result: BargainResult) -> str:
    """Write one row per reason for which talks end, and how often they do."""
    return to_csv(["stop", *bounded("p")], [{"stop": one.stop, **one.p.columns("p")} for one in result.reasons])


def options_csv(result: BargainResult) -> str:
    """Write one row per option: how often agreements hold it; none where nothing is agreed."""
    rows = [{"issue": one.issue, "option": one.option, **one.p_reached.columns("p_reached")} for one in result.options]
    return to_csv(["issue", "option", *bounded("p_reached")], rows)


def parties_csv(result: BargainResult) -> str:
    """Write one row per signatory: its tactic, and what it gets where there is agreement."""
    header = ["party", "tactic", *(f"{name}{end}" for name in _SPREADS for end in ("", ".p10", ".p90"))]
    rows = []
    for one in result.parties:
        row: dict[str, object] = {"party": one.party, "tactic": one.tactic}
        for name in _SPREADS:
            found: Spread | None = getattr(one, name)
            row |= found.columns(name) if found else {}
        rows.append(row)
    return to_csv(header, rows)


def changes_csv(result: BargainResult) -> str:
    """Write one row per signatory that is tougher or softer: what that changes."""
    rows = [
        {
            "party": one.party,
            "change": one.change,
            **one.p_agreement.columns("p_agreement"),
            **one.gain.columns("gain"),
        }
        for one in result.changes
    ]
    return to_csv(["party", "change", *bounded("p_agreement", "gain")], rows)


BARGAIN_ROWS: Mapping[str, Callable[[BargainResult], str]] = MappingProxyType(
    {"reasons": reasons_csv, "options": options_csv, "parties": parties_csv, "changes": changes_csv}
)
"""What a row can be, by name."""
