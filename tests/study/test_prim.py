"""Peeling and pasting, beside a slow second way and where the answer can be worked out."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsim.study.discovery.prim import EVERYWHERE, Peeled, fewest_cells, paste, peel
from negsim.study.discovery.regions import Points, Region, inside
from tests.study.reference_prim import slow_peel


def points_of(cells: list[list[float]], categorical: list[bool], interest: list[bool]) -> Points:
    return Points(np.array(cells, dtype=np.float64).T, tuple(categorical), np.array(interest))


@st.composite
def cells_with_ties(draw: st.DrawFn) -> tuple[list[list[float]], list[bool], list[bool]]:
    n_cells, n_factors = draw(st.integers(11, 60)), draw(st.integers(1, 3))
    categorical = draw(st.lists(st.booleans(), min_size=n_factors, max_size=n_factors))
    most = [3 if words else draw(st.sampled_from([0, 2, 5, 1000])) for words in categorical]
    cells = [[float(draw(st.integers(0, most[k]))) for k in range(n_factors)] for _ in range(n_cells)]
    interest = [draw(st.booleans()) for _ in range(n_cells)]
    return cells, categorical, interest


@given(cells_with_ties(), st.sampled_from([0.05, 0.1, 0.25]))
def test_peeling_takes_the_same_cells_off_as_a_slow_second_way(
    case: tuple[list[list[float]], list[bool], list[bool]], alpha: float
) -> None:
    cells, categorical, interest = case
    points = points_of(cells, categorical, interest)
    slow = slow_peel(cells, categorical, interest, Fraction(alpha), fewest_cells(points))
    fast = peel(points, alpha=alpha)
    assert [np.flatnonzero(inside(step.region, points)).tolist() for step in fast] == [left for left, _ in slow]
    assert [(step.n_cells, step.n_hits) for step in fast] == [
        (len(left), sum(interest[cell] for cell in left)) for left, _ in slow
    ]


@given(cells_with_ties())
def test_pasting_never_lowers_density_and_never_loses_a_cell(
    case: tuple[list[list[float]], list[bool], list[bool]],
) -> None:
    points = points_of(*case)
    box = peel(points)[-1]
    wider = inside(paste(box.region, points), points)
    assert np.all(wider[inside(box.region, points)])
    assert np.count_nonzero(wider & points.interest) * box.n_cells >= box.n_hits * np.count_nonzero(wider)


def test_a_box_of_one_edge_is_peeled_to_that_edge() -> None:
    column = np.arange(100.0)
    last = peel(Points(column[None], (False,), column >= 60))[-1]
    assert (last.region.low, last.region.high, last.n_cells, last.n_hits) == ({0: 60.0}, {}, 40, 40)


def test_the_slower_gain_of_a_whole_level_loses_to_the_faster_of_a_thin_slice() -> None:
    # Dropping the level 0 of the first factor takes 50 cells and lifts the mean from 40/100 to 40/50: 0.4 over 50 cells.
    # Dropping 5 cells at the low end of the second lifts it to 40/95: 0.021 over 5 cells, less a cell (0.0042 < 0.008).
    # With 10 cells of interest moved into the level the first gains 30/50 - 0.4 = 0.2 over 50 cells = 0.004: it loses.
    level = np.repeat([0.0, 1.0], 50)
    order = np.arange(100.0)
    many = np.isin(np.arange(100), np.arange(60, 100))
    assert peel(Points(np.array([level, order]), (False, False), many))[1].region == Region({0: 1.0}, {}, {})
    fewer = np.isin(np.arange(100), [*np.arange(40, 50), *np.arange(60, 90)])
    assert peel(Points(np.array([level, order]), (False, False), fewer))[1].region == Region({1: 5.0}, {}, {})


def test_where_no_peel_gains_the_smallest_loss_is_taken_and_peeling_goes_on() -> None:
    # Of interest are both ends of the line: any peel at an end loses.
    column = np.arange(40.0)
    trajectory = peel(Points(column[None], (False,), (column < 16) | (column >= 22)))
    assert trajectory[1].n_hits / trajectory[1].n_cells < trajectory[0].n_hits / trajectory[0].n_cells
    assert trajectory[-1].n_hits == trajectory[-1].n_cells == 18


def test_words_are_peeled_one_at_a_time_and_named_by_those_that_stay() -> None:
    words = np.repeat([0.0, 1.0, 2.0], 20)
    trajectory = peel(Points(words[None], (True,), words == 2))
    assert [step.region.words for step in trajectory] == [{}, {0: {1, 2}}, {0: {2}}]


def test_peeling_stops_before_a_box_holds_too_few_cells() -> None:
    column = np.arange(1000.0)
    points = Points(column[None], (False,), column >= 997)
    assert fewest_cells(points) == 10
    assert peel(points)[-1].n_cells == 10


@pytest.mark.parametrize(
    ("n_cells", "n_interest", "fewest"), [(1000, 500, 50), (1000, 60, 30), (1000, 3, 10), (40, 20, 10)]
)
def test_a_box_holds_a_twentieth_of_the_cells_or_half_of_those_of_interest_but_ten(
    n_cells: int, n_interest: int, fewest: int
) -> None:
    column = np.arange(float(n_cells))
    assert fewest_cells(Points(column[None], (False,), column < n_interest)) == fewest


def test_the_peeling_of_cells_all_alike_ends_at_once() -> None:
    interest = np.arange(30) < 15
    assert peel(Points(np.zeros((2, 30)), (False, True), interest)) == (Peeled(EVERYWHERE, 30, 15),)


def test_thousands_of_peels_need_no_recursion() -> None:
    column = np.arange(4000.0)
    trajectory = peel(Points(column[None], (False,), column % 2 == 0), alpha=0.0001)
    assert len(trajectory) > 3000


def test_pasting_gives_back_what_peeling_took_too_much() -> None:
    column = np.arange(200.0)
    points = Points(column[None], (False,), column >= 100)
    # Slices of a twentieth of the box: up to 5 cells of interest may be left outside.
    wider = paste(Region({0: 150.0}, {}, {}), points)
    assert (wider.high, wider.words) == ({}, {})
    assert 100 <= wider.low[0] <= 105
    wider = paste(Region({}, {0: 61.0}, {}), Points(column[None], (False,), column <= 100))
    assert (wider.low, wider.words) == ({}, {})
    assert 95 <= wider.high[0] <= 100


def test_pasting_gives_back_a_word() -> None:
    words = np.repeat([0.0, 1.0, 2.0], 20)
    points = Points(words[None], (True,), words != 1)
    assert paste(Region({}, {}, {0: frozenset({2})}), points) == Region({}, {}, {0: frozenset({0, 2})})


def test_pasting_lifts_a_limit_that_no_cell_lies_beyond() -> None:
    column = np.arange(20.0)
    points = Points(column[None], (False,), column >= 10)
    assert paste(Region({0: 10.0}, {0: 19.0}, {}), points) == Region({0: 10.0}, {}, {})
    assert paste(EVERYWHERE, points) == EVERYWHERE
