"""The combinations behind an efficient sum, counted from issue to issue, against all combinations one by one."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from negsim.solutions import completions
from negsim.solutions.completions import Completions, complete
from negsim.solutions.merging import merge
from tests.solutions.additive import AdditiveProblem, Combination, additive_problems, efficient

NONE = float("-inf")


def _completed(problem: AdditiveProblem, target: tuple[float, ...], exact: list[bool]) -> Completions:
    return complete(merge(problem.values, problem.n_parties), np.array(target, np.float64), np.array(exact, np.bool_))


def _assert_holds(found: Completions, behind: list[Combination], problem: AdditiveProblem) -> None:
    """Compare with the list of all combinations that reach a sum, of which there is one at least."""
    assert found.n_combinations == len(behind)
    # By the last issue first, then backwards.
    assert found.first == min(behind, key=lambda options: options[::-1])
    for k, value in enumerate(problem.values):
        held = [sum(options[k] == option for options in behind) / len(behind) for option in range(value.shape[1])]
        assert found.share[k].tolist() == pytest.approx(held, abs=1e-12)
    assert len(found.share) == len(problem.values)


@settings(max_examples=200)
@given(additive_problems())
def test_behind_every_efficient_sum_stand_all_combinations_with_it(problem: AdditiveProblem) -> None:
    sums = problem.sums
    for target in problem.efficient_sums:
        behind = [options for options, total in sums.items() if total == target]
        _assert_holds(_completed(problem, target, [True] * problem.n_parties), behind, problem)


@settings(max_examples=300)
@given(additive_problems(most_issues=4), st.data())
def test_parties_that_only_ask_for_enough_let_in_all_that_gives_them_enough(
    problem: AdditiveProblem, data: st.DataObject
) -> None:
    exact = data.draw(st.lists(st.booleans(), min_size=problem.n_parties, max_size=problem.n_parties))
    asked = data.draw(
        st.tuples(*[st.sampled_from([NONE, -3.0, -0.5, 0.0, 1.0, 2.0, 4.0]) for _ in range(problem.n_parties)])
    )
    suited = {
        options: total
        for options, total in problem.sums.items()
        if all(is_exact or one >= least for one, least, is_exact in zip(total, asked, exact, strict=True))
    }
    others = tuple(least for least, is_exact in zip(asked, exact, strict=True) if not is_exact)
    for point in efficient({_of(total, exact) for total in suited.values()}):
        named, rest = iter(point), iter(others)
        target = tuple(next(named) if is_exact else next(rest) for is_exact in exact)
        behind = [options for options, total in suited.items() if _of(total, exact) == point]
        _assert_holds(_completed(problem, target, exact), behind, problem)


def _of(total: tuple[float, ...], exact: list[bool]) -> tuple[float, ...]:
    """The sums of those parties for which they must be exact."""
    return tuple(one for one, is_exact in zip(total, exact, strict=True) if is_exact)


@given(additive_problems(), st.booleans())
def test_nothing_reaches_more_than_the_most(problem: AdditiveProblem, is_exact: bool) -> None:
    most = tuple(max(total[party] for total in problem.sums.values()) for party in range(problem.n_parties))
    found = _completed(problem, (most[0] + 1, *most[1:]), [is_exact] * problem.n_parties)
    assert (found.n_combinations, found.first) == (0, ())
    assert [share.tolist() for share in found.share] == [[0.0] * value.shape[1] for value in problem.values]


def test_without_issues_there_is_one_combination_of_nothing() -> None:
    nothing: NDArray[np.float64] = np.zeros(2)
    assert complete(merge([], 2), nothing, np.array([True, False])) == Completions(1, (), ())


def test_without_parties_every_combination_is_behind_the_one_sum() -> None:
    found = complete(merge([np.zeros((0, 4)), np.zeros((0, 5))], 0), np.zeros(0), np.zeros(0, np.bool_))
    assert (found.n_combinations, found.first) == (20, (0, 0))
    assert [share.tolist() for share in found.share] == [[0.25] * 4, [0.2] * 5]


def test_more_combinations_than_could_ever_be_listed_are_counted_exactly() -> None:
    # 200 equal items: in comb(200, 100) ways each of two parties gets half of them; each item goes to Ann in half.
    n = 200
    merged = merge([np.array([[1.0, 0.0], [0.0, 1.0]])] * n, 2)
    found = complete(merged, np.array([n / 2, n / 2]), np.array([True, True]))
    assert found.n_combinations == comb(n, n // 2)
    assert np.allclose(found.share, 0.5, rtol=0, atol=1e-12)
    # Backwards: Ann gets the last ones.
    assert found.first == (1,) * (n // 2) + (0,) * (n // 2)
    at_least = complete(merged, np.array([n / 2, NONE]), np.array([False, False]))
    assert at_least.n_combinations == sum(comb(n, k) for k in range(n // 2, n + 1))


@pytest.mark.parametrize("compared", [1, 7, 100])
def test_how_many_sums_are_compared_at_a_time_changes_nothing(compared: int, monkeypatch: pytest.MonkeyPatch) -> None:
    values = tuple(np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0], [1.0, 1.0, 0.0]]) for _ in range(4))
    problem = AdditiveProblem(3, values)
    before = [_completed(problem, target, [True, True, False]) for target in sorted(problem.efficient_sums)]
    monkeypatch.setattr(completions, "_COMPARED", compared)
    for found, target in zip(before, sorted(problem.efficient_sums), strict=True):
        again = _completed(problem, target, [True, True, False])
        assert (again.n_combinations, again.first) == (found.n_combinations, found.first)
        assert np.array_equal(again.share, found.share)


def test_what_no_combination_reaches_has_none() -> None:
    values = [np.array([[0.0, 2.0]]), np.array([[1.0, 0.0, 3.0]])]
    found = complete(merge(values, 1), np.array([5.5]), np.array([False]))
    assert (found.n_combinations, found.first) == (0, ())
    assert [share.tolist() for share in found.share] == [[0, 0], [0, 0, 0]]
