"""How a result runs with what is varied: every cell with its interval, and the mean by groups of values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from negsim.model.estimates import Estimate
from negsim.report.pictures.picture import Absent, Cell, Layout, Picture, Spec, two_widths, wrapped
from negsim.report.pictures.source import percent_of
from negsim.report.pictures.study_source import POLICY, StudySource, value_text
from negsim.report.pictures.style import BLUE, GREEN, INK, MUTED, ORANGE, PURPLE, VERMILLION, with_settings
from negsim.report.words import evenly, exact_percent, percent_with_interval

__all__ = ["NAME", "draw"]

NAME = "curves"

Data = Mapping[str, Any]

_MOST_PANELS, _MOST_CELLS = 6, 240

_COLOURS = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, INK)
_DASHES = ([1, 0], [6, 3], [2, 2], [8, 2, 2, 2], [4, 4], [1, 3])
_SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross")


def draw(source: StudySource) -> Picture | Absent:
    """Draw a panel for each number that was varied, the largest spans first."""
    effects = {effect["path"]: effect for effect in source.document["effects"]}
    numbers = [
        path for path in source.inputs if all(isinstance(row["inputs"][path], int | float) for row in source.done)
    ]
    varied = [path for path in numbers if len({row["inputs"][path] for row in source.done}) > 1]
    if not varied:
        return Absent(NAME, "No picture of curves: no number takes several values in the cells that are done.")
    varied.sort(key=lambda path: -effects[path]["span"] if path in effects else 0.0)
    shown = varied[:_MOST_PANELS]

    def spec(layout: Layout) -> Spec:
        panels = [_panel(source, path, effects.get(path), layout, alone=len(source.inputs) == 1) for path in shown]
        across = 1 if layout.is_narrow or len(panels) == 1 else 2
        return with_settings({"concat": panels, "columns": across, "spacing": 34}, layout)

    return Picture(
        NAME,
        _title(source, shown[0], effects),
        _description(source, len(varied) - len(shown)),
        **two_widths(spec),
        header=(*source.inputs, *(["policy"] if source.policies != [""] else []), f"{source.what}, %", "low", "high"),
        rows=tuple(_row(source, row) for row in source.done),
    )


def _title(source: StudySource, path: str, effects: Mapping[str, Data]) -> str:
    every = [row["results"][source.of] for row in source.done]
    span = f"{exact_percent(min(every), 0)} % to {exact_percent(max(every), 0)} %"
    said = f"{source.what} lies between {span} over {len(every):,} cells"
    effect = effects.get(path)
    if effect is None or not effect["stands_out"]:
        return said
    title = source.title(path)
    return f"{said}; it runs most with {title[0].lower()}{title[1:]}, over {effect['span'] * 100:.0f} points on average"


def _description(source: StudySource, n_more: int) -> str:
    alone = len(source.inputs) == 1
    lines = (
        "Lines join the cells" if alone else "Lines join the means over all else that is varied, by groups of values"
    )
    more = f" {n_more} more that were varied run less; the table has all." if n_more else ""
    return (
        f"Each mark is a cell of {source.document['settings']['worlds']:,} worlds, with its 95 % interval."
        f" {lines}{', one for each policy' if source.policies != [''] and alone else ''}.{more}"
    )


def _row(source: StudySource, row: Data) -> tuple[Cell, ...]:
    policy = [row["inputs"][POLICY]] if POLICY in row["inputs"] else []
    share, low, high = _ends(source, row)
    return (*(row["inputs"][path] for path in source.inputs), *policy, share, low, high)


def _ends(source: StudySource, row: Data) -> tuple[float, float, float]:
    share, low, high = (row["results"].get(f"{source.of}{end}") for end in ("", ".low", ".high"))
    return percent_of(share), percent_of(share if low is None else low), percent_of(share if high is None else high)


def _panel(source: StudySource, path: str, effect: Data | None, layout: Layout, *, alone: bool) -> Spec:
    cells = [source.done[k] for k in evenly(range(len(source.done)), _MOST_CELLS)]
    values = [
        {"x": row["inputs"][path], "policy": row["inputs"].get(POLICY, ""), "told": _told(source, row)}
        | dict(zip(("share", "low", "high"), _ends(source, row), strict=True))
        for row in cells
    ]
    x = {
        "field": "x",
        "type": "quantitative",
        "scale": {"zero": False, "nice": True},
        "axis": {"title": wrapped(source.title(path), 36 if layout.is_narrow else 44).split("\n"), "tickCount": 5},
    }
    y = {
        "field": "share",
        "type": "quantitative",
        "scale": {"domain": [0, 100], "nice": False},
        "axis": {"title": f"{source.what}, %", "tickCount": 5},
    }
    kinds = _kinds(source, layout)
    faint = {"opacity": 1.0 if alone else 0.45}
    layers: list[Spec] = [
        {
            "data": {"values": values},
            "mark": {"type": "rule", "color": MUTED, **faint},
            "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
        },
        {
            "data": {"values": values},
            "mark": {"type": "point", "filled": True, "size": 44 if alone else 20, **faint},
            "encoding": {
                "x": x,
                "y": y,
                "color": kinds["color"],
                "shape": kinds["shape"],
                "tooltip": {"field": "told"},
            },
        },
    ]
    if alone:
        drawn = {"x": x, "y": y, "color": kinds["color"], "strokeDash": kinds["strokeDash"]}
        layers.append({"data": {"values": values}, "mark": {"type": "line", "strokeWidth": 1.8}, "encoding": drawn})
    elif effect is not None:
        groups = [
            {"x": (one["low"] + one["high"]) / 2, "share": percent_of(one["mean"])}
            for one in effect["groups"]
            if not one["label"]
        ]
        mark = {"type": "line", "strokeWidth": 2.4, "color": INK, "point": {"color": INK, "size": 50, "filled": True}}
        layers.append({"data": {"values": groups}, "mark": mark, "encoding": {"x": x, "y": y}})
    wide = layout.labels + layout.plot - 70
    width = wide if layout.is_narrow or alone else (wide - 100) // 2
    return {"width": width, "height": 210, "layer": layers}


def _kinds(source: StudySource, layout: Layout) -> dict[str, Spec]:
    """Tell policies apart by colour, shape and dash."""
    names = source.policies
    legend = {"title": "Policy", "orient": "bottom", "columns": 2 if layout.is_narrow else 4} if names != [""] else None
    looks: dict[str, Sequence[Any]] = {"color": _COLOURS, "shape": _SHAPES, "strokeDash": _DASHES}
    return {
        channel: {
            "field": "policy",
            "type": "nominal",
            "scale": {"domain": names, "range": [look[k % len(look)] for k in range(len(names))]},
            "legend": legend,
        }
        for channel, look in looks.items()
    }


def _told(source: StudySource, row: Data) -> str:
    set_to = [
        f"{POLICY if path == POLICY else source.title(path)}: {value_text(value)}"
        for path, value in row["inputs"].items()
    ]
    share = row["results"][source.of]
    low, high = (row["results"].get(f"{source.of}{end}") for end in (".low", ".high"))
    found = Estimate(share, share if low is None else low, share if high is None else high)
    return "\n".join([*set_to, f"{source.what}: {percent_with_interval(found)}"])
