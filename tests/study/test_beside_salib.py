"""The same numbers as SALib where the estimator is the same."""

from __future__ import annotations

import numpy as np
import pytest
from SALib.analyze import morris as salib_morris
from SALib.analyze import pawn as salib_pawn
from SALib.analyze import sobol as salib_sobol

from negsim.model.sampling import sample_table
from negsim.study.designs_morris import morris
from negsim.study.designs_saltelli import saltelli, split_rows
from negsim.study.sensitivity.elementary import effects_of, elementary
from negsim.study.sensitivity.pawn import pawn
from negsim.study.sensitivity.sobol_indices import sobol_indices
from tests.study.known_answers import g_function, ishigami

A = (0.0, 0.5, 3.0, 9.0)
PROBLEM = {"num_vars": 4, "names": list("abcd"), "bounds": [[0, 1]] * 4}


def test_indices_are_those_of_salib() -> None:
    base, other, mixed = split_rows(g_function(saltelli(4, 512, seed=0), A), 4)
    found = sobol_indices(base, other, mixed)
    assert found is not None
    centre = np.mean([base, other])  # SALib centres on the mean of all rows, A counted often
    for k in range(4):
        rows = base - centre, mixed[:, k] - centre, other - centre
        assert found.first[k].estimate == pytest.approx(float(salib_sobol.first_order(*rows)), abs=1e-12)
        assert found.total[k].estimate == pytest.approx(float(salib_sobol.total_order(*rows)), abs=1e-12)


def test_a_whole_analysis_of_salib_differs_by_less_than_its_own_error() -> None:
    x = saltelli(3, 1024, seed=0)
    values = ishigami(x)
    found = sobol_indices(*split_rows(values, 3))
    assert found is not None
    order = values.reshape(-1, 5)[:, [0, 2, 3, 4, 1]].ravel()  # SALib puts B last
    problem = {"num_vars": 3, "names": list("abc"), "bounds": [[0, 1]] * 3}
    theirs = salib_sobol.analyze(problem, order, calc_second_order=False, seed=1)
    np.testing.assert_allclose([one.estimate for one in found.first], theirs["S1"], atol=2e-3)
    np.testing.assert_allclose([one.estimate for one in found.total], theirs["ST"], atol=1e-12)
    # Resampled points give intervals of the same width, up to the noise of 100 resamples (7 %) and of 1,000.
    np.testing.assert_allclose([one.half_width for one in found.total], theirs["ST_conf"], rtol=0.3)


def test_elementary_effects_are_those_of_salib() -> None:
    x = morris(4, 50, seed=0)
    values = g_function(x, A)
    level = (x - 1 / 8) * 4 / 3
    found = elementary(effects_of(x, values))
    theirs = salib_morris.analyze(PROBLEM, level, values, num_levels=4, seed=1)
    np.testing.assert_allclose([one.mu.estimate for one in found], np.asarray(theirs["mu"], float), atol=1e-12)
    np.testing.assert_allclose(
        [one.mu_star.estimate for one in found], np.asarray(theirs["mu_star"], float), atol=1e-12
    )
    np.testing.assert_allclose([one.sigma.estimate for one in found], np.asarray(theirs["sigma"], float), atol=1e-12)


def test_pawn_is_that_of_salib_but_for_the_highest_value_that_it_drops() -> None:
    x = sample_table("x", (2000, 4), seed=0)
    values = g_function(x, A)
    found = pawn(x, values)
    theirs = salib_pawn.analyze(PROBLEM, x, values, S=10)
    # One cell of 200 in one slice of ten: at most 1/200 in a distance.
    for name, ours in (("median", "median"), ("mean", "mean"), ("maximum", "largest")):
        np.testing.assert_allclose([getattr(one, ours) for one in found], theirs[name], atol=1 / 200)
    assert found[0].mean == pytest.approx(float(theirs["mean"][0]), abs=1 / 2000)
