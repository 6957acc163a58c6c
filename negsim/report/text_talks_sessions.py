"""Sessions of talks as text: how likely each is held, ends in agreement and has a zone; who is thought in earnest."""

from __future__ import annotations

from negsim.model.estimates import Estimate
from negsim.report.columns import GAP, party_headings
from negsim.report.days import short_day
from negsim.report.names import Names
from negsim.report.page import Column, Page
from negsim.report.phrases import in_earnest_sentence
from negsim.report.sessions_held import held_or_runs, never_held_words
from negsim.report.talks_names import TalksNames
from negsim.report.words import exact_percent, short_percent
from negsim.scenario.types import Scenario
from negsim.scenario.words import joined
from negsim.talks.result import SessionFound, TalksResult, TrustFound

__all__ = ["write_sessions", "write_trust"]

_NOTHING = "–"
_DAY, _FIGURE, _NARROWEST, _INDENT = 6, 9, 18, 2
_PAIR = 10


def write_sessions(page: Page, result: TalksResult, scenario: Scenario) -> None:
    """Set the sessions: who meets where, and how likely it is that they meet, agree, and have something to agree on."""
    page.heading("Sessions")
    earnest = " Who is not in earnest accepts nothing, so that there is no zone then." * bool(
        in_earnest_sentence(scenario)
    )
    page.paragraph(
        "Held: how likely there is such a session, talks having ended neither in agreement nor otherwise before it."
        " Agreed: how likely they end in agreement there. Zone: where it is held, how likely some deal suits all who"
        " must agree, as no deal then stands."
        f"{earnest} Past each other: where it is held, how likely its sides speak of"
        " different things, so that nothing moves."
    )
    _write_places(page, result, scenario)
    page.blank()
    names = TalksNames(scenario)
    width = page.style.width - _INDENT - _DAY - 4 * _FIGURE - 5 * GAP
    if width < _NARROWEST:
        for run in held_or_runs(result):
            page.item(_sentence(run[0], names) if len(run) == 1 else f"{never_held_words(run, result)}.")
        return
    columns = [
        Column("Day", width=_DAY),
        Column("Session", width=width),
        *(Column(heading, figures=True, width=_FIGURE) for heading in ("Held", "Agreed", "Zone", "Past each other")),
    ]
    rows = [
        [
            short_day(run[0].day),
            *([_name(run[0], names), *_figures(run[0])] if len(run) == 1 else _never(run, result, 4)),
        ]
        for run in held_or_runs(result)
    ]
    page.table(columns, rows, indent=2)


def _never(run: tuple[SessionFound, ...], result: TalksResult, n_figures: int) -> list[str]:
    """Give the cells beside the day for sessions that are never held: what they are, and no figures."""
    return [never_held_words(run, result), *[""] * n_figures]


def _name(one: SessionFound, names: TalksNames) -> str:
    name = names.session(one.id, one.number, one.venue)
    return f"{name[:1].upper()}{name[1:]}{' (seen)' if one.observed else ''}"


def _figures(one: SessionFound) -> list[str]:
    no_settlement = bool(one.agenda)
    return [
        short_percent(one.p_held),
        _NOTHING if no_settlement else short_percent(one.p_agreed),
        _maybe(one.p_zone),
        _maybe(one.p_mismatch),
    ]


def _maybe(share: Estimate | None) -> str:
    return _NOTHING if share is None else short_percent(share)


def _sentence(one: SessionFound, names: TalksNames) -> str:
    """Say a row in words, where the page is too narrow for the table."""
    held, agreed, zone, past = _figures(one)
    return f"{short_day(one.day).strip()} {_name(one, names)}: held {held}, agreed {agreed}, zone {zone}, past {past}"


def _write_places(page: Page, result: TalksResult, scenario: Scenario) -> None:
    """Say of each session, of a series once, in what form they meet, who speaks for whom, and of what."""
    names, told = TalksNames(scenario), set()
    page.blank()
    for one in result.sessions:
        key = (one.id, one.track, one.delegations)
        if key not in told:
            told.add(key)
            page.item(_place(one, names, scenario))


def _place(one: SessionFound, names: TalksNames, scenario: Scenario) -> str:
    name = names.session(one.id, 0, one.venue)
    form = ", ".join(word for word in (one.format, f"track “{names.track(one.track)}”" if one.track else "") if word)
    who = names.delegations(one.delegations)
    issues = {issue.id: issue.title for issue in scenario.issues}
    of = "the whole settlement" if not one.agenda else joined([f"“{issues[issue]}”" for issue in one.agenda])
    only = " alone, so that no settlement is reached" if one.agenda else ""
    said = f"{name[:1].upper()}{name[1:]}{f' ({form})' if form else ''}: {of}{only}."
    verb = "speak" if sum(bool(envoy) for _, envoy in one.delegations) > 1 else "speaks"
    return f"{said} {who} {verb}." if who else f"{said} The parties speak for themselves."


def write_trust(page: Page, result: TalksResult, scenario: Scenario) -> None:
    """Set how likely each party is in earnest after each session, beside what the others then believe."""
    doubted = [party for party in result.order if any(_is_doubtful(one, party) for one in result.sessions)]
    if not doubted:
        return
    page.heading("Who negotiates in earnest")
    page.paragraph(
        "First how likely it is, in worlds that still talk after the session; then, after the stroke, what the others"
        " believe by its offers and answers alone, on average."
    )
    names, titles = TalksNames(scenario), Names(scenario).party
    room = page.style.width - _INDENT - _DAY - GAP - _NARROWEST
    headings = party_headings([titles[party] for party in doubted], room)
    widths = [max(_PAIR, width) for width in headings.widths]
    width = page.style.width - _INDENT - _DAY - GAP - sum(widths) - GAP * len(widths)
    page.blank()
    if width < _NARROWEST // 2:
        for one in (run[0] for run in held_or_runs(result) if len(run) == 1):
            pairs = ", ".join(f"{titles[party]} {_pair(one, party)}" for party in doubted)
            page.item(f"{short_day(one.day).strip()} {_name(one, names)}: {pairs}")
        return
    columns = [
        Column("Day", width=_DAY),
        Column("After", width=width),
        *(Column(title, figures=True, width=w) for title, w in zip(headings.headings, widths, strict=True)),
    ]
    rows = [
        [short_day(one.day), _name(one, names), *(_pair(one, party) for party in doubted)]
        for one in (run[0] for run in held_or_runs(result) if len(run) == 1)
    ]
    page.table(columns, rows, indent=_INDENT)
    if headings.legend:
        page.paragraph(f"{headings.legend}.", _INDENT)


def _trust(one: SessionFound, party: str) -> TrustFound | None:
    return next((trust for trust in one.trust if trust.party == party), None)


def _is_doubtful(one: SessionFound, party: str) -> bool:
    """Tell whether there is any doubt, in truth or in belief, that a party is in earnest."""
    trust = _trust(one, party)
    if trust is None:
        return False
    certain = trust.p_serious is None or trust.p_serious.estimate == 1
    return not certain or (trust.believed is not None and trust.believed < 1)


def _pair(one: SessionFound, party: str) -> str:
    trust = _trust(one, party)
    if trust is None or trust.p_serious is None:
        return _NOTHING
    believed = _NOTHING if trust.believed is None else f"{exact_percent(trust.believed, 0)} %"
    return f"{exact_percent(trust.p_serious.estimate, 0)} / {believed}"
