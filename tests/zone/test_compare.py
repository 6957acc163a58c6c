"""Two scenarios on the same worlds: closed forms, the reference outcome by outcome, and what must hold of any pair."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from math import log, sqrt

import numpy as np
import pytest
from hypothesis import assume, given, settings

from negsim.errors import ScenarioError, UsageError
from negsim.model.draws import draw_block
from negsim.model.estimates import Estimate
from negsim.scenario import IRRELEVANT, Scenario, loads
from negsim.zone import Change, analyse_zone, compare_zones, workers
from negsim.zone.compare import count_pair, pair_of
from negsim.zone.compiled import compile_scenario
from negsim.zone.counting import joined
from negsim.zone.events import Event, events_of, names_of
from tests import reference
from tests.strategies import Document, documents, scenario_of
from tests.zone.test_violations import has_zone_without, violations, ways

ALPHA = 1e-9
N_WORLDS = 16_384
BOUND = sqrt(log(2 / ALPHA) / (2 * N_WORLDS))
"""How far a share may lie from the truth before a test fails (Hoeffding's inequality)."""


def one_deal(ann: float = 60, bob: float = 50, ann_no_deal: str = "0..100") -> Scenario:
    """One deal, worth something to either party, with uniform no-deal values."""
    parties = {
        "ann": {"title": "Ann", "values": {"deal": {"signed": ann}}, "no_deal": ann_no_deal},
        "bob": {"title": "Bob", "values": {"deal": {"signed": bob}}, "no_deal": "0..100"},
    }
    issues = {"deal": {"title": "The deal", "options": ["signed"]}}
    document = {"negsim": 1, "id": "one", "title": "One deal", "issues": issues, "parties": parties}
    return loads(json.dumps(document))


@pytest.mark.parametrize("sampler", ["lhs", "random", "sobol"])
@pytest.mark.parametrize(
    ("before", "after", "gained", "lost"),
    [
        # Ann's no-deal value is shifted by 10 points: it is at most 60 where the uniform draw is at most .6, then .5.
        # Bob's is at most 50 in half of all worlds. 0.6 * 0.5 = 0.30 becomes 0.25, and no world gains.
        (one_deal(), one_deal(ann_no_deal="10..110"), 0.0, 0.05),
        # Better for Bob and worse for Ann. Gained: a <= 40 and 50 < b <= 80, 0.4 * 0.3; lost: 40 < a <= 60 and b <= 50.
        (one_deal(60, 50), one_deal(40, 80), 0.12, 0.1),
        # A range around the same middle, half as wide: a <= 60 up to u = .6 of 0..100 and u = .7 of 25..75.
        (one_deal(), one_deal(ann_no_deal="25..75"), 0.05, 0.0),
    ],
    ids=["shifted", "moved", "narrowed"],
)
def test_worlds_gained_and_lost_have_their_exact_shares(
    before: Scenario, after: Scenario, gained: float, lost: float, sampler: str
) -> None:
    found = compare_zones(before, after, n_worlds=N_WORLDS, sampler=sampler)
    assert abs(found.gained.estimate - gained) < BOUND
    assert abs(found.lost.estimate - lost) < BOUND
    assert (found.gained.estimate == 0, found.lost.estimate == 0) == (gained == 0, lost == 0)
    assert abs(found.p_zone.difference.estimate - (gained - lost)) < BOUND
    assert found.p_zone.difference.low <= gained - lost <= found.p_zone.difference.high
    assert found.p_zone.difference.estimate == pytest.approx(
        found.p_zone.after.estimate - found.p_zone.before.estimate, abs=1e-12
    )


def test_the_interval_of_the_difference_is_narrower_than_those_of_the_two_shares() -> None:
    found = compare_zones(one_deal(), one_deal(ann_no_deal="2..102")).p_zone
    assert found.difference.half_width < min(found.before.half_width, found.after.half_width) / 3
    assert found.difference.excludes_zero  # two points of a hundred, in half of all worlds
    assert found.before.low < found.after.high  # which the two intervals by themselves do not tell apart


def _happens(scenario: Scenario, world: int, n_worlds: int) -> Mapping[Event, bool]:
    """Every event of a scenario in one world, outcome by outcome."""
    draws = draw_block(scenario, seed=5, block=0, n_worlds=n_worlds)
    numbers = {path: float(values[world]) for path, values in draws.quantity.items()}
    coins = {line: bool(real[world]) for line, real in draws.real.items()}
    outcomes = list(reference.outcomes(scenario))
    zone = [outcome for outcome in outcomes if reference.in_zone(outcome, scenario, numbers, coins)]
    found: dict[Event, bool] = {("zone",): bool(zone)}
    for issue in scenario.issues:
        for k in range(issue.n_choices):
            name = (*issue.options, IRRELEVANT)[k]
            found["option", issue.id, name] = any(outcome[issue.id] == k for outcome in zone)
            for party in scenario.parties:
                found["acceptance", party.id, issue.id, name] = any(
                    reference.accepts(party, outcome, scenario, numbers, coins)
                    for outcome in outcomes
                    if outcome[issue.id] == k
                )
    return found | _blocking(scenario, outcomes, numbers, coins)


def _blocking(
    scenario: Scenario, outcomes: list[reference.Outcome], numbers: reference.Numbers, coins: reference.Coins
) -> dict[Event, bool]:
    """Whether each red line, and 5 points of each no-deal value, alone keeps a world from having a zone."""
    violated = [violations(scenario, outcome, numbers, coins) for outcome in outcomes]
    sets = [(v, ways(scenario, o, set(v))) for o, v in zip(outcomes, violated, strict=True)]
    stuck = not any(frozenset() in way for _, way in sets)
    found: dict[Event, bool] = {}
    for party in scenario.parties:
        alone = frozenset({(party.id, "")})
        found["no_deal", party.id] = stuck and any(alone in way and v[party.id, ""] <= 500_000 for v, way in sets)
        for line in party.red_lines:
            alone = frozenset({(party.id, line.id)})
            costless = has_zone_without(scenario, party.id, line.id, outcomes, numbers, coins)
            given_up = any(alone in way for _, way in sets)
            found["red_line", party.id, line.id] = stuck and (given_up or (not coins[party.id, line.id] and costless))
    return found


@settings(max_examples=80)
@given(documents(max_issues=3), documents(max_issues=3))
def test_every_common_event_agrees_with_the_reference_in_every_world(one: Document, other: Document) -> None:
    n_worlds = 3
    try:
        before, after = (compile_scenario(scenario_of(document), 5, "lhs") for document in (one, other))
    except ScenarioError as error:
        assume(error.problems[0].code != "NS410")  # rules that leave no outcome are no case
        raise
    counts = count_pair(pair := pair_of(before, after), [(0, n_worlds)])
    first, second = (
        [_happens(side.scenario, world, n_worlds) for world in range(n_worlds)] for side in (before, after)
    )
    assert set(pair.common) == set(first[0]) & set(second[0])
    for k, event in enumerate(pair.common):
        happened = [(world[event], other_world[event]) for world, other_world in zip(first, second, strict=True)]
        assert counts.both[0, k] == happened.count((True, True))
        assert counts.only_before[0, k] == happened.count((True, False))
        assert counts.only_after[0, k] == happened.count((False, True))


HARBOUR = """
negsim: 1
id: harbour
title: A harbour
issues:
  site: {title: Site, kind: ordered, options: [north, middle, south]}
  wall: {title: Wall, options: [stone, wood], when: site != south}
  fee: {title: Fee, scale: 0..10, step: 1}
parties:
  club:
    title: Club
    demands: {site: north, fee: 0, wall: stone}
    values: {wall: {irrelevant: 30}}
    priorities: {site: 2..4, fee: 1..3, wall: 1}
    red_lines: {not_south: {require: site != south, firmness: 0.4..0.9}}
    no_deal: 30..70
  city:
    title: City
    demands: {site: south, fee: 10, wall: wood}
    values: {wall: {irrelevant: 50}}
    no_deal: 20..60
"""
FIRMER = ("parties.club.red_lines.not_south.firmness=0.8..1", "parties.city.no_deal=30..65")


@pytest.fixture
def harbour() -> Scenario:
    return loads(HARBOUR)


@pytest.fixture
def firmer() -> Scenario:
    return loads(HARBOUR, overrides=FIRMER)


def test_a_scenario_does_not_differ_from_itself_in_any_world(harbour: Scenario) -> None:
    pair = pair_of(*[compile_scenario(harbour, 0, "lhs")] * 2)
    counts = count_pair(pair, [(0, 256), (1, 100)])
    assert not np.any(counts.only_before)
    assert not np.any(counts.only_after)
    found = compare_zones(harbour, harbour, n_worlds=600)
    assert {change.difference.estimate for change in (found.p_zone, *found.changes)} == {0.0}
    assert found.clear("option") == found.clear("acceptance") == ()
    assert not found.differences.any_figure


def test_the_figures_of_either_side_are_those_of_its_own_analysis_to_the_bit(
    harbour: Scenario, firmer: Scenario
) -> None:
    found = compare_zones(harbour, firmer, n_worlds=1300, seed=4)
    for side, scenario in (("before", harbour), ("after", firmer)):
        alone = analyse_zone(scenario, n_worlds=1300, seed=4)
        assert getattr(found.p_zone, side) == alone.p_zone
        expected: dict[Event, Estimate] = {}
        for option in alone.options:
            assert option.p_in_zone is not None
            expected["option", option.issue, option.option] = option.p_in_zone
            for share in option.parties:
                expected["acceptance", share.party, option.issue, option.option] = share.p_accept
        assert alone.blocks is not None
        expected |= {("red_line", line.party, line.red_line): line.gain for line in alone.blocks.lines}
        expected |= {("no_deal", value.party): value.gain for value in alone.blocks.no_deal}
        assert {(change.kind, *change.key): getattr(change, side) for change in found.changes} == expected


def test_turning_the_two_around_turns_every_difference_around(harbour: Scenario, firmer: Scenario) -> None:
    there, back = compare_zones(harbour, firmer, n_worlds=700), compare_zones(firmer, harbour, n_worlds=700)
    assert any(change.difference.estimate for change in there.changes)
    for change, turned in zip((there.p_zone, *there.changes), (back.p_zone, *back.changes), strict=True):
        assert (change.kind, change.key) == (turned.kind, turned.key)
        assert (change.before, change.after) == (turned.after, turned.before)
        difference, other = change.difference, turned.difference
        assert other.estimate == -difference.estimate
        assert (other.low, other.high) == pytest.approx((-difference.high, -difference.low), abs=1e-12)
    assert (there.gained, there.lost) == (back.lost, back.gained)
    assert (there.before, there.after) == (back.after, back.before)


def test_a_firmer_red_line_and_a_better_no_deal_value_win_no_world(harbour: Scenario, firmer: Scenario) -> None:
    found = compare_zones(harbour, firmer, n_worlds=1024)
    assert found.lost.estimate > 0
    assert found.gained.estimate == 0
    suits = [change for change in found.changes if change.kind in {"option", "acceptance"}]
    assert max(change.difference.estimate for change in suits) == 0


def test_processes_and_runs_of_blocks_change_no_figure(
    harbour: Scenario, firmer: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = compare_zones(harbour, firmer, n_worlds=12 * 256 + 7)
    monkeypatch.setattr(workers, "_WORTH_SECONDS", 0.0)
    monkeypatch.setattr(workers, "_RUN_SECONDS", 0.0)
    assert compare_zones(harbour, firmer, n_worlds=12 * 256 + 7, n_jobs=2) == expected
    pair = pair_of(compile_scenario(harbour, 0, "lhs"), compile_scenario(firmer, 0, "lhs"))
    blocks = [(0, 256), (1, 256), (2, 100)]
    whole, parts = count_pair(pair, blocks), joined([count_pair(pair, blocks[:1]), count_pair(pair, blocks[1:])])
    for name in ("both", "only_before", "only_after"):
        assert np.array_equal(getattr(whole, name), getattr(parts, name))


def test_a_changed_range_leaves_the_draws_of_all_else_as_they_were(harbour: Scenario, firmer: Scenario) -> None:
    pair = pair_of(compile_scenario(harbour, 0, "lhs"), compile_scenario(firmer, 0, "lhs"))
    before, after = (side.draw(3, 256)[0].quantity for side in (pair.before, pair.after))
    changed = {path for path in before if not np.array_equal(before[path], after[path])}
    assert changed == {
        ("parties", "club", "red_lines", "not_south", "firmness"),
        ("parties", "city", "no_deal"),
    }


def test_events_stand_in_the_order_of_their_names(harbour: Scenario) -> None:
    compiled = compile_scenario(harbour, 0, "lhs")
    happened = events_of(compiled, *compiled.draw(0, 7))
    assert happened.shape == (7, len(names_of(compiled)))
    assert len(set(names_of(compiled))) == len(names_of(compiled))
    assert ("option", "wall", "irrelevant") in names_of(compiled)
    assert ("option", "site", "irrelevant") not in names_of(compiled)


def test_only_what_both_have_is_compared(harbour: Scenario) -> None:
    other = HARBOUR.replace("city", "town").replace("[stone, wood]", "[stone, brick]").replace("wood}", "brick}")
    found = compare_zones(harbour, loads(other), n_worlds=256)
    kinds = {kind: {change.key for change in found.changes if change.kind == kind} for kind in ("option", "acceptance")}
    assert {key for key in kinds["option"] if key[0] == "wall"} == {("wall", "stone"), ("wall", "irrelevant")}
    assert {key[0] for key in kinds["acceptance"]} == {"club"}
    assert found.differences.only_before == (("issues", "wall", "options", "wood"), ("parties", "city"))
    assert found.differences.only_after == (("issues", "wall", "options", "brick"), ("parties", "town"))


def test_scenarios_with_nothing_in_common_still_have_a_zone_or_none(harbour: Scenario) -> None:
    found = compare_zones(harbour, one_deal(), n_worlds=512)
    assert found.changes == ()
    assert found.p_zone.before == analyse_zone(harbour, n_worlds=512).p_zone
    assert found.p_zone.after == analyse_zone(one_deal(), n_worlds=512).p_zone


def test_progress_counts_worlds_up_to_all(harbour: Scenario) -> None:
    seen: list[tuple[int, int]] = []
    compare_zones(harbour, harbour, n_worlds=600, on_progress=lambda *counts: seen.append(counts))
    assert seen[-1] == (600, 600)
    assert all(first < second for (first, _), (second, _) in pairwise(seen))


def test_a_request_that_makes_no_sense_is_refused(harbour: Scenario) -> None:
    with pytest.raises(UsageError, match="number of worlds"):
        compare_zones(harbour, harbour, n_worlds=0)
    with pytest.raises(UsageError, match="no sampler 'lsh'"):
        compare_zones(harbour, harbour, sampler="lsh")


def test_clear_changes_stand_in_order_of_size_and_equal_ones_as_declared() -> None:
    share = Estimate(0.5, 0.25, 0.75)
    zone = Change("zone", (), share, share, Estimate(0.4, 0.3, 0.5))
    differences = {"a": 0.1, "b": -0.3, "c": 0.05, "d": -0.05, "e": 0.1, "f": 0.2}
    changes = [
        Change("option", ("land", name), share, share, Estimate(middle, middle - 0.07, middle + 0.07))
        for name, middle in differences.items()
    ]
    other = Change("acceptance", ("ann", "land", "a"), share, share, Estimate(0.9, 0.8, 1.0))
    found = replace(compare_zones(one_deal(), one_deal(), n_worlds=1), p_zone=zone, changes=(*changes, other))
    assert [change.key[-1] for change in found.clear("option")] == ["b", "f", "a", "e"]
    assert found.clear("acceptance") == (other,)


def test_a_comparison_gives_flat_rows() -> None:
    share = Estimate(0.5, 0.25, 0.75)
    zone = Change("zone", (), share, share, Estimate(0.0, -0.1, 0.1))
    option = Change("option", ("land", "line"), share, share, Estimate(0.0, -0.2, 0.2))
    found = compare_zones(one_deal(), one_deal(), n_worlds=1)
    rows = replace(found, p_zone=zone, changes=(option,)).rows()
    assert [(row["kind"], row["key"], row["difference.low"]) for row in rows] == [
        ("zone", "", -0.1),
        ("option", "land.line", -0.2),
    ]
    assert set(rows[0]) == {"kind", "key"} | {
        f"{name}{end}" for name in ("before", "after", "difference") for end in ("", ".low", ".high")
    }


def test_who_signs_by_red_lines_alone_blocks_by_a_line_and_by_no_points() -> None:
    # The ratifier's line is real in half of the worlds, independent of what Ann and Bob have without a deal.
    scenario = loads(
        """
        negsim: 1
        id: one
        title: One deal
        issues: {deal: {title: The deal, options: [signed]}}
        parties:
          ann: {title: Ann, values: {deal: {signed: 60}}, no_deal: 0..100}
          bob:
            title: Bob
            values: {deal: {signed: 50}}
            no_deal: 40
            ratifiers: {council: {title: The council, red_lines: {never: {require: deal != signed, firmness: 0.5}}}}
        """
    )
    found = compare_zones(scenario, scenario, n_worlds=N_WORLDS)
    shares = {(one.kind, *one.key): one.before.estimate for one in found.changes if one.kind in ("red_line", "no_deal")}
    assert set(shares) == {("no_deal", "ann"), ("no_deal", "bob"), ("red_line", "council", "never")}
    assert abs(shares["red_line", "council", "never"] - 0.3) < 0.05  # a <= 60 and a real line; of the first 1,024
    assert abs(shares["no_deal", "ann"] - 0.025) < 0.05  # 60 < a <= 65 and no real line
    assert shares["no_deal", "bob"] == 0
