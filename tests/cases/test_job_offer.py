"""A job offer on paper: what halving, trading and naming the right team give, and P(zone) without negsim."""

from __future__ import annotations

from fractions import Fraction

from negsim.scenario import load
from negsim.zone import analyse_zone
from tests.cases.by_hand import SCENARIOS, deals, efficient, ends, exactly, p_zone, read, utility

CASE = read("job-offer")
CANDIDATE, FIRM = CASE["parties"]["candidate"], CASE["parties"]["firm"]
POINTS = {tuple(deal.values()): (utility(CANDIDATE, deal), utility(FIRM, deal)) for deal in deals(CASE)}
BEST = efficient(list(POINTS.values()))


def points(salary: int, start: str, remote_days: int, weekends: int, team: str) -> tuple[Fraction, Fraction]:
    return POINTS[salary, start, remote_days, weekends, team]


def test_half_way_on_everything_gives_50_and_45_and_a_half_points() -> None:
    assert points(52, "in_a_month", 2, 2, "research") == exactly(50, "91/2")


def test_the_trade_gives_each_ten_points_more() -> None:
    halved, traded = points(52, "in_a_month", 2, 2, "product"), points(52, "in_a_month", 4, 4, "product")
    assert [after - before for before, after in zip(halved, traded, strict=True)] == [10, 10]
    assert traded == exactly("135/2", "135/2")


def test_no_efficient_deal_has_another_team() -> None:
    teams = {deal[-1] for deal, point in POINTS.items() if point in BEST}
    assert teams == {"product"}


def test_the_divided_issues_are_zero_sum_and_the_best_deals_give_135_in_all() -> None:
    assert {sum(points(salary, "at_once", 0, 0, "product")) for salary in range(46, 60, 2)} == {45 + 10 + 10 + 30}
    assert max(sum(point) for point in POINTS.values()) == 135


def test_p_zone_is_the_area_under_the_staircase() -> None:
    spans = [ends(party["no_deal"]) for party in (CANDIDATE, FIRM)]
    exact = p_zone(list(BEST), spans)
    # 36 squares of 2.5 by 2.5 from 60 to 75; i + j <= 6 leaves 15 of them a deal.
    assert exact == 1 - Fraction(21) * Fraction(25, 4) / 625 == Fraction(79, 100)
    found = analyse_zone(load(SCENARIOS / "job-offer.scenario.yaml"), n_worlds=4096).p_zone
    assert found.low < exact < found.high


def test_fewer_deals_make_a_smaller_area() -> None:
    spans = [ends(party["no_deal"]) for party in (CANDIDATE, FIRM)]
    untraded = [point for deal, point in POINTS.items() if deal[2] <= 2 and deal[3] <= 2]
    assert p_zone(untraded, spans) < Fraction(1, 4) < p_zone(list(BEST), spans)
