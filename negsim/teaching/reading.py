"""Options and levels as people write them: on the forms of a class, and at the prompt of a match."""

from __future__ import annotations

import re
from fractions import Fraction

from negsim.scenario.exact import exact_number
from negsim.scenario.types import Issue

__all__ = ["level_number", "named_option", "nearest_level"]


def named_option(issue: Issue, text: str) -> int | None:
    """Find the option that somebody names by its id or its title, however it is spaced or capitalised; None if none.

    >>> from negsim.scenario.types import IssueKind
    >>> paid = Issue("paid", "Paid", IssueKind.CATEGORICAL, ("now", "in_a_year"), ("Now", "In a year"))
    >>> named_option(paid, " In  a YEAR"), named_option(paid, "never")
    (1, None)
    """
    said = _plain(text)
    for names in (issue.options, issue.option_titles):
        for place, name in enumerate(names):
            if name and _plain(name) == said:
                return place
    return None


def level_number(issue: Issue, text: str) -> Fraction | None:
    """Read a number with or without the unit of its issue, with a point or a comma; None if it is none.

    Digits may stand in groups of three, with a space or an apostrophe between.
    """
    said = _plain(text)
    said = said.removesuffix(_plain(issue.unit)).strip()
    said = re.sub(r"(?<=[0-9])[\s'](?=[0-9]{3}\b)", "", said).replace("−", "-")
    return exact_number(said.replace(",", ".") if said.count(",") == 1 and "." not in said else said)


def nearest_level(issue: Issue, number: Fraction) -> int:
    """Find the level of a scale next to a number, the lower of two that are as near."""
    return min(range(len(issue.levels)), key=lambda k: abs(issue.levels[k] - number))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
