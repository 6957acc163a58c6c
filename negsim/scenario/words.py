"""How messages show values and lists, and find the word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

__all__ = ["MOST_COMPARED", "did_you_mean", "joined", "listed", "nearest", "number_text", "shown"]

_LONGEST_SHOWN = 40
MOST_COMPARED = 400


def number_text(value: float) -> str:
    """Write a number without needless zeros: ``30``, ``0.6``, ``1e+09``.

    >>> number_text(30.0)
    '30'
    """
    return f"{value:.10g}"


def shown(value: object) -> str:
    """Show any plain value in a few words.

    >>> shown("lots"), shown(True), shown([1, 2])
    ("'lots'", 'true', 'a list')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**_LONGEST_SHOWN else "a very large number"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, str):
        return repr(value if len(value) <= _LONGEST_SHOWN else value[: _LONGEST_SHOWN - 1] + "…")
    return "a list" if isinstance(value, list | tuple) else "a mapping"


def listed(words: Sequence[str], last: str = "or", most: int = 8) -> str:
    """Join words as a sentence does, leaving out what is past ``most``; a single one more is not left out.

    >>> listed(["low", "mode", "high"])
    'low, mode or high'
    >>> listed(["a", "b", "c", "d"], last="and", most=2), listed(["a", "b", "c"], most=2)
    ('a, b and 2 more', 'a, b or c')
    """
    if len(words) > most + 1:
        more = f"{len(words) - most} more"
        return f"{', '.join(words[:most])} {last} {more if last == 'and' else f'one of {more}'}"
    return joined(words, last)


def joined(words: Sequence[str], last: str = "and") -> str:
    """Join all words as a sentence does.

    >>> joined(["Russia", "Ukraine", "the United States"])
    'Russia, Ukraine and the United States'
    """
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def nearest(word: str, candidates: Iterable[str]) -> str:
    """Find the candidate closest in spelling, or give an empty text.

    Capitals do not count. Long words are not searched, and long lists only in part: comparing is slow.

    >>> nearest("ukrane", ["russia", "ukraine"])
    'ukraine'
    """
    if len(word) > 2 * _LONGEST_SHOWN:
        return ""
    sought = word.casefold()
    known = {item.casefold(): item for item in candidates if abs(len(item) - len(word)) <= len(word)}
    likely = list(known)
    if len(likely) > MOST_COMPARED:  # a scenario may have 10,000 options
        likely = [item for item in likely if item.startswith(sought[:2])][:MOST_COMPARED]
    found = get_close_matches(sought, likely, n=1)
    return known[found[0]] if found else ""


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """Ask for the nearest word, or name what there is if that is short.

    >>> did_you_mean("hihg", ["low", "high"])
    "did you mean 'high'?"
    """
    known = list(candidates)
    found = nearest(word, known)
    if found:
        return f"did you mean '{found}'?"
    return f"known here: {listed(known, last='and')}" if known else ""
