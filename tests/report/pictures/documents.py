"""Documents and scenarios to draw from, put together by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from negsim.model.estimates import Spread
from negsim.report.json import to_text, zone_data
from negsim.report.json_bargain import bargaining_data
from negsim.report.json_talks import calendar_data
from negsim.report.json_utility_space import utility_space_data
from negsim.report.pictures.source import Source
from negsim.report.pictures.study_source import StudySource
from negsim.scenario.types import Scenario
from negsim.zone.utility_space_result import DealPlace, PairFrontier, PartyScale, UtilitySpace
from tests.report.bargains import FOUND as BARGAINED
from tests.report.calendars import FOUND as TALKED
from tests.report.calendars import calendar
from tests.report.examples import finding, scenario

SPACE = UtilitySpace(
    n_worlds=1024,
    parties=(
        PartyScale("lower", 40.0, Spread(24.0, 41.0, 56.0)),
        PartyScale("upper", 30.5, Spread(30.0, 30.5, 31.0)),
    ),
    is_whole=False,
    n_spread=3,
    worth=((10.0, 50.0, 90.0, 60.0), (95.0, 70.0, 20.0, 65.0)),
    p_in_zone=(0.0, 0.03, 0.05, 0.2),
    deals=(DealPlace(1, (62.0, 64.0)), DealPlace(2, (63.0, 64.5))),
    frontiers=(PairFrontier(("lower", "upper"), 4, ((95.0, 25.0), (70.0, 60.0), (45.0, 80.0), (15.0, 96.0))),),
)
"""By hand: two points of the frontier are better than no deal for both."""


def document(of: Scenario | None = None) -> dict[str, Any]:
    """Everything that a run can hold, as it reads back from a file."""
    told = of or calendar()
    found = finding(told)
    nash = replace(found.solutions[0], worth=(("lower", 61.0), ("upper", 66.0)))
    data = zone_data(replace(found, solutions=(nash, found.solutions[1])), told, "1.2.3")
    data |= {
        "bargaining": bargaining_data(BARGAINED),
        "talks": calendar_data(TALKED),
        "utility_space": utility_space_data(SPACE),
    }
    read: dict[str, Any] = json.loads(to_text(data))
    return read


def source(**parts: Any) -> Source:
    """What pictures of the two villages are drawn from, with parts of the document set."""
    return Source({**document(), **parts}, calendar())


def plain_source() -> Source:
    """A run of a scenario without a calendar, as an older version saved it."""
    told = scenario()
    data = json.loads(to_text(zone_data(finding(told), told, "1.2.3")))
    for line in data["blocks"]["red_lines"]:
        del line["with_others"]
    return Source({**data, "bargaining": None, "talks": None}, told)


SEED = "parties.lower.no_deal"
FIRM = "parties.lower.red_lines.no_handover.firmness"


def _row(cell: int, inputs: dict[str, Any], share: float | None) -> dict[str, Any]:
    results = {"p_zone": share, "p_zone.low": share and share - 0.05, "p_zone.high": share and share + 0.05}
    status = "done" if share is not None else "failed"
    return {"cell": cell, "inputs": inputs, "status": status, "attempts": 1, "error": "", "results": results}


def study(policies: bool = False, two: bool = False) -> StudySource:
    """A study by hand: one quantity or two over three values each, under one policy or two."""
    names = ["as_is", "milder"] if policies else [""]
    rows = []
    for x in (20.0, 40.0, 60.0):
        for y in (0.6, 0.8, 0.9) if two else (None,):
            for k, name in enumerate(names):
                inputs = {SEED: x} | ({} if y is None else {FIRM: y}) | ({"policy": name} if name else {})
                share = 0.9 - x / 100 - (0 if y is None else (y - 0.6) / 2) + 0.1 * k
                rows.append(_row(len(rows), inputs, round(share, 4)))
    rows.append(_row(len(rows), {**rows[0]["inputs"]}, None))
    paths = [SEED, *([FIRM] if two else [])]
    data: dict[str, Any] = {
        "format": "negsim.study/1",
        "negsim": "1.2.3",
        "scenario": {"id": "strip", "title": "The strip"},
        "settings": {
            **{"worlds": 256, "seed": 0, "sampler": "lhs", "design": "grid", "of": ["zone"]},
            "vary": [{"path": path, "over": ""} for path in paths],
            "policies": [{"name": name, "changes": []} for name in names if name],
        },
        "made_with": {"negsim": "1.2.3", "numpy": "2", "scipy": "1", "python": "3", "processor": "x"},
        "digest": "0" * 64,
        "cells": {"planned": len(rows), "done": len(rows) - 1, "failed": 1, "left": 0},
        "of": "p_zone",
        "headlines": [{"name": "p_zone", "n": 3, "low": 0.3, "median": 0.5, "high": 0.7, "n_above_half": 2}],
        "effects": [
            {"path": path, "span": 0.4, "stands_out": True, "groups": _groups([20.0, 40.0, 60.0])} for path in paths
        ],
        "policies": _compared() if policies else None,
        "rows": rows,
    }
    return StudySource(data, _sensitivity(paths), scenario())


def _groups(values: list[float]) -> list[dict[str, Any]]:
    return [{"low": x, "high": x, "label": "", "n": 3, "mean": 0.9 - x / 100} for x in values]


def _compared() -> dict[str, Any]:
    same = {"percentile": 0.31, "worst": 0.3, "satisfied": {"estimate": 0.66, "low": 0.66, "high": 0.66}}
    regret = {"mean_regret": 0.1, "max_regret": 0.12}
    return {
        **{"of": "p_zone", "threshold": 0.5, "low": 0.1, "n_rows": 3, "n_left_out": 0},
        "policies": [
            {"name": "as_is", "mean": 0.5, "difference": None, **same, **regret},
            {
                "name": "milder",
                "mean": 0.6,
                "difference": {"estimate": 0.1, "low": 0.06, "high": 0.14},
                **same,
                **regret,
            },
        ],
    }


def _sensitivity(paths: list[str]) -> dict[str, Any]:
    def index(path: str, first: float) -> dict[str, Any]:
        found = {"estimate": first, "low": first - 0.1, "high": first + 0.1}
        total = {"estimate": first + 0.2, "low": first, "high": first + 0.4}
        none = dict.fromkeys(("mu", "mu_star", "sigma"))
        return {"paths": [path], "coin": False, "moved": True, "first": found, "total": total, **none}

    return {"findings": [{"policy": None, "indices": [index(path, 0.5 - 0.2 * k) for k, path in enumerate(paths)]}]}
