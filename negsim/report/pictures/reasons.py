"""Why talks end: by the calendar, and round by round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from negsim.report.pictures.picture import Absent, Layout, Picture, Spec, two_widths
from negsim.report.pictures.rows import labelled, percent_scale, row_height, rows_scale, upper_end
from negsim.report.pictures.source import Source, estimate_of, percent_of
from negsim.report.pictures.style import BLUE, GREEN, INK, with_settings
from negsim.report.stops import STOPS
from negsim.report.words import percent_with_interval, short_percent

__all__ = ["NAME", "draw"]

NAME = "reasons"

Data = Mapping[str, Any]

_KINDS = {"talks": "By the calendar of talks", "bargaining": "Round by round, without a calendar"}


def draw(source: Source) -> Picture | Absent:
    """Draw the share of worlds in which talks end for each reason."""
    found = {kind: source.document[kind]["reasons"] for kind in _KINDS if source.document.get(kind)}
    if not found:
        return Absent(NAME, "No picture of why talks end: nobody bargained, since fewer than two parties sign.")

    def spec(layout: Layout) -> Spec:
        return with_settings({"spacing": 26, "vconcat": [_panel(kind, found[kind], layout) for kind in found]}, layout)

    first = next(iter(found))
    return Picture(
        NAME,
        _title(first, found[first]),
        _description(source, list(found)),
        **two_widths(spec),
        header=("talks", "how they end", "share of worlds, %", "low", "high", "what that means"),
        rows=tuple(
            (_KINDS[kind], STOPS[one["stop"]][0], *_ends(one["p"]), STOPS[one["stop"]][1])
            for kind, reasons in found.items()
            for one in reasons
        ),
    )


def _ends(share: Data) -> tuple[float, float, float]:
    return percent_of(share["estimate"]), percent_of(share["low"]), percent_of(share["high"])


def _title(kind: str, reasons: Sequence[Data]) -> str:
    agreed = next((one["p"] for one in reasons if one["stop"] == "agreed"), None)
    others = [one for one in reasons if one["stop"] != "agreed" and one["p"]["estimate"] > 0]
    said = f"Talks reach agreement in {percent_with_interval(estimate_of(agreed)) if agreed else '0 %'} of worlds"
    if not others:
        return said
    worst = max(others, key=lambda one: one["p"]["estimate"])
    share = percent_with_interval(estimate_of(worst["p"]))
    given = "" if kind == "talks" else ", round by round"
    return f"{said}{given}; most often they end otherwise by “{STOPS[worst['stop']][0].lower()}”: {share}"


def _description(source: Source, kinds: Sequence[str]) -> str:
    worlds = " and ".join(f"{source.document[kind]['worlds']:,} ({_KINDS[kind].lower()})" for kind in kinds)
    talks = source.document.get("talks")
    seen = (
        " By the calendar, worlds count by how well they fit what was seen of the talks."
        if talks and talks["conditioning"]
        else ""
    )
    return f"Each world ends in one way. Worlds: {worlds}. Thin lines are 95 % intervals.{seen}"


def _panel(kind: str, reasons: Sequence[Data], layout: Layout) -> Spec:
    labels = labelled([STOPS[one["stop"]][0] for one in reasons], layout)
    values = [
        {"label": label, "said": short_percent(estimate_of(one["p"])), "agreed": one["stop"] == "agreed"}
        | dict(zip(("share", "low", "high"), _ends(one["p"]), strict=True))
        | {"told": f"{STOPS[one['stop']][0]}: {percent_with_interval(estimate_of(one['p']))}\n{STOPS[one['stop']][1]}"}
        for label, one in zip(labels, reasons, strict=True)
    ]
    x = percent_scale("Share of worlds, %", 0, upper_end([one["high"] for one in values]), "share")
    y = rows_scale(labels, layout)
    colour = {"condition": {"test": "datum.agreed", "value": GREEN}, "value": BLUE}
    return {
        "title": {"text": _KINDS[kind], "frame": "group"},
        "width": layout.plot,
        "height": {"step": row_height(labels, layout, 27)},
        "data": {"values": values},
        "layer": [
            {
                "mark": {"type": "bar", "height": 15},
                "encoding": {"x": x, "y": y, "color": colour, "tooltip": {"field": "told"}},
            },
            {
                "mark": {"type": "rule", "color": INK, "strokeWidth": 1.2},
                "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "baseline": "middle", "color": INK},
                "encoding": {"x": {**x, "field": "high"}, "y": y, "text": {"field": "said"}},
            },
        ],
    }
