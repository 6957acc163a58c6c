"""Readers for the values that may be written in several ways, for `negsim.scenario.shaping` to call.

Each either returns what it read or raises every flaw it found, with our own codes and words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from negsim.errors import Path
from negsim.records import dataclass
from negsim.scenario.quantities import Quantity
from negsim.scenario.quantity_syntax import RANGE, SyntaxFlaw, read_quantity
from negsim.scenario.shaping import flawed
from negsim.scenario.words import did_you_mean, listed, shown

__all__ = [
    "DEMAND_FORMS",
    "DemandShape",
    "Word",
    "read_date",
    "read_day",
    "read_demand",
    "read_firmness",
    "read_level",
    "read_number",
    "read_options",
    "read_quantity_shape",
    "read_scale",
    "read_version",
    "read_whole_number",
    "whole_number_between",
    "word_of",
]

DEMAND_FORMS = ("one_of", "at_least", "at_most", "between")
MOST_OPTIONS = 10_000
_BETWEEN = re.compile(r"\s*(\S+?)\.\.(\S+)\s*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Word = str | int | float


@dataclass(frozen=True, slots=True)
class DemandShape:
    """A demand as written: its form, the options or levels it names, and the path from the demand to each."""

    form: str
    stated: tuple[Word, ...] = ()
    at: tuple[Path, ...] = ()


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def read_version(value: object) -> int:
    """Accept version 1 and nothing else."""
    if value == 1 and isinstance(value, int) and not isinstance(value, bool):
        return 1
    newer = isinstance(value, int) and value > 1
    message = f"must be 1, the version of the format, not {shown(value)}"
    raise flawed(SyntaxFlaw("NS206", message, "this file needs a newer negsim" if newer else "write negsim: 1"))


def word_of(words: tuple[str, ...]) -> Callable[[object], str]:
    """Make a reader that accepts one of a few words."""

    def read(value: object) -> str:
        if isinstance(value, str) and value in words:
            return value
        code = "NS204" if isinstance(value, str) else "NS203"
        hint = did_you_mean(value, words) if isinstance(value, str) else ""
        raise flawed(SyntaxFlaw(code, f"must be {listed(words)}, not {shown(value)}", hint))

    return read


def read_number(value: object) -> float:
    """Accept a plain number of a sensible size."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= 1e15:
        return float(value)
    raise flawed(SyntaxFlaw("NS203", f"must be a number, not {shown(value)}"))


def whole_number_between(least: int, most: int) -> Callable[[object], int]:
    """Make a reader that accepts a count within bounds."""

    def read(value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        raise flawed(SyntaxFlaw("NS203", f"must be a whole number from {least} to {most:,}, not {shown(value)}"))

    return read


def read_whole_number(value: object) -> int:
    """Accept a count of at least 1."""
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 1_000_000:
        return value
    raise flawed(SyntaxFlaw("NS203", f"must be a whole number of at least 1, not {shown(value)}"))


def read_date(value: object) -> str:
    """Accept a day of the calendar."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            date.fromisoformat(value)
        except ValueError:
            raise flawed(SyntaxFlaw("NS203", f"must be a day of the calendar, not {value}")) from None
        return value
    raise flawed(SyntaxFlaw("NS203", f"must be a date, not {shown(value)}", "write it as YYYY-MM-DD"))


def read_day(value: object) -> date:
    """Accept a day of the calendar, as such."""
    return date.fromisoformat(read_date(value))


def read_level(value: object) -> Word:
    """Accept an option of an issue, or a level."""
    if isinstance(value, str) or _is_number(value):
        assert isinstance(value, str | int | float)
        return value
    raise flawed(SyntaxFlaw("NS203", f"must be an option or a level, not {shown(value)}"))


def read_scale(value: object) -> str:
    """Accept ``LOW..HIGH``; the ends are read exactly later."""
    if isinstance(value, str) and re.fullmatch(RANGE, value):
        return value
    raise flawed(SyntaxFlaw("NS412", f"must be a scale such as 0..50, not {shown(value)}", "give its step beside it"))


def read_options(value: object) -> tuple[tuple[str, str], ...]:
    """Read a list of ids, or a mapping from id to title, into pairs; a list leaves the titles empty."""
    if not isinstance(value, list | dict):
        raise flawed(SyntaxFlaw("NS203", f"must be a list of option ids, not {shown(value)}", "write [low, high]"))
    if not 1 <= len(value) <= MOST_OPTIONS:
        raise flawed(SyntaxFlaw("NS207", f"must have between 1 and {MOST_OPTIONS:,} options, not {len(value):,}"))
    if isinstance(value, dict):
        flaws = [
            SyntaxFlaw("NS203", f"must be a title of 1 to 300 characters, not {shown(title)}", at=(name,))
            for name, title in value.items()
            if not isinstance(title, str) or not 1 <= len(title) <= 300
        ]
    else:
        hint = "numbers go on a scale: scale: 0..50, step: 5"
        flaws = [
            SyntaxFlaw("NS203", f"must be an option id, not {shown(item)}", hint if _is_number(item) else "", (str(i),))
            for i, item in enumerate(value)
            if not isinstance(item, str)
        ]
    if flaws:
        raise flawed(*flaws)
    return tuple(value.items()) if isinstance(value, dict) else tuple((item, "") for item in value)


def read_quantity_shape(value: object) -> Quantity:
    """Read a quantity."""
    found = read_quantity(value)
    if isinstance(found, tuple):
        raise flawed(*found)
    return found


def read_firmness(value: object) -> Quantity | None:
    """Read ``hard`` as None, anything else as a quantity."""
    if value == "hard":
        return None
    if isinstance(value, str) and not any(letter.isdigit() for letter in value):
        hint = did_you_mean(value, ["hard"])
        raise flawed(SyntaxFlaw("NS210", f"must be hard or a probability, not {shown(value)}", hint))
    return read_quantity_shape(value)


def read_demand(value: object) -> DemandShape:
    """Read a demand in any of its forms."""
    if value == "any":
        return DemandShape("any")
    if isinstance(value, str) or _is_number(value):
        assert isinstance(value, str | int | float)
        return DemandShape("option", (value,), ((),))
    if not isinstance(value, dict):
        hint = "write {one_of: [...]} for several options" if isinstance(value, list) else ""
        raise flawed(SyntaxFlaw("NS203", f"must be an option or a level, not {shown(value)}", hint))
    unknown = [key for key in value if key not in DEMAND_FORMS]
    if unknown:
        hints = ((key, did_you_mean(key, DEMAND_FORMS)) for key in unknown)
        raise flawed(*(SyntaxFlaw("NS201", "is not a form of demand", hint, (key,), True) for key, hint in hints))
    if len(value) != 1:
        found = listed(list(value), last="and") or "nothing"
        raise flawed(SyntaxFlaw("NS203", f"must have exactly one of {listed(DEMAND_FORMS)}; it has {found}"))
    ((form, stated),) = value.items()
    return _read_form(form, stated)


def _read_form(form: str, stated: object) -> DemandShape:
    if form == "one_of":
        return _read_one_of(stated)
    if form == "between":
        match = _BETWEEN.fullmatch(stated) if isinstance(stated, str) and len(stated) <= 200 else None
        if match is None:
            message = f"must be a range of options or levels such as 30..50, not {shown(stated)}"
            raise flawed(SyntaxFlaw("NS203", message, at=(form,)))
        return DemandShape(form, match.groups(), ((form,), (form,)))
    if isinstance(stated, str) or _is_number(stated):
        assert isinstance(stated, str | int | float)
        return DemandShape(form, (stated,), ((form,),))
    raise flawed(SyntaxFlaw("NS203", f"must be an option or a level, not {shown(stated)}", at=(form,)))


def _read_one_of(stated: object) -> DemandShape:
    if not isinstance(stated, list) or not stated:
        message = f"must be a list of options, not {shown(stated) if stated != [] else 'an empty one'}"
        raise flawed(SyntaxFlaw("NS203", message, at=("one_of",)))
    bad = [(i, item) for i, item in enumerate(stated) if not (isinstance(item, str) or _is_number(item))]
    if bad:
        say = "must be an option or a level, not"
        raise flawed(*(SyntaxFlaw("NS203", f"{say} {shown(item)}", at=("one_of", str(i))) for i, item in bad))
    return DemandShape("one_of", tuple(stated), tuple(("one_of", str(i)) for i in range(len(stated))))
