"""What can be wrong with the text of a condition, and how to word it."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from fractions import Fraction

from negsim.records import dataclass
from negsim.scenario.words import nearest

__all__ = [
    "Flaw",
    "cut",
    "describe_character",
    "list_known",
    "list_some",
    "quote",
    "suggest",
    "write_number",
]

_LONGEST_SHOWN = 48
_MOST_LISTED = 8


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong with a condition, at ``start`` (from 0) for ``length`` characters of its text."""

    code: str
    message: str
    start: int
    length: int
    help: str = ""


def cut(text: str) -> str:
    """Cut long text."""
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + "..."


def quote(text: str) -> str:
    """Put text in quotes, cut when long, with what cannot be printed written as its code."""
    return "'" + "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in cut(text)) + "'"


def describe_character(character: str) -> str:
    """Show a character; one outside ASCII with its Unicode name, since it may look like another."""
    if character.isascii():
        return quote(character)
    return f"{quote(character)} ({unicodedata.name(character, 'a character without a name')})"


def suggest(word: str, known: Collection[str]) -> str:
    """Word the help for an unknown name: the nearest known one, else what is known."""
    foreign = next((c for c in word if not c.isascii()), None)
    remark = f"{describe_character(foreign)} is not a plain letter; " if foreign else ""
    near = nearest(word, known)
    return remark + (f"did you mean {quote(near)}?" if near else list_known(known))


def list_some(names: Collection[str]) -> str:
    """List names, cut when there are many."""
    listed = ", ".join(list(names)[:_MOST_LISTED])
    return listed + (f", ... ({len(names)} in all)" if len(names) > _MOST_LISTED else "")


def list_known(known: Collection[str]) -> str:
    """Say what there is to choose from."""
    return f"known: {list_some(known)}" if known else "none is declared"


def write_number(value: Fraction) -> str:
    """Write an exact number: as a decimal where it has one, else as a fraction."""
    rest, places = value.denominator, 0
    while rest % 10 in (2, 4, 5, 6, 8, 0) and rest > 1:
        rest //= 10 if rest % 10 == 0 else 5 if rest % 10 == 5 else 2
        places += 1
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    digits = str(abs(value.numerator) * 10**places // value.denominator).zfill(places + 1)
    decimal = f"{digits[:-places]}.{digits[-places:]}".rstrip("0") if places else digits
    return "-" * (value < 0) + decimal
