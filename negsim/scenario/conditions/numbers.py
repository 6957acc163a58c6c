"""Arithmetic and comparisons of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import cast

from negsim.scenario.conditions.arithmetic import (
    Terms,
    add,
    as_constant,
    constant,
    degree,
    level_of,
    multiply,
    polynomial,
    scale,
)
from negsim.scenario.conditions.findings import Findings, leaves, report_strangers, report_unknown_issue
from negsim.scenario.conditions.flaws import cut, list_some, quote, write_number
from negsim.scenario.conditions.names import IssueNames
from negsim.scenario.conditions.syntax import Expression, Infix, Number, Prefix, Word
from negsim.scenario.conditions.tree import Node, OptionIn, Sign

__all__ = ["compare_numbers", "find_level", "is_constant", "read_terms"]

MAX_DEGREE = 4
MAX_PRODUCTS = 200
_MINUS_ONE = Fraction(-1)


def read_terms(findings: Findings, expression: Expression) -> Terms | None:
    """Read arithmetic as a polynomial; None where something in it is wrong, which is then reported."""
    match expression:
        case Number():
            return constant(expression.value)
        case Word():
            return _read_issue(findings, expression)
        case Prefix(operator="-"):
            terms = read_terms(findings, expression.item)
            return None if terms is None else scale(terms, _MINUS_ONE)
        case Infix(operator="+" | "-" | "*" | "/"):
            return _calculate(findings, expression)
    report_strangers(findings, expression)
    message = f"{findings.source(expression)} is a condition, not a number"
    findings.report("NS304", message, expression, "conditions are joined by and, or, implies, iff")
    return None


def _read_issue(findings: Findings, word: Word) -> Terms | None:
    issue = findings.peek(word)
    if issue is None:
        report_unknown_issue(findings, word)
        return None
    findings.use(issue)
    if issue.numeric:
        return level_of(issue.id)
    example = f"compare it with one: {issue.id} == {issue.options[0]}" if issue.options else ""
    findings.report("NS304", f"{issue.id} is {issue.kind}: its options are not numbers", word, example)
    return None


def _calculate(findings: Findings, infix: Infix) -> Terms | None:
    left, right = read_terms(findings, infix.left), read_terms(findings, infix.right)
    if infix.operator == "/" and right is not None and not _may_divide(findings, infix.right, right):
        return None
    if left is None or right is None:
        return None
    if infix.operator == "/":
        return scale(left, 1 / as_constant(right))
    if infix.operator != "*":
        return add(left, right if infix.operator == "+" else scale(right, _MINUS_ONE))
    if degree(left) + degree(right) > MAX_DEGREE:
        message = f"{findings.source(infix)} multiplies more than {MAX_DEGREE} issues together"
        findings.report("NS306", message, infix, f"{MAX_DEGREE} is the most")
        return None
    if len(left) * len(right) > MAX_PRODUCTS:
        message = f"{findings.source(infix)} multiplies out to more than {MAX_PRODUCTS} terms"
        findings.report("NS306", message, infix, "multiply shorter sums")
        return None
    return multiply(left, right)


def _may_divide(findings: Findings, divisor: Expression, terms: Terms) -> bool:
    if not is_constant(divisor):
        message = f"{findings.source(divisor)} holds an issue, and only numbers may divide"
        findings.report("NS309", message, divisor, "multiply the other side by it instead")
        return False
    if not as_constant(terms):
        message = f"{findings.source(divisor)} is zero, and nothing can be divided by it"
        findings.report("NS309", message, divisor, "divide by another number")
        return False
    return True


def is_constant(expression: Expression) -> bool:
    """Tell whether an expression names nothing."""
    return not any(isinstance(leaf, Word) for leaf in leaves(expression))


def compare_numbers(findings: Findings, infix: Infix) -> Node | None:
    """Check a comparison of two numbers, of which at least one depends on an issue."""
    left, right = read_terms(findings, infix.left), read_terms(findings, infix.right)
    if left is None or right is None:
        return None
    words = [leaf for leaf in leaves(infix) if isinstance(leaf, Word)]
    issues = [findings.names.issues[word.text] for word in words]
    if not issues:
        findings.report("NS304", f"{findings.source(infix)} compares no issue", infix, "a condition compares issues")
        return None
    _check_units(findings, infix, issues)
    if infix.operator in ("==", "!="):
        for side, other in ((infix.left, infix.right), (infix.right, infix.left)):
            issue = findings.peek(side)
            if issue is not None and is_constant(other):
                value = as_constant(right if side is infix.left else left)
                return _choose_level(findings, infix.operator, issue, value, other)
    _refuse_conditional(findings, words)
    return polynomial(add(left, scale(right, _MINUS_ONE)), cast("Sign", infix.operator))


def _choose_level(
    findings: Findings, operator: str, issue: IssueNames, value: Fraction, at: Expression
) -> OptionIn | None:
    index = _index_of(findings, issue, value, at)
    if index is None:
        return None
    equal = operator == "=="
    return OptionIn(issue.id, tuple(i for i in range(issue.n_choices) if (i == index) == equal))


def _refuse_conditional(findings: Findings, words: Sequence[Word]) -> None:
    for word in words:
        issue = findings.names.issues[word.text]
        if issue.conditional:
            message = f"{issue.id} may be irrelevant, so it is not always a number"
            findings.report("NS305", message, word, f"it may stand alone before ==, != or in: {_example(issue)}")


def _example(issue: IssueNames) -> str:
    levels = " | ".join(write_number(level) for level in issue.levels[:2])
    return f"{issue.id} in {levels}"


def find_level(findings: Findings, issue: IssueNames, item: Expression) -> int | None:
    """Find the level that a constant expression means."""
    terms = read_terms(findings, item)
    if terms is None:
        return None
    if not is_constant(item):
        message = f"{findings.source(item)} is no number, and in chooses among numbers for {issue.id}"
        findings.report("NS304", message, item, "compare two issues by ==")
        return None
    _check_units(findings, item, [issue])
    return _index_of(findings, issue, as_constant(terms), item)


def _index_of(findings: Findings, issue: IssueNames, value: Fraction, at: Expression) -> int | None:
    index = issue.find_level(value)
    if index is None:
        near = " and ".join(write_number(level) for level in issue.levels_around(value))
        message = f"{issue.id} has no level {cut(write_number(value))}"
        findings.report("NS307", message, at, f"the nearest on its scale: {near}" if near else "")
    return index


def _check_units(findings: Findings, expression: Expression, issues: Sequence[IssueNames]) -> None:
    """Report a unit written after a number that no issue in the same comparison has."""
    units = {" ".join(issue.unit.split()): issue for issue in issues if issue.unit.strip()}
    for leaf in leaves(expression):
        if not isinstance(leaf, Number) or leaf.unit is None or leaf.unit.text in units:
            continue
        compared = list_some(dict.fromkeys(issue.id for issue in issues))
        if units:
            verb = "are" if "," in compared else "is"
            message = f"{compared} {verb} in {list_some(units)}, not in {quote(leaf.unit.text)}"
            findings.report("NS308", message, leaf.unit, findings.suggest(leaf.unit.text, units))
        else:
            message = f"{compared}: no unit is declared, but {quote(leaf.unit.text)} is written"
            findings.report("NS308", message, leaf.unit, "write the number alone")
