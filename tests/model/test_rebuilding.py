"""Worlds made anew from what a change leaves of them: to the last bit those built from scratch."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from negsim.errors import Path, ScenarioError
from negsim.model.assumptions import Assumptions
from negsim.model.draws import Draws, draw_block, settle_issue, with_quantities
from negsim.model.rebuilding import rebuild_worlds, settled_path, take_in_earnest, touched_between
from negsim.model.structure import compile_structure
from negsim.model.worlds import build_worlds
from negsim.scenario import Scenario, loads
from negsim.scenario.inventory import coin_path, list_quantities
from tests.strategies import Document, scenario_of
from tests.strategies_stakes import stakes
from tests.worlds import Bench, bench, differences

N = 5


def _bench(document: Document) -> Bench:
    try:
        return bench(scenario_of(document), n_worlds=N)
    except ScenarioError as error:
        assume(error.problems[0].code != "NS410")  # rules that leave no outcome are no case
        raise


def _moved(scenario: Scenario, draws: Draws, paths: set[Path]) -> Draws:
    """Bring some quantities half the way to 1, or to the end of their domain that is nearest to it."""
    domain = {one.path: one.domain for one in list_quantities(scenario)}
    aims = {path: np.clip(1.0, domain[path].low, domain[path].high) for path in paths}
    return with_quantities(scenario, draws, {path: (draws.quantity[path] + aims[path]) / 2 for path in paths})


@settings(max_examples=120)
@given(stakes(), st.data())
def test_worlds_made_anew_are_those_built_from_scratch(document: Document, data: st.DataObject) -> None:
    found = _bench(document)
    scenario, structure, like = found.scenario, found.structure, found.worlds
    paths = (
        data.draw(st.sets(st.sampled_from(sorted(found.draws.quantity)), max_size=6)) if found.draws.quantity else set()
    )
    draws = _moved(scenario, found.draws, paths)
    free = data.draw(st.sampled_from([None, *structure.free_issues]))
    if free is not None:
        issue = scenario.issues[free]
        option = data.draw(st.integers(0, len(issue.options) - 1))
        draws = settle_issue(draws, issue.id, option, np.arange(N) % 2 == 0)
    rebuilt = rebuild_worlds(scenario, structure, draws, like, touched_between(found.draws, draws))
    assert list(differences(rebuilt, build_worlds(scenario, structure, draws))) == []
    back = rebuild_worlds(scenario, structure, found.draws, rebuilt, touched_between(draws, found.draws))
    assert list(differences(back, like)) == []


@settings(max_examples=50)
@given(stakes(), st.data())
def test_every_quantity_by_itself_touches_all_that_depends_on_it(document: Document, data: st.DataObject) -> None:
    found = _bench(document)
    for path in data.draw(st.permutations(sorted(found.draws.quantity)))[:12]:
        draws = _moved(found.scenario, found.draws, {path})
        touched = touched_between(found.draws, draws)
        rebuilt = rebuild_worlds(found.scenario, found.structure, draws, found.worlds, touched)
        assert list(differences(rebuilt, build_worlds(found.scenario, found.structure, draws))) == [], path


@settings(max_examples=60)
@given(stakes())
def test_taking_parties_in_earnest_is_what_drawn_good_faith_makes(document: Document) -> None:
    found = _bench(document)
    drawn = build_worlds(found.scenario, found.structure, found.draws, Assumptions(good_faith="drawn"))
    assert list(differences(take_in_earnest(found.scenario, found.worlds, found.draws.serious), drawn)) == []


@settings(max_examples=60)
@given(stakes(), st.lists(st.booleans(), min_size=N, max_size=N))
def test_some_of_the_worlds_are_those_built_of_some_of_the_draws(document: Document, marked: list[bool]) -> None:
    found, which = _bench(document), np.array(marked)
    of_draws = build_worlds(found.scenario, found.structure, found.draws.select(which))
    assert list(differences(found.worlds.select(which), of_draws)) == []


TEXT = """
negsim: 1
id: s
title: S
issues:
  a: {title: A, options: [x, z]}
  b: {title: B, scale: 0..10, step: 5}
war: {sides: {ann: {collapse: 0.1}, bob: {collapse: 0.2}}}
parties:
  ann:
    title: Ann
    good_faith: 0.5
    discount_rate: 0.1
    demands: {a: x, b: 10}
    red_lines: {no_z: {require: a == x, firmness: 0.2, audience_cost: 5}}
    no_deal: {war: {win: 90, lose: 0, now: 30, losses: {strikes: 4}}}
    ratifiers: {home: {title: Home, red_lines: {never: {require: a == x, firmness: 0.5}}}}
  bob:
    title: Bob
    discount_rate: 0.1
    demands: {a: z, b: 0}
    no_deal: {war: {win: 90, lose: 0, now: 30}}
durability:
  breakers: {bob: {hazard: 0.1}}
  power_shifts: {land: {when: a == x, towards: ann, by: 0.1}}
"""
STRIKES = ("parties", "ann", "no_deal", "war", "losses", "strikes")
AT_HOME = ("parties", "ann", "ratifiers", "home", "red_lines", "never", "firmness")
HAZARD = ("durability", "breakers", "bob", "hazard")


def _example() -> Bench:
    return bench(loads(TEXT), n_worlds=16)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (STRIKES, {"open_base", "base", "joint", "no_deal", "inside"}),
        (AT_HOME, {"joint", "real", "base"}),
        (HAZARD, {"open_base", "base", "joint", "risk"}),
    ],
)
def test_a_change_that_nothing_is_said_of_is_not_seen(path: Path, expected: set[str]) -> None:
    found = _example()
    changed = with_quantities(found.scenario, found.draws, {path: found.draws.quantity[path] + 0.4})
    scratch = build_worlds(found.scenario, found.structure, changed)
    blind = rebuild_worlds(found.scenario, found.structure, changed, found.worlds, ())
    assert set(differences(blind, scratch)) == expected


def test_what_nothing_touched_is_the_very_same_array() -> None:
    found = _example()
    changed = with_quantities(found.scenario, found.draws, {STRIKES: np.full(16, 9.0)})
    rebuilt = rebuild_worlds(found.scenario, found.structure, changed, found.worlds, [STRIKES])
    assert rebuilt.free_value == found.worlds.free_value
    assert rebuilt.base[1] is found.worlds.base[1]
    assert rebuilt.base[0] is not found.worlds.base[0]


def test_what_was_touched_is_what_differs_with_its_followers() -> None:
    found = _example()
    before = found.draws
    assert touched_between(before, before) == set()
    same = with_quantities(found.scenario, before, {STRIKES: before.quantity[STRIKES]})
    assert touched_between(before, same) == set()
    assert touched_between(before, settle_issue(before, "b", 1, np.zeros(16, np.bool_))) == set()
    settled = settle_issue(before, "b", 1, np.arange(16) == 3)
    assert touched_between(before, settled) == touched_between(settled, before) == {settled_path("b")}
    other = draw_block(found.scenario, seed=7, block=0, n_worlds=16)
    (ann,) = (party for party in found.scenario.parties if party.id == "ann")
    assert coin_path(ann, "no_z") in touched_between(before, other)
    again = rebuild_worlds(found.scenario, found.structure, other, found.worlds, touched_between(before, other))
    assert list(differences(again, build_worlds(found.scenario, compile_structure(found.scenario), other))) == []


def test_a_party_is_taken_in_earnest_where_it_is_serious_alone() -> None:
    found = _example()
    truth = take_in_earnest(found.scenario, found.worlds, found.draws.serious)
    serious = found.draws.serious["ann"]
    assert 0 < np.count_nonzero(serious) < 16
    assert np.array_equal(np.all(np.isinf(truth.open_base[0]), axis=1), ~serious)
    assert truth.base[1] is found.worlds.base[1]
