"""Deals by what they are worth to two parties, with who walks where, the frontier, solutions and robust deals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from negsim.records import dataclass
from negsim.report.pictures.picture import Absent, Cell, Layout, Picture, Spec, two_widths
from negsim.report.pictures.source import Source, estimate_of, percent_of
from negsim.report.pictures.utility_space_spec import Band, Drawn, Sign, draw_space, has_shade
from negsim.report.words import count, percent_with_interval, points
from negsim.scenario.words import joined

__all__ = ["NAME", "draw", "pair_of"]

NAME = "utility-space"

_CLASSES = (
    (0.0, "Never in the zone"),
    (0.05, "In under 5 % of worlds"),
    (0.2, "In 5 to 20 %"),
    (2.0, "In 20 % or more"),
)
"""What outcomes are called by the share of worlds in which they are in the zone: up to 0, below the others."""

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two parties: its id, its title, and what it has without a deal."""

    party: str
    title: str
    no_deal: float
    spread: Data


def pair_of(source: Source) -> tuple[str, str] | None:
    """Choose the two parties: those asked for, or the first two with a stake; None where there is no space."""
    space = source.document.get("utility_space")
    if not space:
        return None
    held = [one["party"] for one in space["no_deal"]]
    return (source.parties[0], source.parties[1]) if source.parties else (held[0], held[1])


def draw(source: Source) -> Picture | Absent:
    """Draw deals by what they are worth to two parties."""
    pair = pair_of(source)
    if pair is None:
        why = "the result does not hold it" if "utility_space" not in source.document else "only one party has a stake"
        return Absent(NAME, f"No picture of deals by what they are worth to two parties: {why}.")
    space = source.document["utility_space"]
    sides = [_side(source, space, party) for party in pair]
    frontier = _frontier(space, pair)
    signs = [*_cloud(space, sides), *_robust(source, space, sides), *_solutions(source, sides)]
    drawn = Drawn(
        (sides[0].title, sides[1].title),
        tuple(Band(side.no_deal, side.spread["p10"], side.spread["p90"]) for side in sides),
        frontier,
        tuple(signs),
    )

    def spec(layout: Layout) -> Spec:
        return draw_space(drawn, layout)

    return Picture(
        NAME,
        _title(source, sides, signs),
        _description(source, space, sides, drawn),
        **two_widths(spec),
        header=("what", sides[0].title, sides[1].title, "in the zone, % of worlds", "terms"),
        rows=tuple(_rows(sides, signs, frontier)),
    )


def _side(source: Source, space: Data, party: str) -> _Side:
    held = next(one for one in space["no_deal"] if one["party"] == party)
    return _Side(party, source.party(party), held["mean"], held["points"])


def _frontier(space: Data, pair: tuple[str, str]) -> tuple[tuple[float, float], ...]:
    """Give the points of the frontier from the second party's best on, by rising worth to the first."""
    for one in space["frontiers"]:
        if set(one["parties"]) == set(pair):
            return tuple(sorted(zip(one["worth"][pair[0]], one["worth"][pair[1]], strict=True)))
    return ()


def _cloud(space: Data, sides: Sequence[_Side]) -> list[Sign]:
    outcomes = space["outcomes"]
    columns = zip(*(outcomes["worth"][side.party] for side in sides), outcomes["p_in_zone"], strict=True)
    signs = []
    for x, y, share in columns:
        kind = next(title for below, title in _CLASSES if share < below or share == below == 0)
        told = [_worth(sides, x, y), f"In the zone in {percent_of(share):g} % of worlds"]
        signs.append(Sign(kind, x, y, "\n".join(told), share))
    return signs


def _robust(source: Source, space: Data, sides: Sequence[_Side]) -> list[Sign]:
    """Place the robust deals, with their terms."""
    by_rank = {deal["rank"]: deal for deal in source.document["deals"]}
    signs = []
    for place in space["deals"]:
        deal = by_rank[place["rank"]]
        x, y = (place["worth"][side.party] for side in sides)
        share = estimate_of(deal["p_in_zone"])
        terms = source.terms(deal["options"])
        head = [f"Robust deal {deal['rank']}: in the zone in {percent_with_interval(share)} of worlds"]
        told = "\n".join([*head, _worth(sides, x, y), *terms])
        signs.append(Sign("Robust deal", x, y, told, share.estimate, str(deal["rank"]), "; ".join(terms)))
    return signs


def _solutions(source: Source, sides: Sequence[_Side]) -> list[Sign]:
    """Place solutions by what they leave each on average; there are none for who does not sign, or without a zone."""
    signs = []
    for one in source.document["solutions"]:
        worth = [one.get("worth", {}).get(side.party) for side in sides]
        if None in worth:
            continue
        x, y = (round(value, 2) for value in worth)
        told = f"{one['title']} solution: the mean over worlds with a zone\n{_worth(sides, x, y)}"
        signs.append(Sign(one["title"], x, y, told))
    return signs


def _worth(sides: Sequence[_Side], x: float, y: float) -> str:
    return f"{sides[0].title} {points(x)}, {sides[1].title} {points(y)} points"


def _title(source: Source, sides: Sequence[_Side], signs: Sequence[Sign]) -> str:
    walks = joined([f"{side.title} {points(side.no_deal)}" for side in sides])
    first = next((sign for sign in signs if sign.kind == "Robust deal"), None)
    if first is None:
        return f"No deal leaves {walks} points on average; no deal at all was in the zone"
    share = percent_with_interval(estimate_of(source.document["deals"][0]["p_in_zone"]))
    worth = joined([points(first.x), points(first.y)])
    return f"No deal leaves {walks} points on average; the most robust deal is worth {worth} (in the zone in {share})"


def _description(source: Source, space: Data, sides: Sequence[_Side], drawn: Drawn) -> str:
    risk = ", the risk of breach counted" if source.scenario.durability else ""
    outcomes = space["outcomes"]
    n_outcomes, n_spread = len(outcomes["p_in_zone"]), outcomes["spread"]
    shown = f"All {count(n_outcomes, 'outcome')}"
    if not outcomes["whole"]:
        shown = (
            f"{n_spread:,} outcomes spread evenly over all, and {n_outcomes - n_spread:,} more that are in some zone"
        )
    bands = "; ".join(f"{side.title} {points(side.spread['p10'])} to {points(side.spread['p90'])}" for side in sides)
    line = (
        " The line is the frontier: what both can attain by points alone, of outcomes that no real red line of either"
        " rules out in every world."
    )
    if has_shade(drawn):
        line += " Shaded: within it and better than no deal for both."
    kinds = {sign.kind for sign in drawn.signs}
    robust = " Numbers mark robust deals." if "Robust deal" in kinds else ""
    if kinds & {one["title"] for one in source.document["solutions"]}:
        robust = f" Solutions stand at what they leave each on average, in worlds with a zone.{robust}"
    return (
        f"What a deal is worth to each, from 0 to 100 on its own scale{risk}: a mean over the first"
        f" {count(space['worlds'], 'world')}. {shown}.{line if drawn.frontier else ''} Dashed and dotted lines: mean"
        f" no-deal values; grey bands: their middle 80 % ({bands}). Worlds differ, so that a deal on the far side of"
        f" a line may still be in the zone of some.{robust}"
    )


def _rows(
    sides: Sequence[_Side], signs: Sequence[Sign], frontier: Sequence[tuple[float, float]]
) -> list[tuple[Cell, ...]]:
    first: tuple[Cell, ...] = ("No deal", round(sides[0].no_deal, 2), round(sides[1].no_deal, 2), None, "")
    rows = [first]
    told = sorted(signs, key=lambda sign: sign.share is not None and not sign.number)
    for sign in told:
        name = f"{sign.kind} {sign.number}".strip()
        share = None if sign.share is None else percent_of(sign.share)
        if sign.share is not None and not sign.number:
            name = "Outcome"
        rows.append((name, sign.x, sign.y, share, sign.terms))
    rows[1 + sum(1 for sign in told if sign.share is None or sign.number) : 1 + len(told)] = [
        *(("Frontier", x, y, None, "") for x, y in frontier),
        *rows[1 + sum(1 for sign in told if sign.share is None or sign.number) :],
    ]
    return rows
