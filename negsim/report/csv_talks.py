"""Rows of what came of the calendar of talks as CSV, one header line, the same columns in every row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from negsim.model.estimates import Estimate
from negsim.report.csv import bounded, to_csv
from negsim.talks.result import SessionFound, TalksResult

__all__ = ["TALKS_ROWS", "days_csv", "moved_csv", "reasons_csv", "sessions_csv", "what_ifs_csv"]

_SESSION = ("session", "number", "day", "venue", "format", "track", "observed")
_SESSION_SHARES = ("p_held", "p_agreed", "p_zone", "p_mismatch")
_WHAT_IF = (
    *("p_agreement", "p_by_deadline", "p_impossible"),
    *("change", "change_by_deadline", "change_impossible"),
)


def sessions_csv(result: TalksResult) -> str:
    """Write one row per session: when and where, how things stood; for each signatory whether it is in earnest."""
    parties = [name for party in result.order for name in (*bounded(f"p_in_earnest.{party}"), f"believed.{party}")]
    rows = [_session(one) for one in result.sessions]
    return to_csv([*_SESSION, *bounded(*_SESSION_SHARES), *parties], rows)


def _session(one: SessionFound) -> dict[str, object]:
    row: dict[str, object] = {
        "session": one.id,
        "number": one.number,
        "day": one.day.isoformat(),
        "venue": one.venue,
        "format": one.format,
        "track": one.track,
        "observed": one.observed,
    }
    for name in _SESSION_SHARES:
        row |= _columns(getattr(one, name), name)
    for trust in one.trust:
        row |= _columns(trust.p_serious, f"p_in_earnest.{trust.party}")
        row |= {} if trust.believed is None else {f"believed.{trust.party}": trust.believed}
    return row


def _columns(share: Estimate | None, name: str) -> dict[str, float]:
    """Spread an estimate over its columns, which stay empty where there is none."""
    return {} if share is None else share.columns(name)


def days_csv(result: TalksResult) -> str:
    """Write one row per day that matters: P(agreement) by its end, as things stand and under each what-if."""
    rows = [
        {"what_if": what_if, "day": one.day.isoformat(), **one.p_agreement.columns("p_agreement")}
        for what_if, days in (("", result.by_day), *((one.id, one.by_day) for one in result.what_ifs))
        for one in days
    ]
    return to_csv(["what_if", "day", *bounded("p_agreement")], rows)


def reasons_csv(result: TalksResult) -> str:
    """Write one row per reason for which talks end, and how often they do."""
    return to_csv(["stop", *bounded("p")], [{"stop": one.stop, **one.p.columns("p")} for one in result.reasons])


def what_ifs_csv(result: TalksResult) -> str:
    """Write one row per what-if: how likely agreement is, and what that changes."""
    rows = []
    for one in result.what_ifs:
        row: dict[str, object] = {"what_if": one.id}
        for name in _WHAT_IF:
            row |= _columns(getattr(one, name), name)
        rows.append(row)
    return to_csv(["what_if", *bounded(*_WHAT_IF)], rows)


def moved_csv(result: TalksResult) -> str:
    """Write one row per quantity that what was seen moved; none where nothing was observed."""
    moved = result.conditioning.moved if result.conditioning else ()
    rows = [
        {"path": one.path, "prior": one.prior, "posterior": one.posterior, "sd": one.sd, "shift": one.shift}
        for one in moved
    ]
    return to_csv(["path", "prior", "posterior", "sd", "shift"], rows)


TALKS_ROWS: Mapping[str, Callable[[TalksResult], str]] = MappingProxyType(
    {
        "sessions": sessions_csv,
        "days": days_csv,
        "reasons": reasons_csv,
        "what-ifs": what_ifs_csv,
        "moved": moved_csv,
    }
)
"""What a row can be, by name."""
