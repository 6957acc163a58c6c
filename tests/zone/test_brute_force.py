"""Blocks of arrays against one world, one outcome, one party at a time (tests/reference.py)."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings

from negsim.errors import ScenarioError
from negsim.scenario import Scenario
from negsim.zone.acceptance import accepts_choices, accepts_outcomes
from negsim.zone.consent import consent_of
from negsim.zone.kernel import has_zone
from negsim.zone.layout import Layout, lay_out
from tests import reference
from tests.strategies import Document, documents, scenario_of
from tests.worlds import Bench, bench


def _bench(document: Document) -> Bench:
    try:
        return bench(scenario_of(document), n_worlds=4)
    except ScenarioError as error:
        assume(error.problems[0].code != "NS410")  # rules that leave no outcome are no case
        raise


def _keys(bench: Bench) -> list[tuple[int, ...]]:
    return [tuple(row) for row in bench.choices().tolist()]


@given(documents())
def test_cells_and_free_issues_are_the_outcomes_that_the_rules_allow(document: Document) -> None:
    compiled = _bench(document)
    expected = {tuple(outcome.values()) for outcome in reference.outcomes(compiled.scenario)}
    assert set(_keys(compiled)) == expected
    assert compiled.structure.n_outcomes == len(expected)


@settings(max_examples=150)
@given(documents())
def test_zone_acceptance_and_options_agree_with_the_reference_in_every_world(document: Document) -> None:
    compiled = _bench(document)
    scenario, keys = compiled.scenario, _keys(compiled)
    outcomes = [dict(zip((issue.id for issue in scenario.issues), key, strict=True)) for key in keys]
    block, tally = compiled.zone()
    layout, consent = lay_out(compiled.structure), consent_of(scenario)
    assert has_zone(compiled.worlds, layout, consent).tolist() == (block.size > 0).tolist()
    accepted = [accepts_outcomes(compiled.worlds, party, compiled.outcomes()) for party in range(len(scenario.parties))]
    accepted_choice = [accepts_choices(compiled.worlds, party) for party in range(len(scenario.parties))]
    expected_tally = np.zeros(len(keys), np.int64)
    for world in range(4):
        numbers, coins = compiled.numbers(world)
        for place, party in enumerate(scenario.parties):
            expected = [reference.accepts(party, outcome, scenario, numbers, coins) for outcome in outcomes]
            assert accepted[place][world].tolist() == expected
            assert accepted_choice[place][world].tolist() == _present(scenario, keys, expected)
        zone = [reference.in_zone(outcome, scenario, numbers, coins) for outcome in outcomes]
        assert block.size[world] == sum(zone)
        assert block.present[world].tolist() == _present(scenario, keys, zone)
        expected_tally += zone
    assert tally.tolist() == expected_tally.tolist()


def _present(scenario: Scenario, keys: list[tuple[int, ...]], mask: list[bool]) -> list[bool]:
    """Which choices of all issues in a row occur among the outcomes of a mask."""
    return [
        any(inside and key[k] == choice for key, inside in zip(keys, mask, strict=True))
        for k, issue in enumerate(scenario.issues)
        for choice in range(issue.n_choices)
    ]


@settings(max_examples=60)
@given(documents(max_issues=4))
def test_every_layout_gives_the_same_zone(document: Document) -> None:
    compiled = _bench(document)
    n_free_issues = len(compiled.structure.free_issues)
    layouts = [Layout(compiled.structure, cut, flipped=False) for cut in range(max(1, n_free_issues))]
    layouts.append(Layout(compiled.structure, 0, flipped=True))
    answers = [compiled.zone(layout) for layout in layouts]
    for block, tally in answers[1:]:
        assert block.size.tolist() == answers[0][0].size.tolist()
        assert block.present.tolist() == answers[0][0].present.tolist()
        assert tally.tolist() == answers[0][1].tolist()
    for layout in layouts:
        exists = has_zone(compiled.worlds, layout, consent_of(compiled.scenario))
        assert exists.tolist() == (answers[0][0].size > 0).tolist()
