"""Issues that are settled before any deal: what they were settled at is all that counts from then on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from negsim.errors import ScenarioError
from negsim.model.draws import draw_block, settle_issue
from negsim.model.structure import compile_structure
from negsim.model.values import option_values, weighted_issues
from negsim.model.worlds import Worlds, build_worlds
from negsim.scenario import Scenario, loads
from tests.strategies import Document, scenario_of
from tests.strategies_stakes import stakes
from tests.worlds import differences

TEXT = """
negsim: 1
id: s
title: S
issues:
  prisoners: {title: P, options: [none, some, all]}
  years: {title: Years, scale: 0..10, step: 5}
  land: {title: L, options: [mine, yours]}
parties:
  ann:
    title: Ann
    demands: {prisoners: all, years: 10, land: mine}
    values: {prisoners: {some: 40}}
    priorities: {prisoners: 2, years: 1, land: 1}
    no_deal: {same_as: {prisoners: none, years: 2.5, land: yours}}
  bob:
    title: Bob
    demands: {prisoners: none, years: 0, land: yours}
    no_deal: {same_as: {land: yours}, rest: 60}
"""
POINT = 100_000


def _settled(issue: str, option: int) -> tuple[Worlds, list[Any]]:
    """Two worlds, the issue settled in the second."""
    scenario = loads(TEXT)
    draws = settle_issue(draw_block(scenario, seed=0, block=0, n_worlds=2), issue, option, np.array([False, True]))
    worlds = build_worlds(scenario, compile_structure(scenario), draws)
    return worlds, [no_deal.tolist() for no_deal in worlds.no_deal]


def test_every_option_of_a_settled_issue_is_worth_what_it_was_settled_at() -> None:
    worlds, _ = _settled("prisoners", 1)
    # Ann: half the weight, 0, 40 and 100 points; Bob: a third, 100 points for `none` and nothing for others.
    assert worlds.free_value[0][0].tolist() == [[0, 20 * POINT, 50 * POINT], [20 * POINT] * 3]
    assert worlds.free_value[1][0].tolist() == [[3333333, 0, 0], [0, 0, 0]]
    # The others stay.
    assert worlds.free_value[0][2].tolist() == [[25 * POINT, 0]] * 2


def test_what_is_settled_is_settled_without_a_deal_too() -> None:
    # Ann, by hand: prisoners none 0, years 2.5 a quarter of 25, land yours 0. Settled, prisoners are worth 20.
    _, (ann, bob) = _settled("prisoners", 1)
    assert ann == [6.25 * POINT, 26.25 * POINT]
    # Bob: land a third of 100, the other two issues 60 each; settled, prisoners `some` are worth nothing to him.
    third = 3333333
    assert bob == [third + 2 * 20 * POINT, third + 20 * POINT]
    # A level between options is left aside as well: years 10 are worth 25 to Ann, nothing to Bob.
    _, (ann, bob) = _settled("years", 2)
    assert ann == [6.25 * POINT, 25 * POINT]
    assert bob == [third + 2 * 20 * POINT, third + 20 * POINT]


def _said_in_the_file(document: Document, scenario: Scenario, issue: str, worth: dict[str, float]) -> Scenario:
    """Say in the file that all options are worth the same, to each actor its own, and name one in every end state."""
    edited = json.loads(json.dumps(document))
    names = {one.id for one in scenario.issues}
    options = next(one.options for one in scenario.issues if one.id == issue)
    for actor in scenario.actors:
        shape = edited["parties"][actor.ratifies or actor.id]
        shape = shape["ratifiers"][actor.id] if actor.ratifies else shape
        if actor.id in worth:
            shape.setdefault("values", {})[issue] = dict.fromkeys(options, worth[actor.id])
        for state in _states_with_a_rest(shape.get("no_deal")):
            state["same_as"][issue] = float(options[0]) if options[0][0].isdigit() else options[0]
            if state["same_as"].keys() == names:
                del state["rest"]
    return scenario_of(edited)


def _states_with_a_rest(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "rest" in node:
            yield node
        for child in node.values():
            yield from _states_with_a_rest(child)


@settings(max_examples=150)
@given(stakes(max_issues=4), st.data())
def test_settling_an_issue_is_as_if_the_file_said_that_all_its_options_are_worth_the_same(
    document: Document, data: st.DataObject
) -> None:
    try:
        scenario = scenario_of(document)
        structure = compile_structure(scenario)
    except ScenarioError as error:
        assume(error.problems[0].code != "NS410")  # rules that leave no outcome are no case
        raise
    assume(structure.free_issues)
    place = data.draw(st.sampled_from(structure.free_issues))
    issue = scenario.issues[place]
    option = data.draw(st.integers(0, len(issue.options) - 1))
    # A single world, so that the file can say as numbers what was drawn.
    draws = draw_block(scenario, seed=3, block=0, n_worlds=1)
    worth = {
        actor.id: float(option_values(actor, issue, draws)[0, option])
        for actor in scenario.actors
        if issue.id in weighted_issues(actor)
    }
    said = _said_in_the_file(document, scenario, issue.id, worth)
    expected = build_worlds(said, compile_structure(said), draw_block(said, seed=3, block=0, n_worlds=1))
    settled = build_worlds(scenario, structure, settle_issue(draws, issue.id, option, np.array([True])))
    assert list(differences(settled, expected)) == []


def test_the_way_to_tell_worlds_apart_tells_settled_ones_from_open_ones() -> None:
    open_worlds, settled = (
        _settled("prisoners", option)[0].select(np.array(which))
        for option, which in ((0, [True, False]), (1, [False, True]))
    )
    assert {"free_value", "base", "no_deal"} <= set(differences(open_worlds, settled))
