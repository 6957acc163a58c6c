"""Searching again in random halves of the cells."""

from __future__ import annotations

import numpy as np
import pytest

from negsim.model.sampling import sample_table
from negsim.study.discovery.regions import Points
from negsim.study.discovery.resampling import hold_out


def test_a_region_that_is_there_comes_back_in_every_half_with_its_density() -> None:
    columns = sample_table("halves", (3, 600), seed=1)
    points = Points(columns, (False,) * 3, columns[1] > 0.7)
    held = hold_out(points, np.arange(600), 1.0, n_resamples=10, seed=1)
    assert held.restricted.tolist() == [0, 1, 0]
    assert held.density is not None
    assert held.coverage is not None
    # An edge fitted to 300 cells is off by 1/300 of the range or so.
    assert held.density.estimate == pytest.approx(1, abs=0.03)
    assert held.coverage.estimate == pytest.approx(1, abs=0.03)
    assert held.density.low < held.density.estimate


def test_cells_worth_fewer_independent_ones_have_wider_intervals() -> None:
    columns = sample_table("halves", (2, 400), seed=2)
    points = Points(columns, (False,) * 2, (columns[0] > 0.5) ^ (sample_table("coin", (400,), seed=2) < 0.2))
    plain, inflated = (
        hold_out(points, np.arange(400), 0.8, n_resamples=5, seed=1, inflation=inflation).density
        for inflation in (1.0, 4.0)
    )
    assert plain is not None
    assert inflated is not None
    assert inflated.estimate == pytest.approx(plain.estimate)
    assert inflated.half_width == pytest.approx(2 * plain.half_width, rel=0.1)


def test_a_region_in_which_no_cell_left_out_lies_has_no_density() -> None:
    # Two groups: 0..19 and 100..119. A box below 10, fitted to the first, holds nothing of the second.
    columns = np.concatenate([np.arange(20.0), np.arange(100.0, 120.0)])[None]
    points = Points(columns, (False,), columns[0] % 100 < 10)
    group = np.repeat([0, 1], 20)
    first = [seed for seed in range(20) if np.argmin(sample_table("discovery 0", (2,), seed=seed)) == 0]
    second = next(seed for seed in range(20) if seed not in first)
    held = hold_out(points, group, 1.0, n_resamples=1, seed=first[0])
    assert held.density is None
    assert held.coverage is not None
    assert held.coverage.estimate == 0
    held = hold_out(points, group, 1.0, n_resamples=1, seed=second)
    assert held.density is not None
    assert held.density.estimate == 0.5
