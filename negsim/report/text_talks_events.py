"""What happens between sessions, partial agreements, and what settlements give, as text."""

from __future__ import annotations

from collections.abc import Iterator

from negsim.report.days import day_words, span_words
from negsim.report.names import Names
from negsim.report.page import Page
from negsim.report.phrases import option_title
from negsim.report.talks_names import TalksNames
from negsim.report.words import percent_with_interval, spread_alone
from negsim.scenario.types import Scenario
from negsim.scenario.words import joined, number_text
from negsim.talks.result import EventFound, PartialFound, PartyGain, TalksResult

__all__ = ["write_events", "write_partials", "write_talks_gains"]

_FEW_DAYS = 4


def write_events(page: Page, result: TalksResult, scenario: Scenario) -> None:
    """Say how often each event happens while a world talks; nothing where there are none."""
    if not result.events:
        return
    names = TalksNames(scenario)
    page.heading("Events in between")
    page.paragraph("While talks go on, on average, and how likely it is that there is any.")
    page.blank()
    for one in result.events:
        page.item(f"{one.title or names.event(one.id)}{_when(one)}: {_how_often(one)}.")


def _when(one: EventFound) -> str:
    if not one.days:
        return ""
    if len(one.days) <= _FEW_DAYS:
        return f" ({joined([day_words(day) for day in one.days])})"
    return f" ({len(one.days):,} days {span_words(one.days[0], one.days[-1])})"


def _how_often(one: EventFound) -> str:
    if len(one.days) == 1:
        return percent_with_interval(one.p_any)
    mean = number_text(float(f"{one.mean:.3g}"))
    return f"{mean} {'time' if mean == '1' else 'times'}, any in {percent_with_interval(one.p_any)}"


def write_partials(page: Page, result: TalksResult, scenario: Scenario) -> None:
    """Say how likely each partial agreement is; nothing where there are none."""
    if not result.partials:
        return
    page.heading("Partial agreements")
    for one in result.partials:
        page.item(_partial(one, scenario))


def _partial(one: PartialFound, scenario: Scenario) -> str:
    issue = next(issue for issue in scenario.issues if issue.id == one.issue)
    seen = " (part of what was seen)" if one.observed else ""
    return (
        f"{one.title or TalksNames(scenario).partial(one.id)}: “{issue.title}” becomes"
        f" “{option_title(issue, one.option)}”, in {percent_with_interval(one.p_concluded)}{seen}."
    )


def write_talks_gains(page: Page, result: TalksResult, scenario: Scenario) -> None:
    """Say what a settlement gives each signatory; nothing where there never is one."""
    told = [*_gains(result.parties, scenario)]
    if not told:
        return
    page.heading("What each gets where they agree")
    page.paragraph(
        "Points over no deal as it then stands, on each party's own scale, which do not compare between parties."
        " Medians, with the middle 80 %."
    )
    page.blank()
    page.pairs(told)


def _gains(parties: tuple[PartyGain, ...], scenario: Scenario) -> Iterator[tuple[str, str]]:
    names = Names(scenario).party
    for one in parties:
        if one.gain is not None:
            yield names[one.party], spread_alone(one.gain)
