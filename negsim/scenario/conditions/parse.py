"""The text of a condition to a `Condition`, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence

from negsim.scenario.conditions.check import check
from negsim.scenario.conditions.findings import Findings
from negsim.scenario.conditions.flaws import Flaw
from negsim.scenario.conditions.names import IssueNames, Names
from negsim.scenario.conditions.syntax import parse
from negsim.scenario.conditions.tokens import Token, tokenize
from negsim.scenario.conditions.tree import Condition

__all__ = ["parse_condition"]

MAX_LENGTH = 500
MAX_TOKENS = 120


def parse_condition(text: str, issues: Sequence[IssueNames] | Names) -> Condition | tuple[Flaw, ...]:
    """Read a condition.

    Parameters
    ----------
    text
        The condition as written.
    issues
        What it may name, in declared order; as `Names`, for many conditions over the same issues.

    Returns
    -------
    Condition or tuple of Flaw
        The typed condition, or every flaw that was found, in the order of the text. Any text gives one of the two.

    Examples
    --------
    >>> from fractions import Fraction
    >>> price = IssueNames("price", "numeric", ("0", "1", "2"), (Fraction(0), Fraction(1), Fraction(2)))
    >>> parse_condition("price in 0 | 2", [price]).root
    OptionIn(issue='price', choices=(0, 2))
    >>> parse_condition("prize == 2", [price])[0].help
    "did you mean 'price'?"
    """
    if not text.strip():
        return (Flaw("NS303", "the condition is empty", 0, max(1, len(text)), "compare an issue with something"),)
    if len(text) > MAX_LENGTH:
        message = f"the condition has {len(text)} characters; {MAX_LENGTH} is the most"
        return (_too_long(message, MAX_LENGTH, len(text)),)
    tokens, flaws = tokenize(text)
    if len(tokens) <= 1:
        return flaws
    if len(tokens) - 1 > MAX_TOKENS:
        message = f"the condition has {len(tokens) - 1} words and signs; {MAX_TOKENS} is the most"
        return (_too_long(message, tokens[MAX_TOKENS].start, len(text)),)
    return _understand(text, tokens, flaws, issues)


def _too_long(message: str, start: int, end: int) -> Flaw:
    return Flaw("NS306", message, start, end - start, "write it as several conditions")


def _understand(
    text: str, tokens: tuple[Token, ...], flaws: tuple[Flaw, ...], issues: Sequence[IssueNames] | Names
) -> Condition | tuple[Flaw, ...]:
    """Parse and check tokens; ``flaws`` are those of the tokens themselves."""
    names = issues if isinstance(issues, Names) else Names(issues)
    expression = parse(text, tokens, names)
    if isinstance(expression, Flaw):
        return _in_order((*flaws, expression))
    findings = Findings(text, names)
    root = check(findings, expression)
    if root is None or flaws or findings.flaws:
        return _in_order((*flaws, *findings.flaws))
    return Condition(text, root, names.in_order(findings.named))


def _in_order(flaws: tuple[Flaw, ...]) -> tuple[Flaw, ...]:
    return tuple(sorted(dict.fromkeys(flaws), key=lambda flaw: (flaw.start, flaw.length)))
