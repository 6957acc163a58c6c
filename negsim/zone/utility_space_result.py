"""Where deals lie by what they are worth to each party, as plain data."""

from __future__ import annotations

from negsim.model.estimates import Spread
from negsim.records import dataclass

__all__ = ["DealPlace", "PairFrontier", "PartyScale", "UtilitySpace"]


@dataclass(frozen=True, slots=True)
class PartyScale:
    """What a party has without a deal, in points: the mean over the worlds, and the middle of them."""

    party: str
    no_deal: float
    spread: Spread


@dataclass(frozen=True, slots=True)
class DealPlace:
    """A robust deal, by its rank, and what it is worth on average to each party of the space, in their order."""

    rank: int
    worth: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PairFrontier:
    """What two parties can both attain on average, by points alone.

    ``points`` are mean worths to the two, from the first one's best on, of outcomes that in some world cross no real
    red line of either; at most so many of ``n_points``, evenly chosen, both ends among them.
    """

    parties: tuple[str, str]
    n_points: int
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class UtilitySpace:
    """Where outcomes lie by what they are worth to each party on average, over the first worlds.

    Worth is what a party judges a deal by: its utility, or where deals may be broken its value with that risk.
    ``parties`` are those with a no-deal value, signatories first. ``worth`` (party, outcome) are the means of some
    outcomes, and ``p_in_zone`` (outcome,) the share of ``n_worlds`` in which each is in the zone. The first
    ``n_spread`` of them are spread evenly over all outcomes (``is_whole``: they are all there are); the others were
    looked for in zones. ``deals`` are the robust ones.
    """

    n_worlds: int
    parties: tuple[PartyScale, ...]
    is_whole: bool
    n_spread: int
    worth: tuple[tuple[float, ...], ...]
    p_in_zone: tuple[float, ...]
    deals: tuple[DealPlace, ...]
    frontiers: tuple[PairFrontier, ...]
