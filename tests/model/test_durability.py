"""What the risk of breach does in each cell: hazards by supports, losses by power shifts, and the premium of both."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsim.model.assumptions import Assumptions
from negsim.model.breach import Hazards, value_with_risk
from negsim.model.durability import breach_losses, hazards_of
from negsim.scenario.types import Scenario
from negsim.zone.acceptance import accepts_outcomes
from negsim.zone.compiled import compile_scenario
from negsim.zone.violations import tables
from tests.model.stakes import TWICE, scene, war
from tests.strategies import Document
from tests.worlds import Bench, bench

RATE: Document = {"discount_rate": 0.05}
ISSUES: Document = TWICE | {
    "years": {"title": "Years", "kind": "numeric", "scale": "0..50", "step": 10, "unit": "years"},
    "force": {"title": "Force", "options": ["none", "un", "us"]},
}


def _scene(durability: Document, ann: Document | None = None, bob: Document | None = None, **blocks: Any) -> Scenario:
    """Ann and Bob at a rate of .05 a year; Ann's no deal is worth 40 points, Bob's 30, unless something else is said."""
    blocks = {"issues": ISSUES, "war": war()} | blocks
    return scene(
        {"no_deal": 40} | RATE | (ann or {}), {"no_deal": 30} | RATE | (bob or {}), durability=durability, **blocks
    )


def _place(found: Bench, **options: str) -> int:
    """The first outcome with some options."""
    issues = found.scenario.issues
    wanted = {k: issue.choices.index(options[issue.id]) for k, issue in enumerate(issues) if issue.id in options}
    return int(np.flatnonzero([all(row[k] == v for k, v in wanted.items()) for row in found.choices().tolist()])[0])


def _hazards(found: Bench, assumptions: Assumptions = Assumptions(), **options: str) -> Hazards:  # noqa: B008
    cells = found.structure.breach
    assert cells is not None
    every = hazards_of(found.scenario, cells, found.draws, assumptions)
    here = cells.signature[found.outcomes().cell[_place(found, **options)]]
    return Hazards(every.during[:, 0, here], every.after[:, 0, here], every.term[here])


def _both(found: Bench, assumptions: Assumptions = Assumptions(), **options: str) -> list[list[float]]:  # noqa: B008
    """Hazards of Ann and Bob, during and after."""
    hazards = _hazards(found, assumptions, **options)
    return [hazards.during.tolist(), hazards.after.tolist()]


def _losses(found: Bench, party: int, **options: str) -> list[float]:
    """What a breach by Ann and one by Bob cost a party, in points."""
    cells = found.structure.breach
    assert cells is not None
    actor = found.scenario.actors[party]
    from negsim.model.no_deal import without_deal

    without = without_deal(actor, found.scenario, found.draws)
    here = cells.signature[found.outcomes().cell[_place(found, **options)]]
    return [float(one[0, here]) / 100_000 for one in breach_losses(actor, found.scenario, cells, found.draws, without)]


BREAKERS: Document = {"ann": {"hazard": 0.1}, "bob": {"hazard": 0.2}}


# Hazards


def test_supports_hold_back_the_breakers_they_are_against_where_they_stand() -> None:
    supports = {
        "un": {"when": "force == un or force == us", "credibility": 0.5},
        "us": {"when": "force == us", "credibility": 0.75, "against": ["bob"]},
    }
    found = bench(_scene({"breakers": BREAKERS, "supports": supports}), n_worlds=1)
    assert _hazards(found, force="none").term == math.inf
    assert _both(found, force="none") == [[0.1, 0.2], [0.1, 0.2]]
    assert _both(found, force="un") == [[0.05, 0.1], [0.05, 0.1]]
    # Shares prevented add up with diminishing effect: 1 - .5 * .25.
    assert _both(found, force="us") == [[0.05, 0.025], [0.05, 0.025]]


def test_a_guaranteed_support_ends_with_the_term_and_any_other_does_not() -> None:
    supports = {
        "treaty": {"when": "force == us", "credibility": 0.5, "lasts": "guarantee"},
        "line": {"when": "force == us", "credibility": 0.25, "lasts": "deal"},
    }
    durability = {"breakers": BREAKERS, "supports": supports, "term": "years"}
    found = bench(_scene(durability), n_worlds=1)
    for years in ("0", "30"):
        hazards = _hazards(found, force="us", years=years)
        assert hazards.term == float(years)
        assert hazards.during == pytest.approx(np.array([0.0375, 0.075]))
        assert hazards.after == pytest.approx(np.array([0.075, 0.15]))


def test_a_term_that_does_not_arise_is_none_at_all() -> None:
    issues = ISSUES | {"years": ISSUES["years"] | {"when": "force != none"}}
    supports = {"us": {"when": "force != un", "credibility": 0.5, "lasts": "guarantee"}}
    found = bench(_scene({"breakers": BREAKERS, "supports": supports, "term": "years"}, issues=issues), n_worlds=1)
    assert _hazards(found, force="none", years="irrelevant").term == 0
    assert _hazards(found, force="us", years="50").term == 50


def _with_pledge(durability: Document) -> Bench:
    levers = {"ann": {"guarantee": {"when": "force == us", "credibility": 0.6}}}
    return bench(_scene(durability, others={"med": {"title": "M", "role": "mediator", "levers": levers}}), n_worlds=1)


def test_a_mediators_pledge_guards_a_party_against_all_others_while_the_guarantee_runs() -> None:
    found = _with_pledge({"breakers": BREAKERS, "term": "years"})
    assert _both(found, force="un", years="10") == [[0.1, 0.2], [0.1, 0.2]]
    assert _both(found, force="us", years="10") == [[0.1, pytest.approx(0.08)], [0.1, 0.2]]
    assert _both(found, Assumptions(levers="not_pulled"), force="us", years="10") == [[0.1, 0.2], [0.1, 0.2]]
    # Without a term it never ends.
    without = _with_pledge({"breakers": BREAKERS})
    assert _hazards(without, force="us").term == math.inf


def test_hazards_are_drawn_world_by_world() -> None:
    durability = {
        "breakers": {"ann": {"hazard": "0.1..0.5"}},
        "supports": {"us": {"when": "force == us", "credibility": "0.2..0.9"}},
    }
    found = bench(_scene(durability), n_worlds=32)
    cells = found.structure.breach
    assert cells is not None
    every = hazards_of(found.scenario, cells, found.draws)
    here = cells.signature[found.outcomes().cell[_place(found, force="us")]]
    drawn = found.draws.quantity
    hazard = drawn["durability", "breakers", "ann", "hazard"]
    left = 1 - drawn["durability", "supports", "us", "credibility"]
    assert every.during[0, :, here] == pytest.approx(hazard * left)


# Losses


SHIFTS: Document = {
    "town": {"when": "town == theirs", "towards": "bob", "by": 0.25},
    "cash": {"when": "price <= 50", "points": {"ann": 6, "bob": -4}, "if_broken_by": ["bob"]},
}
WAR: Document = {"win": 90, "lose": 10, "now": 40}


def _shifting(**more: Any) -> Bench:
    """Ann fights at a rate of .05 against Bob: her chance is .75, and one more is worth .4 * 80 / .45 points."""
    durability = {"breakers": BREAKERS, "power_shifts": SHIFTS} | more
    return bench(_scene(durability, ann={"no_deal": {"war": WAR}}), n_worlds=1)


def test_a_breach_costs_what_power_shifts_take_from_no_deal() -> None:
    found = _shifting()
    quarter = 0.25 * 0.4 * 80 / 0.45
    # What favours Bob costs Ann; points count in a breach by Bob alone, and are gained.
    assert _losses(found, 0, town="theirs", price="100") == pytest.approx([quarter, quarter], abs=1e-5)
    assert _losses(found, 0, town="ours", price="0") == pytest.approx([0, -6])
    assert _losses(found, 0, town="theirs", price="0") == pytest.approx([quarter, quarter - 6], abs=1e-5)
    assert _losses(found, 0, town="ours", price="100") == [0, 0]
    # Bob has no war behind his no-deal value, so a chance means nothing to him.
    assert _losses(found, 1, town="theirs", price="0") == pytest.approx([0, 4])


def test_a_shift_towards_oneself_is_gained() -> None:
    found = bench(
        _scene(
            {"breakers": BREAKERS, "power_shifts": {"town": {"when": "town == ours", "towards": "ann", "by": 0.125}}},
            ann={"no_deal": {"war": WAR}},
            bob={"no_deal": {"war": WAR}},
        ),
        n_worlds=1,
    )
    # An eighth of .4 * 80 / .45 to either side.
    gained = 0.125 * 0.4 * 80 / 0.45
    assert _losses(found, 0, town="ours") == pytest.approx([-gained, -gained], abs=1e-5)
    assert _losses(found, 1, town="ours") == pytest.approx([gained, gained], abs=1e-5)


def test_shifts_add_up_before_chances_stop_at_none_and_all() -> None:
    shifts = {
        "first": {"when": "town == theirs", "towards": "bob", "by": 0.9},
        "second": {"when": "town == theirs", "towards": "ann", "by": 0.5},
    }
    found = bench(_scene({"breakers": BREAKERS, "power_shifts": shifts}, ann={"no_deal": {"war": WAR}}), n_worlds=1)
    assert _losses(found, 0, town="theirs") == pytest.approx([0.4 * 0.4 * 80 / 0.45] * 2, abs=1e-5)


def test_remedies_take_their_share_of_the_shifts_they_concern() -> None:
    remedies = {
        "zone": {"when": "force == us", "takes_away": 0.5, "shifts": ["town"]},
        "all": {"when": "force != none", "takes_away": 0.2},
    }
    found = _shifting(remedies=remedies)
    quarter = 0.25 * 0.4 * 80 / 0.45
    assert _losses(found, 0, town="theirs", price="0", force="un") == pytest.approx(
        [quarter * 0.8, quarter * 0.8 - 6 * 0.8], abs=1e-5
    )
    assert _losses(found, 0, town="theirs", price="0", force="us") == pytest.approx(
        [quarter * 0.4, quarter * 0.4 - 6 * 0.8], abs=1e-5
    )


def test_a_ratifier_loses_by_its_own_war_and_gains_the_points_of_its_party() -> None:
    ratifiers = {"home": {"title": "Home", "no_deal": {"war": WAR}}, "senate": {"title": "Senate", "no_deal": 55}}
    durability = {"breakers": BREAKERS, "power_shifts": SHIFTS}
    found = bench(_scene(durability, ann={"no_deal": {"war": WAR}, "ratifiers": ratifiers}), n_worlds=1)
    options = {"town": "theirs", "price": "0"}
    assert [actor.id for actor in found.scenario.actors] == ["ann", "bob", "home", "senate"]
    assert _losses(found, 2, **options) == _losses(found, 0, **options) != [0, 0]
    assert _losses(found, 3, **options) == pytest.approx([0, -6])


# The premium


def _needs(found: Bench, party: int, **options: str) -> float:
    """What a deal must be worth to a party, in points: by how much it would have to be better, and what it is worth."""
    outcome = found.outcomes().pick([_place(found, **options)])
    kept = found.worlds.kept(party, slice(None), outcome.cell)
    return float((found.worlds.utility(party, outcome) - found.worlds.gain(party, outcome) / kept)[0, 0]) / 100_000


@pytest.mark.parametrize("years", ["0", "10", "50"])
def test_a_deal_is_worth_no_deal_where_it_is_worth_no_deal_and_the_premium(years: str) -> None:
    shifts = {"town": {"when": "town == ours", "points": {"ann": -12}}}
    supports = {"us": {"when": "force == us", "credibility": 0.9, "lasts": "guarantee"}}
    durability = {"breakers": {"bob": {"hazard": 0.2}}, "supports": supports, "power_shifts": shifts, "term": "years"}
    found = bench(_scene(durability), n_worlds=1)
    needed = _needs(found, 0, town="ours", force="us", years=years)
    # What follows a breach is 12 points below no deal, 40 less a unit that rounding may have cost.
    value = float(value_with_risk(needed, 40 - 12 - 1e-5, 0.05, 0.02, 0.2, float(years)))
    assert value == pytest.approx(40 - 1e-5, abs=1e-5)
    assert needed > 41
    assert _needs(found, 0, town="theirs", force="us", years=years) == pytest.approx(40 - 1e-5, abs=1e-9)
    assert _needs(found, 1, town="ours", force="us", years=years) == pytest.approx(30 - 1e-5, abs=1e-9)
    safe = bench(found.scenario, n_worlds=1, assumptions=Assumptions(breach="impossible"))
    assert _needs(safe, 0, town="ours", force="us", years=years) == pytest.approx(40 - 1e-5, abs=1e-9)
    assert safe.worlds.risk == ()


def test_an_actor_with_a_higher_rate_of_its_own_minds_a_breach_less() -> None:
    shifts = {"town": {"when": "town == ours", "points": {"ann": -10}}}
    ratifiers = {
        "home": {"title": "Home", "no_deal": 40},
        "senate": {"title": "Senate", "no_deal": 40, "discount_rate": 0.2},
    }
    durability = {"breakers": {"bob": {"hazard": 0.1}}, "power_shifts": shifts}
    found = bench(_scene(durability, ann={"ratifiers": ratifiers}), n_worlds=1)
    # h / r times the loss: 2 * 10 points, and half of them.
    for party, premium in ((0, 20), (2, 20), (3, 5)):
        assert _needs(found, party, town="ours") == pytest.approx(40 + premium - 1e-5, abs=1e-9)


def test_whoever_has_no_stake_minds_nothing() -> None:
    durability = {"breakers": BREAKERS, "power_shifts": SHIFTS}
    found = bench(_scene(durability, others={"cas": {"title": "Cas", "role": "guarantor"}}), n_worlds=2)
    place = [actor.id for actor in found.scenario.actors].index("cas")
    assert not found.worlds.risk[place].asks
    assert np.all(found.worlds.gain(place, found.outcomes()) == 0)
    assert found.worlds.risk[0].asks
    assert np.any(found.worlds.risk[0].premium != 0)


@pytest.mark.parametrize("no_deal", [170.00001, 190.00001, 190.00002, 199.99999])
def test_thresholds_are_exact_where_a_gain_from_breach_brings_them_back_into_reach(no_deal: float) -> None:
    # More points than float32 tells apart unit by unit, less what Ann gains if the deal is broken.
    most = round(no_deal) - 60
    shifts = {f"s{k}": {"when": "town == ours", "points": {"ann": most / 2}} for k in range(2)}
    durability = {"breakers": {"ann": {"hazard": 0.05}}, "power_shifts": shifts}
    needs = no_deal - most
    for beyond in (-0.00001, 0.0, 0.00001):
        values = {"town": {"ours": needs + beyond, "theirs": 0}}
        found = bench(_scene(durability, ann={"no_deal": no_deal, "demands": {}, "values": values}), n_worlds=1)
        (place,) = [_place(found, town="ours")]
        outcome = found.outcomes().pick([place])
        assert accepts_outcomes(found.worlds, 0, outcome).tolist() == [[beyond >= 0]]
        assert bool(found.worlds.gain(0, outcome)[0, 0] >= 0) == (beyond >= 0)
        compiled = compile_scenario(found.scenario, 0, "lhs")
        (table,) = tables(found.worlds, compiled.constraints)
        lacks = table.price[table.active.index(0)] - table.merged.front[table.active.index(0)].max()
        assert (min(lacks) <= 0) == (beyond >= 0)


@given(st.floats(0.01, 0.5), st.floats(0.01, 0.5), st.floats(0, 1), st.floats(-30, 30))
def test_whether_a_deal_is_accepted_follows_from_its_value_with_risk(
    rate: float, hazard: float, credibility: float, points: float
) -> None:
    durability = {
        "breakers": {"bob": {"hazard": hazard}},
        "supports": {"us": {"when": "force == us", "credibility": credibility, "lasts": "guarantee"}},
        "power_shifts": {"town": {"when": "town == ours", "points": {"ann": points}}},
        "term": "years",
    }
    found = bench(_scene(durability, ann={"discount_rate": rate}), n_worlds=1)
    accepted = accepts_outcomes(found.worlds, 0, found.outcomes())[0]
    utility = found.worlds.utility(0, found.outcomes())[0] / 100_000
    for k, row in enumerate(found.choices().tolist()):
        _, town, years, force = row
        after = 40 + (points if town == 0 else 0)
        during = hazard * (1 - credibility) if force == 2 else hazard
        value = float(value_with_risk(utility[k], after, rate, during, hazard, 10.0 * years))
        if abs(value - 40) > 2e-5:
            assert accepted[k] == (value >= 40)


def test_some_cells_can_be_looked_at_each_by_itself() -> None:
    supports = {"us": {"when": "force == us", "credibility": 0.5}}
    remedies = {"un": {"when": "force == un", "takes_away": 0.5}}
    durability = {"breakers": BREAKERS, "supports": supports, "power_shifts": SHIFTS, "remedies": remedies}
    found = bench(_scene(durability | {"term": "years"}), n_worlds=1)
    cells = found.structure.breach
    assert cells is not None
    chosen = found.outcomes().cell[[_place(found, force="us", years="30", town="theirs"), _place(found, force="un")]]
    some = cells.of(chosen)
    assert some.signature.tolist() == [0, 1]
    assert some.term.tolist() == [30, 0]
    assert some.supported.tolist() == [[True], [False]]
    assert some.remedied.tolist() == [[False], [True]]
    assert found.scenario.durability is not None
    assert [shift.id for shift in found.scenario.durability.power_shifts] == ["town", "cash"]
    assert some.shifted.tolist() == [[True, True], [False, True]]
