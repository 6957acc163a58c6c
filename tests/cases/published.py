"""The two point tables of the literature as the cases carry them: points of each side, the issue that is divided, the zone on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from tests.cases.by_hand import Deal, deals, levels

Points = tuple[Fraction, Fraction]


def table_points(case: Mapping[str, Any], first: str, second: str, divided: str) -> list[tuple[Deal, Points]]:
    """Give both sides' points of every deal: all of an issue to one, shares of the divided one."""
    parts = Fraction(levels(case["issues"][divided])[-1])
    ours, theirs = (case["parties"][name]["priorities"] for name in (first, second))
    demands = case["parties"][first]["demands"]

    def share(deal: Deal, issue: str) -> Fraction:
        return Fraction(deal[issue]) / parts if issue == divided else Fraction(deal[issue] == demands[issue])

    def sums(deal: Deal) -> Points:
        mine = sum((ours[issue] * share(deal, issue) for issue in deal), Fraction(0))
        return mine, sum((theirs[issue] * (1 - share(deal, issue)) for issue in deal), Fraction(0))

    return [(deal, sums(deal)) for deal in deals(case)]


def only(points: list[tuple[Deal, Points]], keeps: Callable[[Deal], bool]) -> list[Points]:
    """Keep the points of some deals."""
    return [point for deal, point in points if keeps(deal)]
