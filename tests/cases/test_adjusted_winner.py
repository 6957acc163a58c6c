"""The Panama Canal treaty and Camp David: two parties put 100 points on issues that can be divided.

Points for Panama as in Raiffa (1982), used by Brams & Taylor (1996); for Camp David as quoted from memory of Brams &
Togman (1996), not checked against the article.
Adjusted Winner gives both parties equal points and wastes none. Where both have 100 points in all, that is the
egalitarian and the Kalai-Smorodinsky solution, with no deal worth 0 to both.

Utilities are in units of a share, whole numbers: with 15ths, 66 points are 990 units.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from negsim.solutions import efficient_points, egalitarian, kalai_smorodinsky, nash, utilitarian
from tests.cases.adjusted_winner import adjusted_winner, totals
from tests.cases.data import case


class Division:
    """Ways to divide issues, as units of each issue that go to the first party: units[way, issue]."""

    def __init__(self, first: Sequence[int], second: Sequence[int], parts: int, units: NDArray[np.int64]) -> None:
        self.parts, self.units = parts, units
        self.utility = np.array([units @ np.array(first), (parts - units) @ np.array(second)], np.float64)

    def points(self, ways: NDArray[np.intp]) -> list[list[Fraction]]:
        """Distinct points of the parties, the first party's most first."""
        distinct = np.unique(self.utility[:, ways], axis=1)[:, ::-1]
        return [[Fraction(int(units), self.parts) for units in point] for point in distinct.T.tolist()]

    def shares(self, ways: NDArray[np.intp]) -> list[list[Fraction]]:
        return [[Fraction(part, self.parts) for part in way] for way in self.units[ways].tolist()]


def _all_ways(n_issues: int, parts: int) -> NDArray[np.int64]:
    """Every issue divided in every way."""
    return np.indices((parts + 1,) * n_issues).reshape(n_issues, -1).T


def _one_divided(n_issues: int, parts: int) -> NDArray[np.int64]:
    """At most one issue divided: enough for the frontier, on which no two need to be (Brams & Taylor 1996)."""
    whole = parts * _all_ways(n_issues, 1)
    ways = []
    for issue in range(n_issues):
        for part in range(parts + 1):
            divided = whole[whole[:, issue] == 0]
            divided[:, issue] = part
            ways.append(divided)
    return np.unique(np.concatenate(ways), axis=0)


@pytest.fixture(scope="module")
def panama() -> Any:
    return case("panama_aw.json")


@pytest.fixture(scope="module")
def canal(panama: Any) -> Division:
    return Division(panama["US"], panama["Panama"], 15, _one_divided(10, 15))


@pytest.fixture(scope="module")
def camp_david() -> Any:
    return case("camp_david_aw.json")


@pytest.fixture(scope="module")
def summit(camp_david: Any) -> Division:
    return Division(camp_david["Israel"], camp_david["Egypt"], 6, _all_ways(6, 6))


def test_adjusted_winner_gives_66_points_each_and_divides_land_and_water(panama: Any) -> None:
    share = adjusted_winner(panama["US"], panama["Panama"])
    assert totals(share, panama["US"], panama["Panama"]) == (Fraction(66), Fraction(66))
    divided = {issue: part for issue, part in zip(panama["issues"], share, strict=True) if part not in {0, 1}}
    assert divided == {"Land and water": Fraction(2, 15)}  # 13.3 %
    assert [k for k, part in enumerate(share, 1) if part == 1] == panama["expected"]["US_wins"]


def test_adjusted_winner_gives_egypt_five_sixths_of_sinai(camp_david: Any) -> None:
    share = adjusted_winner(camp_david["Israel"], camp_david["Egypt"])
    assert totals(share, camp_david["Israel"], camp_david["Egypt"]) == (Fraction(395, 6), Fraction(395, 6))  # 65.8333
    assert dict(zip(camp_david["issues"], share, strict=True))["Sinai"] == 1 - Fraction(5, 6)


def test_adjusted_winner_does_not_depend_on_who_is_named_first(panama: Any, camp_david: Any) -> None:
    for first, second in ((panama["US"], panama["Panama"]), (camp_david["Israel"], camp_david["Egypt"])):
        assert adjusted_winner(second, first) == [1 - part for part in adjusted_winner(first, second)]


def test_one_divided_issue_is_enough_for_the_solutions(summit: Division, camp_david: Any) -> None:
    few = Division(camp_david["Israel"], camp_david["Egypt"], 6, _one_divided(6, 6))
    assert len(few.units) < len(summit.units) / 50
    for solve in (nash, kalai_smorodinsky, egalitarian, utilitarian):
        assert few.points(solve(few.utility)) == summit.points(solve(summit.utility))


def test_kalai_smorodinsky_and_the_egalitarian_solution_are_adjusted_winner(panama: Any, canal: Division) -> None:
    for solve in (kalai_smorodinsky, egalitarian, nash):
        assert canal.points(solve(canal.utility)) == [[66, 66]]
        assert canal.shares(solve(canal.utility)) == [adjusted_winner(panama["US"], panama["Panama"])]


def test_the_frontier_of_the_canal_has_its_published_vertices(panama: Any, canal: Division) -> None:
    frontier = {tuple(point) for point in (efficient_points(canal.utility) / 15).T.tolist()}
    assert {tuple(point) for point in panama["computed_here"]["frontier_vertices_US_Panama"]} <= frontier


def test_the_largest_sum_leaves_open_who_gets_land_and_water(canal: Division) -> None:
    # Both put 15 points on it: 16 ways to divide it in 15ths, from (64, 68) to (79, 53).
    points = canal.points(utilitarian(canal.utility))
    assert points == [[79 - k, 53 + k] for k in range(16)]
    assert {sum(point) for point in points} == {132}


def test_the_solutions_of_camp_david_differ(camp_david: Any, summit: Division) -> None:
    for solve in (kalai_smorodinsky, egalitarian):
        assert summit.points(solve(summit.utility)) == [[Fraction(395, 6), Fraction(395, 6)]]
        assert summit.shares(solve(summit.utility)) == [adjusted_winner(camp_david["Israel"], camp_david["Egypt"])]
    # Sinai is worth 35 and 55 points: past (60, 75) a gain of 35 points costs 55.
    assert summit.points(nash(summit.utility)) == [[60, 75]]
    assert summit.points(utilitarian(summit.utility)) == [[60, 75]]
