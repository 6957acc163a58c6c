"""Where conditions hold, against a scalar reading of the same conditions made beside their text."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsim.model.conditions import truth, truth_on
from negsim.scenario.conditions import Condition, IssueNames, parse_condition
from negsim.scenario.conditions.tree import Polynomial, Term
from negsim.scenario.types import Issue, IssueKind
from tests.fuzz.condition_soup import condition_texts
from tests.scenario.conditions.sample import ISSUES, NAMES, parsed

Outcome = Mapping[str, "str | Fraction"]
AXES = tuple(issue.id for issue in ISSUES)
COMPARE = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
CONNECT: dict[str, tuple[int, Callable[[bool, bool], bool]]] = {
    "iff": (1, lambda a, b: a == b),
    "implies": (2, lambda a, b: b if a else True),
    "or": (3, lambda a, b: a or b),
    "and": (4, lambda a, b: a and b),
}
CALCULATE = {"+": (7, operator.add), "-": (7, operator.sub), "*": (8, operator.mul)}
FREE_NUMERIC = ("years", "aid")


def choices_of(issue: Issue) -> list[str | Fraction]:
    options: list[str | Fraction] = [*(issue.levels or issue.options)]
    return options + ["irrelevant"] * (issue.when is not None)


SHAPE = tuple(len(choices_of(issue)) for issue in ISSUES)


@dataclass(frozen=True)
class Said:
    """A piece of a condition, how tightly it binds, what it means and the issues it names."""

    text: str
    power: int
    means: Callable[[Outcome], Any]
    names: frozenset[str]

    def within(self, power: int) -> str:
        return self.text if self.power >= power else f"({self.text})"


def exact(text: str) -> Fraction:
    return Fraction(text)


numbers = st.sampled_from(["0", "1", "2", "3.5", "0.1", "0.30", "10", "1000007"])


@st.composite
def calculations(draw: st.DrawFn, depth: int) -> Said:
    kind = draw(
        st.sampled_from(["number", "issue"] if depth == 0 else ["number", "issue", "+", "-", "*", "/", "minus"])
    )
    if kind == "number":
        text = draw(numbers)
        return Said(text, 10, lambda _: exact(text), frozenset())
    if kind == "issue":
        name = draw(st.sampled_from(FREE_NUMERIC))
        return Said(name, 10, lambda outcome: outcome[name], frozenset({name}))
    left = draw(calculations(depth - 1))
    if kind == "minus":
        return Said(f"-{left.within(9)}", 9, lambda outcome: -left.means(outcome), left.names)
    if kind == "/":
        divisor = draw(st.sampled_from(["2", "0.3", "7"]))
        return Said(
            f"{left.within(8)} / {divisor}", 8, lambda outcome: left.means(outcome) / exact(divisor), left.names
        )
    right = draw(calculations(depth - 1))
    power, calculate = CALCULATE[kind]
    text = f"{left.within(power)} {kind} {right.within(power + 1)}"
    return Said(text, power, lambda o: calculate(left.means(o), right.means(o)), left.names | right.names)


@st.composite
def number_comparisons(draw: st.DrawFn) -> Said:
    left, right = draw(calculations(2)), draw(calculations(1))
    # An issue by itself beside == must meet a level of its scale; the sum with another issue need not.
    name = draw(st.sampled_from(FREE_NUMERIC))
    sum_text = f"{name} + {left.within(8)}"
    sign = draw(st.sampled_from(sorted(COMPARE)))
    return Said(
        f"{sum_text} {sign} {right.within(7)}",
        6,
        lambda outcome: COMPARE[sign](outcome[name] + left.means(outcome), right.means(outcome)),
        left.names | right.names | {name},
    )


@st.composite
def option_comparisons(draw: st.DrawFn) -> Said:
    issue = draw(st.sampled_from(ISSUES))
    choices = choices_of(issue)
    written = [*issue.options, "irrelevant"][: len(choices)]
    ordered = issue.kind is IssueKind.ORDERED and issue.when is None
    sign = draw(st.sampled_from(["in", "==", "!=", *(["<", "<=", ">", ">="] if ordered else [])]))
    names = frozenset({issue.id})
    if sign == "in":
        chosen = draw(st.lists(st.integers(0, len(choices) - 1), min_size=1, max_size=3))
        text = f"{issue.id} in {' | '.join(written[index] for index in chosen)}"
        return Said(text, 6, lambda outcome: outcome[issue.id] in [choices[index] for index in chosen], names)
    index = draw(st.integers(0, len(choices) - 1))
    text = f"{issue.id} {sign} {written[index]}"
    return Said(text, 6, lambda outcome: COMPARE[sign](choices.index(outcome[issue.id]), index), names)


@st.composite
def conditions(draw: st.DrawFn, depth: int = 2) -> Said:
    """Make a condition with as few brackets as its precedence allows, and now and then one too many."""
    kind = draw(st.sampled_from(["leaf", "not", *CONNECT])) if depth else "leaf"
    if kind == "leaf":
        return draw(st.one_of(number_comparisons(), option_comparisons()))
    left = draw(conditions(depth - 1))
    if kind == "not":
        return Said(f"not {left.within(5)}", 5, lambda outcome: not left.means(outcome), left.names)
    right = draw(conditions(depth - 1))
    power, connect = CONNECT[kind]
    right_associative = kind == "implies"
    before, after = left.within(power + right_associative), right.within(power + (not right_associative))
    if draw(st.booleans()):
        before = f"({before})"
    return Said(
        f"{before} {kind} {after}", power, lambda o: connect(left.means(o), right.means(o)), left.names | right.names
    )


def agrees(text: str, means: Callable[[Outcome], object]) -> bool:
    """Compare on every combination of the issues named; `means` fails if it asks for another."""
    condition = parsed(text)
    named = [issue for issue in ISSUES if issue.id in condition.issues]
    combinations = product(*map(choices_of, named))
    expected = [bool(means(dict(zip(condition.issues, choice, strict=True)))) for choice in combinations]
    return truth(condition, ISSUES).reshape(-1).tolist() == expected


@settings(max_examples=150, deadline=None)
@given(conditions())
def test_truth_agrees_with_a_scalar_reading_on_every_outcome(said):
    assert set(parsed(said.text).issues) == said.names
    assert agrees(said.text, said.means)


@pytest.mark.parametrize(
    ("text", "misread"),
    [
        ("years > 5 implies force == us", lambda o: o["years"] > 5 or o["force"] == "us"),
        ("years > 5 or aid > 0 and force == us", lambda o: (o["years"] > 5 or o["aid"] > 0) and o["force"] == "us"),
        ("years >= 5", lambda o: o["years"] > 5),
        ("force != us", lambda o: o["force"] in ("nobody", "un")),
    ],
)
def test_a_misreading_does_not_agree(text, misread):
    assert not agrees(text, misread)


@settings(max_examples=100, deadline=None)
@given(conditions(), st.permutations(AXES))
def test_axes_in_any_order_hold_the_same_truth(said, axes):
    condition = parsed(said.text)
    own = truth(condition, ISSUES)
    assert own.shape == tuple(SHAPE[AXES.index(issue)] for issue in condition.issues)
    spread = truth_on(condition, ISSUES, axes)
    assert spread.shape == tuple(SHAPE[AXES.index(issue)] if issue in condition.issues else 1 for issue in axes)
    in_declared_order = np.transpose(spread, [axes.index(issue) for issue in AXES])
    assert np.array_equal(in_declared_order.reshape(own.shape), own)


def numeric(name: str, *levels: Fraction) -> tuple[Issue, IssueNames]:
    options = tuple(map(str, levels))
    issue = Issue(name, name, IssueKind.NUMERIC, options, options, levels)
    return issue, IssueNames(name, "numeric", options, levels)


def test_three_tenths_is_three_times_a_tenth():
    issue, names = numeric("x", Fraction(1, 10), Fraction(2, 10), Fraction(3, 10))
    assert 0.1 * 3 > 0.3  # in floating point
    assert truth(parsed("x * 3 <= 0.3", (names,)), [issue]).tolist() == [True, False, False]
    assert truth(parsed("x + 0.1 * 3 - 0.3 == x", (names,)), [issue]).tolist() == [True, True, True]
    assert truth(parsed("x / 3 * 3 - 0.3 == 0", (names,)), [issue]).tolist() == [False, False, True]


@pytest.mark.parametrize("digits", [9, 18, 19, 40, 200])
def test_sums_too_large_for_64_bits_stay_exact(digits):
    issue, names = numeric("x", Fraction(-1), Fraction(0), Fraction(1))
    large = "9" * digits
    assert truth(parsed(f"{large} * x + {large} > 0", (names,)), [issue]).tolist() == [False, True, True]
    assert truth(parsed(f"{large} * x * x + x >= {large}", (names,)), [issue]).tolist() == [False, False, True]


@pytest.mark.parametrize("largest", [2**31, 2**32, 3_037_000_499, 3_037_000_500, 2**62])
def test_products_of_large_levels_do_not_overflow(largest):
    # 3,037,000,499 is the largest integer whose square is below 2**63.
    x, x_names = numeric("x", Fraction(0), Fraction(largest))
    y, y_names = numeric("y", Fraction(0), Fraction(largest))
    holds = truth(parsed("x * y > 0", (x_names, y_names)), [x, y])
    assert holds.tolist() == [[False, False], [False, True]]


def test_a_zero_level_does_not_hide_the_size_of_a_partial_product():
    x, x_names = numeric("x", Fraction(2**40))
    y, y_names = numeric("y", Fraction(0))
    assert truth(parsed(f"{2**40} * x * y + x >= 1", (x_names, y_names)), [x, y]).tolist() == [[True]]


def test_levels_of_different_fineness_share_one_denominator():
    x, x_names = numeric("x", Fraction(1, 3), Fraction(2, 7))
    y, y_names = numeric("y", Fraction(1, 4), Fraction(5, 6))
    holds = truth(parsed("3 * x + 4 * y == 2", (x_names, y_names)), [x, y])
    assert holds.tolist() == [[True, False], [False, False]]


def test_an_unequal_condition_holds_where_the_issue_is_irrelevant():
    assert truth(parsed("force != us"), ISSUES).tolist() == [True, True, False, True]
    assert truth(parsed("term != 1"), ISSUES).tolist() == [False, True, True]


def test_an_issue_that_cancels_keeps_its_axis():
    assert truth(parsed("years - years == 0"), ISSUES).tolist() == [True, True, True]


def test_the_axes_must_hold_every_issue_of_the_condition():
    with pytest.raises(ValueError, match="names years, which is not among the axes region, aid"):
        truth_on(parsed("years > 1"), ISSUES, ("region", "aid"))


def test_a_polynomial_of_an_issue_that_may_be_irrelevant_is_refused():
    by_hand = Condition("term > 0", Polynomial(">", (Term(Fraction(1), ("term",)),)), ("term",))
    with pytest.raises(ValueError, match="term may be irrelevant"):
        truth(by_hand, ISSUES)


def test_the_result_may_be_written_to():
    holds = truth_on(parsed("years > 1"), ISSUES, AXES)
    holds[...] = False
    assert not np.any(holds)


def test_every_condition_of_the_soup_can_be_evaluated():
    accepted = [
        found for text in condition_texts(400, 7, NAMES) if isinstance(found := parse_condition(text, NAMES), Condition)
    ]
    for condition in accepted:
        assert truth(condition, ISSUES).ndim == len(condition.issues)
    assert len(accepted) > 50
