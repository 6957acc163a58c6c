"""What no deal is worth, form by form, against numbers worked out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from negsim.model.assumptions import Assumptions
from negsim.model.no_deal import chance_of_winning, rounding_allowance, without_deal
from negsim.scenario.types import Scenario
from tests.model.stakes import TWICE, actor_of, held, inside, least, scene, war
from tests.strategies import Document
from tests.worlds import bench

WAR: Document = {"win": 90, "lose": 10, "now": 40}
RATE: Document = {"discount_rate": 0.1}
ALLY: Document = {"title": "Eve", "demands": {"price": 100, "town": "ours"}}


def _fighting(name: str = "ann", collapse: Document | None = None, **more: Any) -> Any:
    """A scene in which Ann (or Bob) fights, at a discount rate of .1 a year, with hazards of .3 for Bob and .1 for Ann."""
    rate = {"discount_rate": more.pop("rate", 0.1)}
    return scene(**{name: {"no_deal": {"war": WAR | more}} | rate}, war=collapse or war())


# A number, an outcome


def test_a_number_is_lowered_by_what_rounding_may_cost_and_an_outcome_is_not() -> None:
    found, _ = held(scene(ann={"no_deal": 40}), "ann")
    assert (found.least.tolist(), found.inside.tolist(), found.war) == ([3_999_999], [3_999_999], None)
    found, _ = held(scene(ann={"no_deal": {"same_as": {"price": 30, "town": "theirs"}}}), "ann")
    assert (found.least.tolist(), found.inside.tolist(), found.war) == ([1_500_000], [1_500_000], None)


def test_issues_that_an_outcome_leaves_out_are_worth_the_rest() -> None:
    # Half of 30 for the price, half of 64 for the town, which is not named.
    scenario = scene(ann={"no_deal": {"same_as": {"price": 30}, "rest": 64}})
    found, _ = held(scenario, "ann")
    assert found.least.tolist() == [4_700_000]
    found, _ = held(scene(ann={"no_deal": {"same_as": {"town": "ours"}, "rest": 7}}), "ann")
    assert found.least.tolist() == [5_350_000]
    # What carries no weight needs none.
    found, _ = held(scene(ann={"no_deal": {"same_as": {"town": "ours"}}, "priorities": {"town": 1}}), "ann")
    assert found.least.tolist() == [10_000_000]


def test_who_has_no_stake_and_who_looks_at_red_lines_alone_has_nothing() -> None:
    scenario = scene(
        ann={"no_deal": 40, "ratifiers": {"home": {"title": "Home"}, "senate": {"title": "Senate", "no_deal": 55}}},
        others={"cas": {"title": "Cas", "role": "mediator"}},
    )
    assert least(scenario, "senate") == 55
    for name in ("cas", "home"):
        found, _ = held(scenario, name)
        assert (found.least.tolist(), found.inside.tolist(), found.war) == ([0], [0], None)


def test_a_ratifier_is_allowed_for_the_rounding_of_its_own_values() -> None:
    # Ann weighs one issue, her ratifier nine, each worth 40 to it: 9 times 444444 units, 4 short of 40 points.
    issues = TWICE | {f"i{k}": {"title": "I", "options": ["o"]} for k in range(9)}
    values = {f"i{k}": {"o": 40} for k in range(9)}
    nine = {"title": "Home", "values": values, "priorities": dict.fromkeys(values, 1), "no_deal": 40}
    scenario = scene(ann={"no_deal": 40, "priorities": {"price": 1}, "ratifiers": {"home": nine}}, issues=issues)
    assert rounding_allowance(actor_of(scenario, "home")) == 4
    assert rounding_allowance(actor_of(scenario, "ann")) == 0
    found = bench(scenario, n_worlds=1)
    place = [actor.id for actor in scenario.actors].index("home")
    assert found.worlds.gain(place, found.outcomes().pick([0])).tolist() == [[0.0]]


def test_a_ratifier_may_see_the_war_of_its_party_otherwise() -> None:
    home = {"title": "Home", "no_deal": {"war": WAR | {"side": "bob"}}}
    senate = {"title": "Senate", "no_deal": {"war": WAR | {"belief": {"a": 8, "b": 2}}}, "discount_rate": 0}
    ally = ALLY | {"no_deal": 40, "ratifiers": {"home": home}} | RATE
    scenario = scene(ann={"no_deal": 40, "ratifiers": {"senate": senate}} | RATE, others={"eve": ally}, war=war())
    # At the party's rate, seen from the other side; and (.32 * 90 + .08 * 10) / .4 at a rate of its own.
    assert least(scenario, "home") == 32.0
    assert least(scenario, "senate") == pytest.approx(74.0, abs=1e-5)


# Lotteries


def _lottery(**more: Any) -> Any:
    ends = {
        "win": {"probability": 0.25, "worth": 80},
        "draw": {"probability": 0.35, "worth": {"same_as": {"price": 20, "town": "ours"}}},
        "lose": {"worth": 10},
    }
    return scene(ann={"no_deal": {"lottery": {"ends": ends} | more}})


def test_a_lottery_weighs_its_ends_and_the_last_gets_what_is_left() -> None:
    # .25 * 80 + .35 * (10 + 50) + .4 * 10
    assert least(_lottery(), "ann") == 45.0
    assert least(_lottery(costs={"delay": 3, "dead": {"points": 20, "factors": {"a": 0.5, "b": 0.1}}}), "ann") == 41.0
    assert held(_lottery(), "ann")[0].war is None


def test_a_lottery_of_certain_shares_and_of_one_end() -> None:
    thirds = {"a": {"probability": 0.5, "worth": 60}, "b": {"probability": 0.5, "worth": 10}}
    assert least(scene(ann={"no_deal": {"lottery": {"ends": thirds}}}), "ann") == 35
    assert least(scene(ann={"no_deal": {"lottery": {"ends": {"a": {"worth": 33}}}}}), "ann") == 33


def test_a_lottery_is_drawn_once_a_world() -> None:
    ends = {"win": {"probability": "0.2..0.6", "worth": "60..90"}, "lose": {"worth": 10}}
    found, draws = held(scene(ann={"no_deal": {"lottery": {"ends": ends}}}), "ann", n_worlds=50)
    path = ("parties", "ann", "no_deal", "lottery", "ends", "win")
    p, worth = draws.quantity[*path, "probability"], draws.quantity[*path, "worth"]
    assert found.least == pytest.approx((p * worth + (1 - p) * 10) * 100_000 - 1, abs=1)


# War


def test_a_war_is_worth_what_the_formula_says() -> None:
    # (.1 * 40 + .3 * 90 + .1 * 10) / .5
    assert least(_fighting(), "ann") == 64.0
    # The same without discounting: .75 * 90 + .25 * 10.
    assert least(_fighting(rate=0), "ann") == 70.0


def test_the_war_that_the_model_page_works_out() -> None:
    costs = {"attrition": 5}
    scenario = scene(
        ann={"no_deal": {"war": {"win": 100, "lose": 0, "costs": costs}}, "discount_rate": 0}, war=war(0.1, 0.3)
    )
    assert least(scenario, "ann") == 62.5


def test_losses_lower_what_is_held_and_costs_what_is_left_in_the_end() -> None:
    # (.1 * (40 - 5 - 20 * .5 * .4) + 27 + 1 - 2 - 10 * .3) / .5
    losses = {"plain": 5, "shared": {"points": 20, "factors": {"a": 0.5, "b": 0.4}}}
    costs = {"plain": 2, "shared": {"points": 10, "factors": {"a": 0.3}}}
    assert least(_fighting(losses=losses, costs=costs), "ann") == pytest.approx(52.2, abs=1e-5)


def test_end_states_are_valued_as_outcomes_are() -> None:
    state = {"same_as": {"price": 60}, "rest": 20}
    # win: 30 + 10; lose: 0; now: 50 + 5.
    war_of = {
        "win": state,
        "lose": {"same_as": {"price": 0, "town": "theirs"}},
        "now": {"same_as": {"price": 10, "town": "ours"}},
    }
    scenario = scene(ann={"no_deal": {"war": war_of}} | RATE, war=war())
    assert least(scenario, "ann") == pytest.approx((0.1 * 55 + 0.3 * 40) / 0.5, abs=1e-5)


def test_hazards_are_mirrored_between_the_sides() -> None:
    # What is Ann's hazard of winning is Bob's of losing: (4 + .1 * 90 + .3 * 10) / .5.
    assert least(_fighting("bob"), "bob") == 32.0
    # An ally sees the war as its side does.
    ally = ALLY | {"no_deal": {"war": WAR | {"side": "bob"}}} | RATE
    assert least(scene(others={"eve": ally}, war=war()), "eve") == 32.0


def test_both_sides_see_the_same_war_in_every_world() -> None:
    fights = {"no_deal": {"war": {"win": 100, "lose": 0}}, "discount_rate": 0}
    scenario = scene(ann=fights, bob=fights, war=war("0.05..0.5", "0.05..0.5"))
    (ann, draws), (bob, _) = (held(scenario, name, n_worlds=64) for name in ("ann", "bob"))
    first, second = (draws.quantity["war", "sides", name, "collapse"] for name in ("ann", "bob"))
    assert ann.war is not None
    assert bob.war is not None
    assert ann.war.chance == pytest.approx(second / (first + second))
    assert ann.war.chance + bob.war.chance == pytest.approx(1)
    # Their chances are shares of one: what one may hope for is what the other fears.
    assert ann.least + bob.least == pytest.approx(np.full(64, 10_000_000 - 2), abs=1)
    assert len(np.unique(ann.least)) == 64


def test_a_side_decides_by_the_mean_of_its_belief_and_never_by_a_draw_of_it() -> None:
    # Beta(8, 2) has mean .8; hazards add up to .4 a year all the same: (4 + .32 * 90 + .08 * 10) / .5.
    scenario = _fighting(belief={"a": 8, "b": 2})
    assert least(scenario, "ann") == pytest.approx(67.2, abs=1e-5)
    found, _ = held(scenario, "ann", n_worlds=200)
    assert len(np.unique(found.least)) == 1
    assert least(scenario, "ann", Assumptions(belief="common")) == 64.0


def test_a_belief_in_what_is_true_changes_nothing_and_the_hazards_stay_common() -> None:
    scenario = _fighting(belief={"a": 3, "b": 1})
    assert least(scenario, "ann") == 64.0
    draws = held(scenario, "ann", n_worlds=3)[1]
    assert chance_of_winning(actor_of(scenario, "ann"), scenario, draws).tolist() == [0.75] * 3
    # Both may expect to win more likely than not.
    optimists = scene(
        ann={"no_deal": {"war": WAR | {"belief": {"a": 8, "b": 2}}}} | RATE,
        bob={"no_deal": {"war": WAR | {"belief": {"a": 6, "b": 2}}}} | RATE,
        war=war(),
    )
    assert least(optimists, "ann") == pytest.approx(67.2, abs=1e-5)
    assert least(optimists, "bob") == 64.0


def test_uncertain_evidence_moves_the_mean_of_a_belief() -> None:
    scenario = _fighting(belief={"a": "1..9", "b": 2})
    found, draws = held(scenario, "ann", n_worlds=40)
    a = draws.quantity["parties", "ann", "no_deal", "war", "belief", "a"]
    p = a / (a + 2)
    assert found.least == pytest.approx((4 + 0.4 * (90 * p + 10 * (1 - p))) / 0.5 * 100_000 - 1, abs=1)


def test_a_war_that_no_side_can_win_is_even() -> None:
    scenario = _fighting(collapse=war(0, 0))
    # Its value is what is held; who would win it if it were decided is an even chance.
    assert least(scenario, "ann") == 40
    draws = held(scenario, "ann", n_worlds=2)[1]
    assert chance_of_winning(actor_of(scenario, "ann"), scenario, draws).tolist() == [0.5, 0.5]


# Inside and outside options


@pytest.mark.parametrize(("now", "threshold"), [(40, 64), (80, 80)])
def test_an_outside_option_is_the_least_and_what_goes_on_the_disagreement_point(now: int, threshold: int) -> None:
    # The war is worth (.1 * now + 28) / .5: 64 or 72.
    scenario = _fighting(now=now, option="outside")
    assert (least(scenario, "ann"), inside(scenario, "ann")) == (threshold, now)
    value = (0.1 * now + 28) / 0.5
    assert least(scenario, "ann", Assumptions(option="inside")) == pytest.approx(value)
    assert inside(scenario, "ann", Assumptions(option="inside")) == pytest.approx(value)
    stated_inside = _fighting(now=now)
    assert least(stated_inside, "ann", Assumptions(option="outside")) == threshold
    assert inside(stated_inside, "ann", Assumptions(option="outside")) == now


def test_what_is_held_outside_of_a_war_is_held_with_its_losses() -> None:
    scenario = _fighting(now=80, losses={"some": 5}, option="outside")
    assert (least(scenario, "ann"), inside(scenario, "ann")) == (75, 75)


@pytest.mark.parametrize(("now", "threshold"), [(30, 45), (50, 50)])
def test_a_lottery_may_be_an_outside_option(now: int, threshold: int) -> None:
    scenario = _lottery(now=now, option="outside")
    assert (least(scenario, "ann"), inside(scenario, "ann")) == (threshold, now)
    assert inside(_lottery(now=now), "ann") == 45


def test_nothing_can_be_outside_where_nothing_is_said_of_what_goes_on() -> None:
    scenario = scene(ann={"no_deal": {"war": {"win": 100, "lose": 0}}, "discount_rate": 0}, war=war())
    for name in ("inside", "outside"):
        assert inside(scenario, "ann", Assumptions(option=name)) == 75
    assert inside(scene(ann={"no_deal": 40}), "ann", Assumptions(option="outside")) == 40


# Sticks and pressure


def _pressed(**ann: Any) -> Any:
    levers = {"ann": {"stick": 12}, "bob": {"stick": 5}}
    return scene(ann=ann, others={"med": {"title": "Med", "role": "mediator", "levers": levers}}, war=war())


def test_sticks_lower_no_deal_whatever_its_form_and_not_if_they_are_not_pulled() -> None:
    not_pulled = Assumptions(levers="not_pulled")
    fights = {"no_deal": {"war": WAR}} | RATE
    for ann, value in (({"no_deal": 40}, 40), (fights, 64)):
        scenario = _pressed(**ann)
        assert least(scenario, "ann") == value - 12
        assert inside(scenario, "ann") == value - 12
        assert least(scenario, "bob") == -5
        assert least(scenario, "ann", not_pulled) == value
    outcome = _pressed(no_deal={"same_as": {"price": 30, "town": "ours"}})
    assert held(outcome, "ann")[0].least.tolist() == [5_300_000]
    outside = _pressed(no_deal={"war": WAR | {"option": "outside"}}, **RATE)
    assert (least(outside, "ann"), inside(outside, "ann")) == (52, 28)


def _asked_for(scenario: Scenario, pressure: tuple[tuple[str, float], ...]) -> dict[str, tuple[float, float, float]]:
    """What each actor has without a deal, inside of talks, and asks for in the first world, under pressure."""
    worlds = bench(scenario, n_worlds=1, assumptions=Assumptions(pressure=pressure)).worlds
    return {
        actor.id: (worlds.no_deal[k][0] / 1e5, worlds.inside[k][0] / 1e5, worlds.open_base[k][0, 0] / 1e5)
        for k, actor in enumerate(scenario.actors)
    }


def test_pressure_adds_to_sticks_party_by_party() -> None:
    found = _asked_for(_pressed(no_deal=40), (("ann", 3.0), ("bob", 1.5), ("ann", 0.25)))
    assert found["ann"] == pytest.approx((40 - 12 - 3.25,) * 3, abs=1e-4)
    assert found["bob"] == pytest.approx((-6.5,) * 3, abs=1e-4)


def test_sticks_and_pressure_reach_a_ratifier_only_by_its_own_name() -> None:
    scenario = _pressed(no_deal=40, ratifiers={"senate": {"title": "Senate", "no_deal": 55}})
    assert least(scenario, "senate") == 55
    assert _asked_for(scenario, (("ann", 3.0),))["senate"] == pytest.approx((55,) * 3, abs=1e-4)
    assert _asked_for(scenario, (("senate", 5.0),))["senate"] == pytest.approx((50,) * 3, abs=1e-4)


def test_who_looks_at_red_lines_alone_cannot_be_pressed() -> None:
    home = {"title": "Home", "red_lines": {"line": {"require": "town == ours", "firmness": "hard"}}}
    scenario = _pressed(no_deal=40, ratifiers={"home": home})
    assert _asked_for(scenario, (("home", 11.0),)) == _asked_for(scenario, ())


# What a breach finds changed


@pytest.mark.parametrize(
    ("shift", "loss"),
    [(0.1, -6.4), (-0.1, 6.4), (0, 0), (0.25, -16), (0.9, -16), (-0.75, 48), (-2, 48)],
)
def test_a_shift_of_power_moves_what_war_is_worth_until_it_is_certain(shift: float, loss: float) -> None:
    # A chance of .75; one more is worth .4 * (90 - 10) / .5 = 64.
    found, _ = held(_fighting(), "ann")
    assert found.loss(np.array([[shift]])) / 100_000 == pytest.approx(np.array([[loss]]), abs=1e-6)


def test_a_shift_is_felt_down_to_what_is_held_where_war_is_an_outside_option() -> None:
    # The war is worth 64, and 40 is held: no more than 24 can be lost.
    found, _ = held(_fighting(option="outside"), "ann")
    assert found.loss(np.array([[-0.25, -0.75]])) / 100_000 == pytest.approx(np.array([[16, 24]]), abs=1e-6)
    # With 80 held, the war is worth 72 and not fought: it can only become worth fighting.
    found, _ = held(_fighting(option="outside", now=80), "ann")
    assert found.loss(np.array([[-0.25, 0.1, 0.25]])) / 100_000 == pytest.approx(np.array([[0, 0, -8]]), abs=1e-6)


def test_a_shift_of_power_means_nothing_without_a_war() -> None:
    found, _ = held(scene(ann={"no_deal": 40}), "ann")
    assert found.loss(np.array([[0.5, -0.5]])).tolist() == [[0, 0]]


def test_what_no_deal_is_worth_with_power_shifted_is_the_war_with_other_hazards() -> None:
    # Hazards of .25 and .15 instead of .3 and .1: the chance is .625 instead of .75.
    before, _ = held(_fighting(), "ann")
    after = without_deal(actor_of(other := _fighting(collapse=war(0.15, 0.25)), "ann"), other, held(other, "ann")[1])
    assert before.loss(np.array([-0.125])) == pytest.approx(before.least - after.least, abs=1)
