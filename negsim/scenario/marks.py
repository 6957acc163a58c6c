"""Where every value of a scenario file stands, so that any later finding can point at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from negsim.errors import Path, Place, Problem
from negsim.records import dataclass

__all__ = ["Document", "Mark", "Marks", "Plain", "walk"]

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]
"""What a file holds before it means anything."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where one value stands, and its key if it has one.

    ``source`` is the text of a scalar (``"2.50"`` for the number 2.5; without its quotes), empty for a list or mapping.
    ``plain`` says that the scalar stands without quotes on one line: an offset into ``source`` is one into the line.
    ``start`` and ``end`` bound the value in the text of its file, in characters.
    """

    value: Place
    key: Place | None
    plain: bool
    source: str
    start: int
    end: int


Marks = Mapping[Path, Mark]
"""The marks of a document; the item of a list has its index as text: ``("agreement", "vetoes", "0")``."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as text and as a tree, with a mark for every path of the tree; the root is ``()``.

    ``problems`` are those the reader found and could read past; ``unread`` are the paths of what the file holds and
    the tree does not, or not whole; ``removed`` says where an override took something out.
    """

    file: str
    text: str
    tree: dict[str, Plain]
    marks: Marks
    problems: tuple[Problem, ...] = ()
    unread: frozenset[Path] = frozenset()
    removed: Marks = field(default_factory=dict)


def walk(path: Path, value: Plain) -> Iterator[tuple[Path, Plain]]:
    """List a value that stands at ``path`` and all values in it, each after the one that holds it.

    >>> [path for path, _ in walk((), {"a": [5]})]
    [(), ('a',), ('a', '0')]
    """
    yield path, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from walk((*path, key), item)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from walk((*path, str(index)), item)
