"""Whole weights and points: the method of the largest remainder, and what rounding must not do."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsim.teaching.whole import anchors_of, interpolated, nearest, whole_points, whole_weights

# Not so small beside each other that a float cannot tell them from 0.
some_weights = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=3), st.floats(1e-6, 1e6), min_size=1, max_size=60
)


def test_what_is_left_goes_to_the_largest_remainders() -> None:
    # The quotas add up to 100, their whole parts to 97: the three left go to the remainders .59, .58 and .57.
    quotas = {"a": 92.15, "b": 1.59, "c": 1.58, "d": 1.57, "e": 1.56, "f": 1.55}
    assert whole_weights(quotas) == {"a": 92, "b": 2, "c": 2, "d": 2, "e": 1, "f": 1}


@given(some_weights)
def test_weights_add_up_to_100_and_none_vanishes(weights: dict[str, float]) -> None:
    whole = whole_weights(weights)
    assert sum(whole.values()) == 100
    assert min(whole.values()) >= 1
    assert list(whole) == list(weights)


@given(some_weights)
def test_a_weight_that_is_no_smaller_gets_no_less(weights: dict[str, float]) -> None:
    whole = whole_weights(weights)
    in_order = sorted(weights, key=lambda name: weights[name])
    for less, more in pairwise(in_order):
        assert whole[less] <= whole[more] or weights[less] == pytest.approx(weights[more])


@given(some_weights)
def test_weights_that_are_none_below_1_keep_quota(weights: dict[str, float]) -> None:
    total = sum(weights.values())
    quotas = {name: 100 * weight / total for name, weight in weights.items()}
    if min(quotas.values()) >= 1:
        assert all(abs(whole_weights(weights)[name] - quota) < 1 + 1e-6 for name, quota in quotas.items())


@given(some_weights)
def test_whole_weights_stay_as_they_are(weights: dict[str, float]) -> None:
    whole = whole_weights(weights)
    assert whole_weights(whole) == whole


def test_a_weight_of_0_is_left_out() -> None:
    assert whole_weights({"a": 0, "b": 2}) == {"b": 100}


@pytest.mark.parametrize(("number", "whole"), [(0.5, 1), (1.5, 2), (2.4999, 2), (-0.5, 0), (-0.2, 0), (-1.6, -2)])
def test_a_half_is_rounded_up(number: float, whole: int) -> None:
    assert nearest(number) == whole
    assert str(float(nearest(number))) == str(float(whole))


@given(st.lists(st.floats(0, 100), min_size=1), st.integers(1, 100))
def test_rounding_turns_no_preference_round(values: list[float], weight: int) -> None:
    points = whole_points(values, weight)
    assert all(0 <= one <= weight for one in points)
    assert all(points[i] <= points[k] for i in range(len(values)) for k in range(len(values)) if values[i] <= values[k])


@given(st.lists(st.integers(0, 100), min_size=2, max_size=40))
def test_a_scale_follows_from_where_it_bends(values: list[int]) -> None:
    anchors = anchors_of(values)
    assert interpolated({k: values[k] for k in anchors}, len(values)) == pytest.approx(values)


def test_a_scale_of_one_level_has_one_anchor() -> None:
    assert anchors_of([5]) == (0,)
