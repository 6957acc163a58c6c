"""What a zone analysis found, as plain data with rows for any data-frame library."""

from __future__ import annotations

from negsim.model.estimates import Estimate
from negsim.records import dataclass
from negsim.zone.findings import Blocks, SolutionFinding
from negsim.zone.questions import Questions
from negsim.zone.stakes_result import NO_STAKES, Stakes

__all__ = [
    "CoinMove",
    "Deal",
    "Move",
    "NearDeals",
    "OptionFinding",
    "PartyShare",
    "StructuralMove",
    "ZoneResult",
    "ZoneSize",
]


@dataclass(frozen=True, slots=True)
class PartyShare:
    """How often one party accepts a deal or an option, over all worlds."""

    party: str
    p_accept: Estimate


@dataclass(frozen=True, slots=True)
class Deal:
    """An outcome and how robust it is.

    ``p_in_zone`` is the share of worlds in which it lies in the zone, ``p_new`` the share in which it does and no deal
    reported before it does. ``options`` holds one ``(issue, option)`` per issue, in declared order; ``irrelevant``
    where the issue does not arise. ``asked`` are the parties whose acceptance it needs: signatories (those that vote,
    under a quorum), and others where their consent is asked; ``parties`` holds everybody's.
    """

    options: tuple[tuple[str, str], ...]
    p_in_zone: Estimate
    p_new: Estimate
    parties: tuple[PartyShare, ...]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearDeals:
    """The outcomes that the interval of the most robust deal does not tell from it, that deal among them.

    ``common`` are the options, as ``(issue, option)``, that all of them have: what the finding says of a best deal
    beyond the noise. ``n_outcomes`` is 0 where there is no deal, or outcomes are too many to enumerate.
    """

    n_outcomes: int
    common: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OptionFinding:
    """One option of one issue.

    ``p_in_zone`` is the share of worlds in which some outcome with it lies in the zone (None for a free issue where
    outcomes are too many to enumerate); ``share_of_zones`` the same among worlds with a zone (None if there is none);
    ``parties`` how often each accepts it, that is, accepts its best outcome with it.
    """

    issue: str
    option: str
    p_in_zone: Estimate | None
    share_of_zones: Estimate | None
    parties: tuple[PartyShare, ...]


@dataclass(frozen=True, slots=True)
class ZoneSize:
    """How many outcomes lie in the zone: the mean over all worlds, quantiles among worlds with a zone.

    ``p10``, ``median`` and ``p90`` are None where no world has a zone, all are None where outcomes are too many to
    enumerate.
    """

    mean: Estimate | None
    p10: int | None
    median: int | None
    p90: int | None


@dataclass(frozen=True, slots=True)
class Move:
    """How P(zone) goes with one uncertain quantity.

    ``p_low`` and ``p_high`` are the shares of worlds with a zone where the quantity is in its bottom and in its top
    fifth, below ``low_below`` and above ``high_above`` or very nearly so; ``difference`` is the latter less the former.
    All are None if there are too few worlds. ``stands_out`` tells whether it is more than chance makes of the largest
    of all these differences, coins included.
    """

    path: str
    low_below: float
    high_above: float
    p_low: Estimate | None
    p_high: Estimate | None
    difference: Estimate | None
    stands_out: bool = False


@dataclass(frozen=True, slots=True)
class CoinMove:
    """How P(zone) goes with a red line being real: its share of worlds with a zone where it is a bluff, and where real.

    ``difference`` is the latter less the former; what no world shows is None. ``stands_out`` as for `Move`.
    """

    party: str
    red_line: str
    p_bluff: Estimate | None
    p_real: Estimate | None
    difference: Estimate | None
    stands_out: bool = False


@dataclass(frozen=True, slots=True)
class StructuralMove:
    """P(zone) under an alternative to something that the model takes for granted, over the first ``n_worlds`` worlds.

    ``difference`` is what it is more than as the scenario stands, in the same worlds.
    """

    assumption: str
    alternative: str
    n_worlds: int
    p_zone: Estimate
    difference: Estimate


@dataclass(frozen=True, slots=True)
class ZoneResult:
    """The finding: how likely a zone is, how large, which deals are in it, which options open it.

    ``questions`` are what was asked. Every figure is before any conditioning on observed events. ``deals`` starts with
    the most robust; each further deal is the one most often in the zone where none before it is, so that they show what
    kinds of settlement there are. ``p_covered`` is the share of worlds in which at least one of them is in the zone.
    Equal shares go by the declared order of options; ``near`` are the outcomes about as robust as the first deal.
    ``moves`` are all uncertain quantities and ``coins`` all red lines that may be bluffs, those with the largest
    difference first; ``structure`` is what else could be assumed. ``stakes`` are findings on no deal, durability and
    who must say yes. Where anybody has to say yes at home, ``p_zone`` and all else is after that: the ratified zone.

    Where outcomes are too many to enumerate (``enumerated`` is false), ``size`` and ``near`` say nothing, and deals are
    chosen among efficient outcomes of the first worlds. ``blocks`` is None, and there are no ``solutions``, where even
    these are too many.
    """

    scenario: str
    title: str
    parties: tuple[str, ...]
    n_issues: int
    n_outcomes: int
    n_cells: int
    n_worlds: int
    seed: int
    sampler: str
    questions: Questions
    enumerated: bool
    p_zone: Estimate
    size: ZoneSize
    deals: tuple[Deal, ...]
    p_covered: Estimate
    near: NearDeals
    options: tuple[OptionFinding, ...]
    blocks: Blocks | None
    solutions: tuple[SolutionFinding, ...]
    moves: tuple[Move, ...]
    coins: tuple[CoinMove, ...]
    structure: tuple[StructuralMove, ...]
    stakes: Stakes = NO_STAKES

    def deal_rows(self) -> list[dict[str, str | float]]:
        """Give a flat row per deal: rank, a column per issue, ``p_in_zone``, ``p_new``, ``p_accept.PARTY``."""
        rows: list[dict[str, str | float]] = []
        for rank, deal in enumerate(self.deals, start=1):
            row: dict[str, str | float] = {"rank": rank, **dict(deal.options)}
            row |= deal.p_in_zone.columns("p_in_zone") | deal.p_new.columns("p_new")
            row |= {f"p_accept.{share.party}": share.p_accept.estimate for share in deal.parties}
            rows.append(row)
        return rows

    def option_rows(self) -> list[dict[str, str | float | None]]:
        """Give one flat row per option: issue, option, its shares with bounds, ``p_accept.PARTY``."""
        rows: list[dict[str, str | float | None]] = []
        for found in self.options:
            row: dict[str, str | float | None] = {"issue": found.issue, "option": found.option}
            for name, share in (("p_in_zone", found.p_in_zone), ("share_of_zones", found.share_of_zones)):
                row |= share.columns(name) if share else dict.fromkeys((name, f"{name}.low", f"{name}.high"))
            row |= {f"p_accept.{item.party}": item.p_accept.estimate for item in found.parties}
            rows.append(row)
        return rows

    def move_rows(self) -> list[dict[str, str | float | None]]:
        """Give one flat row per uncertain quantity: its path, where its fifths begin, P(zone) there, the difference."""
        rows: list[dict[str, str | float | None]] = []
        for move in self.moves:
            row: dict[str, str | float | None] = {"path": move.path, "low_below": move.low_below}
            row |= {"high_above": move.high_above} | _columns("p_low", move.p_low) | _columns("p_high", move.p_high)
            row |= _columns("difference", move.difference) | {"stands_out": str(move.stands_out).lower()}
            rows.append(row)
        return rows

    def block_rows(self) -> list[dict[str, str | float | None]]:
        """Give one flat row per red line and no-deal value: whose, and P(zone) without it, or with it lower."""
        rows: list[dict[str, str | float | None]] = []
        blocks = self.blocks
        for line in blocks.lines if blocks else ():
            row: dict[str, str | float | None] = {"party": line.party, "red_line": line.red_line, "points": None}
            rows.append(row | _columns("p_zone", line.p_without) | _columns("gain", line.gain))
        for value in blocks.no_deal if blocks else ():
            row = {"party": value.party, "red_line": None, "points": value.points}
            rows.append(row | _columns("p_zone", value.p_lower) | _columns("gain", value.gain))
        return rows

    def solution_rows(self) -> list[dict[str, str | float | None]]:
        """Give one flat row per solution and option: how often what the solution chooses holds the option."""
        rows: list[dict[str, str | float | None]] = []
        for solution in self.solutions:
            for found in solution.options:
                row: dict[str, str | float | None] = {"solution": solution.name, "issue": found.issue}
                rows.append(row | {"option": found.option} | _columns("share", found.share))
        return rows


def _columns(name: str, estimate: Estimate | None) -> dict[str, str | float | None]:
    missing = dict.fromkeys((name, f"{name}.low", f"{name}.high"))
    return {**missing, **(estimate.columns(name) if estimate else {})}
