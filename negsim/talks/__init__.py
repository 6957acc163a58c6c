"""The calendar of talks: sessions, events and deadlines over the arrays of many worlds at once, led by SimPy."""

from negsim.talks.analysis import DEFAULT_WORLDS, can_hold_talks, hold_talks
from negsim.talks.likelihood import NoWorldFits
from negsim.talks.result import (
    Conditioning,
    DayFound,
    EventFound,
    Moved,
    ObservationFound,
    PartialFound,
    PartyGain,
    SessionFound,
    TalksResult,
    TrustFound,
    WhatIfFound,
)
from negsim.talks.story import Change, Happening, Meeting, Story
from negsim.talks.telling import tell_story

__all__ = [
    "DEFAULT_WORLDS",
    "Change",
    "Conditioning",
    "DayFound",
    "EventFound",
    "Happening",
    "Meeting",
    "Moved",
    "NoWorldFits",
    "ObservationFound",
    "PartialFound",
    "PartyGain",
    "SessionFound",
    "Story",
    "TalksResult",
    "TrustFound",
    "WhatIfFound",
    "can_hold_talks",
    "hold_talks",
    "tell_story",
]
