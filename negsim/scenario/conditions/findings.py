"""What checking a condition has found so far, and the flaws that every part of the check may report."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from negsim.scenario.conditions.flaws import Flaw, quote, suggest
from negsim.scenario.conditions.names import IssueNames, Names
from negsim.scenario.conditions.syntax import Choices, Expression, Infix, Number, Prefix, Word
from negsim.scenario.conditions.tree import IRRELEVANT

__all__ = ["Findings", "leaves", "report_strangers", "report_unknown_issue"]

_CONSTANTS = ("true", "false", "null", "any")


class Findings:
    """The flaws of a condition and the issues it names."""

    def __init__(self, text: str, names: Names) -> None:
        self.text = text
        self.names = names
        self.flaws: list[Flaw] = []
        self.named: set[str] = set()

    def report(self, code: str, message: str, at: Expression, help_: str = "") -> None:
        """Add a flaw at an expression."""
        self.flaws.append(Flaw(code, message, at.start, at.end - at.start, help_))

    def peek(self, expression: Expression) -> IssueNames | None:
        """Give the issue that an expression is the name of."""
        return self.names.issues.get(expression.text) if isinstance(expression, Word) else None

    def use(self, issue: IssueNames) -> None:
        """Remember that the condition names an issue."""
        self.named.add(issue.id)

    def suggest(self, word: str, *known: Collection[str]) -> str:
        """Word the help for an unknown name, unless too many were looked up already."""
        return suggest(word, tuple(chain(*known))) if self.names.may_compare(sum(map(len, known))) else ""

    def source(self, expression: Expression) -> str:
        """Quote an expression as it was written."""
        return quote(self.text[expression.start : expression.end])


def leaves(expression: Expression) -> Iterator[Word | Number]:
    """Give the names and numbers of an expression from left to right."""
    match expression:
        case Word() | Number():
            yield expression
        case Prefix():
            yield from leaves(expression.item)
        case Infix():
            yield from leaves(expression.left)
            yield from leaves(expression.right)
        case Choices():
            for item in expression.items:
                yield from leaves(item)


def report_unknown_issue(findings: Findings, word: Word, others: Sequence[str] = ()) -> None:
    """Report a name that should be an issue and is not; ``others`` are further names it may mean."""
    text, owners = word.text, findings.names.owners(word.text)
    if owners:
        message = f"{quote(text)} is an option of {', '.join(owners)}, not an issue"
        findings.report("NS302", message, word, f"write {owners[0]} == {text}, or {owners[0]} in {text} | ...")
    elif text in _CONSTANTS:
        findings.report("NS302", f"conditions have no {quote(text)}", word, "a condition compares issues")
    elif text == IRRELEVANT:
        findings.report("NS304", "'irrelevant' is neither a condition nor a number", word, "write ISSUE == irrelevant")
    else:
        help_ = findings.suggest(text, findings.names.issues, others)
        findings.report("NS302", f"there is no issue {quote(text)}", word, help_)


def report_strangers(findings: Findings, expression: Expression) -> None:
    """Report every name that is neither an issue nor an option of any, where its place tells no more."""
    for word in leaves(expression):
        if not isinstance(word, Word) or word.text == IRRELEVANT:
            continue
        if findings.peek(word) is None and not findings.names.owners(word.text):
            help_ = findings.suggest(word.text, findings.names.issues, findings.names.all_options)
            findings.report("NS301", f"no issue has an option {quote(word.text)}", word, help_)
