"""How the calendar of talks goes, as text: how likely agreement is by when, why not, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator

from negsim.model.estimates import Estimate
from negsim.report.days import day_words, days_with_spread
from negsim.report.page import Column, Page
from negsim.report.phrases import NO_FORECAST, in_earnest_sentence, settings_line
from negsim.report.stops import STOPS
from negsim.report.text_bargain_terms import write_options
from negsim.report.text_talks_events import write_events, write_partials, write_talks_gains
from negsim.report.text_talks_seen import enough_sentence, write_seen
from negsim.report.text_talks_sessions import write_sessions, write_trust
from negsim.report.text_talks_timeline import write_timeline
from negsim.report.text_talks_what_ifs import write_what_ifs
from negsim.report.words import bound, count, percent_with_interval
from negsim.scenario.types import Scenario
from negsim.talks.result import TalksResult

__all__ = ["END_MEANINGS", "talks_headline", "write_talks", "write_talks_briefly"]

_BAR, _ESTIMATE, _NARROWEST = 8, 18, 20

END_MEANINGS = {
    "deadline": "there is a deal, and time runs out",
    "breakdown": "talks break off, as they may by chance",
}
"""What an end means where talks run by a calendar and not by rounds."""


def write_talks(page: Page, result: TalksResult, scenario: Scenario, version: str) -> None:
    """Put what came of the calendar of talks on a page of its own."""
    page.headline(talks_headline(result))
    if sentence := in_earnest_sentence(scenario):
        page.paragraph(sentence)
    page.paragraph(_standing(result))
    _write_warning(page, result)
    page.paragraph(NO_FORECAST)
    page.blank()
    page.paragraph(scenario.title)
    if scenario.talks is not None and scenario.talks.about:
        page.paragraph(scenario.talks.about)
    page.paragraph(" ".join(_calendar(result)))
    write_timeline(page, result, scenario)
    _write_ends(page, result)
    write_what_ifs(page, result, scenario)
    write_seen(page, result, scenario)
    write_sessions(page, result, scenario)
    write_trust(page, result, scenario)
    write_events(page, result, scenario)
    write_partials(page, result, scenario)
    write_options(page, result.options, {}, scenario)
    write_talks_gains(page, result, scenario)
    page.blank()
    page.paragraph(settings_line(result, version))


def write_talks_briefly(page: Page, result: TalksResult, scenario: Scenario) -> None:
    """Put the most telling of it on a page about the zone: by when they agree, why not, what would change it."""
    page.heading("If they talk by the calendar")
    page.paragraph(f"{talks_headline(result)} Over the first {count(result.n_worlds, 'world')}.")
    if sentence := in_earnest_sentence(scenario):
        page.paragraph(sentence)
    page.paragraph(_standing(result))
    _write_warning(page, result)
    page.paragraph("Sessions, events and what was seen are told by negsim talks.")
    write_timeline(page, result, scenario)
    _write_ends(page, result)
    write_what_ifs(page, result, scenario)


def talks_headline(result: TalksResult) -> str:
    """Say how likely agreement is by the deadline and by the end, and how much failure could not be helped."""
    seen = result.conditioning
    first = f"Given what was seen up to {day_words(seen.now)}, " if seen else ""
    return f"{first}{_agree(result, capital=not first)} {_failure(result)}"


def _agree(result: TalksResult, *, capital: bool) -> str:
    """Say how often they agree, by the deadline where there is a day of it, and by the end of the calendar."""
    end = f"by {day_words(result.horizon)}"
    if result.p_agreement.estimate == 0:
        said = f"in none of {count(result.n_worlds, 'world')}{_at_most(result.p_agreement)} do the parties agree {end}."
    elif result.p_by_deadline is None or result.deadline_day is None or result.deadline_day == result.horizon:
        said = f"in {percent_with_interval(result.p_agreement)} of worlds the parties agree {end}."
    elif result.p_by_deadline == result.p_agreement:
        said = (
            f"in {percent_with_interval(result.p_agreement)} of worlds the parties agree by the deadline,"
            f" {day_words(result.deadline_day)}; nothing is agreed after it."
        )
    else:
        said = (
            f"in {percent_with_interval(result.p_by_deadline)} of worlds the parties agree by the deadline,"
            f" {day_words(result.deadline_day)}, and in"
            f" {percent_with_interval(result.p_agreement)} {end}."
        )
    return f"{said[0].upper()}{said[1:]}" if capital else said


def _at_most(share: Estimate) -> str:
    return f" (at most {bound(share.high, up=True)} %)"


def _failure(result: TalksResult) -> str:
    """Split failure into deals that are missed, and none to miss."""
    none = f"in {percent_with_interval(result.impossible)} there is none to miss"
    if result.impossible.estimate == 0:
        return f"They miss a deal that there is at some session in {percent_with_interval(result.missed)}."
    if result.missed.estimate == 0:
        return f"They miss no deal: {none}, at any session."
    return f"They miss a deal that there is at some session in {percent_with_interval(result.missed)}; {none}."


def _standing(result: TalksResult) -> str:
    """Say whether the figures are those before or after what was seen."""
    if result.conditioning is None:
        return "Nothing was observed: all figures are those before any conditioning (prior)."
    return (
        "All figures are posterior: each world counts by how well it fits what was seen. Those of negsim zone are prior"
        " to it."
    )


def _write_warning(page: Page, result: TalksResult) -> None:
    if result.conditioning is not None and not result.conditioning.enough:
        page.paragraph(enough_sentence(result.conditioning, result.n_worlds), style="bold")


def _calendar(result: TalksResult) -> Iterator[str]:
    """Say how long talks may go on."""
    yield f"From {day_words(result.start)} to {day_words(result.horizon)}, {count(len(result.sessions), 'session')}."
    day = "" if result.deadline_day is None else day_words(result.deadline_day)
    match result.deadline_kind:
        case "firm":
            yield f"Talks end with {day}."
        case "extensible":
            put_off = "" if result.p_extended is None else f": in {percent_with_interval(result.p_extended)} it is"
            yield f"Talks end with {day} unless that is put off{put_off}."
        case "hazard":
            yield "Talks may end on any day, by chance."
    yield from _deals(result)


def _deals(result: TalksResult) -> Iterator[str]:
    if result.n_deals < result.n_outcomes:
        yield f"Of {count(result.n_outcomes, 'possible outcome')} {result.n_deals:,} can come up."
        if result.coverage is not None:
            yield f"In {percent_with_interval(result.coverage)} of worlds with a zone one of them is in it."


def _write_ends(page: Page, result: TalksResult) -> None:
    """Set the ways in which talks end, agreement first, and say when agreements come."""
    page.heading("How talks end")
    width = page.style.width - 2 - _BAR - _ESTIMATE - 2 * 2
    rows = [(STOPS[one.stop][0], END_MEANINGS.get(one.stop, STOPS[one.stop][1]), one.p) for one in result.reasons]
    if width < _NARROWEST:
        for name, meaning, share in rows:
            page.item(f"{name} in {percent_with_interval(share)}: {meaning}.")
    else:
        columns = [
            Column("End", width=width),
            Column("How often", bars=True, width=max(_BAR, len("How often"))),
            Column("of all worlds", width=_ESTIMATE - 1),
        ]
        cells = [
            [f"{name}: {meaning}", page.bar(p.estimate, _BAR), percent_with_interval(p)] for name, meaning, p in rows
        ]
        page.table(columns, cells, indent=2)
    if result.agreed_after is not None:
        page.blank()
        page.paragraph(f"Where they agree, they do on {days_with_spread(result.start, result.agreed_after)}.")
