"""The shapes of the calendar of talks: who meets when, on which line of talks, and until when."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from negsim.scenario.bargaining import MOST_ROUNDS
from negsim.scenario.quantities import NOTHING
from negsim.scenario.schema_bargaining import TacticValue
from negsim.scenario.schema_base import (
    ID_PATTERN,
    BriefText,
    DayShape,
    OptionalDayShape,
    Prose,
    QuantityShape,
    Shape,
    by_id,
    one_of_words,
    whole,
)
from negsim.scenario.schema_events import EventShape, PartialAgreementShape, ReciprocityShape
from negsim.scenario.schema_observed import CounselShape, ObservationShape, WhatIfShape
from negsim.scenario.talks import FORMATS, MOST_DAYS

__all__ = [
    "DeadlineShape",
    "EnvoyShape",
    "ExtensibleShape",
    "FirmShape",
    "HazardShape",
    "SessionShape",
    "TalksShape",
    "TrackShape",
]


class EnvoyShape(Shape):
    """Somebody who speaks for a signatory."""

    party: str = Field(description="The signatory that is spoken for.")
    tactic: TacticValue = Field(None, description="How the envoy bargains; as the party does if left out.")
    sidesteps: QuantityShape = Field(
        NOTHING, description="The probability, session by session, of speaking of other things than the others do."
    )
    title: BriefText = Field("", description="The name.")
    about: Prose = Field("", description="Anything a reader should know.")


class TrackShape(Shape):
    """A line of talks with delegations of its own."""

    delegations: dict[str, str] = Field({}, description="Who speaks for each signatory: an envoy.")
    title: BriefText = Field("", description="The track in a few words.")
    about: Prose = Field("", description="Anything a reader should know.")


class SessionShape(Shape):
    """A session on a day, or a series of them."""

    date: OptionalDayShape = Field(None, description="The day of a single session.")
    every: Annotated[int | None, whole(MOST_DAYS)] = Field(None, description="A session every so many days.")
    start: OptionalDayShape = Field(None, alias="from", description="The first day of a series; that of the calendar.")
    end: OptionalDayShape = Field(None, alias="until", description="The last day of a series; that of the calendar.")
    venue: BriefText = Field("", description="Where it is.")
    format: Annotated[str, one_of_words(FORMATS)] = Field("", description="Who sits at the table, for the reader.")
    track: str = Field("", description="The line of talks it belongs to.")
    delegations: dict[str, str] = Field(
        {}, description="Who speaks for each signatory, where it is not who does on the track."
    )
    agenda: list[str] = Field(
        [],
        description="The issues that are talked about: no settlement, only partial agreements on them. Else, all.",
    )
    exchanges: Annotated[int | None, whole(MOST_ROUNDS)] = Field(
        None, description="How many rounds it has; as in the protocol if left out."
    )
    mismatch: QuantityShape = Field(NOTHING, description="The probability that its sides discuss different issues.")
    title: BriefText = Field("", description="The session in a few words.")
    about: Prose = Field("", description="Anything a reader should know.")


class FirmShape(Shape):
    """Talks end with a day."""

    date: DayShape = Field(description="The last day.")


class ExtensibleShape(Shape):
    """Talks end with a day, unless it is put off."""

    date: DayShape = Field(description="The last day, unless it is put off.")
    chance: QuantityShape = Field(description="The probability that it is put off, each time.")
    by: Annotated[int, whole(MOST_DAYS)] = Field(description="By how many days it is put off.")
    times: Annotated[int, whole(1_000)] = Field(1, description="How often it can be put off; 1 if left out.")


class HazardShape(Shape):
    """Talks may end on any day."""

    mean: QuantityShape = Field(description="After how many days they end, on average.")
    start: OptionalDayShape = Field(None, alias="from", description="From which day on; that of the calendar.")


class DeadlineShape(Shape):
    """What ends the talks: one of three kinds."""

    firm: FirmShape | None = Field(None, description="A day that is not put off.")
    extensible: ExtensibleShape | None = Field(None, description="A day that may be put off.")
    hazard: HazardShape | None = Field(None, description="Talks may end on any day.")


class TalksShape(Shape):
    """The calendar of the talks: sessions, what happens in between, until when, and what was seen of it."""

    start: DayShape = Field(description="The first day.")
    horizon: DayShape = Field(description="The last day.")
    now: OptionalDayShape = Field(
        None, description="The day up to which things were seen; what-ifs change what comes after. The first day."
    )
    sessions: dict[str, SessionShape] = Field(
        description="When the parties meet.",
        json_schema_extra={"propertyNames": {"pattern": ID_PATTERN}, "minProperties": 1},
    )
    deadline: DeadlineShape | None = Field(None, description="What ends the talks; without it, the last day does.")
    tracks: dict[str, TrackShape] = by_id("Lines of talks, each with delegations of its own.")
    envoys: dict[str, EnvoyShape] = by_id("Who speaks for the signatories.")
    events: dict[str, EventShape] = by_id("What happens while talks go on.")
    reciprocity: dict[str, ReciprocityShape] = by_id("What is answered in kind.")
    partial_agreements: dict[str, PartialAgreementShape] = by_id("Issues that may be settled early.")
    counsel: dict[str, CounselShape] = by_id("What a mediator tells a party of another's red line.")
    observed: dict[str, ObservationShape] = by_id("What was seen so far.")
    what_if: dict[str, WhatIfShape] = by_id("What could be otherwise from now on.")
    about: Prose = Field("", description="Anything a reader should know.")
