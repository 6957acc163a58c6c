"""The Pareto frontier."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from negsim.solutions import efficient_points, frontier, pareto_optimal
from tests.solutions import plain
from tests.solutions.problems import BargainingProblem, gains, problems


@given(problems(most_outcomes=12))
def test_the_frontier_is_what_a_comparison_of_all_pairs_leaves(problem: BargainingProblem) -> None:
    assert pareto_optimal(problem.utility).tolist() == plain.pareto_optimal(problem.utility)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=6))
def test_a_single_party_keeps_its_best_outcomes(utility: list[int]) -> None:
    assert pareto_optimal(np.array([utility], np.float64)).tolist() == [value == max(utility) for value in utility]


@pytest.mark.parametrize("n_parties", [1, 2, 3])
def test_without_outcomes_there_is_no_frontier(n_parties: int) -> None:
    assert pareto_optimal(np.empty((n_parties, 0))).shape == (0,)
    assert efficient_points(np.empty((n_parties, 0))).shape == (n_parties, 0)


@pytest.mark.parametrize("n_parties", [2, 3])
def test_equal_points_of_the_frontier_are_all_kept_and_listed_once(n_parties: int) -> None:
    top, other = (3.0, 1.0, 1.0)[:n_parties], (1.0, 3.0, 1.0)[:n_parties]
    utility = gains(other, top, (0.0,) * n_parties, top)
    assert pareto_optimal(utility).tolist() == [True, True, False, True]
    assert efficient_points(utility).T.tolist() == [list(top), list(other)]


def test_an_outcome_that_is_as_good_for_one_and_worse_for_the_other_is_excluded() -> None:
    assert pareto_optimal(gains((2, 2), (2, 1), (1, 2))).tolist() == [True, False, False]


def _shells(n_outcomes: int) -> NDArray[np.float64]:
    """Whole numbers of three parties whose sum is 60 on the frontier and less behind it, in a fixed scattered order."""
    k = np.arange(n_outcomes)
    first, second, less = k * 7 % 29, k * 11 % 31, k % 3
    return np.array([first, second, 60 - first - second - less], np.float64)


@pytest.mark.parametrize(("chunk", "pivots"), [(128, 2**13), (128, 16), (4, 4), (1, 0)])
def test_neither_the_size_of_chunks_nor_a_first_sieve_changes_a_frontier(
    chunk: int, pivots: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frontier, "_CHUNK", chunk)
    monkeypatch.setattr(frontier, "_PIVOTS", pivots)
    utility = _shells(300)
    found = pareto_optimal(utility)
    assert found.tolist() == plain.pareto_optimal(utility)
    assert set(map(tuple, efficient_points(utility).T)) == set(map(tuple, utility[:, found].T))
    assert 100 <= np.count_nonzero(found) < 300  # every third outcome has the full sum, and nothing exceeds it


def test_two_parties_and_a_third_without_interests_have_the_same_frontier() -> None:
    two = _shells(900)[:2]
    three = np.vstack((two, np.zeros(900)))
    assert np.array_equal(pareto_optimal(two), pareto_optimal(three))


@pytest.mark.parametrize(("chunk", "pivots"), [(128, 2**13), (1, 2**13), (128, 0)])
def test_a_better_outcome_is_found_even_where_the_sum_rounds_it_away(
    chunk: int, pivots: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 2**53 + 1 is no float64: both outcomes have the same sum, and the worse one is given first.
    monkeypatch.setattr(frontier, "_CHUNK", chunk)
    monkeypatch.setattr(frontier, "_PIVOTS", pivots)
    utility = gains((2.0**53, 0.0, 0.0), (2.0**53, 1.0, 0.0))
    assert np.ptp(np.sum(utility, axis=0)) == 0
    assert pareto_optimal(utility).tolist() == [False, True]


@pytest.mark.parametrize("n_outcomes", [0, 1, 5])
def test_without_parties_nothing_is_better_than_anything(n_outcomes: int) -> None:
    assert pareto_optimal(np.zeros((0, n_outcomes))).tolist() == [True] * n_outcomes
    assert efficient_points(np.zeros((0, n_outcomes))).shape == (0, min(1, n_outcomes))
