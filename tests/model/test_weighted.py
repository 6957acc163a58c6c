"""Estimates from worlds that do not count alike."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from negsim.model.estimates import Estimate, paired_difference, proportion, ratio, spread
from negsim.model.intervals import share_interval
from negsim.model.sampling import BLOCK
from negsim.model.weighted import effective_size, weighted_change, weighted_mean, weighted_share, weighted_spread

Array = np.ndarray[Any, Any]

SIZES = [np.array([7]), np.array([BLOCK]), np.array([BLOCK] * 4), np.array([BLOCK] * 8 + [19])]
WEIGHTS = [1.0, 0.3, 1e-200]
"""Likelihoods of many observations are small; their squares are 0 in float64."""


def _worlds(sizes: Array, p: float, seed: int = 0) -> Array:
    return np.random.default_rng(seed).random(int(sizes.sum())) < p


def _by_block(flags: Array, sizes: Array) -> Array:
    return np.array([np.count_nonzero(part) for part in np.split(flags, np.cumsum(sizes)[:-1])])


def _close(found: Estimate | None, expected: Estimate) -> bool:
    assert found is not None
    return np.allclose(
        (found.estimate, found.low, found.high), (expected.estimate, expected.low, expected.high), rtol=0, atol=1e-12
    )


# How many draws weights are worth


def test_weights_are_worth_what_kish_says() -> None:
    # (3 + 1)^2 / (9 + 1); a weight of 0 is no draw, and scale does not matter.
    assert effective_size(np.array([3.0, 1.0])) == pytest.approx(1.6)
    assert effective_size(np.array([3e-200, 1e-200, 0.0])) == pytest.approx(1.6)
    assert effective_size(np.full(256, 0.1)) == 256
    assert effective_size(np.zeros(3)) == effective_size(np.zeros(0)) == 0


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=30))
def test_weights_are_worth_one_draw_at_least_and_their_number_at_most(numbers: list[int]) -> None:
    squares = sum(number**2 for number in numbers)
    exact = Fraction(sum(numbers) ** 2, squares) if squares else Fraction(0)
    assert effective_size(np.array(numbers, np.float64)) == pytest.approx(float(exact))


# Worlds that count alike


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("p", [0.0, 0.003, 0.4, 0.997, 1.0])
def test_a_share_of_worlds_that_count_alike_is_a_proportion(p: float, sizes: Array, weight: float) -> None:
    hit = _worlds(sizes, p)
    found = weighted_share(np.full(len(hit), weight), hit, sizes)
    assert _close(found, proportion(_by_block(hit, sizes), sizes))


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("sizes", SIZES)
def test_a_share_of_cases_that_count_alike_is_a_ratio(sizes: Array, weight: float) -> None:
    hit, cases = _worlds(sizes, 0.4, 1), _worlds(sizes, 0.3, 2)
    found = weighted_share(np.full(len(hit), weight), hit, sizes, cases)
    assert _close(found, ratio(_by_block(hit & cases, sizes), _by_block(cases, sizes), sizes))


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize(("p", "q"), [(0.4, 0.5), (0.0, 0.0), (1.0, 0.0), (0.02, 0.01)])
def test_a_change_in_worlds_that_count_alike_is_a_paired_difference(
    p: float, q: float, sizes: Array, weight: float
) -> None:
    one, other = _worlds(sizes, p, 3), _worlds(sizes, q, 4)
    found = weighted_change(np.full(len(one), weight), one, other, sizes)
    assert _close(found, paired_difference(_by_block(one & ~other, sizes), _by_block(other & ~one, sizes), sizes))


@given(st.lists(st.integers(0, 5), min_size=1, max_size=25), st.sampled_from(WEIGHTS))
def test_the_spread_of_values_that_count_alike_is_the_plain_one(numbers: list[int], weight: float) -> None:
    values = np.array([np.inf if number == 5 else number for number in numbers])
    assert weighted_spread(values, np.full(len(values), weight)) == spread(values)


# Worlds that do not


def test_a_share_weighs_hits_among_cases() -> None:
    weight, hit = np.array([4.0, 1.0, 2.0, 3.0]), np.array([True, True, False, False])
    whole, some = (
        weighted_share(weight, hit, np.array([4]), cases) for cases in (None, np.array([False, True, True, False]))
    )
    assert whole is not None
    assert whole.estimate == pytest.approx(0.5)
    assert some is not None
    assert some.estimate == pytest.approx(1 / 3)


def test_the_floor_under_an_interval_is_that_of_as_many_draws_as_the_weights_are_worth() -> None:
    # 300 worlds of weight 2 and 200 of 1: 800^2 / 1400 draws. By scipy's independent implementation of Wilson's.
    weight = np.repeat([2.0, 1.0], [300, 200])
    hit = np.arange(500) % 2 == 0
    n, z = 800**2 / 1400, stats.norm.ppf(0.975)
    centre, margin = (0.5 + z**2 / (2 * n)) / (1 + z**2 / n), z * np.sqrt(0.25 / n + (z / n / 2) ** 2) / (1 + z**2 / n)
    found = weighted_share(weight, hit, np.array([500]))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((centre - margin, centre + margin), abs=1e-12)


def test_few_hits_have_the_exact_interval_at_the_effective_size() -> None:
    # One hit of weight 2 among 3 worlds of weight 2 and 24 of 1: 30^2 / 36 = 25 draws, 5/3 of them hits.
    weight = np.repeat([2.0, 1.0], [3, 24])
    found = weighted_share(weight, np.arange(27) == 0, np.array([27]))
    assert found is not None
    assert found.estimate == pytest.approx(1 / 15)
    assert found.high == pytest.approx(stats.beta.ppf(0.975, 5 / 3 + 1, 25 - 5 / 3), abs=1e-12)


def test_blocks_that_differ_widen_a_weighted_share() -> None:
    weight = np.tile(np.repeat([2.0, 1.0], BLOCK // 2), 8)
    hit = np.arange(8 * BLOCK) % 8 < np.repeat([1, 6] * 4, BLOCK)
    by_hit, by_case = ((weight * flag).reshape(8, BLOCK).sum(axis=1) for flag in (hit, 1))
    share = by_hit.sum() / by_case.sum()
    margin = stats.t.ppf(0.975, 7) * stats.sem((by_hit - share * by_case) / by_case.mean())
    found = weighted_share(weight, hit, np.full(8, BLOCK))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((share - margin, share + margin), abs=1e-12)


def test_a_change_is_the_difference_of_the_two_shares() -> None:
    rng = np.random.default_rng(8)
    weight, sizes = rng.exponential(size=5 * BLOCK), np.full(5, BLOCK)
    one, other = rng.random(5 * BLOCK) < 0.5, rng.random(5 * BLOCK) < 0.3
    found = weighted_change(weight, one, other, sizes)
    expected = np.average(one, weights=weight) - np.average(other, weights=weight)
    assert found.estimate == pytest.approx(expected, abs=1e-12)
    assert found.low < expected < found.high
    back = weighted_change(weight, other, one, sizes)
    assert (back.low, back.high) == pytest.approx((-found.high, -found.low), abs=1e-12)


def test_where_no_case_has_a_weight_there_is_no_share() -> None:
    hit, sizes = np.array([True, False]), np.array([2])
    assert weighted_share(np.zeros(2), hit, sizes) is None
    assert weighted_share(np.array([1.0, 0.0]), hit, sizes, ~hit) is None
    assert weighted_spread(np.ones(2), np.zeros(2)) is None
    assert weighted_mean(np.ones(2), np.zeros(2)) is None


def test_quantiles_are_values_and_follow_the_weight() -> None:
    values = np.array([5.0, 1.0, 9.0])
    heavy = weighted_spread(values, np.array([0.01, 0.01, 0.98]))
    assert heavy is not None
    assert (heavy.median, heavy.p90) == (9.0, 9.0)
    # A value without a weight is not there.
    assert weighted_spread(values, np.array([1.0, 0.0, 1.0])) == spread(np.array([5.0, 9.0]))


def test_half_the_weight_lies_on_either_side_of_a_weighted_median() -> None:
    rng = np.random.default_rng(6)
    values, weight = rng.normal(size=4000), rng.exponential(size=4000)
    found = weighted_spread(values, weight)
    assert found is not None
    for place, share in ((found.p10, 0.1), (found.median, 0.5), (found.p90, 0.9)):
        # A single value has a thousandth of the weight at most.
        assert np.average(values <= place, weights=weight) == pytest.approx(share, abs=5e-3)


def test_a_mean_weighs_values_and_leaves_out_what_has_no_weight() -> None:
    assert weighted_mean(np.array([1.0, 3.0, np.inf]), np.array([1e-200, 3e-200, 0.0])) == pytest.approx(2.5)


# How often intervals hold the truth


def _coverage(n_blocks: int, naive: bool = False) -> float:
    """How often an interval of P(event | observation) holds it, by weighting draws from before the observation.

    A state x is uniform on 0 to 1, what was observed has the likelihood x^8, and the event P(event | x) = .2 + .3 x. So x
    is Beta(9, 1) after it, with mean .9, and the truth is .2 + .27. Weights are worth 17/81 of the draws.
    """
    rng, truth, repeats, n = np.random.default_rng(17), 0.47, 2000, n_blocks * BLOCK
    inside = 0
    for _ in range(repeats):
        x = rng.random(n)
        hit = rng.random(n) < 0.2 + 0.3 * x
        found = weighted_share(x**8, hit, np.full(n_blocks, BLOCK))
        assert found is not None
        low, high = share_interval(found.estimate * n, n)[1:] if naive else (found.low, found.high)
        inside += low <= truth <= high
    return inside / repeats


@pytest.mark.parametrize("n_blocks", [1, 6])
def test_weighted_intervals_cover_at_least_as_often_as_they_say(n_blocks: int) -> None:
    # 2,000 repeats: a true coverage of .95 falls below .93 with probability below 1e-4 (binomial).
    assert _coverage(n_blocks) >= 0.93


def test_intervals_that_count_every_world_in_full_are_caught() -> None:
    # They are shorter by sqrt(17/81), so they cover about 2 Phi(1.96 * .458) - 1 = .63.
    assert _coverage(1, naive=True) < 0.7


def _coverage_of_change(shrink: float) -> float:
    """The same for a difference of two events of the same worlds, .2 + .3 x and .4: .07 after the observation."""
    rng, truth, repeats = np.random.default_rng(23), 0.07, 2000
    inside = 0
    for _ in range(repeats):
        x = rng.random(BLOCK)
        one, other = rng.random(BLOCK) < 0.2 + 0.3 * x, rng.random(BLOCK) < 0.4
        found = weighted_change(x**8, one, other, np.array([BLOCK]))
        reach = found.high - found.estimate if truth > found.estimate else found.estimate - found.low
        inside += abs(found.estimate - truth) <= shrink * reach
    return inside / repeats


def test_intervals_of_a_weighted_change_cover_and_shorter_ones_are_caught() -> None:
    assert _coverage_of_change(1.0) >= 0.93
    assert _coverage_of_change(float(np.sqrt(17 / 81))) < 0.75
