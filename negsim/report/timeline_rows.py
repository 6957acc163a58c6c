"""What stands on a timeline of talks: the days worth a row, and what runs beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from negsim.records import dataclass
from negsim.report.sessions_held import held_or_runs, never_held_words
from negsim.report.talks_names import TalksNames, plain
from negsim.report.words import evenly
from negsim.scenario.talks import Talks
from negsim.scenario.types import Scenario
from negsim.talks.result import TalksResult

__all__ = ["EVENT", "MOST_ROWS", "RULE", "SEEN", "SESSION", "Lane", "Row", "lanes_of", "rows_of"]

SESSION, SEEN, EVENT, RULE, QUIET = "●", "○", "◆", "─", " "

MOST_ROWS = 44
"""With more of them the meetings of series are thinned out."""

_FEW_DAYS = 3
"""An event on more days than these runs beside the timeline and has no rows of its own."""

_LONG_GAP = 20
"""After so many days without a row the end of a month has one, so that time is seen to pass."""

_MOST_LANES = 6


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its day, its mark, what it says at length and in short; whether the next one may leave it out."""

    day: dt.date
    mark: str
    label: str
    short: str
    spare: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """Something that may happen on many days, from the first to the last of them: it runs beside the rows."""

    letter: str
    event: str
    first: dt.date
    last: dt.date


def lanes_of(result: TalksResult, scenario: Scenario) -> tuple[Lane, ...]:
    """Name what happens at a rate or on many days, with letters from a."""
    spans = []
    dated = {one.id: one.days for one in result.events}
    for event in scenario.talks.events if scenario.talks else ():
        days = dated.get(event.id, ())
        if event.rate is not None or len(days) > _FEW_DAYS:
            first, last = (days[0], days[-1]) if days else (event.start or result.start, event.end or result.horizon)
            spans.append((event.id, first, last))
    return tuple(Lane(chr(ord("a") + k), *span) for k, span in enumerate(spans[:_MOST_LANES]))


def rows_of(result: TalksResult, scenario: Scenario) -> tuple[Row, ...]:
    """List the days worth a row in order: within a day events, then sessions, then lines across the page."""
    names = TalksNames(scenario)
    talks = scenario.talks
    rows = [*_events(result, names), *(_counsel(talks) if talks else ()), *_sessions(result, names)]
    rows += _lines(result)
    rows.sort(key=lambda row: row.day)  # stable: what comes first on a day stays first
    return tuple(_with_quiet_months(result, _thinned(rows)))


def _events(result: TalksResult, names: TalksNames) -> Iterator[Row]:
    for event in result.events:
        if len(event.days) <= _FEW_DAYS:
            for day in event.days:
                name = event.title or names.event(event.id)
                yield Row(day, EVENT, name, name)


def _counsel(talks: Talks) -> Iterator[Row]:
    for counsel in talks.counsel:
        if counsel.date is not None:
            yield Row(counsel.date, EVENT, f"counsel: {plain(counsel.id)}", "counsel")


def _sessions(result: TalksResult, names: TalksNames) -> Iterator[Row]:
    """Name each session with who leads it, where that is not who led the session before."""
    led = ""
    for one, *others in held_or_runs(result):
        if others:
            words = never_held_words((one, *others), result)
            yield Row(one.day, QUIET, words, words)
            continue
        name = names.session(one.id, one.number, one.venue)
        leaders = names.leaders(one.delegations)
        who = "" if leaders == led else leaders or "the parties themselves"
        led = leaders
        limits = "" if not one.agenda else " (partial agreements only)"
        label = f"{name}{f': {who}' if who else ''}{limits}"
        yield Row(one.day, SEEN if one.observed else SESSION, label, name, spare=one.number > 1)


def _lines(result: TalksResult) -> Iterator[Row]:
    if result.conditioning is not None or result.now > result.start:
        yield Row(result.now, RULE, "now: above it what was seen", "now")
    if result.deadline_day is not None and result.deadline_kind != "horizon":
        yield Row(result.deadline_day, RULE, "deadline", "deadline")
    if result.horizon != result.deadline_day or result.deadline_kind == "horizon":
        yield Row(result.horizon, RULE, "the calendar ends", "the end")


def _thinned(rows: Sequence[Row]) -> list[Row]:
    """Leave out meetings of series where rows are many, evenly."""
    spare = [k for k, row in enumerate(rows) if row.spare]
    room = max(MOST_ROWS - (len(rows) - len(spare)), 2)
    kept = set(evenly(spare, room))
    return [row for k, row in enumerate(rows) if not row.spare or k in kept]


def _with_quiet_months(result: TalksResult, rows: Sequence[Row]) -> Iterator[Row]:
    """Put in the ends of months in which nothing else stands for long."""
    before = result.start
    for row in rows:
        for one in result.by_day:
            month_ends = (one.day + dt.timedelta(days=1)).day == 1
            long_since = (one.day - before).days >= _LONG_GAP
            if month_ends and long_since and before < one.day < row.day:
                yield Row(one.day, QUIET, "", "")
                before = one.day
        yield row
        before = row.day
