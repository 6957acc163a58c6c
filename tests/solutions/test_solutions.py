"""What every solution promises, and where each of them draws its lines."""

from __future__ import annotations

import pickle
from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from negsim.errors import UsageError
from negsim.solutions import (
    SOLUTIONS,
    Solution,
    egalitarian,
    kalai_smorodinsky,
    leximin,
    nash,
    rational_outcomes,
    utilitarian,
)
from tests.solutions import plain
from tests.solutions.problems import BargainingProblem, contests, gains, problems

EVERY = pytest.mark.parametrize("solution", SOLUTIONS.values(), ids=list(SOLUTIONS))


@EVERY
@given(problem=problems(), weighted=st.booleans())
def test_a_solution_gives_ascending_positions_of_rational_outcomes(
    solution: Solution, problem: BargainingProblem, weighted: bool
) -> None:
    surplus = problem.surplus
    found = solution.solve(surplus, (2, 1, 3, 1)[: len(surplus)] if weighted else None)
    rational = rational_outcomes(surplus)
    assert found.dtype == np.intp
    assert found.tolist() == sorted(set(found.tolist()))
    assert set(found.tolist()) <= set(rational.tolist())
    assert (found.size == 0) == (rational.size == 0)


@EVERY
@given(problem=problems())
def test_a_solution_is_what_plain_fractions_give(solution: Solution, problem: BargainingProblem) -> None:
    assert solution.solve(problem.surplus).tolist() == plain.PLAIN[solution.name](problem.surplus)


@EVERY
@given(problem=problems(), random=st.randoms(use_true_random=False))
def test_the_order_of_outcomes_decides_nothing(solution: Solution, problem: BargainingProblem, random) -> None:
    order = list(range(problem.utility.shape[1]))
    random.shuffle(order)
    moved = solution.solve(problem.surplus[:, order])
    assert sorted(order[k] for k in moved.tolist()) == solution.solve(problem.surplus).tolist()


@EVERY
@given(problem=problems(n_parties=3, most_outcomes=3))
def test_the_order_of_parties_decides_nothing(solution: Solution, problem: BargainingProblem) -> None:
    for order in permutations(range(3)):
        assert np.array_equal(solution.solve(problem.surplus[list(order)]), solution.solve(problem.surplus))


@EVERY
def test_without_outcomes_there_is_no_solution(solution: Solution) -> None:
    assert solution.solve(np.empty((2, 0))).shape == (0,)
    assert solution.solve(gains((-1, 5), (5, -1))).shape == (0,)


@EVERY
def test_an_outcome_at_the_disagreement_point_is_enough(solution: Solution) -> None:
    assert solution.solve(gains((-1, 5), (0, 0), (0, 0))).tolist() == [1, 2]


@EVERY
def test_minus_infinity_marks_what_is_out_of_the_question(solution: Solution) -> None:
    assert solution.solve(gains((-np.inf, 9), (1, 1))).tolist() == [1]


@EVERY
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_surplus_that_is_no_number_is_refused(solution: Solution, value: float) -> None:
    with pytest.raises(UsageError, match=f"a surplus must be a number below infinity, not {value}"):
        solution.solve(gains((1, 1), (1, value)))


@EVERY
def test_a_solution_can_be_handed_to_another_process(solution: Solution) -> None:
    assert pickle.loads(pickle.dumps(solution)).solve(gains((1, 2), (0, 1))).tolist() == [0]


def test_the_table_names_each_solution_by_its_key_and_says_which_compare_points() -> None:
    assert {name: solution.name for name, solution in SOLUTIONS.items()} == {name: name for name in plain.PLAIN}
    assert [name for name, solution in SOLUTIONS.items() if solution.compares_points] == ["egalitarian", "utilitarian"]


# Nash


@given(problems() | contests(), st.lists(st.integers(1, 4), min_size=4, max_size=4))
def test_weights_are_powers_of_the_gains(problem: BargainingProblem, weights: list[int]) -> None:
    weights = weights[: len(problem.utility)]
    assert nash(problem.surplus, weights).tolist() == plain.nash(problem.surplus, weights)


@pytest.mark.parametrize("weights", [(2, 1), (0.5, 0.25), (0.2, 0.1), (2e-300, 1e-300), (1e300, 5e299)])
def test_only_ratios_of_weights_matter(weights: tuple[float, ...]) -> None:
    # 4² · 3 = 48 against 6² · 1 = 36 and 2² · 12 = 48, a tie.
    assert nash(gains((6, 1), (4, 3), (2, 12)), weights).tolist() == [1, 2]


@pytest.mark.parametrize("weight", [np.sqrt(2.0), np.sqrt(3.0), np.e, np.pi, 1 / 7])
@pytest.mark.parametrize("gain", [2, 3, 7])
@pytest.mark.parametrize("unit", [1, 1e-15, 1e6])
def test_weights_in_no_simple_ratio_are_compared_by_logarithms(weight: float, gain: float, unit: float) -> None:
    # With weights w and 1, gains (g, 1) and (1, g**w) tie for every g and w.
    weights = (weight * unit, unit)
    assert nash(gains((gain, 1), (1, gain**weight), (1, 1)), weights).tolist() == [0, 1]
    # A billionth less is no tie: a ten-billionth is near enough to be looked at twice, and no tie either.
    for less in (1e-9, 1e-10):
        assert nash(gains((gain, 1), (1, gain**weight * (1 - less))), weights).tolist() == [0]


@pytest.mark.parametrize(("weights", "exact"), [((3, 1), True), ((63, 1), True), ((64, 1), False)])
def test_products_of_up_to_64_factors_are_told_apart_in_the_last_bit(weights: tuple[int, int], exact: bool) -> None:
    # (1 + e)^w (1 - (w-1)e) is above 1 by about e = 2^-52; neither outcome is better for both.
    e = 2.0**-52
    assert nash(gains((1, 1), (1 + e, 1 - (weights[0] - 1) * e)), weights).tolist() == ([1] if exact else [0, 1])


def test_weights_in_a_ratio_of_large_numbers_are_compared_by_logarithms() -> None:
    # 2**1.01 is rounded, so that its 100th power is not quite 2**101.
    assert nash(gains((2**1.01, 1), (1, 2)), (100, 101)).tolist() == [0, 1]
    assert nash(gains((2, 1), (1, 2)), (1001, 1000)).tolist() == [0]


def test_equal_weights_are_exact_for_any_number_of_parties() -> None:
    # As above with weights of 1 and 65 parties: (1 + 4e) (1 - 2e) is above 1 by about 2e.
    e = 2.0**-52
    assert nash(gains((1,) * 65, (1 + 4 * e, 1 - 2 * e, *(1,) * 63))).tolist() == [1]


def test_a_tie_of_logarithms_leaves_no_outcome_that_another_excels() -> None:
    more = 1 + 2.0**-52  # the next number above 1; its logarithm is far below what ties
    assert nash(gains((1, 1), (more, 1), (1, 1)), (np.sqrt(2.0), 1)).tolist() == [1]


def test_products_that_differ_in_the_last_bit_are_told_apart() -> None:
    more = 1 + 2.0**-52
    assert nash(gains((1, 1), (more, 1))).tolist() == [1]
    assert nash(gains((3, 5), (5, 3), (15, 1), (1, 15))).tolist() == [0, 1, 2, 3]


def test_a_product_that_would_underflow_still_decides() -> None:
    # (10^-20)^20 is below the smallest float64.
    tiny = gains((1e-20,) * 20, (1e-20,) * 19 + (2e-20,))
    assert np.all(np.prod(tiny, axis=0) == 0)
    assert nash(tiny).tolist() == [1]


def test_if_not_all_can_gain_nash_maximises_over_those_who_can() -> None:
    # The third party never gains.
    assert nash(gains((4, 1, 0), (2, 3, 0), (9, 0, 0))).tolist() == [1]


def test_if_different_sets_can_gain_each_of_the_largest_has_its_best() -> None:
    # {1, 2} and {2, 3} can gain together, all three cannot; 8 alone is nothing to the first.
    assert nash(gains((4, 1, 0), (2, 3, 0), (0, 5, 5), (0, 4, 4), (99, 0, 0))).tolist() == [1, 2]


def test_weights_must_be_one_positive_number_for_each_party() -> None:
    surplus = gains((1, 2), (2, 1))
    with pytest.raises(UsageError, match=r"one weight for each of 2 parties, not \[1\.0\]"):
        nash(surplus, (1,))
    for value in (0.0, -1.0, np.inf, np.nan):
        with pytest.raises(UsageError, match=f"a weight must be positive and finite, not {value:g}"):
            nash(surplus, (1.0, value))


# Leximin, Kalai-Smorodinsky, egalitarian


def test_leximin_without_parties_takes_everything() -> None:
    assert leximin(np.empty((0, 3))).tolist() == [0, 1, 2]


@given(problems(most_outcomes=8))
def test_leximin_is_the_largest_sorted_tuple(problem: BargainingProblem) -> None:
    rising = [tuple(sorted(outcome)) for outcome in problem.utility.T.tolist()]
    assert leximin(problem.utility).tolist() == [k for k, scores in enumerate(rising) if scores == max(rising)]


def test_the_ideal_point_is_looked_for_among_rational_outcomes_only() -> None:
    # (100, -1) would make the first party's ideal 100 and (4, 2) its 4 %.
    assert kalai_smorodinsky(gains((4, 2), (3, 3), (100, -1))).tolist() == [1]


def test_a_party_that_cannot_gain_has_no_ratio() -> None:
    assert kalai_smorodinsky(gains((4, 0, 2), (3, 0, 3))).tolist() == [1]
    assert kalai_smorodinsky(gains((0, 0), (0, 0))).tolist() == [0, 1]


@given(st.integers(1, 2**24), st.integers(1, 2**24), st.integers(2, 2**24))
def test_ratios_of_whole_numbers_are_compared_exactly(first: int, second: int, ideal: int) -> None:
    # The first party's ideal is `ideal`, the second's is `ideal - 1`; the nearest ratios there are.
    assume(first <= ideal and second <= ideal - 1)
    surplus = gains((ideal, 0), (0, ideal - 1), (first, second), (ideal, 0))
    assert kalai_smorodinsky(surplus).tolist() == plain.kalai_smorodinsky(surplus)


# Utilitarian


@pytest.mark.parametrize("order", list(permutations((0.1, 0.2, 0.3))), ids=str)
def test_a_sum_does_not_depend_on_the_order_of_addition(order: tuple[float, ...]) -> None:
    # 0.1 + 0.2 + 0.3 is 0.6 or 0.6000000000000001, as one adds; rounded once it is 0.6.
    assert utilitarian(gains((0.1, 0.2, 0.3), order, (0.6, 0.0, 0.0))).tolist() == [0, 1, 2]


def test_whole_numbers_too_large_to_add_exactly_are_rounded_once() -> None:
    # Added one by one from the left, 1 is lost twice.
    assert utilitarian(gains((2.0**53, 1, 1), (2.0**53, 0, 2), (2.0**53, 0, 0))).tolist() == [0, 1]


def test_only_the_choice_of_rational_outcomes_depends_on_the_disagreement_point() -> None:
    assert utilitarian(gains((9, 0), (4, 4))).tolist() == [0]
    assert utilitarian(gains((9, -1), (4, 3))).tolist() == [1]


def test_egalitarian_takes_equal_gains_before_a_larger_sum() -> None:
    assert egalitarian(gains((9, 1), (3, 3), (3, 4))).tolist() == [2]
