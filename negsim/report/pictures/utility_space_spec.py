"""The specification of deals by what they are worth to two parties: layers over equal scales of 0 to 100."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from typing import Any

from negsim.records import dataclass
from negsim.report.pictures.picture import Layout, Spec, wrapped
from negsim.report.pictures.style import (
    BLUE,
    GREEN,
    INK,
    MUTED,
    ORANGE,
    PAPER,
    PURPLE,
    SHADE,
    SIGNS,
    VERMILLION,
    with_settings,
)
from negsim.report.words import points

__all__ = ["Band", "Drawn", "Sign", "draw_space", "has_shade"]

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Band:
    """A mean no-deal value, and the ends of the middle 80 %."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing with a place: of which kind, where, what is told of it, P(in zone), its number and terms, if any."""

    kind: str
    x: float
    y: float
    told: str
    share: float | None = None
    number: str = ""
    terms: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """All that is drawn: titles and no-deal values of the two parties, the frontier by rising x, and signs."""

    parties: tuple[str, str]
    bands: tuple[Band, ...]
    frontier: Points
    signs: tuple[Sign, ...]


_LOOKS = {
    "Never in the zone": ("circle", "#ffffff00", MUTED, 22),
    "In under 5 % of worlds": ("circle", "#9fc8e6", BLUE, 36),
    "In 5 to 20 %": ("square", "#4d9acb", BLUE, 50),
    "In 20 % or more": ("triangle-left", BLUE, BLUE, 90),
    "Frontier of all who sign": ("circle", "#ffffff00", INK, 40),
    "Robust deal": (SIGNS["star"], ORANGE, INK, 300),
    "Nash": ("diamond", VERMILLION, INK, 150),
    "Kalai–Smorodinsky": ("triangle-up", PURPLE, INK, 150),
    "Egalitarian": ("triangle-down", GREEN, INK, 150),
    "Utilitarian": ("cross", GREEN, INK, 150),
    "Group without a deal": ("square", PAPER, VERMILLION, 90),
    "Group": ("triangle-right", ORANGE, INK, 90),
}
"""By kind: shape, fill, stroke, size. Kinds further down are drawn over those above."""


def draw_space(drawn: Drawn, layout: Layout) -> Spec:
    """Draw the space for a page or a phone."""
    side = 270 if layout.is_narrow else 460
    low, high = _domain(drawn)
    shaded = _shaded(drawn)
    layers = [
        *_bands(drawn, low, high),
        *([_zone(shaded)] if shaded else []),
        *([_line(drawn.frontier)] if drawn.frontier else []),
        *_walks(drawn, side, layout),
        _marks(drawn, layout),
        *_numbers(drawn, low, high),
    ]
    scales = {
        axis: {
            "field": axis,
            "type": "quantitative",
            "scale": {"domain": [low, high], "nice": False, "zero": False},
            "axis": {"title": f"Worth to {_short(title, layout)}, points", "tickCount": 6, "grid": False},
        }
        for axis, title in zip("xy", drawn.parties, strict=True)
    }
    for layer in layers:
        both = {**{axis: dict(scales[axis]) for axis in "xy"}, **layer["encoding"]}
        layer["encoding"] = {channel: place for channel, place in both.items() if place is not None}
    return with_settings({"width": side, "height": side, "layer": layers}, layout)


def _short(title: str, layout: Layout) -> str:
    """Cut a long name of a party, so that what is said of it is not."""
    return wrapped(title, 22 if layout.is_narrow else 34, 1)


def _domain(drawn: Drawn) -> tuple[int, int]:
    """Take 0 to 100, and what lies beyond, in steps of 5: the same for both."""
    every = [value for sign in drawn.signs for value in (sign.x, sign.y)]
    every += [value for point in drawn.frontier for value in point] + [band.mean for band in drawn.bands]
    return min(0, 5 * floor(min(every, default=0) / 5)), max(100, 5 * ceil(max(every, default=100) / 5))


def _shaded(drawn: Drawn) -> list[dict[str, float]]:
    """Find the corners of what is within the frontier and better than no deal for both."""
    least_x, least_y = (band.mean for band in drawn.bands)
    beyond = [(x, y) for x, y in drawn.frontier if x >= least_x and y >= least_y]
    if not beyond:
        return []
    corners = [(least_x, beyond[0][1]), *beyond]
    return [{"x": x, "y": y, "floor": least_y} for x, y in corners]


def has_shade(drawn: Drawn) -> bool:
    """Tell whether anything within the frontier is better than no deal for both."""
    return bool(_shaded(drawn))


def _bands(drawn: Drawn, low: int, high: int) -> list[Spec]:
    across, up = drawn.bands
    mark = {"type": "rect", "color": SHADE, "opacity": 0.55, "clip": True}
    return [
        {
            "data": {"values": [{"x": across.low, "x2": across.high, "y": low, "y2": high}]},
            "mark": mark,
            "encoding": {"x2": {"field": "x2"}, "y2": {"field": "y2"}},
        },
        {
            "data": {"values": [{"x": low, "x2": high, "y": up.low, "y2": up.high}]},
            "mark": mark,
            "encoding": {"x2": {"field": "x2"}, "y2": {"field": "y2"}},
        },
    ]


def _zone(corners: list[dict[str, float]]) -> Spec:
    # Between two points of the frontier the second party can have what the further one gives it: the value changes
    # before the step.
    return {
        "data": {"values": corners},
        "mark": {"type": "area", "interpolate": "step-before", "color": GREEN, "opacity": 0.22},
        "encoding": {"y2": {"field": "floor"}},
    }


def _line(frontier: Points) -> Spec:
    return {
        "data": {"values": [{"x": x, "y": y} for x, y in frontier]},
        "mark": {"type": "line", "interpolate": "step-before", "color": INK, "strokeWidth": 1.6},
        "encoding": {},
    }


def _walks(drawn: Drawn, side: int, layout: Layout) -> list[Spec]:
    """Draw the two no-deal values, and say beside each, outside of the plot, who walks away where."""
    (first, second), (across, up) = (_short(title, layout) for title in drawn.parties), drawn.bands
    left = f"{first} walks away to the left of {points(across.mean)} (dashed)"
    below = f"{second} walks away below {points(up.mean)} (dotted)"
    rule: Spec = {"type": "rule", "color": INK, "strokeWidth": 1.6}
    above: dict[str, Any] = {"type": "text", "align": "left", "baseline": "bottom", "lineBreak": "\n", "dy": -6}
    upright = layout.is_narrow
    beside: Spec = {"type": "text", "lineBreak": "\n", "color": INK}
    beside |= (
        {"angle": 90, "align": "center", "baseline": "bottom", "dx": side / 2, "dy": -6}
        if upright
        else {"align": "left", "baseline": "middle", "dx": 8}
    )
    near_end = across.mean > 55
    left = wrapped(left, 34 if upright else 50)
    above["dy"] -= round((layout.font_size - 1) * 1.2) * left.count("\n")
    return [
        {
            "data": {"values": [{"x": across.mean}]},
            "mark": {**rule, "strokeDash": [7, 4]},
            "encoding": {"y": None},
        },
        {
            "data": {"values": [{"y": up.mean}]},
            "mark": {**rule, "strokeDash": [2, 3]},
            "encoding": {"x": None},
        },
        {
            "data": {"values": [{"x": across.mean, "said": left}]},
            "mark": {**above, "color": INK, "align": "right" if near_end else "left"},
            "encoding": {"y": {"value": 0}, "text": {"field": "said"}},
        },
        {
            "data": {"values": [{"y": up.mean, "said": wrapped(below, 44 if upright else 18, 5)}]},
            "mark": beside,
            "encoding": {"x": {"value": side}, "text": {"field": "said"}}
            | ({"y": {"value": side / 2}} if upright else {}),
        },
    ]


def _marks(drawn: Drawn, layout: Layout) -> Spec:
    """Draw all signs in one layer, whose legend tells them by shape, fill and size."""
    kinds = [kind for kind in _LOOKS if any(sign.kind == kind for sign in drawn.signs)]
    kinds += sorted({sign.kind for sign in drawn.signs} - set(kinds))
    looks = [_LOOKS.get(kind, ("cross", PURPLE, INK, 150)) for kind in kinds]
    sizes = {kind: look[3] for kind, look in zip(kinds, looks, strict=True)}
    values = [
        {"x": sign.x, "y": sign.y, "kind": sign.kind, "told": sign.told, "size": sizes[sign.kind]}
        for sign in sorted(drawn.signs, key=lambda sign: kinds.index(sign.kind))
    ]
    columns = 2 if layout.is_narrow else 4

    def scale(place: int) -> Spec:
        legend = {"title": None, "orient": "bottom", "columns": columns, "symbolStrokeWidth": 1}
        return {
            "field": "kind",
            "type": "nominal",
            "scale": {"domain": kinds, "range": [look[place] for look in looks]},
            "legend": legend,
        }

    return {
        "data": {"values": values},
        "mark": {"type": "point", "filled": False, "strokeWidth": 1, "opacity": 1},
        "encoding": {
            "shape": scale(0),
            "fill": scale(1),
            "stroke": scale(2),
            "size": {"field": "size", "type": "quantitative", "scale": None, "legend": None},
            "tooltip": {"field": "told", "type": "nominal"},
        },
    }


def _numbers(drawn: Drawn, low: int, high: int) -> list[Spec]:
    """Write numbers beside robust deals; deals that lie on each other share one label."""
    near = (high - low) * 0.02
    held: list[tuple[float, float, list[str]]] = []
    for sign in drawn.signs:
        if not sign.number:
            continue
        at = next((one for one in held if abs(one[0] - sign.x) < near and abs(one[1] - sign.y) < near), None)
        if at is None:
            held.append((sign.x, sign.y, [sign.number]))
        else:
            at[2].append(sign.number)
    values = [{"x": x, "y": y, "said": ", ".join(numbers)} for x, y, numbers in held]
    mark = {"type": "text", "dx": 9, "dy": -9, "align": "left", "fontWeight": "bold"}
    return [
        {"data": {"values": values}, "mark": {**mark, **look}, "encoding": {"text": {"field": "said"}}}
        for look in ({"color": PAPER, "stroke": PAPER, "strokeWidth": 4}, {"color": INK})
    ]
