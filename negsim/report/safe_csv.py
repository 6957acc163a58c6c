"""CSV for spreadsheets: no text in it is taken for a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from negsim.report.csv import to_csv

__all__ = ["BYTE_ORDER_MARK", "safe_csv", "safe_text"]

BYTE_ORDER_MARK = "\ufeff"
"""What some spreadsheets need to see that a file is UTF-8."""

_FORMULA = tuple("=+-@\t\r\n")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")

Cell = str | int | float | None


def safe_text(value: Cell) -> Cell:
    """Put an apostrophe before a text that a spreadsheet would compute; numbers stay as they are.

    >>> safe_text("=1+1"), safe_text("-5"), safe_text(-5), safe_text("Ann")
    ("'=1+1", '-5', -5, 'Ann')
    """
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def safe_csv(header: Sequence[str], rows: Iterable[Mapping[str, Cell]], *, bom: bool = False) -> str:
    """Write rows with a header, every cell safe; with a byte order mark in front, if asked."""
    kept = [{name: safe_text(value) for name, value in row.items()} for row in rows]
    named = {name: str(safe_text(name)) for name in header}
    text = to_csv(list(named.values()), [{named[name]: row.get(name) for name in header} for row in kept])
    return f"{BYTE_ORDER_MARK if bom else ''}{text}"
