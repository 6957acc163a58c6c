"""Which combinations a design tries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.model.sampling import sample_table
from negsim.study.axes import Axis, Levels, Span, read_axis
from negsim.study.designs import DEFAULT_CELLS, DESIGNS, MOST_CELLS, Row, lay_out_design

UNIT = [Axis(f"p{k}", Span(0.0, 1.0), "0..1") for k in range(3)]
SAMPLED = ["sobol", "lhs"]


def points(rows: Sequence[Row]) -> NDArray[np.float64]:
    return np.array(rows, np.float64)


def strata(column: NDArray[np.float64]) -> list[int]:
    return sorted(np.floor(column * len(column)).astype(int).tolist())


def test_a_grid_has_every_combination_once_and_its_last_axis_changes_fastest() -> None:
    rows = lay_out_design("grid", [read_axis("a", "1,2"), read_axis("b", "x,y,z")], None, 0)
    assert rows == [(a, b) for a in (1.0, 2.0) for b in ("x", "y", "z")]


def test_a_list_pairs_the_values_of_its_axes() -> None:
    assert lay_out_design("list", [read_axis("a", "1,2"), read_axis("b", "x,y")], None, 0) == [(1.0, "x"), (2.0, "y")]


@pytest.mark.parametrize("design", DESIGNS)
def test_without_axes_there_is_one_combination_that_sets_nothing(design: str) -> None:
    assert lay_out_design(design, [], None, 0) == [()]


@pytest.mark.parametrize("design", SAMPLED)
def test_a_sampled_design_makes_as_many_cells_as_it_is_told(design: str) -> None:
    assert len(lay_out_design(design, UNIT, 7, 0)) == 7
    assert len(lay_out_design(design, UNIT, None, 0)) == DEFAULT_CELLS


@pytest.mark.parametrize("n", [64, 37])
@pytest.mark.parametrize("seed", [0, 5])
def test_a_latin_hypercube_has_one_point_in_every_stratum_of_every_axis(n: int, seed: int) -> None:
    found = points(lay_out_design("lhs", UNIT, n, seed))
    assert all(strata(found[:, k]) == list(range(n)) for k in range(3))


def test_independent_points_would_not_fill_the_strata() -> None:
    # The control: the same test turns down draws that no design arranged.
    found = sample_table("control", (64, 3), seed=0)
    assert strata(found[:, 0]) != list(range(64))


def test_the_axes_of_a_latin_hypercube_are_ordered_independently() -> None:
    found = points(lay_out_design("lhs", UNIT, 512, 0))
    orders = np.argsort(np.argsort(found, axis=0), axis=0)
    correlation = np.asarray(np.corrcoef(orders.T))[np.triu_indices(3, 1)]
    # Rank correlations of independent orders have a standard deviation of 1/sqrt(511); 4 of them leave alpha < 1e-3.
    assert np.all(np.abs(correlation) < 4 / np.sqrt(511))
    # The control: points on a diagonal are turned down.
    assert np.asarray(np.corrcoef(orders[:, 0], found[:, 0]))[0, 1] > 4 / np.sqrt(511)


@pytest.mark.parametrize("n", [64, 256])
def test_sobol_points_of_a_power_of_two_fill_the_strata_of_every_axis(n: int) -> None:
    found = points(lay_out_design("sobol", UNIT, n, 3))
    assert all(strata(found[:, k]) == list(range(n)) for k in range(3))


def test_two_axes_of_sobol_points_fill_the_squares_that_a_latin_hypercube_leaves_empty() -> None:
    # 64 points of a (t, 6, 2)-net with t = 0: one in each of the 8 x 8 squares.
    def filled(design: str) -> int:
        found = points(lay_out_design(design, UNIT[:2], 64, 0))
        return len({(int(8 * a), int(8 * b)) for a, b in found.tolist()})

    assert filled("sobol") == 64
    assert filled("lhs") < 64


def test_more_sobol_points_leave_the_first_ones_as_they_were() -> None:
    few, many = (lay_out_design("sobol", UNIT, n, 0) for n in (20, 300))
    assert many[:20] == few


def test_more_points_of_a_latin_hypercube_move_all_of_them() -> None:
    few, many = (lay_out_design("lhs", UNIT, n, 0) for n in (20, 40))
    assert not set(few) & set(many)


@pytest.mark.parametrize("design", SAMPLED)
def test_a_seed_gives_the_same_points_every_time_zero_too_and_another_seed_others(design: str) -> None:
    drawn = {seed: lay_out_design(design, UNIT, 16, seed) for seed in (0, 1)}
    assert drawn == {seed: lay_out_design(design, UNIT, 16, seed) for seed in (0, 1)}
    assert not set(drawn[0]) & set(drawn[1])


@pytest.mark.parametrize("design", SAMPLED)
def test_separate_values_come_up_equally_often_in_a_sampled_design(design: str) -> None:
    axes = [Axis("a", Levels(("x", "y", "z", 4.0)), "x,y,z,4"), UNIT[0]]
    counted = Counter(row[0] for row in lay_out_design(design, axes, 64, 0))
    assert counted == {"x": 16, "y": 16, "z": 16, 4.0: 16}


MANY = ",".join(map(str, range(4000)))


@pytest.mark.parametrize(
    ("design", "axes", "n_cells", "said"),
    [
        ("gird", ["a=1,2"], None, "there is no design 'gird'; did you mean 'grid'?"),
        ("grid", ["a=1,2"], 7, "a grid has as many cells as its values make; leave --cells out"),
        ("list", ["a=1,2"], 7, "a list has as many cells as its values make"),
        ("sobol", ["a=1,2"], 0, f"the number of cells must be 1 to {MOST_CELLS:,}, not 0"),
        ("sobol", ["a=1,2"], MOST_CELLS + 1, "the number of cells must be 1 to 10,000,000, not 10,000,001"),
        ("grid", ["a=0..1"], None, "--vary a=0..1: a grid needs separate values; 0..1/5 gives five of them, or take"),
        ("list", ["a=1,2", "b=1,2,3"], None, "a list takes as many values of each path: a has 2 and b has 3"),
        (
            "grid",
            [f"a={MANY}", f"b={MANY}"],
            None,
            "the grid has 4,000 x 4,000 cells, more than 10,000,000; take fewer",
        ),
    ],
)
def test_what_makes_no_design_is_refused(design: str, axes: list[str], n_cells: int | None, said: str) -> None:
    read = [read_axis(*text.split("=")) for text in axes]
    with pytest.raises(UsageError) as caught:
        lay_out_design(design, read, n_cells, 0)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("design", "n_cells", "laid_out"),
    [
        ("morris", None, 20 * 4),  # 20 trajectories of three factors take a cell and three steps each
        ("morris", 11, 2 * 4),
        ("saltelli", None, 128 * 5),
        ("saltelli", 79, 8 * 5),  # 15 base points would do, but parts are of a power of 2
        ("saltelli", 80, 16 * 5),
    ],
)
def test_designs_for_indices_are_made_of_whole_groups_that_the_cells_allow(
    design: str, n_cells: int | None, laid_out: int
) -> None:
    assert len(lay_out_design(design, UNIT, n_cells, 0)) == laid_out


@pytest.mark.parametrize(("design", "most"), [("morris", 3), ("saltelli", 39)])
def test_too_few_cells_for_a_group_are_refused_with_the_least_that_do(design: str, most: int) -> None:
    with pytest.raises(UsageError, match=f"--cells {most}: .*; take {most + 1} at least"):
        lay_out_design(design, UNIT, most, 0)
    assert len(lay_out_design(design, UNIT, most + 1, 0)) == most + 1


def test_a_grid_over_what_the_scenario_says_itself_is_refused_by_path_alone() -> None:
    with pytest.raises(UsageError, match="--vary a: a grid needs separate values; list some with commas between them"):
        lay_out_design("grid", [Axis("a", Span(0.0, 1.0), "")], None, 0)
