r"""Escapes in double quotes that stand for characters no scenario may hold, such as ``"\e"``.

A text that could move the cursor of a terminal is refused here once, so that nothing that shows it need care.
"""

from __future__ import annotations

import re

__all__ = ["find_forbidden_escape", "holds_forbidden"]

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|.)", re.DOTALL)
_LETTERS = frozenset("0abvfreN")
_LAST = 0x10FFFF


def holds_forbidden(value: str) -> bool:
    """Tell whether a text holds a control character (but line break and tab) or half of a surrogate pair."""
    return _FORBIDDEN.search(value) is not None


def find_forbidden_escape(raw: str) -> tuple[int, int]:
    r"""Find where the first forbidden escape of a quoted text starts and ends.

    >>> find_forbidden_escape(r'"a\\\n\x1b"')
    (6, 10)
    """
    for found in _ESCAPE.finditer(raw):
        digits = found[1] or found[2] or found[3]
        if _stands_for_forbidden(int(digits, 16)) if digits else found[0][1] in _LETTERS:
            return found.span()
    return (0, len(raw))


def _stands_for_forbidden(code: int) -> bool:
    return code > _LAST or holds_forbidden(chr(code))
