"""The deals of a class by what they are worth to two roles, beside the frontier and who walks where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from negsim.report.pictures.picture import Cell, Layout, Picture, Spec, two_widths
from negsim.report.pictures.utility_space_spec import Band, Drawn, Sign, draw_space
from negsim.report.words import count, points

__all__ = ["NAME", "draw_class"]

NAME = "class"

_MOST_LABELLED = 15
"""More groups than these are not named beside their signs, which would hide them; the table names all."""

_TITLES = {"nash": "Nash", "kalai_smorodinsky": "Kalai–Smorodinsky"}

Data = Mapping[str, Any]


def draw_class(document: Data, roles: Sequence[str]) -> Picture:
    """Draw a class.

    Parameters
    ----------
    document : mapping
        What ``negsim grade --format json`` writes.
    roles : sequence of str
        The ids of two parties that count points.
    """
    titles = {party["id"]: party["title"] for party in document["parties"]}
    game = document["game"]
    pair = (roles[0], roles[1])
    walk_away = [float(game["walk_away"][role]) for role in pair]
    frontier = [_at(deal["points"], pair) for deal in game["frontier"]]
    # Of more than two who sign, the frontier is no line between two of them.
    is_line = sorted(game["signatories"]) == sorted(pair)
    signs = [*_deals(game, pair), *_groups(document, pair)]
    if not is_line:
        signs = [*(Sign("Frontier of all who sign", x, y, "on the frontier") for x, y in frontier), *signs]
    drawn = Drawn(
        (titles[pair[0]], titles[pair[1]]),
        tuple(Band(value, value, value) for value in walk_away),
        sorted(frontier) if is_line else (),
        tuple(signs),
    )

    def spec(layout: Layout) -> Spec:
        return draw_space(drawn, layout)

    return Picture(
        NAME,
        _title(document),
        _description(drawn.parties, walk_away, is_line=is_line, by_quorum=game["by_quorum"]),
        **two_widths(spec),
        header=("what", titles[pair[0]], titles[pair[1]], "terms"),
        rows=tuple(_rows(signs, frontier, walk_away)),
    )


def _at(worth: Mapping[str, float], pair: tuple[str, str]) -> tuple[float, float]:
    return round(float(worth[pair[0]]), 2), round(float(worth[pair[1]]), 2)


def _terms(options: Mapping[str, str] | None) -> str:
    if options is None:
        return "no deal"
    return "; ".join(f"{issue}: {option}" for issue, option in options.items() if option != "irrelevant")


def _deals(game: Data, pair: tuple[str, str]) -> Iterator[Sign]:
    for deal in game["deals"]:
        if deal["name"] in _TITLES:
            x, y = _at(deal["points"], pair)
            kind = _TITLES[deal["name"]]
            yield Sign(kind, x, y, f"{kind}: {_terms(deal['options'])}", terms=_terms(deal["options"]))


def _groups(document: Data, pair: tuple[str, str]) -> Iterator[Sign]:
    groups = document["groups"]
    for group in groups:
        x, y = _at({role: group["scores"][role]["points"] for role in pair}, pair)
        kind = "Group without a deal" if group["options"] is None else "Group"
        terms = _terms(group["options"])
        number = group["group"] if len(groups) <= _MOST_LABELLED else ""
        yield Sign(kind, x, y, f"{group['group']}: {terms}", number=number, terms=terms)


def _title(document: Data) -> str:
    summary = document["summary"]
    agreed = f"{summary['agreed']} of {count(summary['groups'], 'group')} agreed"
    return f"{agreed}, {summary['on_frontier']} on the frontier"


def _description(titles: tuple[str, str], walk_away: Sequence[float], *, is_line: bool, by_quorum: bool) -> str:
    what = "the line is the frontier" if is_line else "small circles are the frontier of all who sign"
    who = "enough parties accept" if by_quorum else "all accept"
    return (
        f"What the deal of each group is worth to {titles[0]} and to {titles[1]}, in points; {what}: of the deals that"
        f" {who}, none is better for one and worse for none. Dashed and dotted: what each has without a deal,"
        f" {points(walk_away[0])} and {points(walk_away[1])}. Groups without a deal stand where these cross."
    )


def _rows(
    signs: Sequence[Sign], frontier: Sequence[tuple[float, float]], walk_away: Sequence[float]
) -> Iterator[tuple[Cell, ...]]:
    yield ("No deal", round(walk_away[0], 2), round(walk_away[1], 2), "")
    for sign in signs:
        if sign.kind in ("Group", "Group without a deal"):
            yield (sign.told.partition(": ")[0], sign.x, sign.y, sign.terms)
        elif sign.terms:
            yield (sign.kind, sign.x, sign.y, sign.terms)
    for x, y in frontier:
        yield ("Frontier", x, y, "")
