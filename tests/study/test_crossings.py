"""Crossings of curves that are known exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsim.model.estimates import Estimate
from negsim.study.breakeven.crossings import Evaluate, find_crossings
from negsim.study.breakeven.result import Crossing, CurvePoint


def along(curve: Callable[[float], float], margin: float = 0.0) -> Evaluate:
    """A curve whose interval reaches so far to either side."""

    def evaluate(values: Sequence[float]) -> list[Estimate]:
        return [Estimate(curve(x), curve(x) - margin, curve(x) + margin) for x in values]

    return evaluate


def crossings(
    evaluate: Evaluate, grid: Sequence[float], target: float = 0.5, tolerance: float = 1e-6
) -> tuple[Crossing, ...]:
    points = [CurvePoint(x, p) for x, p in zip(grid, evaluate(grid), strict=True)]
    return find_crossings(points, evaluate, target, tolerance)


GRID = [k / 8 for k in range(9)]


def test_a_straight_line_crosses_once_and_its_interval_is_that_of_the_estimate_turned_around() -> None:
    (found,) = crossings(along(lambda x: 0.1 + 0.7 * x, 0.07), GRID)
    assert found.at == pytest.approx(4 / 7, abs=1e-6)
    assert (found.low, found.high) == pytest.approx((4 / 7 - 0.1, 4 / 7 + 0.1), abs=2e-6)
    assert (found.open_low, found.open_high, found.rising, found.jumps) == (False, False, True, False)


def test_a_falling_line_reaches_the_target_from_above() -> None:
    (found,) = crossings(along(lambda x: 0.9 - 0.7 * x, 0.07), GRID)
    assert found.at == pytest.approx(4 / 7, abs=1e-6)
    assert found.at == found.below.value
    assert not found.rising


def test_a_parabola_crosses_twice() -> None:
    # 4 x (1 - x) = 1/2 at (1 -+ sqrt(1/2)) / 2
    found = crossings(along(lambda x: 4 * x * (1 - x), 0.01), GRID)
    assert [one.at for one in found] == pytest.approx([0.1464466, 0.8535534], abs=1e-6)
    assert [one.rising for one in found] == [True, False]


def test_two_crossings_between_neighbours_go_unseen() -> None:
    assert crossings(along(lambda x: 4 * x * (1 - x)), [0.0, 1.0]) == ()


@pytest.mark.parametrize(("target", "at"), [(0.0, 0.25), (1.0, 0.75)])
def test_the_ends_of_a_probability_are_crossed_where_they_are_left(target: float, at: float) -> None:
    (found,) = crossings(along(lambda x: min(max(2 * x - 0.5, 0.0), 1.0)), GRID, target)
    assert found.at == pytest.approx(at, abs=1e-6)


def test_a_jump_has_an_interval_no_wider_than_the_tolerance_and_says_what_it_leaps_over() -> None:
    (found,) = crossings(along(lambda x: 0.2 if x < 0.3 else 0.8, 0.1), GRID, tolerance=0.01)
    assert found.jumps
    assert found.below.value < 0.3 <= found.above.value
    assert (found.low, found.high) == (found.below.value, found.above.value)
    assert found.high - found.low <= 0.01
    assert (found.below.p.estimate, found.above.p.estimate) == (0.2, 0.8)


def test_a_jump_within_the_interval_is_none_to_speak_of() -> None:
    (found,) = crossings(along(lambda x: 0.45 if x < 0.3 else 0.55, 0.1), GRID, tolerance=0.01)
    assert not found.jumps
    assert (found.low, found.high, found.open_low, found.open_high) == (0.0, 1.0, True, True)


def test_a_step_on_one_side_alone_is_no_jump() -> None:
    (found,) = crossings(along(lambda x: 0.2 if x < 0.3 else 0.55, 0.1), GRID, tolerance=0.01)
    assert not found.jumps
    assert (found.low, found.open_low) == (found.below.value, False)
    assert (found.high, found.open_high) == (1.0, True)


@pytest.mark.parametrize(
    ("slope", "open_low", "open_high"), [(0.2, True, True), (0.5, False, False), (-0.2, True, True)]
)
def test_a_curve_too_flat_for_its_interval_leaves_the_crossing_open(
    slope: float, open_low: bool, open_high: bool
) -> None:
    (found,) = crossings(along(lambda x: 0.5 + slope * (x - 0.5), 0.15), GRID)
    assert (found.open_low, found.open_high) == (open_low, open_high)
    if open_low:
        assert (found.low, found.high) == (0.0, 1.0)


def test_an_interval_ends_where_the_target_first_leaves_that_of_the_curve() -> None:
    # Near the target from 0.3 to 0.7, clear of it at 0.75 and 0.875, near again at 1.
    curve = along(lambda x: 0.9 if 0.74 < x < 0.99 else 0.5 + 0.1 * (x - 0.5) if x > 0.3 else 0.1, 0.1)
    (found,) = crossings(curve, GRID)
    assert (found.low, found.high) == pytest.approx((0.3, 0.74), abs=2e-6)


def test_a_crossing_at_a_value_of_the_grid_is_that_value() -> None:
    (found,) = crossings(along(lambda x: x), GRID)
    assert found.at == 0.5


@given(st.floats(0.01, 0.99), st.floats(1e-3, 0.1))
def test_a_crossing_is_found_to_the_tolerance(at: float, tolerance: float) -> None:
    found = crossings(along(lambda x: float(x >= at)), GRID, tolerance=tolerance)
    assert len(found) == 1
    assert found[0].below.value < at <= found[0].at
    assert found[0].at - found[0].below.value <= tolerance


def test_brackets_are_halved_together() -> None:
    asked: list[int] = []
    curve = along(lambda x: 4 * x * (1 - x), 0.1)

    def counted(values: Sequence[float]) -> Sequence[Estimate]:
        asked.append(len(values))
        return curve(values)

    points = [CurvePoint(x, p) for x, p in zip(GRID, curve(GRID), strict=True)]
    find_crossings(points, counted, 0.5, 0.01)
    # From an eighth to less than a hundredth: four halvings of two crossings, then of the four ends of their intervals.
    assert asked == [2, 2, 2, 2, 4, 4, 4, 4]
