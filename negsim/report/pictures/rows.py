"""Rows of a picture: labels at the left, broken into lines, and a common scale to the right of them."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from negsim.report.pictures.picture import Layout, Spec, most_lines, wrapped
from negsim.report.pictures.style import INK

__all__ = ["labelled", "percent_scale", "row_height", "rows_scale", "upper_end"]

_LINE, _AIR = 1.22, 14


def labelled(texts: Sequence[str], layout: Layout) -> list[str]:
    """Break labels into lines, and tell apart those that are the same."""
    most = 4 if layout.is_narrow else 3
    found: list[str] = []
    for text in texts:
        label = wrapped(text, layout.label_chars, most)
        while label in found:
            label += "\u200b"
        found.append(label)
    return found


def row_height(labels: Sequence[str], layout: Layout, least: int = 30) -> int:
    """Say how high a row has to be for its label."""
    return max(least, round(most_lines(labels) * (layout.font_size - 1) * _LINE) + _AIR)


def rows_scale(labels: Sequence[str], layout: Layout, field: str = "label") -> Spec:
    """Lay out rows in the order given."""
    return {
        "field": field,
        "type": "nominal",
        "sort": None,
        "scale": {"domain": list(labels)},
        "axis": {
            "title": None,
            "labelExpr": "split(datum.label, '\\n')",
            "ticks": False,
            "domain": False,
            "labelPadding": 8,
            "minExtent": layout.labels,
            "maxExtent": layout.labels,
            "labelColor": INK,
            "labelLineHeight": round((layout.font_size - 1) * _LINE),
        },
    }


def percent_scale(title: str, low: float, high: float, field: str) -> Spec:
    """Lay out shares in percent from one end to the other."""
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [low, high], "nice": False, "zero": False},
        "axis": {"title": title, "tickCount": 5, "format": ".1~f", "labelExpr": "datum.value > 100 ? '' : datum.label"},
    }


def upper_end(values: Sequence[float], least: float = 10.0) -> float:
    """Choose where a scale of percent ends: a multiple of 5 (of 10 from 40 on), with some room for labels."""
    most = max([least, *values]) * 1.12
    step = 10 if most > 40 else 5
    return float(min(ceil(most / step) * step, 120))
