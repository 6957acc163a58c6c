"""A break-even as text: where the result crosses the target first, then the curve."""

from __future__ import annotations

from negsim.report.breakeven_words import (
    interval_words,
    result_title,
    target_words,
    value_cell,
    value_words,
    with_unit,
)
from negsim.report.page import Column, Page
from negsim.report.paths import figure_words, path_words
from negsim.report.phrases import NO_FORECAST, settings_line
from negsim.report.words import count, percent_with_interval, short_percent
from negsim.scenario.inventory import list_quantities
from negsim.scenario.types import Scenario
from negsim.scenario.words import joined
from negsim.study.breakeven.result import BreakEven

__all__ = ["write_break_even"]

_BAR = 30


def write_break_even(page: Page, found: BreakEven, scenario: Scenario, version: str) -> None:
    """Put a break-even on a page."""
    page.headline(_headline(found, scenario))
    if found.crossings and (note := _note(found)):
        page.paragraph(note)
    page.paragraph(_as_stated(found, scenario))
    page.paragraph(f"{NO_FORECAST} All else is drawn alike at every value tried.")
    if len(found.crossings) > 1:
        _write_crossings(page, found)
    if not found.is_flat:
        _write_curve(page, found)
    page.blank()
    page.paragraph(settings_line(found, version))


def _headline(found: BreakEven, scenario: Scenario) -> str:
    what, target = path_words(found.path, scenario), target_words(found)
    title = result_title(found.result)
    if found.is_flat:
        everywhere = percent_with_interval(found.curve[0].p)
        return f"{_capital(what)} does not move {title}: it is {everywhere} at every value tried, {_range(found)}."
    if not found.crossings:
        side = "at or above" if found.nearest.p.estimate >= found.target else "below"
        return f"{title} stays {side} {target} whatever {what} is, {_range(found)}."
    if len(found.crossings) == 1:
        crossing = found.crossings[0]
        onwards = "or more" if crossing.rising else "or less"
        value = with_unit(value_words(crossing.at, found), found)
        return (
            f"{title} reaches {target} with {what} at {value} {onwards}; 95 % interval:"
            f" {interval_words(crossing, found)}."
        )
    places = joined(
        [f"{value_words(one.at, found)} ({'rising' if one.rising else 'falling'})" for one in found.crossings]
    )
    return f"{title} crosses {target} {count(len(found.crossings), 'time')} as {what} grows: at {places}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _range(found: BreakEven) -> str:
    return f"from {value_words(found.low, found)} to {with_unit(value_words(found.high, found), found)}"


def _note(found: BreakEven) -> str:
    """Say what to bear in mind of the crossings found: jumps, open intervals, and crossings that may be none."""
    said = []
    jumps = [one for one in found.crossings if one.jumps]
    if jumps:
        places = joined(
            [
                f"at {value_words(one.at, found)} from {short_percent(one.below.p)} to {short_percent(one.above.p)}"
                for one in jumps
            ]
        )
        said.append(f"It jumps there: {places}.")
    if any(one.open_low or one.open_high for one in found.crossings):
        said.append(
            "An interval is open where the target stays within the interval of the curve to the end of the range; more"
            " worlds, or a wider range, may close it."
        )
    if found.overlapping:
        said.append("The intervals of neighbouring crossings overlap: sampling does not tell whether it crosses there.")
    return " ".join(said)


def _as_stated(found: BreakEven, scenario: Scenario) -> str:
    quantity = next(named.quantity for named in list_quantities(scenario) if named.path == found.path)
    stated = f"As stated ({figure_words(quantity, scenario)}) it is {percent_with_interval(found.stated)}."
    if found.crossings or found.is_flat:
        return stated
    nearest, at = percent_with_interval(found.nearest.p), value_words(found.nearest.value, found)
    near = f" It comes nearest at {at}, with {nearest}"
    if found.nearest_is_apart:
        return f"{stated}{near}."
    return f"{stated}{near}, so that sampling does not rule out that it crosses."


def _write_crossings(page: Page, found: BreakEven) -> None:
    page.heading(f"Where {result_title(found.result)} crosses {target_words(found)}")
    rows = [
        (
            value_cell(one.at, found),
            interval_words(one, found),
            "rising" if one.rising else "falling",
        )
        for one in found.crossings
    ]
    page.table((Column(_unit(found), figures=True), Column("95 % interval"), Column("The curve is")), rows)


def _write_curve(page: Page, found: BreakEven) -> None:
    page.heading(f"{result_title(found.result)} by value")
    crosses = f", and where it crosses {target_words(found)} (→)" if found.crossings else ""
    page.paragraph(f"At {count(len(found.curve), 'value')}{crosses}.")
    crossings = [one.above if one.rising else one.below for one in found.crossings]
    marks = {point.value: "→" for point in crossings}
    points = sorted({point.value: point for point in (*found.curve, *crossings)}.values(), key=lambda at: at.value)
    rows = [
        (
            marks.get(point.value, ""),
            value_cell(point.value, found),
            percent_with_interval(point.p),
            page.bar(point.p.estimate, _BAR),
        )
        for point in points
    ]
    title = result_title(found.result).split(" ", maxsplit=1)[0]
    page.table(
        (Column(""), Column(_unit(found), figures=True), Column(title, figures=True), Column("", bars=True)), rows
    )


def _unit(found: BreakEven) -> str:
    return _capital(found.domain.unit)
