"""The Panama Canal case: it carries the published table, and its zone is what paper says."""

from __future__ import annotations

from fractions import Fraction

import pytest

from negsim.scenario import load
from negsim.zone import analyse_zone
from tests.cases.adjusted_winner import adjusted_winner
from tests.cases.by_hand import SCENARIOS, efficient, ends, exactly, p_zone, read
from tests.cases.data import case
from tests.cases.published import only, table_points

CASE = read("panama-canal-1977")
FILE = SCENARIOS / "panama-canal-1977.scenario.yaml"
POINTS = table_points(CASE, "usa", "panama", "land_water")
SPANS = [ends(CASE["parties"][name]["no_deal"]) for name in ("usa", "panama")]
BEST = efficient([point for _, point in POINTS])


def test_the_points_are_the_published_ones() -> None:
    table = case("panama_aw.json")
    assert list(CASE["parties"]["usa"]["priorities"].values()) == table["US"]
    assert list(CASE["parties"]["panama"]["priorities"].values()) == table["Panama"]


def test_both_columns_have_a_hundred_points() -> None:
    for name in ("usa", "panama"):
        assert sum(CASE["parties"][name]["priorities"].values()) == 100
        assert list(CASE["parties"][name]["priorities"]) == list(CASE["issues"])


def test_adjusted_winner_is_a_deal_of_the_case_and_efficient() -> None:
    usa, panama = (list(CASE["parties"][name]["priorities"].values()) for name in ("usa", "panama"))
    share = adjusted_winner(usa, panama)
    assert share[2] == Fraction(2, 15)
    assert exactly(66, 66) in BEST
    (deal,) = [deal for deal, point in POINTS if point == exactly(66, 66)]
    assert deal["land_water"] == 2
    assert [option == "us" for issue, option in deal.items() if issue != "land_water"] == [
        part == 1 for k, part in enumerate(share) if k != 2
    ]


def test_p_zone_is_71_of_90() -> None:
    exact = p_zone(list(BEST), SPANS)
    assert exact == Fraction(71, 90)
    found = analyse_zone(load(FILE), n_worlds=4096).p_zone
    assert found.low < exact < found.high


@pytest.mark.parametrize(("issue", "option"), [("defence_rights", "us"), ("jurisdiction", "panama")])
def test_a_line_about_what_one_keeps_anyway_takes_nothing_away(issue: str, option: str) -> None:
    kept = only(POINTS, lambda deal: deal[issue] == option)
    given_up = only(POINTS, lambda deal: deal[issue] != option)
    assert p_zone(list(efficient(kept)), SPANS) == p_zone(list(BEST), SPANS)
    assert p_zone(list(efficient(given_up)), SPANS) < p_zone(list(BEST), SPANS)
