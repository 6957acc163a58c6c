"""The text of a condition on numbers as tokens: dotted names, quoted words, all else as in conditions on issues.

Such conditions stand in ``where`` on the cells of a study, and in what a scenario is expected to do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import lru_cache

from negsim.scenario.conditions.flaws import Flaw, quote
from negsim.scenario.conditions.tokens import KEYWORDS, Token, tokenize

__all__ = ["tokenize_dotted"]

_QUOTED = r"`(?P<backticks>[^`]+)`|'(?P<single>[^']+)'|\"(?P<double>[^\"]+)\""
_DOTTED = r"[^\W\d]\w*(?:\.\w+)*"
_NUMBER = r"[0-9][\w.]*"
_DECIMALS = r"\.[0-9]+"


def tokenize_dotted(
    text: str, known: Collection[str], calls: Collection[str] = ()
) -> tuple[tuple[Token, ...], tuple[Flaw, ...]]:
    """Split a condition on numbers into tokens, an ``end`` last; no tokens where the meaning is lost.

    The longest known word counts where several begin alike, so that hyphens and numbers within names need no quotes.
    What begins with one of the ``calls`` and a bracket is one word up to where that bracket closes.
    """
    tokens: list[Token] = []
    flaws: list[Flaw] = []
    for part in _parts(text, known, calls):
        if isinstance(part, Token):
            tokens.append(part)
            continue
        start, end = part
        found, wrong = tokenize(text[start:end])
        flaws += [_reworded(flaw, start) for flaw in wrong]
        if not found:
            return (), tuple(flaws)
        tokens += [replace(token, start=token.start + start, end=token.end + start) for token in found[:-1]]
    tokens.append(Token("end", "", len(text), len(text)))
    return tuple(tokens), tuple(flaws)


def _parts(text: str, known: Collection[str], calls: Collection[str]) -> Iterator[Token | tuple[int, int]]:
    """Give the names in a text, and the stretches between them, from left to right."""
    read = 0
    for match in _pattern(frozenset(word for word in known if word in text)).finditer(text):
        kind, found = match.lastgroup, match.group()
        if kind == "number" or found.lower() in KEYWORDS or match.start() < read:
            continue
        closed = _closes(text, match.end()) if found in calls else None
        if closed is not None:
            if match.start() > read:
                yield read, match.start()
            yield Token("word", text[match.start() : closed], match.start(), closed)
            read = closed
            continue
        if match.start() > read:
            yield read, match.start()
        word = match[kind] if kind in ("backticks", "single", "double") else found
        yield Token("number" if kind == "decimals" else "word", word, match.start(), match.end())
        read = match.end()
    if read < len(text):
        yield read, len(text)


def _closes(text: str, start: int) -> int | None:
    """Tell where a bracket that opens next closes, one place beyond it; None where none opens, or it never closes."""
    opening = re.compile(r"\s*\(").match(text, start)
    if opening is None:
        return None
    depth = 1
    for place in range(opening.end(), len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return place + 1
    return None


@lru_cache(maxsize=16)
def _pattern(known: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted((word for word in known if re.match(r"[^\W\d]", word)), key=lambda word: (-len(word), word))
    # Nothing matches an empty set of known words.
    words = "|".join(map(re.escape, longest_first)) or r"(?!)"
    return re.compile(
        rf"{_QUOTED}|(?P<known>(?:{words})(?!\w|\.\w))|(?P<dotted>{_DOTTED})"
        rf"|(?P<number>{_NUMBER})|(?P<decimals>{_DECIMALS})"
    )


def _reworded(flaw: Flaw, offset: int) -> Flaw:
    """Put a flaw of a stretch where it stands in the text, and say of a point what it means here."""
    moved = replace(flaw, start=flaw.start + offset)
    if moved.message.endswith(quote(".")):
        return replace(moved, help="names go on after a point, as in parties.seller.no_deal")
    return moved
