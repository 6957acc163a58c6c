"""What a result of a study hangs on: shares of its variance, alone and in all, or sizes of steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from negsim.report.pictures.picture import Absent, Layout, Picture, Spec, two_widths
from negsim.report.pictures.red_lines import paired_bars
from negsim.report.pictures.rows import labelled, row_height
from negsim.report.pictures.source import estimate_of, percent_of
from negsim.report.pictures.study_source import StudySource
from negsim.report.pictures.style import with_settings
from negsim.report.sensitivity_words import share_of_variance
from negsim.scenario.words import joined

__all__ = ["NAME", "draw"]

NAME = "indices"

Data = Mapping[str, Any]

_MOST = 12

_MEASURES = {"first": "alone", "total": "alone or with others", "mu_star": "mean size of a step", "sigma": "its spread"}
"""What measures are called in the picture."""


def draw(source: StudySource) -> Picture | Absent:
    """Draw what inputs explain, of the first policy where several are compared."""
    if source.sensitivity is None or not source.sensitivity["findings"]:
        return Absent(
            NAME, "No picture of what the result hangs on: too few cells are done, or nothing varies in them."
        )
    found = source.sensitivity["findings"][0]
    measures = next((pair for pair in (("first", "total"), ("mu_star", "sigma")) if _has(found, pair[0])), None)
    if measures is None:
        return Absent(NAME, "No picture of what the result hangs on: the design tells no shares of its variance.")
    inputs = found["indices"][:_MOST]
    names = [joined([source.title(path) for path in one["paths"]]) for one in inputs]
    there = [name for name in measures if _has(found, name)]

    def spec(layout: Layout) -> Spec:
        return _spec(inputs, names, there, layout)

    policy = f", under the policy “{found['policy']}”" if found["policy"] else ""
    return Picture(
        NAME,
        _title(source, inputs, names, measures[0] == "first", policy),
        _description(there),
        **two_widths(spec),
        header=("input", *(f"{_MEASURES[name]}, %{end}" for name in there for end in ("", " low", " high"))),
        rows=tuple(
            (
                joined([source.title(path) for path in one["paths"]]),
                *(
                    percent_of(one[name][end]) if one[name] else None
                    for name in there
                    for end in ("estimate", "low", "high")
                ),
            )
            for one in found["indices"]
        ),
    )


def _has(found: Data, measure: str) -> bool:
    return any(one[measure] for one in found["indices"])


def _title(source: StudySource, inputs: Sequence[Data], names: Sequence[str], shares: bool, policy: str) -> str:  # noqa: FBT001
    first = inputs[0]
    name = f"{names[0][0].lower()}{names[0][1:]}"
    found = first["total"] or first["first"] if shares else first["mu_star"]
    if found is None:
        return f"{source.what} hangs most on {name}{policy}"
    share = share_of_variance(estimate_of(found))
    if shares:
        return f"{source.what} hangs most on {name}{policy}: {share} of its variance"
    return f"{source.what} moves most with {name}{policy}: {percent_of(found['estimate']):g} points a step on average"


def _description(measures: Sequence[str]) -> str:
    if "first" in measures or "total" in measures:
        return (
            "Shares of the variance of the result over the cells: what an input explains alone, and what it has a part"
            " in, alone or by way of others. Thin lines are 95 % intervals."
        )
    return (
        "Elementary effects, in percentage points for a step over the whole range: their mean size, and how much they"
        " differ from place to place. Thin lines are 95 % intervals."
    )


def _spec(inputs: Sequence[Data], names: Sequence[str], measures: Sequence[str], layout: Layout) -> Spec:
    labels = labelled(names, layout)
    kinds = [_MEASURES[name] for name in measures]
    shares = "first" in measures or "total" in measures
    values = [
        {
            **{"label": label, "kind": _MEASURES[measure]},
            **{end: min(max(percent_of(one[measure][of]), 0.0), 100.0) for end, of in _ENDS.items()},
            "said": share_of_variance(estimate_of(one[measure]))
            if shares
            else f"{percent_of(one[measure]['estimate']):g}",
            "told": f"{name}\n{_MEASURES[measure]}: {percent_of(one[measure]['estimate']):g}",
        }
        for label, name, one in zip(labels, names, inputs, strict=True)
        for measure in measures
        if one[measure]
    ]
    title = "Share of the variance, %" if shares else "Percentage points"
    second = kinds[1] if len(kinds) > 1 else ""
    return with_settings(
        {
            "width": layout.plot,
            "height": {"step": row_height(labels, layout, 44), "for": "position"},
            "data": {"values": values},
            "layer": paired_bars(values, labels, (kinds[0], second), title, layout),
        },
        layout,
    )


_ENDS = {"share": "estimate", "low": "low", "high": "high"}
