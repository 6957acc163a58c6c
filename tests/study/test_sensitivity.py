"""What a study can tell, by its design: cells that failed, policies, words, conditions."""

from __future__ import annotations

import numpy as np
import pytest

from negsim.errors import UsageError
from negsim.model.sampling import sample_table
from negsim.study.designs_morris import morris
from negsim.study.designs_saltelli import saltelli, split_rows
from negsim.study.sensitivity.analysis import Outcome, study_sensitivity
from negsim.study.sensitivity.given_data import first_orders
from negsim.study.sensitivity.result import Findings, Influence
from negsim.study.sensitivity.sobol_indices import sobol_indices
from negsim.study.table import StudyTable
from tests.study.known_answers import g_function, g_indices
from tests.study.tables import table_of

A = (0.0, 0.5, 9.0)


def one_of(table: StudyTable, **more: object) -> Findings:
    (found,) = study_sensitivity(table, **more).findings  # type: ignore[arg-type]
    return found


def by_path(found: Findings) -> dict[str, Influence]:
    return {one.paths[0]: one for one in found.influences}


def saltelli_table(n_base: int = 256) -> StudyTable:
    x = saltelli(3, n_base, seed=0)
    return table_of("saltelli", x, {"p_zone": g_function(x, A) / 4})


def test_a_saltelli_design_tells_indices_largest_first() -> None:
    found = one_of(saltelli_table())
    assert [one.paths for one in found.influences] == [("a",), ("b",), ("c",)]
    for one, total in zip(found.influences, g_indices(A)[1], strict=True):
        assert one.total is not None
        assert one.total.low < total < one.total.high
    assert (found.n_base, found.n_failed, found.n_dropped, found.n_cells) == (256, 0, 0, 1280)
    assert {one.path for one in found.swings} == {"a", "b", "c"}
    assert {one.path for one in found.placed} == {"a", "b", "c"}


def test_a_cell_without_a_result_costs_its_base_point_and_no_more() -> None:
    table = saltelli_table()
    values = table.results["p_zone"].copy()
    values[7] = np.nan  # in the second base point
    done = np.ones(1280, np.bool_)
    done[1279] = False  # in the last
    found = one_of(table_of("saltelli", saltelli(3, 256, seed=0), {"p_zone": values}, done=done))
    assert (found.n_failed, found.n_dropped, found.n_base) == (2, 8, 254)
    base, other, mixed = split_rows(table.results["p_zone"], 3)
    keep = np.ones(256, np.bool_)
    keep[[1, 255]] = False
    expected = sobol_indices(base[keep], other[keep], mixed[keep], part=np.repeat(np.arange(8), 32)[keep])
    assert expected is not None
    assert found.sum_first == expected.sum_first


def test_of_a_design_that_is_not_in_eight_parts_points_are_resampled() -> None:
    x = saltelli(3, 60, seed=0, n_parts=15)
    found = one_of(table_of("saltelli", x, {"p_zone": g_function(x, A)}))
    expected = sobol_indices(*split_rows(g_function(x, A), 3))
    assert expected is not None
    assert found.sum_first == expected.sum_first


def test_too_few_base_points_and_cells_that_make_no_whole_ones_are_refused() -> None:
    table = saltelli_table(8)
    values = table.results["p_zone"].copy()
    values[0] = np.nan
    with pytest.raises(UsageError, match="7 base points with all their results"):
        study_sensitivity(table_of("saltelli", saltelli(3, 8, seed=0), {"p_zone": values}))
    with pytest.raises(UsageError, match="39 cells, no whole number of times the 5 of one base point"):
        study_sensitivity(table_of("saltelli", saltelli(3, 8, seed=0)[:39], {"p_zone": values[:39]}))


def test_a_morris_design_tells_steps_and_nothing_of_shares() -> None:
    x = morris(3, 30, seed=0)
    values = 2 * x[:, 0] - x[:, 1] + 0.1 * x[:, 1] * x[:, 2]
    values[4] = np.nan  # in the second trajectory
    found = one_of(table_of("morris", x, {"p_agreement": values}))
    assert [one.paths[0] for one in found.influences] == ["a", "b", "c"]
    steps = found.influences[0].steps
    assert steps is not None
    assert steps.mu.estimate == pytest.approx(2 * 3 / 4)  # levels are 3/4 of the range apart
    assert (found.n_failed, found.n_dropped) == (1, 3)
    assert (found.influences[0].first, found.sum_first, found.swings, found.placed) == (None, None, (), ())


def test_between_words_a_step_is_the_plain_change_and_between_numbers_it_is_in_proportion() -> None:
    # Two words, and four numbers from 0 to 6, two levels apart in every step: a distance of 4 of 6.
    x = morris(2, 40, seed=1)
    word, number = np.floor(2 * x[:, 0]), 2 * np.floor(4 * x[:, 1])
    values = np.stack([word, number], axis=1)
    found = by_path(
        one_of(table_of("morris", values, {"p_zone": 0.3 * word + 0.05 * number}, labels={"a": ("low", "high")}))
    )
    steps = {path: one.steps for path, one in found.items()}
    assert steps["a"] is not None
    assert steps["b"] is not None
    assert steps["a"].mu_star.estimate == pytest.approx(0.3)
    assert steps["b"].mu_star.estimate == pytest.approx(0.05 * 6)


def test_a_whole_grid_is_exact_and_one_with_a_hole_is_not() -> None:
    a, b = (one.ravel() for one in np.meshgrid(np.arange(10.0), np.arange(8.0), indexing="ij"))
    table = table_of("grid", np.stack([a, b], axis=1), {"p_zone": a})
    found = one_of(table)
    assert found.exact
    assert by_path(found)["a"].total is not None
    assert by_path(found)["a"].total.half_width == 0  # type: ignore[union-attr]
    assert [one.moved for one in found.influences] == [True, False]
    assert [one.difference.half_width for one in found.swings] == [0, 0]
    holed = a.copy()
    holed[0] = np.nan
    less = one_of(table_of("grid", np.stack([a, b], axis=1), {"p_zone": holed}))
    assert not less.exact
    assert by_path(less)["a"].total is None
    assert by_path(less)["a"].first.half_width > 0  # type: ignore[union-attr]


@pytest.mark.parametrize("design", ["lhs", "sobol", "list"])
def test_any_other_design_tells_first_order_indices(design: str) -> None:
    x = sample_table("x", (300, 3), seed=0)
    found = one_of(table_of(design, x, {"p_zone": g_function(x, A)}))
    expected = first_orders(x, g_function(x, A), balanced=design == "sobol")
    assert expected is not None
    assert sorted(one.first.estimate for one in found.influences if one.first) == sorted(
        one.estimate for one in expected[0]
    )
    # In a list factors change together, so their shares do not add up to anything.
    assert found.sum_first == (None if design == "list" else expected[1])


def test_a_few_cells_tell_swings_and_no_shares() -> None:
    x = sample_table("x", (12, 2), seed=0)
    found = one_of(table_of("lhs", x, {"p_zone": x[:, 0]}))
    assert [one.first for one in found.influences] == [None, None]
    assert len(found.swings) == 2
    assert found.placed == ()


def test_each_policy_is_a_study_of_its_own() -> None:
    x = saltelli(2, 64, seed=0)
    values = np.concatenate([np.column_stack([x, np.full(len(x), k)]) for k in (0.0, 1.0)])
    result = np.concatenate([x[:, 0], x[:, 1]])
    table = table_of("saltelli", values, {"p_zone": result}, names=["a", "b", "policy"], labels={"policy": ("x", "y")})
    found = study_sensitivity(table).findings
    assert [one.policy for one in found] == ["x", "y"]
    assert [one.influences[0].paths[0] for one in found] == ["a", "b"]
    assert all(len(one.influences) == 2 for one in found)


def test_policies_may_take_turns() -> None:
    x = saltelli(2, 64, seed=0)
    values = np.column_stack([np.repeat(x, 2, axis=0), np.tile([0.0, 1.0], len(x))])
    result = np.where(values[:, 2] == 0, values[:, 0], values[:, 1])
    table = table_of("saltelli", values, {"p_zone": result}, names=["a", "b", "policy"], labels={"policy": ("x", "y")})
    assert [one.influences[0].paths[0] for one in study_sensitivity(table).findings] == ["a", "b"]


def test_the_result_is_the_first_usual_one_unless_another_is_asked_for() -> None:
    x = sample_table("x", (50, 2), seed=0)
    table = table_of("lhs", x, {"rounds": x[:, 0], "p_agreement": x[:, 1]})
    assert (study_sensitivity(table).of, study_sensitivity(table).share) == ("p_agreement", True)
    asked = study_sensitivity(table, of="rounds")
    assert (asked.of, asked.share, asked.findings[0].influences[0].paths) == ("rounds", False, ("a",))
    assert study_sensitivity(table_of("lhs", x, {"talks.p_missed": x[:, 1]}), of="talks.p_missed").share


def test_a_result_that_there_is_not_is_refused_with_the_nearest() -> None:
    x = sample_table("x", (50, 2), seed=0)
    with pytest.raises(UsageError, match="no result 'round'; did you mean 'rounds'"):
        study_sensitivity(table_of("lhs", x, {"rounds": x[:, 0]}), of="round")
    with pytest.raises(UsageError, match=r"which result\? --of NAME; the study made has rounds"):
        study_sensitivity(table_of("lhs", x, {"rounds": x[:, 0]}))


def test_a_factor_of_one_value_is_named_and_takes_no_part() -> None:
    x = saltelli(3, 64, seed=0)
    x[:, 1] = 4.0
    found = one_of(table_of("saltelli", x, {"p_zone": x[:, 0] + x[:, 1]}))
    assert found.constant == ("b",)
    assert {one.paths[0] for one in found.influences} == {"a", "c"}


def test_studies_that_tell_nothing_are_refused() -> None:
    x = sample_table("x", (50, 1), seed=0)
    with pytest.raises(UsageError, match="0 of 50 cells have a result p_zone"):
        study_sensitivity(table_of("lhs", x, {"p_zone": np.full(50, np.nan)}))
    with pytest.raises(UsageError, match="no factor has more than one value"):
        study_sensitivity(table_of("lhs", np.ones((50, 1)), {"p_zone": x[:, 0]}))


def test_a_result_that_never_varies_is_said_to() -> None:
    for design, x in (("saltelli", saltelli(2, 64, seed=0)), ("lhs", sample_table("x", (50, 2), seed=0))):
        found = one_of(table_of(design, x, {"p_zone": np.ones(len(x))}))
        assert not found.varies
        assert [one.first for one in found.influences] == [None, None]
        assert found.placed == ()


def test_a_condition_splits_the_cells_that_know_it() -> None:
    x = sample_table("x", (200, 2), seed=0)
    words = np.floor(x[:, 1] * 3)
    values = np.column_stack([x[:, 0], words])
    table = table_of("lhs", values, {"p_zone": x[:, 0]}, labels={"b": ("low", "mid", "high")})
    known = np.arange(200) >= 20
    where = Outcome("p_zone > 0.5", x[:, 0] > 0.5, known)
    found = one_of(table, where=where)
    assert found.n_with == np.count_nonzero((x[:, 0] > 0.5) & known)
    first, second = found.placed
    assert first.split is not None
    assert (first.path, first.split.distance, first.split.more) == ("a", 1.0, True)
    assert first.split.at == np.max(x[known & (x[:, 0] <= 0.5), 0])
    assert second.split is not None
    assert second.at_label in ("low", "mid", "high")
    assert not second.split.stands_out


@pytest.mark.parametrize(("holds", "which"), [(False, "none"), (True, "all")])
def test_a_condition_that_holds_nowhere_or_everywhere_is_refused(holds: bool, which: str) -> None:
    x = sample_table("x", (50, 2), seed=0)
    where = Outcome("p_zone > 2", np.full(50, holds), np.ones(50, np.bool_))
    with pytest.raises(UsageError, match=f"{which} of 50 cells have --where 'p_zone > 2'"):
        study_sensitivity(table_of("lhs", x, {"p_zone": x[:, 0]}), where=where)
