"""The shapes of the calendar of talks: who meets when, on which line of talks, and until when."""

from typing import Annotated

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
    by_id,
    one_of_words,
    whole,
)
from negsim.scenario.schema_events import EventShape, PartialAgreementShape, ReciprocityShape
from negsim.scenario.schema_observed import CounselShape, ObservationShape, WhatIfShape
from negsim.scenario.shaping import Shape, entry
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

    party: str = entry(description="The signatory that is spoken for.")
    tactic: TacticValue = entry(None, description="How the envoy bargains; as the party does if left out.")
    sidesteps: QuantityShape = entry(
        NOTHING, description="The probability, session by session, of speaking of other things than the others do."
    )
    title: BriefText = entry("", description="The name.")
    about: Prose = entry("", description="Anything a reader should know.")


class TrackShape(Shape):
    """A line of talks with delegations of its own."""

    delegations: dict[str, str] = entry(dict, description="Who speaks for each signatory: an envoy.")
    title: BriefText = entry("", description="The track in a few words.")
    about: Prose = entry("", description="Anything a reader should know.")


class SessionShape(Shape):
    """A session on a day, or a series of them."""

    date: OptionalDayShape = entry(None, description="The day of a single session.")
    every: Annotated[int | None, whole(MOST_DAYS)] = entry(None, description="A session every so many days.")
    start: OptionalDayShape = entry(None, key="from", description="The first day of a series; that of the calendar.")
    end: OptionalDayShape = entry(None, key="until", description="The last day of a series; that of the calendar.")
    venue: BriefText = entry("", description="Where it is.")
    format: Annotated[str, one_of_words(FORMATS)] = entry("", description="Who sits at the table, for the reader.")
    track: str = entry("", description="The line of talks it belongs to.")
    delegations: dict[str, str] = entry(
        dict, description="Who speaks for each signatory, where it is not who does on the track."
    )
    agenda: list[str] = entry(
        list,
        description="The issues that are talked about: no settlement, only partial agreements on them. Else, all.",
    )
    exchanges: Annotated[int | None, whole(MOST_ROUNDS)] = entry(
        None, description="How many rounds it has; as in the protocol if left out."
    )
    mismatch: QuantityShape = entry(NOTHING, description="The probability that its sides discuss different issues.")
    title: BriefText = entry("", description="The session in a few words.")
    about: Prose = entry("", description="Anything a reader should know.")


class FirmShape(Shape):
    """Talks end with a day."""

    date: DayShape = entry(description="The last day.")


class ExtensibleShape(Shape):
    """Talks end with a day, unless it is put off."""

    date: DayShape = entry(description="The last day, unless it is put off.")
    chance: QuantityShape = entry(description="The probability that it is put off, each time.")
    by: Annotated[int, whole(MOST_DAYS)] = entry(description="By how many days it is put off.")
    times: Annotated[int, whole(1_000)] = entry(1, description="How often it can be put off; 1 if left out.")


class HazardShape(Shape):
    """Talks may end on any day."""

    mean: QuantityShape = entry(description="After how many days they end, on average.")
    start: OptionalDayShape = entry(None, key="from", description="From which day on; that of the calendar.")


class DeadlineShape(Shape):
    """What ends the talks: one of three kinds."""

    firm: FirmShape | None = entry(None, description="A day that is not put off.")
    extensible: ExtensibleShape | None = entry(None, description="A day that may be put off.")
    hazard: HazardShape | None = entry(None, description="Talks may end on any day.")


class TalksShape(Shape):
    """The calendar of the talks: sessions, what happens in between, until when, and what was seen of it."""

    start: DayShape = entry(description="The first day.")
    horizon: DayShape = entry(description="The last day.")
    now: OptionalDayShape = entry(
        None, description="The day up to which things were seen; what-ifs change what comes after. The first day."
    )
    sessions: dict[str, SessionShape] = entry(
        description="When the parties meet.",
        schema={"propertyNames": {"pattern": ID_PATTERN}, "minProperties": 1},
    )
    deadline: DeadlineShape | None = entry(None, description="What ends the talks; without it, the last day does.")
    tracks: dict[str, TrackShape] = by_id("Lines of talks, each with delegations of its own.")
    envoys: dict[str, EnvoyShape] = by_id("Who speaks for the signatories.")
    events: dict[str, EventShape] = by_id("What happens while talks go on.")
    reciprocity: dict[str, ReciprocityShape] = by_id("What is answered in kind.")
    partial_agreements: dict[str, PartialAgreementShape] = by_id("Issues that may be settled early.")
    counsel: dict[str, CounselShape] = by_id("What a mediator tells a party of another's red line.")
    observed: dict[str, ObservationShape] = by_id("What was seen so far.")
    what_if: dict[str, WhatIfShape] = by_id("What could be otherwise from now on.")
    about: Prose = entry("", description="Anything a reader should know.")
