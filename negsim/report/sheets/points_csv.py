"""The points of all roles as a table for a spreadsheet; for instructors."""

from __future__ import annotations

from collections.abc import Iterator

from negsim.report.safe_csv import Cell, safe_csv
from negsim.teaching.sheets import InstructorsPack, RoleSheet

__all__ = ["points_csv"]

_COLUMNS = ("role", "what", "issue", "option", "points")


def points_csv(pack: InstructorsPack) -> str:
    """Write one row per weight, option, combination, red line and walk-away value of each role.

    ``what`` says which; of a combination and a red line, ``option`` holds the condition. A red line has as its points
    what crossing it costs where it is only said; nothing where it is real.
    """
    return safe_csv(_COLUMNS, (row for role in (*pack.roles, *pack.ratifiers) for row in _rows(role)))


def _rows(role: RoleSheet) -> Iterator[dict[str, Cell]]:
    for one in role.issues:
        yield {"role": role.id, "what": "weight", "issue": one.issue.id, "points": round(one.weight, 5)}
        for level in one.levels:
            yield {
                "role": role.id,
                "what": "option",
                "issue": one.issue.id,
                "option": level.choice,
                "points": level.points,
            }
    for extra in role.extras:
        yield {"role": role.id, "what": "combination", "option": extra.when.text, "points": extra.points}
    for line in role.lines:
        cost = None if line.real else -line.cost
        yield {"role": role.id, "what": "red_line", "option": line.stated.require.text, "points": cost}
    if role.counts:
        yield {"role": role.id, "what": "walk_away", "points": role.walk_away}
