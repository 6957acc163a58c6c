"""Worlds that are drawn lie within the ends of what is uncertain, and are what the model looks at."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from negsim.errors import format_path
from negsim.model.points import Factor, centre_of, factors_of, points_of
from negsim.scenario import Scenario, loads
from negsim.testing.strategies import World, scenarios, worlds
from negsim.testing.worlds import value_at
from tests.scenario.rich import RICH

RICH_SCENARIO = loads(RICH)
QUICK = settings(phases=[Phase.generate])


@given(st.data(), scenarios(stakes=True))
def test_every_value_of_a_world_lies_within_its_ends(data: st.DataObject, scenario: Scenario) -> None:
    world = data.draw(worlds(scenario))
    assert world.factors == factors_of(scenario)
    for factor, value in zip(world.factors, world.values, strict=True):
        assert value in (0.0, 1.0) if factor.is_coin else factor.low <= value <= factor.high


@given(worlds(RICH_SCENARIO))
def test_the_draws_of_a_world_are_its_values(world: World) -> None:
    draws = world.draws(RICH_SCENARIO)
    assert draws.n_worlds == 1
    (point,) = points_of(world.factors, draws).tolist()
    assert tuple(point) == world.values
    assert len(world.by_path) == len(point) > 10


def test_the_smallest_world_is_the_central_one() -> None:
    assert find(worlds(RICH_SCENARIO), lambda _: True).values == tuple(centre_of(factors_of(RICH_SCENARIO)))


def stands_at(k: int, end: float) -> Callable[[World], bool]:
    return lambda world: world.values[k] == end


def test_every_end_and_either_side_of_a_coin_is_drawn() -> None:
    for k, factor in enumerate(factors_of(RICH_SCENARIO)[::4]):
        for end in (factor.low, factor.high):
            found = find(worlds(RICH_SCENARIO), stands_at(4 * k, end), settings=QUICK)
            assert found.by_path[format_path(factor.path)] == end


def test_what_matters_alone_leaves_its_centre() -> None:
    boat = loads(
        "negsim: 1\nid: boat\ntitle: Boat\nissues: {price: {title: Price, scale: 0..10, step: 5}}\n"
        "parties:\n  ann: {title: Ann, demands: {price: 0}, no_deal: 20..40}\n"
        "  bob: {title: Bob, demands: {price: 10}, no_deal: 10..50}\n"
    )
    assert find(worlds(boat), lambda world: world.values[1] > 45).values == pytest.approx((30.0, 45.2))


def test_a_scenario_in_which_nothing_is_uncertain_has_one_world() -> None:
    boat = loads(
        "negsim: 1\nid: boat\ntitle: Boat\nissues: {price: {title: Price, scale: 0..10, step: 5}}\n"
        "parties: {ann: {title: Ann, demands: {price: 0}, no_deal: 3}}\n"
    )
    only = find(worlds(boat), lambda _: True)
    assert only == World((), ())
    assert only.draws(boat).n_worlds == 1


def test_steps_lead_from_the_centre_to_either_end() -> None:
    factor = Factor(("x",), low=0.1, high=0.7, centre=0.3, given=("x",))
    assert [value_at(factor, move, 2) for move in (-2, -1, 0, 1, 2)] == [0.1, 0.2, 0.3, 0.5, 0.7]


def test_a_world_is_shown_by_its_paths() -> None:
    factor = Factor(("parties", "ann", "no_deal"), low=1, high=5, centre=3, given=("parties", "ann", "no_deal"))
    assert repr(World((factor,), (4.0,))) == "World({'parties.ann.no_deal': 4.0})"
