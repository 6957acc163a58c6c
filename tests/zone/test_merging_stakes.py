"""Scenarios with wars, breach, levers and ratifiers: what merging, blocks, solutions and comparisons of deals make of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from negsim.errors import ScenarioError
from negsim.model.assumptions import Assumptions
from negsim.scenario import IRRELEVANT
from negsim.scenario.types import Party, Role, Scenario
from negsim.solutions import SOLUTIONS
from negsim.zone import Attainable, ZoneResult, analyse_zone, find_frontier
from negsim.zone.blocks import line_costs
from negsim.zone.compiled import Compiled, compile_scenario
from negsim.zone.deal_counting import all_prefer
from negsim.zone.events import events_of, names_of
from negsim.zone.frontiers_merging import efficient_cells, efficient_pairs, merged_or_refused
from negsim.zone.merged import cells_with_zone
from negsim.zone.questions import Questions
from negsim.zone.settlements import settle, signing_places
from negsim.zone.violations import tables, what_blocks
from tests.questions import by
from tests.reference import Outcome, allowance, holds
from tests.reference_stakes import POINT, World
from tests.solutions import plain
from tests.strategies import Document, scenario_of
from tests.strategies_stakes import stakes
from tests.worlds import Bench
from tests.zone.test_brute_force_stakes import N_WORLDS, bench_of, outcomes_of
from tests.zone.test_violations import Name, Set, named, smallest

ROUNDED = 2.0**-22
"""How far points that are lacking may be off, where a breach asks for more than 167 points: whole units below that."""

PLAIN = {
    "nash": plain.nash,
    "kalai_smorodinsky": plain.kalai_smorodinsky,
    "egalitarian": plain.egalitarian,
    "utilitarian": plain.utilitarian,
}

_STAKE: Document = {
    "no_deal": 10,
    "discount_rate": 0.1,
    "adjustments": {"sweet": {"when": "guard == none", "amount": 1}},
}
GUARDED: Document = {
    "negsim": 1,
    "id": "s",
    "title": "S",
    "issues": {
        "guard": {"title": "Guard", "options": ["none", "all"]},
        "pie": {"title": "Pie", "kind": "numeric", "scale": "0..100", "step": 10},
    },
    "durability": {
        "breakers": {"bob": {"hazard": 0.4}},
        "supports": {"guard": {"when": "guard == all", "credibility": 1}},
    },
    "parties": {
        "ann": {"title": "Ann", "demands": {"pie": 100}} | _STAKE,
        "bob": {"title": "Bob", "demands": {"pie": 0}} | _STAKE,
    },
}
"""Without a guard a pie comes with a point more for both, and soon is lost: at a hazard of .4 and a rate of .1 a year
a fifth of any gain is kept."""


def _compiled(found: Bench) -> Compiled:
    return compile_scenario(found.scenario, 0, "lhs")


@settings(max_examples=60)
@given(stakes())
def test_merging_finds_a_zone_in_just_the_cells_that_hold_one(document: Document) -> None:
    found = bench_of(document)
    outcomes, cells = outcomes_of(found), found.outcomes().cell
    hit = cells_with_zone(found.worlds, _compiled(found))
    for world in range(N_WORLDS):
        seen = found.plain(world)
        inside = [seen.in_zone(outcome) for outcome in outcomes]
        expected = np.bincount(cells, inside, minlength=found.structure.n_cells) > 0
        assert hit[world].tolist() == expected.tolist()


def _found(document: Document, method: str) -> ZoneResult:
    try:
        return analyse_zone(scenario_of(document), n_worlds=8, questions=by(method))
    except ScenarioError as error:
        assume(error.problems[0].code != "NS410")
        raise


@settings(max_examples=40)
@given(stakes())
def test_a_whole_analysis_is_the_same_by_merging_and_by_enumerating(document: Document) -> None:
    one, two = _found(document, "enumerate"), _found(document, "merge")
    assert (one.enumerated, two.enumerated) == (True, False)
    assert (two.p_zone, two.blocks, two.solutions) == (one.p_zone, one.blocks, one.solutions)
    assert (two.moves, two.coins, two.structure) == (one.moves, one.coins, one.structure)
    assert [option.parties for option in two.options] == [option.parties for option in one.options]


# Blocks


def _violations(seen: World, outcome: Outcome) -> dict[Name, int]:
    """The real lines that an outcome crosses (0), and the no-deal values it falls short of with the units lacking."""
    violated: dict[Name, int] = {}
    for actor in seen.scenario.actors:
        if not seen.asks(actor, outcome):
            continue
        for line in actor.red_lines:
            if seen.coins[actor.id, line.id] and not holds(line.require.root, outcome, seen.scenario):
                violated[actor.id, line.id] = 0
        lack = seen.needs(actor, outcome) - seen.utility(actor, outcome)
        if lack > 0:
            violated[actor.id, ""] = lack
    return violated


def _ways(seen: World, outcome: Outcome, violated: set[Name]) -> set[Set]:
    refusing = {actor for actor, _ in violated}
    return {
        frozenset(name for name in violated if name[0] in giving)
        for n in range(len(refusing) + 1)
        for giving in combinations(sorted(refusing), n)
        if seen.suffices(outcome, refusing - set(giving))
    }


@settings(max_examples=60)
@given(stakes())
def test_the_smallest_sets_and_their_points_are_those_of_all_outcomes_one_by_one(document: Document) -> None:
    found = bench_of(document)
    compiled, outcomes = _compiled(found), outcomes_of(found)
    costs = line_costs(found.worlds, compiled.constraints)
    for world, table in enumerate(tables(found.worlds, compiled.constraints)):
        seen, blocked = found.plain(world), what_blocks(table, costs[world], asks_total=True)
        violated = [_violations(seen, outcome) for outcome in outcomes]
        per_outcome = [_ways(seen, o, set(v)) for o, v in zip(outcomes, violated, strict=True)]
        assert {named(compiled, one) for one in blocked.sets} == smallest(set().union(*per_outcome))
        for one, points in zip(blocked.sets, blocked.points, strict=True):
            name = named(compiled, one)
            holding = [v for v, w in zip(violated, per_outcome, strict=True) if name in w]
            actors = sorted((actor for actor, line in name if not line), key=_places(compiled).index)
            assert list(points) == pytest.approx([min(v[actor, ""] for v in holding) for actor in actors], rel=ROUNDED)
        uncrossed = [v for v in violated if all(not line for _, line in v)]
        total = min((sum(v.values()) for v in uncrossed), default=float("inf"))
        assert blocked.total == pytest.approx(total, rel=ROUNDED)


def _places(compiled: Compiled) -> list[str]:
    return [compiled.scenario.actors[k].id for k in compiled.constraints.parties]


def _without(scenario: Scenario, actor: str, line: str) -> Scenario:
    """The scenario without one red line, of a party or of who ratifies for one."""

    def lifted(one: Party) -> Party:
        kept = tuple(own for own in one.red_lines if (one.id, own.id) != (actor, line))
        return replace(one, red_lines=kept, ratifiers=tuple(map(lifted, one.ratifiers)))

    return replace(scenario, parties=tuple(map(lifted, scenario.parties)))


@settings(max_examples=60)
@given(stakes())
def test_events_that_are_compared_are_those_of_all_outcomes_one_by_one(document: Document) -> None:
    found = bench_of(document)
    compiled, outcomes = _compiled(found), outcomes_of(found)
    happened = events_of(compiled, found.draws, found.worlds)
    actors = {actor.id: actor for actor in found.scenario.actors}
    choices = {issue.id: (*issue.options, IRRELEVANT) for issue in found.scenario.issues}

    def opens(seen: World) -> bool:
        return any(seen.in_zone(outcome) for outcome in outcomes)

    for world in range(N_WORLDS):
        seen = found.plain(world)
        stuck = not opens(seen)
        for event, happens in zip(names_of(compiled), happened[world].tolist(), strict=True):
            match event:
                case ("zone",):
                    assert happens != stuck
                case ("option", issue, name):
                    here = [o for o in outcomes if choices[issue][o[issue]] == name]
                    assert happens == any(seen.in_zone(o) for o in here)
                case ("acceptance", actor, issue, name):
                    here = [o for o in outcomes if choices[issue][o[issue]] == name]
                    assert happens == any(seen.accepts(actors[actor], o) for o in here)
                case ("red_line", actor, line):
                    free = _without(found.scenario, actor, line)
                    assert happens == (stuck and opens(replace(seen, scenario=free, known={})))
                case ("no_deal", actor):
                    assert not actors[actor].by_lines_alone
                    # Five points; what a breach asks for may be off by a little.
                    less, more = (
                        opens(replace(seen, assumed=Assumptions(pressure=((actor, 5 + off),)), known={}))
                        for off in (-1e-3, 1e-3)
                    )
                    assert happens in {stuck and less, stuck and more}
                case _:
                    raise AssertionError(event)


# Gains


@settings(max_examples=60)
@given(stakes())
def test_gains_are_what_a_deal_is_worth_with_its_risk_over_no_deal(document: Document) -> None:
    found = bench_of(document)
    outcomes = outcomes_of(found)
    for place, actor in enumerate(found.scenario.actors):
        gain = found.worlds.gain(place, found.outcomes())
        for world in range(N_WORLDS):
            seen = found.plain(world)
            exact = [seen.surplus(actor, outcome)[0] for outcome in outcomes]
            # By the integral within a unit, and to the last bit with what a breach asks for in whole units.
            assert gain[world].tolist() == pytest.approx(exact, abs=1.0)
            rounded = [seen.gain(actor, outcome) for outcome in outcomes]
            assert gain[world].tolist() == pytest.approx(rounded, rel=1e-9, abs=1e-6)


OUTSIDE: Document = {"ends": {"it": {"worth": "10..40"}}, "now": "0..20", "option": "outside"}


@settings(max_examples=90)
@given(stakes(), st.booleans())
def test_solutions_choose_by_gains_over_the_disagreement_point_what_they_choose_among_all_outcomes(
    document: Document, leaving: bool
) -> None:
    document.pop("agreement", None)
    for party in document["parties"].values() if leaving else ():
        if "demands" in party:
            party["no_deal"] = {"lottery": OUTSIDE}
    found = bench_of(document)
    compiled, outcomes, scenario = _compiled(found), outcomes_of(found), found.scenario
    signing = [k for k, party in enumerate(scenario.parties) if party.role is Role.SIGNATORY]
    asked = Questions(compare_points=True)
    every = [found.worlds.gain(place, found.outcomes()) for place in signing]
    for world, table in enumerate(tables(found.worlds, compiled.constraints, always=signing_places(compiled))):
        seen = found.plain(world)
        inside = np.array([seen.in_zone(outcome) for outcome in outcomes])
        if not inside.any():
            continue
        # These gains are those of the reference, by the test above; and ties are ties.
        gains = np.stack([gain[world] for gain in every])[:, inside]
        zone = [outcome for outcome, kept in zip(outcomes, inside, strict=True) if kept]
        efficient = _efficient(gains)
        gains, zone = gains[:, efficient], [one for one, kept in zip(zone, efficient, strict=True) if kept]
        rounding = np.array([[2 * allowance(scenario.parties[k])] for k in signing])
        over = np.array([[seen.no_deal(scenario.parties[k]) - seen.inside(scenario.parties[k])] for k in signing])
        counted = np.where(gains <= rounding, 0.0, gains) + over
        for name, one in zip(SOLUTIONS, settle(compiled, table, asked), strict=True):
            chosen = PLAIN[name](counted)
            assert one.n_outcomes == len(chosen)
            expected = [
                sum(zone[k][issue.id] == choice for k in chosen) / len(chosen)
                for issue in scenario.issues
                for choice in range(issue.n_choices)
            ]
            assert one.share.tolist() == pytest.approx(expected, abs=1e-12)
            over_inside = np.mean(gains[:, chosen] + over, axis=1)
            assert one.gain.tolist() == pytest.approx(over_inside.tolist(), rel=1e-9, abs=1e-6)


@pytest.mark.parametrize(("outside", "nash", "kalai"), [(0, 50, 50), (30, 50, 59), (60, 60, 71)])
def test_an_outside_option_bounds_a_split_and_does_not_shift_it(outside: int, nash: int, kalai: int) -> None:
    # A pie of 100 steps. Ann can leave for 0, 30 or 60, and has nothing while she talks (Binmore et al. 1989): an even
    # split, or what she can leave for. The most that Bob can have is then 100, 70 or 40: x / 100 = (100 - x) / that.
    lottery = {"ends": {"it": {"worth": outside}}, "now": 0, "option": "outside"}
    document: Document = {
        "negsim": 1,
        "id": "s",
        "title": "S",
        "issues": {"pie": {"title": "Pie", "kind": "numeric", "scale": "0..100", "step": 1}},
        "parties": {
            "ann": {"title": "Ann", "demands": {"pie": 100}, "no_deal": {"lottery": lottery}},
            "bob": {"title": "Bob", "demands": {"pie": 0}, "no_deal": 0},
        },
    }
    for option, expected in (("outside", [nash, kalai]), ("inside", [50 + outside // 2] * 2)):
        lottery["option"] = option
        found = bench_of(document)
        compiled = _compiled(found)
        (table, *_) = tables(found.worlds, compiled.constraints, always=signing_places(compiled))
        chosen = [np.flatnonzero(one.share).tolist() for one in settle(compiled, table, Questions())]
        assert chosen == [[place] for place in expected]


def _efficient(gains: NDArray[np.float64]) -> NDArray[np.bool_]:
    no_less = np.all(gains[:, :, None] >= gains[:, None, :], axis=0)
    return ~np.any(no_less & np.any(gains[:, :, None] > gains[:, None, :], axis=0), axis=0)


@settings(max_examples=60)
@given(stakes())
def test_the_frontier_of_all_outcomes_is_found_from_kinds_of_cells_and_sums(document: Document) -> None:
    _assert_frontier(document)


def test_a_cell_that_is_worth_less_to_all_may_be_on_the_frontier_if_deals_hold_there() -> None:
    _assert_frontier(GUARDED)


def _assert_frontier(document: Document) -> None:
    found = bench_of(document)
    scenario, outcomes = found.scenario, outcomes_of(found)
    pair = [k for k, party in enumerate(scenario.parties) if party.id in ("ann", "bob")]
    gains = np.stack([found.worlds.gain(place, found.outcomes()) for place in pair], axis=1)
    for world, cells in enumerate(efficient_cells(found.worlds, pair)):
        seen = found.plain(world)
        lines = [(scenario.parties[k], line) for k in pair for line in scenario.parties[k].red_lines]
        real = [line for party, line in lines if seen.coins[party.id, line.id]]
        allowed = [all(holds(line.require.root, outcome, scenario) for line in real) for outcome in outcomes]
        if not any(allowed):
            assert not cells.members
            continue
        sums = merged_or_refused(found.worlds.free_values(pair, world), len(pair)).front
        here = gains[world][:, np.array(allowed)]
        expected = {tuple(point) for point in here[:, _efficient(here)].T.tolist()}
        assert {tuple(point) for point in efficient_pairs(cells, sums).gain.T.tolist()} == expected


@settings(max_examples=60)
@given(stakes(), st.permutations(["ann", "bob"]))
def test_what_two_parties_attain_at_risk_is_what_every_outcome_of_every_world_says(
    document: Document, pair: list[str]
) -> None:
    _assert_attainable(document, pair)


def _assert_attainable(document: Document, pair: list[str]) -> None:
    """Compare levels of a frontier over worlds; a gain that a breach makes uneven may be a little off a level."""
    found, little = bench_of(document), 1e-3
    parties = [next(party for party in found.scenario.parties if party.id == name) for name in pair]
    worlds: list[list[tuple[float, float]]] = []
    for world in range(N_WORLDS):
        seen = found.plain(world)
        worlds.append(
            [
                (seen.gain(parties[0], outcome), seen.gain(parties[1], outcome))
                for outcome in outcomes_of(found)
                if not any(
                    seen.coins[party.id, line.id] and not holds(line.require.root, outcome, found.scenario)
                    for party in parties
                    for line in party.red_lines
                )
            ]
        )
    attainable = find_frontier(found.scenario, pair, n_worlds=N_WORLDS).found
    assert isinstance(attainable, Attainable)
    for level in attainable.levels:
        asked = level.at_least * POINT
        tight, loose = (
            sorted(
                max(b for a, b in world if a >= asked + off)
                for world in worlds
                if any(a >= asked + off for a, _ in world)
            )
            for off in (little, -little)
        )
        assert len(tight) <= round(level.p_reach.estimate * N_WORLDS) <= len(loose)
        both = round(level.p_both.estimate * N_WORLDS)
        assert sum(b >= little for b in tight) <= both <= sum(b >= -little for b in loose)
        if tight == pytest.approx(loose, abs=little):
            middle = [loose[int(share * (len(loose) - 1))] / POINT for share in (0.1, 0.5, 0.9)] if loose else None
            told = level.most and [level.most.p10, level.most.median, level.most.p90]
            assert told == (middle and pytest.approx(middle, abs=1e-5))


def test_two_attain_by_the_guard_what_they_lose_without_it() -> None:
    # As above: a fifth is kept of what a deal without the guard is worth over no deal. Ann can have the whole pie, 90
    # over no deal, with the guard; Bob then has none of it, -10. Without the guard, and a point more, -9 is -1.8.
    found = find_frontier(scenario_of(GUARDED), ["ann", "bob"], n_worlds=1).found
    assert isinstance(found, Attainable)
    most = {level.at_least: level.most and level.most.median for level in found.levels}
    assert most[90] == -10
    assert most[0] == 80
    assert most[10] == 70


@settings(max_examples=60)
@given(stakes(), st.data())
def test_all_prefer_what_the_reference_says_they_prefer(document: Document, data: st.DataObject) -> None:
    found = bench_of(document)
    outcomes, every = outcomes_of(found), found.outcomes()
    deal = data.draw(st.integers(0, len(outcomes) - 1))
    preferred = all_prefer(found.worlds, every.pick([deal]), every)
    for world in range(N_WORLDS):
        seen = found.plain(world)
        assert preferred[world].tolist() == [seen.all_prefer(outcome, outcomes[deal]) for outcome in outcomes]
