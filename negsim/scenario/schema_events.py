"""The shapes of what happens between sessions: events and their effects, answers, partial agreements."""

from typing import Annotated

from negsim.scenario.quantities import NOTHING
from negsim.scenario.schema_base import (
    BriefText,
    OptionalDayShape,
    OptionalQuantityShape,
    Prose,
    QuantityShape,
    by_id,
    one_of_words,
    whole,
)
from negsim.scenario.shapes import Word, read_level
from negsim.scenario.shaping import ReadBy, Shape, entry
from negsim.scenario.talks import ALWAYS, BATTLES, MOST_DAYS

__all__ = ["EffectShape", "EventShape", "PartialAgreementShape", "ReciprocityShape"]

_CHANCE = "The probability that it does happen, each time; 1 if left out."
_UNLESS_SERIOUS = "For each party: the probability instead of chance where it does not negotiate seriously."

OptionWord = Annotated[Word, ReadBy(read_level, {"type": ["string", "number"]})]


class EffectShape(Shape):
    """A change to a quantity: one of set, multiply and add."""

    path: str = entry(description="The path of the quantity that changes.")
    set: OptionalQuantityShape = entry(None, description="What it becomes.")
    multiply: OptionalQuantityShape = entry(None, description="What it is multiplied by.")
    add: OptionalQuantityShape = entry(None, description="What is added to it.")
    lasts: OptionalQuantityShape = entry(None, description="After so many days it is undone; never if left out.")
    fades: OptionalQuantityShape = entry(None, description="Every so many days half of it is gone.")


class EventShape(Shape):
    """Something that happens while talks go on: on a day, in a series, at random, after something, or in answer."""

    date: OptionalDayShape = entry(None, description="The day on which it happens.")
    every: Annotated[int | None, whole(MOST_DAYS)] = entry(None, description="It happens every so many days.")
    rate: OptionalQuantityShape = entry(None, description="How often it happens, a day, at random.")
    after: str = entry("", description="The session, event or partial agreement that it follows.")
    delay: QuantityShape = entry(NOTHING, description="How many days after that; 0 if left out.")
    start: OptionalDayShape = entry(None, key="from", description="The first day of every or rate.")
    end: OptionalDayShape = entry(None, key="until", description="The last day of every or rate.")
    chance: QuantityShape = entry(ALWAYS, description=_CHANCE)
    unless_serious: dict[str, QuantityShape] = entry(dict, description=_UNLESS_SERIOUS)
    effects: dict[str, EffectShape] = by_id("What it changes.")
    battle: Annotated[str, one_of_words(BATTLES)] = entry(
        "", description="A battle, of which both sides learn who wins: drawn, or as expected on average."
    )
    title: BriefText = entry("", description="The event in a few words.")
    about: Prose = entry("", description="Anything a reader should know.")


class ReciprocityShape(Shape):
    """An answer in kind: an event that another, or a partial agreement, brings."""

    after: str = entry(description="The event or partial agreement that is answered.")
    brings: str = entry(description="The event that it brings.")
    chance: QuantityShape = entry(ALWAYS, description="The probability that it does, each time; 1 if left out.")
    delay: QuantityShape = entry(ALWAYS, description="How many days later, one at least; 1 if left out.")
    about: Prose = entry("", description="Anything a reader should know.")


class PartialAgreementShape(Shape):
    """An issue that may be settled early, and stays settled."""

    issue: str = entry(description="The issue, which no condition may name.")
    to: OptionWord = entry(description="How it is settled.")
    instead_of: OptionWord = entry(description="How things stand until then.")
    sessions: list[str] = entry(list, description="Where it can be concluded; anywhere if left out.")
    chance: QuantityShape = entry(ALWAYS, description=_CHANCE)
    unless_serious: dict[str, QuantityShape] = entry(dict, description=_UNLESS_SERIOUS)
    in_return: dict[str, QuantityShape] = entry(
        dict, description="The points that each signatory must gain at least; 0 if left out."
    )
    effects: dict[str, EffectShape] = by_id("What it changes.")
    title: BriefText = entry("", description="The agreement in a few words.")
    about: Prose = entry("", description="Anything a reader should know.")
