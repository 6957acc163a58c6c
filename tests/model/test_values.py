from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from negsim.model.draws import Draws, draw_block, draw_centre
from negsim.model.no_deal import without_deal
from negsim.model.values import (
    central_values,
    central_weights,
    demanded_values,
    implied_values,
    option_values,
    weighted_values,
    weights,
)
from negsim.scenario import Scenario, loads
from negsim.scenario.types import Demand, Party
from negsim.zone import analyse_zone


def _scenario(party: str, issues: str = "") -> Scenario:
    return loads(f"""
negsim: 1
id: s
title: S
issues:
  price: {{title: Price, scale: 0..100, step: 10}}
  place: {{title: Place, kind: ordered, options: [near, middle, far, farther]}}
  colour: {{title: Colour, options: [red, green, blue]}}
  extra: {{title: Extra, when: colour == red, options: [yes_please, no_thanks]}}
{issues}
parties:
  ann:
    title: Ann
    no_deal: 0
    {party}
""")


def _no_deal(party: Party, scenario: Scenario, draws: Draws) -> NDArray[np.float64]:
    return without_deal(party, scenario, draws).least


def _values(party: str, issue: str) -> list[float]:
    scenario = _scenario(party)
    return [round(value, 6) for value in central_values(scenario)["ann"][issue]]


@pytest.mark.parametrize(
    ("demand", "expected"),
    [
        # Outside the demand value falls linearly to 0 at the farther end of the declared scale.
        ("price: 100", [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]),
        ("price: 0", [100, 90, 80, 70, 60, 50, 40, 30, 20, 10, 0]),
        ("price: 40", [33.333333, 50, 66.666667, 83.333333, 100, 83.333333, 66.666667, 50, 33.333333, 16.666667, 0]),
        ("price: {at_least: 50}", [0, 20, 40, 60, 80, 100, 100, 100, 100, 100, 100]),
        ("price: {at_most: 80}", [100, 100, 100, 100, 100, 100, 100, 100, 100, 50, 0]),
        (
            "price: {between: 20..40}",
            [66.666667, 83.333333, 100, 100, 100, 83.333333, 66.666667, 50, 33.333333, 16.666667, 0],
        ),
        ("price: any", [100] * 11),
        ("price: {between: 0..100}", [100] * 11),
    ],
)
def test_values_on_a_numeric_issue_follow_from_the_demand(demand: str, expected: list[float]) -> None:
    assert _values(f"demands: {{{demand}}}", "price") == expected


@pytest.mark.parametrize(
    ("demand", "expected"),
    [
        ("place: near", [100, 66.666667, 33.333333, 0]),
        ("place: middle", [50, 100, 50, 0]),
        ("place: {at_least: far}", [0, 50, 100, 100]),
        ("place: {at_most: near}", [100, 66.666667, 33.333333, 0]),
        ("place: {one_of: [near, far]}", [100, 0, 100, 0]),
        ("place: {one_of: [near, farther]}", [100, 0, 0, 100]),
    ],
)
def test_values_on_an_ordered_issue_follow_from_the_demand_by_rank(demand: str, expected: list[float]) -> None:
    assert _values(f"demands: {{{demand}}}", "place") == expected


def test_values_on_a_categorical_issue_are_all_or_nothing() -> None:
    assert _values("demands: {colour: green}", "colour") == [0, 100, 0]
    assert _values("demands: {colour: {one_of: [red, blue]}}", "colour") == [100, 0, 100]


def test_what_is_given_stands_and_the_rest_follows_from_the_demand() -> None:
    assert _values("demands: {place: near}\n    values: {place: {far: 90}}", "place") == [100, 66.666667, 90, 0]


def test_given_points_of_a_numeric_issue_are_joined_by_lines_and_the_ends_follow_from_the_demand() -> None:
    found = _values("demands: {price: 100}\n    values: {price: {50: 80}}", "price")
    assert found == [0, 16, 32, 48, 64, 80, 84, 88, 92, 96, 100]


def test_an_uncertain_point_moves_its_line_in_every_world() -> None:
    scenario = _scenario("demands: {price: 100}\n    values: {price: {50: 20..80}}")
    draws = draw_block(scenario, seed=0, block=0)
    value = option_values(scenario.parties[0], scenario.issues[0], draws)
    given = draws.quantity["parties", "ann", "values", "price", "50"]
    assert value[:, 5] == pytest.approx(given)
    assert value[:, 1] == pytest.approx(given / 5)
    assert value[:, 9] == pytest.approx(given + 0.8 * (100 - given))


def test_irrelevant_is_the_last_choice_of_a_conditional_issue() -> None:
    assert _values("demands: {extra: yes_please}\n    values: {extra: {irrelevant: 60}}", "extra") == [100, 0, 60]


def test_a_demand_on_the_whole_scale_is_always_met() -> None:
    everything = Demand("x", "between", ("0", "2"), (0, 1, 2))
    assert implied_values(everything, 3, np.array([0.0, 1.0, 2.0])).tolist() == [100, 100, 100]


def test_priorities_are_scaled_to_sum_to_one_in_every_world() -> None:
    scenario = _scenario("demands: {price: 100, place: near}\n    priorities: {price: 10..30, place: 60}")
    draws = draw_block(scenario, seed=0, block=0)
    weight = weights(scenario.parties[0], draws)
    price = draws.quantity["parties", "ann", "priorities", "price"]
    assert weight["price"] == pytest.approx(price / (price + 60))
    assert weight["price"] + weight["place"] == pytest.approx(1)


def test_without_priorities_every_issue_with_a_demand_or_values_weighs_the_same() -> None:
    scenario = _scenario("demands: {price: 100, place: near}\n    values: {colour: {red: 1, green: 2, blue: 3}}")
    assert central_weights(scenario)["ann"] == pytest.approx({"price": 1 / 3, "place": 1 / 3, "colour": 1 / 3})


def test_weighted_values_are_whole_units_that_float32_holds() -> None:
    scenario = _scenario(
        "demands: {price: 40, place: middle, colour: red}\n    priorities: {price: 1, place: 1, colour: 1}"
    )
    draws = draw_centre(scenario)
    values = weighted_values(scenario.parties[0], scenario.issues, draws)
    assert all(value.dtype == np.float32 for value in values)
    # A third of 100 points is 33.33333 points, rounded to 10^-5.
    assert values[2][0].tolist() == [3_333_333, 0, 0]
    assert values[0][0][0] == round(100 / 3 * (1 / 3) * 100_000)
    assert values[3][0].tolist() == [0, 0, 0]  # no weight
    assert sum(float(value.max()) for value in values) <= 10_000_000 + len(values)


def test_a_no_deal_value_given_as_an_outcome_is_worth_what_the_outcome_is() -> None:
    scenario = loads("""
negsim: 1
id: s
title: S
issues:
  price: {title: Price, scale: 0..100, step: 10}
  place: {title: Place, kind: ordered, options: [near, middle, far, farther]}
parties:
  ann:
    title: Ann
    demands: {price: 100, place: near}
    priorities: {price: 2, place: 1}
    no_deal: {same_as: {price: 30, place: middle}}
""")
    # 2/3 of 30 points and 1/3 of 66.66...: each rounded to a unit.
    expected = round(2 / 3 * 30 * 100_000) + round(1 / 3 * (100 * (1 - 1 / 3)) * 100_000)
    assert _no_deal(scenario.parties[0], scenario, draw_centre(scenario)).tolist() == [expected]


def test_a_price_between_two_steps_is_worth_what_lies_between_them() -> None:
    scenario = loads("""
negsim: 1
id: s
title: S
issues: {price: {title: Price, scale: 0..100, step: 10}}
parties:
  ann: {title: Ann, demands: {price: 100}, no_deal: {same_as: {price: 33}}}
  bob: {title: Bob, demands: {price: 0}, no_deal: {same_as: {price: 20..40}}}
""")
    draws = draw_block(scenario, seed=0, block=0)
    assert _no_deal(scenario.parties[0], scenario, draws)[0] == 33 * 100_000
    price = draws.quantity["parties", "bob", "no_deal", "same_as", "price"]
    assert _no_deal(scenario.parties[1], scenario, draws) == pytest.approx((100 - price) * 100_000, abs=1)


def test_a_no_deal_outcome_may_name_issues_without_weight() -> None:
    scenario = loads("""
negsim: 1
id: s
title: S
issues:
  price: {title: Price, scale: 0..100, step: 10}
  size: {title: Size, scale: 0..9, step: 1}
  place: {title: Place, kind: ordered, options: [near, far]}
parties:
  ann: {title: Ann, demands: {price: 100}, no_deal: {same_as: {price: 30, place: far, size: 4}}}
  bob: {title: Bob, demands: {place: far}, no_deal: {same_as: {price: 30, place: far, size: 4}}}
""")
    ann, bob = (_no_deal(party, scenario, draw_centre(scenario)) for party in scenario.parties)
    assert ann.tolist() == [30 * 100_000]
    assert bob.tolist() == [100 * 100_000]


def test_a_party_without_a_stake_has_nothing_without_a_deal() -> None:
    scenario = loads("""
negsim: 1
id: s
title: S
issues: {place: {title: Place, options: [near, far]}}
parties: {ann: {title: Ann}}
""")
    assert _no_deal(scenario.parties[0], scenario, draw_centre(scenario)).tolist() == [0]


def test_a_level_between_others_ties_with_itself_where_interpolation_would_miss_by_the_last_bit() -> None:
    assert 61.3 + (0.00001 - 61.3) > 0.00001  # in floating point
    scenario = loads("""
negsim: 1
id: s
title: S
issues:
  price: {title: Price, scale: 0..2, step: 1}
  place: {title: Place, options: [near, far]}
parties:
  ann:
    title: Ann
    values: {price: {0: 61.3, 1: 0.00001, 2: 61.3}, place: {near: 0, far: 0}}
    no_deal: {same_as: {price: 1, place: near}}
""")
    ann, draws = scenario.parties[0], draw_centre(scenario)
    # Half of 10^-5 points is half a unit, which goes to 0, the even one of its neighbours; a bit more would go to 1.
    assert weighted_values(ann, scenario.issues, draws)[0].tolist() == [[3_065_000, 0, 3_065_000]]
    assert _no_deal(ann, scenario, draws).tolist() == [0]


@pytest.mark.parametrize("n_issues", [3, 7, 9, 11])
@pytest.mark.parametrize("value", [40, 100])
def test_a_deal_worth_exactly_the_no_deal_value_is_accepted_whatever_the_weights_round_to(
    n_issues: int, value: int
) -> None:
    # Equal weights of a third or a ninth are no whole numbers of units; the deal is worth `value` all the same.
    def accepts(no_deal: float) -> bool:
        issues = ", ".join(f"i{k}: {{title: I, options: [o]}}" for k in range(n_issues))
        values = ", ".join(f"i{k}: {{o: {value}}}" for k in range(n_issues))
        party = f"{{title: A, values: {{{values}}}, no_deal: {no_deal}}}"
        text = f"{{negsim: 1, id: s, title: S, issues: {{{issues}}}, parties: {{ann: {party}}}}}"
        return analyse_zone(loads(text), n_worlds=1).p_zone.estimate == 1

    assert accepts(value)
    assert not accepts(value + 0.0002)


def test_a_demanded_level_is_worth_100_beside_given_points() -> None:
    found = _values("demands: {price: {at_least: 60}}\n    values: {price: {20: 40}}", "price")
    assert found == [0, 20, 40, 55, 70, 85, 100, 100, 100, 100, 100]
    found = _values("demands: {price: {between: 40..60}}\n    values: {price: {20: 10}}", "price")
    # The lower end follows from the demand: 40 below it, as far as the upper end is above, so 0.
    assert found == [0, 5, 10, 55, 100, 100, 100, 75, 50, 25, 0]


def test_weights_that_all_underflow_to_zero_are_equal() -> None:
    scenario = _scenario(
        "demands: {price: 100, place: near}\n"
        "    priorities: {price: {beta: {a: 0.01, b: 1}}, place: {beta: {a: 0.01, b: 1}}}"
    )
    for block in range(40):
        draws = draw_block(scenario, seed=0, block=block)
        weight = weights(scenario.parties[0], draws)
        assert np.all(weight["price"] + weight["place"] == pytest.approx(1))


def test_a_demand_on_a_very_long_scale_is_valued_at_once() -> None:
    n = 100_000
    values = implied_values(Demand("x", "at_least", ("50000",), tuple(range(n // 2, n))), n, np.arange(n, dtype=float))
    assert values[0] == 0
    assert values[n // 4] == pytest.approx(50)
    assert np.all(values[n // 2 :] == 100)


@pytest.mark.parametrize(
    ("party", "issue", "expected"),
    [
        ("demands: {place: far}", "place", [0, 50, 100, 50]),
        ("demands: {colour: green}", "colour", [0, 100, 0]),
        # What a party values is its own affair: others know what it demands.
        ("demands: {colour: green}\n    values: {colour: {red: 70, blue: 30}}", "colour", [0, 100, 0]),
        ("demands: {colour: green}", "place", [0, 0, 0, 0]),
        # An issue that does not arise meets no demand and misses none.
        ("demands: {extra: yes_please}\n    values: {extra: {irrelevant: 90}}", "extra", [100, 0, 50]),
    ],
)
def test_who_knows_a_demand_alone_values_options_by_it(party: str, issue: str, expected: list[float]) -> None:
    scenario = _scenario(party)
    found = demanded_values(scenario.parties[0], next(one for one in scenario.issues if one.id == issue))
    assert found.tolist() == pytest.approx(expected, abs=1e-9)
