"""Efficient sums, merged issue by issue, against all combinations of options one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from negsim.solutions.merging import TooManyPoints, merge
from tests.solutions.additive import AdditiveProblem, additive_problems


def opposed(n_issues: int) -> list[np.ndarray]:
    """Issues worth 1, 2, 4, ... to whoever gets them: every combination is another division of the same total."""
    return [np.array([[2.0**k, 0.0], [0.0, 2.0**k]]) for k in range(n_issues)]


@settings(max_examples=300)
@given(additive_problems())
def test_the_efficient_sums_are_those_of_all_combinations_each_once(problem: AdditiveProblem) -> None:
    merged = merge(problem.values, problem.n_parties)
    found = [tuple(point) for point in merged.front.T.tolist()]
    assert set(found) == problem.efficient_sums
    assert found == sorted(set(found), reverse=True)


@given(additive_problems(most_issues=4))
def test_on_the_way_stand_the_efficient_sums_of_the_first_issues(problem: AdditiveProblem) -> None:
    merged = merge(problem.values, problem.n_parties)
    assert len(merged.points) == len(problem.values) + 1
    for k, points in enumerate(merged.points):
        first = AdditiveProblem(problem.n_parties, problem.values[:k])
        assert {tuple(point) for point in points.T.tolist()} == first.efficient_sums
    assert all(kept is given for kept, given in zip(merged.values, problem.values, strict=True))


def test_without_issues_there_is_one_sum_of_nothing() -> None:
    assert merge([], 3).front.tolist() == [[0.0], [0.0], [0.0]]


def test_without_parties_all_combinations_are_one() -> None:
    assert merge([np.zeros((0, 4)), np.zeros((0, 2))], 0).front.shape == (0, 1)


def test_where_every_combination_is_another_division_all_are_kept() -> None:
    front = merge(opposed(7), 2).front
    assert front[0].tolist() == list(range(127, -1, -1))
    assert np.sum(front, axis=0).tolist() == [127.0] * 128


def test_merging_stops_with_the_first_sum_too_many_and_says_how_many_there_were() -> None:
    assert merge(opposed(5), 2, max_points=32).front.shape == (2, 32)
    with pytest.raises(TooManyPoints, match=r"^32 efficient sums$") as caught:
        merge(opposed(9), 2, max_points=31)
    assert caught.value.n_points == 32


def test_sums_that_are_not_efficient_do_not_count_as_too_many() -> None:
    # Whatever Bob loses in the last issue Ann loses too: of 2**6 combinations 2**5 are efficient.
    values = [*opposed(5), np.array([[1.0, 0.0], [1.0, 0.0]])]
    assert merge(values, 2, max_points=32).front.shape == (2, 32)
