"""The result in the lowest and in the highest fifth of a factor."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import ttest_ind

from negsim.model.sampling import sample_table
from negsim.study.sensitivity.tornado import mean_of, swing_of
from negsim.study.table import Factor


def test_the_difference_of_fifths_has_welchs_interval() -> None:
    x, noise = sample_table("x", (2, 100), seed=0)
    y = x + x * noise
    found = swing_of(Factor("p", x), x, y)
    assert found is not None
    order = np.argsort(x)
    low, high = y[order[:20]], y[order[-20:]]
    expected = ttest_ind(high, low, equal_var=False).confidence_interval(0.95)
    assert (found.difference.low, found.difference.high) == pytest.approx((expected.low, expected.high))
    assert found.difference.estimate == pytest.approx(high.mean() - low.mean())
    assert (found.low, found.high) == (x[order[19]], x[order[-20]])
    assert found.at_low.half_width == pytest.approx(mean_of(low).half_width)


def test_of_few_values_the_lowest_and_the_highest_are_compared() -> None:
    x = np.repeat([0.0, 5.0, 9.0], 4)
    found = swing_of(Factor("p", x), x, 3 * x)
    assert found is not None
    assert (found.low, found.high, found.difference.estimate) == (0.0, 9.0, 27.0)
    assert found.difference.half_width == 0


def test_of_words_the_two_with_the_lowest_and_the_highest_mean_are_named() -> None:
    x = np.tile([0.0, 1.0, 2.0], 4)
    found = swing_of(Factor("protocol", x, ("one", "two", "three")), x, np.array([5.0, 1.0, 3.0])[x.astype(int)])
    assert found is not None
    assert (found.low_label, found.high_label, found.low, found.high) == ("two", "one", None, None)
    assert found.difference.estimate == 4.0


def test_single_cells_are_compared_only_where_they_are_all_there_is() -> None:
    x = np.array([0.0, 1.0])
    assert swing_of(Factor("p", x), x, x) is None
    exact = swing_of(Factor("p", x), x, x, exact=True)
    assert exact is not None
    assert (exact.difference.low, exact.at_high.low) == (1.0, 1.0)


def test_words_with_one_and_the_same_mean_are_not_compared() -> None:
    x = np.tile([0.0, 1.0], 4)
    assert swing_of(Factor("protocol", x, ("one", "two")), x, np.ones(8)) is None
