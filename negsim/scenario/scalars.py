"""What an unquoted word or number means: YAML 1.2 where YAML 1.1 agrees, a refusal where it does not."""

from __future__ import annotations

import math
import re

from negsim.records import dataclass

__all__ = ["Refusal", "resolve"]

_MAX_NUMBER_LENGTH = 400

_TRUTH = {"yes", "no", "on", "off", "y", "n", "true", "false"}
_NOTHING = {"null", "~"}
_NOT_FINITE = {sign + dot + word for sign in ("", "+", "-") for dot in ("", ".") for word in ("inf", "infinity", "nan")}
_WORDS = _TRUTH | _NOTHING | _NOT_FINITE

_STARTS_NUMBER = frozenset("+-.0123456789")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_NUMBER = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_OTHER_BASE = re.compile(r"[-+]?0[box][0-9a-fA-F_]+")
_SEXAGESIMAL = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-9]+)+(?:\.[0-9_]*)?")
_LOOSE_NUMBER = re.compile(r"[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an unquoted scalar is not taken for anything."""

    code: str
    message: str
    help: str


def resolve(text: str) -> bool | int | float | str | Refusal | None:
    """Read an unquoted scalar.

    Only ``true``, ``false``, ``null`` and decimal numbers without leading zeros are more than text;
    a sign (``+1``), a bare point (``.5``, ``5.``) and an exponent (``1e3``) are allowed. A date is text.

    >>> resolve("2.50"), resolve("true"), resolve("2026-02-17"), resolve("35..45")
    (2.5, True, '2026-02-17', '35..45')
    >>> resolve("no").help
    'quote it: "no"'
    """
    if text[:1] in _STARTS_NUMBER:
        return _resolve_number(text)
    return _resolve_word(text) if text.lower() in _WORDS else text


def _resolve_word(text: str) -> bool | Refusal | None:
    if text in ("true", "false"):
        return text == "true"
    if text == "null":
        return None
    word = text.lower()
    if word in _NOT_FINITE:
        return Refusal("NS111", f"{text} is not a finite number", f'write a number, or quote the word: "{text}"')
    if word in _NOTHING:
        return Refusal("NS108", f"some readers of YAML take {text} for nothing", f'write null, or quote it: "{text}"')
    meant = f"write {word}, or quote it" if word in ("true", "false") else "quote it"
    return Refusal("NS108", f"some readers of YAML take {text} for true or false", f'{meant}: "{text}"')


def _resolve_number(text: str) -> bool | int | float | str | Refusal | None:
    if _NUMBER.fullmatch(text):
        return _finite(text)
    if text.lower() in _WORDS:
        return _resolve_word(text)
    if _OTHER_BASE.fullmatch(text):
        return _ambiguous(text, "write it in decimal, or quote it")
    if _SEXAGESIMAL.fullmatch(text):
        return _ambiguous(text, "YAML 1.1 counts it in sixties; quote it")
    if _LOOSE_NUMBER.fullmatch(text):
        why = "write it without _" if "_" in text else "write it without leading zeros"
        return _ambiguous(text, f"{why}, or quote it")
    return text


def _ambiguous(text: str, hint: str) -> Refusal:
    shown = _shorten(text)
    return Refusal("NS109", f"readers of YAML disagree on the number {shown}", f'{hint}: "{shown}"')


def _finite(text: str) -> int | float | Refusal:
    """Keep to numbers that a float can hold, so that no one later spends an hour on 1e-999999999."""
    value = float(text) if len(text) <= _MAX_NUMBER_LENGTH else math.inf
    lost = value == 0 and re.search("[1-9]", re.split("[eE]", text)[0])
    if math.isinf(value) or lost:
        size = "long" if len(text) > _MAX_NUMBER_LENGTH else "close to 0" if lost else "large"
        return Refusal("NS111", f"the number {_shorten(text)} is too {size} to reckon with", "round it")
    return int(text) if _INTEGER.fullmatch(text) else value


def _shorten(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."
