"""Where deals lie by what they are worth to each party, against what each world says of each outcome."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings

from negsim.model.structure import compile_structure
from negsim.model.values import UNITS_PER_POINT
from negsim.scenario import loads
from negsim.scenario.types import Role
from negsim.solutions.frontier import efficient_points
from negsim.zone import analyse_zone, find_utility_space
from negsim.zone.counting import in_zone
from negsim.zone.spreading import spread_outcomes
from negsim.zone.utility_space import N_INSIDE, N_SPREAD
from tests.strategies import Document, documents
from tests.zone.test_violations import compiled_of

# Two issues over which the two disagree: the price weighs 3 for Ann, the date 3 for Bob. Nothing is uncertain.
TRADE = """\
negsim: 1
id: trade
title: A trade
issues:
  price: {title: Price, options: [low, high]}
  date: {title: Date, options: [early, late]}
parties:
  ann: {title: Ann, demands: {price: low, date: early}, priorities: {price: 3, date: 1}, no_deal: 20}
  bob: {title: Bob, demands: {price: high, date: late}, priorities: {price: 1, date: 3}, no_deal: 70}
"""


def rounded(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """A no-deal value is rounded to what a deal can be worth, by a unit of 10^-5 points at most."""
    return [(round(a, 4), round(b, 4)) for a, b in points]


def test_a_trade_by_hand() -> None:
    space = find_utility_space(loads(TRADE), n_worlds=16)
    assert space is not None
    # (low, early), (low, late), (high, early), (high, late): Ann 100, 75, 25, 0; Bob the rest of what they weigh.
    points = {(100, 0): 0, (75, 75): 1, (25, 25): 0, (0, 100): 0}
    found = {(round(a, 4), round(b, 4)): p for a, b, p in zip(*space.worth, space.p_in_zone, strict=True)}
    assert found == points
    assert space.is_whole
    assert [(one.party, round(one.no_deal, 4)) for one in space.parties] == [("ann", 20), ("bob", 70)]
    (frontier,) = space.frontiers
    assert (frontier.parties, frontier.n_points) == (("ann", "bob"), 3)
    assert rounded(frontier.points) == [(100, 0), (75, 75), (0, 100)]


def test_a_hard_red_line_takes_its_outcomes_off_the_frontier() -> None:
    lined = TRADE.replace("no_deal: 20}", "no_deal: 20, red_lines: {r: {require: price == high, firmness: hard}}}")
    space = find_utility_space(loads(lined), n_worlds=16)
    assert space is not None
    assert rounded(space.frontiers[0].points) == [(25, 25), (0, 100)]
    assert max(space.p_in_zone) == 0


def test_a_red_line_that_is_a_bluff_in_some_world_takes_nothing_off_the_frontier() -> None:
    lined = TRADE.replace("no_deal: 20}", "no_deal: 20, red_lines: {r: {require: price == high, firmness: 0.9}}}")
    space = find_utility_space(loads(lined))
    assert space is not None
    assert space.frontiers[0].n_points == 3
    assert max(space.p_in_zone) == pytest.approx(0.1, abs=0.04)


@settings(max_examples=60, deadline=None)
@given(documents())
def test_places_and_frontiers_are_those_of_all_outcomes_world_by_world(document: Document) -> None:
    compiled = compiled_of(document)
    scenario = compiled.scenario
    space = find_utility_space(scenario, n_worlds=64)
    stakes = [party for party in scenario.parties if party.no_deal is not None]
    if len(stakes) < 2:
        assert space is None
        return
    assert space is not None
    stakes.sort(key=lambda party: party.role is not Role.SIGNATORY)
    assert [one.party for one in space.parties] == [party.id for party in stakes]
    if not space.is_whole:
        return
    structure = compiled.structure
    every = list(product(range(structure.n_cells), *(range(n) for n in structure.free_shape)))
    index = np.array(every, np.intp)
    outcomes = structure.outcomes(index[:, 0], np.zeros(len(index), np.intp))
    outcomes = type(outcomes)(index[:, 0], index[:, 1:])
    worlds = compiled.worlds(0, 64)
    places = [scenario.parties.index(party) for party in stakes]
    worth = [np.mean(worlds.no_deal[p][:, None] + worlds.gain(p, outcomes), axis=0) for p in places]
    np.testing.assert_allclose(space.worth, np.array(worth) / UNITS_PER_POINT, atol=1e-9)
    np.testing.assert_array_equal(space.p_in_zone, np.mean(in_zone(worlds, compiled, outcomes), axis=0))
    for frontier in space.frontiers:
        pair = [[one.party for one in space.parties].index(name) for name in frontier.parties]
        real = [worlds.crosses_real(places[k], outcomes.cell) for k in pair]
        allowed = np.all([np.any(~one, axis=0) for one in real], axis=0)
        best = efficient_points(np.array([worth[k] for k in pair])[:, allowed]) / UNITS_PER_POINT
        assert frontier.points[0][0] == pytest.approx(best[0, 0], abs=1e-3)
        assert frontier.points[-1][1] == pytest.approx(best[1, -1], abs=1e-3)
        for point in frontier.points:  # nothing dominates it, and it is the place of some outcome
            assert not np.any(np.all(best > np.array(point)[:, None] + 1e-3, axis=0))
            assert np.min(np.max(np.abs(best - np.array(point)[:, None]), axis=0)) < 1e-3


def test_robust_deals_are_placed_in_their_order() -> None:
    scenario = loads(TRADE)
    result = analyse_zone(scenario, n_worlds=256)
    space = find_utility_space(scenario, result.deals, n_worlds=256)
    assert space is not None
    assert [(deal.rank, *rounded([(deal.worth[0], deal.worth[1])])) for deal in space.deals] == [(1, (75, 75))]


def test_of_many_outcomes_some_are_spread_over_all_and_others_are_in_a_zone() -> None:
    issues = "\n".join(f"  i{k}: {{title: I, options: [a, b, c]}}" for k in range(8))
    wants = ", ".join(f"i{k}: a" for k in range(8))
    other = ", ".join(f"i{k}: c" for k in range(8))
    text = f"negsim: 1\nid: many\ntitle: Many\nissues:\n{issues}\nparties:\n"
    text += f"  ann: {{title: Ann, demands: {{{wants}}}, no_deal: 40}}\n  bob: {{title: Bob, demands: {{{other}}}, no_deal: 30}}\n"
    space = find_utility_space(loads(text), n_worlds=16)
    assert space is not None
    assert (space.is_whole, space.n_spread, len(space.p_in_zone)) == (False, N_SPREAD, N_SPREAD + N_INSIDE)
    assert min(space.p_in_zone[N_SPREAD:]) > 0
    # By symmetry an outcome is worth a third to each on average; 200 spread evenly come close to that.
    assert np.mean(space.worth[0][:N_SPREAD]) == pytest.approx(100 / 3, abs=1.5)
    assert np.mean(space.worth[1][:N_SPREAD]) == pytest.approx(100 / 3, abs=1.5)


def test_outcomes_too_many_to_enumerate_have_places_as_well() -> None:
    issues = "\n".join(f"  i{k:02}: {{title: I, options: [a, b]}}" for k in range(40))
    wants = ", ".join(f"i{k:02}: a" for k in range(40))
    other = ", ".join(f"i{k:02}: b" for k in range(40))
    text = f"negsim: 1\nid: many\ntitle: Many\nissues:\n{issues}\nparties:\n"
    text += f"  ann: {{title: Ann, demands: {{{wants}}}, no_deal: 40}}\n  bob: {{title: Bob, demands: {{{other}}}, no_deal: 40}}\n"
    space = find_utility_space(loads(text), n_worlds=8)
    assert space is not None
    # Every issue is worth 2.5 points to whoever has it: 41 efficient points that add up to 100.
    assert space.frontiers[0].n_points == 41
    assert all(a + b == pytest.approx(100) for a, b in space.frontiers[0].points)


def test_a_quantity_that_is_uncertain_has_a_mean_and_a_middle() -> None:
    space = find_utility_space(loads(TRADE.replace("no_deal: 70", "no_deal: 40..60")))
    assert space is not None
    held = space.parties[1]
    assert held.no_deal == pytest.approx(50, abs=0.2)
    assert (held.spread.p10, held.spread.p90) == pytest.approx((42, 58), abs=0.3)


def test_there_is_no_space_of_one_party() -> None:
    alone = TRADE.replace(", no_deal: 70", "").replace(
        "demands: {price: high, date: late}, priorities: {price: 1, date: 3}", "role: mediator"
    )
    assert find_utility_space(loads(alone)) is None


def test_spread_outcomes_are_all_different_and_evenly_spread() -> None:
    structure = compile_structure(
        loads(TRADE.replace("[low, high]", "[low, high, " + ", ".join(f"x{k}" for k in range(98)) + "]"))
    )
    found = spread_outcomes(structure, 150)
    names = found.names()
    assert len(set(names)) == len(names)
    assert len(names) > 100
    first = spread_outcomes(structure, 50)
    assert first.names() == names[: len(first)]
    tenths = np.bincount(found.free[:, 0] // 10, minlength=10)
    assert tenths.min() >= 8  # of some 15 in each, were they laid out one by one
    halves = np.bincount(found.free[:, 1], minlength=2)
    assert abs(int(halves[0]) - int(halves[1])) <= 0.2 * len(names)
