"""What moves P(zone): bars from where a quantity is low to where it is high, and red lines as bluffs and real."""

from __future__ import annotations

from collections.abc import Sequence

from negsim.model.estimates import Estimate
from negsim.records import dataclass
from negsim.report.paths import titles_of
from negsim.report.pictures.picture import Absent, Cell, Layout, Picture, Spec, two_widths
from negsim.report.pictures.rows import labelled, percent_scale, row_height, rows_scale
from negsim.report.pictures.source import Source, estimate_of, percent_of
from negsim.report.pictures.style import BLUE, INK, MUTED, ORANGE, with_settings
from negsim.report.words import points_with_interval, short_percent
from negsim.scenario.words import number_text

__all__ = ["NAME", "draw"]

NAME = "tornado"

_MOST = 10


@dataclass(frozen=True, slots=True)
class Swing:
    """A bar: what it is of, and P(zone) at both ends with what holds there."""

    label: str
    low: Estimate
    high: Estimate
    low_at: str
    high_at: str
    difference: Estimate
    stands_out: bool


def draw(source: Source) -> Picture | Absent:
    """Draw the largest differences of P(zone) between worlds, in percentage points."""
    swings = [*_moves(source), *_coins(source)]
    if not swings:
        return Absent(NAME, "No picture of what moves P(zone): nothing that is uncertain could be compared.")
    swings.sort(key=lambda swing: (not swing.stands_out, -abs(swing.difference.estimate)))
    shown = sorted(swings[:_MOST], key=lambda swing: -abs(swing.difference.estimate))
    p_zone = percent_of(source.document["p_zone"]["estimate"])

    def spec(layout: Layout) -> Spec:
        return draw_swings(shown, p_zone, "P(zone), %", layout)

    n_out = sum(swing.stands_out for swing in swings)
    return Picture(
        NAME,
        _title(shown, len(swings), n_out),
        _description(len(swings), n_out),
        **two_widths(spec),
        header=(
            "what",
            "low end",
            "P(zone) there, %",
            "high end",
            "P(zone) there, % ",
            "points",
            "low",
            "high",
            "stands out",
        ),
        rows=tuple(_row(swing) for swing in sorted(swings, key=lambda swing: -abs(swing.difference.estimate))),
    )


def _moves(source: Source) -> list[Swing]:
    found = [move for move in source.document["moves"] if move["difference"] and move["p_low"] and move["p_high"]]
    titles = titles_of([move["path"] for move in found], source.scenario)
    return [
        Swing(
            _capital(titles[move["path"]]),
            estimate_of(move["p_low"]),
            estimate_of(move["p_high"]),
            f"below {_figure(move['low_below'])}",
            f"above {_figure(move['high_above'])}",
            estimate_of(move["difference"]),
            move["stands_out"],
        )
        for move in found
    ]


def _coins(source: Source) -> list[Swing]:
    return [
        Swing(
            f"Red line {source.names.red_line(coin['party'], coin['red_line'])} ({source.party(coin['party'])})",
            estimate_of(coin["p_bluff"]),
            estimate_of(coin["p_real"]),
            "a bluff",
            "real",
            estimate_of(coin["difference"]),
            coin["stands_out"],
        )
        for coin in source.document["coins"]
        if coin["difference"] and coin["p_bluff"] and coin["p_real"]
    ]


def _title(shown: Sequence[Swing], n_swings: int, n_out: int) -> str:
    first = shown[0]
    if not n_out:
        largest = points_with_interval(first.difference).lstrip("+−").replace(" (", " points (", 1)
        return f"None of {n_swings:,} differences stands out: the largest is {largest}, and chance alone may make it"
    label = first.label[0].lower() + first.label[1:]
    ends = ", ".join(
        f"{short_percent(share)} where it is {at}"
        for share, at in ((first.low, first.low_at), (first.high, first.high_at))
    )
    return f"P(zone) hangs most on {label.replace('red line', 'the red line')}: {ends}"


def _description(n_swings: int, n_out: int) -> str:
    said = "none stands out" if not n_out else f"{n_out} {'stands' if n_out == 1 else 'stand'} out"
    return (
        "P(zone) among the worlds with a quantity in its bottom fifth (circle) and in its top fifth (triangle), and"
        " with a red line a bluff (circle) and real (triangle). Worlds are sorted here, not changed. Of"
        f" {n_swings:,} compared {said} (marked *): differ by more than chance makes of the largest of all. The upright"
        " line is P(zone) in all worlds."
    )


def _row(swing: Swing) -> tuple[Cell, ...]:
    ends = (percent_of(getattr(swing.difference, end)) for end in ("estimate", "low", "high"))
    low, high = percent_of(swing.low.estimate), percent_of(swing.high.estimate)
    return (swing.label, swing.low_at, low, swing.high_at, high, *ends, "yes" if swing.stands_out else "no")


def draw_swings(
    swings: Sequence[Swing],
    middle: float | None,
    title: str,
    layout: Layout,
    *,
    told: tuple[str, str] = ("its bottom fifth, or a bluff", "its top fifth, or real"),
) -> Spec:
    """Draw bars from one end to the other, with both ends labelled.

    ``middle`` is what both compare with; ``told`` says what the signs of the low and of the high end mean.
    """
    labels = labelled([f"{swing.label}{' *' if swing.stands_out else ''}" for swing in swings], layout)
    ends = _ends(swings, labels, layout)
    bars = [
        {"label": label, "from": percent_of(swing.low.estimate), "to": percent_of(swing.high.estimate)}
        for label, swing in zip(labels, swings, strict=True)
    ]
    room, column = (22, 22) if layout.is_narrow else (42, 20)
    x = percent_scale(f"{title}; right: difference in points", -room, 100 + room + column, "share")
    x["axis"]["values"] = [0, 25, 50, 75, 100]
    y = rows_scale(labels, layout)
    text = {"type": "text", "baseline": "middle", "color": INK}
    rule = {"type": "rule", "color": INK, "strokeDash": [4, 3]}
    layers: list[Spec] = [
        *([] if middle is None else [{"data": {"values": [{"share": middle}]}, "mark": rule, "encoding": {"x": x}}]),
        {
            "data": {"values": bars},
            "mark": {"type": "bar", "height": 9, "color": MUTED, "opacity": 0.45},
            "encoding": {"x": {**x, "field": "from"}, "x2": {"field": "to"}, "y": y},
        },
        {
            "data": {"values": ends},
            "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1, "stroke": INK, "strokeWidth": 0.7},
            "encoding": {"x": x, "y": y, **_signs(told, layout), "tooltip": {"field": "told"}},
        },
        *(
            {
                "data": {"values": [one for one in ends if one["left"] == is_left]},
                "mark": {**text, "align": "right" if is_left else "left", "dx": -9 if is_left else 9},
                "encoding": {"x": x, "y": y, "text": {"field": "said"}},
            }
            for is_left in (True, False)
        ),
        {
            "data": {"values": _differences(swings, labels)},
            "mark": {**text, "align": "right"},
            "encoding": {"x": {"value": layout.plot}, "y": y, "text": {"field": "said"}},
        },
    ]
    return with_settings(
        {"width": layout.plot, "height": {"step": row_height(labels, layout)}, "layer": layers}, layout
    )


def _differences(swings: Sequence[Swing], labels: Sequence[str]) -> list[Spec]:
    """List the difference of each bar, in percentage points: the high end less the low one."""
    return [
        {"label": label, "said": points_with_interval(swing.difference).partition(" (")[0]}
        for label, swing in zip(labels, swings, strict=True)
    ]


def _ends(swings: Sequence[Swing], labels: Sequence[str], layout: Layout) -> list[Spec]:
    """List both ends of each bar; the one further left is labelled to its left."""
    found = []
    for label, swing in zip(labels, swings, strict=True):
        for end, share, at in (("low", swing.low, swing.low_at), ("high", swing.high, swing.high_at)):
            other = swing.high if end == "low" else swing.low
            is_left = (share.estimate, end == "high") < (other.estimate, end == "low")
            percent = short_percent(share)
            difference = f"Difference: {points_with_interval(swing.difference)} points"
            found.append(
                {"label": label, "share": percent_of(share.estimate), "end": end, "left": is_left}
                | {"said": percent if layout.is_narrow else f"{percent} {at}"}
                | {"told": f"{swing.label}\n{at}: {percent}\n{difference}"}
            )
    return found


def _signs(told: tuple[str, str], layout: Layout) -> Spec:
    """Tell low ends from high ones by shape and colour."""
    names = f"datum.label == 'low' ? '{told[0]}' : '{told[1]}'"
    legend = {"title": None, "orient": "bottom", "columns": 1 if layout.is_narrow else 2, "labelExpr": names}
    looks = {"shape": ["circle", "triangle-up"], "fill": [BLUE, ORANGE]}
    return {
        channel: {"field": "end", "scale": {"domain": ["low", "high"], "range": look}, "legend": legend}
        for channel, look in looks.items()
    }


def _figure(value: float) -> str:
    return number_text(float(f"{value:.3g}"))


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"
