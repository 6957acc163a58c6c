"""Exact decimals: the levels of a scale, and numbers that are compared with them."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

__all__ = ["decimal_text", "exact_number"]

_MOST_DIGITS = 18
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")


def exact_number(text: str) -> Fraction | None:
    """Read a decimal exactly; None if it is no number or has more than 18 digits on a side of its point.

    >>> exact_number("0.10")
    Fraction(1, 10)
    """
    if len(text) > 2 * _MOST_DIGITS or not _NUMBER.fullmatch(text):
        return None
    number = Decimal(text)
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -_MOST_DIGITS or number.adjusted() > _MOST_DIGITS:
        return None
    return Fraction(number)


def decimal_text(number: Fraction) -> str:
    """Write a decimal fraction in the shortest way.

    >>> decimal_text(Fraction(5, 2)), decimal_text(Fraction(30))
    ('2.5', '30')
    """
    if number.denominator == 1:
        return str(number.numerator)
    places = 0
    scaled = number
    while scaled.denominator != 1:
        places, scaled = places + 1, scaled * 10
    digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
    return f"{'-' if number < 0 else ''}{digits[:-places]}.{digits[-places:]}"
