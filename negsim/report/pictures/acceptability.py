"""Which options parties can accept: a cell for each option and party, with the share of worlds printed in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from negsim.records import dataclass
from negsim.report.pictures.picture import Absent, Cell, Layout, Picture, Spec, most_lines, two_widths, wrapped
from negsim.report.pictures.source import Source, estimate_of, percent_of
from negsim.report.pictures.style import INK, step_of, with_settings
from negsim.report.words import evenly, short_percent
from negsim.scenario.types import Role
from negsim.scenario.words import joined

__all__ = ["NAME", "draw"]

NAME = "acceptability"

_MOST_LEVELS = 11
"""Options of one issue that are shown at most; of a longer scale as many, evenly chosen."""

_ZONE = "Some deal is in the zone"

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of cells: the label of an option, or of an issue, which has no cells."""

    label: str
    is_issue: bool
    cells: tuple[tuple[str, float, str], ...] = ()


def draw(source: Source) -> Picture | Absent:
    """Draw how often each party accepts each option in its best deal, and how often some zone holds it."""
    parties = sorted(source.scenario.parties, key=lambda party: party.role is not Role.SIGNATORY)
    columns = {party.id: party.title for party in parties}
    rows, thinned = _rows(source, list(columns))
    titles = [*columns.values(), _ZONE]

    def spec(layout: Layout) -> Spec:
        return _spec(rows, titles, layout)

    actors = [party.id for party in parties] + [actor.id for actor in source.scenario.actors if actor.ratifies]
    return Picture(
        NAME,
        _title(source, [party.id for party in parties if party.role is Role.SIGNATORY]),
        _description(thinned),
        **two_widths(spec),
        header=("issue", "option", *(f"{source.party(actor)} accepts, %" for actor in actors), "in a zone, %"),
        rows=tuple(_table(source, actors)),
    )


def _rows(source: Source, parties: Sequence[str]) -> tuple[list[_Row], list[str]]:
    """List the rows, and the issues of which not all options are shown."""
    rows, thinned = [], []
    for issue in source.scenario.issues:
        found = [one for one in source.document["options"] if one["issue"] == issue.id]
        shown = [found[k] for k in evenly(range(len(found)), _MOST_LEVELS)]
        if len(shown) < len(found):
            thinned.append(issue.title)
        rows.append(_Row(issue.title, is_issue=True))
        for one in shown:
            shares = [estimate_of(one["p_accept"][party]) for party in parties]
            cells = [
                (party, share.estimate, short_percent(share)) for party, share in zip(parties, shares, strict=True)
            ]
            if one["p_in_zone"] is not None:
                share = estimate_of(one["p_in_zone"])
                cells.append((_ZONE, share.estimate, short_percent(share)))
            rows.append(_Row(source.option(issue.id, one["option"]), is_issue=False, cells=tuple(cells)))
    return rows, thinned


def _title(source: Source, signatories: Sequence[str]) -> str:
    """Name the option that some signatory accepts least often where another accepts it always."""
    accepts = [
        (one["p_accept"][party]["estimate"], place, party, one)
        for place, one in enumerate(source.document["options"])
        for party in signatories
    ]
    if not accepts:
        return "Nobody has to sign here"
    least, _, party, one = min(accepts, key=lambda found: found[:2])
    share = short_percent(estimate_of(one["p_accept"][party]))
    option = f"“{source.option(one['issue'], one['option'])}” on “{source.issue(one['issue'])}”"
    if least >= 1:
        return "Every signatory can accept every option in some deal, in all worlds"
    accepts_it = f"{source.party(party)} has a deal with it that it accepts in {share} of worlds"
    return f"The hardest to accept is {option}: {accepts_it}"


def _description(thinned: Sequence[str]) -> str:
    left_out = f" Of {joined([f'“{title}”' for title in thinned])} not every option is shown; the table has all."
    return (
        "A party accepts an option where its best deal with that option is acceptable to it, whatever all others say."
        f" The last column: worlds in which some deal with the option is in the zone.{left_out if thinned else ''}"
    )


def _table(source: Source, actors: Sequence[str]) -> list[tuple[Cell, ...]]:
    rows = []
    for one in source.document["options"]:
        accepted = [percent_of(one["p_accept"][actor]["estimate"]) for actor in actors]
        zone = None if one["p_in_zone"] is None else percent_of(one["p_in_zone"]["estimate"])
        option = source.option(one["issue"], one["option"])
        rows.append((source.issue(one["issue"]), option, *accepted, zone))
    return rows


def _spec(rows: Sequence[_Row], titles: Sequence[str], layout: Layout) -> Spec:
    """Lay rows out by their pixels from the top: labels of options beside the cells, those of issues over all."""
    size = layout.font_size - 1
    line = round(size * 1.2)
    width = layout.labels + layout.plot
    left = round(width * (0.45 if layout.is_narrow else 0.5))
    column = (width - left) / len(titles)
    broken = [
        wrapped(row.label, int((width if row.is_issue else left - 8) / (size * 0.52)), 2 if row.is_issue else 4)
        for row in rows
    ]
    heights = [most_lines([text]) * line + (14 if row.is_issue else 9) for row, text in zip(rows, broken, strict=True)]
    tops = [0, *accumulate(heights)]
    cells = [
        {"x": left + column * at, "x2": left + column * (at + 1) - 2, "y": tops[k], "y2": tops[k + 1] - 3}
        | {"share": text.removesuffix(" %") if column < 36 else text, "fill": fill, "ink": ink}
        | {"told": f"{titles[at]}\n{row.label}: {text}"}
        | {"across": left + column * (at + 0.5) - 1, "middle": (tops[k] + tops[k + 1] - 3) / 2}
        for k, row in enumerate(rows)
        for at, (_, share, text) in enumerate(row.cells)
        for fill, ink in [step_of(share)]
    ]
    labels = [
        {
            "said": said,
            "x": 0 if row.is_issue else left - 8,
            "issue": row.is_issue,
            "y": _first_line(said, top, below, line),
        }
        for row, said, top, below in zip(rows, broken, tops, tops[1:], strict=False)
    ]
    text = {"type": "text", "baseline": "middle", "lineBreak": "\n", "fontSize": size, "lineHeight": line}
    return with_settings(
        {
            "width": width,
            "height": tops[-1],
            "layer": [
                {
                    "data": {"values": cells},
                    "mark": {"type": "rect", "stroke": "#8fa3b3"},
                    "encoding": {
                        **{channel: _pixels(channel) for channel in ("x", "y")},
                        **{channel: {"field": channel} for channel in ("x2", "y2")},
                        "fill": _exact("fill"),
                        "tooltip": {"field": "told"},
                    },
                },
                {
                    "data": {"values": cells},
                    "mark": {**text, "align": "center"},
                    "encoding": {
                        **{"x": _pixels("across"), "y": _pixels("middle"), "color": _exact("ink")},
                        **{"text": {"field": "share"}, "tooltip": {"field": "told"}},
                    },
                },
                *(_labels(labels, text, is_issue=is_issue) for is_issue in (True, False)),
                _heads(titles, left, column, text, layout),
            ],
        },
        layout,
    )


def _first_line(said: str, top: int, below: int, line: int) -> float:
    """Say where the first line of a label stands, so that all of them are in the middle of their row."""
    return (top + below - 3) / 2 - said.count("\n") * line / 2


def _labels(labels: Sequence[Mapping[str, Any]], text: Spec, *, is_issue: bool) -> Spec:
    mark = {"align": "left", "fontWeight": "bold", "dy": 2} if is_issue else {"align": "right"}
    values = [one for one in labels if one["issue"] == is_issue]
    return {
        "data": {"values": values},
        "mark": {**text, "color": INK, **mark},
        "encoding": {"x": _pixels("x"), "y": _pixels("y"), "text": {"field": "said"}},
    }


def _heads(titles: Sequence[str], left: float, column: float, text: Spec, layout: Layout) -> Spec:
    """Write who a column is of above it; upright where columns are narrow."""
    size, line = text["fontSize"], text["lineHeight"]
    heads = [wrapped(title, 18 if layout.is_narrow else int(column / (size * 0.55)), 4) for title in titles]
    values = [{"x": left + column * (k + 0.5) - 1, "said": head, "y": -6} for k, head in enumerate(heads)]
    if layout.is_narrow:
        mark = {"align": "left", "angle": 270}
    else:
        mark = {"align": "center", "baseline": "bottom", "dy": -line * (most_lines(heads) - 1)}
    return {
        "data": {"values": values},
        "mark": {**text, "color": INK, **mark},
        "encoding": {"x": _pixels("x"), "y": _pixels("y"), "text": {"field": "said"}},
    }


def _pixels(field: str) -> Spec:
    """Place by pixels, without a scale."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def _exact(field: str) -> Spec:
    """Colour by the colours given."""
    return {"field": field, "type": "nominal", "scale": None, "legend": None}
