"""When a thing happens: exactly one of several ways to say it, and days that lie within the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from negsim.errors import Path
from negsim.scenario.build.talks.calendar import ROOT, Calendar
from negsim.scenario.schema_events import EventShape
from negsim.scenario.schema_observed import CounselShape
from negsim.scenario.schema_talks import SessionShape
from negsim.scenario.shaping import Shape
from negsim.scenario.talks import MOST_DAYS
from negsim.scenario.words import joined, listed

__all__ = ["check_counsel_days", "check_days", "check_event_days", "check_session_days", "given_keys"]

_KEYS = {"start": "from", "end": "until"}


def given_keys(shape: Shape, keys: Iterable[str]) -> list[str]:
    """Name those of some keys that a file gives, as it writes them."""
    fields = {_KEYS.get(name, name) for name in shape.written}
    return [key for key in keys if key in fields]


def check_days(calendar: Calendar) -> None:
    """Check the first and the last day of the calendar, and which day is now."""
    shape, findings = calendar.shape, calendar.findings
    if any(findings.is_broken((*ROOT, key)) for key in ("start", "horizon")):
        return
    if shape.start > shape.horizon:
        message = f"the calendar ends on {shape.horizon}, before it starts, on {shape.start}"
        findings.report("NS442", (*ROOT, "horizon"), message)
    elif (shape.horizon - shape.start).days > MOST_DAYS:
        message = f"the calendar goes from {shape.start} to {shape.horizon}; it can have 20 years at most"
        findings.report("NS442", (*ROOT, "horizon"), message)
    else:
        calendar.check_day(shape.now, (*ROOT, "now"))


def check_session_days(shape: SessionShape, path: Path, calendar: Calendar) -> None:
    """Check the day or days of a session."""
    if _has_one(shape, ("date", "every"), path, calendar):
        _check_companions(shape, ("every",), ("from", "until"), path, calendar)
    calendar.check_day(shape.date, (*path, "date"))
    calendar.check_stretch(shape.start, shape.end, path)


def check_event_days(shape: EventShape, path: Path, calendar: Calendar, *, brought: bool) -> None:
    """Check when an event happens; ``brought`` says whether it may do so in answer to others."""
    ways = ("date", "every", "rate", "after")
    if _has_one(shape, ways, path, calendar, optional=brought):
        _check_companions(shape, ("every", "rate"), ("from", "until"), path, calendar)
        _check_companions(shape, ("after",), ("delay",), path, calendar)
    calendar.check_day(shape.date, (*path, "date"))
    calendar.check_stretch(shape.start, shape.end, path)


def check_counsel_days(shape: CounselShape, path: Path, calendar: Calendar) -> None:
    """Check when a mediator speaks."""
    _has_one(shape, ("date", "session"), path, calendar)
    calendar.check_day(shape.date, (*path, "date"))
    if "session" in shape.written:
        calendar.knows(("session",), shape.session, (*path, "session"))


def _has_one(shape: Shape, ways: Sequence[str], path: Path, calendar: Calendar, *, optional: bool = False) -> bool:
    """Tell whether exactly one of some keys is given, or none if it is ``optional``; report it if not."""
    findings, given = calendar.findings, given_keys(shape, ways)
    if any(findings.is_broken((*path, way)) for way in ways):
        return False
    if len(given) > 1:
        message = f"{path[-1]} has {joined(given)}; only one of them can say when it is"
        findings.report("NS443", (*path, given[1]), message, help="leave one of them", on_key=True, breaks=False)
    elif not given and not optional:
        help = f"add {listed([f'{way}:' for way in ways])}"
        findings.report("NS443", path, f"nothing says when {path[-1]} is", help=help, on_key=True, breaks=False)
    return len(given) == 1 or (optional and not given)


def _check_companions(
    shape: Shape, ways: Sequence[str], companions: Sequence[str], path: Path, calendar: Calendar
) -> None:
    """Report keys that mean something only beside one of some ways to say when a thing happens."""
    if given_keys(shape, ways):
        return
    for key in given_keys(shape, companions):
        message = f"{key} goes with {listed(ways)}, and {path[-1]} has none of that"
        calendar.findings.report("NS443", (*path, key), message, help="leave it out", on_key=True, breaks=False)
