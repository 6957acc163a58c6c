"""Bytes to text: encoding, size, characters, and where a character stands."""

from __future__ import annotations

import re
from bisect import bisect_right

from negsim.errors import Place, Problem, ScenarioError
from negsim.records import dataclass

__all__ = ["MAX_BYTES", "SourceText", "decode", "find_forbidden", "name_character", "without_forbidden"]

MAX_BYTES = 1 << 20
"""A larger file is refused unread."""

_BOM = "\ufeff"
_BREAK = re.compile("\r\n|\r|\n")
# Everything that YAML does not allow, and besides: tabs, which YAML allows in some places only; the three characters
# that YAML 1.1 takes for line breaks and YAML 1.2 does not; and a byte order mark that does not come first.
_FORBIDDEN = re.compile("[^\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]+")


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a file, its lines without their breaks, and the index at which each line starts.

    A byte order mark belongs to the text but to no line.
    """

    file: str
    text: str
    lines: tuple[str, ...]
    line_starts: tuple[int, ...]

    @classmethod
    def of(cls, file: str, text: str) -> SourceText:
        """Find the lines of a text."""
        first = len(_BOM) if text.startswith(_BOM) else 0
        starts = (first, *(found.end() for found in _BREAK.finditer(text)))
        return cls(file, text, tuple(_BREAK.split(text[first:])), starts)

    @property
    def body(self) -> str:
        """The text without a byte order mark."""
        return self.text[self.line_starts[0] :]

    def place(self, start: int, end: int) -> Place:
        """Say where the characters from ``start`` up to ``end`` stand; of several lines, the first."""
        start = min(start, len(self.text))
        line = bisect_right(self.line_starts, start) - 1
        column = start - self.line_starts[line]
        content = self.lines[line]
        length = max(1, min(end - start, len(content) - column))
        return Place(self.file, line + 1, column + 1, length, content)


def decode(data: bytes | str, file: str) -> SourceText:
    """Read bytes as UTF-8, or take text as it is.

    Raises
    ------
    ScenarioError
        If the text is too large (NS102) or not UTF-8 (NS101).
    """
    n_bytes = len(data) if isinstance(data, bytes) else len(data.encode("utf-8", "surrogatepass"))
    if n_bytes > MAX_BYTES:
        message = f"the file has {n_bytes:,} bytes; at most {MAX_BYTES:,} are read"
        raise ScenarioError((Problem("NS102", message, place=Place(file, 1, 1), help="shorten it"),))
    if isinstance(data, str):
        return SourceText.of(file, data)
    try:
        return SourceText.of(file, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ScenarioError((_not_utf8(data, error.start, file),)) from None


def _not_utf8(data: bytes, position: int, file: str) -> Problem:
    """Point at the first byte that is not UTF-8, counting in characters up to it."""
    before = data[:position].decode("utf-8")
    source = SourceText.of(file, before + data[position:].decode("utf-8", "replace"))
    place = source.place(len(before), len(before) + 1)
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    hint = "the file looks like UTF-16; save it as UTF-8" if wide else "save the file as UTF-8"
    return Problem("NS101", f"byte {data[position]:#04x} is not UTF-8", place=place, help=hint)


def find_forbidden(source: SourceText, limit: int) -> tuple[Problem, ...]:
    """Find the first ``limit`` runs of characters that may not stand in a scenario file (NS116)."""
    problems: list[Problem] = []
    for found in _FORBIDDEN.finditer(source.text, source.line_starts[0]):
        if len(problems) == limit:
            break
        problems.append(_forbidden(found.group()[0], source.place(found.start(), found.end())))
    return tuple(problems)


def _forbidden(character: str, place: Place) -> Problem:
    if character == "\t":
        return Problem("NS116", "a tab", place=place, help="use spaces; within double quotes, \\t")
    message = f"the character {name_character(character)} is not allowed"
    return Problem("NS116", message, place=place, help="remove it")


def name_character(character: str) -> str:
    r"""Write the code of a character that cannot be shown.

    >>> name_character("\x1b")
    'U+001B'
    """
    return f"U+{ord(character):04X}"


def without_forbidden(text: str) -> str:
    """Put harmless characters in place of forbidden ones, one for one, so that reading can go on."""
    return _FORBIDDEN.sub(lambda found: "".join(" " if c == "\t" else "\ufffd" for c in found.group()), text)
