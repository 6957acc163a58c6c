"""The risk of breach: published values, limits, and deals broken many times over."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from negsim.model.breach import (
    Hazards,
    credibility_with_value,
    least_credibility,
    needed_credibility,
    value_over,
    value_with_risk,
)

INF = math.inf


def _hazards(during: list[float], after: list[float], term: float) -> Hazards:
    """The hazards of some breakers in one world."""
    return Hazards(np.array(during)[:, None], np.array(after)[:, None], np.array([term]))


# What the model page states


def test_the_values_of_a_guarantee_by_its_term() -> None:
    found = [float(value_with_risk(0.6, 0.35, 0.05, 0.02, 0.2, term)) for term in (0, 15, 30, 50)]
    assert [f"{value:.4f}" for value in found] == ["0.4000", "0.4836", "0.5128", "0.5247"]
    assert value_with_risk(0.6, 0.35, 0.05, 0.02, 0.2, np.array([0, 15, 30, 50])) == pytest.approx(np.array(found))


def test_the_credibility_that_a_deal_needs() -> None:
    found = [float(needed_credibility(0.6, 0.4, 0.2, 0.05, 0.2, term=term)) for term in (INF, 15, 30, 50)]
    assert [f"{value:.3f}" for value in found] == ["0.750", "0.854", "0.767", "0.752"]


def test_no_credibility_does_for_a_guarantee_that_is_too_short_or_a_deal_that_is_too_bad() -> None:
    assert math.isnan(float(needed_credibility(0.6, 0.4, 0.2, 0.05, 0.2, term=5)))
    assert math.isnan(float(needed_credibility(0.3, 0.4, 0.2, 0.05, 0.2)))


def test_none_is_needed_where_a_deal_does_without() -> None:
    # v = (.05 * .6 + .2 * .35) / .25 = .4: just as much as no deal.
    assert float(needed_credibility(0.6, 0.4 - 1e-9, 0.35, 0.05, 0.2)) == 0
    assert 0 < float(needed_credibility(0.6, 0.4 + 1e-7, 0.35, 0.05, 0.2)) < 1e-5


@given(st.floats(0.01, 1), st.floats(0.01, 1), st.floats(0, 60))
def test_all_credibility_does_for_a_deal_that_is_worth_just_no_deal_if_it_never_ends(
    rate: float, hazard: float, u: float
) -> None:
    assert float(needed_credibility(u, u, u - 10, rate, hazard)) == pytest.approx(1, abs=1e-6)


@given(st.floats(0.01, 1), st.floats(0.01, 2), st.floats(0, 2), st.sampled_from([5.0, 15.0, 50.0, INF]))
def test_with_the_credibility_that_is_needed_a_deal_is_worth_no_deal(
    rate: float, hazard: float, after: float, term: float
) -> None:
    u, no_deal, worst = 60.0, 45.0, 20.0
    needed = float(needed_credibility(u, no_deal, worst, rate, hazard, after, term))
    value = [
        float(value_with_risk(u, worst, rate, hazard * (1 - credibility), after, term))
        for credibility in (0, 1, needed)
    ]
    if math.isnan(needed):
        assert value[1] < no_deal
    elif needed == 0:
        assert value[0] >= no_deal
    else:
        assert value[0] < no_deal <= value[1]
        # It is known to a billionth at least.
        assert value[2] == pytest.approx(no_deal, abs=1e-4)


def _gain(hazards: list[float], after: list[float], term: float, held_back: float) -> float:
    """What a deal worth 12 points over no deal gains at a rate of .05, with breaches that cost 20 and 5 points."""
    found = _hazards([hazard * (1 - held_back) for hazard in hazards], after, term)
    return float(found.weights(0.05)[0][0]) * 12 - float(found.weights(0.05)[1][:, 0] @ [20, 5])


@pytest.mark.parametrize("term", [8.0, 20.0, INF])
@pytest.mark.parametrize("target", [-2.0, 0.0, 3.0])
def test_with_several_breakers_the_credibility_of_a_value_is_that_against_all_alike(term: float, target: float) -> None:
    hazards, after = [0.1, 0.3], [0.02, 0.05]

    def same(target: float) -> float:
        bare, late = np.array([hazards]).T, np.array([after]).T
        losses, term_ = np.array([[20.0], [5.0]]), np.array([term])
        rate, wanted = np.array([0.05]), np.array([target])
        (found,) = credibility_with_value(np.array([12.0]), losses, rate, bare, late, term_, wanted).tolist()
        return float(found)

    assert _gain(hazards, after, term, 0) < target < _gain(hazards, after, term, 1)
    assert _gain(hazards, after, term, same(target)) == pytest.approx(target, abs=1e-6)
    assert np.isnan(same(12.1))
    assert np.isnan(same(_gain(hazards, after, term, 0) - 0.1))


def test_whoever_gains_by_a_breach_may_accept_only_up_to_some_credibility() -> None:
    # v = (r u + h w1) / (r + h): with u = .3, w1 = .6, r = .05, h0 = .2 it is .54 at credibility 0 and .3 at 1, and .4 at
    # h = .025, which is a credibility of .875.
    assert float(needed_credibility(0.3, 0.4, 0.6, 0.05, 0.2)) == 0
    gain, losses = np.array([0.3 - 0.4]), np.array([[0.4 - 0.6]])
    hazard, term = np.array([[0.2]]), np.array([INF])
    found = credibility_with_value(gain, losses, np.array([0.05]), hazard, hazard, term, np.array([0.0]))
    assert found.tolist() == pytest.approx([0.875], abs=1e-6)
    assert np.isnan(credibility_with_value(gain, losses, np.array([0.05]), hazard, hazard, term, np.array([0.15])))


def test_where_breakers_cost_differently_the_middle_may_do_and_neither_end() -> None:
    # A party that one breaker would serve and another hurt, and lasting supports against the one alone.
    hazard, after = np.array([[0.478], [0.119]]), np.array([[0.0248], [0.119]])
    gain, losses, rate = np.array([39.04]), np.array([[-20.8], [110.5]]), np.array([0.0686])

    def value(credibility: float) -> float:
        found = Hazards(hazard * (1 - credibility), after, np.array([10.0]))
        return float(value_over(found, gain, losses, rate)[0])

    assert value(0) < 0 < value(0.5)
    assert value(1) < 0
    (found,) = least_credibility(lambda k: np.array([value(float(k[0])) >= 0]), (1,)).tolist()
    assert 0 < found < 0.5
    assert value(found) == pytest.approx(0, abs=1e-5)
    assert value(found - 0.001) < 0


# Limits


def test_with_one_breaker_and_no_end_value_is_weighed_by_rate_and_hazard() -> None:
    assert float(value_with_risk(80, 20, 0.05, 0.15)) == pytest.approx((0.05 * 80 + 0.15 * 20) / 0.2, abs=1e-12)


def test_a_guarantee_of_no_term_is_none_and_one_without_end_never_lets_go() -> None:
    none, ever = (float(value_with_risk(80, 20, 0.05, 0.1, 0.4, term)) for term in (0, INF))
    assert none == pytest.approx(float(value_with_risk(80, 20, 0.05, 0.4)), abs=1e-12)
    assert ever == pytest.approx(float(value_with_risk(80, 20, 0.05, 0.1)), abs=1e-12)
    assert float(value_with_risk(80, 20, 0.05, 0.1, 0.4, 1e6)) == pytest.approx(ever, abs=1e-9)
    assert float(value_with_risk(80, 20, 0.05, 0.1, 0.4, 1e-9)) == pytest.approx(none, abs=1e-6)


def test_a_deal_that_nobody_breaks_is_worth_itself() -> None:
    for term in (0, 10, INF):
        assert float(value_with_risk(80, -1e6, 0.049, 0, 0, term)) == 80
        safe = _hazards([0, 0], [0, 0], term)
        assert safe.weights(0.049)[0].tolist() == [1]
        assert safe.weights(0.049)[1].tolist() == [[0], [0]]
        assert safe.holds(1e6).tolist() == [1]
        assert safe.years().tolist() == [INF]
        assert safe.first().tolist() == [[0], [0]]


def test_value_is_whole_again_where_a_breach_costs_nothing() -> None:
    assert float(value_with_risk(50, 50, 0.05, 0.1, 0.4, 7)) == pytest.approx(50, abs=1e-12)


@pytest.mark.parametrize(
    ("during", "after", "term", "years", "first"),
    [
        ([0.1, 0.3], [9, 9], INF, 2.5, [0.25, 0.75]),  # the guarantee never ends
        ([9, 9], [0.1, 0.3], 0, 2.5, [0.25, 0.75]),  # nor ever runs
        ([0, 0], [0.1, 0.3], 8, 8 + 2.5, [0.25, 0.75]),  # nobody dares while it runs
        ([0, 0], [0.1, 0.3], INF, INF, [0, 0]),  # which is for ever
        ([0, 0.5], [0, 0], 2, INF, [0, 1 - math.exp(-1)]),  # nobody wants any more once it has run out
        ([0, 0.5], [0, 0.5], 2, 2, [0, 1]),
        ([0, 0.5], [0.5, 0], 2, 2, [math.exp(-1), 1 - math.exp(-1)]),
    ],
)
def test_years_until_breach_and_who_breaks_the_deal(
    during: list[float], after: list[float], term: float, years: float, first: list[float]
) -> None:
    found = _hazards(during, after, term)
    assert found.years().tolist() == pytest.approx([years])
    assert found.first()[:, 0].tolist() == pytest.approx(first)


def test_a_deal_holds_by_hazard_and_time() -> None:
    found = _hazards([0.01, 0.02], [0.1, 0.2], 10)
    for years, exponent in ((0, 0), (5, 0.15), (10, 0.3), (15, 0.3 + 1.5)):
        assert found.holds(years).tolist() == pytest.approx([math.exp(-exponent)])


RATES = st.floats(0.001, 2)
SOME = st.floats(0, 2)
TERMS = st.sampled_from([0.0, 0.5, 10.0, 1000.0, INF])


@given(RATES, st.lists(st.tuples(SOME, SOME), min_size=1, max_size=3), TERMS)
def test_what_is_kept_and_what_is_lost_add_up_to_one(
    rate: float, pairs: list[tuple[float, float]], term: float
) -> None:
    found = _hazards([one for one, _ in pairs], [one for _, one in pairs], term)
    kept, lost = found.weights(rate)[0], found.weights(rate)[1]
    assert np.all(kept > 0)
    assert np.all(kept <= 1)
    assert np.all(lost >= 0)
    assert float(kept[0] + np.sum(lost)) == pytest.approx(1, abs=1e-12)
    # Nobody is first more often than a deal breaks, and whoever has no hazard never is.
    assert float(np.sum(found.first())) <= 1 + 1e-12
    for breaker, pair in enumerate(pairs):
        if max(pair) == 0:
            assert (lost[breaker, 0], found.first()[breaker, 0]) == (0, 0)


@given(RATES, SOME, SOME, TERMS, st.floats(0, 100), st.floats(0, 100))
def test_value_is_the_integral_of_what_is_held_at_each_moment(
    rate: float, during: float, after: float, term: float, u: float, worst: float
) -> None:
    assume(term in (0, INF) or 0.05 <= term * (rate + during) <= 40)
    # The share of time that counts before and after the term, each with its own mean.
    through = math.exp(-(rate + during) * term) if term < INF else 0.0
    early = (rate * u + during * worst) / (rate + during)
    late = (rate * u + after * worst) / (rate + after)
    expected = (1 - through) * early + through * late
    found = float(value_with_risk(u, worst, rate, during, after, term))
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


# Deals broken many times over


def _broken(
    rng: np.random.Generator, during: list[float], after: list[float], term: float, n: int
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """When deals are broken and by whom, each breaker racing the others: at its later hazard from the term on."""

    def times(hazards: list[float]) -> NDArray[np.float64]:
        return np.stack([rng.exponential(1 / hazard, n) if hazard else np.full(n, INF) for hazard in hazards])

    early, late = times(during), term + times(after)
    breach = np.where(np.min(early, axis=0) < term, early, late)
    return np.min(breach, axis=0), np.argmin(breach, axis=0)


@pytest.mark.parametrize(
    ("during", "after", "term"),
    [
        ([0.02, 0.05], [0.2, 0.1], 12.0),
        ([0.0, 0.05], [0.2, 0.05], 12.0),
        ([0.1, 0.02], [0.3, 0.3], INF),
        ([0.1, 0.02], [0.3, 0.2], 0.0),
    ],
)
def test_deals_broken_many_times_over_are_worth_and_last_as_the_formulas_say(
    during: list[float], after: list[float], term: float
) -> None:
    rng, n, rate, u, worst = np.random.default_rng(2), 400_000, 0.06, 70.0, np.array([35.0, 10.0])
    when, who = _broken(rng, during, after, term, n)
    share = np.exp(-rate * when)
    value = (1 - share) * u + share * worst[who]
    found = _hazards(during, after, term)
    exact = float(found.weights(rate)[0][0]) * u + float(found.weights(rate)[1][:, 0] @ worst)

    def agrees(sample: NDArray[np.float64], expected: float) -> bool:
        error = float(np.std(sample) / np.sqrt(n))
        return abs(float(np.mean(sample)) - expected) < 4 * error + 1e-12

    assert agrees(value, exact)
    assert agrees(when, float(found.years()[0]))
    for years in (3.0, 12.0, 20.0):
        assert agrees((when > years).astype(float), float(found.holds(years)[0]))
    for breaker in (0, 1):
        assert agrees((who == breaker).astype(float), float(found.first()[breaker, 0]))
        # Discounted, too: what comes after a breach weighs by when it comes.
        assert agrees(np.where(who == breaker, share, 0.0), float(found.weights(rate)[1][breaker, 0]))
    # The control: breakers the other way round are seen.
    assert not agrees(value, float(found.weights(rate)[0][0]) * u + float(found.weights(rate)[1][::-1, 0] @ worst))
