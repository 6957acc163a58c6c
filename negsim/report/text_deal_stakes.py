"""What looking at one deal found about no deal, durability, levers, ratifiers and payments, as text."""

from __future__ import annotations

from collections.abc import Iterator

from negsim.model.estimates import Spread
from negsim.report.names import Names, actors_in_order
from negsim.report.page import Page
from negsim.report.text_durability import write_deal_risk
from negsim.report.text_stakes import STATIC, write_no_deal
from negsim.report.words import figure_with_spread, percent_with_interval, points_with_spread
from negsim.scenario.types import Scenario
from negsim.scenario.words import joined
from negsim.zone.stakes_deal import BonusPart, DealPayment, DealStakes

__all__ = ["write_deal_stakes"]


def write_deal_stakes(page: Page, stakes: DealStakes, scenario: Scenario) -> None:
    """Put on a page what was found beside how parties see the deal; nothing of what does not arise."""
    names = Names(scenario)
    _write_bonuses(page, stakes, scenario, names)
    if stakes.negotiators is not None:
        _write_at_home(page, stakes, names)
    if stakes.risk is not None:
        write_deal_risk(page, stakes.risk, scenario)
    write_no_deal(page, stakes.no_deal, scenario)
    if stakes.p_in_good_faith is not None:
        page.heading("Good faith")
        share = percent_with_interval(stakes.p_in_good_faith)
        page.paragraph(f"It is acceptable and all who are asked are in earnest in {share} of worlds. {STATIC}")
    if stakes.payment is not None:
        page.heading("Side payments")
        page.paragraph(_payment(stakes.payment))


def _write_bonuses(page: Page, stakes: DealStakes, scenario: Scenario, names: Names) -> None:
    """Say what levers and what is sacred add to the deal or to no deal, party by party."""
    order = [actor.id for actor in actors_in_order(scenario)]
    said = [(names.party[actor], line) for actor in order for line in _of_actor(actor, stakes, scenario, names)]
    if not said:
        return
    page.heading("What levers and sacred values do")
    page.paragraph("In points on each party's own scale: the median, and in brackets the middle 80 % of worlds.")
    for name, line in said:
        page.item(f"{name}: {line}")


def _of_actor(actor: str, stakes: DealStakes, scenario: Scenario, names: Names) -> Iterator[str]:
    one = next(one for one in scenario.actors if one.id == actor)
    holders = [party for party in scenario.actors if party.id in (actor, one.ratifies)]
    held = {sacred.id: sacred.title or sacred.id for holder in holders for sacred in holder.sacred}
    for owner, sacred in stakes.sacred:
        if owner == actor:
            yield f"the deal violates “{held[sacred]}”, which is sacred to it."
    for part in stakes.bonuses:
        if part.actor == actor:
            yield _bonus(part, held.get(part.source, part.source), names)


def _bonus(part: BonusPart, sacred: str, names: Names) -> str:
    points = points_with_spread(part.points)
    match part.kind:
        case "carrot":
            return f"{names.within[part.source]} adds {points} ({part.name})."
        case "stick":
            return f"{names.within[part.source]} takes {points} from what no deal is worth."
        case "relief":
            return f"the gesture that “{sacred}” asks for gives {points} back."
        case _:
            costs = points_with_spread(Spread(-part.points.p90, -part.points.median, -part.points.p10))
            return f"something material beside “{sacred}” costs {costs}."


def _write_at_home(page: Page, stakes: DealStakes, names: Names) -> None:
    page.heading("Who must say yes")
    assert stakes.negotiators is not None
    alone = f"To the negotiators alone it is acceptable in {percent_with_interval(stakes.negotiators)} of worlds."
    asked = joined([names.within[ratifier] for _, ratifier in stakes.at_home])
    page.paragraph(f"{alone} At home it needs {asked}." if asked else f"{alone} Nobody at home is asked about it.")


def _payment(found: DealPayment) -> str:
    first = (
        f"A payment within the bound makes all who are asked accept what they would not accept without it in"
        f" {percent_with_interval(found.p_paid)} of worlds"
    )
    if found.least is None:
        return f"{first}."
    return f"{first}; the least is {figure_with_spread(found.least, found.currency)}."
