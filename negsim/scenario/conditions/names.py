"""What a condition may name: the issues, their options and levels."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from fractions import Fraction
from functools import cached_property

from negsim.records import dataclass
from negsim.scenario.words import MOST_COMPARED

__all__ = ["IssueNames", "Names"]

_MOST_COMPARISONS = 5_000


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
        self.units: dict[str, list[tuple[str, ...]]] = {}
        """The units, each as its words, the longest first; by their first word."""
        units = {tuple(issue.unit.split()) for issue in issues if issue.unit.strip()}
        for unit in sorted(units, key=lambda unit: (-len(unit), unit)):
            self.units.setdefault(unit[0], []).append(unit)
        self._n_comparisons = 0
        self._positions: dict[str, dict[str, int]] = {}

    def in_order(self, named: Collection[str]) -> tuple[str, ...]:
        """Put issues in declared order."""
        return tuple(sorted(named, key=self._rank.__getitem__))

    def position(self, issue: IssueNames, option: str) -> int | None:
        """Find the index of an option; a scenario may have thousands, and thousands of conditions on them."""
        if issue.id not in self._positions:
            self._positions[issue.id] = {name: index for index, name in enumerate(issue.options)}
        return self._positions[issue.id].get(option)

    @cached_property
    def _rank(self) -> dict[str, int]:
        """Where each issue stands in the list."""
        return {name: index for index, name in enumerate(self.issues)}

    def owners(self, option: str) -> tuple[str, ...]:
        """List the issues, at most three, that have an option of this name."""
        return tuple(self._owners.get(option, ())[:3])

    @cached_property
    def all_options(self) -> tuple[str, ...]:
        """Every option of every issue once."""
        return tuple(self._owners)

    @cached_property
    def _owners(self) -> dict[str, list[str]]:
        """The issues that have an option of a name, for every name."""
        having: dict[str, list[str]] = {}
        for issue in self.issues.values():
            for option in () if issue.numeric else issue.options:
                having.setdefault(option, []).append(issue.id)
        return having

    def may_compare(self, n_words: int) -> bool:
        """Tell whether so many more words may be compared with a misspelt one: it takes long, so there is an end."""
        self._n_comparisons += min(n_words, MOST_COMPARED) + 1
        return self._n_comparisons <= _MOST_COMPARISONS
