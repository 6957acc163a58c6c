"""What each red line blocks: by itself alone, beside what it blocks only with others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from negsim.report.pictures.picture import Absent, Layout, Picture, Spec, two_widths
from negsim.report.pictures.rows import labelled, percent_scale, row_height, rows_scale, upper_end
from negsim.report.pictures.source import Source, estimate_of, percent_of
from negsim.report.pictures.style import BLUE, INK, ORANGE, with_settings
from negsim.report.words import percent_with_interval, short_percent

__all__ = ["NAME", "draw"]

NAME = "red-lines"

Data = Mapping[str, Any]

_ALONE, _OTHERS = "by this alone", "only with others"


def draw(source: Source) -> Picture | Absent:
    """Draw in which share of worlds each red line keeps the zone closed, alone and with others."""
    blocks = source.document["blocks"]
    lines = blocks["red_lines"] if blocks else []
    if not lines:
        why = "there are none" if blocks else "what blocks was not counted"
        return Absent(NAME, f"No picture of red lines: {why}.")
    if any("with_others" not in line for line in lines):
        return Absent(NAME, "No picture of red lines: an older version saved what they block alone, not with others.")
    names = [f"{source.names.red_line(one['party'], one['red_line'])} ({source.party(one['party'])})" for one in lines]

    def spec(layout: Layout) -> Spec:
        return _spec(lines, names, layout)

    ends = ("estimate", "low", "high")
    return Picture(
        NAME,
        _title(lines, names),
        _description(blocks),
        **two_widths(spec),
        header=(
            *("whose", "red line"),
            *(f"blocked {kind}, %{end}" for kind in (_ALONE, _OTHERS) for end in ("", " low", " high")),
        ),
        rows=tuple(
            (
                source.party(one["party"]),
                source.names.red_line(one["party"], one["red_line"]).strip("“”"),
                *(percent_of(one[what][end]) for what in ("gain", "with_others") for end in ends),
            )
            for one in lines
        ),
    )


def _title(lines: Sequence[Data], names: Sequence[str]) -> str:
    first = max(range(len(lines)), key=lambda k: lines[k]["gain"]["estimate"])
    alone, others = (estimate_of(lines[first][what]) for what in ("gain", "with_others"))
    if not alone.estimate:
        return "No red line keeps the zone closed by itself alone"
    also = f" by itself alone, and in {short_percent(others)} only with others"
    return f"{names[first]} keeps the zone closed in {percent_with_interval(alone)} of worlds{also}"


def _description(blocks: Data) -> str:
    without = blocks["worlds_without_zone"]
    return (
        f"Shares of {blocks['worlds']:,} worlds, of which {without:,} have no zone. By this alone: a zone would open if"
        " nothing but this line fell. Only with others: it would not, but would if this and others of a smallest set of"
        " red lines and no-deal values gave way. Thin lines are 95 % intervals. Shares of different lines overlap: a"
        " world can be opened in several ways."
    )


def _spec(lines: Sequence[Data], names: Sequence[str], layout: Layout) -> Spec:
    labels = labelled(names, layout)
    values = [
        {
            "label": label,
            "kind": kind,
            "share": percent_of(one[what]["estimate"]),
            "low": percent_of(one[what]["low"]),
            "high": percent_of(one[what]["high"]),
            "said": short_percent(estimate_of(one[what])),
            "told": f"{name}\nBlocked {kind}: {percent_with_interval(estimate_of(one[what]))} of worlds",
        }
        for label, name, one in zip(labels, names, lines, strict=True)
        for kind, what in ((_ALONE, "gain"), (_OTHERS, "with_others"))
    ]
    return with_settings(
        {
            "width": layout.plot,
            "height": {"step": row_height(labels, layout, 44), "for": "position"},
            "data": {"values": values},
            "layer": paired_bars(values, labels, (_ALONE, _OTHERS), "Share of worlds, %", layout),
        },
        layout,
    )


def paired_bars(
    values: Sequence[Mapping[str, Any]], labels: Sequence[str], kinds: tuple[str, str], title: str, layout: Layout
) -> list[Spec]:
    """Draw two bars a row, one above the other, with intervals and figures; the second is hollow."""
    x = percent_scale(title, 0, upper_end([one["high"] for one in values]), "share")
    y = {**rows_scale(labels, layout), "scale": {"domain": list(labels), "paddingInner": 0.28, "paddingOuter": 0.14}}
    offset = {"field": "kind", "sort": list(kinds), "scale": {"domain": list(kinds), "paddingInner": 0.15}}
    legend = {"title": None, "orient": "top", "columns": 1 if layout.is_narrow else 2, "symbolStrokeWidth": 1.5}
    place = {"y": y, "yOffset": offset}
    return [
        {
            "mark": {"type": "bar", "strokeWidth": 1.4},
            "encoding": {
                "x": x,
                **place,
                "fill": {
                    "field": "kind",
                    "sort": list(kinds),
                    "scale": {"domain": list(kinds), "range": [BLUE, "#ffffff00"]},
                    "legend": {**legend, "symbolType": "square"},
                },
                "stroke": {
                    "field": "kind",
                    "sort": list(kinds),
                    "scale": {"domain": list(kinds), "range": [BLUE, ORANGE]},
                    "legend": {**legend, "symbolType": "square"},
                },
                "tooltip": {"field": "told"},
            },
        },
        {
            "mark": {"type": "rule", "color": INK, "strokeWidth": 1.2},
            "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, **place},
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 6, "baseline": "middle", "color": INK},
            "encoding": {"x": {**x, "field": "high"}, **place, "text": {"field": "said"}},
        },
    ]
