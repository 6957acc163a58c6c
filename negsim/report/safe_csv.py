"""CSV for spreadsheets: no text in it is taken for a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

__all__ = ["BYTE_ORDER_MARK", "Cell", "safe_csv", "safe_text"]

BYTE_ORDER_MARK = "\ufeff"
"""What some spreadsheets need to see that a file is UTF-8."""

_SIGNS = "=+\\-@\\t\\r\uff1d\uff0b\uff0d\uff20"
"""What a formula begins with, wide forms among them, which some spreadsheets take for the same."""

_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_PARTING = re.compile(r'[,;|\t"\r\n]')
"""What parts cells or lines by some list separator or other, and what quotes them."""

_FORMULA = re.compile(rf'(?:^|(?<=[;|\t"\r\n]))(?=[\s"]*[{_SIGNS}])')
"""Where a formula may begin: in front, or where a spreadsheet that parts cells by another sign would begin a cell."""

Cell = str | int | float | None


def safe_text(value: Cell) -> Cell:
    """Put an apostrophe before what a spreadsheet would compute; numbers stay as they are.

    Also after a semicolon, a tab or the end of a line: a spreadsheet that parts cells by semicolons does not see that
    a cell is between quotes unless it is the first of its line.

    >>> safe_text("=1+1"), safe_text("-5"), safe_text(-5), safe_text("Ann"), safe_text("a;=1+1;b")
    ("'=1+1", '-5', -5, 'Ann', "a;'=1+1;b")
    """
    if not isinstance(value, str) or _NUMBER.fullmatch(value):
        return value
    return _FORMULA.sub("'", value)


def safe_csv(header: Sequence[str], rows: Iterable[Mapping[str, Cell]], *, bom: bool = False) -> str:
    """Write rows below a header, every cell of both safe; with a byte order mark in front, if asked.

    A cell that any list separator would part is written between quotes, though commas part the cells.

    Parameters
    ----------
    header : sequence of str
        Each once.
    rows : iterable of mapping
        Cells by column; what a row lacks stays empty.
    bom : bool
    """
    lines = [_line(header), *(_line([row.get(name) for name in header]) for row in rows)]
    return f"{BYTE_ORDER_MARK if bom else ''}{''.join(lines)}"


def _line(cells: Sequence[Cell]) -> str:
    return ",".join(map(_written, cells)) + "\n"


def _written(cell: Cell) -> str:
    """Write a cell, between quotes where anything in it could part it."""
    safe = "" if cell is None else str(safe_text(cell))
    if not _PARTING.search(safe):
        return safe
    doubled = safe.replace('"', '""')
    return f'"{doubled}"'
