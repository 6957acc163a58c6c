"""What was discovered in a study as plain data for JSON, and as rows of CSV."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Any

from negsim.report.csv import bounded, to_csv
from negsim.report.json_findings import estimate_data, maybe_data
from negsim.report.json_head import head_data
from negsim.scenario.types import Scenario
from negsim.study.discovery.result import Box, BoxLimit, Discovery, Varied

__all__ = ["DISCOVER_FORMAT", "DISCOVER_ROWS", "discovery_data", "limits_csv", "trajectory_csv"]

DISCOVER_FORMAT = "negsim.discover/1"

Data = dict[str, Any]


def discovery_data(found: Discovery, scenario: Scenario, version: str) -> Data:
    """Give what was discovered as data, in the form that ``negsim schema discover`` describes."""
    settings = {
        "study": found.study,
        "where": found.where,
        "policy": found.policy or None,
        "seed": found.seed,
        "resamples": found.n_resamples,
    }
    return {
        **head_data(DISCOVER_FORMAT, scenario, version, settings),
        "cells": {
            "planned": found.n_planned,
            "unknown": found.n_unknown,
            "read": found.n_cells,
            "of_interest": found.n_interest,
        },
        "base_rate": maybe_data(found.base_rate),
        "varied": [_varied(varied) for varied in found.varied],
        "constant": list(found.constant),
        "regions": [_box(box) for box in found.boxes],
        "rejected": None if found.rejected is None else _box(found.rejected),
        "covered": maybe_data(found.covered),
        "reason": found.reason or None,
    }


def _varied(varied: Varied) -> Data:
    if varied.words:
        return {"path": varied.path, "words": list(varied.words)}
    return {"path": varied.path, "low": varied.low, "high": varied.high}


def _box(box: Box) -> Data:
    return {
        "limits": [_limit(limit) for limit in box.limits],
        "dropped": [asdict(limit) for limit in box.dropped],
        "others": [{"path": path, "reproduced": share} for path, share in box.others],
        "cells": {"sought": box.n_sought, "within": box.n_cells, "of_interest": box.n_hits},
        "base_rate": box.base_rate,
        "coverage": estimate_data(box.coverage),
        "density": estimate_data(box.density),
        "held_coverage": maybe_data(box.held_coverage),
        "held_density": maybe_data(box.held_density),
        "holds_up": box.holds_up,
        "chosen": box.chosen,
        "trajectory": [
            {
                "cells": point.n_cells,
                "coverage": point.coverage,
                "density": point.density,
                "mass": point.mass,
                "restricted": point.n_restricted,
            }
            for point in box.trajectory
        ],
    }


def _limit(limit: BoxLimit) -> Data:
    data: Data = {"path": limit.path, "side": limit.side, "quasi_p": limit.quasi_p, "reproduced": limit.reproduced}
    return data | ({"words": list(limit.words)} if limit.side == "words" else {"value": limit.value})


def limits_csv(found: Discovery) -> str:
    """Write one row per limit of each region: the path, the side and the value or words, and what speaks for it."""
    rows = [
        {
            "region": number,
            "path": limit.path,
            "side": limit.side,
            "value": " | ".join(limit.words) if limit.side == "words" else limit.value,
            "quasi_p": limit.quasi_p,
            "reproduced": limit.reproduced,
            **box.coverage.columns("coverage"),
            **box.density.columns("density"),
            **({} if box.held_density is None else box.held_density.columns("held_density")),
        }
        for number, box in enumerate(found.boxes, 1)
        for limit in box.limits
    ]
    shares = bounded("coverage", "density", "held_density")
    return to_csv(["region", "path", "side", "value", "quasi_p", "reproduced", *shares], rows)


def trajectory_csv(found: Discovery) -> str:
    """Write one row per box on the way of each peeling, that of a region that did not hold up included."""
    tried = found.boxes if found.rejected is None else (*found.boxes, found.rejected)
    rows = [
        {
            "region": number,
            "box": step,
            "cells": point.n_cells,
            "coverage": point.coverage,
            "density": point.density,
            "mass": point.mass,
            "restricted": point.n_restricted,
            "chosen": step == box.chosen,
        }
        for number, box in enumerate(tried, 1)
        for step, point in enumerate(box.trajectory)
    ]
    return to_csv(["region", "box", "cells", "coverage", "density", "mass", "restricted", "chosen"], rows)


DISCOVER_ROWS: Mapping[str, Callable[[Discovery], str]] = MappingProxyType(
    {"limits": limits_csv, "trajectory": trajectory_csv}
)
"""What ``--rows`` chooses from, by name."""
