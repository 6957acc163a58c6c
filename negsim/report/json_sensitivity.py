"""A sensitivity analysis as plain data for JSON, and as rows of CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Any

from negsim.report.csv import bounded, to_csv
from negsim.report.json_findings import estimate_data, maybe_data
from negsim.report.json_head import head_data
from negsim.scenario.types import Scenario
from negsim.study.sensitivity.result import Findings, Influence, Placed, Sensitivity, Swing

__all__ = [
    "SENSITIVITY_FORMAT",
    "SENSITIVITY_ROWS",
    "distributions_csv",
    "indices_csv",
    "sensitivity_data",
    "tornado_csv",
]

SENSITIVITY_FORMAT = "negsim.sensitivity/1"

Data = dict[str, Any]


def sensitivity_data(result: Sensitivity, scenario: Scenario, version: str) -> Data:
    """Give a sensitivity analysis as data, in the form that ``negsim schema sensitivity`` describes."""
    settings = {
        "study": result.name if result.kind == "study" else None,
        "of": result.of,
        "design": result.design,
        "seed": result.seed,
        "where": result.where,
    }
    return {
        **head_data(SENSITIVITY_FORMAT, scenario, version, settings),
        "findings": [_findings(found) for found in result.findings],
    }


def _findings(found: Findings) -> Data:
    return {
        "policy": found.policy,
        "cells": {
            "planned": found.n_cells,
            "failed": found.n_failed,
            "dropped": found.n_dropped,
            "base_points": found.n_base,
            "held": found.n_held,
            "of_interest": found.n_with,
        },
        "middle": maybe_data(found.middle),
        "varies": found.varies,
        "exact": found.exact,
        "indices": [_influence(one) for one in found.influences],
        "sum_first": maybe_data(found.sum_first),
        "tornado": [_swing(one) for one in found.swings],
        "distributions": [_placed(one) for one in found.placed],
        "constant": list(found.constant),
        "advice": None if found.advice is None else asdict(found.advice),
    }


def _influence(one: Influence) -> Data:
    return {
        "paths": list(one.paths),
        "coin": one.coin,
        "moved": one.moved,
        "first": maybe_data(one.first),
        "total": maybe_data(one.total),
        "mu": maybe_data(one.steps.mu if one.steps else None),
        "mu_star": maybe_data(one.steps.mu_star if one.steps else None),
        "sigma": maybe_data(one.steps.sigma if one.steps else None),
    }


def _swing(one: Swing) -> Data:
    return {
        "path": one.path,
        "coin": one.coin,
        "low": one.low_label if one.low is None else one.low,
        "high": one.high_label if one.high is None else one.high,
        "at_low": estimate_data(one.at_low),
        "at_high": estimate_data(one.at_high),
        "difference": estimate_data(one.difference),
    }


def _placed(one: Placed) -> Data:
    split = one.split
    return {
        "path": one.path,
        "coin": one.coin,
        "pawn": None if one.pawn is None else {**asdict(one.pawn), "stands_out": one.pawn.stands_out},
        "split": None
        if split is None
        else {
            "distance": split.distance,
            "noise": split.noise,
            "at": split.at if one.at_label is None else one.at_label,
            "more": split.more,
            "stands_out": split.stands_out,
        },
    }


def indices_csv(result: Sensitivity) -> str:
    """Write one row per input: its indices or elementary effects with the ends of their intervals."""
    measures = ("first", "total", "mu", "mu_star", "sigma")
    rows = []
    for policy, found in _each(result):
        for one in found.influences:
            row: dict[str, object] = {"policy": policy, "path": " & ".join(one.paths), "moved": one.moved}
            steps = (one.steps.mu, one.steps.mu_star, one.steps.sigma) if one.steps else (None,) * 3
            for name, measure in zip(measures, (one.first, one.total, *steps), strict=True):
                row |= measure.columns(name) if measure else {}
            rows.append(row)
    return to_csv(["policy", "path", "moved", *bounded(*measures)], rows)


def tornado_csv(result: Sensitivity) -> str:
    """Write one row per input: where it is low and high, the result there, and the difference."""
    rows = [
        {
            "policy": policy,
            "path": one.path,
            "low": one.low_label if one.low is None else one.low,
            "high": one.high_label if one.high is None else one.high,
            **one.at_low.columns("at_low"),
            **one.at_high.columns("at_high"),
            **one.difference.columns("difference"),
        }
        for policy, found in _each(result)
        for one in found.swings
    ]
    return to_csv(["policy", "path", "low", "high", *bounded("at_low", "at_high", "difference")], rows)


def distributions_csv(result: Sensitivity) -> str:
    """Write one row per input: PAWN over its slices with their noise, and how differently it is spread."""
    pawn, split = ("median", "mean", "largest", "noise", "noise_of_largest"), ("distance", "noise", "at", "more")
    rows = []
    for policy, found in _each(result):
        for one in found.placed:
            data = _placed(one)
            row = {"policy": policy, "path": one.path}
            row |= {f"pawn.{name}": data["pawn"][name] for name in pawn if data["pawn"]}
            row |= {f"split.{name}": data["split"][name] for name in split if data["split"]}
            rows.append(row)
    columns = [*(f"pawn.{name}" for name in pawn), *(f"split.{name}" for name in split)]
    return to_csv(["policy", "path", *columns], rows)


def _each(result: Sensitivity) -> Iterator[tuple[str, Findings]]:
    for found in result.findings:
        yield found.policy or "", found


SENSITIVITY_ROWS: Mapping[str, Callable[[Sensitivity], str]] = MappingProxyType(
    {"indices": indices_csv, "tornado": tornado_csv, "distributions": distributions_csv}
)
"""What ``--rows`` chooses from, by name."""
