"""What no deal is worth, who must say yes and what pushes parties, as text; each left out where it does not arise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from negsim.model.estimates import Estimate
from negsim.report.names import Names, actors_in_order
from negsim.report.page import Column, Page
from negsim.report.words import (
    count,
    figure_with_spread,
    percent_with_interval,
    points_with_interval,
    points_with_spread,
    share_with_spread,
)
from negsim.scenario.types import Scenario
from negsim.scenario.words import joined, number_text
from negsim.zone.stakes_result import Faith, NoDealFinding, Payments, Pressure, Stakes, WhatIf

__all__ = ["STATIC", "what_if", "write_at_home", "write_no_deal", "write_no_deal_stakes", "write_pushes"]

STATIC = (
    "A static model multiplies here and does no more: whether each party is in earnest is drawn apart from everything"
    " else. What bad faith does in the course of talks is not in it."
)
"""What good faith means where nobody talks."""

_FORMS = {"number": "as stated", "outcome": "as an outcome", "lottery": "a lottery", "war": "the war"}
_FORM, _WORTH, _POINTS, _SHARE, _MORE = 16, 28, 8, 20, 20


def what_if(supposed: str, found: WhatIf) -> str:
    """Say what P(zone) would be under a supposition, and how much that is more."""
    more = points_with_interval(found.difference)
    return (
        f"{supposed}, P(zone) would be {percent_with_interval(found.p_zone)}: {more} percentage points, in the same"
        f" {count(found.n_worlds, 'world')}."
    )


def write_at_home(page: Page, stakes: Stakes, scenario: Scenario) -> None:
    """Set the ratified zone beside that of the negotiators."""
    found = stakes.negotiators
    if found is None:
        return
    page.heading("Who must say yes")
    names = Names(scenario)
    home = joined([names.within[actor.id] for actor in actors_in_order(scenario) if actor.ratifies])
    page.paragraph(
        f"All shares count a deal only where it is acceptable at home too: to {home}."
        f" {what_if('If nobody at home were asked', found)} What is in the way at home stands with what blocks."
    )


def write_no_deal_stakes(page: Page, stakes: Stakes, scenario: Scenario) -> None:
    """Say what no deal is worth, and what it does that sides expect more of a war than its hazards hold."""
    found = stakes.common_belief
    write_no_deal(page, stakes.no_deal, scenario)
    if found is None:
        return
    page.heading("What optimism closes")
    page.paragraph(what_if("If every side judged the war by the hazards as drawn", found))


def write_no_deal(page: Page, found: Sequence[NoDealFinding], scenario: Scenario) -> None:
    """Say what no deal is worth to each party; nothing where all of it stands in the scenario."""
    sticks = any(actor.levers for actor in scenario.actors)
    if not found or (not sticks and not any(one.form in ("lottery", "war") for one in found)):
        return
    page.heading("What no deal is worth")
    less = " What mediators take from no deal is taken off." if sticks else ""
    page.paragraph(
        "What a deal has to be worth to each party, in points on its own scale, which do not compare between parties:"
        f" the median over the first {count(found[0].n_worlds, 'world')}, and in brackets the middle 80 %.{less}"
    )
    names = Names(scenario)
    by_actor = {one.actor: one for one in found}
    told = [by_actor[actor.id] for actor in actors_in_order(scenario) if actor.id in by_actor]
    columns = [
        Column("Party", width=page.style.width - 2 - _FORM - _WORTH - 4),
        Column("No deal is", width=_FORM),
        Column("Worth", width=_WORTH),
    ]
    page.blank()
    page.table(columns, [[names.party[o.actor], _FORMS[o.form], points_with_spread(o.value)] for o in told], indent=2)
    for line in _of_war(told, names):
        page.item(line)


def _of_war(found: Sequence[NoDealFinding], names: Names) -> Iterator[str]:
    """Say what parties believe of the war, and what they have while talks last."""
    for one in found:
        name = names.party[one.actor]
        if one.chance is not None:
            chance = f"a chance of winning of {share_with_spread(one.chance)}"
            if one.as_drawn is None or one.as_drawn == one.chance:
                yield f"{name}: decides by {chance}, that of the hazards as drawn."
            else:
                yield f"{name}: decides by {chance}; the hazards as drawn make it {share_with_spread(one.as_drawn)}."
        if one.inside is not None:
            yield (
                f"{name}: has {points_with_spread(one.inside)} while talks last; {_FORMS[one.form]} is what it can turn"
                " to instead."
            )


def write_pushes(page: Page, stakes: Stakes, scenario: Scenario) -> None:
    """Say what pressure, levers, good faith and side payments do to P(zone)."""
    if stakes.pressure or stakes.no_levers:
        _write_pressure(page, stakes.pressure, stakes.no_levers, Names(scenario))
    if stakes.faith is not None:
        page.heading("Good faith")
        page.paragraph(faith_words(stakes.faith))
    if stakes.payments is not None:
        _write_payments(page, stakes.payments, Names(scenario))


def _write_pressure(page: Page, pressure: Sequence[Pressure], no_levers: WhatIf | None, names: Names) -> None:
    page.heading("Pressure")
    if no_levers is not None:
        page.paragraph(what_if("If no mediator pulled a lever", no_levers))
    if not pressure:
        return
    if no_levers is not None:
        page.blank()
    page.paragraph(
        "P(zone) if no deal were worth so many points less to one party alone, or to several alike, and how many"
        f" percentage points that is more, in the same {count(pressure[0].found.n_worlds, 'world')}. Points are on each"
        " party's own scale: as many points of two parties are not as much pressure."
    )
    columns = [
        Column("No deal worth less to", width=page.style.width - 2 - _POINTS - _SHARE - _MORE - 8),
        Column("Points", figures=True, width=_POINTS),
        Column("P(zone)", width=_SHARE),
        Column("More", width=_MORE),
    ]
    rows, before = [], None
    for one in pressure:
        whose = joined([names.within[party] for party in one.parties])
        shown = whose if one.parties != before else ""
        before = one.parties
        more = points_with_interval(one.found.difference)
        rows.append([shown, number_text(one.points), percent_with_interval(one.found.p_zone), more])
    page.blank()
    page.table(columns, rows, indent=2)


def faith_words(faith: Faith) -> str:
    """Say how often all are in earnest and what P(zone) is then, and what that does not say."""
    earnest = f"All signatories are in earnest with a probability of {percent_with_interval(faith.p_all)}."
    return f"{earnest} {what_if('If a party that is not in earnest accepted nothing', faith.found)} {STATIC}"


def _write_payments(page: Page, found: Payments, names: Names) -> None:
    page.heading("Side payments")
    page.paragraph(
        f"With payments between parties within the bound, a zone is there in {percent_with_interval(found.p_zone)} of"
        f" the first {count(found.n_worlds, 'world')}; in {percent_with_interval(found.gain)} of them it takes a"
        " payment. All other figures leave payments out."
    )
    if found.least is None:
        return
    least = figure_with_spread(found.least, found.currency)
    paid = paid_words([(names.within[one.party], one.share) for one in found.paid])
    page.paragraph(f"The least payment that opens one is {least}: the median, with the middle 80 %.{paid}")


def paid_words(paid: Sequence[tuple[str, Estimate]]) -> str:
    """Say who is paid how often."""
    if not paid:
        return ""
    return f" Who is paid there: {joined([f'{name} in {percent_with_interval(share)}' for name, share in paid])}."
