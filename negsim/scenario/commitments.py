"""What a deal has to stand and what pushes towards it, as data: durability, levers, sacred values, side payments.

Meanings are those of the model's page, sections 3 and 4.
"""

from __future__ import annotations

from negsim.records import dataclass
from negsim.scenario.conditions.tree import Condition
from negsim.scenario.quantities import NOTHING, Quantity

__all__ = [
    "Breaker",
    "Carrot",
    "Durability",
    "Lever",
    "Pledge",
    "PowerShift",
    "Remedy",
    "Sacred",
    "SidePayments",
    "Support",
]


@dataclass(frozen=True, slots=True)
class Breaker:
    """A party that may break a deal: at ``hazard`` per year if nothing holds it back."""

    party: str
    hazard: Quantity
    because: str = ""


@dataclass(frozen=True, slots=True)
class Support:
    """What holds breakers back where ``when`` holds: it prevents the share ``credibility`` of their breaches.

    Shares of several supports add up with diminishing effect, 1 - (1 - a)(1 - b). ``guaranteed`` ones end with the term
    of the guarantee. ``against`` names the breakers held back; all of them if it is empty.
    """

    id: str
    when: Condition
    credibility: Quantity
    guaranteed: bool = False
    against: tuple[str, ...] = ()
    because: str = ""


@dataclass(frozen=True, slots=True)
class PowerShift:
    """What a breach would find changed where ``when`` holds.

    The side ``towards`` has ``by`` more probability of winning the war (None: no shift of it); ``points`` are what no
    deal is then worth more to a party, ``(party, points)``. It counts in a breach by one of ``if_broken_by``, by
    anybody if that is empty.
    """

    id: str
    when: Condition
    towards: str = ""
    by: Quantity | None = None
    points: tuple[tuple[str, Quantity], ...] = ()
    if_broken_by: tuple[str, ...] = ()
    because: str = ""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What takes the share ``takes_away`` of power shifts away where ``when`` holds, of all if ``shifts`` is empty."""

    id: str
    when: Condition
    takes_away: Quantity
    shifts: tuple[str, ...] = ()
    because: str = ""


@dataclass(frozen=True, slots=True)
class Durability:
    """Whether a deal would hold.

    ``term`` is the numeric issue that says for how many years guaranteed supports run; "" if they never end.
    """

    breakers: tuple[Breaker, ...]
    term: str = ""
    supports: tuple[Support, ...] = ()
    power_shifts: tuple[PowerShift, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class Carrot:
    """Points that a mediator adds to deals on which ``when`` holds."""

    id: str
    when: Condition
    points: Quantity
    because: str = ""


@dataclass(frozen=True, slots=True)
class Pledge:
    """A guarantee to a party: a guaranteed support against all breakers but that party."""

    when: Condition
    credibility: Quantity


@dataclass(frozen=True, slots=True)
class Lever:
    """What a mediator can do to move one party: points taken from no deal, points added to deals, a guarantee."""

    party: str
    stick: Quantity = NOTHING
    carrots: tuple[Carrot, ...] = ()
    guarantee: Pledge | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Sacred:
    """A value that is not for sale.

    On a deal that violates ``require``, something material (where ``material`` holds) costs ``offence`` points more,
    the gesture that ``symbolic`` describes gives ``relief`` points back, and no side payment to the party counts.
    """

    id: str
    require: Condition
    material: Condition | None = None
    offence: Quantity = NOTHING
    symbolic: Condition | None = None
    relief: Quantity = NOTHING
    title: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class SidePayments:
    """Payments between parties: ``worth`` is what a unit of ``currency`` is worth to each, in points.

    Only these parties pay and are paid, at most ``at_most`` units in all.
    """

    currency: str
    at_most: Quantity
    worth: tuple[tuple[str, Quantity], ...]
    about: str = ""
