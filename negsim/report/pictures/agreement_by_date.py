"""How likely agreement is by which date, with sessions, what happens in between, and the deadline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from negsim.report.days import day_words
from negsim.report.pictures.picture import Absent, Cell, Layout, Picture, Spec, two_widths
from negsim.report.pictures.rows import labelled, row_height, rows_scale, upper_end
from negsim.report.pictures.source import Source, estimate_of, percent_of
from negsim.report.pictures.style import BLUE, INK, ORANGE, PURPLE, with_settings
from negsim.report.words import percent_with_interval

__all__ = ["NAME", "draw"]

NAME = "agreement-by-date"

Data = Mapping[str, Any]

_SESSIONS = "Sessions"


def draw(source: Source) -> Picture | Absent:
    """Draw P(agreement) by date, and below it a lane for sessions and for each event."""
    talks = source.document.get("talks")
    if not talks:
        return Absent(NAME, "No picture of agreement by date: the scenario has no calendar of talks.")
    lanes = [*_sessions(talks), *_events(source, talks)]
    lines = _lines(talks)

    def spec(layout: Layout) -> Spec:
        return _spec(talks, lanes, lines, layout)

    rows: list[tuple[Cell, ...]] = [
        ("P(agreement) by then", one["day"], *_ends(one["p_agreement"]), "") for one in talks["by_day"]
    ]
    rows += [("line", one["day"], None, None, None, one["said"]) for one in lines]
    rows += [(one["lane"], one["day"], None, None, None, one["told"].replace("\n", "; ")) for one in lanes]
    return Picture(
        NAME,
        _title(talks),
        _description(talks),
        **two_widths(spec),
        header=("what", "day", "P, %", "low", "high", "note"),
        rows=tuple(rows),
    )


def _ends(share: Data) -> tuple[float, float, float]:
    return percent_of(share["estimate"]), percent_of(share["low"]), percent_of(share["high"])


def _sessions(talks: Data) -> list[Data]:
    return [
        {"lane": _SESSIONS, "day": one["day"], "until": one["day"]}
        | {"kind": _kind(one, talks)}
        | {"told": f"{one['title']}, {_day(one['day'])}\nHeld in {percent_with_interval(estimate_of(one['p_held']))}"}
        for one in talks["sessions"]
    ]


def _kind(session: Data, talks: Data) -> str:
    if session["observed"]:
        return "held, as observed"
    return (
        "in the past, not observed"
        if talks["conditioning"] and session["day"] < talks["calendar"]["now"]
        else "to be held"
    )


def _events(source: Source, talks: Data) -> list[Data]:
    """List events: those with dates by their days, those that come at a rate by the span in which they may."""
    declared = {event.id: event for event in source.scenario.talks.events} if source.scenario.talks else {}
    start, horizon = talks["calendar"]["start"], talks["calendar"]["horizon"]
    found: list[Data] = []
    for one in talks["events"]:
        often = f"{one['mean']:.1f} times on average"
        if one["days"]:
            found += [
                {"lane": one["title"], "day": day, "until": day, "kind": "event"}
                | {"told": f"{one['title']}, {_day(day)}\nIn all {often}"}
                for day in one["days"]
            ]
            continue
        event = declared.get(one["event"])
        first, last = (getattr(event, end, None) for end in ("start", "end"))
        found.append(
            {"lane": one["title"], "day": first.isoformat() if first else start}
            | {"until": last.isoformat() if last else horizon, "kind": "may happen on any day"}
            | {"told": f"{one['title']}: on any day, {often}"}
        )
    return found


def _lines(talks: Data) -> list[dict[str, str]]:
    deadline, calendar = talks["deadline"], talks["calendar"]
    found = []
    if talks["conditioning"]:
        found.append({"day": calendar["now"], "said": "now"})
    if deadline["day"] and deadline["kind"] != "horizon":
        found.append({"day": deadline["day"], "said": "deadline"})
    return found


def _title(talks: Data) -> str:
    by_end = percent_with_interval(estimate_of(talks["p_agreement"]))
    end = _day(talks["calendar"]["horizon"])
    given = f"Given what was seen up to {_day(talks['calendar']['now'])}, " if talks["conditioning"] else ""
    said = f"{given}agreement by {end} comes in {by_end} of worlds"
    said = f"{said[0].upper()}{said[1:]}"
    if talks["p_by_deadline"] is None or talks["deadline"]["day"] is None:
        return said
    return f"{said}, by the first deadline in {percent_with_interval(estimate_of(talks['p_by_deadline']))}"


def _description(talks: Data) -> str:
    extended = talks["deadline"]["p_extended"]
    put_off = (
        ""
        if extended is None
        else (f" The deadline is put off in {percent_with_interval(estimate_of(extended))} of worlds.")
    )
    return (
        "The line is the share of worlds with an agreement by each day, the band its 95 % interval; below it the days"
        f" of sessions and of what happens in between.{put_off} {talks['worlds']:,} worlds."
    )


def _spec(talks: Data, lanes: Sequence[Data], lines: Sequence[Data], layout: Layout) -> Spec:
    start, horizon = talks["calendar"]["start"], talks["calendar"]["horizon"]
    days = {
        "field": "day",
        "type": "temporal",
        "scale": {"type": "utc", "domain": [_moment(start), _moment(horizon)], "nice": False},
        "axis": {"title": None, "format": "%b %Y", "tickCount": 3 if layout.is_narrow else 6, "labelFlush": False},
    }
    return with_settings(
        {"spacing": 12, "vconcat": [_curve(talks, lines, days, layout), _lanes(lanes, lines, days, layout)]}, layout
    )


def _moment(day: str) -> Spec:
    """Write a day as an end of a scale."""
    year, month, date = (int(part) for part in day.split("-"))
    return {"year": year, "month": month, "date": date, "utc": True}


def _curve(talks: Data, lines: Sequence[Data], days: Spec, layout: Layout) -> Spec:
    values = [
        {"day": one["day"], "told": f"By {_day(one['day'])}: {percent_with_interval(estimate_of(one['p_agreement']))}"}
        | dict(zip(("share", "low", "high"), _ends(one["p_agreement"]), strict=True))
        for one in talks["by_day"]
    ]
    y = {
        "field": "share",
        "type": "quantitative",
        "scale": {"domain": [0, upper_end([one["high"] for one in values], 4)], "nice": False},
        "axis": {"title": "Agreement by then, % of worlds", "tickCount": 4, "format": ".1~f", "grid": True}
        | {"minExtent": layout.labels, "maxExtent": layout.labels, "titleX": -34 if layout.is_narrow else -38},
    }
    steps = {"interpolate": "step-after"}
    return {
        "width": layout.plot,
        "height": 170,
        "layer": [
            {
                "data": {"values": values},
                "mark": {"type": "area", "color": BLUE, "opacity": 0.2, **steps},
                "encoding": {"x": days, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {
                "data": {"values": values},
                "mark": {"type": "line", "color": BLUE, "strokeWidth": 2, **steps},
                "encoding": {"x": days, "y": y},
            },
            {
                "data": {"values": values},
                "mark": {"type": "point", "color": BLUE, "filled": True, "size": 26, "opacity": 1},
                "encoding": {"x": days, "y": y, "tooltip": {"field": "told"}},
            },
            *_rules(lines, days),
            {
                "data": {"values": list(lines)},
                "mark": {"type": "text", "baseline": "bottom", "dy": -4, "color": INK},
                "encoding": {"x": days, "y": {"value": 0}, "text": {"field": "said"}},
            },
        ],
    }


def _rules(lines: Sequence[Data], days: Spec) -> list[Spec]:
    dashes = {"now": [2, 3], "deadline": [7, 4]}
    return [
        {
            "data": {"values": [one]},
            "mark": {"type": "rule", "color": INK, "strokeWidth": 1.4, "strokeDash": dashes[one["said"]]},
            "encoding": {"x": days},
        }
        for one in lines
    ]


def _lanes(lanes: Sequence[Data], lines: Sequence[Data], days: Spec, layout: Layout) -> Spec:
    titles = list(dict.fromkeys(one["lane"] for one in lanes))
    labels = dict(zip(titles, labelled(titles, layout), strict=True))
    values = [{**one, "label": labels[one["lane"]]} for one in lanes]
    kinds = ["held, as observed", "in the past, not observed", "to be held", "event", "may happen on any day"]
    there = [kind for kind in kinds if any(one["kind"] == kind for one in lanes)]
    looks = {
        "held, as observed": ("circle", BLUE),
        "in the past, not observed": ("square", "#ffffff"),
        "to be held": ("circle", "#ffffff"),
        "event": ("diamond", ORANGE),
        "may happen on any day": ("stroke", PURPLE),
    }
    y = rows_scale(list(labels.values()), layout)
    legend = {"title": None, "orient": "bottom", "columns": 2 if layout.is_narrow else 4}

    def scale(place: int) -> Spec:
        return {"domain": there, "range": [looks[kind][place] for kind in there]}

    return {
        "width": layout.plot,
        "height": {"step": row_height(list(labels.values()), layout, 22)},
        "layer": [
            *_rules(lines, days),
            {
                "data": {"values": _ends_of_spans(values)},
                "mark": {"type": "line", "color": PURPLE, "strokeWidth": 3, "strokeDash": [1, 3]},
                "encoding": {"x": days, "y": y, "detail": {"field": "span"}, "tooltip": {"field": "told"}},
            },
            {
                "data": {"values": values},
                "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1, "strokeWidth": 1},
                "encoding": {
                    "x": days,
                    "y": y,
                    "shape": {"field": "kind", "scale": scale(0), "legend": legend},
                    "fill": {"field": "kind", "scale": scale(1), "legend": legend},
                    "stroke": {"field": "kind", "scale": {"domain": there, "range": [INK]}, "legend": legend},
                    "tooltip": {"field": "told"},
                },
            },
        ],
    }


def _ends_of_spans(values: Sequence[Data]) -> list[Data]:
    spans = [one for one in values if one["day"] != one["until"]]
    return [
        {"label": one["label"], "day": one[end], "span": k, "told": one["told"]}
        for k, one in enumerate(spans)
        for end in ("day", "until")
    ]


def _day(day: str) -> str:
    return day_words(dt.date.fromisoformat(day))
