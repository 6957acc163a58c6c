"""The text of a condition as tokens, each with its place in the text.

What people write in other languages (``&&``, ``=``, a quoted name) is a flaw, but where the meaning is
clear the token meant is put in its place, so that the rest of the condition is still checked.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from negsim.records import dataclass
from negsim.scenario.conditions.flaws import Flaw, describe_character, quote

__all__ = ["KEYWORDS", "Token", "tokenize"]

KEYWORDS = ("and", "or", "not", "implies", "iff", "in")
_OPERATORS = ("==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "(", ")", "|")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a condition: ``text`` is what is meant, ``start`` and ``end`` where it stands."""

    kind: Literal["number", "word", "operator", "end"]
    text: str
    start: int
    end: int


# What is written -> (what is meant, or "" where that is not certain; the help).
_MISTAKEN = {
    "=": ("==", "write =="),
    "===": ("==", "write =="),
    "<>": ("!=", "write !="),
    "=!": ("!=", "write !="),
    "=<": ("<=", "write <="),
    "&&": ("and", "write and"),
    "&": ("and", "write and"),
    "||": ("or", "write or"),
    "!": ("not", "write not"),
    "=>": ("", "write implies for 'if ... then', >= for 'at least'"),
    "==>": ("implies", "write implies"),
    "->": ("implies", "write implies"),
    "<=>": ("iff", "write iff"),
    "<->": ("iff", "write iff"),
    "**": ("", "there are no powers: write x * x"),
    "^": ("", "there are no powers: write x * x"),
    "//": ("/", "write /"),
    "{": ("", "choices follow in, with | between them: in a | b"),
    "}": ("", "choices follow in, with | between them: in a | b"),
    "[": ("", "choices follow in, with | between them: in a | b"),
    "]": ("", "choices follow in, with | between them: in a | b"),
    ",": ("", "write | between choices, and between conditions"),
    ".": ("", "names have no parts; a decimal needs a digit before the point: 0.5"),
}
_LOOKALIKES = {
    "\N{GREATER-THAN OR EQUAL TO}": ">=",
    "\N{GREATER-THAN OR SLANTED EQUAL TO}": ">=",
    "\N{LESS-THAN OR EQUAL TO}": "<=",
    "\N{LESS-THAN OR SLANTED EQUAL TO}": "<=",
    "\N{NOT EQUAL TO}": "!=",
    "\N{IDENTICAL TO}": "==",
    "\N{MINUS SIGN}": "-",
    "\N{HYPHEN}": "-",
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{MULTIPLICATION SIGN}": "*",
    "\N{MIDDLE DOT}": "*",
    "\N{DOT OPERATOR}": "*",
    "\N{ASTERISK OPERATOR}": "*",
    "\N{DIVISION SIGN}": "/",
    "\N{DIVISION SLASH}": "/",
    "\N{FRACTION SLASH}": "/",
    "\N{LOGICAL AND}": "and",
    "\N{LOGICAL OR}": "or",
    "\N{NOT SIGN}": "not",
    "\N{RIGHTWARDS ARROW}": "implies",
    "\N{RIGHTWARDS DOUBLE ARROW}": "implies",
    "\N{LEFT RIGHT ARROW}": "iff",
    "\N{LEFT RIGHT DOUBLE ARROW}": "iff",
    "\N{ELEMENT OF}": "in",
    "\N{DIVIDES}": "|",
    "\N{BROKEN BAR}": "|",
}
_QUOTES = (
    "'\"`\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
    "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
)


def _alternatives(spellings: tuple[str, ...]) -> str:
    return "|".join(re.escape(s) for s in sorted(spellings, key=len, reverse=True))


_PATTERN = re.compile(
    rf"""(?P<blank>[ \t\r\n]+)
    | (?P<number>[0-9][\w.]*)
    | (?P<word>[^\W\d]\w*)
    | (?P<sign>[%$\N{{PER MILLE SIGN}}\N{{DEGREE SIGN}}\N{{EURO SIGN}}\N{{POUND SIGN}}\N{{YEN SIGN}}]\w*)
    | [{_QUOTES}](?P<quoted>\w+)[{_QUOTES}]
    | (?P<operator>{_alternatives((*_OPERATORS, *_MISTAKEN))})
    | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")


def tokenize(text: str) -> tuple[tuple[Token, ...], tuple[Flaw, ...]]:
    """Split a condition into tokens, an ``end`` last; no tokens where the meaning is lost."""
    tokens: list[Token] = []
    flaws: list[Flaw] = []
    for match in _PATTERN.finditer(text):
        token, flaw = _read(match)
        if flaw is not None:
            flaws.append(flaw)
        if token is not None:
            tokens.append(token)
        elif flaw is not None and not match.group().isspace():
            return (), tuple(flaws)
    tokens.append(Token("end", "", len(text), len(text)))
    return tuple(tokens), tuple(flaws)


def _read(match: re.Match[str]) -> tuple[Token | None, Flaw | None]:
    """Read one match: the token it means, and what is wrong with it."""
    kind, found = match.lastgroup, match.group()
    if kind == "blank":
        return None, None
    if kind == "number":
        fits = _NUMBER.fullmatch(found)
        return (_token(match, "number", found), None) if fits else (None, _bad_number(match))
    if kind in ("word", "sign"):
        return _read_word(match)
    if kind == "quoted":
        flaw = _flaw(match, f"conditions have no quotes, as around {match['quoted']}", "write the name alone")
        return _token(match, "word", match["quoted"]), flaw
    if found in _OPERATORS:
        return _token(match, "operator", found), None
    return _read_mistaken(match)


def _token(match: re.Match[str], kind: Literal["number", "word", "operator"], text: str) -> Token:
    return Token(kind, text, match.start(), match.end())


def _flaw(match: re.Match[str], message: str, help_: str = "") -> Flaw:
    return Flaw("NS303", message, match.start(), match.end() - match.start(), help_)


def _read_word(match: re.Match[str]) -> tuple[Token, Flaw | None]:
    word = match.group()
    if word in KEYWORDS:
        return _token(match, "operator", word), None
    if word.lower() in KEYWORDS:
        return _token(match, "operator", word.lower()), _flaw(
            match, f"conditions have no {quote(word)}", f"write {word.lower()}"
        )
    return _token(match, "word", word), None


def _read_mistaken(match: re.Match[str]) -> tuple[Token | None, Flaw]:
    """Read what is no token: a known slip, a character that looks like an operator, or anything else."""
    found = match.group()
    plain = unicodedata.normalize("NFKC", found)
    if found in _MISTAKEN:
        meant, hint = _MISTAKEN[found]
    elif found in _QUOTES:
        meant, hint = "", "names need no quotes"
    elif found.isspace():
        meant, hint = "", "write an ordinary space"
    else:
        meant = _LOOKALIKES.get(found) or (plain if plain in _OPERATORS else _MISTAKEN.get(plain, ("", ""))[0])
        hint = f"write {meant}" if meant else ""
    flaw = _flaw(match, f"conditions have no {describe_character(found)}", hint)
    return (_token(match, "operator", meant) if meant else None), flaw


def _bad_number(match: re.Match[str]) -> Flaw:
    """Say why what begins with a digit is no number."""
    found = match.group()
    number = _NUMBER.match(found)
    rest = found[number.end() :] if number else ""
    if ".." in found:
        hint = "a condition has no ranges: write x >= low and x <= high"
    elif rest.isalpha():
        hint = f"put a space before a unit, * before an issue: {found[: -len(rest)]} {rest}"
    else:
        hint = "write digits, and at most one point between them: 1000, 0.5"
    return _flaw(match, f"{quote(found)} is not a number", hint)
