"""A frontier as plain data for JSON."""

from __future__ import annotations

from typing import Any

from negsim.report.json_findings import estimate_data, spread_data
from negsim.zone.frontiers_result import Attainable, Frontier, WorldFrontier

__all__ = ["frontier_data"]

Data = dict[str, Any]


def frontier_data(frontier: Frontier) -> Data:
    """Give a frontier as data: in one world, or what two parties attain over many; the other is null."""
    found = frontier.found
    return {
        "parties": list(frontier.parties),
        "in_world": _in_world(found, frontier.parties) if isinstance(found, WorldFrontier) else None,
        "attainable": _attainable(found) if isinstance(found, Attainable) else None,
    }


def _in_world(found: WorldFrontier, parties: tuple[str, ...]) -> Data:
    return {
        "world": found.world,
        "no_deal": dict(found.no_deal),
        "red_lines": [{"party": line.party, "red_line": line.red_line, "real": line.real} for line in found.lines],
        "zone": found.has_zone,
        "n_points": found.n_points,
        "points": [
            {
                "utility": dict(zip(parties, point.utility, strict=True)),
                "gain": dict(zip(parties, point.gain, strict=True)),
                "in_zone": point.in_zone,
                "outcomes": point.n_outcomes,
                "options": dict(point.options),
            }
            for point in found.points
        ],
        "solutions": [
            {
                "name": solution.name,
                "title": solution.title,
                "compares_points": solution.compares_points,
                "chosen": [{"gains": dict(point.gains), "point": point.number} for point in solution.points],
            }
            for solution in found.solutions
        ],
    }


def _attainable(found: Attainable) -> Data:
    return {
        "worlds": found.n_worlds,
        "levels": [
            {
                "at_least": level.at_least,
                "p_reach": estimate_data(level.p_reach),
                "most": spread_data(level.most),
                "p_both": estimate_data(level.p_both),
            }
            for level in found.levels
        ],
    }
