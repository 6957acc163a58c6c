"""The nearest ASCII for text that a terminal, a pipe or a log cannot show otherwise."""

from __future__ import annotations

import unicodedata

__all__ = ["to_ascii"]

_PLAIN = str.maketrans(
    {
        "±": "+-",
        "≥": ">=",
        "≤": "<=",
        "≠": "!=",
        "×": "x",
        "–": "-",
        "—": "-",
        "−": "-",
        "→": "->",
        "…": "...",
        "“": '"',
        "”": '"',
        "„": '"',
        "‘": "'",
        "’": "'",
        "·": "-",
        "•": "-",
        "─": "-",
        "█": "#",
        "▒": "=",
        "┊": ":",
        "●": "@",
        "○": "o",
        "◆": "*",
    }
)


def to_ascii(text: str) -> str:
    """Write text in ASCII: known signs spelled out, accents dropped, anything else a question mark.

    >>> to_ascii("31 % (±2), Pokój – żądania")
    '31 % (+-2), Pokoj - zadania'
    """
    spelled = text.translate(_PLAIN)
    if spelled.isascii():
        return spelled
    apart = unicodedata.normalize("NFKD", spelled)
    kept = "".join(char for char in apart if not unicodedata.combining(char))
    return kept.encode("ascii", "replace").decode("ascii")
