"""The shapes of the war and of what a deal has to stand: durability, levers, sacred values, side payments."""

from typing import Annotated

from negsim.scenario.quantities import NOTHING
from negsim.scenario.schema_base import (
    BriefText,
    ConditionText,
    OptionalQuantityShape,
    Prose,
    QuantityShape,
    by_id,
    one_of_words,
)
from negsim.scenario.shaping import Shape, entry

__all__ = [
    "BreakerShape",
    "CarrotShape",
    "DurabilityShape",
    "LeverShape",
    "PledgeShape",
    "PowerShiftShape",
    "RemedyShape",
    "SacredShape",
    "SidePaymentsShape",
    "SideShape",
    "SupportShape",
    "WarShape",
]

LASTS = ("deal", "guarantee")


class SideShape(Shape):
    """A side of the war."""

    collapse: QuantityShape = entry(NOTHING, description="The hazard per year that it collapses; 0 if left out.")


class WarShape(Shape):
    """The war that goes on, or would be taken up, without a deal."""

    sides: dict[str, SideShape] = entry(
        description="The two sides, each named by a party.",
        schema={"minProperties": 2, "maxProperties": 2},
    )
    about: Prose = entry("", description="Anything a reader should know.")


class BreakerShape(Shape):
    """A party that may break a deal."""

    hazard: QuantityShape = entry(description="How often it would, per year, if nothing held it back.")
    because: Prose = entry("", description="Why.")


class SupportShape(Shape):
    """What holds breakers back."""

    when: ConditionText = entry(description="The deals in which it is there.")
    credibility: QuantityShape = entry(description="The share of breaches that it prevents, 0..1.")
    lasts: Annotated[str, one_of_words(LASTS)] = entry(
        "deal", description="deal: as long as the deal; guarantee: for the term of the guarantee."
    )
    against: list[str] = entry(list, description="The breakers it holds back; all if left out.")
    because: Prose = entry("", description="Why.")


class PowerShiftShape(Shape):
    """What a breach would find changed by the deal."""

    when: ConditionText = entry(description="The deals that bring it.")
    towards: str = entry("", description="The side of the war that gains.")
    by: OptionalQuantityShape = entry(None, description="How much more likely that side is to win, 0..1.")
    points: dict[str, QuantityShape] = entry(
        dict, description="For each party, the points that no deal is then worth more, -100..100."
    )
    if_broken_by: list[str] = entry(list, description="The breakers whose breach finds it; all if left out.")
    because: Prose = entry("", description="Why.")


class RemedyShape(Shape):
    """What takes power shifts away."""

    when: ConditionText = entry(description="The deals in which it is there.")
    takes_away: QuantityShape = entry(description="The share of the shifts that it takes away, 0..1.")
    shifts: list[str] = entry(list, description="The power shifts it bears on; all if left out.")
    because: Prose = entry("", description="Why.")


class DurabilityShape(Shape):
    """Whether a deal would hold."""

    breakers: dict[str, BreakerShape] = entry(
        description="The parties that may break a deal.", schema={"minProperties": 1}
    )
    term: str = entry("", description="The numeric issue that says for how many years a guarantee runs.")
    supports: dict[str, SupportShape] = by_id("What holds breakers back.")
    power_shifts: dict[str, PowerShiftShape] = by_id("What a breach would find changed.")
    remedies: dict[str, RemedyShape] = by_id("What takes power shifts away.")
    about: Prose = entry("", description="Anything a reader should know.")


class CarrotShape(Shape):
    """Points that a mediator adds to deals."""

    when: ConditionText = entry(description="The deals that are rewarded.")
    points: QuantityShape = entry(description="The points, -100..100.")
    because: Prose = entry("", description="Why.")


class PledgeShape(Shape):
    """A guarantee that a mediator gives to one party."""

    when: ConditionText = entry(description="The deals that are guaranteed.")
    credibility: QuantityShape = entry(description="The share of breaches by others that it prevents, 0..1.")


class LeverShape(Shape):
    """What a mediator can do to move one party."""

    stick: QuantityShape = entry(NOTHING, description="Points taken from no deal, 0..100; 0 if left out.")
    carrots: dict[str, CarrotShape] = by_id("Points added to deals.")
    guarantee: PledgeShape | None = entry(None, description="A guarantee against breaches by others.")
    because: Prose = entry("", description="Why.")


class SacredShape(Shape):
    """A value that is not for sale."""

    require: ConditionText = entry(description="What a deal must meet not to violate it.")
    material: ConditionText = entry(
        "", description="Where a deal offers something material in exchange; needed with offence."
    )
    offence: QuantityShape = entry(
        NOTHING, description="Points that something material costs on a deal that violates it; 0 if left out."
    )
    symbolic: ConditionText = entry("", description="Where a deal holds the gesture that eases a violation.")
    relief: QuantityShape = entry(NOTHING, description="Points that the gesture gives back.")
    title: BriefText = entry("", description="The value in a few words.")
    because: Prose = entry("", description="Why.")


class SidePaymentsShape(Shape):
    """Payments between parties."""

    currency: BriefText = entry(description="What is paid: bn EUR.")
    at_most: QuantityShape = entry(description="The most that is paid in all, in units of the currency.")
    worth: dict[str, QuantityShape] = entry(
        description="For each party that pays or is paid, the points that a unit is worth to it.",
        schema={"minProperties": 2},
    )
    about: Prose = entry("", description="Anything a reader should know.")
