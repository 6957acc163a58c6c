"""What must hold of every solution (the numbers are those of the catalogue in docs/explanation/theorems.md).

Problems are in whole numbers, so that nothing rounds: sets of outcomes are compared, ties included.
"""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from negsim.solutions import (
    SOLUTIONS,
    Solution,
    egalitarian,
    kalai_smorodinsky,
    nash,
    pareto_optimal,
    rational_outcomes,
    utilitarian,
)
from tests.solutions.problems import BargainingProblem, contests, gains, problems

EVERY = pytest.mark.parametrize("solution", SOLUTIONS.values(), ids=list(SOLUTIONS))
WEIGHTS = st.lists(st.integers(1, 3), min_size=4, max_size=4)


def _with(problem: BargainingProblem, *outcomes: NDArray[np.float64]) -> BargainingProblem:
    """The same problem with outcomes added at the end."""
    return BargainingProblem(np.column_stack((problem.utility, *outcomes)), problem.disagreement)


def _all_can_gain(problem: BargainingProblem) -> bool:
    return bool(np.any(np.all(problem.surplus > 0, axis=0)))


@given(problems(), WEIGHTS)
def test_7_nash_is_pareto_optimal(problem: BargainingProblem, weights: list[int]) -> None:
    optimal = pareto_optimal(problem.utility)
    assert np.all(optimal[nash(problem.surplus)])
    assert np.all(optimal[nash(problem.surplus, weights[: len(problem.utility)])])


@pytest.mark.parametrize("solve", [kalai_smorodinsky, egalitarian])
@given(problem=problems())
def test_8_kalai_smorodinsky_and_egalitarian_are_pareto_optimal(solve, problem: BargainingProblem) -> None:
    assert np.all(pareto_optimal(problem.utility)[solve(problem.surplus)])


def test_8_plain_maximin_is_not_pareto_optimal() -> None:
    # All three have a lowest gain of 0, so maximin takes all; the first leaves nobody anything.
    surplus = gains((0, 0), (1, 0), (0, 1))
    assert len(set(np.min(surplus, axis=0).tolist())) == 1
    for solve in (kalai_smorodinsky, egalitarian):
        assert solve(surplus).tolist() == [1, 2]


@EVERY
@given(problem=problems(), data=st.data(), weights=WEIGHTS)
def test_9_parties_in_another_order_choose_the_same_outcomes(
    solution: Solution, problem: BargainingProblem, data: st.DataObject, weights: list[int]
) -> None:
    n = len(problem.utility)
    order = list(data.draw(st.sampled_from(list(permutations(range(n))))))
    moved = solution.solve(problem.surplus[order], [weights[party] for party in order])
    assert np.array_equal(moved, solution.solve(problem.surplus, weights[:n]))


@given(problems())
def test_9_a_symmetric_problem_has_a_symmetric_set_of_solutions(problem: BargainingProblem) -> None:
    # Every outcome occurs with the gains handed on from party to party, all the way round.
    turns = [np.roll(problem.surplus, turn, axis=0) for turn in range(len(problem.surplus))]
    surplus = np.concatenate(turns, axis=1)
    for solution in SOLUTIONS.values():
        chosen = {tuple(point) for point in surplus[:, solution.solve(surplus)].T.tolist()}
        assert chosen == {point[-1:] + point[:-1] for point in chosen}


@pytest.mark.parametrize("solve", [nash, kalai_smorodinsky])
@given(
    problem=problems() | contests(),
    scales=st.lists(st.sampled_from([1 / 1024, 1, 2, 3, 7, 1000]), min_size=4, max_size=4),
    shifts=st.lists(st.integers(-50, 50), min_size=4, max_size=4),
)
def test_10_nash_and_kalai_smorodinsky_are_blind_to_zero_and_unit_of_each_utility(
    solve, problem: BargainingProblem, scales: list[float], shifts: list[int]
) -> None:
    n = len(problem.utility)
    scale, shift = np.array(scales[:n]), np.array(shifts[:n])
    other = BargainingProblem(problem.utility * scale[:, None] + shift[:, None], problem.disagreement * scale + shift)
    assert np.array_equal(solve(other.surplus), solve(problem.surplus))


@given(problems(), st.data())
def test_11_nash_does_not_depend_on_outcomes_nobody_chose(problem: BargainingProblem, data: st.DataObject) -> None:
    chosen = set(nash(problem.surplus).tolist())
    everything = range(problem.utility.shape[1])
    dropped = data.draw(st.sets(st.sampled_from(everything)))
    kept = [k for k in everything if k not in dropped]
    still = {kept[k] for k in nash(problem.surplus[:, kept]).tolist()}
    if chosen <= set(kept):
        assert still == chosen
    elif chosen & set(kept) and _all_can_gain(problem):
        assert still == chosen & set(kept)


def test_11_nash_needs_all_its_solutions_kept_if_not_all_can_gain() -> None:
    # Either party can gain, never both. Without the first one's best outcome, its next takes the place.
    surplus = gains((2, 0), (1, 0), (0, 1))
    assert nash(surplus).tolist() == [0, 2]
    assert nash(surplus[:, 1:]).tolist() == [0, 1]


@pytest.mark.parametrize("solve", [egalitarian, utilitarian])
@given(problem=problems(), data=st.data())
def test_11_egalitarian_and_utilitarian_do_not_depend_on_outcomes_nobody_chose(
    solve, problem: BargainingProblem, data: st.DataObject
) -> None:
    chosen = set(solve(problem.surplus).tolist())
    assume(chosen)
    first = data.draw(st.sampled_from(sorted(chosen)))
    everything = range(problem.utility.shape[1])
    dropped = data.draw(st.sets(st.sampled_from(everything)))
    kept = [k for k in everything if k not in dropped or k == first]
    still = {kept[k] for k in solve(problem.surplus[:, kept]).tolist()}
    assert still == chosen & set(kept)


def _raised(problem: BargainingProblem, party: int, by: int) -> BargainingProblem:
    """The same problem with a better alternative for one party; a deal must remain."""
    higher = problem.disagreement.copy()
    higher[party] += by
    other = BargainingProblem(problem.utility, higher)
    assume(rational_outcomes(other.surplus).size)
    return other


@given(problems(), st.integers(0, 3), st.integers(1, 3), WEIGHTS)
def test_12_a_better_alternative_never_lowers_what_nash_gives(
    problem: BargainingProblem, party: int, by: int, weights: list[int]
) -> None:
    n = len(problem.utility)
    party %= n
    other = _raised(problem, party, by)
    for powers in (None, weights[:n]):
        before = problem.utility[party, nash(problem.surplus, powers)]
        after = problem.utility[party, nash(other.surplus, powers)]
        assert np.min(after) >= np.min(before)
        assert np.max(after) >= np.max(before)
        if n == 2 or _all_can_gain(other):
            assert np.min(after) >= np.max(before)


def test_12_the_least_after_may_be_less_than_the_most_before_if_different_sets_can_gain() -> None:
    # The first can gain with the second or with the third. Both before and after, both are solutions.
    surplus = gains((5, 1, 0), (2, 0, 1))
    assert nash(surplus).tolist() == [0, 1]
    assert nash(surplus - np.array([[1], [0], [0]])).tolist() == [0, 1]


@given(problems(n_parties=2), st.integers(0, 1), st.integers(1, 3), WEIGHTS)
def test_13_a_better_alternative_never_helps_the_other_of_two(
    problem: BargainingProblem, party: int, by: int, weights: list[int]
) -> None:
    other = _raised(problem, party, by)
    for powers in (None, weights[:2]):
        before = problem.utility[1 - party, nash(problem.surplus, powers)]
        after = problem.utility[1 - party, nash(other.surplus, powers)]
        assert np.max(after) <= np.min(before)


@EVERY
@given(problem=problems())
def test_14_what_is_best_for_all_is_chosen_by_all(solution: Solution, problem: BargainingProblem) -> None:
    rational = rational_outcomes(problem.surplus)
    assume(rational.size)
    best = np.max(problem.utility[:, rational], axis=1)
    larger = _with(problem, best)
    found = solution.solve(larger.surplus)
    assert problem.utility.shape[1] in found
    assert larger.payoffs(found) == {tuple(best.tolist())}


@EVERY
@given(problem=problems(), data=st.data(), weights=WEIGHTS)
def test_20_a_dominated_outcome_changes_no_solution(
    solution: Solution, problem: BargainingProblem, data: st.DataObject, weights: list[int]
) -> None:
    rational = rational_outcomes(problem.surplus).tolist()
    assume(rational)
    n = len(problem.utility)
    better = problem.utility[:, data.draw(st.sampled_from(rational))]
    less = np.array(data.draw(st.tuples(*[st.integers(0, 2)] * n).filter(any)))
    larger = _with(problem, better - less)
    assert np.array_equal(solution.solve(larger.surplus, weights[:n]), solution.solve(problem.surplus, weights[:n]))


@EVERY
@given(problem=problems(most_outcomes=10), weights=WEIGHTS)
def test_20_the_frontier_alone_has_the_same_solutions(
    solution: Solution, problem: BargainingProblem, weights: list[int]
) -> None:
    powers = weights[: len(problem.utility)]
    rational = rational_outcomes(problem.surplus)
    frontier = rational[pareto_optimal(problem.utility[:, rational])]
    found = frontier[solution.solve(problem.surplus[:, frontier], powers)]
    assert np.array_equal(found, solution.solve(problem.surplus, powers))


@EVERY
@given(problem=problems(), data=st.data())
def test_21_a_duplicate_changes_no_payoffs(solution: Solution, problem: BargainingProblem, data: st.DataObject) -> None:
    copied = data.draw(st.integers(0, problem.utility.shape[1] - 1))
    larger = _with(problem, problem.utility[:, copied])
    before, after = solution.solve(problem.surplus), solution.solve(larger.surplus)
    assert larger.payoffs(after) == problem.payoffs(before)
    assert (problem.utility.shape[1] in after) == (copied in before)


@EVERY
@given(problem=problems(), more=st.integers(0, 3), place=st.integers(0, 4))
def test_22_a_party_that_likes_all_outcomes_equally_changes_no_solution(
    solution: Solution, problem: BargainingProblem, more: int, place: int
) -> None:
    surplus = np.insert(problem.surplus, min(place, len(problem.surplus)), float(more), axis=0)
    assert np.array_equal(solution.solve(surplus), solution.solve(problem.surplus))
