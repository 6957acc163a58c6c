"""How parties bargain, as text: how often they agree and why not, what they get, what would change it."""

from __future__ import annotations

from collections.abc import Iterator

from negsim.bargaining.result import BargainResult
from negsim.report.page import Column, Page
from negsim.report.phrases import NO_FORECAST, acceptable_words, in_earnest_sentence, settings_line
from negsim.report.stops import STOPS
from negsim.report.text_bargain_parties import write_changes, write_gains
from negsim.report.text_bargain_terms import write_robust, write_terms
from negsim.report.text_bargaining import party_words, protocol_words
from negsim.report.words import bound, count, percent_with_interval, share_with_spread, whole_with_spread
from negsim.scenario.bargaining import Protocol
from negsim.scenario.types import Scenario

__all__ = ["bargain_headline", "write_bargain", "write_bargain_briefly"]

_BAR, _ESTIMATE, _NARROWEST = 8, 18, 20


def write_bargain(page: Page, result: BargainResult, scenario: Scenario, version: str) -> None:
    """Put what came of bargaining on a page of its own."""
    page.headline(bargain_headline(result, scenario))
    _write_in_earnest(page, scenario)
    page.paragraph(NO_FORECAST)
    page.blank()
    page.paragraph(scenario.title)
    _write_talks(page, result, scenario)
    page.heading("How talks end")
    _write_reasons(page, result)
    _write_quality(page, result)
    write_gains(page, result, scenario)
    write_terms(page, result, scenario)
    write_robust(page, result, scenario)
    write_changes(page, result, scenario)
    page.blank()
    page.paragraph(settings_line(result, version))


def write_bargain_briefly(page: Page, result: BargainResult, scenario: Scenario) -> None:
    """Put the most telling of it on a page about the zone: how often they agree, why not, gains, what would change."""
    page.heading("If they bargain")
    page.paragraph(f"{bargain_headline(result, scenario)} Over the first {count(result.n_worlds, 'world')}.")
    _write_in_earnest(page, scenario)
    page.paragraph("What they would agree on, and how they bargain, is told by negsim bargain.")
    page.blank()
    _write_reasons(page, result)
    write_gains(page, result, scenario)
    write_changes(page, result, scenario)


def bargain_headline(result: BargainResult, scenario: Scenario) -> str:
    """Say how often they agree beside how often they could, and how often they miss a deal or have none to miss.

    >>> from negsim.bargaining import bargain
    >>> from negsim.scenario import loads
    >>> found = loads('''
    ... negsim: 1
    ... id: pie
    ... title: A pie
    ... issues: {pie: {title: Pie, options: [hers, his]}}
    ... parties:
    ...   ann: {title: Ann, demands: {pie: hers}, no_deal: 30}
    ...   bob: {title: Bob, demands: {pie: his}, no_deal: 30}
    ... ''')
    >>> print(bargain_headline(bargain(found, n_worlds=256), found))
    In none of 256 worlds (at most 2 %) do the parties agree, nor is any deal acceptable to all.
    """
    if result.p_zone.estimate == 0:
        return f"{_agree(result)}, nor is any deal {acceptable_words(scenario)}."
    zone = f"some deal is {_suits(scenario)} in {percent_with_interval(result.p_zone)}."
    missed = f"They miss a deal that there is in {percent_with_interval(result.missed)}"
    if result.impossible.estimate == 0:
        return f"{_agree(result)}; {zone} {missed}."
    none = percent_with_interval(result.impossible)
    return f"{_agree(result)}; {zone} {missed}; in {none} there is none to miss."


def _agree(result: BargainResult) -> str:
    share, worlds = result.p_agreement, count(result.n_worlds, "world")
    if share.estimate <= 0:
        return f"In none of {worlds} (at most {bound(share.high, up=True)} %) do the parties agree"
    if share.estimate >= 1:
        return f"In all of {worlds} (at least {bound(share.low, up=False)} %) the parties agree"
    return f"In {percent_with_interval(share)} of worlds the parties agree"


def _suits(scenario: Scenario) -> str:
    words = acceptable_words(scenario)
    return f"{words}," if "," in words else words


def _write_in_earnest(page: Page, scenario: Scenario) -> None:
    if sentence := in_earnest_sentence(scenario):
        page.paragraph(sentence)


def _write_talks(page: Page, result: BargainResult, scenario: Scenario) -> None:
    """Say who bargains how, and about which deals."""
    page.heading("How they bargain")
    page.paragraph(protocol_words(scenario.protocol or Protocol(), scenario))
    if scenario.protocol is None:
        page.paragraph("The scenario has no protocol of its own; this one is taken then.")
    parties = {party.id: party for party in scenario.parties}
    for name in result.order:
        for line in party_words(parties[name], scenario):
            page.item(line)
    page.paragraph(_deals(result))


def _deals(result: BargainResult) -> str:
    """Say which deals can come up."""
    if result.n_deals == result.n_outcomes:
        return f"Any of {count(result.n_outcomes, 'possible outcome')} can come up."
    some = (
        f"Of {count(result.n_outcomes, 'possible outcome')} {result.n_deals:,} can come up: what is best for each"
        " signatory in some world, and efficient deals of worlds with a zone."
    )
    if result.coverage is None:
        return some
    return f"{some} In {percent_with_interval(result.coverage)} of worlds with a zone one of them is in it."


def _write_reasons(page: Page, result: BargainResult) -> None:
    """Set the ways in which talks end, agreement first."""
    width = page.style.width - 2 - _BAR - _ESTIMATE - 2 * 2
    rows = [(*STOPS[reason.stop], reason.p) for reason in result.reasons]
    if width < _NARROWEST:
        for name, meaning, share in rows:
            page.item(f"{name} in {percent_with_interval(share)}: {meaning}.")
        return
    columns = [
        Column("End", width=width),
        Column("How often", bars=True, width=max(_BAR, len("How often"))),
        Column("of all worlds", width=_ESTIMATE - 1),
    ]
    page.table(
        columns,
        [
            [f"{name}: {meaning}", page.bar(share.estimate, _BAR), percent_with_interval(share)]
            for name, meaning, share in rows
        ],
        indent=2,
    )


def _write_quality(page: Page, result: BargainResult) -> None:
    """Say when they agree, and how good their deals are."""
    said = " ".join(_quality(result))
    if said:
        page.blank()
        page.paragraph(said)


def _quality(result: BargainResult) -> Iterator[str]:
    if result.rounds is not None:
        when = whole_with_spread(result.rounds)
        yield f"Where they agree, they do in round {when} of at most {result.n_rounds:,}."
    if result.p_efficient is not None:
        yield (
            f"{percent_with_interval(result.p_efficient)} of agreements are efficient: of the deals that can come up"
            " none gives one signatory more and no other less."
        )
    if result.nash is not None:
        yield (
            f"The geometric mean of the gains is {share_with_spread(result.nash)} of the largest that some deal gives,"
            " which is Nash's."
        )
