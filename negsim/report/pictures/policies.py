"""Policies compared in the same worlds: how much better than the first each does, with intervals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from negsim.model.estimates import Estimate
from negsim.report.pictures.picture import Absent, Layout, Picture, Spec, two_widths
from negsim.report.pictures.rows import labelled, row_height, rows_scale
from negsim.report.pictures.source import estimate_of, percent_of
from negsim.report.pictures.study_source import StudySource
from negsim.report.pictures.style import BLUE, INK, with_settings
from negsim.report.words import exact_percent, points_with_interval

__all__ = ["NAME", "draw"]

NAME = "policies"

Data = Mapping[str, Any]


def draw(source: StudySource) -> Picture | Absent:
    """Draw the paired differences of policies from the first, in percentage points."""
    found = source.document["policies"]
    if not found:
        return Absent(NAME, "No picture of policies: the study compares none.")
    if not found["n_rows"]:
        return Absent(NAME, "No picture of policies: no combination is done under all of them yet.")
    others = [one for one in found["policies"] if one["difference"]]
    first = next(one for one in found["policies"] if not one["difference"])

    def spec(layout: Layout) -> Spec:
        return _spec(others, layout, first["name"])

    return Picture(
        NAME,
        _title(source, first, others),
        f"Differences from “{first['name']}” in percentage points, world by world in the same worlds, on average over"
        f" {found['n_rows']:,} combinations of what is varied. Lines are 95 % intervals, which are those of the worlds."
        f" In brackets: {source.what} under the policy.",
        **two_widths(spec),
        header=(
            *("policy", f"mean {source.what}, %", "difference, points", "low", "high"),
            *(
                f"{found['low'] * 100:g}th percentile, %",
                "worst, %",
                f"at least {found['threshold'] * 100:g} %, % of rows",
            ),
            *("mean regret, points", "largest regret, points"),
        ),
        rows=tuple(
            (
                *(one["name"], percent_of(one["mean"])),
                *(
                    percent_of(one["difference"][end]) if one["difference"] else None
                    for end in ("estimate", "low", "high")
                ),
                *(percent_of(one["percentile"]), percent_of(one["worst"]), percent_of(one["satisfied"]["estimate"])),
                *(percent_of(one["mean_regret"]), percent_of(one["max_regret"])),
            )
            for one in found["policies"]
        ),
    )


def _title(source: StudySource, first: Data, others: list[Data]) -> str:
    mean = f"{exact_percent(first['mean'], 0)} %"
    if not others:
        return f"{source.what} is {mean} under “{first['name']}”, the only policy"
    best = max(others, key=lambda one: one["difference"]["estimate"])
    found = estimate_of(best["difference"])
    if found.low <= 0:
        return f"No policy does clearly better than “{first['name']}”, under which {source.what} is {mean} on average"
    return (
        f"“{best['name']}” adds most: {points_with_interval(found)} points to the {mean} of {source.what} under"
        f" “{first['name']}”"
    )


def _spec(others: list[Data], layout: Layout, first: str) -> Spec:
    labels = labelled([f"{one['name']} ({exact_percent(one['mean'], 0)} %)" for one in others], layout)
    values: list[Spec] = []
    for label, one in zip(labels, others, strict=True):
        found: Estimate = estimate_of(one["difference"])
        values.append(
            {"label": label, "points": percent_of(found.estimate), "low": percent_of(found.low)}
            | {"high": percent_of(found.high), "said": points_with_interval(found)}
            | {"told": f"{one['name']}: {points_with_interval(found)} points against {first}"}
        )
    reach = max([5.0, *(abs(one[end]) for one in values for end in ("low", "high"))]) * 1.1
    low = -reach if any(one["low"] < 0 for one in values) else -reach * 0.1
    room = 1.9 if layout.is_narrow else 1.4
    x = {
        "field": "points",
        "type": "quantitative",
        "scale": {"domain": [low, reach * room], "nice": False, "zero": False},
        "axis": {"title": f"Points more than {first}", "tickCount": 5, "format": "+.1~f"},
    }
    y = rows_scale(labels, layout)
    return with_settings(
        {
            "width": layout.plot,
            "height": {"step": row_height(labels, layout, 36)},
            "data": {"values": values},
            "layer": [
                {
                    "data": {"values": [{"points": 0}]},
                    "mark": {"type": "rule", "color": INK, "strokeDash": [4, 3]},
                    "encoding": {"x": x},
                },
                {
                    "mark": {"type": "rule", "color": INK, "strokeWidth": 2},
                    "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y},
                },
                {
                    "mark": {"type": "point", "filled": True, "fill": BLUE, "stroke": INK, "size": 100, "opacity": 1},
                    "encoding": {"x": x, "y": y, "tooltip": {"field": "told"}},
                },
                {
                    "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 9, "color": INK},
                    "encoding": {"x": {**x, "field": "high"}, "y": y, "text": {"field": "said"}},
                },
            ],
        },
        layout,
    )
