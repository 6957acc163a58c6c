"""Side payments: the least that opens a zone or makes a deal suit all, against every outcome tried one by one."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsim.zone import ZoneResult, analyse_deal, analyse_zone
from negsim.zone.compiled import compile_scenario
from negsim.zone.payments import Payment, least_payment, purse_of
from negsim.zone.stakes_deal import DealPayment
from negsim.zone.violations import tables
from tests.questions import by
from tests.reference import Outcome, outcomes
from tests.reference_risk import Bill, bill, share_of, spread_of, worlds_of
from tests.reference_stakes import World
from tests.strategies import Document, scenario_of
from tests.strategies_stakes import stakes
from tests.worlds import Bench
from tests.zone.test_brute_force_stakes import N_WORLDS, bench_of, outcomes_of

SLACK = 1e-6
"""How far off points that are lacking may be: tables hold them as float32, and a breach makes them uneven."""


@st.composite
def paying(draw: st.DrawFn) -> Document:
    """A scenario in which some parties may pay each other; among them perhaps one that is asked at some deals alone."""
    document = draw(stakes(max_issues=3))
    document.pop("agreement", None)
    # No deal is rarely this good, so that what blocks are points.
    for name in ("ann", "bob"):
        if draw(st.booleans()):
            document["parties"][name]["no_deal"] = draw(st.sampled_from([55, 70, "50..80"]))
    others = [name for name in ("cas", "zoe") if name in document["parties"]]
    named = ["ann", "bob", *(name for name in others if draw(st.booleans()))]
    worth = {name: draw(st.sampled_from([0, 0.5, 1, "0.2..2"])) for name in named}
    bound = draw(st.sampled_from([0, 4, 25.5, "0..60", 1000, 1000]))
    document["side_payments"] = {"currency": "m", "at_most": bound, "worth": worth}
    return document


@settings(max_examples=60)
@given(paying())
def test_the_least_payment_is_that_of_all_outcomes_tried_one_by_one(document: Document) -> None:
    found = bench_of(document)
    listed = outcomes_of(found)
    for world, payment in _payments(found).items():
        seen = found.plain(world)
        bills = [bill(seen, outcome) for outcome in listed]
        _assert_least(payment, bills, seen.numbers["side_payments", "at_most"], _payers(found))


def _payments(found: Bench) -> dict[int, Payment]:
    """The least payment in each world without a zone."""
    compiled = compile_scenario(found.scenario, 0, "lhs")
    purse = purse_of(compiled, found.draws)
    assert purse is not None
    laid_out = tables(found.worlds, compiled.constraints, always=purse.places)
    return {
        world: least_payment(table, purse, world)
        for world, table in enumerate(laid_out)
        if not any(found.plain(world).in_zone(outcome) for outcome in outcomes_of(found))
    }


def _payers(found: Bench) -> list[str]:
    """Who is named as paying or paid and can ever be asked, as the scenario lists them."""
    assert found.scenario.side_payments is not None
    constraints = compile_scenario(found.scenario, 0, "lhs").constraints
    asked = {found.scenario.actors[k].id for k in constraints.parties}
    return [party for party, _ in found.scenario.side_payments.worth if party in asked]


def _assert_least(payment: Payment, bills: list[Bill], bound: float, payers: list[str]) -> None:
    tight = min((one.total for one in bills if one.within(bound, -SLACK)), default=inf)
    loose = [one for one in bills if one.within(bound, SLACK)]
    assert payment.least <= tight * (1 + SLACK)
    if payment.least == inf:
        assert not any(payment.to)
        return
    # It is what one of the outcomes takes, and goes to whom that leaves short.
    paid = {party for party, is_paid in zip(payers, payment.to, strict=True) if is_paid}
    assert any(one.total == pytest.approx(payment.least, rel=SLACK) and set(one.needs) == paid for one in loose)
    assert payment.least >= min(one.total for one in loose) * (1 - SLACK)


@settings(max_examples=25)
@given(paying(), st.data())
def test_what_a_deal_takes_is_what_the_reference_says(document: Document, data: st.DataObject) -> None:
    found = bench_of(document)
    listed = outcomes_of(found)
    outcome = data.draw(st.sampled_from(listed))
    options = {issue.id: issue.choices[outcome[issue.id]] for issue in found.scenario.issues}
    payment = analyse_deal(found.scenario, options, n_worlds=N_WORLDS).stakes.payment
    assert payment is not None
    _assert_deal(payment, [found.plain(world) for world in range(N_WORLDS)], outcome)


def _assert_deal(found: DealPayment, seen: list[World], outcome: Outcome) -> None:
    bills = [(bill(one, outcome), one.numbers["side_payments", "at_most"]) for one in seen]
    paid, tight, loose = (
        sorted(one.total for one, bound in bills if one.total > 0 and one.within(bound, slack))
        for slack in (0.0, -SLACK, SLACK)
    )
    n_paid = round(found.p_paid.estimate * len(seen))
    assert len(tight) <= n_paid <= len(loose)
    if len(tight) == len(loose):
        assert found.least == (spread_of(paid, within=SLACK) if paid else None)


# By hand


def _document(bound: Any, worth: Document, **more: Any) -> Document:
    """A pie of 4 steps: at a share of x to Ann she has x points and Bob 100 - x; both want 70."""
    return {
        "negsim": 1,
        "id": "s",
        "title": "S",
        "issues": {"pie": {"title": "Pie", "kind": "numeric", "scale": "0..100", "step": 25}},
        "side_payments": {"currency": "m", "at_most": bound, "worth": worth},
        "parties": {
            "ann": {"title": "Ann", "demands": {"pie": 100}, "no_deal": 70},
            "bob": {"title": "Bob", "demands": {"pie": 0}, "no_deal": 70},
        },
    } | more


def _found(document: Document, n_worlds: int = 1, method: str = "auto") -> ZoneResult:
    return analyse_zone(scenario_of(document), n_worlds=n_worlds, questions=by(method))


def _least(document: Document) -> Any:
    payments = _found(document).stakes.payments
    assert payments is not None
    assert payments.currency == "m"
    assert payments.gain.estimate == payments.p_zone.estimate == (payments.least is not None)
    return payments.least and payments.least.median, {one.party for one in payments.paid if one.share.estimate == 1}


@pytest.mark.parametrize(
    ("bound", "ann", "bob", "least", "to"),
    [
        # At 75 Ann has 5 to spare and Bob lacks 45; at 100 she has 30 and he lacks 70; at 50 both lack 20.
        (100, 1, 1, None, set()),
        (100, 0.2, 2, 22.5, {"bob"}),  # 5 points are 25 m to Ann, 45 are 22.5 m to Bob
        (22.5, 0.2, 2, 22.5, {"bob"}),
        (22.4, 0.2, 2, None, set()),
        (100, 2, 0.2, 22.5, {"ann"}),
        (100, 0.25, 2, 35, {"bob"}),  # at 75 Ann could pay 20 only; at 100 120, and Bob needs 35
        (100, 0, 0.5, 90, {"bob"}),  # money is nothing to Ann, who parts with any
        (89, 0, 0.5, None, set()),
        (100, 0, 0, None, set()),
        (0, 0.2, 2, None, set()),
    ],
)
def test_the_least_payment_by_hand(bound: float, ann: float, bob: float, least: float | None, to: set[str]) -> None:
    found = _least(_document(bound, {"ann": ann, "bob": bob}))
    assert found == (least if least is None else pytest.approx(least, rel=1e-6), to)


def _with_guarantor(where: str, **more: Any) -> Document:
    document = _document(100, {"ann": 0.2, "bob": 2, "cas": 1})
    cas = {"title": "Cas", "role": "guarantor", "consents_to": where, "demands": {"pie": 0}, "no_deal": 15}
    document["parties"]["cas"] = cas | more
    return document


def test_who_is_asked_at_some_deals_alone_pays_and_is_paid_there_alone() -> None:
    # Where she is asked, Cas has 85, 60, 35, 10 points to spare at 0, 25, 50, 75, and lacks 15 at 100.
    assert _least(_with_guarantor("pie == 100")) == (pytest.approx(22.5), {"bob"})
    # At 50 she has 35 to give; Ann needs 100 there. At 75 nothing changes.
    assert _least(_with_guarantor("pie == 50")) == (pytest.approx(22.5), {"bob"})
    # At 75 Cas lacks 20 points, 20 m more than Ann's 25 leave over 22.5. At 100 Ann has 150, for Bob's 35 and Cas's 45.
    assert _least(_with_guarantor("pie >= 75", no_deal=45)) == (pytest.approx(80), {"bob", "cas"})
    # Not among those who pay, she has to be content by herself.
    alone = _with_guarantor("pie == 75", no_deal=45)
    del alone["side_payments"]["worth"]["cas"]
    assert _least(alone) == (pytest.approx(35), {"bob"})


def test_nobody_pays_for_a_real_red_line() -> None:
    document = _document(100, {"ann": 0.2, "bob": 2})
    document["parties"]["bob"]["red_lines"] = {"line": {"require": "pie != 75", "firmness": "hard"}}
    assert _least(document) == (pytest.approx(35), {"bob"})
    # The cost of a bluff is paid for like any other: 8 points more at 75, 4 m, and 26.5 is more than Ann's 25.
    document["parties"]["bob"]["red_lines"] = {"line": {"require": "pie != 75", "firmness": 0, "audience_cost": 8}}
    assert _least(document) == (pytest.approx(35), {"bob"})
    document["parties"]["bob"]["red_lines"]["line"]["audience_cost"] = 4
    assert _least(document) == (pytest.approx(24.5), {"bob"})


def test_nobody_is_paid_for_what_is_sacred_to_it() -> None:
    document = _document(100, {"ann": 0.2, "bob": 2})
    document["parties"]["bob"]["sacred"] = {"holy": {"title": "Holy", "require": "pie != 75"}}
    assert _least(document) == (pytest.approx(35), {"bob"})
    # It can still pay: at 0 Bob has 30 points to spare, and Ann, to whom half a point is a unit, lacks 70.
    document["side_payments"]["worth"] = {"ann": 2, "bob": 0.2}
    document["parties"]["bob"]["sacred"]["holy"]["require"] = "pie >= 50"
    assert _least(document) == (pytest.approx(22.5), {"ann"})


def test_with_a_quorum_nothing_is_said_of_payments() -> None:
    document = _document(100, {"ann": 0.2, "bob": 2}, agreement={"quorum": 2})
    assert _found(document).stakes.payments is None
    assert analyse_deal(scenario_of(document), {"pie": 75}, n_worlds=1).stakes.payment is None


@pytest.mark.parametrize(("pie", "least"), [(0, None), (25, None), (50, None), (75, 22.5), (100, 35)])
def test_what_one_deal_takes_by_hand(pie: int, least: float | None) -> None:
    # At 50 both lack 20 points and nobody can pay; at 0 and 25 Bob's 30 and 5 points are 15 and 2.5 m, Ann needs more.
    scenario = scenario_of(_document(100, {"ann": 0.2, "bob": 2}))
    payment = analyse_deal(scenario, {"pie": pie}, n_worlds=1).stakes.payment
    assert payment is not None
    assert payment.currency == "m"
    assert payment.p_paid.estimate == (least is not None)
    assert (payment.least and payment.least.median) == (least and pytest.approx(least))


# Many worlds


UNCERTAIN = _document("5..60", {"ann": "0.3..2", "bob": "0.3..2", "cas": "0..1"})
UNCERTAIN["parties"] = {
    "ann": {"title": "Ann", "demands": {"pie": 100}, "no_deal": "25..75"},
    "bob": {
        "title": "Bob",
        "demands": {"pie": 0},
        "no_deal": "25..75",
        "red_lines": {"line": {"require": "pie < 75", "firmness": 0.5, "audience_cost": "0..20"}},
    },
    "cas": {
        "title": "Cas",
        "role": "guarantor",
        "consents_to": "pie == 50",
        "demands": {"pie": 50},
        "no_deal": "40..90",
        "sacred": {"holy": {"title": "Holy", "require": "pie <= 75"}},
    },
}


@pytest.mark.parametrize("method", ["enumerate", "merge"])
def test_payments_over_many_worlds_are_those_of_each_put_together(method: str) -> None:
    found = _found(UNCERTAIN, 1100, method).stakes.payments
    assert found is not None
    assert found.n_worlds == 1024
    scenario = scenario_of(UNCERTAIN)
    listed = list(outcomes(scenario))
    zones, opened, least, to = [], [], [], []
    for seen in worlds_of(scenario, 1024):
        is_zone = any(seen.in_zone(outcome) for outcome in listed)
        bound = seen.numbers["side_payments", "at_most"]
        bills = [one for one in (bill(seen, outcome) for outcome in listed) if one.within(bound)]
        zones.append(is_zone or bool(bills))
        opened.append(not is_zone and bool(bills))
        if opened[-1]:
            cheapest = min(bills, key=lambda one: one.total)
            least.append(cheapest.total)
            to.append(cheapest.needs.keys())
    assert 50 < sum(opened) < sum(zones) < 1024
    assert (found.p_zone, found.gain) == (share_of(zones), share_of(opened))
    assert found.least == spread_of(least, within=SLACK)
    for one in found.paid:
        assert one.share.estimate == pytest.approx(sum(one.party in paid for paid in to) / len(to))
    assert [one.party for one in found.paid] == ["ann", "bob", "cas"]
    assert {one.party for one in found.paid if one.share.estimate > 0} >= {"ann", "bob"}


def test_a_deal_takes_over_many_worlds_what_it_takes_in_each() -> None:
    scenario, n_worlds = scenario_of(UNCERTAIN), 600
    seen = worlds_of(scenario, n_worlds)
    for place, pie in enumerate((0, 25, 50, 75, 100)):
        found = analyse_deal(scenario, {"pie": pie}, n_worlds=n_worlds).stakes.payment
        assert found is not None
        _assert_deal(found, seen, {"pie": place})


def test_nobody_pays_where_every_deal_crosses_a_real_red_line() -> None:
    document = _document(100, {"ann": 0.2, "bob": 2})
    document["parties"]["bob"]["red_lines"] = {"line": {"require": "pie > 100", "firmness": "hard"}}
    assert _least(document) == (None, set())
