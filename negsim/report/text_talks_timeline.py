"""P(agreement) by date, as a timeline down the page: sessions, events, now and the deadline beside a curve of bars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from negsim.model.estimates import Estimate
from negsim.report.days import short_day
from negsim.report.page import Column, Page
from negsim.report.talks_names import TalksNames
from negsim.report.timeline_rows import EVENT, RULE, SEEN, SESSION, Lane, Row, lanes_of, rows_of
from negsim.report.words import short_percent
from negsim.scenario.types import Scenario
from negsim.talks.result import TalksResult

__all__ = ["write_timeline"]

_SURE, _PERHAPS, _LANE = "█", "▒", "┊"

_DAY, _PERCENT, _GAP, _WIDE = 8, 5, 2, 60

_ENDS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
"""Where the scale of the bars may end."""


def write_timeline(page: Page, result: TalksResult, scenario: Scenario) -> None:
    """Draw how likely agreement is by each day that matters, with what happens on it."""
    page.heading("Agreement by date")
    page.paragraph(_legend(result))
    page.blank()
    _draw(page, result, lanes_of(result, scenario), rows_of(result, scenario))
    names = TalksNames(scenario)
    said = [f"{lane.letter} “{names.event(lane.event)}”" for lane in _shown(lanes_of(result, scenario), page)]
    if said:
        page.paragraph(f"{', '.join(said)}: may happen on any row marked {_LANE}.", 2)


def _legend(result: TalksResult) -> str:
    """Say what the bars and the marks mean."""
    seen = f"{SEEN} session of which the end was seen, " if any(one.observed for one in result.sessions) else ""
    event = f", {EVENT} event" if any(one.days for one in result.events) else ""
    after = "given what was seen" if result.conditioning is not None else "before any conditioning"
    return (
        f"P(agreement by the end of the day), {after}: {_SURE} up to the lower end of its interval, {_PERHAPS} to the"
        f" upper. {seen}{SESSION} session{event}."
    )


def _draw(page: Page, result: TalksResult, lanes: Sequence[Lane], rows: Sequence[Row]) -> None:
    wide = page.style.width >= _WIDE
    lanes = _shown(lanes, page)
    indent = 2 if wide else 0
    columns_beside = 3 + bool(lanes)
    room = page.style.width - indent - _DAY - _PERCENT - len(lanes) - _GAP * columns_beside
    bar = room * 3 // 8
    scale = _scale(result)
    columns = [
        Column(str(result.start.year), width=_DAY),
        Column("", width=room - bar),
        *([Column("".join(lane.letter for lane in lanes), width=len(lanes))] if lanes else []),
        Column(_axis(scale, bar), bars=True, width=bar),
        Column("", figures=True, width=_PERCENT),
    ]
    drawn = _Drawing(result, lanes, wide=wide, label=room - bar, bar=bar, scale=scale)
    page.table(columns, drawn.cells(rows), indent=indent)


def _shown(lanes: Sequence[Lane], page: Page) -> Sequence[Lane]:
    """Leave what runs beside the rows out on a narrow page."""
    return lanes if page.style.width >= _WIDE else ()


def _scale(result: TalksResult) -> float:
    """End the scale at the first round figure that no bar passes."""
    most = max((one.p_agreement.high for one in result.by_day), default=0.0)
    return next((end for end in _ENDS if end >= most), 1.0)


def _axis(scale: float, width: int) -> str:
    end = f"{scale * 100:.0f} %"
    return f"0{end.rjust(width - 1)}"


class _Drawing:
    """Turns rows into cells; remembers which year and what share stand above."""

    def __init__(
        self, result: TalksResult, lanes: Sequence[Lane], *, wide: bool, label: int, bar: int, scale: float
    ) -> None:
        self._result, self._lanes = result, lanes
        self._wide, self._label, self._bar, self._scale = wide, label, bar, scale
        self._year = result.start.year

    def cells(self, rows: Sequence[Row]) -> Iterator[list[str]]:
        """Give the cells of all rows, years on rows of their own; a bar on the last row of its day alone."""
        for k, row in enumerate(rows):
            if row.day.year != self._year:
                self._year = row.day.year
                yield [str(self._year), "", *[self._beside(row.day)] * bool(self._lanes), "", ""]
            follows = k + 1 < len(rows) and rows[k + 1].day == row.day
            yield self._cells(row, last=not follows)

    def _cells(self, row: Row, *, last: bool) -> list[str]:
        share = _share_by(self._result, row.day) if last else None
        beside = [self._beside(row.day)] * bool(self._lanes)
        percent = "" if share is None else short_percent(share)
        drawn = "" if share is None else self._drawn(share)
        if row.mark == RULE:
            return [f"{short_day(row.day)} {RULE}", self._line(row), *beside, drawn.ljust(self._bar, RULE), percent]
        label = row.label if self._wide else row.short
        return [f"{short_day(row.day)} {row.mark}", f"{label[:1].upper()}{label[1:]}", *beside, drawn, percent]

    def _line(self, row: Row) -> str:
        """Draw a line across with its name in it."""
        named = f"{RULE * 2} {row.label} "
        if len(named) > self._label:
            named = f"{RULE * 2} {row.short} "
        return named.ljust(self._label, RULE)

    def _beside(self, day: dt.date) -> str:
        return "".join(_LANE if lane.first <= day <= lane.last else " " for lane in self._lanes)

    def _drawn(self, share: Estimate) -> str:
        """Draw a share: up to the lower end of its interval for sure, up to the upper one perhaps."""
        sure, most = (round(end / self._scale * self._bar) for end in (share.low, share.high))
        at_least = max(most, 1) if share.estimate > 0 else most
        return _SURE * sure + _PERHAPS * (at_least - sure)


def _share_by(result: TalksResult, day: dt.date) -> Estimate:
    """Give P(agreement) by the end of a day: that of the last day up to it on which something may be agreed."""
    known = [one.p_agreement for one in result.by_day if one.day <= day]
    return known[-1] if known else Estimate(0.0, 0.0, 0.0)
