"""The untyped tree checked against the issues: every name resolved, every type judged, every flaw collected."""

from __future__ import annotations

from negsim.scenario.conditions.findings import Findings, report_strangers, report_unknown_issue
from negsim.scenario.conditions.flaws import quote
from negsim.scenario.conditions.names import IssueNames
from negsim.scenario.conditions.numbers import compare_numbers, read_terms
from negsim.scenario.conditions.options import choose, compare_with_option
from negsim.scenario.conditions.syntax import COMPARISONS, Expression, Infix, Number, Prefix, Word
from negsim.scenario.conditions.tree import IRRELEVANT, And, Iff, Implies, Node, Not, Or

__all__ = ["check"]

_CONNECTIVES: dict[str, type[And | Or | Implies | Iff]] = {"and": And, "or": Or, "implies": Implies, "iff": Iff}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def check(findings: Findings, expression: Expression) -> Node | None:
    """Type an expression that must be a condition; None where something in it is wrong, which is then reported."""
    match expression:
        case Prefix(operator="not"):
            item = check(findings, expression.item)
            return None if item is None else Not(item)
        case Infix(operator=operator) if operator in _CONNECTIVES:
            left, right = check(findings, expression.left), check(findings, expression.right)
            return None if left is None or right is None else _CONNECTIVES[operator](left, right)
        case Infix(operator="in"):
            return choose(findings, expression)
        case Infix(operator=operator) if operator in COMPARISONS:
            return _compare(findings, expression)
    _refuse(findings, expression)
    return None


def _refuse(findings: Findings, expression: Expression) -> None:
    """Report something that is no condition: an issue, an option or a number by itself."""
    if isinstance(expression, Word):
        issue = findings.peek(expression)
        if issue is None:
            report_unknown_issue(findings, expression)
            return
        example = f"{issue.id} >= 1" if issue.numeric or not issue.options else f"{issue.id} == {issue.options[0]}"
        findings.report("NS304", f"{issue.id} is an issue, not a condition", expression, f"compare it: {example}")
    elif isinstance(expression, Number) or read_terms(findings, expression) is not None:
        message = f"{findings.source(expression)} is a number, not a condition"
        findings.report("NS304", message, expression, "compare it with something")


def _compare(findings: Findings, infix: Infix) -> Node | None:
    """Find out what is compared: an issue with an option, or two numbers."""
    left, right = infix.left, infix.right
    left_issue, right_issue = findings.peek(left), findings.peek(right)
    if left_issue is not None and not left_issue.numeric:
        if right_issue is None or findings.names.position(left_issue, right_issue.id) is not None:
            return compare_with_option(findings, left_issue, infix)
        message = f"{left_issue.id} and {right_issue.id} cannot be compared: {left_issue.id} has options, not numbers"
        findings.report("NS304", message, infix, "compare each with one of its own options")
        return None
    if left_issue is not None and right_issue is None and isinstance(right, Word):
        return compare_with_option(findings, left_issue, infix)
    if left_issue is None and isinstance(left, Word):
        if right_issue is not None:
            _refuse_order(findings, left, right_issue, infix)
            return None
        if isinstance(right, Word):
            report_unknown_issue(findings, left)
            report_strangers(findings, right)
            return None
    return compare_numbers(findings, infix)


def _refuse_order(findings: Findings, left: Word, issue: IssueNames, infix: Infix) -> None:
    """Report a comparison whose issue stands on the right."""
    if left.text == IRRELEVANT or findings.names.position(issue, left.text) is not None:
        operator = _MIRRORED.get(infix.operator, infix.operator)
        message = f"{quote(left.text)} stands before {issue.id}, and an issue must come first"
        findings.report("NS304", message, infix, f"write {issue.id} {operator} {left.text}")
    else:
        report_unknown_issue(findings, left, issue.options if not issue.numeric else ())
