"""The text of a condition on cells as tokens: dotted names, quoted words, all else as in conditions on issues."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from negsim.scenario.conditions.flaws import Flaw, quote
from negsim.scenario.conditions.tokens import KEYWORDS, Token, tokenize

__all__ = ["tokenize_where"]

_QUOTED = r"`(?P<backticks>[^`]+)`|'(?P<single>[^']+)'|\"(?P<double>[^\"]+)\""
_DOTTED = r"[^\W\d]\w*(?:\.\w+)*"
_NUMBER = r"[0-9][\w.]*"
_DECIMALS = r"\.[0-9]+"


def tokenize_where(text: str, known: Collection[str]) -> tuple[tuple[Token, ...], tuple[Flaw, ...]]:
    """Split a condition on cells into tokens, an ``end`` last; no tokens where the meaning is lost.

    The longest known word counts where several begin alike, so that hyphens and numbers within names need no quotes.
    """
    tokens: list[Token] = []
    flaws: list[Flaw] = []
    for part in _parts(text, known):
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


def _parts(text: str, known: Collection[str]) -> Iterator[Token | tuple[int, int]]:
    """Give the names in a text, and the stretches between them, from left to right."""
    read = 0
    for match in _pattern(known).finditer(text):
        kind, found = match.lastgroup, match.group()
        if kind == "number" or found.lower() in KEYWORDS:
            continue
        if match.start() > read:
            yield read, match.start()
        word = match[kind] if kind in ("backticks", "single", "double") else found
        yield Token("number" if kind == "decimals" else "word", word, match.start(), match.end())
        read = match.end()
    if read < len(text):
        yield read, len(text)


def _pattern(known: Collection[str]) -> re.Pattern[str]:
    longest_first = sorted((word for word in known if re.match(r"[^\W\d]", word)), key=len, reverse=True)
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
