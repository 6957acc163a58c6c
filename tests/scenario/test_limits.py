"""A file may be large, but what reading it takes is bounded: no work that grows as a product of what it lists."""

from __future__ import annotations

import difflib
import gc
import json
from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction
from typing import Any

import pytest

from negsim.errors import Problem, ScenarioError
from negsim.scenario import loads, words
from negsim.scenario.conditions import Condition, IssueNames, Names, parse_condition

Tree = dict[str, Any]


def scenario(**parts: Any) -> Tree:
    issues = {
        "price": {"title": "Price", "scale": "0..99999", "step": 1},
        "quick": {"title": "Q", "options": ["yes_", "no_"]},
    }
    parties = {"seller": {"title": "Seller", "demands": {"quick": "no_"}, "no_deal": 30}}
    return {"negsim": 1, "id": "sale", "title": "Sale", "issues": issues, "parties": parties, **parts}


def rules(texts: Sequence[str]) -> Tree:
    return {f"r{k}": {"require": text} for k, text in enumerate(texts)}


def problems_of(tree: Tree) -> tuple[Problem, ...]:
    with pytest.raises(ScenarioError) as caught:
        loads(json.dumps(tree, indent=1))
    return caught.value.problems


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many words each look for the nearest one has compared."""
    counts: list[int] = []

    def count(word: str, known: Sequence[str], **options: Any) -> list[str]:
        counts.append(len(known))
        return difflib.get_close_matches(word, known, **options)

    monkeypatch.setattr(words, "get_close_matches", count)
    return counts


def test_all_conditions_together_have_at_most_100_000_characters():
    text = "quick == yes_ or quick == no_ or quick == yes_ or quick == no_"
    n_fitting = 100_000 // len(text)
    assert len(loads(json.dumps(scenario(rules=rules([text] * n_fitting)))).rules) == n_fitting
    (problem,) = problems_of(scenario(rules=rules([text] * (n_fitting + 50))))
    assert (problem.code, problem.path) == ("NS306", ("rules", f"r{n_fitting}", "require"))


def test_all_conditions_together_single_out_at_most_a_million_options():
    assert len(loads(json.dumps(scenario(rules=rules(["price != 5"] * 10)))).rules) == 10
    (problem,) = problems_of(scenario(rules=rules(["price != 5"] * 100)))  # 99,999 levels each
    assert (problem.code, problem.path) == ("NS306", ("rules", "r10", "require"))


def test_all_demands_together_single_out_at_most_a_million_options():
    def parties(n_parties: int) -> Tree:
        one = {"title": "P", "demands": {"price": {"at_most": 99_998}}, "no_deal": 30}
        return {f"p{k:03}": one for k in range(n_parties)}

    assert len(loads(json.dumps(scenario(parties=parties(10)))).parties) == 10
    (problem,) = problems_of(scenario(parties=parties(100)))
    assert (problem.code, problem.path) == ("NS207", ("parties", "p010", "demands", "price"))


def test_all_ratifiers_together_have_at_most_50_000_values_of_their_parties():
    def parties(n_ratifiers: int) -> Tree:
        values = {str(level): 0 for level in range(5_000)}
        ratifiers = {f"r{k:04}": {"title": "R", "no_deal": 30} for k in range(n_ratifiers)}
        one = {"title": "P", "demands": {"price": 7}, "values": {"price": values}, "no_deal": 30}
        return {"p": one | {"ratifiers": ratifiers}}

    assert len(loads(json.dumps(scenario(parties=parties(10)))).parties[0].ratifiers) == 10
    (problem,) = problems_of(scenario(parties=parties(2_000)))
    assert (problem.code, problem.path) == ("NS207", ("parties", "p", "ratifiers", "r0010"))
    by_lines = parties(200)
    for ratifier in by_lines["p"]["ratifiers"].values():
        del ratifier["no_deal"]
    assert len(loads(json.dumps(scenario(parties=by_lines))).parties[0].ratifiers) == 200


def test_a_product_of_sums_has_at_most_two_hundred_terms():
    names = [IssueNames(f"x{k}", "numeric", ("0", "1"), (Fraction(0), Fraction(1))) for k in range(20)]
    ten, eleven = ("(" + "+".join(f"x{k}" for k in range(n)) + ")" for n in (10, 11))
    twenty = "(" + "+".join(f"x{k}" for k in range(20)) + ")"
    assert isinstance(parse_condition(f"{ten} * {twenty} > 1", names), Condition)
    found = parse_condition(f"{eleven} * {twenty} > 1", names)
    assert isinstance(found, tuple)
    assert [flaw.code for flaw in found] == ["NS306"]


@pytest.mark.parametrize(
    "tree",
    [
        scenario() | {f"titel{k}": "x" for k in range(5_000)},
        scenario(parties={f"p{k}": {"title": "P", "demads": {}, "prioritys": {}} for k in range(3_000)}),
        scenario(parties={f"p{k}": {"title": "P", "demands": {f"prise{k}": 1}} for k in range(3_000)}),
        scenario(
            parties={f"p{k}": {"title": "P"} for k in range(2_000)},
            side_payments={"currency": "EUR", "at_most": 1, "worth": {f"x{k}": 1 for k in range(2_000)}},
        ),
        scenario(rules=rules([f"prise{k} == 5 and quick == yess{k}" for k in range(2_000)])),
        scenario(
            issues={f"issue{k}": {"title": "I", "options": ["a", "b"], "when": "isue == a"} for k in range(2_000)}
        ),
    ],
    ids=["keys", "keys of parties", "issues", "parties", "conditions", "issues in conditions"],
)
def test_thousands_of_misspelt_names_give_three_hundred_problems_and_few_comparisons(tree, compared):
    found = problems_of(tree)
    assert 300 <= len(found) <= 302  # a condition reports all its flaws
    lines = [problem.place.line for problem in found if problem.place is not None]
    assert lines == sorted(lines)
    assert len(lines) == len(found)
    assert sum(compared) <= 2 * 5_400  # in conditions apart


def test_the_first_misspelt_names_of_many_still_get_a_suggestion():
    found = problems_of(
        scenario(parties={f"p{k}": {"title": "P", "demands": {"prise": 1}, "no_deal": 0} for k in range(50)})
    )
    assert [problem.help for problem in found] == ["did you mean 'price'?"] * 50


def test_thousands_of_conditions_are_not_blamed_for_an_issue_that_was_reported(compared):
    issues = {f"i{k}": {"title": "I", "options": ["a", "b"]} for k in range(2_000)} | {
        "bad-id": {"title": "B", "options": ["a", "b"]}
    }
    conditions = rules([f"bad-id == a and j{k} == aa" for k in range(1_000)])
    (problem,) = problems_of(scenario(issues=issues, rules=conditions, parties={"p": {"title": "P"}}))
    assert (problem.code, problem.path) == ("NS205", ("issues", "bad-id"))
    assert sum(compared) <= 2 * 2 * 5_400


def test_the_second_of_two_equal_options_of_a_demand_is_the_one_reported():
    many = [f"o{k}" for k in range(5_000)]
    issues = {"many": {"title": "M", "options": many}}
    party = {"title": "P", "demands": {"many": {"one_of": [*many, "o7", "o9"]}}, "no_deal": 30}
    (problem,) = problems_of(scenario(issues=issues, parties={"p": party}))
    assert (problem.code, problem.path[-1], problem.message) == ("NS402", "5000", "'o7' is named twice")


def test_levels_are_exact_whatever_the_denominators_of_scale_and_step():
    issues = {
        "fee": {"title": "Fee", "scale": "-0.25..0.35", "step": 0.2},
        "fine": {"title": "Fine", "scale": "0..0.003", "step": 0.0015},
    }
    fee, fine = loads(json.dumps(scenario(issues=issues, parties={"p": {"title": "P"}}))).issues
    assert fee.levels == (Fraction(-1, 4), Fraction(-1, 20), Fraction(3, 20), Fraction(7, 20))
    assert fine.options == ("0", "0.0015", "0.003")


def test_names_know_the_options_of_all_issues():
    names = Names([IssueNames(f"i{k}", "categorical", ("a", f"b{k}")) for k in range(5)])
    assert names.owners("a") == ("i0", "i1", "i2")
    assert names.owners("b4") == ("i4",)
    assert names.owners("c") == ()
    assert names.position(names.issues["i3"], "b3") == 1
    assert names.position(names.issues["i3"], "b4") is None
    assert names.in_order({"i4", "i1"}) == ("i1", "i4")


@pytest.mark.parametrize("enabled", [True, False])
@pytest.mark.parametrize("text", [json.dumps(scenario()), "negsim: ["], ids=["sound", "broken"])
def test_loading_leaves_the_collector_of_garbage_as_it_was(enabled, text):
    try:
        (gc.enable if enabled else gc.disable)()
        with suppress(ScenarioError):
            loads(text)
        assert gc.isenabled() == enabled
    finally:
        gc.enable()
