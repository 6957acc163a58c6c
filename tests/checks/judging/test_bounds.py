"""Bounds: wrong no more often than they say, and about as many draws as are said to tell do tell."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from scipy.stats import binom

from negsim.checks.judging.bounds import Bounds, bounds_of, draws_to_tell

ALPHA = 0.05


def of_ones(n_ones: int, n: int, alpha: float) -> Bounds:
    return bounds_of(np.repeat([1.0, 0.0], [n_ones, n - n_ones]), 0.0, 1.0, alpha)


def misses(n: int, p: float, alpha: float, *, cut: float = 1.0) -> float:
    """The exact probability that the bounds of n draws, drawn together to a share ``cut``, miss p."""
    all_bounds = [of_ones(k, n, alpha) for k in range(n + 1)]
    missed = [
        not (b.estimate - cut * (b.estimate - b.low) <= p <= b.estimate + cut * (b.high - b.estimate))
        for b in all_bounds
    ]
    return float(np.sum(binom.pmf(np.arange(n + 1), n, p)[missed]))


@pytest.mark.parametrize("n", [1, 2, 7, 40])
@pytest.mark.parametrize("alpha", [0.05, 0.001])
def test_bounds_of_a_share_miss_it_no_more_often_than_they_say(n: int, alpha: float) -> None:
    # Clopper and Pearson (1934): each side is missed with alpha / 2 at most, for any p.
    assert max(misses(n, p, alpha) for p in np.linspace(0, 1, 101)) <= alpha + 1e-12


def test_bounds_of_a_share_would_miss_it_too_often_if_they_were_half_as_far_apart() -> None:
    assert max(misses(40, p, ALPHA, cut=0.5) for p in np.linspace(0, 1, 101)) > ALPHA


def test_bounds_of_no_ones_are_those_of_a_closed_form() -> None:
    # P(no ones | p) = (1 - p)^n = alpha / 2 at the upper end.
    found = of_ones(0, 1000, 1e-9)
    assert found.low == 0.0
    assert found.high == pytest.approx(1 - (1e-9 / 2) ** (1 / 1000), rel=1e-6)


def n_misses(cut: float) -> int:
    """In 2000 samples of 400 draws of a skewed law on 0..3, how often the bounds miss its mean."""
    random = np.random.default_rng(20261126)
    samples = 3 * random.beta(0.5, 4.0, (2000, 400))
    found = [bounds_of(sample, 0.0, 3.0, ALPHA) for sample in samples]
    mean = 3 * 0.5 / 4.5
    return sum(abs(one.estimate - mean) > cut * max(one.high - one.estimate, one.estimate - one.low) for one in found)


def test_the_bernstein_bound_misses_no_more_often_than_it_says_and_a_fraction_of_it_does() -> None:
    # Of 2000 samples at most 5 % may miss, 100, and 6 standard deviations of a binomial are 58. With half the margin a
    # sample of 400 still misses too rarely to show (the bound is generous by its last term); with an eighth it does.
    assert n_misses(1.0) <= 100
    assert n_misses(0.125) > 158


def test_the_bernstein_margin_is_that_of_the_theorem() -> None:
    # Maurer and Pontil (2009), theorem 4, on either side with alpha / 2: of 100 draws half 0, half 2 of 0..4,
    # the mean is 1, the variance 100/99; 0.0001 is alpha.
    values = np.array([0.0, 2.0] * 50)
    doubt = np.log(2 / (1e-4 / 2))
    margin = (2 * (100 / 99) * doubt / 100) ** 0.5 + 7 * 4 * doubt / (3 * 99)
    found = bounds_of(values, 0.0, 4.0, 1e-4)
    assert found.high == pytest.approx(1 + margin)
    assert found.low == pytest.approx(max(0.0, 1 - margin))


def test_a_single_draw_that_is_no_share_tells_nothing() -> None:
    assert bounds_of(np.array([1.5]), 0.0, 3.0, ALPHA) == Bounds(1.5, 0.0, 3.0)


@pytest.mark.parametrize("p", [0.0, 0.02, 0.3, 0.5, 0.97, 1.0])
@pytest.mark.parametrize("distance", [0.001, 0.02])
def test_as_many_draws_of_a_share_as_are_said_to_tell_do_and_a_tenth_do_not(p: float, distance: float) -> None:
    # The bounds of exactly p of n draws must leave a value out that lies a distance away, on the side that has room.
    def tells(n: int) -> bool:
        found = of_ones(round(p * n), n, 1e-9)
        return found.high < p + distance if p <= 0.5 else found.low > p - distance

    n = int(draws_to_tell(distance, p * (1 - p), 1.0, 1e-9)) + 1
    assert tells(n)
    assert not tells(n // 10)


@pytest.mark.parametrize(("variance", "width", "distance"), [(0.0, 4.0, 0.1), (1.0, 2.0, 0.01), (0.01, 1.0, 0.5)])
def test_as_many_draws_of_anything_as_are_said_to_tell_do_and_a_tenth_do_not(
    variance: float, width: float, distance: float
) -> None:
    def tells(n: int) -> bool:
        doubt = np.log(4 / 1e-9)
        return bool((2 * variance * doubt / n) ** 0.5 + 7 * width * doubt / (3 * (n - 1)) < distance)

    n = int(draws_to_tell(distance, variance, width, 1e-9)) + 2
    assert tells(n)
    assert not tells(n // 10)


def test_no_number_of_draws_tells_equals_apart() -> None:
    assert draws_to_tell(0.0, 0.25, 1.0, 1e-9) == inf


def test_bounds_are_added_and_multiplied_end_by_end() -> None:
    one, other = Bounds(1.0, -1.0, 2.0), Bounds(3.0, 2.0, 4.0)
    assert one + other == Bounds(4.0, 1.0, 6.0)
    assert one - other == Bounds(-2.0, -5.0, 0.0)
    assert one * other == Bounds(3.0, -4.0, 8.0)
    assert one / Bounds.point(2.0) == Bounds(0.5, -0.5, 1.0)
    assert other / one == Bounds(3.0, -inf, inf)
    assert one.meet(Bounds(1.0, 0.0, 5.0)) == Bounds(1.0, 0.0, 2.0)
