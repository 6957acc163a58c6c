"""What bargaining found, as plain data."""

from __future__ import annotations

from negsim.model.estimates import Estimate, Spread
from negsim.records import dataclass

__all__ = [
    "BargainResult",
    "OptionReached",
    "PartyOutcome",
    "Reason",
    "RobustDeal",
    "TacticChange",
]


@dataclass(frozen=True, slots=True)
class Reason:
    """One way in which talks end, by the name of its `Stop`, and how often they do."""

    stop: str
    p: Estimate


@dataclass(frozen=True, slots=True)
class OptionReached:
    """An option of an issue: how often agreements hold it, among the worlds that agree."""

    issue: str
    option: str
    p_reached: Estimate


@dataclass(frozen=True, slots=True)
class RobustDeal:
    """A deal that can come up: how likely it is in the zone, and how often just this is agreed; of all worlds.

    ``options`` are pairs of issue and option in declared order.
    """

    options: tuple[tuple[str, str], ...]
    p_zone: Estimate
    p_agreed: Estimate


@dataclass(frozen=True, slots=True)
class PartyOutcome:
    """What a signatory gets where there is agreement; None where there is none.

    ``gain`` is in points over no deal, ``share`` of the most it could get from a deal that suits all, None under a
    quorum, and ``spare`` the points it could have more while nobody had less. Who is outvoted gains by points alone,
    whatever lines are crossed.
    """

    party: str
    tactic: str
    gain: Spread | None
    share: Spread | None
    spare: Spread | None


@dataclass(frozen=True, slots=True)
class TacticChange:
    """What it changes if one party is ``tougher`` or ``softer`` than its tactic, in the same worlds.

    ``p_agreement`` is the change of the probability of agreement, ``gain`` that of the party's mean gain over no deal
    in points, worlds without agreement counted as 0.
    """

    party: str
    change: str
    p_agreement: Estimate
    gain: Estimate


@dataclass(frozen=True, slots=True)
class BargainResult:
    """How talks go over many worlds.

    ``p_zone`` counts a party that is not serious as one that accepts nothing. ``missed`` are worlds without agreement
    that have a zone, ``impossible`` those that have none; ``reasons`` split all worlds. ``coverage`` is the share of
    worlds with a zone in which some deal that can come up is in it, None where all outcomes can (or no world has one).
    ``rounds`` counts from 1, where there is agreement. ``p_efficient`` is the share of agreements that no other deal
    that suits all, or wins the quorum, betters for one without loss for another; ``nash`` the geometric mean of the
    gains over the disagreement point as a share of the largest one, None under a quorum. ``options`` say what
    agreements hold, ``robust`` are the deals most often in the zone, ``changes`` what a tougher or softer party would
    change.
    """

    n_worlds: int
    seed: int
    sampler: str
    kind: str
    n_rounds: int
    sessions: int
    offers: str
    beliefs: str
    order: tuple[str, ...]
    n_deals: int
    n_outcomes: int
    coverage: Estimate | None
    p_agreement: Estimate
    p_zone: Estimate
    missed: Estimate
    impossible: Estimate
    reasons: tuple[Reason, ...]
    rounds: Spread | None
    p_efficient: Estimate | None
    nash: Spread | None
    parties: tuple[PartyOutcome, ...]
    options: tuple[OptionReached, ...]
    robust: tuple[RobustDeal, ...]
    changes: tuple[TacticChange, ...]
