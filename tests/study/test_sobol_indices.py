"""First-order and total indices against closed forms, and how often their intervals hold these."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from negsim.study.designs_saltelli import saltelli, split_rows
from negsim.study.sensitivity.replicates import bounded_by, by_part, jackknife_margin, resampled_counts
from negsim.study.sensitivity.sobol_indices import SobolIndices, sobol_indices
from tests.study.known_answers import ISHIGAMI_FIRST, ISHIGAMI_TOTAL, g_function, g_indices, ishigami

A = (0.0, 0.5, 3.0, 9.0)


def estimates(found: SobolIndices | None, kind: str) -> NDArray[np.float64]:
    assert found is not None
    return np.array([one.estimate for one in getattr(found, kind)])


def of_g(seed: int, n_base: int = 512) -> SobolIndices:
    found = sobol_indices(
        *split_rows(g_function(saltelli(4, n_base, seed=seed), A), 4), part=np.repeat(np.arange(8), n_base // 8)
    )
    assert found is not None
    return found


def test_ishigami_is_found() -> None:
    values = ishigami(saltelli(3, 2**14, seed=0))
    found = sobol_indices(*split_rows(values, 3), part=np.repeat(np.arange(8), 2**11))
    np.testing.assert_allclose(estimates(found, "first"), ISHIGAMI_FIRST, atol=0.01)
    np.testing.assert_allclose(estimates(found, "total"), ISHIGAMI_TOTAL, atol=0.01)


def test_the_g_function_is_found() -> None:
    found = of_g(0, 2**14)
    np.testing.assert_allclose(estimates(found, "first"), g_indices(A)[0], atol=0.01)
    np.testing.assert_allclose(estimates(found, "total"), g_indices(A)[1], atol=0.01)
    assert found.sum_first.estimate == pytest.approx(float(np.sum(estimates(found, "first"))))


@pytest.mark.parametrize("kind", [0, 1], ids=["first", "total"])
def test_intervals_hold_the_closed_form_about_as_often_as_they_say(kind: int) -> None:
    # 100 seeds, 4 factors: if 95 % hold, fewer than 88 of 100 have a probability of .003 (binomial) for one factor,
    # below .02 for any of four. Control: intervals half as wide miss that bound.
    truth = g_indices(A)[kind]
    hits, halves = np.zeros(4), np.zeros(4)
    for seed in range(100):
        found = (of_g(seed).first, of_g(seed).total)[kind]
        off = np.array([abs(one.estimate - true) for one, true in zip(found, truth, strict=True)])
        width = np.array([one.half_width for one in found])
        hits += off <= width
        halves += off <= width / 2
    assert np.all(hits >= 88), hits
    assert np.any(halves < 88), halves


def test_with_few_parts_points_are_resampled_and_intervals_are_too_cautious_rather_than_too_bold() -> None:
    truth = g_indices(A)[0]
    hits, widths = np.zeros(4), []
    for seed in range(40):
        found = sobol_indices(*split_rows(g_function(saltelli(4, 512, seed=seed), A), 4), seed=seed)
        assert found is not None
        widths.append([one.half_width for one in found.first])
        hits += [one.low <= true <= one.high for one, true in zip(found.first, truth, strict=True)]
    # 40 seeds at 95 %: fewer than 34 has a probability of .005. Cautious means wider than from 8 parts.
    assert np.all(hits >= 34), hits
    from_parts = np.mean([[one.half_width for one in of_g(seed).first] for seed in range(40)], axis=0)
    assert np.mean(widths, axis=0)[0] > from_parts[0]


def test_two_parts_are_too_few_to_tell_by() -> None:
    rows = split_rows(g_function(saltelli(4, 64, seed=0), A), 4)
    alone, two = sobol_indices(*rows), sobol_indices(*rows, part=np.repeat([0, 1], 32))
    assert alone == two


def test_adding_a_constant_or_changing_the_unit_changes_no_index() -> None:
    values = g_function(saltelli(4, 64, seed=0), A)
    part = np.repeat(np.arange(8), 8)
    plain, moved = (sobol_indices(*split_rows(one, 4), part=part) for one in (values, 1e6 - 50 * values))
    for kind in ("first", "total"):
        np.testing.assert_allclose(estimates(plain, kind), estimates(moved, kind), rtol=1e-6)


def test_what_never_varies_has_no_indices() -> None:
    ones = np.ones(16)
    assert sobol_indices(ones, ones, np.ones((16, 3))) is None


def test_a_replicate_without_variance_leaves_the_whole_range_open() -> None:
    # All that varies is in one part of eight: without it nothing is known.
    base, other = np.zeros(16), np.zeros(16)
    base[0] = 1.0
    found = sobol_indices(base, other, np.stack([other, base], axis=1), part=np.repeat(np.arange(8), 2))
    assert found is not None
    assert [one.half_width for one in found.total] == [1.0, 1.0]


def test_the_jackknife_of_a_mean_is_students_interval() -> None:
    values = np.array([3.0, 5.0, 8.0, 4.0])
    without = (np.sum(values) - values) / 3
    # t(.975, 3) = 3.182446; the standard error of the mean.
    assert jackknife_margin(without) == pytest.approx(3.182446 * np.std(values, ddof=1) / 2, rel=1e-6)


def test_resampling_draws_as_many_points_as_there_are_by_the_seed() -> None:
    counts = resampled_counts("x", 30, 50, seed=0)
    np.testing.assert_array_equal(np.sum(counts, axis=1), 30)
    np.testing.assert_array_equal(counts, resampled_counts("x", 30, 50, seed=0))
    # Each point is left out of a resample with probability (1 - 1/30)^30 = .3617; 4 standard errors of 1,500 draws.
    assert np.mean(counts == 0) == pytest.approx(0.3617, abs=0.05)


def test_parts_may_hold_different_numbers_of_points() -> None:
    sums = by_part(np.array([[1.0], [2.0], [4.0]]), np.array([5, 2, 5]))
    np.testing.assert_array_equal(sums, [[2.0], [5.0]])
    assert bounded_by(np.array([1.0]), np.array([0.5]))[0].high == 1.5
