"""The deals of a class as CSV for a spreadsheet, one row a group."""

from __future__ import annotations

from negsim.report.safe_csv import Cell, safe_csv
from negsim.teaching.forms import column_of
from negsim.teaching.grading import Graded, Grading

__all__ = ["grade_csv"]

_DECIMALS = 5
_WHOLE = ("joint", "joint_gain", "efficiency", "on_frontier", "distance", "nash_product", "in_zone", "refused_at_home")

_TAKEN = ("group", "agreed", *_WHOLE)
"""Columns of the table for whose names an issue has to give way."""


def grade_csv(grading: Grading, *, names: bool = False, bom: bool = False) -> str:
    """Write one row per group: its deal; each role's points, gain, rank and what it should have refused; and the rest.

    Parameters
    ----------
    grading : Grading
    names : bool
        Whether to keep the columns of the forms that are neither the group nor an issue.
    bom : bool
        Whether to put a byte order mark in front.
    """
    issues = [column_of(issue.id, _TAKEN) for issue in grading.scenario.issues]
    roles = [one.party for one in grading.roles]
    kept = [f"form.{column}" for column in grading.dropped] if names else []
    of_roles = [f"{what}.{role}" for role in roles for what in ("points", "gain", "rank", "below", "crossed")]
    header = ["group", *kept, "agreed", *issues, *of_roles, *_WHOLE]
    return safe_csv(header, [_row(row, names=names) for row in grading.rows], bom=bom)


def _row(row: Graded, *, names: bool) -> dict[str, Cell]:
    cells: dict[str, Cell] = {"group": row.form.group, "agreed": _yes(row.options is not None)}
    if names:
        cells |= {f"form.{column}": value for column, value in row.form.others}
    cells |= {column_of(issue, _TAKEN): option for issue, option in row.options or ()}
    for role, one in row.scores.items():
        cells |= {f"points.{role}": _rounded(one.points), f"gain.{role}": _rounded(one.gain)}
        cells |= {f"rank.{role}": row.ranks[role], f"below.{role}": _yes(one.below)}
        cells[f"crossed.{role}"] = " ".join(one.crossed)
    return cells | {
        "joint": _rounded(row.joint),
        "joint_gain": _rounded(row.joint_gain),
        "efficiency": _rounded(row.efficiency),
        "on_frontier": _yes(row.on_frontier),
        "distance": _rounded(row.distance),
        "nash_product": _rounded(row.nash_product),
        "in_zone": _yes(row.in_zone),
        "refused_at_home": " ".join(row.refused_at_home),
    }


def _yes(told: bool) -> str:  # noqa: FBT001  # the only thing it takes
    return "yes" if told else "no"


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, _DECIMALS) + 0.0
