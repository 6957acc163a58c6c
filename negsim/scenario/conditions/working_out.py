"""Working a number out of the syntax of an expression, in whatever adds, subtracts, multiplies and divides."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from negsim.scenario.conditions.syntax import Expression, Infix, Number, Prefix, Word

__all__ = ["work_out"]

_OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def work_out(
    expression: Expression,
    of_word: Callable[[str], Any],
    of_number: Callable[[float], Any],
    divide: Callable[[Any, Any], Any] = operator.truediv,
) -> Any:
    """Work an expression out.

    Parameters
    ----------
    expression : Expression
        Of names, numbers and signs of arithmetic alone, which a checker has seen to; a number with a unit is a
        percentage.
    of_word, of_number : function
        What a name, and a number, stand for.
    divide : function of two, optional
        How to divide.

    Examples
    --------
    >>> from fractions import Fraction
    >>> work_out(Infix("+", Word("a", 0, 1), Number(Fraction(1, 2), None, 4, 7), 0, 7), {"a": 2.0}.__getitem__, float)
    2.5
    """
    match expression:
        case Word():
            return of_word(expression.text)
        case Number():
            return of_number(float(expression.value) / (100 if expression.unit else 1))
        case Prefix():
            return -work_out(expression.item, of_word, of_number, divide)
        case Infix():
            left = work_out(expression.left, of_word, of_number, divide)
            right = work_out(expression.right, of_word, of_number, divide)
            return _OPERATIONS.get(expression.operator, divide)(left, right)
    raise AssertionError("the checker has let nothing else through")
