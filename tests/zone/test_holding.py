"""Whether deals would hold, against closed forms, the plain second model, and credibilities tried one by one."""

from __future__ import annotations

from math import exp, inf, isinf
from typing import Any

import pytest
from scipy.integrate import quad
from scipy.optimize import brentq

from negsim.zone import analyse_deal
from negsim.zone.stakes_result import DealRisk
from tests.reference_risk import View, spread_of, survives, uniform, worlds_of
from tests.reference_stakes import POINT
from tests.strategies import Document, scenario_of

RATE, HAZARD = 0.05, 0.2


def holding_document(**durability: Any) -> Document:
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


def power_shift(**points: Any) -> Document:
    return {"gone": {"when": "pie >= 0", "points": points}}


def _risk(document: Document, years: float, pie: float = 60, n_worlds: int = 1) -> DealRisk:
    found = analyse_deal(scenario_of(document), {"years": years, "pie": pie}, n_worlds=n_worlds).stakes.risk
    assert found is not None
    return found


# Closed forms


def test_a_deal_with_a_term_lasts_as_long_as_the_integral_says() -> None:
    document = holding_document(
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
        worlds_of(scenario_of(holding_document(power_shifts=power_shift(ann=-20))), 1)[0], {"years": 2, "pie": 12}, 0.5
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
    found = _risk(holding_document(breakers={"bob": {"hazard": hazard}}, supports=support), years)
    assert found.years == spread_of([expected])
    broken = 0.0 if isinf(expected) else 1.0
    assert found.breakers[0].p_first.estimate == pytest.approx(broken)


@pytest.mark.parametrize(("lasting", "expected"), [("guarantee", 0.0), ("deal", 0.75)])
def test_a_guarantee_of_no_years_prevents_nothing(lasting: str, expected: float) -> None:
    support = {"pledge": {"when": "pie >= 0", "credibility": 0.75, "lasts": lasting}}
    found = _risk(holding_document(supports=support), 0)
    assert found.credibility.median == pytest.approx(expected)
    assert (found.term, found.terms) == (0, ())


def test_a_guarantee_without_an_end_has_no_term_and_no_price() -> None:
    document = holding_document(power_shifts=power_shift(ann=-20))
    del document["durability"]["term"]
    found = _risk(document, 10)
    assert (found.term, found.terms) == (None, ())
    # v = (r u + h (1 - k) w1) / (r + h (1 - k)) is 40 at k = 1 - .05 x 20 / (.2 x 20).
    assert found.needed is not None
    assert found.needed.median == pytest.approx(0.75)


@pytest.mark.parametrize(("years", "expected"), [(0, 0.75), (15, 0.854), (30, 0.767), (50, 0.752)])
def test_the_credibility_needed_is_that_of_the_page_of_the_model(years: float, expected: float) -> None:
    found = _risk(holding_document(power_shifts=power_shift(ann=-20)), years)
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
    document = holding_document(power_shifts=power_shift(ann=ann, bob=bob))
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
    document = holding_document(power_shifts=power_shift(ann=-20))
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
    found = _risk(holding_document(supports=support, power_shifts=power_shift(ann=ann, bob=bob)), 10)

    views = {"ann": (20.0, ann), "bob": (10.0, bob)}

    def worth(name: str, years: float, held_back: float) -> float:
        gain, shift = views[name]
        hazard = HAZARD * (1 - held_back)
        through = exp(-(RATE + hazard) * years)
        guarded = (RATE * gain + hazard * shift) / (RATE + hazard)
        return (1 - through) * guarded + through * (RATE * gain + HAZARD * shift) / (RATE + HAZARD)

    # A longer guarantee is worth something to those as well whom a breach would only take back to no deal.
    priced = list(views)
    # Of nine other terms six are priced, evenly over the scale.
    assert [(one.actor, one.years) for one in found.terms] == [(n, t) for n in priced for t in (5, 15, 25, 30, 40, 50)]
    for one in found.terms:
        mine = one.actor
        there = worth(mine, one.years, credibility)
        assert one.change.median == pytest.approx(there - worth(mine, 10, credibility), abs=1e-4)
        ends = [worth(mine, 10, at) - there for at in (0.0, 1.0)]
        if ends[0] * ends[1] > 0:
            assert (one.credibility, one.p_none.estimate) == (None, 1)
            continue
        equal = brentq(lambda at, mine=mine, there=there: worth(mine, 10, at) - there, 0, 1)
        assert one.p_none.estimate == 0
        assert one.credibility is not None
        assert one.credibility.median == pytest.approx(equal, abs=1e-5)
        assert (equal > credibility) == (one.years > 10)
