"""The designs of Sobol' indices and of elementary effects."""

from __future__ import annotations

import numpy as np
import pytest

from negsim.errors import UsageError
from negsim.study.designs_morris import N_LEVELS, STEP, morris
from negsim.study.designs_saltelli import saltelli, split_rows


def test_after_a_and_b_come_rows_that_are_a_but_for_one_factor_taken_from_b() -> None:
    rows = saltelli(4, 32, seed=0).reshape(32, 6, 4)
    a, b, mixed = rows[:, 0], rows[:, 1], rows[:, 2:]
    for k in range(4):
        others = [j for j in range(4) if j != k]
        np.testing.assert_array_equal(mixed[:, k, k], b[:, k])
        np.testing.assert_array_equal(mixed[:, k][:, others], a[:, others])
    assert not np.any(a == b)


def test_results_are_taken_apart_as_the_rows_were_laid_out() -> None:
    x = saltelli(3, 16, seed=1)
    base, other, mixed = split_rows(x[:, 1], 3)
    np.testing.assert_array_equal(mixed[:, 1], other)
    np.testing.assert_array_equal(mixed[:, [0, 2]], np.stack([base, base], axis=1))


def test_each_part_is_a_balanced_scramble_of_its_own() -> None:
    a = saltelli(2, 64, seed=0).reshape(8, 8, 4, 2)[:, :, 0]  # (part, point, factor)
    for part in a:
        for k in range(2):
            np.testing.assert_array_equal(np.sort(np.floor(part[:, k] * 8)), np.arange(8))
    assert len(np.unique(a[:, 0, 0])) == 8


def test_the_same_seed_gives_the_same_design_and_seed_0_is_a_seed() -> None:
    for design in (saltelli, morris):
        np.testing.assert_array_equal(design(3, 8, seed=0), design(3, 8, seed=0))
        assert not np.array_equal(design(3, 8, seed=0), design(3, 8, seed=1))


@pytest.mark.parametrize(("n_base", "hint"), [(100, "64 or 128, not 100"), (4, "8 or 16, not 4"), (24, "16 or 32")])
def test_a_number_of_base_points_that_does_not_part_is_refused_with_the_nearest_that_do(n_base: int, hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        saltelli(3, n_base, seed=0)


@pytest.mark.parametrize("n_factors", [0, 20_000])
def test_a_design_needs_factors_and_no_more_than_there_are_dimensions(n_factors: int) -> None:
    with pytest.raises(UsageError, match="1 to 10,600 factors"):
        saltelli(n_factors, 8, seed=0)


def test_from_row_to_row_of_a_trajectory_one_factor_moves_by_two_levels_and_each_moves_once() -> None:
    walks = morris(5, 40, seed=3).reshape(40, 6, 5)
    steps = np.diff(walks, axis=1) * N_LEVELS
    assert set(np.unique(np.round(steps, 12))) == {-2.0, 0.0, 2.0}
    np.testing.assert_array_equal(np.count_nonzero(steps, axis=2), 1)
    np.testing.assert_array_equal(np.count_nonzero(steps, axis=1), 1)


def test_trajectories_go_through_all_levels_both_ways_and_in_all_orders() -> None:
    walks = morris(2, 400, seed=0).reshape(400, 3, 2)
    np.testing.assert_allclose(np.unique(walks), [0.125, 0.375, 0.625, 0.875])
    # 4 levels are as likely each, and so are both orders: within 4 standard errors of 100 and of 200 of 400.
    counts = np.unique(walks[:, 0, 0], return_counts=True)[1]
    assert np.all(np.abs(counts - 100) < 4 * np.sqrt(400 * 0.25 * 0.75))
    first_moves = np.count_nonzero(walks[:, 1, 0] != walks[:, 0, 0])
    assert abs(first_moves - 200) < 4 * 10
    assert pytest.approx(2 / 3) == STEP


@pytest.mark.parametrize(("n_factors", "n_trajectories"), [(0, 5), (5, 0)])
def test_a_walk_needs_a_factor_and_a_trajectory(n_factors: int, n_trajectories: int) -> None:
    with pytest.raises(UsageError, match=f"not {n_factors} and {n_trajectories}"):
        morris(n_factors, n_trajectories, seed=0)
