"""A break-even as plain data for JSON, and its curve as CSV."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from negsim.errors import format_path
from negsim.report.csv import bounded, to_csv
from negsim.report.json_head import head_data, sample_data
from negsim.scenario.types import Scenario
from negsim.study.breakeven.result import BreakEven, Crossing

__all__ = ["BREAK_EVEN_FORMAT", "break_even_data", "curve_csv"]

BREAK_EVEN_FORMAT = "negsim.breakeven/1"

Data = dict[str, Any]


def break_even_data(found: BreakEven, scenario: Scenario, version: str) -> Data:
    """Give a break-even as data, in the form that ``negsim schema breakeven`` describes."""
    settings = sample_data(found) | {
        "low": found.low,
        "high": found.high,
        "grid": len(found.curve),
        "tolerance": found.tolerance,
    }
    return head_data(BREAK_EVEN_FORMAT, scenario, version, settings) | {
        "result": found.result,
        "target": found.target,
        "quantity": {"path": format_path(found.path), "domain": asdict(found.domain)},
        "stated": asdict(found.stated),
        "crossings": [_crossing(one) for one in found.crossings],
        "overlapping": found.overlapping,
        "flat": found.is_flat,
        "nearest": asdict(found.nearest),
        "curve": [asdict(point) for point in found.curve],
    }


def _crossing(crossing: Crossing) -> Data:
    return asdict(crossing) | {"rising": crossing.rising, "jumps": crossing.jumps}


def curve_csv(found: BreakEven) -> str:
    """Write one row for each value of the curve."""
    return to_csv(["value", *bounded(found.result)], found.rows())
