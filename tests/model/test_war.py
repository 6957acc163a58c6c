"""The value of war: published values, Fearon's identity, and a war fought out many times over."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsim.errors import UsageError
from negsim.model.war import belief_mean, proposer_share, war_value

RATES = st.floats(0.001, 3)
POINTS = st.floats(-100, 200)


def test_the_value_that_the_model_page_states() -> None:
    assert float(war_value(0, 0.3, 0.1, 1, 0, 0, 0.05)) == pytest.approx(0.625, abs=1e-12)


@given(RATES, RATES, POINTS, POINTS, POINTS, st.floats(0, 50))
def test_without_discounting_war_is_fearons_lottery_less_what_its_duration_costs(
    win: float, lose: float, u_win: float, u_lose: float, u_now: float, cost: float
) -> None:
    p, duration = win / (win + lose), 1 / (win + lose)
    expected = p * u_win + (1 - p) * u_lose - cost * duration
    assert float(war_value(0, win, lose, u_win, u_lose, u_now, cost)) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_with_discounting_what_is_held_meanwhile_counts() -> None:
    # (.05 * 40 + .3 * 90 + .15 * 10 - 2) / .5 = (2 + 27 + 1.5 - 2) / .5
    assert float(war_value(0.05, 0.3, 0.15, 90, 10, 40, 2)) == pytest.approx(57.0, abs=1e-12)
    # A war that never ends is what is held meanwhile, less all that it will ever cost.
    assert float(war_value(0.05, 0, 0, 90, 10, 40, 2)) == pytest.approx(40 - 2 / 0.05, abs=1e-12)


@given(RATES, RATES, RATES, POINTS)
def test_a_war_that_changes_nothing_and_costs_nothing_is_worth_what_is_held(
    rate: float, win: float, lose: float, u: float
) -> None:
    assert float(war_value(rate, win, lose, u, u, u, 0)) == pytest.approx(u, rel=1e-12, abs=1e-12)


@given(RATES, RATES, RATES, POINTS, POINTS, POINTS, st.floats(0, 50))
def test_both_sides_of_one_war_share_what_it_is_worth_to_both(
    rate: float, first: float, second: float, u_win: float, u_lose: float, u_now: float, cost: float
) -> None:
    # What one side wins the other loses: where stakes are opposed, so are values, up to what the war costs both.
    one = war_value(rate, first, second, u_win, u_lose, u_now, cost)
    other = war_value(rate, second, first, -u_lose, -u_win, -u_now, cost)
    assert float(one + other) == pytest.approx(-2 * cost / (rate + first + second), rel=1e-9, abs=1e-9)


def test_arrays_broadcast() -> None:
    found = war_value(np.array([0.0, 0.1]), np.array([[0.3], [0.1]]), 0.1, 100, 0, 50, 0)
    assert found == pytest.approx(np.array([[75, 35 / 0.5], [50, 15 / 0.3]]))


def test_a_war_fought_out_many_times_is_worth_what_the_formula_says() -> None:
    """Race two collapses and add up what a side gets, moment by moment.

    Values are points of a lasting utility: a flow x from now on is worth r * integral of exp(-r t) x dt = x. So the war,
    over at T, is worth the integral up to T of r exp(-r t) x(t), plus exp(-r T) times what the end state is worth. "c
    permanent points per year" means that t years of war leave everything after them, war or peace, c t points lower:
    x(t) = u_now - c t, and the end state is worth W - c T or L - c T. Losing c dt points from t on is worth
    exp(-r t) c dt, in all c (1 - exp(-r T)) / r, whose mean is c / (r + a + b).
    """
    rng, n = np.random.default_rng(1), 400_000
    for rate, win, lose, u_win, u_lose, u_now, cost in (
        (0.05, 0.3, 0.15, 90.0, 10.0, 40.0, 2.0),
        (0.4, 0.05, 0.2, 100.0, -20.0, 70.0, 9.0),
    ):
        theirs, ours = rng.exponential(1 / win, n), rng.exponential(1 / lose, n)
        end = np.minimum(theirs, ours)
        held = u_now * (1 - np.exp(-rate * end))
        # The integral of r exp(-r t) c t over 0..T, by parts.
        wear = cost * ((1 - np.exp(-rate * end)) / rate - end * np.exp(-rate * end))
        after = np.exp(-rate * end) * (np.where(theirs < ours, u_win, u_lose) - cost * end)
        value = held - wear + after
        error = float(np.std(value) / np.sqrt(n))
        exact = float(war_value(rate, win, lose, u_win, u_lose, u_now, cost))
        assert abs(float(np.mean(value)) - exact) < 4 * error
        # The controls: neither a cost paid once for each year of war nor one of the flow passes for it.
        for wrong in (cost * 2, cost * rate, 0.0):
            other = float(war_value(rate, win, lose, u_win, u_lose, u_now, wrong))
            assert abs(float(np.mean(value)) - other) > 4 * error


@pytest.mark.parametrize(
    ("rates", "message"),
    [
        ((-0.1, 0.3, 0.1), "at least 0"),
        ((0, -0.3, 0.1), "at least 0"),
        ((0, 0.3, -0.1), "at least 0"),
        ((0, 0, 0), "above 0"),
        ((0, np.array([0.3, 0]), 0), "above 0"),
    ],
)
def test_a_war_without_end_or_with_rates_below_zero_has_no_value(rates: tuple[Any, Any, Any], message: str) -> None:
    rate, win, lose = rates
    with pytest.raises(UsageError, match=message):
        war_value(rate, win, lose, 1, 0, 0, 0)


def test_a_belief_counts_by_its_mean() -> None:
    assert float(belief_mean(8, 2)) == 0.8
    assert belief_mean(np.array([2.0, 1.0]), 8) == pytest.approx(np.array([0.2, 1 / 9]))
    # The model page, section 7: sides with Beta(8, 2) and Beta(2, 8) are 6 / (10 + n) apart after n even battles.
    for n in (0, 20, 40):
        gap = belief_mean(8 + n / 2, 2 + n / 2) - belief_mean(2 + n / 2, 8 + n / 2)
        assert float(gap) == pytest.approx(6 / (10 + n))


def test_an_outside_option_counts_only_if_it_is_better_than_bargaining() -> None:
    assert [round(proposer_share(0.9, b), 6) for b in (0.45, 0.5, 0.6)] == [0.526316, 0.5, 0.4]
    # Without one, Rubinstein's 1 / (1 + d).
    assert [proposer_share(d) for d in (0, 0.5, 0.9)] == pytest.approx([1, 2 / 3, 1 / 1.9])
    assert proposer_share(0.9, 0.9 / 1.9) == proposer_share(0.9, 0)


@pytest.mark.parametrize(
    ("factor", "option", "message"),
    [(-0.1, 0, "discount factor"), (1, 0, "discount factor"), (0.9, -0.1, "share"), (0.9, 1.1, "share")],
)
def test_shares_need_a_discount_factor_and_an_option_that_make_sense(
    factor: float, option: float, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        proposer_share(factor, option)
