"""The structural tornado: P(zone) where something else is taken for granted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings

from negsim.errors import ScenarioError
from negsim.scenario import loads
from negsim.zone import ZoneResult, analyse_zone
from negsim.zone.compiled import compile_scenario
from negsim.zone.plan import VARIANT_WORLDS
from negsim.zone.structural import alternatives
from negsim.zone.variants import Variant, count_variants
from tests import reference
from tests.strategies import Document, documents, scenario_of
from tests.worlds import bench

SALE = """
negsim: 1
id: sale
title: A sale
issues:
  price: {title: Price, scale: 0..100, step: 1}
  chair: {title: Chair, options: [none, one]}
  colour: {title: Colour, when: chair == one, options: [red, blue]}
parties:
  buyer:
    title: Buyer
    demands: {price: 0}
    priorities: {price: 1}
    no_deal: 0..100
  seller:
    title: Seller
    values: {colour: {red: 20, blue: 80, irrelevant: 50}, chair: {none: 0, one: 0}}
    priorities: {colour: 1, chair: 0}
    no_deal: 0..100
"""


def _structure(text: str, n_worlds: int = 4096) -> dict[str, float]:
    found = analyse_zone(loads(text), n_worlds=n_worlds)
    return {move.alternative: move.p_zone.estimate for move in found.structure}


def test_each_alternative_shifts_p_zone_as_its_closed_form_says() -> None:
    # The buyer gets 100 at a price of 0 under every shape. The seller, indifferent to the price, accepts something iff
    # the best of red, blue and no chair suffices: 80, whatever a colour that does not arise is worth from 20 to 80.
    found = _structure(SALE)
    bound = float(np.sqrt(np.log(2 / 1e-9) / (2 * VARIANT_WORLDS)))
    assert set(found) == {"step", "concave", "worst", "best"}
    for p_zone in found.values():
        assert abs(p_zone - 0.8) < bound


def test_a_shape_and_a_worth_move_what_hangs_on_them() -> None:
    # With a rule for a price of 50 and no chair: the buyer gets 50, 0 or 75 and the seller 50, 20 or 80 out of 100.
    ruled = SALE + "rules: {fixed: {require: price == 50 and chair == none}}\n"
    found = _structure(ruled)
    exact = {"step": 0.0, "concave": 0.75 * 0.5, "worst": 0.5 * 0.2, "best": 0.5 * 0.8}
    bound = float(np.sqrt(np.log(2 / 1e-9) / (2 * VARIANT_WORLDS)))
    for alternative, p_zone in exact.items():
        assert abs(found[alternative] - p_zone) < bound, alternative
    by_name = {move.alternative: move for move in analyse_zone(loads(ruled)).structure}
    for alternative, p_zone in exact.items():
        assert by_name[alternative].difference.low <= p_zone - 0.25 <= by_name[alternative].difference.high
    assert by_name["step"].assumption == "value_shape"
    assert by_name["best"].assumption == "irrelevant"
    assert by_name["best"].n_worlds == VARIANT_WORLDS


def test_a_no_deal_value_given_as_an_outcome_follows_the_same_assumption() -> None:
    # Buyer and seller of tests/zone/test_analysis.py, tied to prices: shape changes what a price is worth and leaves
    # which of two prices is better, so that not one world gains or loses its zone.
    sale = """
negsim: 1
id: sale
title: A sale
issues: {price: {title: Price, scale: 0..100, step: 1}}
parties:
  buyer: {title: Buyer, demands: {price: 0}, no_deal: {same_as: {price: 40..80}}}
  seller: {title: Seller, demands: {price: 100}, no_deal: {same_as: {price: 20..60}}}
"""
    found = {move.alternative: move for move in analyse_zone(loads(sale)).structure}
    assert found["concave"].difference.estimate == 0
    assert found["concave"].difference.low < 0 < found["concave"].difference.high
    # A step leaves no price between the ends worth anything to either, and a tie accepts.
    assert found["step"].p_zone.estimate == 1


@pytest.mark.parametrize(
    ("party", "names"),
    [
        ("demands: {price: 0, place: near}", []),  # only the far end misses the demand: 0 under every shape
        ("demands: {place: near, years: 0}", ["step", "concave"]),
        ("values: {years: {0: 10, 20: 30}}", []),  # given, and straight between given points
        ("demands: {years: 10}, values: {years: {0: 10, 20: 30}}", []),
        ("demands: {years: 0}, values: {years: {10: 30}}", []),  # both ends are what they are under every shape
        ("demands: {years: 20}, values: {extra: {a: 0, b: 1, irrelevant: 50}}", ["step", "concave", "worst", "best"]),
        ("demands: {price: 1}, values: {extra: {a: 0, b: 1, irrelevant: 50}}", ["worst", "best"]),
    ],
)
def test_only_alternatives_that_can_change_something_are_tried(party: str, names: list[str]) -> None:
    scenario = loads(f"""
negsim: 1
id: s
title: S
issues:
  price: {{title: Price, scale: 0..1, step: 1}}
  place: {{title: Place, kind: ordered, options: [near, far]}}
  years: {{title: Years, scale: 0..20, step: 10}}
  extra: {{title: Extra, when: place == near, options: [a, b]}}
parties: {{ann: {{title: Ann, no_deal: 0, {party}}}}}
""")
    assert [alternative for _, alternative, _ in alternatives(scenario)] == names
    assert [move.alternative for move in analyse_zone(scenario, n_worlds=5).structure] == names


def _run(document: Document, n_worlds: int) -> ZoneResult:
    try:
        return analyse_zone(scenario_of(document), n_worlds=n_worlds)
    except ScenarioError as error:
        assume(error.problems[0].code != "NS410")
        raise


@settings(max_examples=60)
@given(documents())
def test_the_structural_tornado_agrees_with_the_reference_in_every_world(document: Document) -> None:
    found = _run(document, n_worlds=3)
    drawn = bench(scenario_of(document), n_worlds=3)
    scenario = drawn.scenario
    names = [issue.id for issue in scenario.issues]
    outcomes = [dict(zip(names, key, strict=True)) for key in drawn.choices().tolist()]

    def zones(assumed: reference.Assumed) -> list[bool]:
        worlds = [drawn.numbers(world) for world in range(3)]
        return [
            any(reference.in_zone(outcome, scenario, numbers, coins, assumed) for outcome in outcomes)
            for numbers, coins in worlds
        ]

    before = zones(reference.AS_STATED)
    by_name = {move.alternative: move for move in found.structure}
    for shape, worth in [("step", "as_stated"), ("concave", "as_stated"), ("linear", "worst"), ("linear", "best")]:
        after = zones((shape, worth))
        move = by_name.get(worth if shape == "linear" else shape)
        if move is None:
            assert after == before  # not tried, since it can change nothing
        else:
            assert move.p_zone.estimate == pytest.approx(sum(after) / 3)
            assert move.difference.estimate == pytest.approx((sum(after) - sum(before)) / 3)


def test_worlds_gained_and_lost_are_counted_apart() -> None:
    compiled = compile_scenario(loads(SALE), 0, "lhs")
    stated = np.zeros(300, np.bool_)
    run = [(0, 256), (1, 44)]
    others = [Variant(assumed) for _, _, assumed in alternatives(compiled.scenario)]
    none = count_variants(compiled, run, stated, others)
    assert none.gained.tolist() == none.zones.tolist()
    assert none.lost.tolist() == np.zeros((2, 4)).tolist()
    every = count_variants(compiled, run, ~stated, others)
    assert every.gained.tolist() == np.zeros((2, 4)).tolist()
    assert (every.lost + every.zones).tolist() == [[256] * 4, [44] * 4]
