"""What an analysis found about no deal, durability, and who must say yes, as plain data.

Figures over the first worlds alone say how many these were. Points are on each party's own scale.
"""

from __future__ import annotations

from negsim.model.estimates import Estimate, Spread
from negsim.records import dataclass

__all__ = [
    "NO_STAKES",
    "BreakerShare",
    "DealRisk",
    "Faith",
    "KeptOut",
    "NoDealFinding",
    "Paid",
    "PartyRisk",
    "Payments",
    "Pressure",
    "Stakes",
    "TermPrice",
    "WhatIf",
]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """P(zone) if one thing were otherwise, over the first ``n_worlds`` worlds.

    ``difference`` is what it is more than as the scenario stands, in the same worlds.
    """

    n_worlds: int
    p_zone: Estimate
    difference: Estimate


@dataclass(frozen=True, slots=True)
class NoDealFinding:
    """What an actor has without a deal, over the first ``n_worlds`` worlds.

    ``form`` is ``number``, ``outcome``, ``lottery`` or ``war``. ``value`` is what a deal has to be worth, sticks taken
    off; ``inside`` the disagreement point, None where it is the same. With a war, ``chance`` is the probability of
    winning by which the actor decides, and ``as_drawn`` what the hazards make of it.
    """

    actor: str
    form: str
    value: Spread
    inside: Spread | None
    chance: Spread | None
    as_drawn: Spread | None
    n_worlds: int


@dataclass(frozen=True, slots=True)
class BreakerShare:
    """How likely a party is to be the one who breaks a deal, a mean over worlds."""

    party: str
    p_first: Estimate


@dataclass(frozen=True, slots=True)
class TermPrice:
    """What another term of the guarantee would do to what a deal is worth to an actor, all else as it is.

    ``change`` is in points. ``credibility`` is what credibility, over the deal's own term, has the same effect: None in
    worlds where none has; ``p_none`` is the share of these.
    """

    actor: str
    years: float
    change: Spread
    credibility: Spread | None
    p_none: Estimate


@dataclass(frozen=True, slots=True)
class PartyRisk:
    """What the risk of breach does to one actor's view of a deal.

    ``if_held`` is what the deal would be worth over no deal if nobody could break it, ``with_risk`` what it is worth;
    ``loss`` what the actor would lose by a breach, against no deal now, by whoever is likeliest to break it. In points.
    ``p_accept_if_held`` is the share of worlds in which the actor would accept the deal if nobody could break it.
    """

    actor: str
    if_held: Spread
    with_risk: Spread
    loss: Spread
    p_accept_if_held: Estimate


@dataclass(frozen=True, slots=True)
class DealRisk:
    """Whether a deal would hold, over the first ``n_worlds`` worlds.

    ``p_but_for_risk`` is the share of worlds in which the deal would be in the zone if it could not be broken, and is
    not. ``years`` until somebody breaks it are to be expected, infinite where nobody does; ``p_holds`` has the
    probability that nobody does within so many years, a mean over worlds; ``breakers`` say who. ``term`` is that of the
    deal's guarantee (None without an end), ``credibility`` the share of breaches that it prevents while it runs.
    ``needed`` is the least credibility, over that term and against all breakers alike, with which everyone asked
    accepts by points, over the worlds in which it takes some: ``p_enough`` is the share in which none at all would do,
    ``p_none`` that in which the highest would not. ``terms`` are empty without a term.
    """

    n_worlds: int
    p_but_for_risk: Estimate
    breakers: tuple[BreakerShare, ...]
    years: Spread
    p_holds: tuple[tuple[int, Estimate], ...]
    term: float | None
    credibility: Spread
    needed: Spread | None
    p_enough: Estimate
    p_none: Estimate
    parties: tuple[PartyRisk, ...]
    terms: tuple[TermPrice, ...]


@dataclass(frozen=True, slots=True)
class KeptOut:
    """A deal that its risk keeps out, over the first ``n_worlds`` worlds.

    ``p_but_for_risk`` is the share of worlds in which it would be in the zone if nobody could break it, and is not;
    ``p_in_zone`` that in which it is.
    """

    options: tuple[tuple[str, str], ...]
    n_worlds: int
    p_but_for_risk: Estimate
    p_in_zone: Estimate


@dataclass(frozen=True, slots=True)
class Pressure:
    """P(zone) if no deal were worth ``points`` less to some parties, all of them alike."""

    parties: tuple[str, ...]
    points: float
    found: WhatIf


@dataclass(frozen=True, slots=True)
class Faith:
    """How good faith tells: with coins drawn for whether each party is serious, which a static model multiplies.

    ``p_all`` is the probability that all signatories are serious, a mean over worlds.
    """

    p_all: Estimate
    found: WhatIf


@dataclass(frozen=True, slots=True)
class Paid:
    """How often a party is paid in the worlds that a payment opens."""

    party: str
    share: Estimate


@dataclass(frozen=True, slots=True)
class Payments:
    """What side payments open, over the first ``n_worlds`` worlds.

    ``p_zone`` counts worlds with a zone, paid for or not, ``gain`` those that a payment opens. ``least`` is the least
    payment that does so, over these worlds, in ``currency`` (None if there are none); ``paid`` says to whom.
    """

    n_worlds: int
    currency: str
    p_zone: Estimate
    gain: Estimate
    least: Spread | None
    paid: tuple[Paid, ...]


@dataclass(frozen=True, slots=True)
class Stakes:
    """All of it; what does not arise in a scenario is None or empty.

    ``common_belief``, ``negotiators``, ``unbroken`` and ``no_levers`` are P(zone) if all sides judged the war by the
    hazards as drawn, if nobody at home were asked, if no deal could be broken, and if mediators pulled no lever.
    ``deals`` run beside the deals of the analysis; ``kept_out`` are the deals that their risk keeps out most often, one
    for each kind of risk.
    """

    no_deal: tuple[NoDealFinding, ...] = ()
    common_belief: WhatIf | None = None
    unbroken: WhatIf | None = None
    deals: tuple[DealRisk, ...] = ()
    kept_out: tuple[KeptOut, ...] = ()
    negotiators: WhatIf | None = None
    no_levers: WhatIf | None = None
    pressure: tuple[Pressure, ...] = ()
    faith: Faith | None = None
    payments: Payments | None = None


NO_STAKES = Stakes()
"""The findings on a scenario that has nothing of all this."""
