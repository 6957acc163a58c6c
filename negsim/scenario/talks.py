"""The calendar of talks, as data: who meets when, what happens in between, until when, and what was seen of it.

Meanings are those of the model's page, sections 7 and 8. Days are days of the calendar; what one day brings comes in a
stated order: events first, then sessions, then the deadline.
"""

from __future__ import annotations

import datetime as dt

from negsim.errors import Path
from negsim.records import dataclass
from negsim.scenario.bargaining import Tactic
from negsim.scenario.quantities import NOTHING, Constant, Quantity

__all__ = [
    "ALWAYS",
    "BATTLES",
    "FORMATS",
    "MOST_DAYS",
    "OPERATIONS",
    "Binomial",
    "Counsel",
    "Deadline",
    "Effect",
    "Envoy",
    "Event",
    "Extensible",
    "Firm",
    "Hazard",
    "Observation",
    "PartialAgreement",
    "Reciprocity",
    "Session",
    "Talks",
    "Track",
    "WhatIf",
]

FORMATS = ("bilateral", "trilateral", "multilateral", "shuttle")
OPERATIONS = ("set", "multiply", "add")
BATTLES = ("drawn", "expected")
MOST_DAYS = 7_305
"""How many days there can be from the first to the last day of a calendar: twenty years."""

ALWAYS = Constant(1.0)
"""A probability that is left out where a thing happens for certain."""


@dataclass(frozen=True, slots=True)
class Envoy:
    """Somebody who speaks for a signatory: how they bargain, and how likely it is that they talk past the others.

    ``tactic`` is None for one who bargains as the party does. ``sidesteps`` is the probability, session by session,
    that the envoy speaks of other things than the others do; then nothing moves in that session.
    """

    id: str
    party: str
    tactic: Tactic | None = None
    sidesteps: Quantity = NOTHING
    title: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """A line of talks with delegations of its own: ``delegations`` are pairs of signatory and envoy."""

    id: str
    delegations: tuple[tuple[str, str], ...] = ()
    title: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A session on a day, or a series of them every so many days.

    One of ``date`` and ``every`` is given; a series runs from ``start`` to ``end``, by default from the first to the
    last day of the calendar. ``delegations`` go before those of the ``track``; a party that neither names speaks for
    itself. ``agenda`` names the issues that are talked about: empty, all of them, and the whole settlement; otherwise
    no settlement is reached, only partial agreements on those issues. ``exchanges`` are the rounds of a session, None
    for those of the protocol. ``mismatch`` is the probability that its sides discuss different issues, whoever is
    there.
    """

    id: str
    date: dt.date | None = None
    every: int | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    venue: str = ""
    format: str = ""
    track: str = ""
    delegations: tuple[tuple[str, str], ...] = ()
    agenda: tuple[str, ...] = ()
    exchanges: int | None = None
    mismatch: Quantity = NOTHING
    title: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What an event does to the quantity at ``path``: one of `OPERATIONS` with an amount.

    It is lasting, unless it ``lasts`` so many days and is then gone, or ``fades`` with a half-life of so many days.
    """

    id: str
    path: Path
    operation: str
    amount: Quantity
    lasts: Quantity | None = None
    fades: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens while talks go on.

    One of ``date``, ``every`` (days, from ``start`` to ``end``), ``rate`` (times a day, from ``start`` to ``end``) and
    ``after`` (the id of a session, an event or a partial agreement; ``delay`` days later) says when; none of them where
    it only happens in answer to others (`Reciprocity`). Each time it does so with probability ``chance``, and with that
    of ``unless_serious`` where the party named there does not negotiate seriously. A ``battle`` moves what each side in
    a war believes of its chance to win.
    """

    id: str
    date: dt.date | None = None
    every: int | None = None
    rate: Quantity | None = None
    after: str = ""
    delay: Quantity = NOTHING
    start: dt.date | None = None
    end: dt.date | None = None
    chance: Quantity = ALWAYS
    unless_serious: tuple[tuple[str, Quantity], ...] = ()
    effects: tuple[Effect, ...] = ()
    battle: str = ""
    title: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Reciprocity:
    """An answer in kind: whatever brought event or partial agreement ``after``, event ``brings`` may follow.

    With probability ``chance`` each time, ``delay`` days later, rounded to whole days, one at least.
    """

    id: str
    after: str
    brings: str
    chance: Quantity = ALWAYS
    delay: Quantity = ALWAYS
    about: str = ""


@dataclass(frozen=True, slots=True)
class PartialAgreement:
    """An issue that may be settled early: ``issue`` becomes ``to``, in place of the option ``instead_of`` held so far.

    It can be concluded at a session whose agenda has the issue, one of ``sessions`` if any are named; with probability
    ``chance`` (``unless_serious`` as for an `Event`), where each signatory gains by it, in points of utility, at least
    what it wants in return (``in_return``, pairs of party and points).
    """

    id: str
    issue: str
    to: str
    instead_of: str
    sessions: tuple[str, ...] = ()
    chance: Quantity = ALWAYS
    unless_serious: tuple[tuple[str, Quantity], ...] = ()
    in_return: tuple[tuple[str, Quantity], ...] = ()
    effects: tuple[Effect, ...] = ()
    title: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Counsel:
    """A mediator tells a party, ``hears``, whether a red line of another is real (Kydd 2003).

    ``line`` is the path of the red line. The mediator speaks on ``date``, or at the session ``session``. ``bias`` is
    how much of the hearer's gain from pressing on a bluff is a gain to the mediator, ``war_cost`` what it loses, in
    points, where the line that is pressed on is real.
    """

    id: str
    mediator: str
    hears: str
    line: Path
    date: dt.date | None = None
    session: str = ""
    bias: Quantity = NOTHING
    war_cost: Quantity = NOTHING
    about: str = ""


@dataclass(frozen=True, slots=True)
class Firm:
    """Talks end with this day."""

    date: dt.date


@dataclass(frozen=True, slots=True)
class Extensible:
    """Talks end with this day, unless it is put off: with probability ``chance``, ``by`` days, ``times`` at most."""

    date: dt.date
    chance: Quantity
    by: int
    times: int = 1


@dataclass(frozen=True, slots=True)
class Hazard:
    """Talks may end on any day from ``start`` on, whatever day it is: after ``mean`` days on average."""

    mean: Quantity
    start: dt.date | None = None


Deadline = Firm | Extensible | Hazard


@dataclass(frozen=True, slots=True)
class Binomial:
    """So many ``hits`` out of ``trials``, each with the probability that the quantity at ``path`` has on that day."""

    path: Path
    hits: int
    trials: int


@dataclass(frozen=True, slots=True)
class Observation:
    """Something that was seen.

    One of: ``session`` (held, and it ended without an agreement on a settlement), ``event`` (a dated one: ``happened``
    or not; one with a rate: ``count`` times from ``start`` to ``end``), ``partial`` (concluded at the session ``at``;
    never so far if that is empty), ``binomial`` (on ``date``).
    """

    id: str
    session: str = ""
    event: str = ""
    happened: bool = True
    count: int | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    partial: str = ""
    at: str = ""
    binomial: Binomial | None = None
    date: dt.date | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What could be otherwise from the day after ``now`` on: quantities, and on which track sessions are held.

    ``tracks`` are pairs: sessions of the first are held on the second.
    """

    id: str
    effects: tuple[Effect, ...] = ()
    tracks: tuple[tuple[str, str], ...] = ()
    title: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Talks:
    """The calendar: from the day ``start`` to the day ``horizon``; what was seen was seen up to ``now``.

    Without a ``deadline`` the horizon is a firm one.
    """

    start: dt.date
    horizon: dt.date
    now: dt.date
    sessions: tuple[Session, ...]
    deadline: Deadline | None = None
    tracks: tuple[Track, ...] = ()
    envoys: tuple[Envoy, ...] = ()
    events: tuple[Event, ...] = ()
    reciprocity: tuple[Reciprocity, ...] = ()
    partial_agreements: tuple[PartialAgreement, ...] = ()
    counsel: tuple[Counsel, ...] = ()
    observed: tuple[Observation, ...] = ()
    what_if: tuple[WhatIf, ...] = ()
    about: str = ""
