"""Colours, sizes and the settings that all pictures share.

The colours of marks are Okabe and Ito's (2008), told apart by who sees colours otherwise; none of them stands without a
shape, a dash or a word. The page lightens ink and lines in the dark by their exact values, so each value has one use.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from negsim.report.pictures.picture import Layout, Spec

__all__ = [
    "BLUE",
    "GREEN",
    "GRID",
    "INK",
    "MUTED",
    "ORANGE",
    "PAPER",
    "PURPLE",
    "RAMP",
    "SHADE",
    "SIGNS",
    "VERMILLION",
    "config",
    "step_of",
    "with_settings",
]

INK, MUTED, GRID, SHADE, PAPER = "#1d1d1d", "#565656", "#d6d6d6", "#e4e4e4", "#ffffff"
BLUE, VERMILLION, GREEN, PURPLE, ORANGE = "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00"

RAMP = (
    (0.05, "#f4f8fc", "#101010"),
    (0.25, "#d3e4f2", "#101010"),
    (0.5, "#a3c9e4", "#101010"),
    (0.75, "#69a7d1", "#101010"),
    (0.95, "#1f6cab", "#fefefe"),
    (2.0, "#0a4173", "#fefefe"),
)
"""Steps of one hue: below which share, the colour of the cell, and that of the text in it."""

SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "diamond": "M0,-1L0.75,0L0,1L-0.75,0Z",
        "star": "M0,-1L0.24,-0.31L0.95,-0.31L0.36,0.12L0.59,0.81L0,0.38L-0.59,0.81L-0.36,0.12L-0.95,-0.31L-0.24,-0.31Z",
    }
)
"""Shapes that Vega draws too small or lacks."""

FONT = "Liberation Sans, Arimo, Helvetica, Arial, sans-serif"

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


def config(layout: Layout) -> Spec:
    """Give the settings of a picture."""
    axis = {
        "labelColor": INK,
        "titleColor": INK,
        "gridColor": GRID,
        "tickColor": MUTED,
        "domainColor": MUTED,
        "labelFontSize": layout.font_size - 1,
        "titleFontSize": layout.font_size - 1,
        "titleFontWeight": "normal",
        "labelLimit": 0,
    }
    legend = {"labelColor": INK, "titleColor": INK, "labelFontSize": layout.font_size - 1, "labelLimit": 0}
    return {
        "aria": False,
        "font": FONT,
        "axis": axis,
        "legend": {**legend, "titleFontSize": layout.font_size - 1, "titleFontWeight": "normal"},
        "text": {"color": INK, "fontSize": layout.font_size - 1},
        "view": {"stroke": None},
        "header": {"labelColor": INK, "titleColor": INK},
        "title": {"color": INK, "fontSize": layout.font_size, "fontWeight": "bold", "anchor": "start"},
    }


def with_settings(spec: Spec, layout: Layout) -> Spec:
    """Give a specification its schema and the settings of all pictures."""
    return {"$schema": _SCHEMA, "background": "transparent", **spec, "config": config(layout)}


def step_of(share: float) -> tuple[str, str]:
    """Choose the colour of a cell and of the text in it by a share."""
    return next((cell, text) for below, cell, text in RAMP if share < below)
