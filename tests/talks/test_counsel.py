"""When a mediator that counsels restraint is believed (Kydd 2003)."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from negsim.talks.counsel import gain_from_pressing, is_believed

shares, points = st.floats(0, 1), st.floats(0.01, 100)


@given(points, points, shares)
def test_an_unbiased_mediator_is_never_believed(gain, war_cost, p_war):
    assert not is_believed(0.0, gain, war_cost, p_war)


@given(points, points, st.floats(0.01, 1))
def test_nor_is_one_on_the_other_side(gain, war_cost, p_war):
    assert not is_believed(-0.5, gain, war_cost, p_war)


@given(st.floats(0.01, 1), points)
def test_one_on_your_side_that_fears_no_war_is(bias, gain):
    assert is_believed(bias, gain, 0.0, 0.9)


@given(points, points, st.floats(0.01, 1))
def test_it_tells_the_truth_just_where_it_would_have_you_press_on_a_bluff(gain, war_cost, p_war):
    # Its own worth of the hearer's pressing on a bluff, against that of war: the reasoning of the source, spelled out.
    threshold = war_cost * p_war / gain
    if threshold < 1:
        assert is_believed((threshold + 1) / 2, gain, war_cost, p_war)
    assert not is_believed(threshold * 0.99, gain, war_cost, p_war)


def test_the_gain_from_pressing_is_what_a_line_alone_keeps_out_of_reach():
    gain = np.array([[3, 9, 20, -1]], np.float32) * 100_000
    crosses = np.array([[False, True, True, False], [False, False, True, False]])
    assert gain_from_pressing(gain, crosses, 0).tolist() == [6.0]
    # No deal crosses the second line alone, so pressing on that alone adds nothing.
    assert gain_from_pressing(gain, crosses, 1).tolist() == [0.0]


def test_where_no_deal_without_pressing_pays_no_deal_is_what_it_is_measured_against():
    gain = np.array([[-3, 9]], np.float32) * 100_000
    assert gain_from_pressing(gain, np.array([[False, True]]), 0).tolist() == [9.0]
