"""What a condition may name: the issues, their options and levels."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

__all__ = ["IssueNames", "Names"]


@dataclass(frozen=True, slots=True)
class IssueNames:
    """What a condition needs to know of one issue.

    ``kind`` is ``categorical``, ``ordered`` or ``numeric``; ``levels`` ascend and belong to numeric
    issues; ``conditional`` issues may be irrelevant, which is the choice after the last option.
    """

    id: str
    kind: str
    options: tuple[str, ...] = ()
    levels: tuple[Fraction, ...] = ()
    unit: str = ""
    conditional: bool = False

    @property
    def numeric(self) -> bool:
        """Whether the choices are numbers."""
        return self.kind == "numeric"

    @property
    def irrelevant(self) -> int:
        """The index that means irrelevant, where the issue is conditional."""
        return len(self.levels) if self.numeric else len(self.options)

    @property
    def n_choices(self) -> int:
        """Number of choices, irrelevant included."""
        return self.irrelevant + self.conditional

    def find_level(self, value: Fraction) -> int | None:
        """Find the index of a level on the scale."""
        index = bisect_left(self.levels, value)
        return index if index < len(self.levels) and self.levels[index] == value else None

    def levels_around(self, value: Fraction) -> tuple[Fraction, ...]:
        """Give the levels next to a value: the one below and the one above it."""
        index = bisect_left(self.levels, value)
        return self.levels[max(0, index - 1) : index + 1]


class Names:
    """All names that a condition may use, found by word."""

    def __init__(self, issues: Sequence[IssueNames]) -> None:
        self.issues = {issue.id: issue for issue in issues}
        self.units = frozenset(tuple(issue.unit.split()) for issue in issues if issue.unit.strip())

    def owners(self, option: str) -> tuple[str, ...]:
        """List the issues, at most three, that have an option of this name."""
        having = (issue.id for issue in self.issues.values() if not issue.numeric and option in issue.options)
        return tuple(islice(having, 3))

    def all_options(self) -> list[str]:
        """List every option of every issue once."""
        return list(dict.fromkeys(o for issue in self.issues.values() if not issue.numeric for o in issue.options))
