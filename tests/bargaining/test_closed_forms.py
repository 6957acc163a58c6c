"""Closed forms of bargaining: published values, and each formula against the game that it solves."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsim.bargaining import breakdown, nash_split, outside_option, rubinstein, rubinstein_limit, stahl
from negsim.errors import UsageError

DISCOUNTS = st.floats(0.01, 0.99)
POSITIVE = st.floats(0.05, 20)


def by_backward_induction(discount: Fraction, others: Fraction, n_periods: int) -> Fraction:
    """Solve the finite game from its last period, in which who proposes takes all."""
    share = Fraction(1)
    for period in reversed(range(1, n_periods)):
        # Who responds in this period proposes in the next; it accepts what that is worth to it now.
        share = 1 - (others if period % 2 else discount) * share
    return share


@st.composite
def disagreements(draw: st.DrawFn) -> tuple[float, float]:
    own = draw(st.floats(0, 1))
    return own, draw(st.floats(0, 1)) * (1 - own) * 0.999


@pytest.mark.parametrize(
    ("discount", "others", "share"),
    [
        (0.9, 0.9, 0.526316),
        (0.9, 0.8, 0.714286),
        (0.8, 0.9, 0.357143),
        (0.5, 0.5, 0.666667),
        (0.95, 0.9, 0.689655),
    ],
)
def test_rubinsteins_share_is_as_published(discount: float, others: float, share: float) -> None:
    assert rubinstein(discount, others) == pytest.approx(share, abs=5e-7)


@pytest.mark.parametrize(("length", "share"), [(1, 0.786162), (0.1, 0.753737), (0.01, 0.750375)])
def test_rubinsteins_share_with_rates_is_as_published(length: float, share: float) -> None:
    assert rubinstein(exp(-0.1 * length), exp(-0.3 * length)) == pytest.approx(share, abs=5e-7)


def test_rubinsteins_limit_is_as_published() -> None:
    assert rubinstein_limit(0.1, 0.3) == pytest.approx(0.75, abs=1e-15)


@pytest.mark.parametrize(
    ("n_periods", "share"),
    [(1, 1), (2, 0.1), (3, 0.91), (4, 0.181), (5, 0.8371), (10, 0.342801), (11, 0.691479), (50, 0.523603)],
)
def test_stahls_share_is_as_published(n_periods: int, share: float) -> None:
    assert stahl(0.9, n_periods) == pytest.approx(share, abs=5e-7)


@pytest.mark.parametrize(("p_going_on", "share", "error"), [(0.9, 0.615789, 5e-7), (1 - 1e-9, 0.6, 1e-9)])
def test_the_share_under_a_risk_of_breakdown_is_as_published(p_going_on: float, share: float, error: float) -> None:
    assert breakdown(p_going_on, (0.3, 0.1)) == pytest.approx(share, abs=error)


@pytest.mark.parametrize(
    ("option", "share"), [(0, 0.526316), (0.3, 0.526316), (0.45, 0.526316), (0.5, 0.5), (0.6, 0.4)]
)
def test_the_share_against_an_outside_option_is_as_published(option: float, share: float) -> None:
    assert outside_option(0.9, option) == pytest.approx(share, abs=5e-7)


@pytest.mark.parametrize(("power", "share"), [((1, 1), 2 / 3), ((2, 1), 4 / 5)])
def test_the_nash_solution_of_a_pie_with_one_party_afraid_of_risk(power: tuple[float, float], share: float) -> None:
    assert nash_split(power, (1, 0.5)) == pytest.approx(share, abs=1e-15)


@given(st.fractions("1/100", "99/100", max_denominator=100), st.integers(1, 200))
def test_stahls_share_is_that_of_backward_induction(discount: Fraction, n_periods: int) -> None:
    expected = by_backward_induction(discount, discount, n_periods)
    assert stahl(float(discount), n_periods) == pytest.approx(float(expected), abs=1e-12)


@pytest.mark.parametrize(("discount", "others"), [(9, 9), (9, 8), (8, 9), (5, 5), (1, 9), (9, 1)])
@pytest.mark.parametrize("n_periods", [300, 301])
def test_rubinsteins_share_is_that_of_backward_induction_over_a_long_horizon(
    discount: int, others: int, n_periods: int
) -> None:
    # What the last period decides is worth at most .9^299 < 1e-13 today.
    expected = by_backward_induction(Fraction(discount, 10), Fraction(others, 10), n_periods)
    assert rubinstein(discount / 10, others / 10) == pytest.approx(float(expected), abs=1e-12)


@given(DISCOUNTS, DISCOUNTS)
def test_under_rubinstein_each_is_indifferent_between_the_offer_and_its_own_a_round_later(
    discount: float, others: float
) -> None:
    assert 1 - rubinstein(discount, others) == pytest.approx(others * rubinstein(others, discount), abs=1e-12)


@given(st.floats(0.01, 0.99), disagreements())
def test_under_a_risk_of_breakdown_each_is_indifferent_between_the_offer_and_a_refusal(
    p_going_on: float, disagreement: tuple[float, float]
) -> None:
    mine, others = breakdown(p_going_on, disagreement), breakdown(p_going_on, disagreement[::-1])
    assert 1 - mine == pytest.approx(p_going_on * others + (1 - p_going_on) * disagreement[1], abs=1e-12)
    assert 1 - others == pytest.approx(p_going_on * mine + (1 - p_going_on) * disagreement[0], abs=1e-12)


@given(DISCOUNTS, st.floats(0, 1))
def test_against_an_outside_option_the_other_takes_the_better_of_leaving_and_its_own_offer_a_round_later(
    discount: float, option: float
) -> None:
    mine = outside_option(discount, option)
    others = 1 - discount * mine  # the first proposer has no option and waits for its turn
    assert 1 - mine == pytest.approx(max(discount * others, option), abs=1e-12)


@given(POSITIVE, POSITIVE, st.floats(0.05, 1), st.floats(0.05, 1))
def test_no_other_split_has_a_larger_nash_product(v: float, w: float, a: float, b: float) -> None:
    def log_product(x: float) -> float:
        return v * a * float(np.log(x)) + w * b * float(np.log1p(-x))

    grid = np.linspace(0, 1, 10_001)[1:-1]
    split = nash_split((v, w), (a, b))
    best = grid[np.argmax(v * a * np.log(grid) + w * b * np.log1p(-grid))]
    assert log_product(split) >= log_product(float(best)) - 1e-12
    assert split == pytest.approx(best, abs=1e-4)


@given(DISCOUNTS, DISCOUNTS, DISCOUNTS)
def test_patience_pays(one: float, another: float, others: float) -> None:
    less, more = sorted((one, another))
    assert rubinstein(less, others) <= rubinstein(more, others)
    assert rubinstein(others, less) >= rubinstein(others, more)
    if more - less > 1e-6:
        assert rubinstein(less, others) < rubinstein(more, others)


@given(DISCOUNTS, st.integers(1, 400))
def test_stahls_share_nears_rubinsteins_from_alternate_sides(discount: float, n_periods: int) -> None:
    above = stahl(discount, n_periods) - rubinstein(discount, discount)
    # (1 - (-d)^T) / (1 + d) - 1 / (1 + d) = -(-d)^T / (1 + d)
    bound = discount**n_periods / (1 + discount)
    assert abs(above) == pytest.approx(bound, abs=1e-12)
    if bound > 1e-9:
        assert (above > 0) == (n_periods % 2 == 1)


@given(DISCOUNTS)
def test_a_risk_of_breakdown_to_nothing_is_like_discounting(chance: float) -> None:
    assert breakdown(chance, (0, 0)) == pytest.approx(rubinstein(chance, chance), abs=1e-12)


@given(DISCOUNTS, disagreements())
def test_under_a_risk_of_breakdown_both_get_more_than_no_deal(
    p_going_on: float, disagreement: tuple[float, float]
) -> None:
    mine = breakdown(p_going_on, disagreement)
    assert mine >= disagreement[0]
    assert 1 - mine >= disagreement[1] - 1e-12


@given(disagreements())
def test_as_breakdown_grows_rare_the_surplus_is_shared_equally(disagreement: tuple[float, float]) -> None:
    own, others = disagreement
    assert breakdown(1 - 1e-9, disagreement) == pytest.approx(own + (1 - own - others) / 2, abs=1e-9)


@given(st.floats(0.01, 1), st.floats(0.01, 1))
def test_with_ever_shorter_rounds_rubinsteins_share_is_the_nash_split_with_powers_inverse_to_rates(
    rate: float, others: float
) -> None:
    limit = rubinstein_limit(rate, others)
    assert limit == pytest.approx(nash_split((1 / rate, 1 / others), (1, 1)), abs=1e-12)
    assert rubinstein(exp(-rate * 1e-5), exp(-others * 1e-5)) == pytest.approx(limit, abs=1e-5)


NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize("bad", [-0.1, 0, 1, 1.5, NAN])
@pytest.mark.parametrize(
    ("name", "ask"),
    [
        ("discount", lambda bad: rubinstein(bad, 0.9)),
        ("discount_of_other", lambda bad: rubinstein(0.9, bad)),
        ("discount", lambda bad: stahl(bad, 3)),
        ("p_going_on", lambda bad: breakdown(bad, (0.1, 0.1))),
        ("discount", lambda bad: outside_option(bad, 0.1)),
    ],
)
def test_a_factor_or_chance_not_between_0_and_1_is_refused(
    name: str, ask: Callable[[float], float], bad: float
) -> None:
    with pytest.raises(UsageError, match=f"^{name} is above 0 and below 1, not {bad}$"):
        ask(bad)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: rubinstein_limit(0, 1), "rate is finite and above 0, not 0"),
        (lambda: rubinstein_limit(1, INF), "rate_of_other is finite and above 0, not inf"),
        (lambda: stahl(0.9, 0), "n_periods is finite and at least 1, not 0"),
        (lambda: stahl(0.9, 2.5), "n_periods is a whole number, not 2.5"),  # type: ignore[arg-type]
        (lambda: breakdown(0.9, (-0.1, 0)), "disagreement[0] is finite and at least 0, not -0.1"),
        (lambda: breakdown(0.9, (0, NAN)), "disagreement[1] is finite and at least 0, not nan"),
        (
            lambda: breakdown(0.9, (0.75, 0.5)),
            "disagreement adds up to at most 1, not 0.75 + 0.5: there would be nothing to share",
        ),
        (lambda: outside_option(0.9, 1.1), "option is from 0 to 1, not 1.1"),
        (lambda: outside_option(0.9, -0.1), "option is from 0 to 1, not -0.1"),
        (lambda: nash_split((0, 1), (1, 1)), "power[0] is finite and above 0, not 0"),
        (lambda: nash_split((1, 1), (1, 0)), "exponents[1] is finite and above 0, not 0"),
        (lambda: nash_split((1, 1), (1.5, 1)), "exponents[0] is from 0 to 1, not 1.5"),
    ],
)
def test_an_argument_that_makes_no_sense_is_refused(ask: Callable[[], float], message: str) -> None:
    with pytest.raises(UsageError) as refused:
        ask()
    assert str(refused.value) == message
