"""What looking at one deal found about durability, levers, ratifiers and payments, as plain data."""

from __future__ import annotations

from negsim.model.estimates import Estimate, Spread
from negsim.records import dataclass
from negsim.zone.stakes_result import DealRisk, NoDealFinding

__all__ = ["NO_DEAL_STAKES", "BonusPart", "DealPayment", "DealStakes"]


@dataclass(frozen=True, slots=True)
class BonusPart:
    """Points that a condition which the deal meets adds for an actor, or takes.

    ``kind`` is ``carrot``, ``offence`` or ``relief``; ``source`` the mediator's id, or the id of what is sacred;
    ``name`` the id of the carrot, "" otherwise. A ``stick`` has no condition: it is what a mediator takes from no deal.
    """

    actor: str
    kind: str
    source: str
    name: str
    points: Spread


@dataclass(frozen=True, slots=True)
class DealPayment:
    """The least payment with which all who are asked accept the deal, over the worlds in which it takes one.

    ``p_paid`` is the share of all worlds in which a payment within bounds makes them accept what they would not
    otherwise; ``least`` (in ``currency``) is None where there are none.
    """

    currency: str
    p_paid: Estimate
    least: Spread | None


@dataclass(frozen=True, slots=True)
class DealStakes:
    """All of it; what does not arise is None or empty.

    ``sacred`` are the ids, as ``(actor, id)``, of sacred values that the deal violates. ``negotiators`` is how often it
    is acceptable to all who are asked but for the ratifiers; None without any. ``at_home`` are the ratifiers asked,
    ``(party, ratifier)``: the views of a deal have their shares. ``p_in_good_faith`` is the share of worlds in which
    the deal is acceptable to all and all of them are serious.
    """

    no_deal: tuple[NoDealFinding, ...] = ()
    risk: DealRisk | None = None
    bonuses: tuple[BonusPart, ...] = ()
    sacred: tuple[tuple[str, str], ...] = ()
    negotiators: Estimate | None = None
    at_home: tuple[tuple[str, str], ...] = ()
    p_in_good_faith: Estimate | None = None
    payment: DealPayment | None = None


NO_DEAL_STAKES = DealStakes()
"""The findings on a deal in a scenario that has nothing of all this."""
