"""Which box of a trajectory is taken."""

from __future__ import annotations

import pytest

from negsim.errors import UsageError
from negsim.study.discovery.choosing import Choice, choose, nearest_coverage
from negsim.study.discovery.prim import Peeled
from negsim.study.discovery.regions import Region


def step(n_cells: int, n_hits: int, n_factors: int = 0) -> Peeled:
    return Peeled(Region(dict.fromkeys(range(n_factors), 0.0), {}, {}), n_cells, n_hits)


# Base rate 0.2; coverage times corrected density: 0; .95 x .2375; .9 x .6875; .89 x .706; .5 x 1; .1 x 1.
WAY = [step(500, 100), step(244, 95, 1), step(120, 90, 2), step(116, 89, 3), step(50, 50, 3), step(10, 10, 4)]


def test_the_knee_is_where_coverage_times_corrected_density_is_highest_with_fewest_factors_among_near_equals() -> None:
    # Box 3 has 0.628 and restricts three factors, box 2 has 0.619 and restricts two.
    assert choose(WAY) == 2
    assert choose([*WAY[:3], step(116, 89, 2), *WAY[4:]]) == 3


def test_the_knee_is_no_box_of_all_cells_where_most_are_of_interest() -> None:
    # Coverage times plain density would take all cells: 0.7 against 0.5 x 1.
    assert choose([step(100, 70), step(35, 35, 1)]) == 1


def test_a_number_takes_that_box() -> None:
    assert choose(WAY, Choice(number=0)) == 0
    with pytest.raises(UsageError, match=r"--box 6: the trajectory has boxes 0 \(all cells\) to 5"):
        choose(WAY, Choice(number=6))


def test_a_least_density_takes_the_box_that_covers_most_and_a_least_coverage_the_purest() -> None:
    assert choose(WAY, Choice(density=0.7)) == 2
    assert choose(WAY, Choice(density=0.76)) == 3
    assert choose(WAY, Choice(coverage=0.3)) == 4
    assert choose(WAY, Choice(coverage=0.05)) == 4  # both are pure, and it covers more
    assert choose(WAY, Choice(density=0.3, coverage=0.3)) == 2


def test_what_no_box_has_is_refused_with_what_there_is() -> None:
    with pytest.raises(UsageError) as caught:
        choose(WAY, Choice(density=0.9, coverage=0.8))
    assert str(caught.value) == (
        "no box on the trajectory has --density 0.9 and --coverage 0.8: the purest is 100% of interest and covers 50%"
    )


def test_a_box_whose_density_fell_below_all_others_can_still_be_the_only_one_to_fit() -> None:
    assert choose([step(100, 50), step(10, 4, 1)], Choice(density=0.3, coverage=0.05)) == 0
    assert choose([step(100, 50), step(40, 19, 1), step(38, 19, 2)], Choice(number=1)) == 1


def test_the_box_of_nearest_coverage_is_the_purest_of_several() -> None:
    assert nearest_coverage(WAY, 0.8) == 3
    assert nearest_coverage([step(10, 4), step(8, 4), step(4, 4)], 1.0) == 2
    assert nearest_coverage([step(10, 0), step(5, 0)], 0.8) == 0
