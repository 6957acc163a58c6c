"""Quantities that events change: what is set, multiplied and added, for good or for a while."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from negsim.errors import Path
from negsim.model.draws import Draws
from negsim.scenario.quantities import Constant, Domain
from negsim.scenario.talks import Effect
from negsim.talks.quantities import Changing, Targets

PATH = ("parties", "a", "no_deal")
FOLLOWER = ("parties", "b", "no_deal")
ONE = np.ones(1, np.intp)


def changing(*effects, start=40.0, low=0.0, high=100.0):
    """Let some effects work on one quantity in one world; an effect is (operation, amount, fades, lasts)."""
    quantity: dict[Path, Any] = {PATH: np.array([start]), FOLLOWER: np.array([start])}
    made = []
    for k, (operation, amount, fades, lasts) in enumerate(effects):
        root = ("talks", "events", "e", "effects", f"x{k}")
        quantity |= {(*root, operation): np.array([amount])}
        quantity |= {(*root, "fades"): np.array([fades])} if fades else {}
        quantity |= {(*root, "lasts"): np.array([lasts])} if lasts else {}
        effect = Effect(
            f"x{k}",
            PATH,
            operation,
            Constant(amount),
            lasts=Constant(lasts) if lasts else None,
            fades=Constant(fades) if fades else None,
        )
        made.append((root, effect))
    domain = Domain(low, high, "points")
    targets = Targets({PATH: PATH, FOLLOWER: PATH}, {PATH: domain, FOLLOWER: domain})
    made_by = Changing(Draws(quantity, {}, 1), targets, made)
    return made_by, [effect for _, effect in made]


def struck(made, effects, which, day, times=1):
    made.strike(("talks", "events", "e"), [effects[which]], day, times * ONE)


def test_what_nothing_has_happened_to_is_as_drawn_and_not_among_the_changed():
    made, _ = changing(("add", 5.0, 0, 0))
    assert made.value(PATH, 10)[0] == 40.0
    assert made.changed(10) == {}


def test_lasting_effects_add_up_multiply_and_set():
    made, effects = changing(("add", 5.0, 0, 0), ("multiply", 0.5, 0, 0), ("set", 60.0, 0, 0))
    struck(made, effects, 0, 1, times=2)
    assert made.value(PATH, 9)[0] == 50.0
    struck(made, effects, 1, 2)
    assert made.value(PATH, 9)[0] == 40 * 0.5 + 10
    struck(made, effects, 2, 3)
    assert made.value(PATH, 9)[0] == 60 * 0.5 + 10


def test_what_is_the_same_as_a_changed_quantity_follows_it():
    made, effects = changing(("add", 5.0, 0, 0))
    struck(made, effects, 0, 1)
    assert made.value(FOLLOWER, 1)[0] == 45.0


def test_a_fading_addition_halves_with_every_half_life_and_later_ones_add_to_it():
    made, effects = changing(("add", 8.0, 10.0, 0))
    struck(made, effects, 0, 0)
    assert made.value(PATH, 10)[0] == pytest.approx(44.0)
    struck(made, effects, 0, 10)
    assert made.value(PATH, 20)[0] == pytest.approx(40 + 8 / 4 + 8 / 2)


def test_a_fading_factor_loses_its_power_and_a_fading_setting_its_hold():
    made, effects = changing(("multiply", 0.25, 10.0, 0))
    struck(made, effects, 0, 0)
    assert made.value(PATH, 10)[0] == pytest.approx(40 * 0.25**0.5)
    made, effects = changing(("set", 80.0, 10.0, 0))
    struck(made, effects, 0, 0)
    assert [made.value(PATH, day)[0] for day in (0, 10, 20)] == pytest.approx([80.0, 60.0, 50.0])


def test_what_lasts_some_days_is_gone_on_the_day_on_which_it_is_as_old():
    made, effects = changing(("add", 5.0, 0, 4.0))
    struck(made, effects, 0, 1)
    struck(made, effects, 0, 3)
    assert [made.value(PATH, day)[0] for day in range(3, 9)] == [50.0, 50.0, 45.0, 45.0, 40.0, 40.0]


def test_a_setting_that_ends_gives_way_to_the_one_before():
    made, effects = changing(("set", 70.0, 0, 0), ("set", 10.0, 0, 2.0))
    struck(made, effects, 0, 1)
    struck(made, effects, 1, 2)
    assert [made.value(PATH, day)[0] for day in (2, 3, 4)] == [10.0, 10.0, 70.0]


@pytest.mark.parametrize("first", [0, 1])
def test_the_later_of_two_settings_holds_whichever_is_declared_first(first):
    made, effects = changing(("set", 70.0, 0, 0), ("set", 10.0, 0, 0))
    struck(made, effects, first, 1)
    struck(made, effects, 1 - first, 2)
    assert made.value(PATH, 5)[0] == (10.0, 70.0)[first]


def test_a_quantity_stays_within_its_domain():
    made, effects = changing(("add", 90.0, 0, 0), ("add", -100.0, 0, 0))
    struck(made, effects, 0, 1)
    assert made.value(PATH, 1)[0] == 100.0
    struck(made, effects, 1, 2, times=2)
    assert made.value(PATH, 2)[0] == 0.0


def test_each_world_has_its_own_history():
    root = ("talks", "events", "e", "effects", "x")
    quantity: dict[Path, Any] = {PATH: np.array([40.0, 40.0]), (*root, "add"): np.array([5.0, 7.0])}
    targets = Targets({PATH: PATH}, {PATH: Domain(0.0, 100.0, "points")})
    effect = Effect("x", PATH, "add", Constant(5.0))
    made = Changing(Draws(quantity, {}, 2), targets, [(root, effect)])
    made.strike(("talks", "events", "e"), [effect], 1, np.array([0, 3]))
    assert made.value(PATH, 1).tolist() == [40.0, 61.0]


def test_what_a_world_is_left_with_does_not_hang_on_when_others_were_struck_or_looked_at():
    root = ("talks", "events", "e", "effects", "x")
    fades = 7.3

    def left(others: list[int], looks: list[int]) -> float:
        quantity: dict[Path, Any] = {PATH: np.full(2, 40.0), (*root, "add"): np.full(2, 5.1)}
        quantity[*root, "fades"] = np.full(2, fades)
        targets = Targets({PATH: PATH}, {PATH: Domain(0.0, 100.0, "points")})
        effect = Effect("x", PATH, "add", Constant(5.1), fades=Constant(fades))
        made = Changing(Draws(quantity, {}, 2), targets, [(root, effect)])
        for day in range(30):
            if day in (2, 17):
                made.strike(("talks", "events", "e"), [effect], day, np.array([1, 0]))
            if day in others:
                made.strike(("talks", "events", "e"), [effect], day, np.array([0, 1]))
            if day in looks:
                made.value(PATH, day)
        return float(made.value(PATH, 30)[0])

    assert left([], []) == left([3, 5, 11, 13, 23], list(range(30)))
    assert left([], []) == pytest.approx(40 + 5.1 * (2 ** (-28 / fades) + 2 ** (-13 / fades)))


@pytest.mark.parametrize("first", [0, 1])
def test_of_two_settings_of_one_day_the_one_that_came_later_holds(first):
    made, effects = changing(("set", 70.0, 0, 0), ("set", 10.0, 0, 0))
    struck(made, effects, first, 1)
    struck(made, effects, 1 - first, 1)
    assert made.value(PATH, 1)[0] == (10.0, 70.0)[first]
