"""Boxes, and the round numbers that their limits are told by."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsim.study.discovery.regions import Limit, Points, Region, inside, round_limit, without

COLUMNS = np.array([[1.0, 2.0, 3.0, 4.0], [0.0, 1.0, 2.0, 1.0]])
POINTS = Points(COLUMNS, (False, True), np.array([True, False, True, False]))
BOX = Region({0: 2.0}, {0: 3.0}, {1: frozenset({1, 2})})


def test_both_ends_of_a_box_lie_within() -> None:
    assert inside(BOX, POINTS).tolist() == [False, True, True, False]


def test_a_box_names_its_limits_and_can_lose_each() -> None:
    assert BOX.limits == (Limit(0, "high"), Limit(0, "low"), Limit(1, "words"))
    assert BOX.factors == (0, 1)
    assert without(BOX, Limit(0, "high")) == Region({0: 2.0}, {}, {1: frozenset({1, 2})})
    assert inside(without(without(BOX, Limit(0, "low")), Limit(1, "words")), POINTS).tolist() == [True] * 3 + [False]


def test_some_of_the_points_keep_what_they_are() -> None:
    some = POINTS.some(np.array([True, False, False, True]))
    assert (some.n_cells, some.n_interest, some.columns.tolist()) == (2, 1, [[1.0, 4.0], [0.0, 1.0]])


@pytest.mark.parametrize(
    ("excluded", "included", "told"),
    [
        (0.6181, 0.6234, 0.62),
        (0.3, 0.4, 0.4),
        (0.4, 0.3, 0.3),
        (0.30000000000000004, 0.4, 0.4),
        (0.8123, 0.7961, 0.8),
        (-1.0, 3.0, 0.0),
        (3.0, -1.0, 0.0),
        (-0.31, -0.29, -0.3),
        (1999.0, 2001.5, 2000.0),
        (0.0, 0.1 + 0.2, 0.3),
        (-np.inf, 0.25, 0.0),
        (0.0, 0.00012, 0.0001),
        (1.0, 1.0 + 2e-16, 1.0000000000000002),
    ],
)
def test_a_limit_is_told_by_the_roundest_number_between(excluded: float, included: float, told: float) -> None:
    assert round_limit(excluded, included) == pytest.approx(told, rel=1e-12)


@given(*[st.floats(-1e6, 1e6).map(lambda value: float(f"{value:.9g}"))] * 2)
def test_a_round_limit_parts_the_two_values(one: float, other: float) -> None:
    if abs(one - other) > 1e-9 * max(abs(one), abs(other), 1e-6):
        found = round_limit(one, other)
        assert one < found <= other or other <= found < one
