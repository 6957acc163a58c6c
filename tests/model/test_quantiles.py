from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from negsim.model.quantiles import central_value, quantile
from negsim.scenario.quantities import Beta, Constant, Distribution, Domain, Normal, Pert, Triangular, Uniform

U = np.array([1e-9, 0.001, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999, 1 - 1e-9])
POINTS = Domain(0.0, 100.0, "points")

# The independent method is scipy.stats, which the code itself does not use.
CASES = [
    (Uniform(30, 50), stats.uniform(30, 20)),
    (Triangular(10, 20, 60), stats.triang(0.2, 10, 50)),
    (Triangular(10, 10, 60), stats.triang(0.0, 10, 50)),
    (Triangular(10, 60, 60), stats.triang(1.0, 10, 50)),
    (Normal(30, 5), stats.truncnorm(-6, 14, 30, 5)),
    (Normal(5, 20), stats.truncnorm(-0.25, 4.75, 5, 20)),
    (Normal(-40, 10), stats.truncnorm(4, 14, -40, 10)),
    (Normal(130, 10), stats.truncnorm(-13, -3, 130, 10)),
    (Beta(2, 8, 0, 1), stats.beta(2, 8)),
    (Beta(2, 5, 20, 80), stats.beta(2, 5, 20, 60)),
    (Pert(10, 20, 60), stats.beta(1.8, 4.2, 10, 50)),  # a = 1 + 4 (20-10)/50, b = 1 + 4 (60-20)/50
]


@pytest.mark.parametrize(("distribution", "expected"), CASES)
def test_quantiles_agree_with_scipy_stats(distribution: Distribution, expected: stats.rv_continuous) -> None:
    assert quantile(distribution, POINTS, U) == pytest.approx(expected.ppf(U), rel=1e-7, abs=1e-7)


@pytest.mark.parametrize(("distribution", "expected"), CASES)
def test_the_central_value_is_the_median(distribution: Distribution, expected: stats.rv_continuous) -> None:
    assert central_value(distribution, POINTS) == pytest.approx(expected.median(), rel=1e-7)


def test_the_mean_of_pert_is_its_defining_one() -> None:
    middle = (np.arange(20_000) + 0.5) / 20_000
    assert quantile(Pert(10, 20, 60), POINTS, middle).mean() == pytest.approx((10 + 4 * 20 + 60) / 6, rel=1e-5)


@pytest.mark.parametrize("distribution", [Triangular(7, 7, 7), Normal(7, 0), Pert(7, 7, 7), Uniform(7, 7)])
def test_a_distribution_without_width_is_its_point(distribution: Distribution) -> None:
    assert quantile(distribution, POINTS, U).tolist() == [7.0] * len(U)


def test_nothing_leaves_the_domain() -> None:
    drawn = quantile(Normal(0.9, 0.5), Domain(0, 1, ""), np.linspace(1e-16, 1 - 1e-16, 999))
    assert drawn.min() >= 0
    assert drawn.max() <= 1


def test_the_central_value_of_a_constant_is_itself() -> None:
    assert central_value(Constant(3.5), POINTS) == 3.5
