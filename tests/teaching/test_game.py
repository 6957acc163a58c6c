"""A game is one world in whole points: as the sheet adds up, so does the model."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negsim.model.draws import Draws, draw_block
from negsim.model.no_deal import without_deal
from negsim.model.values import UNITS_PER_POINT, weighted_values
from negsim.scenario import IssueKind, Party, SameAs, Scenario, load, load_with_places, loads, write
from negsim.scenario.inventory import find_ends, list_quantities
from negsim.scenario.quantities import Constant, is_uncertain
from negsim.teaching.certain import counts_for_certain
from negsim.teaching.game import fixed_game
from negsim.testing.strategies import scenarios
from tests.scenario.rich import RATIFIED, RICH
from tests.teaching.by_hand import document_of, points_on_the_sheet

FOLDER = Path(__file__).parents[2] / "scenarios"
COMMITTED = sorted(FOLDER.glob("*.scenario.yaml"))
EVERYTHING = scenarios(stakes=True, bargaining=True, talks=True, sheets=True, max_issues=3)
SLOW = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def weighing(scenario: Scenario) -> Iterator[Party]:
    return (actor for actor in scenario.actors if actor.priorities)


def world_of(scenario: Scenario) -> Draws:
    return draw_block(scenario, seed=0, block=0, n_worlds=1)


def keeps(scenario: Scenario, before: Scenario) -> set[str]:
    """Who counted for certain and is not whole: these have in a game the very points of the scenario, and no others."""
    kept = set()
    for old, new in zip(before.actors, scenario.actors, strict=True):
        if not counts_for_certain(old, before) or (whole_weights_of(new) and whole_units_of(new, scenario)):
            continue
        was = weighted_values(old, before.issues, world_of(before))
        now = weighted_values(new, scenario.issues, world_of(scenario))
        assert all(np.array_equal(a, b) for a, b in zip(was, now, strict=True)), old.id
        assert (new.no_deal, new.adjustments) == (old.no_deal, old.adjustments)
        kept.add(old.id)
    return kept


def whole_weights_of(party: Party) -> bool:
    return all(isinstance(one.quantity, Constant) and one.quantity.value.is_integer() for one in party.priorities)


def whole_units_of(party: Party, scenario: Scenario) -> bool:
    held = weighted_values(party, scenario.issues, world_of(scenario))
    amounts = [party.no_deal, *(one.amount for one in party.adjustments)]
    return (
        bool(party.priorities)
        and all(
            np.all(units % UNITS_PER_POINT == 0)
            for issue, units in zip(scenario.issues, held, strict=True)
            if not (issue.kind is IssueKind.NUMERIC and len(issue.levels) > 21)
        )
        and all(isinstance(one, Constant) and one.value.is_integer() for one in amounts)
    )


def assert_settled(scenario: Scenario, before: Scenario) -> None:
    kept = keeps(scenario, before)
    named = list_quantities(scenario)
    assert not [one.path for one in find_ends(named).values() if is_uncertain(one.quantity)]
    for actor in scenario.actors:
        assert all(line.firmness in (None, Constant(0.0)) for line in actor.red_lines)
    for party in weighing(scenario):
        if party.id in kept:
            continue
        weights = [find_ends(named)[*party.path, "priorities", item.issue].quantity for item in party.priorities]
        assert sum(weight.value for weight in weights if isinstance(weight, Constant)) == 100
        assert all(isinstance(weight, Constant) and weight.value.is_integer() for weight in weights)
        assert all(isinstance(one.amount, Constant) and one.amount.value.is_integer() for one in party.adjustments) or (
            party.ratifies
        )
        if not isinstance(party.no_deal, SameAs):
            assert isinstance(party.no_deal, Constant)
            assert party.no_deal.value.is_integer()


def assert_adds_up(scenario: Scenario, before: Scenario) -> None:
    """Add up every choice of every issue from the written file, and compare with what the model holds in units."""
    kept = keeps(scenario, before)
    document = document_of(write(scenario))
    world = world_of(scenario)
    for party in scenario.parties:
        if party.id in kept:
            continue
        block = document["parties"][party.id]
        for issue, units in zip(scenario.issues, weighted_values(party, scenario.issues, world), strict=True):
            for k, choice in enumerate(issue.choices):
                on_sheet = points_on_the_sheet(block, issue.id, document["issues"][issue.id], choice)
                of_model = Fraction(int(units[0, k]), UNITS_PER_POINT)
                long_scale = issue.kind is IssueKind.NUMERIC and len(issue.levels) > 21
                if long_scale:
                    assert abs(of_model - on_sheet) <= Fraction(1, UNITS_PER_POINT), (party.id, issue.id, choice)
                else:
                    assert of_model == on_sheet, (party.id, issue.id, choice)
                    assert on_sheet.denominator == 1, (party.id, issue.id, choice)


@SLOW
@given(scenarios(max_issues=4, max_options=30), st.integers(0, 3))
def test_points_of_a_sheet_add_up_to_what_the_model_computes(scenario: Scenario, seed: int) -> None:
    assert_adds_up(fixed_game(scenario, seed).scenario, scenario)


@SLOW
@given(EVERYTHING, st.integers(0, 3))
def test_nothing_is_uncertain_in_a_game_and_weights_add_up_to_100(scenario: Scenario, seed: int) -> None:
    game = fixed_game(scenario, seed).scenario
    assert_settled(game, scenario)
    assert_adds_up(game, scenario)
    assert (game.war, game.durability, game.talks, game.side_payments) == (None,) * 4


@SLOW
@given(EVERYTHING)
def test_a_game_is_read_as_it_was_written_and_a_game_of_it_is_the_same(scenario: Scenario) -> None:
    game = fixed_game(scenario, 1).scenario
    assert loads(write(game)) == game
    assert fixed_game(game, 2).scenario == game


@pytest.mark.parametrize("text", [RICH, RATIFIED], ids=["rich", "ratified"])
@pytest.mark.parametrize("seed", range(5))
def test_a_scenario_with_every_part_of_the_format_becomes_a_game(text: str, seed: int) -> None:
    game = fixed_game(loads(text), seed)
    assert_settled(game.scenario, loads(text))
    assert_adds_up(game.scenario, loads(text))
    again = fixed_game(game.scenario, seed + 1)
    assert (again.scenario, again.seed) == (game.scenario, seed)
    assert len(game.left_out) >= 8


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.name)
def test_a_committed_scenario_becomes_a_game(path: Path) -> None:
    game = fixed_game(load_with_places(path))
    assert_settled(game.scenario, load(path))
    assert_adds_up(game.scenario, load(path))
    assert fixed_game(game.scenario, 5).scenario == game.scenario


@SLOW
@given(scenarios(stakes=True, max_issues=3), st.integers(0, 3))
def test_what_a_game_says_is_what_its_world_draws_but_for_rounding(scenario: Scenario, seed: int) -> None:
    game = fixed_game(scenario, seed).scenario
    drawn, fixed = draw_block(scenario, seed=seed, block=0, n_worlds=1), world_of(game)
    for line, real in drawn.real.items():
        assert bool(fixed.real[line][0]) == bool(real[0])
    for before, after in zip(scenario.actors, game.actors, strict=True):
        if before.by_lines_alone or before.no_deal is None:
            assert after.priorities == before.priorities
            continue
        old = weighted_values(before, scenario.issues, drawn)
        new = weighted_values(after, game.issues, fixed)
        # A weight moves by less than 1 by the largest remainder, or is lifted to 1; points move by half on top of it,
        # and what a lift takes from an issue is 1 for each of the others at most.
        room = (1 + len(game.issues) + 0.5) * UNITS_PER_POINT
        assert max(float(np.max(np.abs(a - b))) for a, b in zip(old, new, strict=True)) <= room


@SLOW
@given(scenarios(adjustments=False, red_lines=False), st.integers(0, 3))
def test_a_walk_away_value_is_the_drawn_one_rounded(scenario: Scenario, seed: int) -> None:
    game, drawn = fixed_game(scenario, seed).scenario, draw_block(scenario, seed=seed, block=0, n_worlds=1)
    for before, after in zip(scenario.parties, game.parties, strict=True):
        if before.no_deal is not None and not isinstance(before.no_deal, SameAs):
            assert isinstance(after.no_deal, Constant)
            assert abs(after.no_deal.value - float(drawn.quantity[*before.path, "no_deal"][0])) <= 0.5


def test_what_no_deal_is_as_good_as_is_worth_as_much_on_the_sheet() -> None:
    club = next(party for party in fixed_game(loads(RICH)).scenario.parties if party.id == "club")
    scenario = fixed_game(loads(RICH)).scenario
    world, drawn = world_of(scenario), draw_block(loads(RICH), seed=0, block=0, n_worlds=1)
    at = {"site": "middle", "fish": "city"}
    points = 0.0
    for issue, units in zip(scenario.issues, weighted_values(club, scenario.issues, world), strict=True):
        if issue.id in at:
            points += float(units[0, issue.options.index(at[issue.id])])
        elif issue.id in ("years", "share"):
            level = float(drawn.quantity["parties", "club", "no_deal", "same_as", issue.id][0])
            points += float(np.interp(level, [float(one) for one in issue.levels], units[0, : len(issue.levels)]))
    assert isinstance(club.no_deal, Constant)
    assert abs(club.no_deal.value - points / UNITS_PER_POINT) <= 0.5 + 1e-4


def test_a_reservation_price_stays_one_on_its_scale() -> None:
    for seed in range(4):
        game = fixed_game(load(FOLDER / "house-sale.scenario.yaml"), seed)
        drawn = draw_block(load(FOLDER / "house-sale.scenario.yaml"), seed=seed, block=0, n_worlds=1)
        for party in game.scenario.parties:
            assert isinstance(party.no_deal, SameAs)
            ((issue, level),) = party.no_deal.levels
            assert isinstance(level, Constant)
            assert level.value == round(float(drawn.quantity[*party.path, "no_deal", "same_as", issue][0]))


SALE = """
negsim: 1
id: sale
title: A sale
issues:
  price: {title: Price, scale: 0..100, step: 50}
  paint: {title: Paint, options: [red, blue]}
parties:
  buyer:
    title: Buyer
    demands: {price: 0, paint: red}
    priorities: {price: 3, paint: 1}
    sacred: {red: {require: paint == red, material: price == 0, offence: 7.4, symbolic: price == 50, relief: 2}}
    red_lines: {cap: {require: price < 100, firmness: 0, audience_cost: 3.5}}
    no_deal: 31.5
  broker:
    title: Broker
    role: mediator
    levers: {buyer: {stick: 4, carrots: {lift: {when: paint == blue, points: 2.6}}}}
"""


def test_what_is_sacred_and_held_out_becomes_points() -> None:
    (broker, buyer) = fixed_game(loads(SALE)).scenario.parties
    assert {item.when.text: getattr(item.amount, "value", None) for item in buyer.adjustments} == {
        "not (paint == red) and (price == 0)": -7,
        "not (paint == red) and (price == 50)": 2,
        "paint == blue": 3,
    }
    assert buyer.no_deal == Constant(28.0)  # 31.5 less the stick of 4, a half rounded up
    assert buyer.red_lines[0].audience_cost == Constant(4.0)
    assert not buyer.sacred
    assert not broker.levers


def test_utility_with_adjustments_is_the_same_in_the_game_and_before_where_all_was_whole() -> None:
    # weights 75 and 25; price 0 is worth 75 points, 50 half of it rounded up, red paint 25
    game = fixed_game(loads(SALE)).scenario
    document = document_of(write(game))
    buyer = document["parties"]["buyer"]
    points = {
        (price, paint): points_on_the_sheet(buyer, "price", document["issues"]["price"], price)
        + points_on_the_sheet(buyer, "paint", document["issues"]["paint"], paint)
        for price, paint in product(("0", "50", "100"), ("red", "blue"))
    }
    assert points == {
        ("0", "red"): 100, ("50", "red"): 63, ("100", "red"): 25, ("0", "blue"): 75, ("50", "blue"): 38, ("100", "blue"): 0,
    }  # fmt: skip


def test_a_condition_too_long_for_one_adjustment_is_said_to_be_left_out() -> None:
    long = " or ".join(["paint == red"] * 30)  # 119 words and signs of the 120 that a condition may have
    text = SALE.replace("require: paint == red,", f"require: {long},")
    assert any("too long" in note for note in fixed_game(loads(text)).left_out)


def test_an_issue_without_weight_stays_without() -> None:
    game = fixed_game(loads(SALE.replace("{price: 3, paint: 1}", "{price: 3, paint: 0}"))).scenario
    assert [item.issue for item in game.parties[1].priorities] == ["price"]
    assert all(value.issue == "price" for value in game.parties[1].values)


def test_a_ratifier_keeps_its_red_lines_and_has_its_own_points() -> None:
    game = fixed_game(loads(RATIFIED)).scenario
    club = next(party for party in game.parties if party.id == "club")
    assert {ratifier.id: [line.id for line in ratifier.red_lines] for ratifier in club.ratifiers} == {
        "members": [], "youth": ["fishing"], "elders": [],
    }  # fmt: skip
    world = world_of(game)
    for ratifier in club.ratifiers:
        if ratifier.no_deal is not None:
            assert isinstance(ratifier.no_deal, Constant)
            assert without_deal(ratifier, game, world).least[0] <= ratifier.no_deal.value * UNITS_PER_POINT


def test_another_seed_is_another_game_and_the_same_seed_the_same() -> None:
    scenario = load(FOLDER / "geneva-2026.scenario.yaml")
    assert fixed_game(scenario, 1) == fixed_game(scenario, 1)
    assert fixed_game(scenario, 1).scenario.parties != fixed_game(scenario, 2).scenario.parties
