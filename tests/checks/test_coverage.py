"""Which red lines and rules bind, against a scenario worked out by hand."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from negsim.checks.coverage import Covered, cover
from negsim.errors import ScenarioError
from negsim.zone import compiled
from tests import reference
from tests.checks.quarrel import QUARREL, variants_of
from tests.strategies import Document, documents

# Prices 0 to 100; the buyer has 100 - price and needs 30: 70 at most. The seller needs 40: 40 at least. So 40, 50, 60 and
# 70 suit both by points.
BY_HAND = """\
negsim: 1
id: by-hand
title: Four prices
issues: {price: {title: Price, scale: 0..100, step: 10}}
parties:
  buyer:
    title: Buyer
    demands: {price: 0}
    no_deal: 30
    red_lines:
      cap: {require: price <= 60, firmness: hard}
      wide: {require: price <= 80, firmness: hard}
  seller: {title: Seller, demands: {price: 100}, no_deal: 40}
rules:
  round: {require: price != 50}
  implied: {require: price <= 100}
  far: {require: price != 90}
"""


def counted(text: str, n_worlds: int = 8) -> dict[str, Covered]:
    return {one.path[-1]: one for one in cover(variants_of(text), n_worlds)}


def test_what_keeps_an_outcome_out_alone_binds() -> None:
    found = counted(BY_HAND)
    assert found["cap"] == Covered(("parties", "buyer", "red_lines", "cap"), 8, 8, 0)  # 70
    assert found["round"] == Covered(("rules", "round"), 8, 8, 0)  # 50


@pytest.mark.parametrize("name", ["wide", "implied", "far"])
def test_what_keeps_out_nothing_that_all_would_accept_is_idle(name: str) -> None:
    # Prices above 80, and 90, are too much for the buyer in any case; and there is no price above 100.
    found = counted(BY_HAND)[name]
    assert (found.n_worlds, found.n_bound, found.n_decided) == (8, 0, 0)
    assert found.is_idle


def test_what_leaves_no_zone_decides() -> None:
    # Only 70 is left to the seller.
    found = counted(BY_HAND.replace("no_deal: 40", "no_deal: 70"))
    assert (found["cap"].n_bound, found["cap"].n_decided) == (8, 8)
    assert found["round"].is_idle
    closed = BY_HAND.replace("price <= 60", "price == 50").replace("price <= 80", "price <= 90")
    assert (counted(closed)["round"].n_bound, counted(closed)["round"].n_decided) == (8, 8)


def test_of_two_that_keep_out_the_same_neither_binds() -> None:
    found = counted(BY_HAND.replace("price <= 80", "price <= 60"))
    assert found["cap"].is_idle
    assert found["wide"].is_idle


def test_a_line_binds_where_it_is_real_and_where_its_cost_is_too_much() -> None:
    # As a bluff it costs 5 points, which a price of 70 does not leave; 60 does not cross it.
    free = counted(BY_HAND.replace("price <= 60, firmness: hard", "price <= 60, firmness: 0"))
    assert free["cap"].is_idle
    dear = counted(BY_HAND.replace("price <= 60, firmness: hard", "price <= 60, firmness: 0, audience_cost: 5"))
    assert dear["cap"].n_bound == 8
    some = counted(BY_HAND.replace("price <= 60, firmness: hard", "price <= 60, firmness: 0.5"), 64)
    assert 0 < some["cap"].n_bound < 64


def test_lines_of_who_is_not_asked_never_bind() -> None:
    text = BY_HAND.replace(
        "rules:",
        "  onlooker: {title: O, role: mediator, red_lines: {none: {require: price == 0, firmness: hard}}}\nrules:",
    )
    assert counted(text)["none"].is_idle


def test_a_rule_without_which_there_would_be_too_much_to_look_at_is_left_out_with_the_reason() -> None:
    text = """\
negsim: 1
id: large
title: Three long scales
issues:
  a: {title: A, scale: 0..200, step: 1}
  b: {title: B, scale: 0..200, step: 1}
  c: {title: C, scale: 0..200, step: 1}
parties: {ann: {title: Ann, demands: {a: 0, b: 0, c: 0}, no_deal: 10}}
rules: {small: {require: a + b + c <= 3}}
"""
    found = counted(text)["small"]
    assert (found.n_worlds, found.is_idle) == (0, False)
    assert "too many" in found.reason


def test_lines_at_home_count_too() -> None:
    found = counted(QUARREL, 64)
    assert 0 < found["in_time"].n_bound < 64
    assert found["in_time"].path == ("parties", "buyer", "ratifiers", "board", "red_lines", "in_time")


def test_merging_counts_what_enumeration_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = counted(QUARREL, 64)
    monkeypatch.setattr(compiled, "ENUMERATED", 1)
    assert counted(QUARREL, 64) == expected


@settings(max_examples=30)
@given(documents(max_issues=3))
def test_lines_and_rules_bind_where_going_through_all_outcomes_says_so(document: Document) -> None:
    for party in document["parties"].values():
        for line in party.get("red_lines", {}).values():
            line.pop("audience_cost", None)
    variants = variants_of(json.dumps(document))
    try:
        found = cover(variants, 4)
    except ScenarioError as error:
        assert error.problems[0].code == "NS410"  # noqa: PT017
        return
    scenario, drawn = variants.scenario, variants.whole().draws(0, 4)
    free = replace(scenario, rules=())
    for one in found:
        n_bound = n_decided = 0
        for world in range(4):
            numbers = {path: float(values[world]) for path, values in drawn.quantity.items()}
            coins = {line: bool(real[world]) for line, real in drawn.real.items()}
            zone = [o for o in reference.outcomes(scenario) if reference.in_zone(o, scenario, numbers, coins)]
            if one.path[0] == "rules":
                wider = [o for o in reference.outcomes(free) if reference.in_zone(o, free, numbers, coins)]
            else:
                silent = coins | {(one.path[1], one.path[3]): False}
                wider = [o for o in reference.outcomes(scenario) if reference.in_zone(o, scenario, numbers, silent)]
            n_bound += len(wider) > len(zone)
            n_decided += len(wider) > 0 and not zone
        assert (one.n_bound, one.n_decided) == (n_bound, n_decided), one
