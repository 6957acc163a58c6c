"""The deals of a class as plain data for JSON, with what a picture of the class needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from negsim.model.values import UNITS_PER_POINT
from negsim.report.json_head import cast_at_home_data, head_data
from negsim.teaching.analysis import GameAnalysis, NamedDeal
from negsim.teaching.grading import Graded, Grading
from negsim.teaching.points import Score

__all__ = ["GRADE_FORMAT", "grade_data"]

GRADE_FORMAT = "negsim.grade/1"

Data = dict[str, Any]


def grade_data(grading: Grading, version: str, *, names: bool = False) -> Data:
    """Give a class's results as data.

    ``groups`` are the forms that could be read, ``bad`` the rows that could not. ``game`` is what there was to be had:
    each party's walk-away value, the frontier within the zone (``frontier_points`` counts it, where not all are told)
    and the named deals, with the points of every party.
    """
    return {
        **head_data(GRADE_FORMAT, grading.scenario, version, {"seed": grading.seed}),
        **cast_at_home_data(grading.scenario),
        "summary": {
            "groups": len(grading.rows),
            "agreed": grading.n_agreed,
            "on_frontier": grading.n_on_frontier,
            "should_have_refused": grading.n_refusable,
            "roles": [asdict(one) for one in grading.roles],
        },
        "groups": [_group(row, names=names) for row in grading.rows],
        "bad": [asdict(row) for row in grading.bad],
        "game": _game(grading.analysis),
    }


def _group(row: Graded, *, names: bool) -> Data:
    data: Data = {
        "group": row.form.group,
        "line": row.form.line,
        "options": None if row.options is None else dict(row.options),
        "scores": {party: {**_score(one), "rank": row.ranks[party]} for party, one in row.scores.items()},
        "in_zone": row.in_zone,
        "refusing": list(row.refusing),
        "refused_at_home": list(row.refused_at_home),
        "withheld": list(row.withheld),
        "joint": row.joint,
        "joint_gain": row.joint_gain,
        "efficiency": row.efficiency,
        "on_frontier": row.on_frontier,
        "distance": row.distance,
        "nash_product": row.nash_product,
    }
    return data | {"form": dict(row.form.others)} if names else data


def _score(one: Score) -> Data:
    return {
        "points": one.points,
        "gain": one.gain,
        "below": one.below,
        "crossed": list(one.crossed),
        "bluffs": list(one.bluffs),
    }


def _game(analysis: GameAnalysis) -> Data:
    walk_away = {name: table.walk_away for name, table in analysis.tables.items()}
    return {
        "signatories": list(analysis.parties),
        "walk_away": {name: units / UNITS_PER_POINT for name, units in walk_away.items() if units is not None},
        "has_zone": analysis.has_zone,
        "frontier_points": analysis.n_points,
        "by_quorum": analysis.by_quorum,
        "frontier": [_deal(deal) for deal in analysis.frontier],
        "deals": [{"name": deal.name, **_deal(deal)} for deal in analysis.deals],
    }


def _deal(deal: NamedDeal) -> Data:
    return {"options": dict(deal.options), "points": _points(deal.scores)}


def _points(scores: Mapping[str, Score]) -> Data:
    return {party: one.points for party, one in scores.items() if one.points is not None}
