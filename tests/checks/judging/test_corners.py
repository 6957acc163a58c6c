"""Corners: all of them, or a design of strength 3; and a way from there to the corner that breaks a claim."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from numpy.typing import NDArray

from negsim.checks.judging.corners import climb, corners_of, orthogonal
from negsim.model.points import Factor


def ranges(n: int) -> tuple[Factor, ...]:
    return tuple(Factor((f"f{k:02}",), float(k), float(k + 2), k + 1.0, (f"f{k:02}",)) for k in range(n))


def strength(table: NDArray[np.bool_], n_columns: int) -> bool:
    """Whether any so many columns hold all combinations equally often."""
    for columns in combinations(range(table.shape[1]), n_columns):
        codes = table[:, columns] @ (1 << np.arange(n_columns))
        counts = np.bincount(codes, minlength=2**n_columns)
        if len(set(counts.tolist())) != 1:
            return False
    return True


@pytest.mark.parametrize("n", [3, 4, 5, 13, 16, 17])
def test_any_three_columns_of_a_design_hold_all_eight_combinations_equally_often(n: int) -> None:
    table = orthogonal(n)
    assert table.shape[1] == n
    assert strength(table, 3)


def test_four_columns_do_not() -> None:
    assert not strength(orthogonal(16), 4)


def test_a_design_has_the_corner_where_all_are_low_and_the_one_where_all_are_high() -> None:
    table = orthogonal(20)
    assert np.any(~np.any(table, axis=1))
    assert np.any(np.all(table, axis=1))


def test_few_factors_have_all_their_corners() -> None:
    found = corners_of(ranges(3))
    assert found.is_all
    assert {tuple(one) for one in found.points.tolist()} == set(product((0.0, 2.0), (1.0, 3.0), (2.0, 4.0)))
    assert corners_of(ranges(12)).is_all
    assert len(corners_of(ranges(12)).points) == 2**12
    assert not corners_of(ranges(13)).is_all
    assert len(corners_of(ranges(13)).points) == 32


@pytest.mark.parametrize("seed", range(5))
def test_a_corner_that_margins_point_to_is_found(seed: int) -> None:
    # Of 2^20 corners one alone has a margin below 0: the number of factors that are at the wrong end, less a half.
    factors = ranges(20)
    wanted = np.random.default_rng(seed).random(20) < 0.5

    def ask(points: NDArray[np.float64]) -> NDArray[np.float64]:
        high = points == np.array([one.high for one in factors])
        return np.sum(high != wanted, axis=1) - 0.5

    corners = corners_of(factors)
    margin = ask(corners.points)
    seen, margins = climb(corners, margin, ask)
    assert np.array_equal(margins, ask(seen))
    assert np.min(margins) < 0
    assert len(seen) < 200


def test_single_turns_lead_on_where_effects_mislead() -> None:
    # The first six matter only together, so that their effects over the design say little; from the best corner of the
    # design, turning one at a time comes down all the same.
    factors = ranges(20)

    def ask(points: NDArray[np.float64]) -> NDArray[np.float64]:
        high = points == np.array([one.high for one in factors])
        return np.abs(np.sum(high[:, :6], axis=1) - 3.0) + np.sum(high[:, 6:], axis=1) - 0.5

    corners = corners_of(factors)
    _, margins = climb(corners, ask(corners.points), ask)
    assert np.min(margins) < 0
