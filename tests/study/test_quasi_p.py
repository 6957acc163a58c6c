"""Quasi-p-values beside sums of binomial probabilities, and what is dropped by them."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest

from negsim.model.sampling import sample_table
from negsim.study.discovery.prim import peel
from negsim.study.discovery.quasi_p import LARGEST_P, quasi_p_values, refine
from negsim.study.discovery.regions import Limit, Points, Region, inside


def at_least(hits: int, cells: int, share: float) -> float:
    return sum(comb(cells, k) * share**k * (1 - share) ** (cells - k) for k in range(hits, cells + 1))


def test_a_quasi_p_value_is_the_binomial_tail_at_the_density_without_the_limit() -> None:
    # x in 0..19 twice over; of interest: x >= 12 in the first twenty, x >= 14 in the second.
    first, second = np.tile(np.arange(20.0), 2), np.repeat([0.0, 1.0], 20)
    interest = (first >= 12) & ((second == 0) | (first >= 14))
    points = Points(np.array([first, second]), (False, False), interest)
    region = Region({0: 12.0}, {1: 0.0}, {})
    # The box holds 8 cells, all of interest. Without the limit of x: 8 of 20. Without that of the second: 14 of 16.
    assert quasi_p_values(region, points) == {
        Limit(0, "low"): pytest.approx(at_least(8, 8, 8 / 20)),
        Limit(1, "high"): pytest.approx(at_least(8, 8, 14 / 16)),
    }


def test_the_two_ends_of_a_factor_have_values_of_their_own() -> None:
    column = np.arange(40.0)
    points = Points(column[None], (False,), (column >= 20) & (column < 38))
    values = quasi_p_values(Region({0: 20.0}, {0: 37.0}, {}), points)
    assert values[Limit(0, "low")] == pytest.approx(at_least(18, 18, 18 / 38))
    assert values[Limit(0, "high")] == pytest.approx(at_least(18, 18, 18 / 20))


def test_a_box_without_a_cell_of_interest_could_always_be_chance() -> None:
    column = np.arange(20.0)
    points = Points(column[None], (False,), column < 5)
    assert quasi_p_values(Region({0: 10.0}, {}, {}), points) == {Limit(0, "low"): 1.0}


def test_a_limit_that_does_nothing_is_dropped_and_told_with_its_value() -> None:
    points = Points(sample_table("quasi", (2, 400), seed=1), (False, False), np.zeros(400, dtype=bool))
    points = Points(points.columns, points.categorical, points.columns[0] > 0.5)
    region, dropped = refine(Region({0: 0.5, 1: 0.2}, {}, {}), points)
    assert region.factors == (0,)
    assert [limit for limit, _ in dropped] == [Limit(1, "low")]
    assert dropped[0][1] == pytest.approx(1.0)


def test_what_refining_leaves_are_limits_that_chance_does_not_explain() -> None:
    columns = sample_table("quasi", (6, 500), seed=2)
    interest = (columns[0] > 0.6) ^ (sample_table("quasi noise", (500,), seed=2) < 0.1)
    points = Points(columns, (False,) * 6, interest)
    region, dropped = refine(peel(points)[-1].region, points)
    assert region.limits
    assert dropped
    assert max(quasi_p_values(region, points).values()) <= LARGEST_P < min(value for _, value in dropped)
    assert np.any(inside(region, points))
