"""A comparison as text: the finding first, then what differs, then the options and acceptances most changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from negsim.errors import Path
from negsim.records import dataclass
from negsim.report.names import Names, line_title
from negsim.report.page import Column, Page
from negsim.report.phrases import NO_FORECAST, acceptable_words, option_title, settings_line
from negsim.report.text_differences import write_differences
from negsim.report.words import (
    count,
    decimals_of_points,
    exact_percent,
    percent_with_interval,
    points_with_interval,
    short_percent,
)
from negsim.scenario.inheritance import own_path
from negsim.scenario.types import IssueKind, Scenario
from negsim.scenario.words import joined
from negsim.zone.comparison import Change, Comparison, Side

__all__ = ["write_comparison"]

_CONDUCT = frozenset({"tactic", "walks_out_below"})
"""What a party has that says how it bargains; no zone depends on it."""

_MOST_SHOWN = 10
_MOST_LEVELS = 3
_PERCENT, _POINTS = 6, 24


@dataclass(frozen=True, slots=True)
class _Section:
    """How changes of one kind are told: a heading, what the figures are, headings and names of the first columns."""

    kind: str
    heading: str
    figures: str
    noun: str
    columns: tuple[str, ...]
    names: Callable[[Change, Scenario], tuple[str, ...]]


def write_comparison(page: Page, found: Comparison, before: Scenario, after: Scenario, version: str) -> None:
    """Put a comparison on a page; the first scenario is ``before``, the second ``after``."""
    page.headline(_headline(found, before, after))
    if found.differences.any_figure:
        page.paragraph(_gained_and_lost(found))
    if conduct := _conduct(found):
        page.paragraph(conduct)
    page.paragraph(f"{NO_FORECAST}{_drawn_alike(found)}")
    page.blank()
    page.pairs((("First", _side_words(found.before)), ("Second", _side_words(found.after))), indent=0)
    write_differences(page, found.differences, before, after)
    if not found.changes:
        page.blank()
        page.paragraph("The two have no option in common; nothing but the share of worlds with a zone is compared.")
    elif found.differences.any_figure:
        for section in _SECTIONS:
            _write_changes(page, found, section, after)
    page.blank()
    page.paragraph(settings_line(found, version))


def _headline(found: Comparison, before: Scenario, after: Scenario) -> str:
    """Say in one sentence how much likelier a zone is in the second scenario."""
    first, second, difference = found.p_zone.before, found.p_zone.after, found.p_zone.difference
    deal = acceptable_words(after)
    if deal != acceptable_words(before):
        deal = "acceptable to those whose consent it needs"
    if not found.differences.any_figure:
        same = percent_with_interval(first)
        return f"Nothing differs on which a figure hangs: in {same} of worlds some deal is {deal}, in both scenarios."
    if first.estimate == second.estimate:
        same = percent_with_interval(first)
        return f"No difference beyond sampling: in {same} of worlds some deal is {deal}, in either scenario."
    decimals = decimals_of_points(difference)
    shares = f"{exact_percent(second.estimate, decimals)} % against {exact_percent(first.estimate, decimals)} %"
    if difference.excludes_zero:
        number, interval = points_with_interval(difference).lstrip("+−").split(" ", 1)
        unit = "percentage point" if number == "1" else "percentage points"
        more = "more" if difference.estimate > 0 else "fewer"
        return f"In {number} {unit} {_unsigned(interval)} {more} worlds some deal is {deal}: {shares}."
    return f"No difference beyond sampling: in {shares} of worlds some deal is {deal}."


def _conduct(found: Comparison) -> str:
    """Say of how talks go, where that differs, that no zone depends on it, and what tells of it instead."""
    differ = found.differences
    paths = [*(item.path for item in differ.changed), *differ.only_before, *differ.only_after]
    calendar = [path for path in paths if path[0] == "talks"]
    bargaining = [path for path in paths if _is_bargaining(path)]
    if not calendar and not bargaining:
        return ""
    what = joined([*["the calendar of talks"] * bool(calendar), *["how the parties bargain"] * bool(bargaining)])
    how = "alone" if len(calendar) + len(bargaining) == len(paths) else "too"
    tells = "negsim talks --what-if" if calendar else "negsim bargain"
    return f"They differ in {what} {how}, on which no zone depends; {tells} tells what such a change does."


def _is_bargaining(path: Path) -> bool:
    if path[0] == "parties":
        return not _CONDUCT.isdisjoint(own_path(path)[2:3])
    return path[0] == "protocol"


def _drawn_alike(found: Comparison) -> str:
    """Say what makes the worlds the same; Sobol' points move with the number of uncertain quantities."""
    if found.sampler == "sobol" or not found.differences.any_figure:
        return ""
    return " Both scenarios are tried in the same worlds: what does not differ between them is drawn alike."


def _unsigned(interval: str) -> str:
    """Write an interval beside a number that "more" or "fewer" gives its sign; of bounds, the nearer to 0 first."""
    if "to" not in interval:
        return interval
    low, high = interval.strip("()").split(" to ")
    ends = (high, low) if low.startswith("−") else (low, high)
    return f"({'–'.join(end.lstrip('+−') for end in ends)})"


def _gained_and_lost(found: Comparison) -> str:
    gained, lost = percent_with_interval(found.gained), percent_with_interval(found.lost)
    difference = points_with_interval(found.p_zone.difference)
    told = f"A zone only in the second: {gained} of worlds; only in the first: {lost}."
    return told if found.p_zone.difference.excludes_zero else f"{told} Difference: {difference} percentage points."


def _side_words(side: Side) -> str:
    space = f"{count(side.n_issues, 'issue')}, {count(side.n_outcomes, 'possible outcome')}"
    return f"{side.title} ({side.scenario}); {space}."


def _write_changes(page: Page, found: Comparison, section: _Section, scenario: Scenario) -> None:
    """Set the clearest changes of a kind as a table, and say how many more there are."""
    compared = [change for change in found.changes if change.kind == section.kind]
    if not compared:
        return
    page.heading(section.heading)
    clear = found.clear(section.kind)
    if not clear:
        page.paragraph(f"None of {count(len(compared), section.noun)} differs beyond sampling.")
        return
    page.paragraph(section.figures)
    page.blank()
    rows = [(*section.names(change, scenario), *_figures(change)) for change in _telling(clear, scenario)]
    page.table(_columns(section, rows, page.style.width), rows)
    page.paragraph(_left_out(len(rows), len(clear), len(compared), section.noun))


def _telling(clear: Sequence[Change], scenario: Scenario) -> list[Change]:
    """Take the largest changes; of a scale's levels, which change much alike, a few."""
    scales = {issue.id for issue in scenario.issues if issue.kind is IssueKind.NUMERIC}
    taken: Counter[tuple[str, ...]] = Counter()
    shown: list[Change] = []
    for change in clear:
        taken[change.key[:-1]] += 1
        if scales.isdisjoint(change.key[:-1]) or taken[change.key[:-1]] <= _MOST_LEVELS:
            shown.append(change)
    return shown[:_MOST_SHOWN]


def _columns(section: _Section, rows: Sequence[tuple[str, ...]], width: int) -> list[Column]:
    """Share the room that the figures leave among the columns of names, most of it to the last."""
    room = width - 2 * _PERCENT - _POINTS - 2 * (len(section.columns) + 2)
    *narrow, last = section.columns
    widths = [min(room * 2 // 5, max(len(row[place]) for row in rows)) for place in range(len(narrow))]
    return [
        *(Column(heading, width=each) for heading, each in zip(narrow, widths, strict=True)),
        Column(last, width=room - sum(widths)),
        Column("First", figures=True, width=_PERCENT),
        Column("Second", figures=True, width=_PERCENT),
        Column("Difference", figures=True, width=_POINTS),
    ]


def _figures(change: Change) -> tuple[str, str, str]:
    return short_percent(change.before), short_percent(change.after), points_with_interval(change.difference)


def _left_out(n_shown: int, n_clear: int, n_compared: int, noun: str) -> str:
    """Say how many are not shown, and why."""
    parts = []
    if n_clear > n_shown:
        parts.append(f"{n_clear - n_shown:,} more differ beyond sampling; --format json has them.")
    if n_compared > n_clear:
        others = n_compared - n_clear
        parts.append(
            f"{'The other' if others == 1 else f'The other {others:,}'} of {count(n_compared, noun)}"
            f" {'does' if others == 1 else 'do'} not differ beyond sampling."
        )
    return " ".join(parts)


def _option_names(change: Change, scenario: Scenario) -> tuple[str, ...]:
    issue_id, option = change.key
    issue = next(issue for issue in scenario.issues if issue.id == issue_id)
    return (f"{issue.title}: {option_title(issue, option)}",)


def _acceptance_names(change: Change, scenario: Scenario) -> tuple[str, ...]:
    party_id, issue_id, option = change.key
    issue = next(issue for issue in scenario.issues if issue.id == issue_id)
    return Names(scenario).party[party_id], f"{issue.title}: {option_title(issue, option)}"


def _red_line_names(change: Change, scenario: Scenario) -> tuple[str, ...]:
    party_id, line_id = change.key
    actor = next(actor for actor in scenario.actors if actor.id == party_id)
    return Names(scenario).party[party_id], line_title(actor, line_id)


def _no_deal_names(change: Change, scenario: Scenario) -> tuple[str, ...]:
    return (Names(scenario).party[change.key[0]],)


_SECTIONS: Sequence[_Section] = (
    _Section(
        "red_line",
        "Red lines that alone keep worlds from having a zone",
        "The percentage of all worlds that have no zone and would have one without the line.",
        "red line",
        ("Party", "Red line"),
        _red_line_names,
    ),
    _Section(
        "no_deal",
        "No-deal values that do so by 5 points",
        "The percentage of all worlds that have no zone and would have one were the party's no-deal value 5 points"
        " lower.",
        "no-deal value",
        ("Party",),
        _no_deal_names,
    ),
    _Section(
        "option",
        "Options most changed",
        "The percentage of all worlds in which some deal with the option is in the zone.",
        "option",
        ("Option",),
        _option_names,
    ),
    _Section(
        "acceptance",
        "Acceptances most changed",
        "The percentage of all worlds in which the party accepts some outcome with the option, whatever the others"
        " say.",
        "acceptance",
        ("Party", "Option"),
        _acceptance_names,
    ),
)
"""One for each kind of change that a comparison counts, in the order of the page."""
