"""A comparison as plain data for JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from negsim.errors import format_path
from negsim.report.json_head import sample_data
from negsim.zone.comparison import Change, Comparison, Side

__all__ = ["COMPARE_FORMAT", "comparison_data"]

COMPARE_FORMAT = "negsim.compare/1"

_NAMES = {
    "option": ("issue", "option"),
    "acceptance": ("party", "issue", "option"),
    "red_line": ("party", "red_line"),
    "no_deal": ("party",),
}
"""What the ids in the key of a change are, by its kind."""

Data = dict[str, Any]


def comparison_data(found: Comparison, version: str) -> Data:
    """Give a comparison as data, in the form that ``negsim schema compare`` describes."""
    differences = found.differences
    return {
        "format": COMPARE_FORMAT,
        "negsim": version,
        "before": _side(found.before),
        "after": _side(found.after),
        "settings": sample_data(found),
        "p_zone": _estimates(found.p_zone),
        "gained": asdict(found.gained),
        "lost": asdict(found.lost),
        "changes": [
            {"kind": change.kind, **dict(zip(_NAMES[change.kind], change.key, strict=True)), **_estimates(change)}
            for change in found.changes
        ],
        "differences": {
            "changed": [
                {"path": format_path(item.path), "before": item.before, "after": item.after}
                for item in differences.changed
            ],
            "only_before": [format_path(path) for path in differences.only_before],
            "only_after": [format_path(path) for path in differences.only_after],
            "texts": differences.n_texts,
        },
    }


def _side(side: Side) -> Data:
    return {
        "scenario": {"id": side.scenario, "title": side.title},
        "outcome_space": {"issues": side.n_issues, "outcomes": side.n_outcomes, "cells": side.n_cells},
    }


def _estimates(change: Change) -> Data:
    return {name: asdict(getattr(change, name)) for name in ("before", "after", "difference")}
