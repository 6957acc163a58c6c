"""What conditions mean: precedence, the two kinds of leaf, exact numbers, units, limits."""

from fractions import Fraction

import pytest

from negsim.scenario.conditions import Condition, parse_condition
from negsim.scenario.conditions.tree import Node, OptionIn, Polynomial, Term
from tests.scenario.conditions.sample import NAMES, flaws_of, parsed


def root(text: str) -> Node:
    return parsed(text).root


@pytest.mark.parametrize(
    ("text", "bracketed"),
    [
        ("A iff B implies C", "A iff (B implies C)"),
        ("A implies B iff C", "(A implies B) iff C"),
        ("A iff B iff C", "(A iff B) iff C"),
        ("A implies B implies C", "A implies (B implies C)"),
        ("A or B implies C", "(A or B) implies C"),
        ("A implies B or C", "A implies (B or C)"),
        ("A and B or C and A", "(A and B) or (C and A)"),
        ("A or B and C or A", "(A or (B and C)) or A"),
        ("not A and B", "(not A) and B"),
        ("not A implies not B", "(not A) implies (not B)"),
        ("not years > 5", "not (years > 5)"),
        ("not region in line | zone and A", "(not (region in line | zone)) and A"),
        ("years + 5 < aid * 2", "(years + 5) < (aid * 2)"),
        ("years - 5 - aid > 0", "((years - 5) - aid) > 0"),
        ("years - 2 * aid / 4 > 0", "(years - ((2 * aid) / 4)) > 0"),
        ("-years * aid > 0", "((-years) * aid) > 0"),
        ("years - -aid > 0", "(years - (-aid)) > 0"),
        ("A", "((A))"),
    ],
)
def test_operators_bind_as_their_table_says(text, bracketed):
    for name, meaning in (("A", "force == us"), ("B", "years >= 5"), ("C", "aid == 0.1")):
        text, bracketed = text.replace(name, meaning), bracketed.replace(name, f"({meaning})")
    assert root(text) == root(bracketed)


def test_connectives_that_bind_otherwise_would_give_another_tree():
    a, b, c = "force == us", "years >= 5", "aid == 0.1"
    assert root(f"{a} implies {b} implies {c}") != root(f"({a} implies {b}) implies {c}")
    assert root(f"{a} or {b} and {c}") != root(f"({a} or {b}) and {c}")


@pytest.mark.parametrize(
    ("text", "issue", "choices"),
    [
        ("region == zone", "region", (1,)),
        ("region != zone", "region", (0, 2, 3)),
        ("region < part", "region", (0, 1)),
        ("region <= part", "region", (0, 1, 2)),
        ("region > part", "region", (3,)),
        ("region >= part", "region", (2, 3)),
        ("region < line", "region", ()),
        ("region in full | line | full", "region", (0, 3)),
        ("force == irrelevant", "force", (3,)),
        ("force != us", "force", (0, 1, 3)),
        ("force in us | irrelevant", "force", (2, 3)),
        ("years == 5", "years", (1,)),
        ("5 == years", "years", (1,)),
        ("years != 5.0 years", "years", (0, 2)),
        ("years in 10 | 0", "years", (0, 2)),
        ("years == 2 * 5", "years", (2,)),
        ("aid == -0.5", "aid", (0,)),
        ("aid in -1/2 | 3/10 EUR bn", "aid", (0, 2)),
        ("term == 2.5", "term", (1,)),
        ("term != 2.5", "term", (0, 2)),
        ("term == irrelevant", "term", (2,)),
        ("(term) in 1 | irrelevant", "term", (0, 2)),
    ],
)
def test_a_comparison_with_options_is_the_set_of_their_indices(text, issue, choices):
    assert root(text) == OptionIn(issue, choices)


@pytest.mark.parametrize(
    ("text", "sign", "terms"),
    [
        ("years >= 5", ">=", {(): -5, ("years",): 1}),
        ("5 years < years", "<", {(): 5, ("years",): -1}),
        ("years == aid", "==", {("aid",): -1, ("years",): 1}),
        ("2 * years - years > years - 3", ">", {(): 3}),
        ("years * (aid + 1) <= aid * years", "<=", {("years",): 1}),
        ("(years - aid) * (years + aid) > 0", ">", {("aid", "aid"): -1, ("years", "years"): 1}),
        ("years / 4 + 0.1 > 0", ">", {(): Fraction(1, 10), ("years",): Fraction(1, 4)}),
        ("years - years == 0", "==", {}),
        ("years + 0 == 5", "==", {(): -5, ("years",): 1}),
    ],
)
def test_a_comparison_of_numbers_is_one_polynomial_against_zero(text, sign, terms):
    assert root(text) == Polynomial(sign, tuple(Term(Fraction(c), issues) for issues, c in terms.items()))


def test_the_way_a_polynomial_is_written_does_not_change_it():
    assert root("aid * years + years + 1 > aid") == root("1 + years * aid - (aid - years) > 0")


def test_issues_are_named_once_in_declared_order_even_where_they_cancel():
    assert parsed("aid > 0 and region == full and aid < 2 * years").issues == ("region", "years", "aid")
    assert parsed("years - years >= aid").issues == ("years", "aid")


def test_numbers_are_exact_where_floating_point_is_not():
    assert 0.1 * 3 > 0.3
    assert root("0.1 * 3 <= 0.3 + 0 * aid") == Polynomial("<=", ())
    assert root("aid == 0.1 * 3") == OptionIn("aid", (2,))


def test_a_unit_of_any_issue_in_the_comparison_may_follow_a_number():
    assert root("years + aid >= 5 years + 1 EUR bn") == root("years + aid >= 6")


def test_line_breaks_and_tabs_are_blanks():
    assert root("years >= 5\n\tand\r\n region == full") == root("years>=5 and region==full")


def code_of(text: str) -> list[str]:
    found = parse_condition(text, NAMES)
    return [] if isinstance(found, Condition) else [flaw.code for flaw in found]


def test_five_hundred_characters_are_the_most():
    text = "years >= 5".ljust(500)
    assert code_of(text) == []
    assert code_of(text + " ") == ["NS306"]


def test_a_hundred_and_twenty_tokens_are_the_most():
    chain = " or ".join(["aid>1"] * 30)
    assert code_of(f"-{chain}") == []
    assert code_of(f"- -{chain}") == ["NS306"]
    [flaw] = flaws_of(f"- -{chain}")
    assert f"- -{chain}"[flaw.start :] == "1"


@pytest.mark.parametrize(("opening", "closing"), [("(", ")"), ("not ", ""), ("not (", ")")])
def test_brackets_and_nots_nest_twenty_deep_at_most(opening, closing):
    deep = 20 // (len(opening.split(" ")) if "(" in opening else 1)
    assert code_of(opening * deep + "aid > 1" + closing * deep) == []
    assert code_of(opening * (deep + 1) + "aid > 1" + closing * (deep + 1)) == ["NS306"]


def test_minus_signs_count_as_depth():
    assert code_of("-" * 20 + "aid > 1") == []
    assert code_of("-" * 21 + "aid > 1") == ["NS306"]


def test_four_issues_may_be_multiplied():
    assert code_of("aid * aid * years * years > 1") == []
    assert code_of("(aid * years) * (aid * years) * aid > 1") == ["NS306"]
