"""Whether deals would hold, as text: who would break them, when, and what it would take for them to last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from negsim.report.names import Names, actors_in_order
from negsim.report.page import Column, Page
from negsim.report.phrases import option_title
from negsim.report.text_stakes import what_if
from negsim.report.words import (
    count,
    number_of_years,
    percent_with_interval,
    points_with_spread,
    share_with_spread,
    years_with_spread,
)
from negsim.scenario.types import Scenario
from negsim.scenario.words import joined, number_text
from negsim.zone.stakes_result import DealRisk, KeptOut, PartyRisk, Stakes, TermPrice

__all__ = ["write_deal_risk", "write_durability"]

_NAME = 18
_YEARS, _CHANGE, _CREDIBILITY = 8, 26, 22

_MEANING = (
    "A party that may break a deal does so at its hazard per year, as far as nothing that the deal holds keeps it from"
    " it; the hazards of all add up. Years, credibility and points are medians over worlds, with the middle 80 %."
)


def write_durability(page: Page, stakes: Stakes, scenario: Scenario) -> None:
    """Say of each robust deal whether it would hold: of the first in full, of the others what sums it up."""
    if stakes.unbroken is None and not stakes.deals:
        return
    page.heading("Will it hold")
    n_worlds = f" Over the first {count(stakes.deals[0].n_worlds, 'world')}." if stakes.deals else ""
    page.paragraph(f"{_MEANING}{n_worlds}")
    if stakes.unbroken is not None:
        page.paragraph(what_if("If no deal could be broken", stakes.unbroken))
    names = Names(scenario)
    for rank, risk in enumerate(stakes.deals, start=1):
        page.blank()
        page.paragraph(f"Deal {rank}", 2)
        page.pairs(_lines(risk, names), indent=5)
        if rank == 1:
            _write_views(page, risk, names, scenario)
        if risk.terms:
            _write_terms(page, risk.terms, names)
    _write_kept_out(page, stakes.kept_out, scenario)
    if len(stakes.deals) > 1:
        page.blank()
        page.paragraph("What other deals are worth to each party with the risk, `negsim deal FILE --like N` says.")


def _write_kept_out(page: Page, deals: Sequence[KeptOut], scenario: Scenario) -> None:
    """Tell the deals that are acceptable but for their risk: the first in full, the others as differences from it."""
    if not deals:
        return
    issues = {issue.id: issue for issue in scenario.issues}
    first = deals[0]
    page.blank()
    page.paragraph(
        "Acceptable but for their risk: the deals that it keeps out most often in the first"
        f" {count(first.n_worlds, 'world')}, one for each kind of risk."
    )
    for deal in deals:
        page.item(
            f"kept out in {percent_with_interval(deal.p_but_for_risk)} of worlds, in the zone in"
            f" {percent_with_interval(deal.p_in_zone)}"
        )
        before = dict(first.options)
        told = [(i, option) for i, option in deal.options if deal is first or before[i] != option]
        if deal is not first:
            page.paragraph("As the first, but", 5)
        page.pairs(((issues[i].title, option_title(issues[i], option)) for i, option in told), indent=5)


def write_deal_risk(page: Page, risk: DealRisk, scenario: Scenario) -> None:
    """Say of one deal whether it would hold, in full."""
    page.heading("Will it hold")
    page.paragraph(f"{_MEANING} Over the first {count(risk.n_worlds, 'world')}.")
    page.blank()
    names = Names(scenario)
    page.pairs(_lines(risk, names), indent=2)
    _write_views(page, risk, names, scenario)
    if risk.terms:
        _write_terms(page, risk.terms, names)


def _lines(risk: DealRisk, names: Names) -> Iterator[tuple[str, str]]:
    """Say line by line what sums up whether a deal would hold."""
    said = [
        ("breaks it first", _breakers(risk, names)),
        ("to be expected", years_with_spread(risk.years)),
        ("holds for", _holds(risk)),
        (
            "but for the risk",
            f"in {percent_with_interval(risk.p_but_for_risk)} of worlds it would be in the zone, and is not",
        ),
        ("is prevented", f"{share_with_spread(risk.credibility)} of breaches{_term(risk.term)}"),
        ("would need", _needed(risk)),
    ]
    return ((name.ljust(_NAME), text) for name, text in said)


def _breakers(risk: DealRisk, names: Names) -> str:
    if not risk.breakers:
        return "nobody"
    return joined([f"{names.within[one.party]} {percent_with_interval(one.p_first)}" for one in risk.breakers])


def _holds(risk: DealRisk) -> str:
    return ", ".join(f"{count(years, 'year')} {percent_with_interval(share)}" for years, share in risk.p_holds)


def _term(term: float | None) -> str:
    if term is None:
        return ""
    return f" while the guarantee runs, {number_of_years(term)}" if term > 0 else "; there is no guarantee"


def _needed(risk: DealRisk) -> str:
    """Say which share of breaches would have to be prevented, and how often none has to, or all would not do."""
    said = []
    if risk.p_enough.estimate > 0:
        said.append(f"nothing in {percent_with_interval(risk.p_enough)} of worlds")
    if risk.needed is not None:
        said.append(f"{share_with_spread(risk.needed)} of breaches prevented where it takes some")
    if risk.p_none.estimate > 0:
        said.append(f"no share is enough in {percent_with_interval(risk.p_none)}")
    return f"{'; '.join(said)}; for all who must agree to accept by points"


def _write_views(page: Page, risk: DealRisk, names: Names, scenario: Scenario) -> None:
    """Say what the risk is to each party."""
    views = {one.actor: one for one in risk.parties}
    told = [views[actor.id] for actor in actors_in_order(scenario) if actor.id in views]
    if told:
        page.blank()
        page.paragraph("What it is worth over no deal; a cost below 0 is a gain:", 2)
    for one in told:
        page.item(_party(one, names))


def _party(one: PartyRisk, names: Names) -> str:
    held = f"{points_with_spread(one.if_held)} if nobody could break it"
    cost = f"A breach would cost it {points_with_spread(one.loss)} of what no deal is worth now."
    return (
        f"{names.party[one.actor]}: {points_with_spread(one.with_risk)}; {held}, and accepted then in"
        f" {percent_with_interval(one.p_accept_if_held)} of worlds. {cost}"
    )


def _write_terms(page: Page, terms: Sequence[TermPrice], names: Names) -> None:
    page.blank()
    page.paragraph(
        "What other terms of the guarantee would add to the worth of this deal, all else as it is; and the share of"
        " breaches prevented, for the deal's own term, that would do the same.",
        2,
    )
    columns = [
        Column("To", width=page.style.width - 2 - _YEARS - _CHANGE - _CREDIBILITY - 8),
        Column("Years", figures=True, width=_YEARS),
        Column("Adds", width=_CHANGE),
        Column("As much as", width=_CREDIBILITY),
    ]
    rows = []
    for prices, actors in _alike(terms).items():
        whose = joined([names.within[actor] for actor in actors])
        for k, price in enumerate(prices):
            cells = number_text(price.years), points_with_spread(price.change), _same_effect(price)
            rows.append([whose if k == 0 else "", *cells])
    page.blank()
    page.table(columns, rows, indent=2)


def _alike(terms: Sequence[TermPrice]) -> dict[tuple[TermPrice, ...], list[str]]:
    """Sort out to whom other terms are worth just as much, as to a party and those who ratify with its values."""
    by_actor: dict[str, list[TermPrice]] = {}
    for one in terms:
        by_actor.setdefault(one.actor, []).append(replace(one, actor=""))
    found: dict[tuple[TermPrice, ...], list[str]] = {}
    for actor, prices in by_actor.items():
        found.setdefault(tuple(prices), []).append(actor)
    return found


def _same_effect(one: TermPrice) -> str:
    """Say which credibility does as much; in which worlds none does, where there are any."""
    said = [] if one.credibility is None else [share_with_spread(one.credibility)]
    if one.p_none.estimate > 0:
        said.append(f"none in {percent_with_interval(one.p_none)}")
    return "; ".join(said)
