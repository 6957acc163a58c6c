"""PAWN and regional measures, against scipy and against what chance makes of inputs without influence."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import ks_2samp as scipy_distance
from scipy.stats import kstwobign

from negsim.model.sampling import sample_table
from negsim.study.sensitivity.pawn import distances, pawn
from negsim.study.sensitivity.regional import split_of_labels, split_of_values
from negsim.study.sensitivity.slices import slice_by_value


def test_slices_hold_about_as_many_cells_each_and_part_no_equals() -> None:
    values = np.repeat(np.arange(30.0), 7)
    where = slice_by_value(values, 10)
    assert len(np.unique(where)) == 10
    assert all(len(np.unique(where[values == value])) == 1 for value in range(30))
    assert set(np.bincount(where)) <= {14, 21, 28}


def test_slices_that_ties_leave_empty_are_not_counted() -> None:
    values = np.array([0.0] * 90 + list(np.arange(1.0, 11.0)))
    where = slice_by_value(values, 5)
    np.testing.assert_array_equal(np.unique(where), np.arange(int(where.max()) + 1))


def test_distances_are_those_of_two_sample_tests_of_a_slice_and_all_ties_included() -> None:
    x = sample_table("x", (400,), seed=0)
    results = np.round(x + sample_table("y", (400,), seed=0), 1)
    where = slice_by_value(x, 8)
    expected = [scipy_distance(results[where == k], results).statistic for k in range(8)]
    np.testing.assert_allclose(distances(where, results), expected, atol=1e-12)
    found = pawn(x[:, None], results, n_slices=8)[0]
    assert (found.median, found.largest) == pytest.approx((np.median(expected), max(expected)))
    assert found.mean == pytest.approx(np.mean(expected))
    assert found.stands_out


def test_of_a_yes_no_result_pawn_is_how_far_its_probability_moves() -> None:
    coin = np.repeat([0.0, 1.0], 50)
    result = np.repeat([0.0, 1.0, 0.0, 1.0], [40, 10, 20, 30])  # 20 % and 60 %, 40 % in all
    found = pawn(coin[:, None], result)[0]
    assert (found.n_slices, found.median, found.largest) == pytest.approx((2, 0.2, 0.2))


def test_one_in_twenty_inputs_without_influence_stands_out_and_one_with_influence_does() -> None:
    # 40 studies of 10 inputs without influence: 20 of 400 expected, with a standard deviation of 4.5 (4.4 binomial and
    # 1 of the bounds); 6 to 34 holds with probability .998. Control: bounds a fifth lower let through many more.
    largest, median, lower = 0, 0, 0
    for seed in range(40):
        x, results = sample_table("inputs", (200, 10), seed=seed), sample_table("result", (200,), seed=seed)
        found = pawn(x, results, seed=seed)
        largest += sum(one.stands_out for one in found)
        median += sum(one.median > one.noise for one in found)
        lower += sum(one.largest > 0.8 * one.noise_of_largest for one in found)
    assert 6 <= largest <= 34
    assert 6 <= median <= 34
    assert lower > 34
    assert pawn((results + x[:, 0])[:, None], results)[0].stands_out


def test_a_split_is_the_two_sample_distance_and_says_which_side_it_favours() -> None:
    values = sample_table("v", (300,), seed=0)
    holds = values + 0.5 * sample_table("w", (300,), seed=0) > 0.8
    found = split_of_values(values, holds, 1)
    expected = scipy_distance(values[holds], values[~holds])
    assert found.distance == pytest.approx(expected.statistic)
    assert found.at == expected.statistic_location
    assert found.more
    assert found.stands_out
    mirrored = split_of_values(-values, holds, 1)
    assert mirrored.distance == pytest.approx(expected.statistic)
    assert not mirrored.more


def test_equal_values_are_never_parted_by_a_split() -> None:
    values = np.array([1.0, 1.0, 1.0, 2.0, 2.0, 2.0])
    holds = np.array([True, False, True, False, False, True])
    found = split_of_values(values, holds, 1)
    assert (found.distance, found.at) == pytest.approx((1 / 3, 1.0))
    assert not found.more


def test_the_bound_of_noise_is_smirnovs_shared_among_all_inputs() -> None:
    holds = np.arange(500) < 200
    for n in (1, 20):
        expected = kstwobign.isf(0.05 / n) * np.sqrt(1 / 200 + 1 / 300)
        assert split_of_values(np.arange(500.0), holds, n).noise == pytest.approx(expected)


def test_of_many_inputs_without_influence_the_largest_split_seldom_stands_out() -> None:
    # 200 studies of 10 inputs: at 5 % a study, more than 20 has a probability of .001. Control: without sharing the
    # bound among ten, about 40 % of studies have one that stands out.
    shared, alone = 0, 0
    for seed in range(200):
        x = sample_table("inputs", (150, 10), seed=seed)
        holds = sample_table("result", (150,), seed=seed) < 0.4
        shared += any(split_of_values(x[:, k], holds, 10).stands_out for k in range(10))
        alone += any(split_of_values(x[:, k], holds, 1).stands_out for k in range(10))
    assert shared <= 20
    assert alone > 20


def test_of_words_the_one_whose_shares_differ_most_is_named() -> None:
    words = np.repeat([0.0, 1.0, 2.0], 20)
    holds = np.concatenate([np.arange(20) < 4, np.arange(20) < 16, np.arange(20) < 10])  # 30 of 60
    found = split_of_labels(words, holds, 1)
    # 4, 16 and 10 of 30 with it, 16, 4 and 10 of 30 without: the first and the second differ by 12/30 alike.
    assert (found.distance, found.at) == pytest.approx((0.4, 0.0))
    assert not found.more
    assert found.stands_out == (found.distance > kstwobign.isf(0.05 / 3) * np.sqrt(2 / 30))
