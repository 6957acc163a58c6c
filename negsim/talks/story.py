"""The calendar of one world, told day by day, as plain data."""

from __future__ import annotations

import datetime as dt

from negsim.bargaining.told import Learned, Refusal, Start, Step
from negsim.records import dataclass

__all__ = ["Change", "Happening", "Meeting", "Story"]

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A quantity, by its path, before and after something happened."""

    path: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened on a day other than a session.

    ``kind`` is ``event``, ``answer`` (an event in answer to another), ``partial_agreement``, ``counsel``,
    ``deadline_put_off`` or ``what_if``; ``id`` the name in the file. ``times`` is how often an event happened that day.
    ``word`` says what a kind needs beyond that: who won a ``battle``; whether counsel was ``believed``, and what it
    said.
    """

    day: dt.date
    kind: str
    id: str
    times: int = 1
    changes: tuple[Change, ...] = ()
    word: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session: who spoke, what was offered and answered, what was learned, and how things then stood.

    ``mismatch`` means that its sides talked past each other, so that nothing moved. ``observed`` means that the file
    says how it ended; ``steps`` are then of talks that came to nothing. ``no_deal`` gives what no deal is worth to each
    signatory on that day, in points. ``ended`` is the reason for which talks ended there, empty where they go on.
    """

    day: dt.date
    id: str
    number: int
    venue: str
    format: str
    track: str
    delegations: tuple[tuple[str, str], ...]
    mismatch: bool
    observed: bool
    has_zone: bool
    no_deal: tuple[tuple[str, float], ...]
    steps: tuple[Step, ...]
    learned: tuple[Learned, ...]
    ended: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One history.

    ``weight`` is how well the world fits what was seen, beside the average of 1; 1 where nothing was. ``stop`` is the
    reason for which talks ended, on ``day``; ``deal``, ``gains``, ``refused_by`` and ``left`` are as in
    `negsim.bargaining.Trace`.
    """

    world: int
    seed: int
    kind: str
    start: dt.date
    horizon: dt.date
    now: dt.date
    weight: float
    starts: tuple[Start, ...]
    entries: tuple[Happening | Meeting, ...]
    stop: str
    day: dt.date
    deal: Options
    gains: tuple[tuple[str, float], ...]
    had_zone: bool
    left: tuple[str, ...] = ()
    refused_by: tuple[Refusal, ...] = ()
