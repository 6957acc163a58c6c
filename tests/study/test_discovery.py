"""What discovery finds where the answer was planted, and that it finds nothing in noise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from negsim.errors import UsageError
from negsim.model.sampling import sample_table
from negsim.study.discovery.analysis import discover
from negsim.study.discovery.choosing import Choice
from negsim.study.table import Factor
from negsim.study.where import parse_where
from tests.study.planted import found_in, planted, study, uniform

# The box of the first table: 0.38 x 0.8 x 0.4 = 12.16 % of the cells, 95 % of them of interest, as are 5 % outside.
# So 15.94 % are of interest, and the box covers 0.95 x 0.1216 / 0.1594 = 72.5 % of them.
MASS, DENSITY = 0.38 * 0.8 * 0.4, 0.95
COVERAGE = DENSITY * MASS / (DENSITY * MASS + 0.05 * (1 - MASS))


def three_of_twelve(columns):
    return (columns[0] > 0.62) & (columns[3] < 0.8) & (columns[7] > 0.3) & (columns[7] < 0.7)


def test_a_planted_box_of_three_factors_among_twelve_is_found_with_its_limits_coverage_and_density() -> None:
    found = found_in(planted(uniform(12, 10_000), three_of_twelve))
    box = found.boxes[0]
    assert [(limit.path, limit.side) for limit in box.limits] == [
        ("x0", "low"), ("x3", "high"), ("x7", "high"), ("x7", "low"),
    ]  # fmt: skip
    assert [limit.value for limit in box.limits] == pytest.approx([0.62, 0.8, 0.7, 0.3], abs=0.02)
    # Five standard errors of shares of about 1,200 and 1,600 cells, and 2 % for edges that are off.
    assert box.density.estimate == pytest.approx(DENSITY, abs=0.05)
    assert box.coverage.estimate == pytest.approx(COVERAGE, abs=0.07)
    assert all(limit.quasi_p < 1e-6 and limit.reproduced == 1 for limit in box.limits)
    assert box.holds_up
    assert len(found.boxes) == 1


def test_a_planted_box_of_words_is_found() -> None:
    table = planted(uniform(6, 3000), lambda x: (x[0] > 0.5) & (x[5] != 1), words=5)
    box = found_in(table).boxes[0]
    assert [(limit.path, limit.words) for limit in box.limits] == [
        ("x0", ()),
        ("x5", ("alternating_offers", "ultimatum")),
    ]
    assert box.limits[0].value == pytest.approx(0.5, abs=0.02)


def test_two_planted_boxes_are_found_one_outside_the_other_and_their_coverage_adds_up() -> None:
    table = planted(
        uniform(8, 6000), lambda x: ((x[0] > 0.62) & (x[3] < 0.8)) | ((x[1] < 0.3) & (x[2] < 0.4)), noise=0.03
    )
    found = found_in(table)
    assert [tuple(limit.path for limit in box.limits) for box in found.boxes] == [("x0", "x3"), ("x1", "x2")]
    assert found.covered is not None
    together = sum(box.coverage.estimate for box in found.boxes)
    assert found.covered.estimate == pytest.approx(together)
    assert found.rejected is not None
    assert not found.rejected.holds_up
    assert len(found_in(table, most_boxes=1).boxes) == 1


def test_a_search_among_what_earlier_boxes_leave_ends_where_too_little_is_left() -> None:
    found = found_in(planted(uniform(3, 2000), lambda x: x[0] > 0.6, noise=0.0))
    assert len(found.boxes) == 1
    assert found.rejected is None


def test_in_noise_nothing_holds_up() -> None:
    # Each of 80 searches may find a box that holds up with a probability of 2.5 % at most, were the interval exact:
    # more than 7 of 80 have a probability of 0.0012. The same boxes do have a limit with a quasi-p under 5 % sometimes.
    found = [
        found_in(
            study(uniform(5, n, seed), (sample_table("coin", (n,), seed=seed) < base).astype(float)), n_resamples=8
        )
        for seed in range(40)
        for n, base in ((80, 0.4), (200, 0.2))
    ]
    assert sum(bool(one.boxes) for one in found) <= 7
    assert all(one.reason == "chance" for one in found if not one.boxes)
    limited = [one.rejected for one in found if one.rejected is not None and one.rejected.limits]
    assert limited  # quasi-p-values alone would have let these pass
    assert all(box.density.estimate > box.base_rate for box in limited)


def test_the_density_in_the_cells_fitted_to_flatters_and_that_in_cells_left_out_does_not() -> None:
    def box(columns):
        return (columns[0] > 0.6) & (columns[1] > 0.3)

    fresh = uniform(8, 20_000, seed=99)
    flattered, held = [], []
    for seed in range(40):
        found = found_in(planted(uniform(8, 100, seed), box, noise=0.1, seed=seed), most_boxes=1, n_resamples=5)
        best = found.boxes[0] if found.boxes else found.rejected
        assert best is not None
        assert best.held_density is not None
        within = np.ones(20_000, dtype=bool)
        for limit in best.limits:
            column = fresh[int(limit.path[1:])]
            within &= column >= limit.value if limit.side == "low" else column <= limit.value
        truth = np.mean(np.where(box(fresh), 0.9, 0.1)[within])
        flattered.append(best.density.estimate - truth)
        held.append(best.held_density.estimate - truth)
    # One-sided at 0.1 %, of means over 40 studies.
    assert np.mean(flattered) > 3.1 * np.std(flattered) / np.sqrt(40)
    assert np.mean(held) < 3.1 * np.std(held) / np.sqrt(40)


def test_points_under_several_policies_stay_together_when_halves_are_drawn() -> None:
    # Noise, but every point has the same outcome under ten policies: a half would know what is left out.
    held_up = {"together": 0, "apart": 0}
    for seed in range(1, 7):
        points, coins = uniform(4, 60, seed), (sample_table("coin", (60,), seed=seed) < 0.4).astype(float)
        apart = study(np.tile(points, 10), np.tile(coins, 10))
        policy = Factor("policy", np.repeat(np.arange(10.0), 60), tuple("abcdefghij"))
        held_up["apart"] += bool(found_in(apart, most_boxes=1).boxes)
        held_up["together"] += bool(found_in(replace(apart, factors=(*apart.factors, policy)), most_boxes=1).boxes)
    assert held_up == {"together": 0, "apart": 6}


@pytest.mark.parametrize(("design", "size"), [("saltelli", 6), ("morris", 5), ("lhs", 1)])
def test_rows_that_a_design_makes_of_one_point_count_as_a_group(design: str, size: int) -> None:
    # 60 groups of one outcome each: the interval is that of 60 draws, not of all rows.
    coins = (sample_table("coin", (60,), seed=3) < 0.4).astype(float)
    found = found_in(study(uniform(4, 60 * size), np.repeat(coins, size), design=design))
    alone = found_in(study(uniform(4, 60), coins)).base_rate
    assert found.base_rate is not None
    assert alone is not None
    assert found.base_rate.estimate == pytest.approx(alone.estimate)
    assert found.base_rate.half_width == pytest.approx(alone.half_width, rel=0.06)


def with_policies():
    """Two policies at the same 400 points: a region under the first, none under the second."""
    columns = uniform(3, 400)
    first = (columns[0] > 0.5).astype(float)
    table = study(np.tile(columns, 2), np.concatenate([first, np.zeros(400)]))
    policy = Factor("policy", np.repeat([0.0, 1.0], 400), ("as_is", "guarantee"))
    return replace(table, factors=(*table.factors, policy))


def test_a_policy_is_a_factor_like_any_other_unless_one_is_asked_for() -> None:
    box = found_in(with_policies()).boxes[0]
    assert [(limit.path, limit.words) for limit in box.limits] == [("x0", ()), ("policy", ("as_is",))]
    one = found_in(with_policies(), policy="as_is")
    assert (one.n_planned, one.n_cells) == (400, 400)
    assert [limit.path for limit in one.boxes[0].limits] == ["x0"]
    assert found_in(with_policies(), policy="guarantee").reason == "nowhere"


def test_a_policy_that_there_is_not_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"--policy as_si: .* did you mean 'as_is'\?"):
        found_in(with_policies(), policy="as_si")
    with pytest.raises(UsageError, match="compares no policies"):
        found_in(study(uniform(2, 20), np.zeros(20)), policy="as_is")


def test_cells_that_are_not_done_or_lack_a_number_are_left_out_and_counted() -> None:
    table = planted(uniform(3, 500), lambda x: x[0] > 0.5, noise=0.0)
    result = table.results["p"].copy()
    result[:30] = np.nan
    values = table.factors[1].values.copy()
    values[40:45] = np.nan
    factors = (table.factors[0], Factor("x1", values), table.factors[2])
    found = found_in(replace(table, done=np.arange(500) < 480, results={"p": result}, factors=factors))
    assert (found.n_planned, found.n_unknown, found.n_cells) == (500, 55, 445)
    assert found.n_interest == np.count_nonzero(table.factors[0].values[[*range(30, 40), *range(45, 480)]] > 0.5)


@pytest.mark.parametrize(
    ("result", "reason"),
    [(np.full(50, np.nan), "no_cells"), (np.zeros(50), "nowhere"), (np.ones(50), "everywhere")],
)
def test_there_is_no_region_where_a_condition_holds_nowhere_or_everywhere(result, reason: str) -> None:
    found = found_in(study(uniform(2, 50), result))
    assert (found.reason, found.boxes, found.rejected) == (reason, (), None)
    assert (found.base_rate is None) == (reason == "no_cells")


def test_what_has_one_value_is_told_and_cannot_matter() -> None:
    columns = uniform(2, 200)
    columns[1] = 7
    found = found_in(study(columns, (columns[0] > 0.5).astype(float)))
    assert (found.constant, [varied.path for varied in found.varied]) == (("x1",), ["x0"])
    assert found_in(study(np.ones((2, 200)), np.arange(200.0) % 2)).reason == "nothing_varies"


def test_a_study_of_one_cell_or_of_a_few_is_too_few() -> None:
    assert found_in(study(uniform(2, 1), np.ones(1))).reason == "everywhere"
    assert found_in(study(uniform(2, 19), np.arange(19.0) % 2)).reason == "few_cells"
    assert found_in(study(uniform(2, 20), np.arange(20.0) % 2)).reason == "chance"
    assert found_in(study(uniform(9, 30), np.arange(30.0) % 2, design="morris")).reason == "few_cells"
    assert found_in(study(uniform(9, 40), np.arange(40.0) % 2, design="morris")).reason == "chance"


def test_a_grid_of_few_levels_gives_limits_on_its_levels() -> None:
    levels = np.array(np.meshgrid([0.1, 0.2, 0.3, 0.4, 0.5], [10.0, 20.0, 30.0], range(10))).reshape(3, -1)
    table = study(levels, ((levels[0] >= 0.3) & (levels[1] < 25)).astype(float), design="grid")
    box = found_in(table).boxes[0]
    assert [(limit.path, limit.side, limit.value) for limit in box.limits] == [("x0", "low", 0.3), ("x1", "high", 20.0)]
    assert (box.density.estimate, box.coverage.estimate) == (1.0, 1.0)


def test_the_box_asked_for_is_the_first_and_further_ones_stand_at_their_knees() -> None:
    table = planted(uniform(4, 2000), lambda x: (x[0] > 0.6) & (x[1] > 0.3))
    knee = found_in(table).boxes[0]
    purer = found_in(table, choice=Choice(number=knee.chosen + 5)).boxes[0]
    assert purer.chosen == knee.chosen + 5
    assert purer.coverage.estimate < knee.coverage.estimate
    assert purer.trajectory == knee.trajectory
    dense = found_in(table, choice=Choice(density=0.6)).boxes[0]
    assert dense.trajectory[dense.chosen].density >= 0.6
    with pytest.raises(UsageError, match="no box on the trajectory has --density 1"):
        found_in(study(uniform(2, 500), (sample_table("c", (500,), seed=4) < 0.1) * 1.0), choice=Choice(density=1.0))


def test_the_same_study_gives_the_same_regions_and_another_seed_other_halves() -> None:
    table = planted(uniform(4, 400), lambda x: x[0] > 0.6, noise=0.2)
    first, again, other = (found_in(one) for one in (table, table, replace(table, seed=2)))
    assert first == again
    assert first.boxes[0].limits[0].value == other.boxes[0].limits[0].value
    assert first.boxes[0].held_density != other.boxes[0].held_density


def test_a_condition_may_name_what_was_varied() -> None:
    table = planted(uniform(3, 500), lambda x: x[0] > 0.5, noise=0.0)
    where = parse_where("p > 0.5 and x1 < 0.5", {"p": (), "x0": (), "x1": (), "x2": ()})
    assert {limit.path for limit in discover(table, where).boxes[0].limits} == {"x0", "x1"}
