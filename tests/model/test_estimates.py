from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from negsim.model.estimates import MIN_BLOCKS, Estimate, mean, mean_change, proportion, ratio
from negsim.model.sampling import BLOCK


def _blocks(hits: list[int], size: int = BLOCK) -> tuple[np.ndarray, np.ndarray]:
    return np.array(hits, np.int64), np.full(len(hits), size, np.int64)


def test_wilson_stands_alone_over_few_blocks() -> None:
    # Wilson (1927) in closed form, by scipy's independent implementation.
    exact = stats.binomtest(70, 256).proportion_ci(method="wilson")
    found = proportion(*_blocks([70]))
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high), abs=1e-12)


def test_the_interval_is_the_wider_of_student_over_blocks_and_wilson() -> None:
    spread, even = [100, 150] * 8, [125] * 16
    student = stats.t.interval(0.95, 15, loc=125 / 256, scale=stats.sem(np.array(spread) / 256))
    wilson = stats.binomtest(2000, 4096).proportion_ci(method="wilson")
    assert student[1] > wilson.high  # so that each case tells the two apart
    wide, narrow = proportion(*_blocks(spread)), proportion(*_blocks(even))
    assert (wide.low, wide.high) == pytest.approx(student, abs=1e-12)
    assert (narrow.low, narrow.high) == pytest.approx((wilson.low, wilson.high), abs=1e-12)


@pytest.mark.parametrize(("hits", "low", "high"), [(0, 0.0, None), (256 * 8, None, 1.0)])
def test_at_zero_and_one_the_bound_stands_alone(hits: int, low: float | None, high: float | None) -> None:
    found = proportion(*_blocks([hits // 8] * 8))
    exact = stats.binomtest(hits, 256 * 8).proportion_ci(method="wilson")
    assert found.low == (low if low is not None else pytest.approx(exact.low, abs=1e-12))
    assert found.high == (high if high is not None else pytest.approx(exact.high, abs=1e-12))


def test_a_partial_last_block_counts_in_the_estimate_and_not_in_the_spread() -> None:
    full = proportion(*_blocks([100, 120, 140, 160]))
    hits, worlds = np.array([100, 120, 140, 160, 1]), np.array([256, 256, 256, 256, 2])
    found = proportion(hits, worlds)
    assert found.estimate == 521 / 1026
    assert found.half_width == pytest.approx(full.half_width, rel=0.01)


def test_a_ratio_is_as_uncertain_as_its_linearised_residuals() -> None:
    rng = np.random.default_rng(5)
    cases = rng.integers(80, 120, 12)
    hits = rng.binomial(cases, np.tile([0.2, 0.6], 6))
    share = hits.sum() / cases.sum()
    # Cochran (1977), eq. 6.13: the variance of a ratio is that of (hits - share * cases) / mean(cases).
    margin = stats.t.ppf(0.975, 11) * stats.sem((hits - share * cases) / cases.mean())
    found = ratio(hits, cases, np.full(12, 256))
    assert (found.low, found.high) == pytest.approx((share - margin, share + margin), abs=1e-12)


def test_the_mean_uses_blocks_where_there_are_enough_and_single_worlds_where_not() -> None:
    values = np.random.default_rng(1).normal(50, 10, BLOCK * MIN_BLOCKS)
    blocks = values.reshape(MIN_BLOCKS, BLOCK).mean(axis=1)
    over_blocks = stats.t.interval(0.95, MIN_BLOCKS - 1, loc=values.mean(), scale=stats.sem(blocks))
    found = mean(values, BLOCK, 1e9)
    assert (found.low, found.high) == pytest.approx(over_blocks)
    few = values[: BLOCK * 2]
    over_worlds = stats.t.interval(0.95, len(few) - 1, loc=few.mean(), scale=stats.sem(few))
    assert (mean(few, BLOCK, 1e9).low, mean(few, BLOCK, 1e9).high) == pytest.approx(over_worlds)
    assert mean(np.array([3.0]), BLOCK, 12) == Estimate(3.0, 0.0, 12)


def _coverage(shrink: float) -> float:
    """How often an interval over 16 blocks of independent draws, shrunk about its estimate, holds the truth."""
    rng, truth, n = np.random.default_rng(11), 0.3, 2000
    hits = rng.binomial(BLOCK, truth, (n, 16))
    inside = 0
    for row in hits:
        found = proportion(row, np.full(16, BLOCK))
        inside += abs(found.estimate - truth) <= shrink * max(found.high - found.estimate, found.estimate - found.low)
    return inside / n


def test_intervals_cover_at_least_as_often_as_they_say() -> None:
    # 2,000 repeats: a true coverage of .95 falls below .93 with probability below 1e-4 (binomial).
    assert _coverage(1.0) >= 0.93


def test_intervals_of_half_the_length_are_caught() -> None:
    assert _coverage(0.5) < 0.8


def test_an_estimate_spreads_over_three_columns() -> None:
    found = Estimate(0.5, 0.4, 0.7)
    assert found.columns("p") == {"p": 0.5, "p.low": 0.4, "p.high": 0.7}
    assert found.half_width == pytest.approx(0.15)


@pytest.mark.parametrize("n", [10, 100, 256])
@pytest.mark.parametrize("expected_hits", [0.17, 1.0, 3.0])
def test_shares_near_0_and_1_are_covered_too(n: int, expected_hits: float) -> None:
    # Exactly, over the binomial distribution of hits: Wilson's interval alone covers 84 % at .17 expected hits.
    truth = expected_hits / n
    hits = np.arange(n + 1)
    weight = stats.binom.pmf(hits, n, truth)
    for share, mirrored in ((truth, False), (1 - truth, True)):
        found = [proportion(np.array([n - k if mirrored else k]), np.array([n])) for k in hits]
        inside = np.array([item.low <= share <= item.high for item in found])
        assert weight[inside].sum() >= 0.945


def test_a_mean_change_has_students_interval_of_either_sign_and_no_bounds() -> None:
    values = np.random.default_rng(2).normal(-0.4, 3, BLOCK * MIN_BLOCKS)
    blocks = values.reshape(MIN_BLOCKS, BLOCK).mean(axis=1)
    over_blocks = stats.t.interval(0.95, MIN_BLOCKS - 1, loc=values.mean(), scale=stats.sem(blocks))
    found = mean_change(values, BLOCK)
    assert (found.low, found.high) == pytest.approx(over_blocks)
    assert found.estimate == pytest.approx(values.mean())
    few = values[:100]
    over_worlds = stats.t.interval(0.95, 99, loc=few.mean(), scale=stats.sem(few))
    assert (mean_change(few, BLOCK).low, mean_change(few, BLOCK).high) == pytest.approx(over_worlds)


def test_of_a_single_world_a_mean_change_knows_no_bounds() -> None:
    assert mean_change(np.array([-3.0]), BLOCK) == Estimate(-3.0, -float("inf"), float("inf"))
