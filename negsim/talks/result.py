"""What the calendar of talks found, as plain data."""

from __future__ import annotations

import datetime as dt

from negsim.bargaining.result import OptionReached, Reason
from negsim.model.estimates import Estimate, Spread
from negsim.records import dataclass

__all__ = [
    "Conditioning",
    "DayFound",
    "EventFound",
    "Moved",
    "ObservationFound",
    "PartialFound",
    "PartyGain",
    "SessionFound",
    "TalksResult",
    "TrustFound",
    "WhatIfFound",
]


@dataclass(frozen=True, slots=True)
class TrustFound:
    """How likely it is that a party negotiates seriously, over the worlds that still talk after a session.

    ``p_serious`` is by all that was seen or assumed up to then, None where no world talks any more; ``believed`` is
    what the others believe by its offers and answers alone, on average.
    """

    party: str
    p_serious: Estimate | None
    believed: float | None


@dataclass(frozen=True, slots=True)
class SessionFound:
    """One session: when, where, who spoke for each signatory, and how things stood after it.

    ``id`` is that of the file; ``number`` counts the meetings of a series from 1, 0 for a single one. ``exchanges`` are
    0 where no settlement is on its agenda. ``observed`` tells whether the file says how it ended. ``p_held`` is how
    likely it is that there is such a session at all, talks having ended neither in agreement nor otherwise before it;
    ``p_agreed`` that talks end in agreement there, ``p_zone`` that there is a zone on that day in worlds that still
    talk, as no-deal values then stand; None where that is nowhere the case. ``p_mismatch`` is how likely its sides
    talked past each other.
    """

    id: str
    number: int
    day: dt.date
    title: str
    venue: str
    format: str
    track: str
    delegations: tuple[tuple[str, str], ...]
    agenda: tuple[str, ...]
    exchanges: int
    observed: bool
    p_held: Estimate
    p_agreed: Estimate
    p_zone: Estimate | None
    p_mismatch: Estimate | None
    trust: tuple[TrustFound, ...]


@dataclass(frozen=True, slots=True)
class DayFound:
    """How likely agreement is by the end of a day."""

    day: dt.date
    p_agreement: Estimate


@dataclass(frozen=True, slots=True)
class EventFound:
    """How often an event happens while a world talks: on average, and the probability that it does at all.

    ``days`` are those on which it happens in all worlds alike, empty where they are drawn.
    """

    id: str
    title: str
    days: tuple[dt.date, ...]
    mean: float
    p_any: Estimate


@dataclass(frozen=True, slots=True)
class PartialFound:
    """How likely a partial agreement is, in all and where there is no settlement."""

    id: str
    title: str
    issue: str
    option: str
    observed: bool
    p_concluded: Estimate


@dataclass(frozen=True, slots=True)
class PartyGain:
    """What a signatory gets over no deal where there is a settlement, in points, as no deal stands on that day."""

    party: str
    gain: Spread | None


@dataclass(frozen=True, slots=True)
class ObservationFound:
    """What one observation does: how likely it was beforehand, given those before it, and the sample size after it.

    ``likelihood`` is the mean over worlds of the likelihood of what was seen (a density for counts), weighted by what
    was seen before.
    """

    id: str
    about: str
    likelihood: float
    effective: float


@dataclass(frozen=True, slots=True)
class Moved:
    """A quantity or a coin, by its path, before and after what was seen: means, and the shift in standard deviations.

    ``sd`` is that of the prior. For coins the means are probabilities.
    """

    path: str
    prior: float
    posterior: float
    sd: float

    @property
    def shift(self) -> float:
        """By how many of its prior standard deviations its mean moved."""
        return (self.posterior - self.prior) / self.sd if self.sd > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Conditioning:
    """What was seen, and what it leaves of the sample.

    ``effective`` is Kish's effective sample size, the worlds that equal weights would take for the same precision;
    ``enough`` whether it is no less than a tenth of the worlds, and than 200. ``moved`` lists what moved most, first
    most.
    """

    now: dt.date
    observations: tuple[ObservationFound, ...]
    effective: float
    enough: bool
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class WhatIfFound:
    """What would be otherwise under a what-if of the file, in the same worlds.

    The figures are those under the what-if, ``change_...`` the differences from the calendar as it stands.
    """

    id: str
    title: str
    about: str
    p_agreement: Estimate
    p_by_deadline: Estimate | None
    p_impossible: Estimate
    change: Estimate
    change_by_deadline: Estimate | None
    change_impossible: Estimate
    by_day: tuple[DayFound, ...]


@dataclass(frozen=True, slots=True)
class TalksResult:
    """How the calendar goes over many worlds; every probability is conditioned on what was seen, if anything was.

    ``deadline_kind`` is firm, extensible, hazard, or horizon where the file gives none; ``deadline_day`` is None for a
    hazard and for the horizon. ``p_agreement`` is by the horizon, ``p_by_deadline`` by the end of that day. ``missed``
    are worlds without agreement in which a zone existed at some session, ``impossible`` those with none at any (where
    none was held, on the day on which talks ended); ``reasons`` split all worlds. ``agreed_after`` spreads the days
    from ``start`` on which agreements come. ``by_day`` holds every day on which something may be agreed, and the last
    of each month. ``coverage`` is as in `BargainResult`.
    """

    n_worlds: int
    seed: int
    sampler: str
    start: dt.date
    horizon: dt.date
    now: dt.date
    kind: str
    order: tuple[str, ...]
    deadline_kind: str
    deadline_day: dt.date | None
    p_extended: Estimate | None
    n_deals: int
    n_outcomes: int
    coverage: Estimate | None
    p_agreement: Estimate
    p_by_deadline: Estimate | None
    missed: Estimate
    impossible: Estimate
    reasons: tuple[Reason, ...]
    agreed_after: Spread | None
    by_day: tuple[DayFound, ...]
    sessions: tuple[SessionFound, ...]
    events: tuple[EventFound, ...]
    partials: tuple[PartialFound, ...]
    options: tuple[OptionReached, ...]
    parties: tuple[PartyGain, ...]
    conditioning: Conditioning | None
    what_ifs: tuple[WhatIfFound, ...]
