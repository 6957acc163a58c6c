"""Comparisons that choose among the options of one issue."""

from __future__ import annotations

from negsim.scenario.conditions.findings import Findings, report_strangers, report_unknown_issue
from negsim.scenario.conditions.flaws import list_known, quote, suggest, write_number
from negsim.scenario.conditions.names import IssueNames
from negsim.scenario.conditions.numbers import find_level, is_constant
from negsim.scenario.conditions.syntax import Choices, Expression, Infix, Word
from negsim.scenario.conditions.tree import IRRELEVANT, OptionIn
from negsim.scenario.words import nearest

__all__ = ["choose", "compare_with_option"]

_LONGEST_LIST = 8


def choose(findings: Findings, infix: Infix) -> OptionIn | None:
    """Check ``issue in a | b``."""
    issue = findings.peek(infix.left)
    assert isinstance(infix.right, Choices)  # the parser puts nothing else after in
    if issue is None:
        _report_no_issue(findings, infix.left)
        for item in infix.right.items:
            report_strangers(findings, item)
        return None
    findings.use(issue)
    chosen = [_find_choice(findings, issue, item) for item in infix.right.items]
    indices = {index for index in chosen if index is not None}
    return None if None in chosen else OptionIn(issue.id, tuple(sorted(indices)))


def _report_no_issue(findings: Findings, left: Expression) -> None:
    if isinstance(left, Word):
        report_unknown_issue(findings, left)
        return
    report_strangers(findings, left)
    message = f"{findings.source(left)} is no issue, and in needs one on its left"
    help_ = "write in between an issue and its options" if is_constant(left) else "compare by == and join by or"
    findings.report("NS304", message, left, help_)


def compare_with_option(findings: Findings, issue: IssueNames, infix: Infix) -> OptionIn | None:
    """Check ``issue == option`` or, on an issue with an order, ``issue < option``."""
    findings.use(issue)
    index = _find_choice(findings, issue, infix.right)
    if infix.operator in ("==", "!="):
        if index is None:
            return None
        equal = infix.operator == "=="
        return OptionIn(issue.id, tuple(i for i in range(issue.n_choices) if (i == index) == equal))
    if issue.kind == "categorical":
        message = f"{quote(infix.operator)} needs an order, and the options of {issue.id} have none"
        findings.report("NS305", message, infix, "write ==, != or in")
        return None
    if issue.conditional:
        _refuse_irrelevant(findings, issue, infix, index)
        return None
    return None if index is None else OptionIn(issue.id, _in_order(infix.operator, index, len(issue.options)))


def _in_order(operator: str, index: int, n_options: int) -> tuple[int, ...]:
    """List the options that stand in this order to the one at ``index``."""
    low, high = {
        "<": (0, index),
        "<=": (0, index + 1),
        ">": (index + 1, n_options),
        ">=": (index, n_options),
    }[operator]
    return tuple(range(low, high))


def _refuse_irrelevant(findings: Findings, issue: IssueNames, infix: Infix, index: int | None) -> None:
    message = f"{issue.id} may be irrelevant, so {quote(infix.operator)} does not always mean something"
    help_ = "write ==, != or in"
    if index is not None and index < len(issue.options) and not issue.numeric:
        meant = _in_order(infix.operator, index, len(issue.options))
        if 0 < len(meant) <= _LONGEST_LIST:
            help_ = f"write {issue.id} in {' | '.join(issue.options[i] for i in meant)}"
    findings.report("NS305", message, infix, help_)


def _find_choice(findings: Findings, issue: IssueNames, item: Expression) -> int | None:
    """Find the index of the option or level that an expression means."""
    if isinstance(item, Word) and not (issue.numeric and findings.peek(item)):
        return _find_option(findings, issue, item)
    if issue.numeric:
        return find_level(findings, issue, item)
    report_strangers(findings, item)
    message = f"{issue.id} has options, and {findings.source(item)} is none"
    findings.report("NS304", message, item, list_known(issue.options))
    return None


def _find_option(findings: Findings, issue: IssueNames, word: Word) -> int | None:
    text = word.text
    if text == IRRELEVANT and issue.conditional:
        return issue.irrelevant
    index = None if issue.numeric else findings.names.position(issue, text)
    if index is not None:
        return index
    findings.report("NS301", f"{issue.id} has no option {quote(text)}", word, _help_with_option(findings, issue, text))
    return None


def _help_with_option(findings: Findings, issue: IssueNames, text: str) -> str:
    if text == IRRELEVANT:
        return f"{issue.id} has no 'when', so it is always relevant"
    if issue.numeric:
        example = write_number(issue.levels[0]) if issue.levels else "a number"
        return f"{issue.id} is numeric: compare it with a number such as {example}"
    if not findings.names.may_compare(len(issue.options)):
        return ""
    if not nearest(text, issue.options):
        owners = findings.names.owners(text)
        if owners:
            return f"{quote(text)} is an option of {', '.join(owners)}"
        if text in findings.names.issues:
            return f"{text} is an issue; {list_known(issue.options)}"
    return suggest(text, issue.options)
