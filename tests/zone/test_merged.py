"""Merged free issues against enumerated outcomes, and against closed forms where outcomes are too many to enumerate."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import product
from math import ceil, factorial
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from numpy.typing import NDArray

from negsim.errors import ScenarioError
from negsim.model.worlds import outer_sum
from negsim.scenario import Scenario
from negsim.zone import ZoneResult, analyse_zone, compare_zones, estimate_p_zone
from negsim.zone.compiled import compile_scenario
from negsim.zone.merged import candidate_deals, cells_with_zone
from tests import reference
from tests.questions import EVERYTHING, by
from tests.strategies import Document, documents, scenario_of
from tests.worlds import Bench, bench

N_WORLDS = 12

Division = tuple[int, int, int]
"""How many items each of three heirs gets."""


def _found(document: Document, method: str, n_worlds: int = N_WORLDS) -> ZoneResult:
    try:
        return analyse_zone(scenario_of(document), n_worlds=n_worlds, questions=by(method))
    except ScenarioError as error:
        assume(error.problems[0].code != "NS410")  # rules that leave no outcome are no case
        raise


@settings(max_examples=150)
@given(documents())
def test_merging_finds_what_enumerating_finds(document: Document) -> None:
    one, two = _found(document, "enumerate"), _found(document, "merge")
    assert (one.enumerated, two.enumerated) == (True, False)
    assert two.p_zone == one.p_zone
    assert two.blocks == one.blocks
    assert two.solutions == one.solutions
    assert (two.moves, two.coins, two.structure) == (one.moves, one.coins, one.structure)
    free = _free_issues(document)
    for enumerated, merged in zip(one.options, two.options, strict=True):
        assert merged.parties == enumerated.parties
        known = (merged.p_in_zone, merged.share_of_zones)
        assert known == ((None, None) if merged.issue in free else (enumerated.p_in_zone, enumerated.share_of_zones))


def _free_issues(document: Document) -> set[str]:
    structure = bench(scenario_of(document), n_worlds=1).structure
    return {structure.issues[k].id for k in structure.free_issues}


@settings(max_examples=100)
@given(documents())
def test_deals_of_merged_worlds_are_in_the_zone_as_often_as_they_say(document: Document) -> None:
    found = _found(document, "merge")
    compiled = bench(scenario_of(document), n_worlds=N_WORLDS)
    assert bool(found.deals) == (found.p_zone.estimate > 0)
    assert len({deal.options for deal in found.deals}) == len(found.deals)
    seen = np.zeros(N_WORLDS, np.bool_)
    for deal in found.deals:
        inside, accepted = _looked_up(compiled, dict(deal.options))
        assert deal.p_in_zone.estimate == np.mean(inside) > 0
        assert deal.p_new.estimate == np.mean(inside & ~seen)
        assert {share.party: share.p_accept.estimate for share in deal.parties} == accepted
        seen |= inside
    assert found.p_covered.estimate == np.mean(seen)


def _looked_up(compiled: Bench, options: dict[str, str]) -> tuple[NDArray[np.bool_], dict[str, float]]:
    """In which worlds an outcome is in the zone, and how often each party accepts it, by the reference."""
    scenario = compiled.scenario
    outcome = {issue.id: issue.choices.index(options[issue.id]) for issue in scenario.issues}
    worlds = [compiled.numbers(world) for world in range(N_WORLDS)]
    inside = np.array([reference.in_zone(outcome, scenario, *world) for world in worlds])
    accepted = {
        party.id: float(np.mean([reference.accepts(party, outcome, scenario, *world) for world in worlds]))
        for party in scenario.parties
    }
    return inside, accepted


# Beyond what can be enumerated


def _tug_of_war(n_issues: int = 16, top: int = 5) -> Scenario:
    """Ann wants every issue high and Bob low: a level is worth 100 / (16 * 5) = 1.25 points, which no rounding touches.

    6**16 = 2.8e12 outcomes.
    """
    issues = {f"i{k:02}": {"title": f"Issue {k}", "scale": f"0..{top}", "step": 1} for k in range(n_issues)}
    return scenario_of(
        {
            "negsim": 1,
            "id": "tug",
            "title": "Tug of war",
            "issues": issues,
            "parties": {
                "ann": {"title": "Ann", "demands": dict.fromkeys(issues, top), "no_deal": "30..70"},
                "bob": {"title": "Bob", "demands": dict.fromkeys(issues, 0), "no_deal": "30..70"},
            },
        }
    )


def _ways(n_issues: int, top: int) -> list[int]:
    """In how many ways levels add up to 0, 1, 2, ...: the coefficients of (1 + x + ... + x^top)^n."""
    counts = [1]
    for _ in range(n_issues):
        counts = [sum(counts[max(0, k - top) : k + 1]) for k in range(len(counts) + top)]
    return counts


def test_the_ways_in_which_levels_add_up_are_all_of_them() -> None:
    assert _ways(3, 2) == [1, 3, 6, 7, 6, 3, 1]
    assert sum(_ways(16, 5)) == 6**16


def _no_deals(scenario: Scenario, n_worlds: int) -> list[list[int]]:
    compiled = bench(scenario, n_worlds=n_worlds)
    return [
        [reference.no_deal(party, scenario, compiled.numbers(world)[0]) for party in scenario.parties]
        for world in range(n_worlds)
    ]


def test_a_zone_among_2_800_000_000_000_outcomes_is_found_world_by_world() -> None:
    scenario, n_worlds, level = _tug_of_war(), 64, 125_000
    found = analyse_zone(scenario, n_worlds=n_worlds, questions=EVERYTHING)
    assert (found.n_outcomes, found.enumerated) == (6**16, False)
    no_deal = _no_deals(scenario, n_worlds)
    zones = [[s for s in range(81) if s * level >= ann and (80 - s) * level >= bob] for ann, bob in no_deal]
    assert 10 < sum(map(bool, zones)) < 60
    assert found.p_zone.estimate == sum(map(bool, zones)) / n_worlds
    assert estimate_p_zone(scenario, n_worlds=n_worlds) == found.p_zone
    # Without a zone each alone lacks what both want beyond the whole: nobody's 5 points are less than four levels.
    assert found.blocks is not None
    for party, block in {block.party: block for block in found.blocks.no_deal}.items():
        lower = {"ann": (500_000, 0), "bob": (0, 500_000)}[party]
        opened = [
            any(s * level >= ann - lower[0] and (80 - s) * level >= bob - lower[1] for s in range(81))
            for ann, bob in no_deal
        ]
        assert block.p_lower.estimate == sum(opened) / n_worlds > found.p_zone.estimate


def test_two_scenarios_of_2_800_000_000_000_outcomes_are_compared_world_by_world() -> None:
    scenario, n_worlds = _tug_of_war(), 64
    found = compare_zones(scenario, scenario, n_worlds=n_worlds)
    alone = analyse_zone(scenario, n_worlds=n_worlds)
    assert found.p_zone.before == found.p_zone.after == alone.p_zone
    assert (found.gained.estimate, found.lost.estimate) == (0, 0)
    # Of options of merged issues it is not known whether they are in a zone.
    assert {change.kind for change in found.changes} == {"acceptance", "no_deal"}
    assert alone.blocks is not None
    gained = {block.party: block.gain.estimate for block in alone.blocks.no_deal}
    told = {change.key[0]: change.before.estimate for change in found.changes if change.kind == "no_deal"}
    assert told == pytest.approx(gained)
    assert min(told.values()) > 0


def test_what_nash_chooses_of_2_800_000_000_000_outcomes_is_counted_in_closed_form() -> None:
    scenario, n_worlds, level = _tug_of_war(), 24, 125_000
    found = analyse_zone(scenario, n_worlds=n_worlds, questions=EVERYTHING)
    fifteen, sixteen = _ways(15, 5), _ways(16, 5)
    shares, gains = [], []
    for ann, bob in _no_deals(scenario, n_worlds):
        zone = [s for s in range(81) if s * level >= ann and (80 - s) * level >= bob]
        product_of = {s: (s * level - ann) * ((80 - s) * level - bob) for s in zone}
        best = [s for s in zone if product_of[s] == max(product_of.values())]
        if best:
            whole = sum(sixteen[s] for s in best)
            # The other fifteen issues add up to the rest.
            shares.append([sum(fifteen[s - j] for s in best if 0 <= s - j < len(fifteen)) / whole for j in range(6)])
            gains.append(sum(sixteen[s] * (s * level - ann) for s in best) / whole / 100_000)
    (nash,) = (solution for solution in found.solutions if solution.name == "nash")
    assert (nash.n_worlds, nash.n_zones) == (n_worlds, len(shares))
    expected = np.mean(shares, axis=0).tolist() * 16
    assert [option.share.estimate for option in nash.options] == pytest.approx(expected, abs=1e-12)
    assert dict(nash.gains)["ann"].median == pytest.approx(sorted(gains)[(len(gains) - 1) // 2], abs=1e-9)


def _three_heirs(n_items: int = 21) -> Scenario:
    """Each of 21 items goes to one of three heirs, to whom all are worth the same: 3**21 = 1.0e10 outcomes."""
    names = ["ann", "bob", "cas"]
    issues = {f"i{k:02}": {"title": f"Item {k}", "options": names} for k in range(n_items)}
    parties = {
        name: {"title": name, "demands": dict.fromkeys(issues, name), "no_deal": f"{low}..{low + 16}"}
        for name, low in zip(names, (20, 24, 30), strict=True)
    }
    return scenario_of({"negsim": 1, "id": "heirs", "title": "Heirs", "issues": issues, "parties": parties})


def test_10_000_000_000_outcomes_for_three_parties_are_divisions_of_21_items() -> None:
    scenario, n_worlds = _three_heirs(), 32
    found = analyse_zone(scenario, n_worlds=n_worlds, questions=EVERYTHING)
    assert (found.n_outcomes, found.enumerated) == (3**21, False)
    item = round(10_000_000 / 21)
    divisions = [(a, b, 21 - a - b) for a, b in product(range(22), repeat=2) if a + b <= 21]
    n_zones, n_lower, chosen = 0, [0, 0, 0], []
    for no_deal in _no_deals(scenario, n_worlds):
        needed = [ceil(least / item) for least in no_deal]
        n_zones += sum(needed) <= 21
        for party in range(3):
            lower = [ceil((least - 500_000 * (k == party)) / item) for k, least in enumerate(no_deal)]
            n_lower[party] += sum(lower) <= 21
        zone = [d for d in divisions if all(n >= least for n, least in zip(d, needed, strict=True))]
        if zone:
            chosen.append(_most(zone, partial(_product, item, no_deal)))
    assert 5 < n_zones < 32
    assert found.p_zone.estimate == n_zones / n_worlds
    assert found.blocks is not None
    lowered = {block.party: block.p_lower.estimate for block in found.blocks.no_deal}
    assert [lowered[party] for party in ("ann", "bob", "cas")] == [n / n_worlds for n in n_lower]
    (nash,) = (solution for solution in found.solutions if solution.name == "nash")
    # Every item is alike, so that each heir has it in the share of items that falls to it.
    expected = np.mean([_shares(best) for best in chosen], axis=0).tolist() * 21
    assert [option.share.estimate for option in nash.options] == pytest.approx(expected, abs=1e-12)


def _product(item: int, no_deal: list[int], division: Division) -> int:
    gains = [n * item - least for n, least in zip(division, no_deal, strict=True)]
    return gains[0] * gains[1] * gains[2]


def _most(divisions: list[Division], rank: Callable[[Division], int]) -> list[Division]:
    best = max(rank(division) for division in divisions)
    return [division for division in divisions if rank(division) == best]


def _shares(divisions: list[Division]) -> list[float]:
    """The share of items that falls to each, where each of some divisions weighs as much as there are ways to it."""
    ways = [factorial(21) // (factorial(a) * factorial(b) * factorial(c)) for a, b, c in divisions]
    whole = sum(ways)
    return [sum(n * d[k] for n, d in zip(ways, divisions, strict=True)) / 21 / whole for k in range(3)]


def _haggle(no_deal: str) -> Scenario:
    """Two parties, ten issues of sixteen options, values without any pattern: 16**10 = 1.1e12 outcomes."""
    issues: Document = {f"i{k}": {"title": f"Issue {k}", "options": [f"o{j:x}" for j in range(16)]} for k in range(10)}
    parties = {
        name: {
            "title": name,
            "values": {
                f"i{k}": {f"o{j:x}": (seed * (j + 3) * (k + 5) + j * j * (k + seed)) % 101 for j in range(16)}
                for k in range(10)
            },
            "no_deal": no_deal,
        }
        for seed, name in ((17, "ann"), (29, "bob"))
    }
    return scenario_of({"negsim": 1, "id": "haggle", "title": "Haggle", "issues": issues, "parties": parties})


def _meeting_in_the_middle(compiled: Bench, world: int) -> NDArray[np.float64]:
    """All sums of both halves, 16**5 each; of each half those that none betters, then those of their sums."""
    halves = []
    for half in (slice(0, 5), slice(5, 10)):
        sums = np.stack([outer_sum(values[half])[world] for values in compiled.worlds.free_value]).astype(np.float64)
        halves.append(_staircase(sums))
    both = (halves[0][:, :, None] + halves[1][:, None, :]).reshape(2, -1)
    return _staircase(both)


def _staircase(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Walk from the highest sum of the first party down, keeping what gives the second more than anything before."""
    sums = np.unique(sums, axis=1)[:, ::-1]  # falling in the first party's, then in the second's
    before = np.concatenate([[-np.inf], np.maximum.accumulate(sums[1])[:-1]])
    return sums[:, sums[1] > before]


def test_values_without_any_pattern_are_merged_as_halves_that_meet_in_the_middle() -> None:
    scenario, n_worlds = _haggle("70..90"), 8
    compiled = bench(scenario, n_worlds=n_worlds)
    front = _meeting_in_the_middle(compiled, 0)  # values are constants
    assert front.shape[1] > 50
    found = analyse_zone(scenario, n_worlds=n_worlds, questions=EVERYTHING)
    n_zones, gains = 0, []
    for no_deal in _no_deals(scenario, n_worlds):
        gain = front - np.array(no_deal, np.float64)[:, None]
        gain = gain[:, np.all(gain >= 0, axis=0)]
        if gain.size:
            n_zones += 1
            gains.append(gain[:, np.argmax(gain[0] * gain[1])] / 100_000)
    assert 0 < n_zones < n_worlds
    assert found.p_zone.estimate == n_zones / n_worlds
    (nash,) = (solution for solution in found.solutions if solution.name == "nash")
    for k, party in enumerate(("ann", "bob")):
        assert dict(nash.gains)[party].median == sorted(gain[k] for gain in gains)[(n_zones - 1) // 2]


def test_what_nash_chooses_on_six_scales_of_101_levels_comes_near_the_best_of_any_split() -> None:
    # 101**6 = 1.1e12 outcomes. Who cares more gets a whole issue, one issue is split (Brams and Taylor 1996).
    weights = {"ann": (3, 8, 4, 11, 7, 5), "bob": (5, 2, 7, 12, 4, 9)}
    issues = {f"i{k}": {"title": f"Issue {k}", "scale": "0..100", "step": 1} for k in range(6)}
    parties = {
        name: {
            "title": name,
            "demands": dict.fromkeys(issues, wanted),
            "priorities": dict(zip(issues, weights[name], strict=True)),
            "no_deal": no_deal,
        }
        for name, wanted, no_deal in (("ann", 100, 31), ("bob", 0, 47))
    }
    found = analyse_zone(
        scenario_of({"negsim": 1, "id": "six", "title": "Six", "issues": issues, "parties": parties}), n_worlds=1
    )
    assert (found.n_outcomes, found.enumerated) == (101**6, False)
    ann, bob = (np.array(weights[name]) / sum(weights[name]) * 100 for name in ("ann", "bob"))
    given = np.clip(np.linspace(0, 6, 600_001)[:, None] - np.argsort(np.argsort(-ann / bob)), 0, 1)
    best = np.max((given @ ann - 31) * ((1 - given) @ bob - 47))
    (nash,) = (solution for solution in found.solutions if solution.name == "nash")
    product_found = float(np.prod([gain.median for _, gain in nash.gains]))
    assert 0.998 * best < product_found < best * 1.000_01


def test_a_guarantor_whom_no_outcome_leaves_short_does_not_make_combinations_many() -> None:
    # Of 10**40 outcomes Zoe values each in her own way, but more than no deal; Ann and Bob divide 90 points in steps
    # of a quarter of one.
    issues = {f"i{k:02}": {"title": f"Issue {k}", "options": [f"o{j}" for j in range(10)]} for k in range(40)}

    def party(value: Callable[[int, int], int], no_deal: Any) -> Document:
        values = {issue: {f"o{j}": value(k, j) for j in range(10)} for k, issue in enumerate(issues)}
        return {"title": "P", "values": values, "no_deal": no_deal}

    scenario = scenario_of(
        {
            "negsim": 1,
            "id": "s",
            "title": "S",
            "issues": issues,
            "parties": {
                "ann": party(lambda _, j: 10 * j, "30..60"),
                "bob": party(lambda _, j: 90 - 10 * j, "30..60"),
                "zoe": party(lambda k, j: (37 * k + 11 * j * j) % 101, 0)
                | {"role": "guarantor", "consents_to": "i00 == o0"},
            },
        }
    )
    found = analyse_zone(scenario, n_worlds=6)
    zones = [
        any(s * 25_000 >= ann and (360 - s) * 25_000 >= bob for s in range(361))
        for ann, bob, _ in _no_deals(scenario, 6)
    ]
    assert 0 < sum(zones) < 6
    assert found.p_zone.estimate == sum(zones) / 6
    assert found.blocks is not None


def test_only_the_first_worlds_with_a_zone_put_deals_forward() -> None:
    compiled = compile_scenario(_tug_of_war(), 0, "lhs", "merge")
    worlds = compiled.worlds(0, 64)
    zones = worlds.select(np.any(cells_with_zone(worlds, compiled), axis=1))
    place = np.arange(zones.n_worlds)
    assert zones.n_worlds >= 8

    def deals(n_zones: int, *pilot: NDArray[np.bool_]) -> set[tuple[int, ...]]:
        return set(candidate_deals([zones.select(some) for some in pilot], compiled, n_zones).names())

    five = deals(5, place < 5)
    assert deals(5, place < 3, (place >= 3) & (place < 8)) == deals(5, place < 8) == five
    assert deals(8, place < 3, (place >= 3) & (place < 8)) > five


def test_where_nobody_can_be_left_short_any_deal_will_do() -> None:
    # Under a quorum nobody has to accept, and no division leaves anybody short of nothing.
    parties = {name: {"title": name, "demands": {"a": name, "b": name}, "no_deal": 0} for name in ("ann", "bob", "cas")}
    issues = {name: {"title": name, "options": list(parties)} for name in ("a", "b")}
    document = {"negsim": 1, "id": "heirs", "title": "Heirs", "issues": issues, "parties": parties}
    found = _found(document | {"agreement": {"quorum": 2}}, "merge")
    assert found.p_zone.estimate == 1
    assert [deal.p_in_zone.estimate for deal in found.deals] == [1.0]
