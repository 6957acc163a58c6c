"""The free texts of a scenario file: what a reader reads and nothing checks."""

from __future__ import annotations

from collections.abc import Iterator

from negsim.errors import Path
from negsim.scenario.marks import Document, Mark

__all__ = ["plain_texts"]

_KEYS = {"title", "about", "because", "note", "assumed", "by", "publisher", "currency", "story"}
_LISTS = {"interests", "may_say"}


def plain_texts(document: Document) -> Iterator[tuple[Path, Mark]]:
    """List the free texts that stand without quotes on one line."""
    for path, mark in document.marks.items():
        if mark.plain and mark.source and (path[-1] in _KEYS or _is_item(path) or _is_option_title(path)):
            yield path, mark


def _is_item(path: Path) -> bool:
    """Tell the texts in the lists of a party's sheet."""
    return len(path) == 5 and path[2] == "sheet" and path[3] in _LISTS


def _is_option_title(path: Path) -> bool:
    """Tell titles from the items of a list of ids, which have an index in place of a word."""
    return len(path) == 4 and path[0] == "issues" and path[2] == "options" and not path[3].isdigit()
