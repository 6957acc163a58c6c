"""What looking at one deal found, as plain data."""

from __future__ import annotations

from negsim.model.estimates import Estimate, Spread
from negsim.records import dataclass
from negsim.zone.stakes_deal import NO_DEAL_STAKES, DealStakes

__all__ = ["CrossedLine", "DealResult", "IssueLoss", "PartyGain", "PartyView", "PreferredDeal"]


@dataclass(frozen=True, slots=True)
class IssueLoss:
    """What a party gives up on one issue: its best option's weighted value less the deal's, in points, over all worlds.

    ``best`` is the option that is best for it in most worlds, None where no option is. Options that occur in no outcome
    do not count.
    """

    issue: str
    points: float
    best: str | None


@dataclass(frozen=True, slots=True)
class CrossedLine:
    """A red line that the deal crosses.

    ``p_real`` is the share of worlds in which it is real, which rules the deal out for its party; ``cost`` what
    crossing it costs in the others, in points (None if it is never a bluff).
    """

    red_line: str
    p_real: Estimate
    cost: Spread | None


@dataclass(frozen=True, slots=True)
class PartyView:
    """How one party sees the deal.

    ``gain`` is its utility less its no-deal value, in points, over all worlds. ``p_short``, ``p_line`` and ``p_both``
    split the worlds in which it does not accept, as shares of all worlds: for want of points alone, for a real red line
    alone, for both. ``lacks`` is how many points are missing where points are (None if they never are). ``losses`` are
    the issues that cost it most, at most three; ``crossed`` its red lines that the deal crosses.
    """

    party: str
    p_accept: Estimate
    gain: Spread
    p_short: Estimate
    p_line: Estimate
    p_both: Estimate
    lacks: Spread | None
    losses: tuple[IssueLoss, ...]
    crossed: tuple[CrossedLine, ...]


@dataclass(frozen=True, slots=True)
class PartyGain:
    """What one party gains by another deal over this one, in points, over all worlds."""

    party: str
    gain: Spread


@dataclass(frozen=True, slots=True)
class PreferredDeal:
    """Another deal beside the one looked at.

    ``changes`` are the options, as ``(issue, option)``, that differ; ``n_changes`` leaves out issues that only arise or
    fall away. ``p_preferred`` is the share of worlds in which all prefer it; ``gains`` those of everyone whose consent
    one of the two deals needs.
    """

    options: tuple[tuple[str, str], ...]
    changes: tuple[tuple[str, str], ...]
    n_changes: int
    p_preferred: Estimate
    p_in_zone: Estimate
    gains: tuple[PartyGain, ...]


@dataclass(frozen=True, slots=True)
class DealResult:
    """The finding on one deal, before any conditioning on observed events.

    All prefer another deal where every signatory, and everyone whose consent either deal needs, finds it at least as
    good, one of them finds it better, and it crosses no real red line of theirs; a deal that crosses one of a party's
    is worth to it what no deal is. ``preferred`` are the nearest such deals, at most three: those that all prefer in at
    least half of the first ``n_chosen_on`` worlds, fewest changes first, then the larger share, then declared order.
    ``n_preferred`` of ``n_compared`` others are such; ``best_other`` is the one preferred by all most often among the
    rest, where there are fewer than three, and some world has all prefer it. ``most_changes`` says how far from the
    deal others were looked at; None: all outcomes were.
    """

    scenario: str
    title: str
    n_issues: int
    n_outcomes: int
    n_worlds: int
    seed: int
    sampler: str
    options: tuple[tuple[str, str], ...]
    asked: tuple[str, ...]
    p_in_zone: Estimate
    parties: tuple[PartyView, ...]
    preferred: tuple[PreferredDeal, ...]
    n_preferred: int
    best_other: PreferredDeal | None
    n_compared: int
    most_changes: int | None
    n_chosen_on: int
    stakes: DealStakes = NO_DEAL_STAKES

    def party_rows(self) -> list[dict[str, str | float | bool | None]]:
        """Give a flat row per party: whether it is asked, its shares with bounds, its gain and what it lacks."""
        rows: list[dict[str, str | float | bool | None]] = []
        for view in self.parties:
            row: dict[str, str | float | bool | None] = {"party": view.party, "asked": view.party in self.asked}
            row |= view.p_accept.columns("p_accept")
            row |= view.p_short.columns("p_short") | view.p_line.columns("p_line") | view.p_both.columns("p_both")
            row |= view.gain.columns("gain")
            missing = dict.fromkeys(("lacks", "lacks.p10", "lacks.p90"))
            row |= view.lacks.columns("lacks") if view.lacks else missing
            rows.append(row)
        return rows
