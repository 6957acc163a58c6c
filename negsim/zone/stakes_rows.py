"""Findings on pressure and durability as flat rows for any data-frame library."""

from __future__ import annotations

import math

from negsim.model.estimates import Spread
from negsim.zone.result import ZoneResult

__all__ = ["durability_rows", "pressure_rows"]

Row = dict[str, str | float | None]


def pressure_rows(result: ZoneResult) -> list[Row]:
    """Give one flat row per pressure: on whom, by how many points, P(zone) then and how much that is more.

    Ids of several parties under the same pressure are parted by blanks.
    """
    rows: list[Row] = []
    for one in result.stakes.pressure:
        row: Row = {"parties": " ".join(one.parties), "points": one.points, "worlds": one.found.n_worlds}
        row |= one.found.p_zone.columns("p_zone") | one.found.difference.columns("difference")
        rows.append(row)
    return rows


def durability_rows(result: ZoneResult) -> list[Row]:
    """Give one flat row per robust deal: by whom and when it is broken, and which credibility it has and would need.

    ``years`` are empty where there is no end, ``term`` where the guarantee has none, ``needed`` where none would do.
    """
    rows: list[Row] = []
    for rank, risk in enumerate(result.stakes.deals, start=1):
        row: Row = {"rank": rank, "worlds": risk.n_worlds}
        row |= risk.p_but_for_risk.columns("p_but_for_risk")
        row |= {name: years if math.isfinite(years) else None for name, years in risk.years.columns("years").items()}
        for years, share in risk.p_holds:
            row |= share.columns(f"p_holds.{years}")
        for one in risk.breakers:
            row |= one.p_first.columns(f"p_first.{one.party}")
        row |= {"term": risk.term} | risk.credibility.columns("credibility") | _columns("needed", risk.needed)
        row |= risk.p_enough.columns("p_none_needed") | risk.p_none.columns("p_none_does")
        rows.append(row)
    return rows


def _columns(name: str, spread: Spread | None) -> Row:
    missing: Row = dict.fromkeys((name, f"{name}.p10", f"{name}.p90"))
    return {**missing, **(spread.columns(name) if spread else {})}
