"""Solutions with a formula or a published number."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from negsim.solutions import egalitarian, kalai_smorodinsky, nash, pareto_optimal, utilitarian

N = 60_000
"""Steps of the grid. Each function maximised below rises to its maximum and falls after it, so on a grid the maximum is
one of the two neighbours of the true one: less than a step away, or exact where the grid contains it."""

X = np.arange(N + 1) / N


def _share(found: NDArray[np.intp]) -> float:
    (only,) = found
    return float(X[only])


@pytest.fixture(scope="module")
def pie() -> NDArray[np.float64]:
    """The first party values its share x of a pie as it is, the second the square root of its own."""
    return np.array([X, np.sqrt(1 - X)])


def test_nash_gives_the_risk_averse_party_less(pie: NDArray[np.float64]) -> None:
    # log x + log(1-x)/2 has the slope 1/x - 1/(2(1-x)), which is 0 at x = 2/3.
    assert _share(nash(pie)) == 2 / 3


def test_nash_with_weights_two_to_one(pie: NDArray[np.float64]) -> None:
    # 2/x = 1/(2(1-x)) at x = 4/5.
    assert _share(nash(pie, (2, 1))) == 4 / 5


def test_kalai_smorodinsky_and_egalitarian_take_equal_utilities_where_both_ideals_are_one(
    pie: NDArray[np.float64],
) -> None:
    # x = sqrt(1-x), so x² + x = 1.
    golden = (np.sqrt(5) - 1) / 2
    assert golden == pytest.approx(0.618034, abs=1e-6)
    for solve in (kalai_smorodinsky, egalitarian):
        assert abs(_share(solve(pie)) - golden) < 1 / N


def test_utilitarian_equates_marginal_utilities(pie: NDArray[np.float64]) -> None:
    # 1 = 1/(2 sqrt(1-x)) at x = 3/4.
    assert _share(utilitarian(pie)) == 3 / 4


def test_every_share_of_a_pie_is_pareto_optimal(pie: NDArray[np.float64]) -> None:
    assert np.all(pareto_optimal(pie))


@pytest.mark.parametrize(("alpha", "beta"), [(1, 1), (2, 1), (1, 3), (0.3, 0.7), (np.pi, 1)])
@pytest.mark.parametrize(("a", "b"), [(1, 1), (0.5, 1), (0.25, 0.75)])
def test_nash_shares_in_proportion_to_weight_times_exponent(alpha: float, beta: float, a: float, b: float) -> None:
    # alpha·a·log x + beta·b·log(1-x) is largest at alpha·a / (alpha·a + beta·b).
    found = _share(nash(np.array([X**a, (1 - X) ** b]), (alpha, beta)))
    assert abs(found - alpha * a / (alpha * a + beta * b)) < 1 / N


# Nash (1950), Econometrica 18, 161-162: Bill and Jack barter goods, each worth (to Bill, to Jack).
BILLS = {"book": (2, 4), "whip": (2, 2), "ball": (2, 1), "bat": (2, 2), "box": (4, 1)}
JACKS = {"pen": (10, 1), "toy": (4, 1), "knife": (6, 2), "hat": (2, 2)}


@pytest.fixture(scope="module")
def trades() -> list[frozenset[str]]:
    """Goods that change hands, in all 2**9 ways."""
    goods = [*BILLS, *JACKS]
    return [
        frozenset(good for good, moves in zip(goods, way, strict=True) if moves)
        for way in product((False, True), repeat=9)
    ]


@pytest.fixture(scope="module")
def barter(trades: list[frozenset[str]]) -> NDArray[np.float64]:
    """What each trade gains Bill and Jack."""
    return np.array(
        [
            [
                sign
                * (
                    sum(JACKS[good][k] for good in trade & set(JACKS))
                    - sum(BILLS[good][k] for good in trade & set(BILLS))
                )
                for trade in trades
            ]
            for k, sign in ((0, 1), (1, -1))
        ],
        np.float64,
    )


def test_bill_and_jack_trade_as_nash_found(trades: list[frozenset[str]], barter: NDArray[np.float64]) -> None:
    assert barter.shape == (2, 512)
    (best,) = nash(barter)
    assert trades[best] == {"book", "whip", "ball", "bat", "pen", "toy", "knife"}
    assert barter[:, best].tolist() == [12, 5]


def test_the_second_best_trade_has_a_product_of_56(trades: list[frozenset[str]], barter: NDArray[np.float64]) -> None:
    without_best = np.delete(barter, nash(barter), axis=1)
    second = nash(without_best)
    assert np.prod(without_best[:, second], axis=0).tolist() == [56]
