"""Putting an offer together issue by issue: what an answer means, which issues arise, which rules it would break."""

from __future__ import annotations

from collections.abc import Mapping

from negsim.errors import UsageError
from negsim.scenario.types import Issue, IssueKind, Rule, Scenario
from negsim.scenario.words import nearest
from negsim.teaching.points import where
from negsim.teaching.reading import level_number, named_option, nearest_level

__all__ = ["arises", "broken_rules", "order_of_asking", "read_choice"]

Held = Mapping[str, int]

_DIGITS = 9
"""Digits that the number of an option cannot have; Python refuses to read some thousand of them."""


def order_of_asking(scenario: Scenario) -> tuple[Issue, ...]:
    """List the issues so that each comes after those that decide whether it arises; else in declared order."""
    left, placed = list(scenario.issues), dict[str, Issue]()
    while left:
        # Some issue can always be told: a file in which issues wait for each other is refused.
        ready = next(issue for issue in left if issue.when is None or all(name in placed for name in issue.when.issues))
        left.remove(ready)
        placed[ready.id] = ready
    return tuple(placed.values())


def arises(scenario: Scenario, issue: Issue, held: Held) -> bool:
    """Tell whether an issue arises, given the choices of those that decide it."""
    return issue.when is None or held in where(issue.when, scenario.issues)


def broken_rules(scenario: Scenario, held: Held) -> tuple[Rule, ...]:
    """List the rules that choices break, as far as they can be told from the issues chosen so far."""
    return tuple(
        rule
        for rule in scenario.rules
        if held.keys() >= set(rule.require.issues) and held not in where(rule.require, scenario.issues)
    )


def read_choice(issue: Issue, text: str) -> int:
    """Find the option that somebody means: by its id, its title, its number in the list, or as a level.

    Raises
    ------
    UsageError
        If there is none, with the nearest.

    Examples
    --------
    >>> paid = Issue("paid", "Paid", IssueKind.CATEGORICAL, ("now", "in_a_year"), ("Now", "In a year"))
    >>> read_choice(paid, "2"), read_choice(paid, "in a year"), read_choice(paid, "NOW")
    (1, 1, 0)
    """
    if issue.kind is IssueKind.NUMERIC:
        return _read_level(issue, text.strip())
    found, said = named_option(issue, text), text.strip()
    if found is not None:
        return found
    if said.isdecimal() and len(said) < _DIGITS and 1 <= int(said) <= len(issue.options):
        return int(said) - 1
    names = [*issue.options, *(title.casefold() for title in issue.option_titles)]
    meant = nearest(said.casefold(), names)
    hint = f"; did you mean '{meant}'?" if meant else ""
    raise UsageError(f"“{issue.title}” has no option {said!r}; type its number, 1 to {len(issue.options)}{hint}")


def _read_level(issue: Issue, said: str) -> int:
    number = level_number(issue, said)
    if number is None:
        least, most = issue.options[0], issue.options[-1]
        raise UsageError(f"“{issue.title}” is a number from {least} to {most}, not {said!r}")
    near = nearest_level(issue, number)
    if issue.levels[near] != number:
        raise UsageError(
            f"“{issue.title}” goes from {issue.options[0]} to {issue.options[-1]} in steps of"
            f" {float(issue.levels[1] - issue.levels[0]):g}; the nearest to {said} is {issue.options[near]}"
        )
    return near
