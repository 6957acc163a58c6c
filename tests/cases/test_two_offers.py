"""A house and two offers on paper: the lottery that the seller has, and P(zone) without negsim."""

from __future__ import annotations

from fractions import Fraction

from negsim.scenario import load
from negsim.zone import analyse_zone
from tests.cases.by_hand import SCENARIOS, Deal, deals, ends, exactly, p_zone, read, utility

CASE = read("house-two-offers")
SELLER, BUYER = CASE["parties"]["seller"], CASE["parties"]["buyer"]
LOTTERY = SELLER["no_deal"]["lottery"]


def outcome(price: object, handover: str) -> Deal:
    return {"price": Fraction(str(price)), "handover": handover}


def end(name: str) -> Fraction:
    """Give what an end state is worth to the seller."""
    same_as = LOTTERY["ends"][name]["worth"]["same_as"]
    return utility(SELLER, outcome(same_as["price"], same_as["handover"]))


def no_deal_of_the_seller(probability: Fraction) -> Fraction:
    cost = LOTTERY["costs"]["waiting"]
    return probability * end("second_bidder") + (1 - probability) * end("still_on_the_market") - cost


def test_no_deal_is_worth_15_points_and_40_times_the_probability() -> None:
    assert (end("second_bidder"), end("still_on_the_market")) == exactly(56, 16)
    for tenths in range(11):
        assert no_deal_of_the_seller(Fraction(tenths, 10)) == 15 + 4 * tenths


def test_a_tenth_of_probability_is_worth_five_thousand_to_the_seller() -> None:
    a_thousand = utility(SELLER, outcome(301, "summer")) - utility(SELLER, outcome(300, "summer"))
    assert (no_deal_of_the_seller(Fraction(6, 10)) - no_deal_of_the_seller(Fraction(5, 10))) / a_thousand == 5


def test_summer_gives_two_points_more_to_both_together() -> None:
    sums = {(deal["handover"], utility(SELLER, deal) + utility(BUYER, deal)) for deal in deals(CASE)}
    assert sums == {("summer", Fraction(110)), ("spring", Fraction(108))}


def test_p_zone_is_the_area_under_the_staircase_and_near_that_of_a_scale_without_steps() -> None:
    low, high = ends(LOTTERY["ends"]["second_bidder"]["probability"])
    limit = BUYER["no_deal"]["same_as"]
    levels = [utility(BUYER, outcome(price, limit["handover"])) for price in ends(limit["price"])]
    spans = [(no_deal_of_the_seller(low), no_deal_of_the_seller(high)), (min(levels), max(levels))]
    assert spans == [exactly(23, 47), exactly(56, 80)]
    points = [(utility(SELLER, deal), utility(BUYER, deal)) for deal in deals(CASE)]
    exact = p_zone(points, spans)
    assert 0.736 < exact < 0.738 < 1 - Fraction(17**2, 2 * 24**2)
    found = analyse_zone(load(SCENARIOS / "house-two-offers.scenario.yaml"), n_worlds=4096).p_zone
    assert found.low < exact < found.high
