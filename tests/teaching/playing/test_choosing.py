"""Options as somebody types them, and what goes together."""

from __future__ import annotations

from fractions import Fraction

import pytest

from negsim.errors import UsageError
from negsim.model.structure import compile_structure
from negsim.scenario import loads
from negsim.scenario.types import Issue, IssueKind
from negsim.teaching.forms import read_forms
from negsim.teaching.playing.choosing import arises, broken_rules, order_of_asking, read_choice
from tests.teaching.playing.games import SALE, mill

PAID = Issue("paid", "Paid", IssueKind.CATEGORICAL, ("now", "in_a_year", "2"), ("Now", "In a year", "In two"))
PRICE = Issue(
    "price",
    "Price",
    IssueKind.NUMERIC,
    ("0", "2.5", "5"),
    ("0 €", "2.5 €", "5 €"),
    (Fraction(0), Fraction(5, 2), Fraction(5)),
    "€",
)


@pytest.mark.parametrize(
    ("text", "choice"), [("now", 0), ("NOW", 0), (" in  a year ", 1), ("in_a_year", 1), ("1", 0), ("3", 2), ("2", 2)]
)
def test_an_option_is_meant_by_its_id_its_title_or_its_number_in_that_order(text: str, choice: int) -> None:
    assert read_choice(PAID, text) == choice


@pytest.mark.parametrize(
    ("text", "choice"), [("2.5", 1), ("2.50", 1), ("2,5", 1), ("2,50 €", 1), ("+5", 2), ("5€", 2), ("5 €", 2), ("0", 0)]
)
def test_a_level_is_meant_by_its_number_with_its_unit_or_without(text: str, choice: int) -> None:
    assert read_choice(PRICE, text) == choice


@pytest.mark.parametrize(
    ("issue", "text", "said"),
    [
        (PAID, "nwo", "did you mean 'now'"),
        (PAID, "4", "type its number, 1 to 3"),
        (PAID, "0", "type its number"),
        (PRICE, "3", "the nearest to 3 is 2.5"),
        (PRICE, "1e9", "the nearest to 1e9 is 5"),
        (PRICE, "lots", "is a number from 0 to 5, not 'lots'"),
        (PRICE, "1/0", "is a number"),
        (PRICE, "5/2", "is a number from 0 to 5, not '5/2'"),
        (PRICE, "0_5", "is a number"),
        (PRICE, "1e6000000", "is a number"),
        (PRICE, "9" * 5000, "is a number"),
        (PAID, "9" * 5000, "type its number, 1 to 3"),
        (PAID, "²", "type its number"),
        (PRICE, "", "is a number"),
    ],
)
def test_what_is_no_option_is_told_with_the_nearest(issue: Issue, text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_choice(issue, text)
    assert said in str(caught.value)


def test_an_issue_is_asked_for_after_those_that_decide_whether_it_arises() -> None:
    scenario = mill()
    turned = scenario.__class__(
        **{name: getattr(scenario, name) for name in scenario.__dataclass_fields__} | {"issues": scenario.issues[::-1]}
    )
    assert [issue.id for issue in order_of_asking(turned)] == ["repairs", "pledge", "price"]
    pledge = scenario.issues[2]
    assert arises(scenario, pledge, {"repairs": 1})
    assert not arises(scenario, pledge, {"repairs": 0})
    assert arises(scenario, scenario.issues[0], {})


def test_a_rule_is_broken_as_soon_as_its_issues_are_chosen() -> None:
    scenario = mill()
    assert broken_rules(scenario, {"price": 0}) == ()
    assert [rule.id for rule in broken_rules(scenario, {"price": 0, "repairs": 1})] == ["paid"]
    assert broken_rules(scenario, {"price": 1, "repairs": 1}) == ()


@pytest.mark.parametrize("said", ["2,5", "2.50 €", "5/2", "0_5", "1e6000000", "1e0", "−0", "+5", "five", ""])
def test_a_level_is_read_at_the_prompt_as_it_is_on_a_form(said: str) -> None:
    scenario = loads(SALE.replace("step: 1, unit: euros", "step: 0.5, unit: €"))
    issue = scenario.issues[0]
    forms = read_forms(f"group;price\nA;{said}\n", scenario, compile_structure(scenario))
    try:
        choice = read_choice(issue, said)
    except UsageError:
        assert not forms.good
        return
    assert [form.deal for form in forms.good] == [{"price": choice}]
