"""Discount rates, and wars and lotteries that need one or need to know what is held now: seen once all is entered."""

from __future__ import annotations

from collections.abc import Sequence

from negsim.errors import Path, format_path
from negsim.scenario.build.context import Context
from negsim.scenario.build.quantities import reach_of
from negsim.scenario.inheritance import is_inherited
from negsim.scenario.no_deal import Lottery, Stance, WarValue
from negsim.scenario.types import Party

__all__ = ["LEAST_RATE", "check_rates"]

LEAST_RATE = 1e-4
"""The least discount rate, per year, with which it can be asked whether a deal holds: a horizon of 10,000 years."""


def check_rates(parties: Sequence[Party], context: Context, *, durable: bool) -> None:
    """Check the rate of all who have a no-deal value; ``durable`` says whether the scenario asks if a deal holds.

    A ratifier that gives a rate should have a no-deal value.
    """
    for party in parties:
        for actor in (party, *party.ratifiers):
            if actor.no_deal is not None:
                _check_present(actor, party, context, durable=durable)
            if durable and (actor.no_deal is not None or actor.ratifies):
                _check_positive(actor, context)
            if isinstance(actor.no_deal, WarValue | Lottery):
                _check_now(actor, actor.no_deal, context)
            if isinstance(actor.no_deal, WarValue):
                _check_ends(actor, context)


def _check_present(actor: Party, party: Party, context: Context, *, durable: bool) -> None:
    """Report a missing rate, once for a party and its ratifiers."""
    findings, war = context.findings, isinstance(actor.no_deal, WarValue)
    known = [findings.is_broken((*path, "discount_rate")) for path in (actor.path, party.path)]
    if actor.discount_rate is not None or any(known) or not (war or durable):
        return
    if war:
        path, why = (*actor.path, "no_deal"), "its no_deal is a war, in which what comes later counts less"
    else:
        path, why = actor.path, "durability asks how much what comes after a breach counts"
    message = f"{actor.id} has no discount_rate, and {why}"
    findings.report("NS420", path, message, help="add discount_rate: 0.05, per year", on_key=True, breaks=False)
    findings.mark_broken((*actor.path, "discount_rate"))


def _check_positive(actor: Party, context: Context) -> None:
    path = (*actor.path, "discount_rate")
    if actor.discount_rate is None or is_inherited(path, actor.discount_rate):
        return
    reach = reach_of(path, context)
    if reach is not None and reach[0] < LEAST_RATE:
        message = (
            f"{format_path(path)} can be below {LEAST_RATE:g}, at which only what comes after a breach would count"
        )
        context.findings.report("NS420", path, message, help="with durability every rate is above 0: 0.01..0.1")


def _check_now(actor: Party, no_deal: WarValue | Lottery, context: Context) -> None:
    """Report that it is not said what is held now, for the first of the reasons why it should be."""
    block = "war" if isinstance(no_deal, WarValue) else "lottery"
    path = (*actor.path, "no_deal", block)
    if no_deal.now is not None or context.findings.is_broken((*path, "now")):
        return
    where, why = _why_now(actor, no_deal, path, context)
    if why:
        message = f"{format_path(path)} {why}, but has no now: what is held meanwhile"
        help = "add now: 40, or now: {same_as: {...}}"
        on_key = where[-1] != "option"
        context.findings.report("NS421", where, message, help=help, on_key=on_key, breaks=False)


def _why_now(actor: Party, no_deal: WarValue | Lottery, path: Path, context: Context) -> tuple[Path, str]:
    if no_deal.option is Stance.OUTSIDE:
        return (*path, "option"), "is taken up outside of the talks"
    if isinstance(no_deal, Lottery):
        return path, ""
    if no_deal.losses:
        return (*path, "losses"), "has losses"
    reach = None if actor.discount_rate is None else reach_of((*actor.path, "discount_rate"), context)
    return path, "is discounted" if reach is not None and reach[1] > 0 else ""


def _check_ends(actor: Party, context: Context) -> None:
    """Report a war that need not end: no side collapses, and nothing is discounted."""
    sides = [("war", "sides", side, "collapse") for side in context.sides or ()]
    reaches = [reach_of(path, context) for path in ((*actor.path, "discount_rate"), *sides)]
    if len(reaches) == 3 and all(reach is not None and reach[0] <= 0 for reach in reaches):
        path = (*actor.path, "no_deal")
        message = f"the war of {actor.id} might never end: both hazards of collapse and the discount rate can be 0"
        help = "let one of them be above 0 in every world"
        context.findings.report("NS422", path, message, help=help, on_key=True, breaks=False)
