"""Worlds chosen by hand: what they differ in, between which ends, and that they come out as they were chosen."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from negsim.model.draws import draw_block
from negsim.model.points import BLUFF, REAL, Factor, centre_of, draws_at, factors_of, points_of
from negsim.scenario import loads
from negsim.scenario.types import Scenario

HEAD = """\
negsim: 1
id: sale
title: A sale
issues:
  price: {title: Price, scale: 0..100, step: 10}
parties:
"""


def sale(buyer: str, seller: str = "", rest: str = "") -> Scenario:
    return loads(
        f"{HEAD}  buyer: {{title: Buyer, demands: {{price: 0}}, {buyer or 'no_deal: 10'}}}\n"
        f"  seller: {{title: Seller, demands: {{price: 100}}, {seller or 'no_deal: 20'}}}\n{rest}"
    )


def only(scenario: Scenario) -> Factor:
    (factor,) = factors_of(scenario)
    return factor


@pytest.mark.parametrize(
    ("quantity", "low", "high", "centre"),
    [
        # The median of each by hand: of a triangle 0, 0, 100 where (1 - x/100)^2 = 1/2.
        ("10..60", 10.0, 60.0, 35.0),
        ("{triangular: {low: 0, mode: 0, high: 100}}", 0.0, 100.0, 100 * (1 - 0.5**0.5)),
        ("{beta: {a: 1, b: 1, low: 20, high: 30}}", 20.0, 30.0, 25.0),
        ("{pert: {low: 10, mode: 20, high: 30}}", 10.0, 30.0, 20.0),
    ],
)
def test_a_quantity_has_its_own_ends_and_its_median_as_its_centre(
    quantity: str, low: float, high: float, centre: float
) -> None:
    found = only(sale(f"no_deal: {quantity}"))
    assert (found.low, found.high, found.is_coin) == (low, high, False)
    assert found.centre == pytest.approx(centre, abs=1e-9)
    assert found.path == found.given == ("parties", "buyer", "no_deal")


def test_what_has_no_ends_goes_from_one_quantile_in_a_thousand_to_the_other() -> None:
    # Far within the domain, cutting a normal at its ends changes nothing.
    found = only(sale("no_deal: {normal: {mean: 50, sd: 2}}"))
    assert (found.low, found.high) == pytest.approx(tuple(norm.ppf([0.001, 0.999], 50, 2)), abs=1e-6)
    assert found.centre == pytest.approx(50)


def test_what_is_certain_is_no_factor() -> None:
    lines = "red_lines: {a: {require: price < 90, firmness: 1}, b: {require: price < 80, firmness: 0}, c: {require: price < 70, firmness: hard}}"
    assert factors_of(sale(f"no_deal: 30, {lines}", "no_deal: {same: parties.buyer.no_deal}")) == ()


@pytest.mark.parametrize(
    ("firmness", "centre"), [("0.5", REAL), ("0.51", REAL), ("0.49", BLUFF), ("0..1", REAL), ("0.1..0.8", BLUFF)]
)
def test_a_line_that_may_be_a_bluff_is_a_coin_at_whichever_is_likelier_and_real_in_a_tie(
    firmness: str, centre: float
) -> None:
    found = only(sale(f"no_deal: 10, red_lines: {{a: {{require: price < 90, firmness: {firmness}}}}}"))
    assert found.path == ("parties", "buyer", "red_lines", "a", "real")
    assert found.given == ("parties", "buyer", "red_lines", "a", "firmness")
    assert (found.low, found.high, found.centre, found.is_coin) == (BLUFF, REAL, centre, True)


def test_good_faith_is_a_coin_too() -> None:
    found = only(sale("no_deal: 10, good_faith: 0.2"))
    assert (found.path, found.given) == (("parties", "buyer", "serious"), ("parties", "buyer", "good_faith"))
    assert (found.centre, found.is_coin) == (BLUFF, True)


def test_what_follows_another_is_no_factor_of_its_own_and_has_its_value() -> None:
    scenario = sale("no_deal: 10..60", "no_deal: {same: parties.buyer.no_deal}")
    found = only(scenario)
    draws = draws_at(scenario, (found,), np.array([[17.0], [44.0]]))
    assert draws.quantity["parties", "seller", "no_deal"].tolist() == [17.0, 44.0]


def test_a_firmness_that_decides_a_coin_alone_is_not_listed_beside_it_but_one_that_others_follow_is() -> None:
    line = "{require: price < 90, firmness: 0.2..0.4}"
    alone = sale(f"no_deal: 10, red_lines: {{a: {line}}}")
    assert [one.path[-1] for one in factors_of(alone)] == ["real"]
    followed = sale(
        f"no_deal: 10, red_lines: {{a: {line}}}",
        "no_deal: 20, red_lines: {b: {require: price > 5, firmness: {same: parties.buyer.red_lines.a.firmness}}}",
    )
    assert [one.path[-1] for one in factors_of(followed)] == ["firmness", "real", "real"]


FULL = sale(
    "no_deal: 10..60, good_faith: 0.7, red_lines: {a: {require: price < 90, firmness: 0.4, audience_cost: 0..5}}",
    "no_deal: {normal: {mean: 50, sd: 2}}, red_lines: {b: {require: price > 5, firmness: {same: parties.buyer.red_lines.a.firmness}}}",
)


def test_worlds_come_out_as_they_were_chosen() -> None:
    factors = factors_of(FULL)
    assert sum(one.is_coin for one in factors) == 3
    random = np.random.default_rng(1)
    ends = np.array([(one.low, one.high) for one in factors])
    points = ends[:, 0] + random.random((50, len(factors))) * (ends[:, 1] - ends[:, 0])
    coins = [one.is_coin for one in factors]
    points[:, coins] = np.rint(points[:, coins])
    assert np.array_equal(points_of(factors, draws_at(FULL, factors, points)), points)


def test_reading_drawn_worlds_off_and_choosing_them_again_gives_the_same_worlds() -> None:
    factors = factors_of(FULL)
    drawn = draw_block(FULL, seed=7, block=0, n_worlds=200)
    again = draws_at(FULL, factors, points_of(factors, drawn))
    assert all(np.array_equal(again.real[key], drawn.real[key]) for key in drawn.real)
    assert all(np.array_equal(again.serious[key], drawn.serious[key]) for key in drawn.serious)
    paths = [one.path for one in factors if not one.is_coin]
    assert paths
    assert all(np.array_equal(again.quantity[path], drawn.quantity[path]) for path in paths)


def test_factors_that_are_not_given_stay_at_their_centres_and_strange_ones_are_left_out_of_account() -> None:
    factors = factors_of(FULL)
    strange = Factor(("parties", "nobody", "no_deal"), 0.0, 1.0, 0.5, ("parties", "nobody", "no_deal"))
    draws = draws_at(FULL, (strange,), np.array([[0.3]]))
    assert np.array_equal(points_of(factors, draws), centre_of(factors)[None])
