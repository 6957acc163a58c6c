"""How far to press: published values, and every demand tried."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from negsim.bargaining import nash_split, press_threshold, two_types, ultimatum, zeuthen_risk
from negsim.errors import UsageError

SHARES = st.floats(0, 1)
COSTS = st.floats(0, 0.6)
AMOUNTS = st.floats(0.01, 100)

Array = NDArray[np.float64]


def p_refused(beyond: Array, low: float, high: float) -> Array:
    """Give the share of costs from ``low`` to ``high``, all alike, below ``beyond``: who bears them fights."""
    if low == high:
        return np.where(beyond > low, 1.0, 0.0)
    return np.interp(beyond, [low, high], [0.0, 1.0])


def worth(demand: Array, p: float, cost: float, low: float, high: float) -> Array:
    """Give what a demand is worth to who makes it, by the rules of the game."""
    war = p_refused(demand - p, low, high)
    return (1 - war) * demand + war * (p - cost)


@pytest.mark.parametrize("p", [0, 0.3, 0.5, 0.8])
@pytest.mark.parametrize(
    ("cost", "low", "high", "beyond", "p_war"),
    [
        (0.1, 0, 0.4, 0.15, 0.375),
        (0.2, 0, 0.4, 0.1, 0.25),
        (0.05, 0.1, 0.4, 0.175, 0.25),
        (0.25, 0.1, 0.4, 0.1, 0),
    ],
)
def test_the_best_demand_and_the_risk_of_war_are_as_published(
    p: float, cost: float, low: float, high: float, beyond: float, p_war: float
) -> None:
    assert ultimatum(p, cost, low, high) == pytest.approx((p + beyond, p_war), abs=1e-12)


def test_up_to_where_all_is_demanded_the_risk_of_war_is_as_published() -> None:
    assert ultimatum(0.85, 0.1, 0, 0.4) == pytest.approx((1, 0.375), abs=1e-12)


@given(SHARES, COSTS, COSTS, COSTS)
@example(0.9, 0.1, 0.0, 0.4)  # all is demanded, and some fight
@example(0.9, 0.1, 0.3, 0.4)  # all is demanded, and nobody fights
@example(0.5, 0.1, 0.2, 0.2)  # the cost is known
@example(0.9, 0.1, 0.2, 0.2)  # the cost is known, and above what is left
@example(1.0, 0.0, 0.0, 0.0)
def test_no_other_demand_is_worth_more(p: float, cost: float, one: float, another: float) -> None:
    low, high = sorted((one, another))
    assume(low == high or high - low > 1e-3)
    demand, p_war = ultimatum(p, cost, low, high)
    beyond = demand - p
    assert 0 <= demand <= 1
    if low < high:
        assert p_war == pytest.approx(float(p_refused(np.array(beyond), low, high)), abs=1e-9)
    found = (1 - p_war) * demand + p_war * (p - cost)
    grid = np.linspace(0, 1, 2001)
    assert found >= np.max(worth(grid, p, cost, low, high)) - 1e-9


@given(SHARES, SHARES, COSTS, COSTS, COSTS)
def test_the_risk_of_war_depends_on_the_balance_of_power_only_where_all_is_demanded(
    p: float, other: float, cost: float, one: float, another: float
) -> None:
    low, high = sorted((one, another))
    (demand, p_war), (other_demand, other_p_war) = (ultimatum(chance, cost, low, high) for chance in (p, other))
    if max(demand, other_demand) < 1:
        assert p_war == other_p_war
        assert demand - p == pytest.approx(other_demand - other, abs=1e-12)


def test_where_all_is_demanded_the_risk_falls_as_the_stronger_has_less_left_to_demand() -> None:
    # 1 - p = .1 of costs from 0 to .4 is a quarter of them; at .05 an eighth.
    assert [ultimatum(p, 0.1, 0, 0.4) for p in (0.9, 0.95)] == [
        pytest.approx((1, 0.25), abs=1e-12),
        pytest.approx((1, 0.125), abs=1e-12),
    ]


@given(COSTS, COSTS, COSTS)
def test_nobody_risks_war_whose_cost_is_at_least_the_others_highest_less_twice_its_lowest(
    cost: float, one: float, another: float
) -> None:
    low, high = sorted((one, another))
    assume(abs(cost - (high - 2 * low)) > 1e-9)
    _, p_war = ultimatum(0.2, cost, low, high)
    assert (p_war == 0) == (cost >= high - 2 * low)


def test_the_threshold_of_two_types_is_as_published() -> None:
    assert two_types(0.1, 0.4, 0.1) == pytest.approx(0.6, abs=1e-12)


@given(st.floats(0, 0.3), st.floats(0, 0.3), st.floats(0, 0.5), SHARES)
def test_pressing_pays_exactly_below_the_threshold_of_two_types(
    one: float, another: float, cost: float, p_tough: float
) -> None:
    low, high = sorted((one, another))
    assume(high + cost > 1e-3)
    p = 0.5
    pressing = (1 - p_tough) * (p + high) + p_tough * (p - cost)
    assume(abs(pressing - (p + low)) > 1e-9)
    assert (pressing > p + low) == (p_tough < two_types(low, high, cost))


@given(AMOUNTS, AMOUNTS)
def test_at_the_threshold_pressing_on_a_red_line_gains_what_it_loses(gain: float, loss: float) -> None:
    threshold = press_threshold(gain, loss)
    assert (1 - threshold) * gain == pytest.approx(threshold * loss, abs=1e-9)


@pytest.mark.parametrize(("gain", "loss", "threshold"), [(0, 1, 0), (1, 0, 1), (1, 1, 0.5), (3, 1, 0.75)])
def test_the_threshold_of_pressing_follows_what_is_at_stake(gain: float, loss: float, threshold: float) -> None:
    assert press_threshold(gain, loss) == threshold


@given(AMOUNTS, st.floats(-50, 50), SHARES)
def test_at_its_risk_a_party_is_indifferent_between_conceding_and_holding_on(
    gain: float, disagreement: float, share: float
) -> None:
    own, others = disagreement + gain, disagreement + share * gain
    risk = zeuthen_risk(own, others, disagreement)
    assert (1 - risk) * own + risk * disagreement == pytest.approx(others, abs=1e-9)


@pytest.mark.parametrize(("others", "risk"), [(50, 0.5), (80, 0), (20, 1), (90, -1 / 6), (10, 7 / 6)])
def test_zeuthens_risk_runs_from_the_own_offer_to_no_deal_and_beyond(others: float, risk: float) -> None:
    assert zeuthen_risk(80, others, 20) == pytest.approx(risk, abs=1e-12)


@given(st.tuples(AMOUNTS, AMOUNTS), SHARES, SHARES, st.tuples(st.floats(-50, 50), st.floats(-50, 50)))
def test_the_lower_risk_is_that_of_the_offer_with_the_smaller_product_of_gains(
    gains: tuple[float, float], left: float, right: float, no_deal: tuple[float, float]
) -> None:
    # Each offer gives its maker its gain and the other a share of what that one asks for itself.
    risk = [
        zeuthen_risk(no_deal[0] + gains[0], no_deal[0] + left * gains[0], no_deal[0]),
        zeuthen_risk(no_deal[1] + gains[1], no_deal[1] + right * gains[1], no_deal[1]),
    ]
    products = (gains[0] * right * gains[1], left * gains[0] * gains[1])
    assume(abs(left - right) > 1e-6)
    assert (risk[0] < risk[1]) == (products[0] < products[1])


@pytest.mark.parametrize(("exponents", "published"), [((1, 0.5), 0.6665), ((1, 1), None), ((0.5, 1), None)])
def test_concessions_by_risk_end_at_the_nash_split(exponents: tuple[float, float], published: float | None) -> None:
    n = 2000
    a, b = exponents
    asked, offered = n, 0  # what the first asks for itself, and what the second offers it, in steps of the pie

    def risk_of_first() -> float:
        return zeuthen_risk((asked / n) ** a, (offered / n) ** a, 0)

    def risk_of_second() -> float:
        return zeuthen_risk((1 - offered / n) ** b, (1 - asked / n) ** b, 0)

    while asked > offered:
        if risk_of_first() <= risk_of_second():
            asked -= 1
        else:
            offered += 1
    assert asked / n == pytest.approx(nash_split((1, 1), exponents), abs=1 / n)
    if published is not None:
        assert asked / n == pytest.approx(published, abs=1 / n)


NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: ultimatum(1.1, 0, 0, 1), "p is from 0 to 1, not 1.1"),
        (lambda: ultimatum(NAN, 0, 0, 1), "p is from 0 to 1, not nan"),
        (lambda: ultimatum(0.5, -0.1, 0, 1), "cost is finite and at least 0, not -0.1"),
        (lambda: ultimatum(0.5, 0.1, -0.2, 1), "low is finite and at least 0, not -0.2"),
        (lambda: ultimatum(0.5, 0.1, 0.4, 0.2), "high is finite and at least 0.4, not 0.2"),
        (lambda: ultimatum(0.5, 0.1, 0.4, INF), "high is finite and at least 0.4, not inf"),
        (lambda: press_threshold(-1, 1), "gain is finite and at least 0, not -1"),
        (lambda: press_threshold(1, NAN), "loss is finite and at least 0, not nan"),
        (lambda: press_threshold(0, 0), "gain or loss is above 0, not 0 and 0: nothing hangs on pressing"),
        (lambda: two_types(-0.1, 0.4, 0.1), "low_cost is finite and at least 0, not -0.1"),
        (lambda: two_types(0.4, 0.1, 0.1), "high_cost is finite and at least 0.4, not 0.1"),
        (lambda: two_types(0.1, 0.4, -1), "cost is finite and at least 0, not -1"),
        (lambda: two_types(0, 0, 0), "high_cost or cost is above 0, not 0 and 0: nothing hangs on pressing"),
        (lambda: zeuthen_risk(INF, 1, 0), "own is finite, not inf"),
        (lambda: zeuthen_risk(2, NAN, 0), "others is finite, not nan"),
        (lambda: zeuthen_risk(2, 1, -INF), "disagreement is finite, not -inf"),
        (lambda: zeuthen_risk(1, 0, 1), "own is above disagreement, not 1 against 1: no deal would be no worse"),
    ],
)
def test_an_argument_that_makes_no_sense_is_refused(ask: Callable[[], object], message: str) -> None:
    with pytest.raises(UsageError) as refused:
        ask()
    assert str(refused.value) == message
