"""The shapes of what is known and asked of the calendar: counsel, what was observed, what could be otherwise."""

from typing import Annotated

from negsim.scenario.quantities import NOTHING
from negsim.scenario.schema_base import BriefText, OptionalDayShape, Prose, QuantityShape, by_id, whole
from negsim.scenario.schema_events import EffectShape
from negsim.scenario.shaping import Shape, entry

__all__ = ["BinomialShape", "CounselShape", "ObservationShape", "WhatIfShape"]

_MOST_COUNTED = 1_000_000_000


class CounselShape(Shape):
    """A mediator tells a party whether a red line of another is real."""

    mediator: str = entry(description="The mediator or guarantor who speaks.")
    hears: str = entry(description="The signatory that is told.")
    line: str = entry(description="The path of a red line of another signatory.")
    date: OptionalDayShape = entry(None, description="The day on which the mediator speaks.")
    session: str = entry("", description="Or the session at which it does.")
    bias: QuantityShape = entry(NOTHING, description="How much of the hearer's gain from pressing is the mediator's.")
    war_cost: QuantityShape = entry(NOTHING, description="The points the mediator loses where a real line is pressed.")
    about: Prose = entry("", description="Anything a reader should know.")


class BinomialShape(Shape):
    """How often something came about of so many times."""

    path: str = entry(description="The path of the probability of each.")
    hits: Annotated[int, whole(_MOST_COUNTED, least=0)] = entry(description="How often it came about.")
    trials: Annotated[int, whole(_MOST_COUNTED)] = entry(description="Of how many times.")


class ObservationShape(Shape):
    """Something that was seen: of a session, an event, a partial agreement, or of so many trials."""

    session: str = entry("", description="A session that was held and ended without a settlement.")
    event: str = entry("", description="An event: dated, and it happened or not; at random, and how often.")
    happened: bool = entry(True, description="Whether the dated event happened.")
    count: Annotated[int | None, whole(_MOST_COUNTED, least=0)] = entry(None, description="How often it happened.")
    start: OptionalDayShape = entry(None, key="from", description="From which day on it was counted.")
    end: OptionalDayShape = entry(None, key="until", description="Up to which day it was counted.")
    partial: str = entry("", description="A partial agreement.")
    at: str = entry("", description="The session at which it was concluded; not so far if left out.")
    binomial: BinomialShape | None = entry(None, description="How often something came about of so many times.")
    date: OptionalDayShape = entry(None, description="The day of that.")
    about: Prose = entry("", description="Anything a reader should know.")


class WhatIfShape(Shape):
    """What could be otherwise from the day after now on."""

    effects: dict[str, EffectShape] = by_id("What changes.")
    tracks: dict[str, str] = entry(dict, description="Sessions of the first track are held on the second.")
    title: BriefText = entry("", description="It in a few words.")
    about: Prose = entry("", description="Anything a reader should know.")
