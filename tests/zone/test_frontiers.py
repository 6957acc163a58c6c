"""Frontiers: against every outcome of a world looked at one by one, and in closed form."""

from __future__ import annotations

import json
from math import log, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from negsim.errors import UsageError
from negsim.scenario import Scenario, loads
from negsim.scenario.types import Party, Role
from negsim.zone import Attainable, Frontier, WorldFrontier, analyse_zone, find_frontier
from negsim.zone.compiled import Compiled
from negsim.zone.questions import Questions
from tests import reference
from tests.reference import Coins, Numbers, Outcome
from tests.strategies import Document, documents
from tests.zone.test_settlements import PLAIN, countable
from tests.zone.test_violations import compiled_of

POINT = 100_000
ALPHA = 1e-9
"""Chance that a test of a frequency fails though the code is right (Hoeffding's inequality)."""

Gain = tuple[int, ...]


def drawn(compiled: Compiled, world: int) -> tuple[Numbers, Coins]:
    draws = compiled.draws(0, world + 1)
    numbers = {path: float(values[world]) for path, values in draws.quantity.items()}
    return numbers, {line: bool(real[world]) for line, real in draws.real.items()}


def crosses(party: Party, outcome: Outcome, scenario: Scenario, coins: Coins) -> bool:
    return any(
        coins[party.id, line.id] and not reference.holds(line.require.root, outcome, scenario)
        for line in party.red_lines
    )


def gains(parties: list[Party], outcome: Outcome, scenario: Scenario, numbers: Numbers, coins: Coins) -> Gain:
    """What an outcome is worth over no deal, in units."""
    return tuple(
        reference.utility(party, outcome, scenario, numbers, coins) - reference.no_deal(party, scenario, numbers)
        for party in parties
    )


def allowed(parties: list[Party], scenario: Scenario, coins: Coins) -> list[Outcome]:
    return [
        outcome
        for outcome in reference.outcomes(scenario)
        if not any(crosses(party, outcome, scenario, coins) for party in parties)
    ]


def efficient(points: set[Gain]) -> list[Gain]:
    """The points that no other is at least as good as for all, from the first party's best on."""
    kept = [one for one in points if not any(_betters(other, one) for other in points)]
    return sorted(kept, reverse=True)


def _betters(other: Gain, one: Gain) -> bool:
    return other != one and all(a >= b for a, b in zip(other, one, strict=True))


def in_units(points: tuple[float, ...]) -> Gain:
    return tuple(round(value * POINT) for value in points)


def in_world(found: Frontier) -> WorldFrontier:
    assert isinstance(found.found, WorldFrontier)
    return found.found


def over_worlds(found: Frontier) -> Attainable:
    assert isinstance(found.found, Attainable)
    return found.found


@settings(max_examples=200)
@given(documents(), st.data())
def test_the_frontier_of_a_world_is_that_of_all_its_outcomes_one_by_one(
    document: Document, data: st.DataObject
) -> None:
    compiled = compiled_of(document)
    scenario, world = compiled.scenario, data.draw(st.integers(0, 3))
    pairs = st.permutations([party.id for party in scenario.parties]).map(lambda ids: ids[:2])
    named = data.draw(st.one_of(st.just([]), pairs)) if len(scenario.parties) > 1 else []
    frontier = find_frontier(scenario, named, world=world)
    found = in_world(frontier)
    signing = [party for party in scenario.parties if party.role is Role.SIGNATORY]
    by_id = {party.id: party for party in scenario.parties}
    parties = [by_id[name] for name in named] or signing
    assert frontier.parties == tuple(party.id for party in parties)
    numbers, coins = drawn(compiled, world)
    behind: dict[Gain, list[Outcome]] = {}
    for outcome in allowed(parties, scenario, coins):
        behind.setdefault(gains(parties, outcome, scenario, numbers, coins), []).append(outcome)
    expected = efficient(set(behind))
    assert [in_units(point.gain) for point in found.points] == expected
    assert found.n_points == len(expected)
    choices = {issue.id: issue.choices for issue in scenario.issues}
    for gain, point in zip(expected, found.points, strict=True):
        outcomes = behind[gain]
        inside = [one for one in outcomes if reference.in_zone(one, scenario, numbers, coins)]
        told = {issue: choices[issue].index(option) for issue, option in point.options}
        assert point.n_outcomes == len(outcomes)
        assert point.in_zone == bool(inside)
        assert told in inside if inside else told == outcomes[0]
        least = [reference.no_deal(party, scenario, numbers) for party in parties]
        assert in_units(point.utility) == tuple(a + b for a, b in zip(gain, least, strict=True))
    every = list(reference.outcomes(scenario))
    assert found.has_zone == any(reference.in_zone(one, scenario, numbers, coins) for one in every)
    assert {(line.party, line.red_line): line.real for line in found.lines} == coins
    assert {party: round(points * POINT) for party, points in found.no_deal} == {
        party.id: reference.no_deal(party, scenario, numbers) for party in scenario.parties
    }


@settings(max_examples=150)
@given(documents(), st.data())
def test_solutions_stand_at_the_points_with_their_gains(document: Document, data: st.DataObject) -> None:
    compiled = compiled_of(document)
    scenario = compiled.scenario
    named = data.draw(st.permutations([party.id for party in scenario.parties]).map(lambda ids: ids[:2]))
    if len(named) < 2:
        named = []
    found = in_world(find_frontier(scenario, named, world=0, questions=Questions(compare_points=True)))
    numbers, coins = drawn(compiled, 0)
    zone = [one for one in reference.outcomes(scenario) if reference.in_zone(one, scenario, numbers, coins)]
    if not zone or scenario.agreement.quorum is not None:
        assert found.solutions == ()
        return
    signing = [party for party in scenario.parties if party.role is Role.SIGNATORY]
    names = [party.id for party in signing]
    gain = np.array([gains(signing, one, scenario, numbers, coins) for one in zone], np.float64).T
    efficient, counted = countable(gain, signing)
    gain = gain[:, efficient]
    points = [in_units(point.gain) for point in found.points]
    for solution in found.solutions:
        expected = {tuple(gain[:, k].astype(int).tolist()) for k in PLAIN[solution.name](counted)}
        told = [in_units(tuple(value for _, value in point.gains)) for point in solution.points]
        assert set(told) == expected
        assert [tuple(party for party, _ in point.gains) for point in solution.points] == [tuple(names)] * len(told)
        for one, point in zip(told, solution.points, strict=True):
            of_two = tuple(one[names.index(party)] for party in named or names if party in names)
            there = of_two in points if set(named) <= set(names) else False
            assert point.number == (points.index(of_two) + 1 if there else None)


@settings(max_examples=60)
@given(documents(), st.data())
def test_what_two_parties_attain_is_what_every_outcome_of_every_world_says(
    document: Document, data: st.DataObject
) -> None:
    compiled = compiled_of(document)
    scenario = compiled.scenario
    assume(len(scenario.parties) > 1)
    named = data.draw(st.permutations([party.id for party in scenario.parties]).map(lambda ids: ids[:2]))
    n_worlds = 6
    found = over_worlds(find_frontier(scenario, named, n_worlds=n_worlds))
    by_id = {party.id: party for party in scenario.parties}
    pair = [by_id[name] for name in named]
    worlds = []
    for world in range(n_worlds):
        numbers, coins = drawn(compiled, world)
        worlds.append([gains(pair, one, scenario, numbers, coins) for one in allowed(pair, scenario, coins)])
    reach = sorted((max((gain[0] for gain in world), default=-(10**9)) for world in worlds), reverse=True)
    assert found.levels[0].at_least == 0
    assert found.levels[-1].at_least * POINT <= max(reach[0], 0)  # a tenth of six worlds is one
    for level in found.levels:
        most = [max((b for a, b in world if a >= level.at_least * POINT), default=None) for world in worlds]
        reached = sorted(value for value in most if value is not None)
        assert level.p_reach.estimate == pytest.approx(len(reached) / n_worlds)
        assert level.p_both.estimate == pytest.approx(sum(value >= 0 for value in reached) / n_worlds)
        if level.most is None:
            assert not reached
        else:
            middle = [reached[int(share * (len(reached) - 1))] for share in (0.1, 0.5, 0.9)]
            assert in_units((level.most.p10, level.most.median, level.most.p90)) == tuple(middle)


@settings(max_examples=40)
@given(documents(max_parties=2), st.integers(0, 3))
def test_both_accept_at_a_gain_of_nothing_as_often_as_the_two_alone_have_a_zone(document: Document, seed: int) -> None:
    document["parties"].pop("zoe", None)
    document.pop("agreement", None)
    assume(len(document["parties"]) == 2)
    scenario = compiled_of(document).scenario
    found = over_worlds(find_frontier(scenario, ["bob", "ann"], n_worlds=300, seed=seed))
    assert found.levels[0].p_both == analyse_zone(scenario, n_worlds=300, seed=seed).p_zone
    shares = [level.p_both.estimate for level in found.levels]
    assert shares == sorted(shares, reverse=True)


def pie(steps: int = 1000) -> Scenario:
    return loads(json.dumps(pie_document(steps)))


def pie_document(steps: int = 10) -> Document:
    """A pie of 100 points for two with something uncertain to fall back on."""
    return {
        "negsim": 1,
        "id": "pie",
        "title": "A pie",
        "issues": {"share": {"title": "Share", "scale": "0..100", "step": 100 / steps}},
        "parties": {
            "ann": {"title": "Ann", "demands": {"share": 100}, "no_deal": "0..60"},
            "bob": {"title": "Bob", "demands": {"share": 0}, "no_deal": "0..80"},
        },
    }


def test_the_attainable_frontier_of_a_pie_is_a_straight_line_in_closed_form() -> None:
    # Ann keeps a ~ U(0, 60) without a deal, Bob b ~ U(0, 80). Ann reaches g iff a <= 100 - g. Bob is then left with
    # 100 - (a + g) - b, rounded down to a tenth of a point by the steps of the pie. At g = 0 its median is 30 (a + b
    # is symmetric about 70). Both accept iff a + b <= 100 - g.
    n_worlds = 1024
    found = over_worlds(find_frontier(pie(), ["ann", "bob"], n_worlds=n_worlds))
    bound = sqrt(log(2 / ALPHA) / (2 * n_worlds))
    levels = [level.at_least for level in found.levels]
    # Ann gains 100 - a at most: 94 or more in a tenth of worlds, so tens up to 90 (fives would be 19 levels).
    assert levels == [10.0 * k for k in range(10)]
    for level in found.levels:
        g = level.at_least
        assert abs(level.p_reach.estimate - min(1.0, (100 - g) / 60)) < bound
        assert abs(level.p_both.estimate - _sum_below(100 - g)) < bound
    assert found.levels[0].most is not None
    assert abs(found.levels[0].most.median - 30) < 3
    # Where Ann reaches 90, a ~ U(0, 10) and b is free: 10 - a - b has median 10 - 45 = -35.
    assert found.levels[9].most is not None
    assert abs(found.levels[9].most.median + 35) < 12


def _sum_below(s: float) -> float:
    """P(a + b <= s) for a ~ U(0, 60), b ~ U(0, 80): the area under the line in the rectangle."""
    area = s * s / 2 - max(0.0, s - 60) ** 2 / 2 - max(0.0, s - 80) ** 2 / 2 + max(0.0, s - 140) ** 2 / 2
    return area / (60 * 80)


def test_a_single_world_of_a_pie_shows_every_share_of_it() -> None:
    found = in_world(find_frontier(pie(100), ["bob", "ann"], world=7))
    no_deal = dict(found.no_deal)
    assert [point.utility for point in found.points] == [(100.0 - k, float(k)) for k in range(101)]
    assert [point.in_zone for point in found.points] == [
        no_deal["ann"] <= k <= 100 - no_deal["bob"] for k in range(101)
    ]
    middle = (100 - no_deal["bob"] + no_deal["ann"]) / 2
    # Linear utilities: Nash and Kalai-Smorodinsky split what both gain in halves, but for the steps of the pie.
    for solution in found.solutions:
        for point in solution.points:
            assert point.number is not None
            assert abs(found.points[point.number - 1].utility[1] - middle) <= 1


def test_the_same_world_is_shown_whatever_the_number_of_worlds() -> None:
    scenario = pie(50)
    first = find_frontier(scenario, world=300, n_worlds=301)
    assert first == find_frontier(scenario, world=300, n_worlds=2000, n_jobs=2)
    assert first != find_frontier(scenario, world=300, n_worlds=301, seed=1)
    assert first.parties == ("ann", "bob")


def test_a_frontier_does_not_depend_on_jobs_and_rests_on_the_first_1024_worlds(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = pie(50)
    alone = find_frontier(scenario, ["ann", "bob"], n_worlds=4096)
    assert over_worlds(alone).n_worlds == 1024
    monkeypatch.setattr("negsim.zone.workers._WORTH_SECONDS", 0.0)
    assert alone == find_frontier(scenario, ["ann", "bob"], n_worlds=4096, n_jobs=2)
    assert over_worlds(find_frontier(scenario, ["ann", "bob"], n_worlds=300)).n_worlds == 300


def test_progress_is_told_up_to_the_worlds_looked_at() -> None:
    told: list[tuple[int, int]] = []
    find_frontier(pie(20), ["ann", "bob"], n_worlds=2000, on_progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (1024, 1024)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


@pytest.mark.parametrize(
    ("parties", "more", "said"),
    [
        (["an", "bob"], {}, "there is no party 'an'; did you mean 'ann'?"),
        (["ann"], {}, "between two parties, not 1; known: ann, bob"),
        (["ann"], {"world": 0}, "between two parties, not 1"),
        ([], {}, "between two parties, not 0"),
        (["ann", "ann"], {}, "'ann' is named twice"),
        (["ann", "bob", "ann"], {}, "'ann' is named twice"),
        ([], {"world": 4096}, "there is no world 4,096: 4,096 are drawn, counted from 0"),
        ([], {"world": -1}, "worlds are counted from 0; there is none -1"),
        ([], {"world": 0, "seed": -1}, "the seed must not be negative"),
        ([], {"world": 0, "questions": Questions(weights={"an": 2.0})}, "did you mean 'ann'?"),
    ],
)
def test_what_has_no_frontier_is_refused(parties: list[str], more: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError) as error:
        find_frontier(pie(10), parties, **more)
    assert said in str(error.value)


def test_of_too_many_points_a_spread_is_told_and_those_of_solutions(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = pie(100)
    every = in_world(find_frontier(scenario, world=7))
    monkeypatch.setattr("negsim.zone.frontiers_world.MOST_POINTS", 3)
    found = in_world(find_frontier(scenario, world=7))
    assert found.n_points == 101
    nash = [every.points[point.number - 1] for point in every.solutions[0].points if point.number]
    wanted = [every.points[0], every.points[50], every.points[100], *nash]
    assert set(found.points) >= set(wanted)
    assert list(found.points) == [point for point in every.points if point in found.points]
    told = [found.points[point.number - 1] for point in found.solutions[0].points if point.number]
    assert told == nash


def test_rows_are_flat_and_alike() -> None:
    scenario = pie(10)
    points = find_frontier(scenario, ["bob", "ann"], world=7).rows()
    assert list(points[0]) == [
        *("point", "utility.bob", "utility.ann", "gain.bob", "gain.ann", "in_zone", "outcomes", "chosen_by", "share"),
    ]
    assert [row["point"] for row in points] == list(range(1, 12))
    assert {row["in_zone"] for row in points} == {"true", "false"}
    assert any("nash" in str(row["chosen_by"]) for row in points)
    levels = find_frontier(scenario, ["ann", "bob"], n_worlds=64).rows()
    assert list(levels[0]) == [
        *("at_least.ann", "p_reach", "p_reach.low", "p_reach.high"),
        *("most.bob", "most.bob.p10", "most.bob.p90", "p_both", "p_both.low", "p_both.high"),
    ]


def test_where_nothing_can_be_reached_one_level_says_so() -> None:
    hard = {"never": {"require": "share > 100", "firmness": "hard"}}
    document = pie_document()
    document["parties"]["bob"]["red_lines"] = hard
    scenario = loads(json.dumps(document))
    (level,) = over_worlds(find_frontier(scenario, ["ann", "bob"], n_worlds=64)).levels
    assert (level.at_least, level.p_reach.estimate, level.most, level.p_both.estimate) == (0.0, 0.0, None, 0.0)
    assert find_frontier(scenario, ["ann", "bob"], n_worlds=64).rows()[0]["most.bob"] is None
    found = in_world(find_frontier(scenario, world=0))
    assert (found.n_points, found.points, found.has_zone, found.solutions) == (0, (), False, ())


def three(cas_no_deal: float, **more: Any) -> Scenario:
    """Ann and Bob share a pie; what Cas wants is the same to both, and its first option is not it."""
    parties = {
        "ann": {"title": "Ann", "demands": {"pie": "x"}, "no_deal": 0},
        "bob": {"title": "Bob", "demands": {"pie": "y"}, "no_deal": 0},
        "cas": {"title": "Cas", "demands": {"wish": "yes"}, "no_deal": cas_no_deal},
    }
    issues = {"wish": {"title": "Wish", "options": ["no", "yes"]}, "pie": {"title": "Pie", "options": ["x", "y"]}}
    return loads(json.dumps({"negsim": 1, "id": "t", "title": "T", "issues": issues, "parties": parties, **more}))


@pytest.mark.parametrize(
    ("no_deal", "more", "wish", "in_zone"),
    [
        (50, {}, "yes", True),
        (0, {}, "no", True),
        (50, {"agreement": {"quorum": 2}}, "yes", True),  # who need not accept does where that costs the two nothing
        (101, {"agreement": {"quorum": 2}}, "no", True),
        (50, {"agreement": {"quorum": 2, "vetoes": ["cas"]}}, "yes", True),
        (101, {}, "no", False),
    ],
)
def test_of_outcomes_alike_to_two_the_one_told_is_in_the_zone(
    no_deal: float, more: dict[str, Any], wish: str, in_zone: bool
) -> None:
    scenario = three(no_deal, **more)
    found = in_world(find_frontier(scenario, ["ann", "bob"], world=0))
    assert [dict(point.options) for point in found.points] == [{"wish": wish, "pie": "x"}, {"wish": wish, "pie": "y"}]
    assert {point.in_zone for point in found.points} == {in_zone}
    assert {point.n_outcomes for point in found.points} == {2}


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_outside_the_zone_the_first_outcome_in_declared_order_is_told_whatever_conditions_name(order: str) -> None:
    # A condition names a, so that a makes cells and b is free; a step is worth the same on both.
    issues = {name: {"title": name, "scale": "0..1", "step": 1} for name in order}
    ann = {"title": "Ann", "demands": dict.fromkeys(order, 1), "no_deal": 101}
    bob = {"title": "Bob", "demands": dict.fromkeys(order, 0), "no_deal": 101}
    ann["red_lines"] = {"line": {"require": "a == 1", "firmness": 0, "audience_cost": 0}}
    parties = {"ann": ann, "bob": bob}
    scenario = loads(json.dumps({"negsim": 1, "id": "o", "title": "O", "issues": issues, "parties": parties}))
    _, middle, _ = in_world(find_frontier(scenario, world=0)).points
    assert middle.n_outcomes == 2
    assert middle.options == ((order[0], "0"), (order[1], "1"))


def test_what_those_who_sign_choose_stands_on_no_frontier_of_a_guarantor() -> None:
    cas = {"title": "Cas", "role": "guarantor", "consents_to": "share >= 50", "demands": {"share": 0}, "no_deal": 0}
    scenario = loads(json.dumps(pie_document() | {"parties": pie_document()["parties"] | {"cas": cas}}))
    for pair, stands in (["ann", "cas"], False), (["ann", "bob"], True):
        solutions = in_world(find_frontier(scenario, pair, world=0)).solutions
        assert {point.number is not None for one in solutions for point in one.points} == {stands}
