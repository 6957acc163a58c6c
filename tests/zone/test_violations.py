"""What blocks, from arrays over efficient sums, against every outcome of a world looked at one by one."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings

from negsim.errors import ScenarioError
from negsim.scenario import Scenario
from negsim.scenario.types import Role
from negsim.zone import Questions, analyse_zone, compare_zones
from negsim.zone.blocks import line_costs
from negsim.zone.compiled import Compiled, compile_scenario
from negsim.zone.violations import Blocked, tables, what_blocks
from tests import reference
from tests.reference import Coins, Numbers, Outcome
from tests.strategies import Document, documents, scenario_of

N_WORLDS = 4

Name = tuple[str, str]
"""A party and its red line, or a party and "" for its no-deal value."""

Set = frozenset[Name]


def compiled_of(document: Document) -> Compiled:
    try:
        return compile_scenario(scenario_of(document), 0, "lhs")
    except ScenarioError as error:
        assume(error.problems[0].code != "NS410")  # rules that leave no outcome are no case
        raise


def looked_at(scenario: Scenario, outcome: Outcome) -> set[str]:
    """Whose acceptance an outcome's place in the zone can depend on."""
    return {
        party.id
        for party in scenario.parties
        if party.role is Role.SIGNATORY
        or (party.consents_to is not None and reference.holds(party.consents_to.root, outcome, scenario))
    }


def violations(scenario: Scenario, outcome: Outcome, numbers: Numbers, coins: Coins) -> dict[Name, int]:
    """What an outcome violates: lines crossed that are real (0), no-deal values with the units that are lacking."""
    found: dict[Name, int] = {}
    for party in scenario.parties:
        if party.id not in looked_at(scenario, outcome):
            continue
        for line in party.red_lines:
            if coins[party.id, line.id] and not reference.holds(line.require.root, outcome, scenario):
                found[party.id, line.id] = 0
        lack = reference.no_deal(party, scenario, numbers) - reference.utility(party, outcome, scenario, numbers, coins)
        if lack > 0:
            found[party.id, ""] = lack
    return found


def enough(scenario: Scenario, outcome: Outcome, refusing: set[str]) -> bool:
    """Whether an outcome is in the zone where just these of the parties looked at refuse."""
    signing = [party.id for party in scenario.parties if party.role is Role.SIGNATORY]
    agreement = scenario.agreement
    if refusing & (looked_at(scenario, outcome) - set(signing)):
        return False
    if agreement.quorum is None:
        return not refusing
    accepting = len(signing) - len(refusing & set(signing))
    return accepting >= agreement.quorum and not refusing & set(agreement.vetoes)


def ways(scenario: Scenario, outcome: Outcome, violated: set[Name]) -> set[Set]:
    """Every set of violations of some refusing parties whose fall would bring the outcome into the zone."""
    refusing = {party for party, _ in violated}
    return {
        frozenset(name for name in violated if name[0] in giving)
        for n in range(len(refusing) + 1)
        for giving in combinations(sorted(refusing), n)
        if enough(scenario, outcome, refusing - set(giving))
    }


def smallest(sets: set[Set]) -> set[Set]:
    return {one for one in sets if not any(other < one for other in sets)}


def named(compiled: Compiled, one: int) -> Set:
    constraints, parties = compiled.constraints, compiled.scenario.actors
    ids = [parties[k].id for k in constraints.parties]
    names = [(ids[place], parties[constraints.parties[place]].red_lines[line].id) for place, line in constraints.lines]
    names += [(party, "") for party in ids]
    return frozenset(name for bit, name in enumerate(names) if one >> bit & 1)


@settings(max_examples=200)
@given(documents())
def test_the_smallest_sets_and_their_points_are_those_of_all_outcomes_one_by_one(document: Document) -> None:
    compiled = compiled_of(document)
    scenario = compiled.scenario
    draws, worlds = compiled.draw(0, N_WORLDS)
    outcomes = list(reference.outcomes(scenario))
    costs = line_costs(worlds, compiled.constraints)
    for world, table in enumerate(tables(worlds, compiled.constraints)):
        found = what_blocks(table, costs[world], asks_total=True)
        numbers = {path: float(values[world]) for path, values in draws.quantity.items()}
        coins = {line: bool(real[world]) for line, real in draws.real.items()}
        violated = [violations(scenario, outcome, numbers, coins) for outcome in outcomes]
        per_outcome = [ways(scenario, o, set(v)) for o, v in zip(outcomes, violated, strict=True)]
        expected = smallest(set().union(*per_outcome))
        assert {named(compiled, one) for one in found.sets} == expected
        assert len(found.sets) == len(expected)
        for one, points in zip(found.sets, found.points, strict=True):
            name = named(compiled, one)
            holding = [v for v, w in zip(violated, per_outcome, strict=True) if name in w]
            parties = sorted(party for party, line in name if not line)
            assert list(points) == [min(v[party, ""] for v in holding) for party in parties]
        uncrossed = [v for v in violated if all(not line for _, line in v)]
        assert found.total == min((sum(v.values()) for v in uncrossed), default=float("inf"))
        opened = {
            (party.id, line.id)
            for party in scenario.parties
            for line in party.red_lines
            if not coins[party.id, line.id]
            and frozenset() not in expected
            and has_zone_without(scenario, party.id, line.id, outcomes, numbers, coins)
        }
        lines = [n for bit, n in enumerate(_lines(compiled)) if found.bluffs >> bit & 1]
        assert set(lines) == opened & set(_lines(compiled))


def _lines(compiled: Compiled) -> list[Name]:
    constraints, parties = compiled.constraints, compiled.scenario.actors
    return [
        (parties[constraints.parties[place]].id, parties[constraints.parties[place]].red_lines[line].id)
        for place, line in constraints.lines
    ]


def has_zone_without(
    scenario: Scenario, party: str, line: str, outcomes: list[Outcome], numbers: Numbers, coins: Coins
) -> bool:
    """Whether there is a zone once a bluff costs nothing."""
    free = numbers | {("parties", party, "red_lines", line, "audience_cost"): 0.0}
    return any(reference.in_zone(outcome, scenario, free, coins) for outcome in outcomes)


def test_a_line_that_two_parties_would_have_to_give_up_is_no_block_of_either_alone() -> None:
    document: Document = {
        "negsim": 1,
        "id": "s",
        "title": "S",
        "issues": {"a": {"title": "A", "options": ["left", "right"]}},
        "parties": {
            "ann": {
                "title": "Ann",
                "values": {"a": {"left": 90, "right": 90}},
                "no_deal": 50,
                "red_lines": {"one": {"require": "a == left", "firmness": "hard"}},
            },
            "bob": {
                "title": "Bob",
                "values": {"a": {"left": 10, "right": 46}},
                "no_deal": 50,
                "red_lines": {"other": {"require": "a == right", "firmness": "hard"}},
            },
        },
    }
    compiled = compiled_of(document)
    (table,) = tables(compiled.worlds(0, 1), compiled.constraints)
    found = what_blocks(table, [0.0, 0.0])
    # On the right Ann's line and 4 points of Bob's are in the way, on the left Bob's line and 40 points of his.
    assert [named(compiled, one) for one in found.sets] == [
        {("ann", "one"), ("bob", "")},
        {("bob", "other"), ("bob", "")},
    ]
    assert np.round(np.array(found.points) / 100_000, 3).tolist() == [[4.0], [40.0]]


def test_with_so_many_voters_that_sets_of_them_cannot_be_gone_through_nothing_is_said_of_blocks() -> None:
    def voting(n: int, quorum: int) -> Document:
        party = {"title": "P", "values": {"a": {"left": 60, "right": 40}}, "no_deal": "0..100"}
        return {
            "negsim": 1,
            "id": "s",
            "title": "S",
            "issues": {"a": {"title": "A", "options": ["left", "right"]}},
            "parties": {f"p{k}": party for k in range(n)},
            "agreement": {"quorum": quorum},
        }

    few, many = voting(15, 8), voting(20, 10)  # 6,435 and 184,756 sets
    assert analyse_zone(scenario_of(few), n_worlds=64).blocks is not None
    found = analyse_zone(scenario_of(many), n_worlds=64)
    assert found.blocks is None
    assert found.p_zone == analyse_zone(scenario_of(many), n_worlds=64, questions=Questions(method="merge")).p_zone
    changes = compare_zones(scenario_of(many), scenario_of(many), n_worlds=8).changes
    assert {change.kind for change in changes} == {"option", "acceptance"}


def test_a_line_opens_with_others_where_a_smallest_set_holds_it_and_it_alone_does_not() -> None:
    # Lines 0, 1 and 2: the first alone would do, so would the others together; 3 is in none.
    blocked = Blocked(sets=(0b001, 0b110), points=((), ()), bluffs=0)
    assert [blocked.opens_with_others(line) for line in range(4)] == [False, True, True, False]


def test_a_bluff_that_opens_by_its_cost_alone_needs_no_others() -> None:
    assert not Blocked(sets=(0b011,), points=((),), bluffs=0b001).opens_with_others(0)
    assert Blocked(sets=(0b011,), points=((),), bluffs=0b001).opens_with_others(1)


def test_where_every_outcome_crosses_a_real_line_no_points_open_a_zone() -> None:
    line = {"require": "deal != signed", "firmness": "hard"}
    parties: Document = {
        "ann": {"title": "Ann", "no_deal": 10, "red_lines": {"never": line}},
        "bob": {"title": "Bob", "no_deal": 90},
    }
    for party in parties.values():
        party["values"] = {"deal": {"signed": 50}}
    issues = {"deal": {"title": "Deal", "options": ["signed"]}}
    document = {"negsim": 1, "id": "d", "title": "D", "issues": issues, "parties": parties}
    found = analyse_zone(scenario_of(document), n_worlds=4, questions=Questions(compare_points=True))
    assert found.p_zone.estimate == 0
    assert found.blocks
    assert found.blocks.total
    assert (found.blocks.total.share.estimate, found.blocks.total.points) == (0, None)
    # Were the line a bluff that costs nothing, Bob's 40 points would do.
    parties["ann"]["red_lines"]["never"] = line | {"firmness": 0, "audience_cost": 0}
    found = analyse_zone(scenario_of(document), n_worlds=4, questions=Questions(compare_points=True))
    assert found.blocks
    assert found.blocks.total
    assert found.blocks.total.points
    assert found.blocks.total.points.median == pytest.approx(40, abs=1e-3)
