"""The shapes of what is known and asked of the calendar: counsel, what was observed, what could be otherwise."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from negsim.scenario.quantities import NOTHING
from negsim.scenario.schema_base import BriefText, OptionalDayShape, Prose, QuantityShape, Shape, by_id, whole
from negsim.scenario.schema_events import EffectShape

__all__ = ["BinomialShape", "CounselShape", "ObservationShape", "WhatIfShape"]

_MOST_COUNTED = 1_000_000_000


class CounselShape(Shape):
    """A mediator tells a party whether a red line of another is real."""

    mediator: str = Field(description="The mediator or guarantor who speaks.")
    hears: str = Field(description="The signatory that is told.")
    line: str = Field(description="The path of a red line of another signatory.")
    date: OptionalDayShape = Field(None, description="The day on which the mediator speaks.")
    session: str = Field("", description="Or the session at which it does.")
    bias: QuantityShape = Field(NOTHING, description="How much of the hearer's gain from pressing is the mediator's.")
    war_cost: QuantityShape = Field(NOTHING, description="The points the mediator loses where a real line is pressed.")
    about: Prose = Field("", description="Anything a reader should know.")


class BinomialShape(Shape):
    """How often something came about of so many times."""

    path: str = Field(description="The path of the probability of each.")
    hits: Annotated[int, whole(_MOST_COUNTED, least=0)] = Field(description="How often it came about.")
    trials: Annotated[int, whole(_MOST_COUNTED)] = Field(description="Of how many times.")


class ObservationShape(Shape):
    """Something that was seen: of a session, an event, a partial agreement, or of so many trials."""

    session: str = Field("", description="A session that was held and ended without a settlement.")
    event: str = Field("", description="An event: dated, and it happened or not; at random, and how often.")
    happened: bool = Field(True, description="Whether the dated event happened.")
    count: Annotated[int | None, whole(_MOST_COUNTED, least=0)] = Field(None, description="How often it happened.")
    start: OptionalDayShape = Field(None, alias="from", description="From which day on it was counted.")
    end: OptionalDayShape = Field(None, alias="until", description="Up to which day it was counted.")
    partial: str = Field("", description="A partial agreement.")
    at: str = Field("", description="The session at which it was concluded; not so far if left out.")
    binomial: BinomialShape | None = Field(None, description="How often something came about of so many times.")
    date: OptionalDayShape = Field(None, description="The day of that.")
    about: Prose = Field("", description="Anything a reader should know.")


class WhatIfShape(Shape):
    """What could be otherwise from the day after now on."""

    effects: dict[str, EffectShape] = by_id("What changes.")
    tracks: dict[str, str] = Field({}, description="Sessions of the first track are held on the second.")
    title: BriefText = Field("", description="It in a few words.")
    about: Prose = Field("", description="Anything a reader should know.")
