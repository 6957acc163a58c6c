"""Scenarios, issues, parties and conditions are valid as they are drawn, and shrink to the plainest."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from negsim.errors import UsageError
from negsim.scenario import Issue, IssueKind, Scenario, loads, write
from negsim.scenario.quantities import Constant
from negsim.scenario.types import Sheet
from negsim.scenario.writer import to_plain
from negsim.testing.strategies import conditions, issues, parties, scenarios
from tests.reference import outcomes as all_outcomes

EVERYTHING = scenarios(stakes=True, bargaining=True, talks=True, sheets=True)
BLOCKS = ["conditional", "rules", "red_lines", "adjustments", "guarantors", "quorum"]


def blocks_of(scenario: Scenario) -> set[str]:
    """Which of the blocks that can be asked for stand in a scenario."""
    held = {
        "conditional": any(issue.when for issue in scenario.issues),
        "rules": scenario.rules,
        "red_lines": any(actor.red_lines for actor in scenario.actors),
        "adjustments": any(party.adjustments for party in scenario.parties),
        "guarantors": any(party.role == "guarantor" for party in scenario.parties),
        "quorum": scenario.agreement.quorum,
        "stakes": scenario.war or scenario.durability or any(party.discount_rate for party in scenario.parties),
        "bargaining": scenario.protocol or any(party.tactic for party in scenario.parties),
        "talks": scenario.talks,
        "sheets": any(party.sheet != Sheet() for party in scenario.parties),
    }
    return {name for name, there in held.items() if there}


QUICK = settings(phases=[Phase.generate])
"""Draws until something is found, and shrinks nothing."""


def any_with(scenarios: st.SearchStrategy[Scenario], block: str) -> Scenario:
    return find(scenarios, lambda scenario: block in blocks_of(scenario), settings=QUICK)


def signatories(scenario: Scenario) -> int:
    return sum(party.role == "signatory" for party in scenario.parties)


@given(scenarios())
def test_a_scenario_is_what_its_written_text_says(scenario: Scenario) -> None:
    assert loads(write(scenario)) == scenario


@settings(max_examples=40)
@given(EVERYTHING)
def test_a_scenario_with_all_blocks_is_what_its_written_text_says(scenario: Scenario) -> None:
    assert loads(write(scenario)) == scenario


@given(scenarios(max_issues=3))
def test_the_rules_of_a_scenario_leave_an_outcome(scenario: Scenario) -> None:
    assert next(all_outcomes(scenario), None) is not None


@given(scenarios(min_issues=2, max_issues=3, min_parties=1, max_parties=2, min_options=2, max_options=3))
def test_counts_stay_within_their_bounds(scenario: Scenario) -> None:
    assert 2 <= len(scenario.issues) <= 3
    assert 1 <= signatories(scenario) <= 2
    assert {len(issue.options) for issue in scenario.issues} <= {2, 3}


@pytest.mark.parametrize("bound", ["issues", "parties"])
@pytest.mark.parametrize("n", [1, 6])
def test_as_many_are_drawn_as_are_asked_for(bound: str, n: int) -> None:
    wanted: dict[str, Any] = {f"min_{bound}": n, f"max_{bound}": n}
    found = find(scenarios(**wanted), lambda _: True, settings=QUICK)
    assert (len(found.issues) if bound == "issues" else signatories(found)) == n


def test_there_may_be_sixty_issues() -> None:
    found = find(scenarios(min_issues=60, max_issues=60), lambda _: True, settings=QUICK)
    assert len(found.issues) == 60


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_that_is_switched_off_is_never_there_and_otherwise_may_be(block: str) -> None:
    alone = scenarios(**{name: name == block for name in BLOCKS})
    assert blocks_of(any_with(alone, block)) == {block}


@given(scenarios(**dict.fromkeys(BLOCKS, False)))
def test_without_any_block_there_are_issues_and_parties_alone(scenario: Scenario) -> None:
    assert blocks_of(scenario) == set()


@pytest.mark.parametrize("block", ["stakes", "bargaining", "talks"])
def test_stakes_bargaining_and_talks_are_there_where_they_are_asked_for(block: str) -> None:
    asked: dict[str, Any] = {block: True}
    assert block in blocks_of(any_with(scenarios(max_issues=2, **asked), block))


@given(scenarios())
def test_stakes_bargaining_and_talks_are_not_there_unasked(scenario: Scenario) -> None:
    assert blocks_of(scenario).isdisjoint({"stakes", "bargaining", "talks"})


def test_the_smallest_scenario_has_one_issue_with_one_option_and_two_parties_without_anything_more() -> None:
    smallest = find(scenarios(), lambda _: True)
    assert [issue.options for issue in smallest.issues] == [("o0",)]
    assert [party.id for party in smallest.parties] == ["ann", "bob"]
    assert blocks_of(smallest) == set()
    assert {party.no_deal for party in smallest.parties} == {Constant(0.0)}


def test_the_smallest_scenario_with_a_red_line_has_one_and_no_other_block() -> None:
    smallest = find(scenarios(), lambda scenario: "red_lines" in blocks_of(scenario))
    assert blocks_of(smallest) == {"red_lines"}
    assert (len(smallest.issues), len(smallest.parties)) == (1, 2)
    assert sum(len(party.red_lines) for party in smallest.parties) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"min_issues": 3, "max_issues": 2}, "cannot have max_issues=2 < min_issues=3"),
        ({"min_issues": 0}, "cannot draw issues between min_issues=0 and max_issues=4: min_issues is at least 1"),
        ({"max_issues": 61}, "cannot draw issues between min_issues=1 and max_issues=61: max_issues is at most 60"),
        ({"max_parties": 1}, "cannot have max_parties=1 < min_parties=2"),
        (
            {"min_parties": -1},
            "cannot draw parties between min_parties=-1 and max_parties=3: min_parties is at least 1",
        ),
        ({"min_options": 5}, "cannot have max_options=4 < min_options=5"),
        ({"stakes": True, "min_parties": 1}, "cannot have stakes=True with min_parties=1: a war has two sides"),
    ],
)
def test_bounds_that_nothing_lies_within_are_refused_before_anything_is_drawn(
    arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError) as caught:
        scenarios(**arguments)
    assert str(caught.value) == message


@given(st.data(), st.integers(1, 3), st.integers(0, 2), st.sampled_from(IssueKind))
def test_an_issue_has_the_id_the_kind_and_as_many_options_as_were_asked_for(
    data: st.DataObject, low: int, more: int, kind: IssueKind
) -> None:
    high = max(low + more, 2)
    issue = data.draw(issues(id="towns", kinds=[kind], min_options=low, max_options=high))
    assert (issue.id, issue.kind) == ("towns", kind)
    assert low <= len(issue.options) <= high
    assert len(issue.levels) == (len(issue.options) if kind is IssueKind.NUMERIC else 0)


def test_the_smallest_issue_has_one_option() -> None:
    assert find(issues(), lambda _: True).options == ("o0",)


def test_a_scale_cannot_have_one_level() -> None:
    assert find(issues(max_options=1), lambda _: True).kind is IssueKind.CATEGORICAL
    with pytest.raises(UsageError, match=r"kinds=\['numeric'\] and max_options=1"):
        issues(kinds=["numeric"], max_options=1)
    with pytest.raises(UsageError, match="max_options=1 < min_options=2"):
        issues(min_options=2, max_options=1)


@given(st.data(), st.tuples(issues(id="a"), issues(id="b", max_options=6)))
def test_a_party_and_the_issues_it_was_drawn_for_make_a_scenario(
    data: st.DataObject, about: tuple[Issue, Issue]
) -> None:
    party = data.draw(parties(about, id="buyer"))
    scenario = Scenario("sale", "A sale", about, (party,))
    assert party.id == "buyer"
    assert {demand.issue for demand in party.demands} == {"a", "b"}
    assert loads(write(scenario)) == scenario


@given(st.data(), scenarios(min_issues=2))
def test_a_party_can_join_a_scenario(data: st.DataObject, scenario: Scenario) -> None:
    party = data.draw(parties(scenario.issues, id="aaron", red_lines=False, adjustments=False))
    joined = to_plain(scenario) | {"agreement": None}
    alone = to_plain(Scenario("alone", "Alone", scenario.issues, (party,)))
    joined["parties"] = {**joined["parties"], **alone["parties"]}  # type: ignore[dict-item]
    del joined["agreement"]
    assert party in loads(json.dumps(joined)).parties
    assert party.red_lines == ()
    assert party.adjustments == ()


def test_a_party_needs_issues_that_stand_by_themselves() -> None:
    hanging = next(issue for issue in any_with(scenarios(), "conditional").issues if issue.when)
    with pytest.raises(UsageError, match=f"issue {hanging.id} hangs on i0"):
        parties([hanging])
    with pytest.raises(UsageError, match="issues is empty"):
        parties([])


@given(st.data(), scenarios())
def test_a_condition_can_be_read_in_its_scenario(data: st.DataObject, scenario: Scenario) -> None:
    condition = data.draw(conditions(scenario))
    ruled = to_plain(scenario) | {"rules": {"drawn": {"require": condition}}}
    (rule,) = loads(json.dumps(ruled)).rules
    assert rule.require.text == condition
    assert set(rule.require.issues) <= {issue.id for issue in scenario.issues}
