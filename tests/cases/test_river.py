"""A river and three states on paper: P(zone) is the volume under a staircase, and three agree less often than two."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from negsim.scenario import load
from negsim.zone import analyse_zone
from tests.cases.by_hand import SCENARIOS, deals, efficient, ends, exactly, p_zone, read, utility

CASE = read("river-three-states")
STATES = CASE["parties"]
DEALS = deals(CASE)
POINTS = [tuple(utility(state, deal) for state in STATES.values()) for deal in DEALS]
SPANS = [ends(state["no_deal"]) for state in STATES.values()]


def test_p_zone_is_the_volume_under_the_staircase() -> None:
    exact = p_zone(list(efficient(POINTS)), SPANS)
    assert 0.757 < exact < 0.759
    found = analyse_zone(load(SCENARIOS / "river-three-states.scenario.yaml"), n_worlds=4096).p_zone
    assert found.low < exact < found.high


def test_leaving_out_what_others_dominate_leaves_the_volume_as_it_is() -> None:
    few = POINTS[::9]
    assert p_zone(few, SPANS) == p_zone(list(efficient(few)), SPANS)


def test_any_two_agree_more_often_than_all_three() -> None:
    all_three = p_zone(list(efficient(POINTS)), SPANS)
    for pair in combinations(range(3), 2):
        two = [(point[pair[0]], point[pair[1]]) for point in POINTS]
        assert p_zone(list(efficient(two)), [SPANS[k] for k in pair]) > all_three


def test_hourly_data_are_in_every_efficient_treaty() -> None:
    best = efficient(POINTS)
    assert {deal["data"] for deal, point in zip(DEALS, POINTS, strict=True) if point in best} == {"hourly"}


def test_a_step_of_the_flow_gives_the_lower_state_14_points_and_costs_the_upper_one_7_and_a_half() -> None:
    at = {**DEALS[0], "dry_flow": Fraction(20)}, {**DEALS[0], "dry_flow": Fraction(30)}
    gains = [utility(state, at[1]) - utility(state, at[0]) for state in STATES.values()]
    assert (gains[0], gains[2]) == exactly("-15/2", 14)
