"""Rows of a finding as CSV, one header line, the same columns in every row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence

from negsim.zone.frontiers_result import Frontier
from negsim.zone.result import ZoneResult
from negsim.zone.stakes_rows import durability_rows, pressure_rows

__all__ = [
    "ROWS",
    "blocks_csv",
    "bounded",
    "deals_csv",
    "durability_csv",
    "frontier_csv",
    "moves_csv",
    "options_csv",
    "pressure_csv",
    "solutions_csv",
    "to_csv",
]

_SHARE = "share_of_zones"


def options_csv(result: ZoneResult) -> str:
    """Write one row per option: its shares with bounds and how often each party accepts it."""
    rows = result.option_rows()
    shares = [_SHARE, f"{_SHARE}.low", f"{_SHARE}.high"]
    before = ["issue", "option", "p_in_zone", "p_in_zone.low", "p_in_zone.high"]
    return to_csv([*before, *shares, *_accepted(result)], rows)


def deals_csv(result: ZoneResult) -> str:
    """Write one row per robust deal: its rank, a column per issue, its share with bounds, each party's acceptance."""
    issues = dict.fromkeys(option.issue for option in result.options)
    return to_csv(["rank", *issues, *bounded("p_in_zone", "p_new"), *_accepted(result)], result.deal_rows())


def moves_csv(result: ZoneResult) -> str:
    """Write one row per uncertain quantity: its path, where its fifths lie, P(zone) there, and the difference."""
    estimates = bounded("p_low", "p_high", "difference")
    return to_csv(["path", "low_below", "high_above", *estimates, "stands_out"], result.move_rows())


def frontier_csv(frontier: Frontier) -> str:
    """Write one row per point of a frontier in a world, or one per level of what two parties attain over many."""
    rows = frontier.rows()
    figures = [f"{figure}.{party}" for figure in ("utility", "gain") for party in frontier.parties]
    return to_csv(list(rows[0]) if rows else ["point", *figures, "in_zone", "outcomes", "chosen_by"], rows)


def blocks_csv(result: ZoneResult) -> str:
    """Write one row per red line and per no-deal value: P(zone) without it, or with it lower, and what that gains."""
    return to_csv(["party", "red_line", "points", *bounded("p_zone", "gain")], result.block_rows())


def solutions_csv(result: ZoneResult) -> str:
    """Write one row per solution and option: how often the outcomes chosen hold the option."""
    return to_csv(["solution", "issue", "option", *bounded("share")], result.solution_rows())


def pressure_csv(result: ZoneResult) -> str:
    """Write one row per pressure: on whom, by how many points, P(zone) then, and how much that is more."""
    return to_csv(["parties", "points", "worlds", *bounded("p_zone", "difference")], pressure_rows(result))


def durability_csv(result: ZoneResult) -> str:
    """Write one row per robust deal: who breaks it and when, which credibility it has and would need."""
    rows = durability_rows(result)
    return to_csv(list(rows[0]) if rows else ["rank", "worlds", *bounded("p_but_for_risk")], rows)


ROWS: Mapping[str, Callable[[ZoneResult], str]] = {
    "options": options_csv,
    "deals": deals_csv,
    "blocks": blocks_csv,
    "moves": moves_csv,
    "solutions": solutions_csv,
    "pressure": pressure_csv,
    "durability": durability_csv,
}
"""What a row can be, by name."""


def _accepted(result: ZoneResult) -> list[str]:
    """Name the columns of how often each party accepts, and whoever ratifies for one."""
    return [f"p_accept.{share.party}" for share in result.options[0].parties]


def bounded(*names: str) -> list[str]:
    """Name the columns of estimates: each with the ends of its interval."""
    return [f"{name}{end}" for name in names for end in ("", ".low", ".high")]


def to_csv(header: Sequence[str], rows: Sequence[Mapping[str, object]]) -> str:
    """Write rows below a header; what a row lacks stays empty."""
    target = io.StringIO()
    writer = csv.DictWriter(target, header, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue()
