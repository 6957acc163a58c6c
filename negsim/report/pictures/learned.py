"""What was seen of the talks moved: quantities before and after, in standard deviations of what they were before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from negsim.report.paths import path_words, titles_of
from negsim.report.pictures.picture import Absent, Layout, Picture, Spec, two_widths
from negsim.report.pictures.rows import labelled, row_height, rows_scale
from negsim.report.pictures.source import Source
from negsim.report.pictures.style import BLUE, INK, MUTED, with_settings
from negsim.scenario.words import number_text

__all__ = ["NAME", "draw"]

NAME = "learned"

Data = Mapping[str, Any]


def draw(source: Source) -> Picture | Absent:
    """Draw prior beside posterior means of the quantities that moved most."""
    talks = source.document.get("talks")
    if not talks or not talks["conditioning"]:
        return Absent(NAME, "No picture of what was learned: the scenario observes no talks.")
    moved = talks["conditioning"]["moved"]
    if not moved:
        return Absent(NAME, "No picture of what was learned: what was seen moved nothing.")
    titles = {one["path"]: _words(one["path"], source) for one in moved}
    names = [_capital(titles[one["path"]]) for one in moved]

    def spec(layout: Layout) -> Spec:
        return _spec(moved, names, layout)

    first = moved[0]
    return Picture(
        NAME,
        f"What was seen moved {titles[first['path']]} most: from {_figure(first['prior'])} to"
        f" {_figure(first['posterior'])} on average",
        _description(source, talks),
        **two_widths(spec),
        header=("quantity", "mean before", "mean after", "standard deviation before", "moved by, standard deviations"),
        rows=tuple(
            (name, *(round(one[key], 4) for key in ("prior", "posterior", "sd", "shift")))
            for name, one in zip(names, moved, strict=True)
        ),
    )


def _description(source: Source, talks: Data) -> str:
    conditioning = talks["conditioning"]
    return (
        "Hollow circles: the mean before anything was seen; filled ones: with worlds weighed by how well they fit what"
        f" was seen up to {conditioning['now']}. The scale is in standard deviations before; the figures are the means."
        f" The {talks['worlds']:,} worlds then count like {conditioning['effective']:,.0f}."
    )


def _spec(moved: Sequence[Data], names: Sequence[str], layout: Layout) -> Spec:
    labels = labelled(names, layout)
    values: list[Spec] = [
        {
            "label": label,
            "shift": round(one["shift"], 4),
            "before": 0,
            "above": one["shift"] >= 0,
            "said": f"{_figure(one['prior'])} → {_figure(one['posterior'])}",
            "told": f"{name}\nfrom {_figure(one['prior'])} to {_figure(one['posterior'])} on average",
        }
        for label, name, one in zip(labels, names, moved, strict=True)
    ]
    end = max(0.25, *(abs(one["shift"]) for one in moved)) * (2.6 if layout.is_narrow else 1.7)
    x = {
        "field": "shift",
        "type": "quantitative",
        "scale": {"domain": [-end, end], "nice": False},
        "axis": {"title": "Moved by, standard deviations", "tickCount": 4, "format": "+.1~f"},
    }
    y = rows_scale(labels, layout)
    text = {"type": "text", "baseline": "middle", "color": INK}
    return with_settings(
        {
            "width": layout.plot,
            "height": {"step": row_height(labels, layout)},
            "data": {"values": values},
            "layer": [
                {
                    "mark": {"type": "rule", "color": MUTED, "strokeWidth": 2},
                    "encoding": {"x": {**x, "field": "before"}, "x2": {"field": "shift"}, "y": y},
                },
                {
                    "mark": {
                        "type": "point",
                        "filled": True,
                        "fill": "#ffffff",
                        "stroke": INK,
                        "size": 70,
                        "opacity": 1,
                    },
                    "encoding": {"x": {**x, "field": "before"}, "y": y, "tooltip": {"field": "told"}},
                },
                {
                    "mark": {"type": "point", "filled": True, "fill": BLUE, "stroke": INK, "size": 90, "opacity": 1},
                    "encoding": {"x": x, "y": y, "tooltip": {"field": "told"}},
                },
                *(
                    {
                        "transform": [{"filter": f"{'' if above else '!'}datum.above"}],
                        "mark": {**text, "align": "left" if above else "right", "dx": 10 if above else -10},
                        "encoding": {"x": x, "y": y, "text": {"field": "said"}},
                    }
                    for above in (True, False)
                ),
            ],
        },
        layout,
    )


def _words(path: str, source: Source) -> str:
    """Name a quantity, or a coin that has no entry of its own in a scenario."""
    words = titles_of([path], source.scenario)[path]
    return path_words(tuple(path.split(".")), source.scenario) if words == path else words


def _figure(value: float) -> str:
    return number_text(float(f"{value:.2g}"))


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"
