"""The shapes of the war and of what a deal has to stand: durability, levers, sacred values, side payments."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from negsim.scenario.quantities import NOTHING
from negsim.scenario.schema_base import (
    BriefText,
    ConditionText,
    OptionalQuantityShape,
    Prose,
    QuantityShape,
    Shape,
    by_id,
    one_of_words,
)

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

    collapse: QuantityShape = Field(NOTHING, description="The hazard per year that it collapses; 0 if left out.")


class WarShape(Shape):
    """The war that goes on, or would be taken up, without a deal."""

    sides: dict[str, SideShape] = Field(
        description="The two sides, each named by a party.",
        json_schema_extra={"minProperties": 2, "maxProperties": 2},
    )
    about: Prose = Field("", description="Anything a reader should know.")


class BreakerShape(Shape):
    """A party that may break a deal."""

    hazard: QuantityShape = Field(description="How often it would, per year, if nothing held it back.")
    because: Prose = Field("", description="Why.")


class SupportShape(Shape):
    """What holds breakers back."""

    when: ConditionText = Field(description="The deals in which it is there.")
    credibility: QuantityShape = Field(description="The share of breaches that it prevents, 0..1.")
    lasts: Annotated[str, one_of_words(LASTS)] = Field(
        "deal", description="deal: as long as the deal; guarantee: for the term of the guarantee."
    )
    against: list[str] = Field([], description="The breakers it holds back; all if left out.")
    because: Prose = Field("", description="Why.")


class PowerShiftShape(Shape):
    """What a breach would find changed by the deal."""

    when: ConditionText = Field(description="The deals that bring it.")
    towards: str = Field("", description="The side of the war that gains.")
    by: OptionalQuantityShape = Field(None, description="How much more likely that side is to win, 0..1.")
    points: dict[str, QuantityShape] = Field(
        {}, description="For each party, the points that no deal is then worth more, -100..100."
    )
    if_broken_by: list[str] = Field([], description="The breakers whose breach finds it; all if left out.")
    because: Prose = Field("", description="Why.")


class RemedyShape(Shape):
    """What takes power shifts away."""

    when: ConditionText = Field(description="The deals in which it is there.")
    takes_away: QuantityShape = Field(description="The share of the shifts that it takes away, 0..1.")
    shifts: list[str] = Field([], description="The power shifts it bears on; all if left out.")
    because: Prose = Field("", description="Why.")


class DurabilityShape(Shape):
    """Whether a deal would hold."""

    breakers: dict[str, BreakerShape] = Field(
        description="The parties that may break a deal.", json_schema_extra={"minProperties": 1}
    )
    term: str = Field("", description="The numeric issue that says for how many years a guarantee runs.")
    supports: dict[str, SupportShape] = by_id("What holds breakers back.")
    power_shifts: dict[str, PowerShiftShape] = by_id("What a breach would find changed.")
    remedies: dict[str, RemedyShape] = by_id("What takes power shifts away.")
    about: Prose = Field("", description="Anything a reader should know.")


class CarrotShape(Shape):
    """Points that a mediator adds to deals."""

    when: ConditionText = Field(description="The deals that are rewarded.")
    points: QuantityShape = Field(description="The points, -100..100.")
    because: Prose = Field("", description="Why.")


class PledgeShape(Shape):
    """A guarantee that a mediator gives to one party."""

    when: ConditionText = Field(description="The deals that are guaranteed.")
    credibility: QuantityShape = Field(description="The share of breaches by others that it prevents, 0..1.")


class LeverShape(Shape):
    """What a mediator can do to move one party."""

    stick: QuantityShape = Field(NOTHING, description="Points taken from no deal, 0..100; 0 if left out.")
    carrots: dict[str, CarrotShape] = by_id("Points added to deals.")
    guarantee: PledgeShape | None = Field(None, description="A guarantee against breaches by others.")
    because: Prose = Field("", description="Why.")


class SacredShape(Shape):
    """A value that is not for sale."""

    require: ConditionText = Field(description="What a deal must meet not to violate it.")
    material: ConditionText = Field(
        "", description="Where a deal offers something material in exchange; needed with offence."
    )
    offence: QuantityShape = Field(
        NOTHING, description="Points that something material costs on a deal that violates it; 0 if left out."
    )
    symbolic: ConditionText = Field("", description="Where a deal holds the gesture that eases a violation.")
    relief: QuantityShape = Field(NOTHING, description="Points that the gesture gives back.")
    title: BriefText = Field("", description="The value in a few words.")
    because: Prose = Field("", description="Why.")


class SidePaymentsShape(Shape):
    """Payments between parties."""

    currency: BriefText = Field(description="What is paid: bn EUR.")
    at_most: QuantityShape = Field(description="The most that is paid in all, in units of the currency.")
    worth: dict[str, QuantityShape] = Field(
        description="For each party that pays or is paid, the points that a unit is worth to it.",
        json_schema_extra={"minProperties": 2},
    )
    about: Prose = Field("", description="Anything a reader should know.")
