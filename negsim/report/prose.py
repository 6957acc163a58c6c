"""Markdown prose for a terminal."""

from __future__ import annotations

import re
import textwrap

__all__ = ["wrap_prose"]

_FENCE = "```"
_ITEM = re.compile(r"\s*(?:[-*]|\d+\.) ")
_BESIDE_LINES = re.compile(r"\s*[|#]|    ")


def wrap_prose(text: str, width: int) -> str:
    r"""Wrap paragraphs and the items of lists; code, tables and headings stay as they are.

    >>> print(wrap_prose("A long line here.\n\n- an item that is long", 12))
    A long line
    here.
    <BLANKLINE>
    - an item
      that is
      long
    """
    lines: list[str] = []
    paragraph: list[str] = []
    in_code = False
    for line in text.splitlines():
        is_fence = line.lstrip().startswith(_FENCE)
        in_item = bool(paragraph) and line.startswith(" ")
        kept = in_code or is_fence or not line.strip() or (bool(_BESIDE_LINES.match(line)) and not in_item)
        if kept or _ITEM.match(line):
            lines += _wrapped(paragraph, width)
            paragraph = []
        if kept:
            lines.append(line)
        else:
            paragraph.append(line)
        in_code ^= is_fence
    return "\n".join([*lines, *_wrapped(paragraph, width)])


def _wrapped(paragraph: list[str], width: int) -> list[str]:
    """Wrap the lines of one paragraph or item, which goes on below its own text."""
    if not paragraph:
        return []
    item = _ITEM.match(paragraph[0])
    indent = " " * (item.end() if item else 0)
    return textwrap.wrap(
        " ".join(line.strip() if n else line for n, line in enumerate(paragraph)),
        width,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
