"""The shapes of what happens between sessions: events and their effects, answers, partial agreements."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from negsim.scenario.quantities import NOTHING
from negsim.scenario.schema_base import (
    BriefText,
    OptionalDayShape,
    OptionalQuantityShape,
    Prose,
    QuantityShape,
    ReadBy,
    Shape,
    by_id,
    one_of_words,
    whole,
)
from negsim.scenario.shapes import Word, read_level
from negsim.scenario.talks import ALWAYS, BATTLES, MOST_DAYS

__all__ = ["EffectShape", "EventShape", "PartialAgreementShape", "ReciprocityShape"]

_CHANCE = "The probability that it does happen, each time; 1 if left out."
_UNLESS_SERIOUS = "For each party: the probability instead of chance where it does not negotiate seriously."

OptionWord = Annotated[Word, ReadBy(read_level, {"type": ["string", "number"]})]


class EffectShape(Shape):
    """A change to a quantity: one of set, multiply and add."""

    path: str = Field(description="The path of the quantity that changes.")
    set: OptionalQuantityShape = Field(None, description="What it becomes.")
    multiply: OptionalQuantityShape = Field(None, description="What it is multiplied by.")
    add: OptionalQuantityShape = Field(None, description="What is added to it.")
    lasts: OptionalQuantityShape = Field(None, description="After so many days it is undone; never if left out.")
    fades: OptionalQuantityShape = Field(None, description="Every so many days half of it is gone.")


class EventShape(Shape):
    """Something that happens while talks go on: on a day, in a series, at random, after something, or in answer."""

    date: OptionalDayShape = Field(None, description="The day on which it happens.")
    every: Annotated[int | None, whole(MOST_DAYS)] = Field(None, description="It happens every so many days.")
    rate: OptionalQuantityShape = Field(None, description="How often it happens, a day, at random.")
    after: str = Field("", description="The session, event or partial agreement that it follows.")
    delay: QuantityShape = Field(NOTHING, description="How many days after that; 0 if left out.")
    start: OptionalDayShape = Field(None, alias="from", description="The first day of every or rate.")
    end: OptionalDayShape = Field(None, alias="until", description="The last day of every or rate.")
    chance: QuantityShape = Field(ALWAYS, description=_CHANCE)
    unless_serious: dict[str, QuantityShape] = Field({}, description=_UNLESS_SERIOUS)
    effects: dict[str, EffectShape] = by_id("What it changes.")
    battle: Annotated[str, one_of_words(BATTLES)] = Field(
        "", description="A battle, of which both sides learn who wins: drawn, or as expected on average."
    )
    title: BriefText = Field("", description="The event in a few words.")
    about: Prose = Field("", description="Anything a reader should know.")


class ReciprocityShape(Shape):
    """An answer in kind: an event that another, or a partial agreement, brings."""

    after: str = Field(description="The event or partial agreement that is answered.")
    brings: str = Field(description="The event that it brings.")
    chance: QuantityShape = Field(ALWAYS, description="The probability that it does, each time; 1 if left out.")
    delay: QuantityShape = Field(ALWAYS, description="How many days later, one at least; 1 if left out.")
    about: Prose = Field("", description="Anything a reader should know.")


class PartialAgreementShape(Shape):
    """An issue that may be settled early, and stays settled."""

    issue: str = Field(description="The issue, which no condition may name.")
    to: OptionWord = Field(description="How it is settled.")
    instead_of: OptionWord = Field(description="How things stand until then.")
    sessions: list[str] = Field([], description="Where it can be concluded; anywhere if left out.")
    chance: QuantityShape = Field(ALWAYS, description=_CHANCE)
    unless_serious: dict[str, QuantityShape] = Field({}, description=_UNLESS_SERIOUS)
    in_return: dict[str, QuantityShape] = Field(
        {}, description="The points that each signatory must gain at least; 0 if left out."
    )
    effects: dict[str, EffectShape] = by_id("What it changes.")
    title: BriefText = Field("", description="The agreement in a few words.")
    about: Prose = Field("", description="Anything a reader should know.")
