"""A labour contract on paper: what the strike is worth to each side."""

from __future__ import annotations

from fractions import Fraction

import pytest

from negsim.model.draws import draw_block
from negsim.model.no_deal import without_deal
from negsim.model.values import UNITS_PER_POINT
from negsim.scenario import load
from tests.cases.by_hand import SCENARIOS, middle, read

CASE = read("labour-contract")


def strike(party: str, probability: Fraction | None = None) -> Fraction:
    """Give the worth of the strike at the middle of every range, or at another probability of prevailing."""
    lottery = CASE["parties"][party]["no_deal"]["lottery"]
    prevails, gives_way = lottery["ends"]["prevails"], lottery["ends"]["gives_way"]
    p = middle(prevails["probability"]) if probability is None else probability
    (charge,) = lottery["costs"].values()
    (share,) = charge["factors"].values()
    cost = middle(charge["points"]) * middle(share)
    return p * middle(prevails["worth"]) + (1 - p) * middle(gives_way["worth"]) - cost


@pytest.mark.parametrize("party", ["union", "company"])
def test_the_strike_is_worth_51_points_as_they_see_it_and_43_and_a_half_at_even_odds(party: str) -> None:
    assert strike(party) == 51
    assert strike(party, Fraction(1, 2)) == Fraction(87, 2)


def test_with_the_same_expectations_a_strike_costs_both_together() -> None:
    for tenths in range(11):
        p = Fraction(tenths, 10)
        # What one wins the other loses: their strikes are worth 77.5 + 27.5 less what it costs both.
        assert strike("union", p) + strike("company", 1 - p) == Fraction(155, 2) + Fraction(55, 2) - 18


def test_negsim_reckons_the_same_strike() -> None:
    scenario = load(SCENARIOS / "labour-contract.scenario.yaml")
    draws = draw_block(scenario, seed=0, block=0, n_worlds=64)
    path = ("parties", "union", "no_deal", "lottery")
    q = draws.quantity
    p = q[*path, "ends", "prevails", "probability"]
    cost = q[*path, "costs", "lost_pay", "points"] * q[*path, "costs", "lost_pay", "factors", "not_covered"]
    worth = p * q[*path, "ends", "prevails", "worth"] + (1 - p) * q[*path, "ends", "gives_way", "worth"] - cost
    (union,) = (party for party in scenario.parties if party.id == "union")
    found = without_deal(union, scenario, draws)
    assert found.least / UNITS_PER_POINT == pytest.approx(worth, abs=1e-4)
