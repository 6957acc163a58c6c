"""Elementary effects: exact for a straight line, and their spread and intervals."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t

from negsim.errors import UsageError
from negsim.study.axes import read_axis
from negsim.study.designs_morris import morris
from negsim.study.sensitivity.elementary import effects_of, elementary
from tests.study.known_answers import Array


def levels(x: Array) -> Array:
    """From 0 at the lowest to 1 at the highest level."""
    return (x - 1 / 8) * 4 / 3


def test_of_a_straight_line_every_effect_is_the_slope_and_nothing_spreads() -> None:
    x = morris(3, 20, seed=0)
    effects = effects_of(x, 2 * levels(x)[:, 0] - 3 * levels(x)[:, 1] + 7)
    np.testing.assert_allclose(effects, np.broadcast_to([2.0, -3.0, 0.0], (20, 3)), atol=1e-12)
    found = elementary(effects)
    assert [one.mu_star.estimate for one in found] == [pytest.approx(2), pytest.approx(3), 0.0]
    assert [one.sigma.estimate for one in found] == [pytest.approx(0, abs=1e-12)] * 3


def test_an_interaction_spreads_effects() -> None:
    # Of u v the effect of u is v: 0, 1/3, 2/3 or 1, all as likely; mean 1/2, variance 5/36.
    x = morris(2, 4000, seed=0)
    found = elementary(effects_of(x, np.prod(levels(x), axis=1)))
    assert found[0].mu.estimate == pytest.approx(1 / 2, abs=0.02)
    assert found[0].sigma.estimate == pytest.approx((5 / 36) ** 0.5, abs=0.02)


def test_the_interval_of_the_mean_is_students_over_trajectories() -> None:
    effects = np.array([[1.0], [-2.0], [4.0], [0.5], [3.0]])
    found = elementary(effects)[0]
    for values, interval in ((effects, found.mu), (np.abs(effects), found.mu_star)):
        half = t.ppf(0.975, 4) * np.std(values, ddof=1) / np.sqrt(5)
        assert (interval.low, interval.high) == pytest.approx((np.mean(values) - half, np.mean(values) + half))


def test_the_interval_of_the_spread_leaves_out_one_trajectory_after_the_other() -> None:
    effects = np.array([1.0, -2.0, 4.0, 0.5, 3.0, 2.5])
    without = np.array([np.std(np.delete(effects, k), ddof=1) for k in range(6)])
    half = t.ppf(0.975, 5) * np.sqrt(5 / 6 * np.sum((without - without.mean()) ** 2))
    found = elementary(effects[:, None])[0].sigma
    assert found.estimate == pytest.approx(np.std(effects, ddof=1))
    assert (found.low, found.high) == pytest.approx((max(0.0, found.estimate - half), found.estimate + half))


def test_a_factor_of_one_value_has_no_effect() -> None:
    x = morris(2, 10, seed=0)
    x[:, 1] = 5.0
    np.testing.assert_array_equal(effects_of(x, x[:, 0])[:, 1], 0)


def test_rows_that_are_no_trajectories_and_too_few_of_them_are_refused() -> None:
    with pytest.raises(UsageError, match="more than one factor changes"):
        effects_of(np.array([[0.0, 0.0], [1.0, 1.0], [1.0, 0.0]]), np.zeros(3))
    with pytest.raises(UsageError, match="three whole trajectories at least, not 2"):
        elementary(np.zeros((2, 3)))


@pytest.mark.parametrize("n", [2, 3, 4, 5, 6, 11])
def test_of_separate_values_an_effect_is_the_change_from_the_lowest_to_the_highest(n: int) -> None:
    values = read_axis("a", f"10..30/{n}").over.at(morris(1, 30, seed=0)[:, 0])
    at = np.array(values, np.float64)
    found = elementary(effects_of(at[:, None], at / 10, [20.0]))[0]
    assert found.mu.estimate == pytest.approx(2)
    assert found.mu_star.estimate == pytest.approx(2)


def test_of_words_an_effect_is_the_plain_change() -> None:
    at = np.floor(3 * morris(1, 30, seed=0))
    found = elementary(effects_of(at, np.where(at[:, 0] > 0, 5.0, 0.0), [np.inf]))[0]
    assert set(np.abs(effects_of(at, np.where(at[:, 0] > 0, 5.0, 0.0), [np.inf])).ravel().tolist()) <= {0.0, 5.0}
    assert 0 < found.mu_star.estimate < 5
