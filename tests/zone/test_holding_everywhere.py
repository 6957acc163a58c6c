"""Whether deals would hold: all outcomes of small scenarios against the plain second model, credibilities tried one by one."""

from __future__ import annotations

from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from negsim.model.assumptions import Assumptions
from negsim.zone import analyse_zone
from negsim.zone.compiled import compile_scenario
from negsim.zone.holding import HORIZONS, HoldingCounts, count_holding
from tests.reference import Outcome, outcomes
from tests.reference_risk import (
    View,
    assuming,
    first,
    lasts,
    margin,
    prevented,
    share_of,
    spread_of,
    survives,
    uniform,
    view,
    worlds_of,
)
from tests.reference_stakes import POINT, World
from tests.strategies import Document, scenario_of
from tests.strategies_stakes import stakes
from tests.worlds import Bench
from tests.zone.test_brute_force_stakes import N_WORLDS, bench_of, outcomes_of
from tests.zone.test_holding import holding_document, power_shift

UNBROKEN = Assumptions(breach="impossible")


# All outcomes of small scenarios


def _counted(found: Bench) -> HoldingCounts:
    return count_holding(compile_scenario(found.scenario, 0, "lhs"), [(0, N_WORLDS)], found.outcomes())


@settings(max_examples=30)
@given(stakes(durable=True, max_issues=2))
def test_who_breaks_a_deal_and_when_is_what_the_reference_says(document: Document) -> None:
    found = bench_of(document)
    counts, durability = _counted(found), found.scenario.durability
    assert durability is not None
    for world in range(N_WORLDS):
        seen = found.plain(world)
        for k, outcome in enumerate(outcomes_of(found)):
            chances = seen.chances(outcome)
            expected = [first(chances, breaker.party) for breaker in durability.breakers]
            assert counts.first[world, k].tolist() == pytest.approx(expected, abs=1e-12)
            assert counts.years[world, k] == pytest.approx(lasts(chances), rel=1e-9)
            expected = [survives(chances, years) for years in HORIZONS]
            assert counts.holds[world, k].tolist() == pytest.approx(expected, abs=1e-12)
            assert counts.credibility[world, k] == pytest.approx(prevented(seen, chances), abs=1e-12)


@settings(max_examples=30)
@given(stakes(durable=True, max_issues=2))
def test_what_risk_does_to_each_party_is_what_the_reference_says(document: Document) -> None:
    found = bench_of(document)
    counts, scenario = _counted(found), found.scenario
    seen = [found.plain(world) for world in range(N_WORLDS)]
    whole = [assuming(one, UNBROKEN) for one in seen]
    for k, outcome in enumerate(outcomes_of(found)):
        lost = sum(held.in_zone(outcome) and not one.in_zone(outcome) for held, one in zip(whole, seen, strict=True))
        assert counts.lost[0, k] == lost
        for a, actor in enumerate(scenario.actors):
            assert counts.if_held[0, a, k] == sum(held.accepts(actor, outcome) for held in whole)
            for world, one in enumerate(seen):
                mine = view(one, actor, outcome)
                assert counts.held[world, a, k] == pytest.approx(mine.gain / POINT, abs=1e-9)
                assert counts.at_risk[world, a, k] == pytest.approx(one.gain(actor, outcome) / POINT, abs=1e-9)
                if mine.rate is not None:
                    chances = one.chances(outcome)
                    share = {breaker: first(chances, breaker) for breaker in mine.losses}
                    likeliest = [b for b in share if share[b] >= max(share.values()) - 1e-9]
                    losses = [pytest.approx(mine.losses[b] / POINT, abs=1e-9) for b in likeliest]
                    assert counts.loss[world, a, k] in losses
    assert counts.n_worlds.tolist() == [N_WORLDS]


GRID = [k / 64 for k in range(65)]


@st.composite
def _risky(draw: st.DrawFn) -> Document:
    """Two parties that lose or gain by a breach, perhaps not the same by either, and a guarantee with a term."""
    points, hazards = st.integers(-40, 40), st.sampled_from([0, 0.0523, 0.4871])
    document = holding_document(
        breakers={name: {"hazard": draw(hazards)} for name in ("ann", "bob")},
        supports={
            "pledge": {"when": "years >= 10", "credibility": 0.6, "lasts": "guarantee"},
            "watch": {"when": "pie >= 50", "credibility": 0.7, "against": [draw(st.sampled_from(["ann", "bob"]))]},
        },
        power_shifts={
            "both": {"when": "pie >= 0", "points": {"ann": draw(points), "bob": draw(points)}},
            "one": {"when": "pie >= 25", "points": {"ann": draw(points)}, "if_broken_by": ["bob"]},
        },
    )
    document["issues"]["years"] |= {"scale": "0..20", "step": 10}
    document["issues"]["pie"]["step"] = 25
    for party in document["parties"].values():
        party |= {"no_deal": draw(st.integers(0, 80)), "discount_rate": draw(st.sampled_from([0.0517, 0.1913]))}
    return document


@settings(max_examples=40)
@given(_risky() | stakes(durable=True, max_issues=2))
def test_no_credibility_below_the_one_needed_makes_everybody_asked_accept_by_points(document: Document) -> None:
    found = bench_of(document)
    counts, scenario = _counted(found), found.scenario
    seen = found.plain(0)
    for k, outcome in enumerate(outcomes_of(found)):
        views = [view(seen, actor, outcome) for actor in scenario.actors if seen.asks(actor, outcome)]
        needed = counts.needed[0, k]
        if not views:
            assert needed == 0
            continue
        below = [at for at in GRID if isnan(needed) or at < needed - 1e-6]
        # A unit is left for what bisection and rounding leave open.
        assert all(margin(seen, views, outcome, at) < 1.0 for at in below)
        if not isnan(needed):
            assert 0 <= needed <= 1
            assert margin(seen, views, outcome, needed) > -1.0


@settings(max_examples=20)
@given(_risky())
def test_another_term_changes_a_deal_by_as_much_as_its_credibility_of_the_same_effect(document: Document) -> None:
    found = bench_of(document)
    scenario, compiled, seen = found.scenario, compile_scenario(found.scenario, 0, "lhs"), found.plain(0)
    every = found.outcomes()
    for k, outcome in enumerate(outcomes_of(found)):
        counts = count_holding(compiled, [(0, 1)], every.pick([k]))
        terms = {0: [], 1: [20.0], 2: [10.0]}[outcome["years"]]
        assert counts.change.shape == counts.equal.shape == (1, len(scenario.actors), len(terms))
        for a, actor in enumerate(scenario.actors):
            for level, years in enumerate(terms):
                priced = counts.change[0, a, level], counts.equal[0, a, level]
                _assert_priced(seen, view(seen, actor, outcome), outcome, years, *priced)


def _assert_priced(seen: World, mine: View, outcome: Outcome, years: float, change: float, equal: float) -> None:
    here = seen.chances(outcome)
    there = mine.worth(type(here)(here.during, here.after, years))
    assert change == pytest.approx((there - mine.worth(here)) / POINT, abs=1e-7)
    off = [mine.worth(uniform(seen, outcome, at)) - there for at in GRID]
    if isnan(equal):
        assert min(off) > -1.0 or max(off) < 1.0
    else:
        assert 0 <= equal <= 1
        assert mine.worth(uniform(seen, outcome, equal)) == pytest.approx(there, abs=1.0)


# Many worlds


UNCERTAIN = holding_document(
    breakers={"ann": {"hazard": "0.02..0.1"}, "bob": {"hazard": "0.05..0.3"}},
    supports={
        "pledge": {"when": "years >= 10", "credibility": "0.2..0.9", "lasts": "guarantee", "against": ["bob"]},
        "watch": {"when": "pie >= 50", "credibility": "0..0.3"},
    },
    power_shifts=power_shift(ann="-30..-5"),
) | {
    "parties": {
        "ann": {"title": "Ann", "demands": {"pie": 100}, "no_deal": "30..60", "discount_rate": "0.03..0.2"},
        "bob": {"title": "Bob", "demands": {"pie": 0}, "no_deal": "20..60", "discount_rate": 0.05},
    }
}
UNCERTAIN["issues"]["years"]["step"] = 10


def test_findings_over_many_worlds_are_those_of_each_put_together() -> None:
    n_worlds = 400
    scenario = scenario_of(UNCERTAIN)
    result = analyse_zone(scenario, n_worlds=n_worlds)
    seen = worlds_of(scenario, n_worlds)
    named = {
        tuple((issue.id, issue.options[one[issue.id]]) for issue in scenario.issues): one for one in outcomes(scenario)
    }
    ann = scenario.parties[0]
    for rank, (deal, found) in enumerate(zip(result.deals, result.stakes.deals, strict=True)):
        outcome = named[deal.options]
        chances = [one.chances(outcome) for one in seen]
        kept_out = [assuming(one, UNBROKEN).in_zone(outcome) and not one.in_zone(outcome) for one in seen]
        assert found.p_but_for_risk == share_of(kept_out)
        assert found.n_worlds == n_worlds
        assert found.years == spread_of([lasts(one) for one in chances])
        assert found.credibility == spread_of([prevented(one, c) for one, c in zip(seen, chances, strict=True)])
        for years, share in found.p_holds:
            assert share.estimate == pytest.approx(np.mean([survives(one, years) for one in chances]))
        for one in found.breakers:
            assert one.p_first.estimate == pytest.approx(np.mean([first(c, one.party) for c in chances]))
        mine, held = [view(one, ann, outcome) for one in seen], [assuming(one, UNBROKEN) for one in seen]
        assert found.parties[0].if_held == spread_of([one.gain / POINT for one in mine])
        assert found.parties[0].with_risk == spread_of([one.gain(ann, outcome) / POINT for one in seen])
        accepting = [one.accepts(ann, outcome) for one in held]
        assert found.parties[0].p_accept_if_held == share_of(accepting)
        needs = [_needs(one, outcome) for one in seen]
        some = [one for one in needs if one is not None and one > 0]
        assert found.needed == (spread_of(some, within=1e-6) if some else None)
        assert found.p_enough == share_of([one == 0 for one in needs])
        assert found.p_none == share_of([one is None for one in needs])
        assert bool(found.terms) == (rank == 0 and chances[0].term > 0)


def _needs(seen: World, outcome: Outcome) -> float | None:
    """What credibility is needed where nobody gains by a breach."""
    views = [view(seen, actor, outcome) for actor in seen.scenario.actors]
    if margin(seen, views, outcome, 0) >= 0:
        return 0.0
    if margin(seen, views, outcome, 1) < 0:
        return None
    return float(brentq(lambda at: margin(seen, views, outcome, at), 0, 1, xtol=1e-12))


def test_counts_do_not_depend_on_how_blocks_are_cut() -> None:
    compiled = compile_scenario(scenario_of(UNCERTAIN), 0, "lhs")
    deal = compiled.structure.outcomes_of(np.array([[2, 11], [0, 13]]))
    whole = count_holding(compiled, [(0, 256), (1, 256), (2, 9)], deal)
    parts = [count_holding(compiled, [block], deal) for block in [(0, 256), (1, 256), (2, 9)]]
    for name in HoldingCounts.__dataclass_fields__:
        pieces = np.concatenate([getattr(part, name) for part in parts])
        assert np.array_equal(getattr(whole, name), pieces, equal_nan=True)
