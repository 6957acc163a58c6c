"""Menus against a search deal by deal, and pressing on red lines against its rule."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from negsim.bargaining import menus
from negsim.bargaining.menus import Menu, frontier_menu, own_rank_menu, shared_frontier_menu
from negsim.bargaining.outlook import allowed_deals
from tests.reference_bargaining import frontier, may_propose

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Case:
    gain: NDArray[np.float32]
    others: Array
    allowed: Mask | None


@st.composite
def cases(draw: st.DrawFn, *, max_deals: int = 10) -> Case:
    """A few rows of gains, full of ties, some deals out of the question."""
    n_rows, n_deals = draw(st.integers(1, 3)), draw(st.integers(1, max_deals))
    size = n_rows * n_deals
    own = st.sampled_from([-np.inf, -3.0, 0.0, 1.0, 2.0, 3.0, 100_000.0, 9_999_999.0])
    gain = np.array(draw(st.lists(own, min_size=size, max_size=size)), np.float32)
    others = np.array(draw(st.lists(st.sampled_from([-5.0, 0.0, 0.5, 2.0]), min_size=n_deals, max_size=n_deals)))
    allowed = None
    if draw(st.booleans()):
        allowed = np.array(draw(st.lists(st.booleans(), min_size=size, max_size=size)), np.bool_)
        allowed = allowed.reshape(n_rows, n_deals)
    return Case(gain.reshape(n_rows, n_deals), others, allowed)


def listed(menu: Menu, row: int) -> list[int]:
    return menu.deal[row, : menu.size[row]].tolist()


def plain(case: Case, row: int) -> list[int]:
    n_deals = case.gain.shape[1]
    allowed = [True] * n_deals if case.allowed is None else case.allowed[row].tolist()
    return frontier(case.gain[row].tolist(), case.others.tolist(), allowed)


TRIPLE = Case(np.array([[1, 1, 1, 2]], np.float32), np.array([2.0, 0.0, 0.5, -5.0]), None)
"""Of three deals worth the same the first is best for the others, and the last better than the middle one."""


@given(cases())
@example(TRIPLE)
@example(Case(np.array([[2, 2, 1]], np.float32), np.array([0.5, 0.5, 0.5]), None))  # two alike
def test_the_frontier_is_the_same_by_levels_of_belief_by_rank_and_deal_by_deal(case: Case) -> None:
    rows = np.arange(len(case.gain))
    shared = shared_frontier_menu(rows, case.gain, case.others, case.allowed)
    each = np.broadcast_to(case.others, case.gain.shape)
    ranked = frontier_menu(rows, case.gain, each, case.allowed)
    for row in rows.tolist():
        assert listed(shared, row) == listed(ranked, row) == plain(case, row)
        for menu in (shared, ranked):
            points = menu.gain[row]
            assert points[: menu.size[row]].tolist() == case.gain[row, listed(menu, row)].tolist()
            assert np.all(np.isinf(points[menu.size[row] :]))


@given(cases())
def test_many_blocks_and_runs_are_looked_through_as_one_is(case: Case) -> None:
    rows = np.arange(len(case.gain))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(menus, "_BLOCK", 2)
        patch.setattr(menus, "_ROWS", 1)
        patch.setattr(menus, "_RUN", 1)
        long = shared_frontier_menu(rows, case.gain, case.others, case.allowed)
    for row in rows.tolist():
        assert listed(long, row) == plain(case, row)


@given(cases())
def test_by_own_rank_a_party_may_propose_all_that_it_accepts_of_equals_the_first_first(case: Case) -> None:
    rows = np.arange(len(case.gain))
    menu = own_rank_menu(rows, case.gain, case.allowed)
    for row in rows.tolist():
        may = [
            (float(gain), deal)
            for deal, gain in enumerate(case.gain[row].tolist())
            if gain >= 0 and (case.allowed is None or case.allowed[row, deal])
        ]
        assert listed(menu, row) == [deal for _, deal in sorted(may)]


@given(cases(), st.data())
def test_a_pick_is_the_least_point_that_is_worth_so_much_or_the_last(case: Case, data: st.DataObject) -> None:
    rows = np.arange(len(case.gain))
    menu = own_rank_menu(rows, case.gain, case.allowed)
    bounds = [-np.inf, -1.0, 0.0, 0.5, 1.0, 2.9999, 3.0, 99_999.999, 100_000.0, 100_000.001, 9_999_999.0, 2e7, np.inf]
    wanted = np.array(data.draw(st.lists(st.sampled_from(bounds), min_size=len(rows), max_size=len(rows))))
    found = menu.pick(wanted)
    for row, units in enumerate(wanted.tolist()):
        points = [float(menu.gain[row, k]) for k in range(menu.size[row])]
        assert found[row] == next((k for k, gain in enumerate(points) if gain >= units), len(points) - 1)


@given(cases(max_deals=4))
def test_levels_run_from_the_least_that_is_accepted_to_the_most_that_can_be_had(case: Case) -> None:
    rows = np.arange(len(case.gain))
    menu = own_rank_menu(rows, case.gain)
    for row in rows.tolist():
        gains = case.gain[row].tolist()
        floor, top = max(min([gain for gain in gains if gain > -np.inf], default=0.0), 0.0), max(gains)
        level = menu.level(np.full((len(rows),), max(top, 0.0)))[row]
        assert level == 1.0
        if top > floor:
            assert menu.level(np.full((len(rows),), floor))[row] == 0.0
            assert menu.level(np.full((len(rows),), (floor + top) / 2))[row] == pytest.approx(0.5, abs=1e-12)


@pytest.mark.parametrize("top", [2**24, 2**23 + 7, 9_999_999, 12_345_678])
def test_keys_too_coarse_for_close_points_still_lead_to_the_right_one(top: int) -> None:
    # As shares of their top in float32, whole units close to it fall together, and others a little up or down.
    gain = np.arange(top - 40, top, dtype=np.float32)
    menu = own_rank_menu(np.zeros(1, np.intp), gain[None])
    for place in range(40):
        for below in (0.0, 0.05, 0.5, 0.999):
            assert menu.pick(np.array([top - 40 + place - below])) == [place]


@st.composite
def lines(draw: st.DrawFn) -> tuple[Case, Mask, Array]:
    case = draw(cases(max_deals=8))
    n_rows, n_deals = case.gain.shape
    n_lines = draw(st.integers(1, 3))
    crosses = draw(st.lists(st.booleans(), min_size=n_lines * n_deals, max_size=n_lines * n_deals))
    chances = st.sampled_from([0.0, 0.1, 1 / 3, 0.5, 0.9, 1.0])
    real = draw(st.lists(chances, min_size=n_rows * n_lines, max_size=n_rows * n_lines))
    return case, np.array(crosses, np.bool_).reshape(n_lines, n_deals), np.array(real).reshape(n_rows, n_lines)


@given(lines())
def test_a_party_presses_on_a_line_where_it_wins_more_than_it_risks(drawn: tuple[Case, Mask, Array]) -> None:
    case, crosses, real = drawn
    allowed = allowed_deals(case.gain, crosses, real)
    for row in range(len(case.gain)):
        assert allowed[row].tolist() == may_propose(case.gain[row].tolist(), crosses.tolist(), real[row].tolist())


@pytest.mark.parametrize(("p_real", "presses"), [(0.0, True), (0.74, True), (0.75, False), (1.0, False)])
def test_three_won_against_one_at_risk_are_pressed_for_below_three_quarters(p_real: float, presses: bool) -> None:
    # The safe deal gains 1, the one beyond the line 4: G = 3, L = 1.
    gain, crosses = np.array([[1, 4]], np.float32), np.array([[False, True]])
    assert allowed_deals(gain, crosses, np.array([[p_real]])).tolist() == [[True, presses]]


@pytest.mark.parametrize(
    ("real", "most"),
    [
        ((0.0, 0.0), 100),  # both bluffs: all prices
        ((0.0, 1.0), 60),  # 40 more won at no risk
        ((1.0, 0.0), 40),  # no price crosses the wider line alone
        ((0.3, 0.3), 100),  # 0.51 (60 + 40) < 60
        ((0.4, 0.4), 40),  # 0.64 (60 + 40) > 60; and 0.4 (20 + 40) > 20
        ((0.3, 0.5), 60),  # 0.65 (60 + 40) > 60, though 0.3 (20 + 40) < 20
    ],
)
def test_nested_lines_are_pressed_on_together(real: tuple[float, float], most: int) -> None:
    # A price above 60 crosses the lines at 40 and at 60, and none crosses the one at 60 alone.
    price = np.arange(101, dtype=np.float32)
    allowed = allowed_deals(price[None], np.stack([price > 40, price > 60]), np.array([real]))
    assert np.flatnonzero(allowed[0]).tolist() == list(range(most + 1))


def test_points_too_near_for_their_keys_are_told_apart_by_what_they_are_worth() -> None:
    # In row 300 keys are 6e-14 apart, and the two small gains differ by 1e-14 of the scale: they share a key.
    near = np.nextafter(np.float32(1), np.float32(2))
    gain = np.tile(np.array([[1, near, 1e7]], np.float32), (301, 1))
    menu = own_rank_menu(np.array([300, 300, 300]), gain)
    assert menu.key[900] == menu.key[901]
    assert menu.pick(np.array([1.0, float(near), 2.0])).tolist() == [0, 1, 2]
