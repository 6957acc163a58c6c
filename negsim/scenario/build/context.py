"""What every part of the building knows: the issues, the quantities so far, the problems so far."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping
from dataclasses import field
from fractions import Fraction

from negsim.errors import Path, format_path
from negsim.records import dataclass
from negsim.scenario.conditions import Names
from negsim.scenario.exact import decimal_text, exact_number
from negsim.scenario.findings import Findings
from negsim.scenario.inventory import NamedQuantity
from negsim.scenario.types import IRRELEVANT, Issue, IssueKind
from negsim.scenario.words import listed, shown

__all__ = ["MOST_CHARACTERS", "MOST_CHOICES", "Context", "Effort", "IssueIndex", "exact_at", "first_word"]

MOST_CHARACTERS = 100_000
MOST_CHOICES = 1_000_000
_LARGEST = 1e18
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class IssueIndex:
    """An issue, and where each of its options stands."""

    issue: Issue
    position: Mapping[str, int]

    @property
    def is_numeric(self) -> bool:
        """Whether the options are levels of a scale."""
        return self.issue.kind is IssueKind.NUMERIC

    def option_at(self, position: int) -> str:
        """Give the option at a position; ``irrelevant`` is the last."""
        options = self.issue.options
        return options[position] if position < len(options) else IRRELEVANT

    @property
    def noun(self) -> str:
        """What an option of the issue is called."""
        return "level" if self.is_numeric else "option"


@dataclass(slots=True)
class Effort:
    """How much there is so far: characters of conditions, options that they single out, what ratifiers inherit."""

    n_characters: int = 0
    n_choices: int = 0
    n_inherited: int = 0

    @property
    def is_spent(self) -> bool:
        """Whether that is all that will be worked through: a file could hold enough to take hours."""
        return self.n_characters > MOST_CHARACTERS or self.n_choices > MOST_CHOICES


@dataclass(frozen=True, slots=True)
class Context:
    """The state of a building: usable issues by id, every quantity by its written path, and the findings.

    ``names`` is what conditions know of the issues, ``order`` the rank of each as declared.
    ``party_ids`` are the ids of all parties that are declared, ``sides`` those of the war's sides (None without a war).
    ``unmoved`` are the parties that have, and need, no no-deal value.
    ``suspects`` are ids of issues and options that were reported, so that a condition which names one
    is not blamed for it; by the first word in each, since there may be thousands.
    """

    findings: Findings
    issues: Mapping[str, IssueIndex]
    names: Names
    order: Mapping[str, int]
    suspects: Mapping[str, list[str]]
    party_ids: Collection[str] = ()
    unmoved: frozenset[str] = frozenset()
    sides: tuple[str, ...] | None = None
    effort: Effort = field(default_factory=Effort)
    quantities: dict[str, NamedQuantity] = field(default_factory=dict)

    def find_issue(self, issue_id: str, path: Path, *, on_key: bool = True) -> IssueIndex | None:
        """Find an issue named at ``path``; report it if there is none."""
        found = self.issues.get(issue_id)
        if found is None and not self.findings.is_broken(("issues", issue_id)):
            help = self.findings.suggest(issue_id, self.issues)
            self.findings.report("NS401", path, f"there is no issue {shown(issue_id)}", help=help, on_key=on_key)
        if found is None:
            self.findings.mark_broken(path)
        return found

    def knows_party(self, party_id: str, path: Path, *, on_key: bool = False) -> bool:
        """Tell whether a party named at ``path`` is declared; report it if it is not."""
        if party_id in self.party_ids:
            return True
        if not self.findings.is_broken(("parties", party_id)):
            help = self.findings.suggest(party_id, self.party_ids)
            self.findings.report("NS417", path, f"there is no party {shown(party_id)}", help=help, on_key=on_key)
        self.findings.mark_broken(path)
        return False

    def moves_party(self, party_id: str, path: Path, mover: str) -> bool:
        """Tell whether a party named by the key at ``path`` is declared and has a no-deal value; report it if not."""
        if not self.knows_party(party_id, path, on_key=True):
            return False
        if party_id in self.unmoved:
            message = f"{party_id} has no no_deal, so {mover} cannot move it"
            help = f"add no_deal to {party_id}"
            self.findings.report("NS406", path, message, help=help, on_key=True, breaks=False)
        return True

    def names_suspect(self, text: str) -> bool:
        """Tell whether a condition names something that was reported where it is declared."""
        words = {"", *_WORD.findall(text)}
        return any(name in text for word in words for name in self.suspects.get(word, ()))

    def in_order(self, issue_ids: Collection[str]) -> list[str]:
        """Put issues in declared order."""
        return sorted(issue_ids, key=self.order.__getitem__)

    def is_conditional(self, index: IssueIndex) -> bool:
        """Tell whether an issue may be irrelevant, even if the condition for it was faulty."""
        return index.issue.when is not None or self.findings.is_broken(("issues", index.issue.id, "when"))

    def find_option(self, index: IssueIndex, word: object, path: Path, *, on_key: bool = False) -> int | None:
        """Find an option or level named at ``path``; report it if there is none. ``irrelevant`` comes last."""
        issue = index.issue
        if word == IRRELEVANT and self.is_conditional(index):
            return len(issue.options)
        if index.is_numeric:
            number = exact_at(self.findings, path, word)
            position = None if number is None else index.position.get(decimal_text(number))
        else:
            position = index.position.get(word) if isinstance(word, str) else None
        if position is None:
            self.findings.mark_broken(path)
            if not (isinstance(word, str) and word in self.suspects.get(first_word(word), ())):
                self._report_option(index, word, path, on_key=on_key)
        return position

    def _report_option(self, index: IssueIndex, word: object, path: Path, *, on_key: bool) -> None:
        issue = index.issue
        if word == IRRELEVANT:
            message, help = f"{issue.id} is never irrelevant: it has no 'when'", ""
        else:
            message = f"{issue.id} has no {index.noun} {shown(word)}"
            help = _levels_near(issue, word) if index.is_numeric else self.findings.suggest(str(word), issue.options)
        self.findings.report("NS403", path, message, help=help, on_key=on_key)

    def canonical(self, dotted: str) -> Path:
        """Split a written path; a level at its end may have a point of its own and is written the shortest way."""
        head = dotted.split(".", 4)
        parts = dotted.split(".", 6) if head[0] == "parties" and head[2:3] == ["ratifiers"] else head
        *actor, block, issue_id, level = parts if len(parts) > 4 else ("", "", "")
        if actor[:1] == ["parties"] and len(actor) in (2, 4) and block == "values":
            index = self.issues.get(issue_id)
            number = exact_number(level) if index is not None and index.is_numeric else None
            return (*actor, block, issue_id, level if number is None else decimal_text(number))
        return tuple(dotted.split("."))

    def find_quantity(self, path: Path) -> NamedQuantity | None:
        """Find a quantity by its canonical path."""
        return self.quantities.get(format_path(path))


def first_word(name: str) -> str:
    """Give the first run of letters and digits in what should have been an id.

    >>> first_word("half-way"), first_word("-")
    ('half', '')
    """
    found = _WORD.search(name)
    return found.group() if found else ""


def exact_at(findings: Findings, path: Path, value: object) -> Fraction | None:
    """Read the number at a path as it was written, digit by digit; None if it is none."""
    if isinstance(value, str):
        return exact_number(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > _LARGEST:
        return None
    mark = findings.document.marks.get(path)
    written = exact_number(mark.source) if mark is not None else None
    return written if written is not None else exact_number(repr(value))


def _levels_near(issue: Issue, word: object) -> str:
    """Name the levels around a number, or the scale."""
    number = (
        exact_number(word if isinstance(word, str) else repr(word)) if isinstance(word, str | float | int) else None
    )
    if number is None or not issue.levels[0] <= number <= issue.levels[-1]:
        return f"the scale goes from {issue.options[0]} to {issue.options[-1]}"
    after = bisect_left(issue.levels, number)
    return f"the nearest levels are {listed(issue.options[max(0, after - 1) : after + 1], 'and')}"
