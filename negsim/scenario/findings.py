"""The problems of one document, gathered while it is read, each put in its place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from negsim.errors import Path, Place, Problem, ScenarioError, Severity
from negsim.scenario.words import MOST_COMPARED, did_you_mean

if TYPE_CHECKING:
    from negsim.scenario.marks import Document, Mark

__all__ = ["Findings", "in_file_order"]

_MOST_PROBLEMS = 300
_MOST_COMPARISONS = 5_000

_KEPT_AS_TEXT = frozenset({"NS108", "NS109", "NS111", "NS114"})
"""What the reader says of a word; that the word fits its place no better as text is no news."""


class Findings:
    """Problems of a document, and the parts of it that are broken.

    What refers to a broken part is not reported again: one cause, one problem. The reader's problems come along.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems = {(found.code, found.path, found.message): found for found in document.problems}
        self._read_as_text = [p.place for p in document.problems if p.place and p.code in _KEPT_AS_TEXT]
        self._left_out: set[tuple[str, Path, str]] = set()
        self._broken: dict[Path, set[str]] = {}
        self._n_comparisons = 0
        for path in document.unread:
            self.mark_broken(path)

    @property
    def is_full(self) -> bool:
        """Whether there are so many problems that no more are taken."""
        return len(self.problems) >= _MOST_PROBLEMS

    def report(
        self,
        code: str,
        path: Path,
        message: str,
        *,
        help: str = "",
        on_key: bool = False,
        stretch: tuple[int, int] | None = None,
        breaks: bool = True,
    ) -> None:
        """Add a problem of the thing at ``path``, which counts as broken from now on unless ``breaks`` is false.

        ``stretch`` is the start and length of the faulty part within the text at ``path``.
        """
        if breaks:
            self.mark_broken(path)
        key = (code, path, message)
        if key in self.problems:
            return
        place = self._place(path, stretch, on_key=on_key)
        if place is not None and any(_lies_within(place, said) for said in self._read_as_text):
            return
        if self.is_full:
            self._left_out.add(key)
        else:
            self.problems[key] = Problem(code, message, path, place, help)

    def mark_broken(self, path: Path) -> None:
        """Say nothing further about the thing at ``path``."""
        self._broken.setdefault(path[:-1], set()).add(path[-1])

    def is_broken(self, path: Path) -> bool:
        """Tell whether the thing at ``path``, or anything that it is part of, was reported."""
        return any(name in self._broken.get(path[:length], ()) for length, name in enumerate(path))

    def is_touched(self, path: Path) -> bool:
        """Tell whether the thing at ``path``, anything that it is part of, or a thing right below it was reported."""
        return self.is_broken(path) or bool(self._broken.get(path))

    def broken_names(self, parent: Path) -> frozenset[str]:
        """Name the broken things right below a path."""
        return frozenset(self._broken.get(parent, ()))

    def suggest(self, word: str, candidates: Iterable[str]) -> str:
        """Ask for the nearest word; silent once thousands of words have been compared, since that takes long."""
        if self.is_full or self._n_comparisons >= _MOST_COMPARISONS:
            return ""
        known = list(candidates)
        self._n_comparisons += min(len(known), MOST_COMPARED) + 1
        return did_you_mean(word, known)

    def raise_if_any(self) -> None:
        """Raise the problems, if there are any."""
        if self.problems:
            raise self.error()

    def error(self, *, n_more: int = 0) -> ScenarioError:
        """Gather every problem found, in file order; there is one, and ``n_more`` were seen and not reported."""
        listed = in_file_order(tuple(self.problems.values()), self.document.file)
        return ScenarioError((*listed, *self._note_of_more(listed[-1], len(self._left_out) + n_more)))

    def _note_of_more(self, last: Problem, n_more: int) -> tuple[Problem, ...]:
        """Say that the list was cut. Some checks are skipped once it is full, so nobody knows how many are missing."""
        if n_more == 0:
            return ()
        message = f"the list is cut after {_MOST_PROBLEMS} problems; there are at least {n_more} more"
        return (Problem("NS102", message, (), last.place, severity=Severity.NOTE),)

    def _place(self, path: Path, stretch: tuple[int, int] | None, *, on_key: bool) -> Place | None:
        mark, exact = self._nearest_mark(path)
        if mark is None:
            return None
        if (on_key or not exact) and mark.key is not None:
            return mark.key
        if stretch is not None and exact:
            return _within(mark, *stretch)
        return mark.value

    def _nearest_mark(self, path: Path) -> tuple[Mark | None, bool]:
        for length in range(len(path), -1, -1):
            above = path[:length]
            mark = self.document.marks.get(above) or self.document.removed.get(above)
            if mark is not None:
                return mark, length == len(path)
        return None, False


def in_file_order(problems: tuple[Problem, ...], file: str) -> tuple[Problem, ...]:
    """Sort problems by place, those of ``file`` before those of its bases and overrides."""

    def position(problem: Problem) -> tuple[bool, str, int, int, str]:
        place = problem.place or Place(file, 0, 0)
        return (place.file != file, place.file, place.line, place.column, problem.code)

    return tuple(sorted(problems, key=position))


def _lies_within(inner: Place, outer: Place) -> bool:
    """Tell whether a stretch of a line is part of another."""
    same_line = (inner.file, inner.line) == (outer.file, outer.line)
    return same_line and outer.column <= inner.column and inner.column + inner.length <= outer.column + outer.length


def _within(mark: Mark, start: int, length: int) -> Place:
    """Narrow a place to part of its text, where the text stands in the line as it is."""
    place, text = mark.value, mark.source
    begin = place.column - 1
    for shift in (0, 1):
        if text and place.text.startswith(text, begin + shift):
            return Place(place.file, place.line, place.column + shift + start, max(1, length), place.text)
    return place
