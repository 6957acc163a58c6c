"""What can be wrong, and where: problems with a place, and the exceptions that carry them."""

from __future__ import annotations

from enum import StrEnum

from negsim.records import dataclass

__all__ = ["NegsimError", "Path", "Place", "Problem", "ScenarioError", "Severity", "UsageError", "format_path"]

Path = tuple[str, ...]
"""Where a thing stands in a scenario: ``("parties", "ukraine", "no_deal")``."""


def format_path(path: Path) -> str:
    """Write a path as a user types it.

    >>> format_path(("parties", "ukraine", "no_deal"))
    'parties.ukraine.no_deal'
    """
    return ".".join(path)


class Severity(StrEnum):
    """How much a problem matters: an error stops the work, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one line of a file; line and column count from 1, in characters.

    ``text`` is the whole line, so that a problem can show itself without the file.
    """

    file: str
    line: int
    column: int
    length: int = 1
    text: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a stable code (empty where no page explains more), what, where, what would be right."""

    code: str
    message: str
    path: Path = ()
    place: Place | None = None
    help: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Render as ``file:line:col: error[CODE]: message`` with the line and a caret below."""
        label = f"{self.severity}{f'[{self.code}]' if self.code else ''}: {self.message}"
        if self.place is None:
            where = f"{format_path(self.path)}: " if self.path else ""
            return where + label + (f"\n    help: {self.help}" if self.help else "")
        place = self.place
        lines = [f"{place.file}:{place.line}:{place.column}: {label}"]
        if place.text.strip():
            lines += _excerpt(place, self.help)
        elif self.help:
            lines.append(f"    help: {self.help}")
        return "\n".join(lines)


_WIDTH = 80
_GUTTER = "       | "
_EXCERPT_WIDTH = _WIDTH - len(_GUTTER)


def _excerpt(place: Place, hint: str) -> list[str]:
    """Show the line, cut to a window around the column when it is long, and below it the caret and the help."""
    text = place.text.rstrip()
    shown_after = min(max(place.length, _EXCERPT_WIDTH // 3), _EXCERPT_WIDTH * 2 // 3)
    end = min(max(len(text), place.column), place.column - 1 + shown_after)
    start = max(0, end - _EXCERPT_WIDTH)
    window = "".join(c if c.isprintable() else " " for c in text[start : start + _EXCERPT_WIDTH])
    offset = place.column - 1 - start
    carets = "^" * max(1, min(place.length, len(window) - offset))
    lines = [f"{place.line:>6} | {window.rstrip()}", f"{_GUTTER}{' ' * offset}{carets}"]
    if hint and len(lines[1]) + 1 + len(hint) <= _WIDTH:
        lines[1] += f" {hint}"
    elif hint:
        lines.append(f"{_GUTTER}help: {hint}")
    return lines


class NegsimError(Exception):
    """Anything negsim refuses to do; its text is fit for a user."""


class UsageError(NegsimError):
    """A request that makes no sense: an unknown command word, path or option value."""


class ScenarioError(NegsimError):
    """A scenario that cannot be used, with every problem found, in file order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[tuple[Problem, ...]]]:
        """Keep the problems on the way from a worker process."""
        return type(self), (self.problems,)
