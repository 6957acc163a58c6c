"""A result over two quantities: a cell for each pair of values, with the figure and its interval printed in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from negsim.report.pictures.picture import Absent, Cell, Layout, Picture, Spec, two_widths, wrapped
from negsim.report.pictures.source import percent_of
from negsim.report.pictures.study_source import POLICY, StudySource, value_text
from negsim.report.pictures.style import step_of, with_settings
from negsim.report.words import exact_percent

__all__ = ["NAME", "draw"]

NAME = "map"

Data = Mapping[str, Any]

_MOST = 12
"""Values of either quantity that fit."""

_MOST_PANELS = 4


def draw(source: StudySource) -> Picture | Absent:
    """Draw a map where exactly two things were varied over few values each."""
    if len(source.inputs) != 2 or source.document["settings"]["design"] not in ("grid", "list"):
        return Absent(NAME, "No map: that takes two things varied over a grid or a list of values.")
    across, up = source.inputs
    levels = [_levels(source, path) for path in (across, up)]
    if max(len(one) for one in levels) > _MOST:
        return Absent(NAME, f"No map: of one of the two there are more than {_MOST} values to print; curves have them.")
    if not source.done:
        return Absent(NAME, "No map: no cell is done.")

    def spec(layout: Layout) -> Spec:
        shown = source.policies[:_MOST_PANELS]
        panels = [_panel(source, policy, levels, layout, n=len(shown)) for policy in shown]
        return with_settings({"concat": panels, "columns": 1 if layout.is_narrow else 2, "spacing": 26}, layout)

    named = ["policy"] if source.policies != [""] else []
    return Picture(
        NAME,
        _title(source),
        f"{source.what} in percent for each pair of values; below it the ends of its 95 % interval over"
        f" {source.document['settings']['worlds']:,} worlds.",
        **two_widths(spec),
        header=(*source.inputs, *named, f"{source.what}, %", "low", "high"),
        rows=tuple(_row(source, row) for row in source.done),
    )


def _levels(source: StudySource, path: str) -> list[float | str]:
    found = {row["inputs"][path] for row in source.done}
    return sorted(found, key=lambda value: (isinstance(value, str), value))


def _title(source: StudySource) -> str:
    across, up = source.inputs
    best, worst = (how(source.done, key=lambda row: row["results"][source.of]) for how in (max, min))

    def at(row: Data) -> str:
        values = " and ".join(value_text(row["inputs"][path]) for path in (across, up))
        return f"{exact_percent(row['results'][source.of], 0)} % at {values}"

    names = " and ".join(_lower(source.title(path)) for path in (across, up))
    return f"{source.what} goes from {at(worst)} to {at(best)} with {names}"


def _lower(text: str) -> str:
    return f"{text[0].lower()}{text[1:]}"


def _row(source: StudySource, row: Data) -> tuple[Cell, ...]:
    policy = [row["inputs"][POLICY]] if POLICY in row["inputs"] else []
    share, low, high = (row["results"].get(f"{source.of}{end}") for end in ("", ".low", ".high"))
    ends = (None if end is None else percent_of(end) for end in (low, high))
    return (*(row["inputs"][path] for path in source.inputs), *policy, percent_of(share), *ends)


def _panel(source: StudySource, policy: str, levels: Sequence[Sequence[float | str]], layout: Layout, n: int) -> Spec:
    across, up = source.inputs
    values = []
    for row in source.done:
        if row["inputs"].get(POLICY, "") != policy:
            continue
        share, low, high = (row["results"].get(f"{source.of}{end}") for end in ("", ".low", ".high"))
        fill, ink = step_of(share)
        ends = "" if low is None or high is None else f"{exact_percent(low, 0)}–{exact_percent(high, 0)}"
        values.append(
            {"x": value_text(row["inputs"][across]), "y": value_text(row["inputs"][up]), "fill": fill, "ink": ink}
            | {"said": f"{exact_percent(share, 0)}", "ends": ends}
            | {"told": f"{_pair(row, across, up)}: {exact_percent(share, 0)} %"}
        )
    room = layout.labels + layout.plot - 80
    step = min(64, (room if layout.is_narrow or n == 1 else room // 2 - 50) // len(levels[0]))
    fits = step >= 40
    axes = {
        "x": _axis("x", source.title(across), [value_text(one) for one in levels[0]], layout),
        "y": _axis("y", source.title(up), [value_text(one) for one in levels[1]][::-1], layout),
    }
    text = {"type": "text", "baseline": "middle"}
    size = layout.font_size - (1 if fits else 2.5)
    layers: list[Spec] = [
        {
            "mark": {"type": "rect", "stroke": "#8fa3b3"},
            "encoding": {**axes, "fill": _exact("fill"), "tooltip": {"field": "told"}},
        },
        {
            "mark": {**text, "fontSize": size, "dy": -6 if fits else 0},
            "encoding": {**axes, "color": _exact("ink"), "text": {"field": "said"}, "tooltip": {"field": "told"}},
        },
    ]
    if fits:
        encoding = {**axes, "color": _exact("ink"), "text": {"field": "ends"}}
        layers.append({"mark": {**text, "fontSize": size - 2, "dy": 9}, "encoding": encoding})
    title = {"title": {"text": f"Policy {policy}"}} if policy else {}
    size_of = {"width": {"step": step}, "height": {"step": 40 if fits else 26}}
    return {**title, **size_of, "data": {"values": values}, "layer": layers}


def _pair(row: Data, across: str, up: str) -> str:
    return f"{value_text(row['inputs'][across])}, {value_text(row['inputs'][up])}"


def _axis(field: str, title: str, domain: Sequence[str], layout: Layout) -> Spec:
    lines = wrapped(title, 34 if layout.is_narrow else 44).split("\n")
    return {
        "field": field,
        "type": "nominal",
        "scale": {"domain": list(domain), "padding": 0.02},
        "axis": {"title": lines, "labelAngle": 0, "ticks": False, "domain": False},
    }


def _exact(field: str) -> Spec:
    return {"field": field, "type": "nominal", "scale": None, "legend": None}
