"""Whether deals would hold, against closed forms, the plain second model, and credibilities tried one by one."""

from __future__ import annotations

from math import exp, inf, isinf, isnan
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import brentq

from negsim.model.assumptions import Assumptions
from negsim.model.estimates import Spread, proportion
from negsim.zone import analyse_deal, analyse_zone
from negsim.zone.compiled import compile_scenario
from negsim.zone.holding import HORIZONS, HoldingCounts, count_holding
from negsim.zone.stakes_result import DealRisk
from tests.reference import Outcome, outcomes
from tests.reference_risk import View, assuming, first, lasts, margin, prevented, survives, uniform, view, worlds_of
from tests.reference_stakes import POINT, World
from tests.strategies import Document, scenario_of
from tests.strategies_stakes import stakes
from tests.worlds import Bench
from tests.zone.test_brute_force_stakes import N_WORLDS, bench_of, outcomes_of

UNBROKEN = Assumptions(breach="impossible")

RATE, HAZARD = 0.05, 0.2


def _document(**durability: Any) -> Document:
    """A pie of 100 steps, a term, and a deal that Bob may break; nobody's no-deal value is at stake yet."""
    return {
        "negsim": 1,
        "id": "s",
        "title": "S",
        "issues": {
            "years": {"title": "Term", "kind": "numeric", "scale": "0..50", "step": 5},
            "pie": {"title": "Pie", "kind": "numeric", "scale": "0..100", "step": 5},
        },
        "durability": {"term": "years", "breakers": {"bob": {"hazard": HAZARD}}} | durability,
        "parties": {
            "ann": {"title": "Ann", "demands": {"pie": 100}, "no_deal": 40, "discount_rate": RATE},
            "bob": {"title": "Bob", "demands": {"pie": 0}, "no_deal": 30, "discount_rate": RATE},
        },
    }


def _shift(**points: float) -> Document:
    return {"gone": {"when": "pie >= 0", "points": points}}


def _risk(document: Document, years: float, pie: float = 60, n_worlds: int = 1) -> DealRisk:
    found = analyse_deal(scenario_of(document), {"years": years, "pie": pie}, n_worlds=n_worlds).stakes.risk
    assert found is not None
    return found


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
    document = _document(
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


@settings(max_examples=60)
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


@settings(max_examples=30)
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


# Closed forms


def test_a_deal_with_a_term_lasts_as_long_as_the_integral_says() -> None:
    document = _document(
        breakers={"ann": {"hazard": 0.02}, "bob": {"hazard": 0.1}},
        supports={
            "pledge": {"when": "years >= 5", "credibility": 0.5, "lasts": "guarantee", "against": ["bob"]},
            "watch": {"when": "pie >= 50", "credibility": 0.2},
        },
    )
    found = _risk(document, 10)
    # Bob .1 x .5 x .8 and then .1 x .8; Ann .02 x .8 throughout.
    through = exp(-0.056 * 10)
    ann, bob = found.breakers
    assert (ann.party, bob.party) == ("ann", "bob")
    assert ann.p_first.estimate == pytest.approx((1 - through) * 0.016 / 0.056 + through * 0.016 / 0.096)
    assert bob.p_first.estimate == pytest.approx((1 - through) * 0.040 / 0.056 + through * 0.080 / 0.096)
    survival = [exp(-0.056 * 5), through, through * exp(-0.096 * 20)]
    assert [years for years, _ in found.p_holds] == [5, 10, 30]
    assert [share.estimate for _, share in found.p_holds] == pytest.approx(survival)
    early, _ = quad(lambda t: exp(-0.056 * t), 0, 10)
    late, _ = quad(lambda t: through * exp(-0.096 * t), 0, inf)
    assert found.years.median == found.years.p10 == found.years.p90 == pytest.approx(early + late)
    assert found.term == 10
    assert found.credibility.median == pytest.approx(1 - 0.056 / 0.12)


def test_the_values_tried_at_other_credibilities_are_the_integral_of_what_is_held() -> None:
    chances = uniform(
        worlds_of(scenario_of(_document(power_shifts=_shift(ann=-20))), 1)[0], {"years": 2, "pie": 12}, 0.5
    )
    mine = View(20 * POINT, {"bob": 20.0 * POINT}, RATE)

    def held(t: float) -> float:
        left = survives(chances, t)
        hazard = (chances.during if t < 10 else chances.after)["bob"]
        return exp(-RATE * t) * left * (RATE * mine.gain - hazard * mine.losses["bob"])

    assert (chances.term, chances.during["bob"], chances.after["bob"]) == (10, 0.1, 0.2)
    assert mine.worth(chances) == pytest.approx(quad(held, 0, 10)[0] + quad(held, 10, inf)[0])


@pytest.mark.parametrize(
    ("hazard", "credibility", "lasting", "years", "expected"),
    [
        (0.0, 0.5, "deal", 10, inf),
        (0.2, 1, "deal", 10, inf),
        (0.2, 1, "guarantee", 10, 15.0),
        (0.2, 0, "guarantee", 10, 5.0),
        (0.2, 0.75, "deal", 0, 20.0),
        (0.2, 0.75, "guarantee", 0, 5.0),
    ],
)
def test_years_to_be_expected(hazard: float, credibility: float, lasting: str, years: float, expected: float) -> None:
    support = {"pledge": {"when": "pie >= 0", "credibility": credibility, "lasts": lasting}}
    found = _risk(_document(breakers={"bob": {"hazard": hazard}}, supports=support), years)
    assert found.years == Spread(*[pytest.approx(expected)] * 3)
    broken = 0.0 if isinf(expected) else 1.0
    assert found.breakers[0].p_first.estimate == pytest.approx(broken)


@pytest.mark.parametrize(("lasting", "expected"), [("guarantee", 0.0), ("deal", 0.75)])
def test_a_guarantee_of_no_years_prevents_nothing(lasting: str, expected: float) -> None:
    support = {"pledge": {"when": "pie >= 0", "credibility": 0.75, "lasts": lasting}}
    found = _risk(_document(supports=support), 0)
    assert found.credibility.median == pytest.approx(expected)
    assert (found.term, found.terms) == (0, ())


def test_a_guarantee_without_an_end_has_no_term_and_no_price() -> None:
    document = _document(power_shifts=_shift(ann=-20))
    del document["durability"]["term"]
    found = _risk(document, 10)
    assert (found.term, found.terms) == (None, ())
    # v = (r u + h (1 - k) w1) / (r + h (1 - k)) is 40 at k = 1 - .05 x 20 / (.2 x 20).
    assert found.needed is not None
    assert found.needed.median == pytest.approx(0.75)


@pytest.mark.parametrize(("years", "expected"), [(0, 0.75), (15, 0.854), (30, 0.767), (50, 0.752)])
def test_the_credibility_needed_is_that_of_the_page_of_the_model(years: float, expected: float) -> None:
    found = _risk(_document(power_shifts=_shift(ann=-20)), years)
    assert found.needed is not None
    assert found.needed.median == pytest.approx(expected, abs=5e-4)
    assert (found.p_enough.estimate, found.p_none.estimate) == (0, 0)


@pytest.mark.parametrize(
    ("ann", "bob", "no_deal", "expected"),
    [
        (0, 0, 30, 0),  # nothing is lost by a breach
        (-4, 0, 30, 0),  # a loss too small to keep Ann from a deal
        (-20, 0, 30, 0.75),
        (-20, 20, 30, 0.75),  # Bob gains, and would accept anyway
        (-20, 20, 45, 0.75),  # Bob accepts up to 1 - .05 x 5 / (.2 x 20) = .9375
        (-20, 20, 65, None),  # Bob accepts up to .6875, below what Ann needs
        (0, 20, 45, 0),  # only without a guarantee is the deal worth it to Bob
        (0, 20, 80, 0),  # up to .5
        (0, 20, 130, None),
        (-20, -5, 36, 0.8),  # Bob needs 1 - .05 x 4 / (.2 x 5), and more than Ann
        (-20, -20, 45, None),  # Bob does not want it even if it holds
        (-100, 0, 30, 0.95),
    ],
)
def test_the_credibility_needed_is_the_least_with_which_all_accept(
    ann: float, bob: float, no_deal: float, expected: float | None
) -> None:
    document = _document(power_shifts=_shift(ann=ann, bob=bob))
    del document["durability"]["term"]
    if no_deal > 100:
        document["parties"]["bob"] |= {
            "no_deal": 100,
            "adjustments": {"a": {"when": "pie >= 0", "amount": 100 - no_deal}},
        }
    else:
        document["parties"]["bob"]["no_deal"] = no_deal
    found = _risk(document, 10)
    if expected is None:
        assert (found.needed, found.p_enough.estimate, found.p_none.estimate) == (None, 0, 1)
    elif expected == 0:
        assert (found.needed, found.p_enough.estimate, found.p_none.estimate) == (None, 1, 0)
    else:
        assert found.needed is not None
        assert found.needed.median == pytest.approx(expected, abs=1e-6)
        assert (found.p_enough.estimate, found.p_none.estimate) == (0, 0)


def test_only_who_is_asked_needs_any_credibility() -> None:
    document = _document(power_shifts=_shift(ann=-20))
    document["parties"]["cas"] = {
        "title": "Cas",
        "role": "guarantor",
        "consents_to": "years >= 30",
        "demands": {"pie": 0},
        "no_deal": 90,
        "discount_rate": RATE,
    }
    asked, unasked = _risk(document, 30), _risk(document, 25)
    assert (asked.needed, asked.p_none.estimate) == (None, 1)
    assert [one.actor for one in asked.parties] == ["ann", "bob", "cas"]
    assert (unasked.p_none.estimate, [one.actor for one in unasked.parties]) == (0, ["ann", "bob"])


# Other terms


@pytest.mark.parametrize(("ann", "bob"), [(-20, 0), (-20, 15), (10, -5), (30, 30)])
@pytest.mark.parametrize("credibility", [0.3, 0.9])
def test_the_price_of_another_term_is_the_difference_of_two_closed_forms(
    ann: float, bob: float, credibility: float
) -> None:
    support = {"pledge": {"when": "years >= 0", "credibility": credibility, "lasts": "guarantee"}}
    found = _risk(_document(supports=support, power_shifts=_shift(ann=ann, bob=bob)), 10)

    def worth(gain: float, shift: float, years: float, held_back: float) -> float:
        hazard = HAZARD * (1 - held_back)
        through = exp(-(RATE + hazard) * years)
        guarded = (RATE * gain + hazard * shift) / (RATE + hazard)
        return (1 - through) * guarded + through * (RATE * gain + HAZARD * shift) / (RATE + HAZARD)

    views = {"ann": (20.0, ann), "bob": (10.0, bob)}
    priced = [name for name, (_, shift) in views.items() if shift]
    # Of nine other terms six are priced, evenly over the scale.
    assert [(one.actor, one.years) for one in found.terms] == [(n, t) for n in priced for t in (5, 15, 25, 30, 40, 50)]
    for one in found.terms:
        mine = views[one.actor]
        there = worth(*mine, one.years, credibility)
        assert one.change.median == pytest.approx(there - worth(*mine, 10, credibility), abs=1e-4)
        ends = [worth(*mine, 10, at) - there for at in (0.0, 1.0)]
        if ends[0] * ends[1] > 0:
            assert (one.credibility, one.p_none.estimate) == (None, 1)
            continue
        equal = brentq(lambda at, mine=mine, there=there: worth(*mine, 10, at) - there, 0, 1)
        assert one.p_none.estimate == 0
        assert one.credibility is not None
        assert one.credibility.median == pytest.approx(equal, abs=1e-5)
        assert (equal > credibility) == (one.years > 10)


# Many worlds


UNCERTAIN = _document(
    breakers={"ann": {"hazard": "0.02..0.1"}, "bob": {"hazard": "0.05..0.3"}},
    supports={
        "pledge": {"when": "years >= 10", "credibility": "0.2..0.9", "lasts": "guarantee", "against": ["bob"]},
        "watch": {"when": "pie >= 50", "credibility": "0..0.3"},
    },
    power_shifts=_shift(ann="-30..-5"),
) | {
    "parties": {
        "ann": {"title": "Ann", "demands": {"pie": 100}, "no_deal": "30..60", "discount_rate": "0.03..0.2"},
        "bob": {"title": "Bob", "demands": {"pie": 0}, "no_deal": "20..60", "discount_rate": 0.05},
    }
}
UNCERTAIN["issues"]["years"]["step"] = 10


def test_findings_over_many_worlds_are_those_of_each_put_together() -> None:
    n_worlds, by_block = 600, np.array([256, 256, 88])
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
        assert found.p_but_for_risk == proportion(_by_block(kept_out), by_block)
        assert found.n_worlds == n_worlds
        assert found.years == _spread([lasts(one) for one in chances])
        assert found.credibility == _spread([prevented(one, c) for one, c in zip(seen, chances, strict=True)])
        for years, share in found.p_holds:
            assert share.estimate == pytest.approx(np.mean([survives(one, years) for one in chances]))
        for one in found.breakers:
            assert one.p_first.estimate == pytest.approx(np.mean([first(c, one.party) for c in chances]))
        mine, held = [view(one, ann, outcome) for one in seen], [assuming(one, UNBROKEN) for one in seen]
        assert found.parties[0].if_held == _spread([one.gain / POINT for one in mine])
        assert found.parties[0].with_risk == _spread([one.gain(ann, outcome) / POINT for one in seen])
        accepting = [one.accepts(ann, outcome) for one in held]
        assert found.parties[0].p_accept_if_held == proportion(_by_block(accepting), by_block)
        needs = [_needs(one, outcome) for one in seen]
        some = [one for one in needs if one is not None and one > 0]
        assert found.needed == (_spread(some) if some else None)
        assert found.p_enough == proportion(_by_block([one == 0 for one in needs]), by_block)
        assert found.p_none == proportion(_by_block([one is None for one in needs]), by_block)
        assert bool(found.terms) == (rank == 0 and chances[0].term > 0)


def _needs(seen: World, outcome: Outcome) -> float | None:
    """What credibility is needed where nobody gains by a breach."""
    views = [view(seen, actor, outcome) for actor in seen.scenario.actors]
    if margin(seen, views, outcome, 0) >= 0:
        return 0.0
    if margin(seen, views, outcome, 1) < 0:
        return None
    return float(brentq(lambda at: margin(seen, views, outcome, at), 0, 1, xtol=1e-12))


def _by_block(happens: list[bool]) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array([sum(happens[start : start + 256]) for start in range(0, len(happens), 256)])


def _spread(values: list[float]) -> Spread:
    ordered = sorted(values)
    return Spread(*(pytest.approx(ordered[int(share * (len(ordered) - 1))], abs=1e-6) for share in (0.1, 0.5, 0.9)))


def test_counts_do_not_depend_on_how_blocks_are_cut() -> None:
    compiled = compile_scenario(scenario_of(UNCERTAIN), 0, "lhs")
    deal = compiled.structure.outcomes_of(np.array([[2, 11], [0, 13]]))
    whole = count_holding(compiled, [(0, 256), (1, 256), (2, 9)], deal)
    parts = [count_holding(compiled, [block], deal) for block in [(0, 256), (1, 256), (2, 9)]]
    for name in HoldingCounts.__dataclass_fields__:
        pieces = np.concatenate([getattr(part, name) for part in parts])
        assert np.array_equal(getattr(whole, name), pieces, equal_nan=True)
