"""Indices from the cells of any design: exact on a grid, unbiased with honest intervals elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from negsim.model.sampling import sample_sobol, sample_table
from negsim.study.sensitivity.given_data import MIN_CELLS, first_orders, grid_indices
from tests.study.known_answers import Array, g_function, g_indices

A = (0.0, 0.5, 3.0, 9.0)
FIRST = g_indices(A)[0]


def estimates(x: Array, y: Array, **more: bool) -> Array:
    found = first_orders(x, y, **more)
    assert found is not None
    return np.array([one.estimate for one in found[0]])


def test_over_many_cells_the_closed_form_is_found() -> None:
    x = sample_table("x", (20_000, 4), seed=0)
    found = first_orders(x, g_function(x, A))
    assert found is not None
    np.testing.assert_allclose([one.estimate for one in found[0]], FIRST, atol=0.015)
    assert found[1].estimate == pytest.approx(sum(one.estimate for one in found[0]))


def test_what_has_no_influence_is_0_on_average_and_would_not_be_without_the_correction() -> None:
    # 60 seeds of 200 cells: the mean of the corrected is 0 within 4 standard errors; uncorrected it is 19/199 = .095.
    corrected, plain = [], []
    for seed in range(60):
        x = sample_table("x", (200, 1), seed=seed)
        y = sample_table("y", (200,), seed=seed)
        corrected.append(estimates(x, y)[0])
        plain.append(estimates(x, y, balanced=True)[0])
    error = np.std(corrected, ddof=1) / np.sqrt(60)
    assert abs(np.mean(corrected)) < 4 * error
    assert np.mean(plain) > 4 * error
    assert np.mean(plain) == pytest.approx(19 / 199, abs=0.02)


def test_sobol_points_leave_no_bias_to_take_off() -> None:
    errors = {balanced: [] for balanced in (True, False)}  # type: ignore[var-annotated]
    for seed in range(20):
        x = sample_sobol("x", 512, 4, seed=seed)
        for balanced, off in errors.items():
            off.append(estimates(x, g_function(x, A), balanced=balanced) - FIRST)
    assert np.sqrt(np.mean(np.square(errors[True]))) < 0.5 * np.sqrt(np.mean(np.square(errors[False])))


def test_intervals_hold_the_closed_form_about_as_often_as_they_say() -> None:
    # 100 seeds: fewer than 88 has a probability of .003 if 95 % hold. Control: intervals a third as wide.
    hits, thirds = np.zeros(4), np.zeros(4)
    for seed in range(100):
        x = sample_table("x", (400, 4), seed=seed)
        found = first_orders(x, g_function(x, A), seed=seed)
        assert found is not None
        off = np.array([abs(one.estimate - true) for one, true in zip(found[0], FIRST, strict=True)])
        width = np.array([one.half_width for one in found[0]])
        hits += off <= width
        thirds += off <= width / 3
    assert np.all(hits >= 88), hits
    assert np.any(thirds < 88), thirds


def test_a_categorical_factor_has_a_slice_for_each_word() -> None:
    words = np.tile([0.0, 1.0, 2.0], 100)
    noise = sample_table("n", (300,), seed=0)
    # Means 0, 1, 5 of words: variance 14/3; noise: 1/12.
    found = estimates(words[:, None], np.array([0.0, 1.0, 5.0])[words.astype(int)] + noise)
    assert found[0] == pytest.approx((14 / 3) / (14 / 3 + 1 / 12), abs=0.01)


def test_too_few_cells_and_results_that_do_not_vary_tell_nothing() -> None:
    x = sample_table("x", (MIN_CELLS, 1), seed=0)
    assert first_orders(x[:-1], x[:-1, 0]) is None
    assert first_orders(x, np.ones(MIN_CELLS)) is None
    assert first_orders(x, x[:, 0]) is not None


def test_where_all_variance_is_one_cell_the_whole_range_is_left_open() -> None:
    x = sample_table("x", (MIN_CELLS, 1), seed=0)
    y = np.zeros(MIN_CELLS)
    y[0] = 1.0
    found = first_orders(x, y)
    assert found is not None
    assert found[0][0].half_width == 1.0


def test_over_a_grid_indices_are_exact_in_whatever_order_its_cells_come() -> None:
    a, b, c = (one.ravel() for one in np.meshgrid([0.0, 1.0], [0.0, 1.0, 2.0], [0.0, 1.0], indexing="ij"))
    order = np.argsort(sample_table("order", (12,), seed=0))
    values, y = np.stack([a, b, c], axis=1)[order], (2 * a + a * b)[order]
    # y = a (2 + b): mean 3/2; over a: 0 and 3, variance 9/4; over b: (2 + b)/2, variance 1/6; in all 9/4 + 1/3.
    found = grid_indices(values, y)
    assert found is not None
    variance = 9 / 4 + 1 / 3
    np.testing.assert_allclose(found[0], [9 / 4 / variance, 1 / 6 / variance, 0], atol=1e-12)
    np.testing.assert_allclose(found[1], [(variance - 1 / 6) / variance, (variance - 9 / 4) / variance, 0], atol=1e-12)


def test_a_grid_with_a_hole_or_a_double_or_without_variance_is_none() -> None:
    grid = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = np.arange(4.0)
    assert grid_indices(grid[:3], y[:3]) is None
    assert grid_indices(grid[[0, 1, 3, 3]], y) is None
    assert grid_indices(grid, np.ones(4)) is None
