"""Numbers, quantities and levels as the plain data of a file."""

from __future__ import annotations

import re
from dataclasses import fields

from negsim.errors import format_path
from negsim.scenario.marks import Plain
from negsim.scenario.quantities import NOTHING, Beta, Constant, Quantity, Same, Uniform

__all__ = ["Tree", "plain_level", "plain_number", "plain_quantity", "present", "unless_nothing"]

Tree = dict[str, Plain]


def present(tree: Tree) -> Tree:
    """Leave out what is None."""
    return {key: value for key, value in tree.items() if value is not None}


def unless_nothing(quantity: Quantity) -> Plain:
    """Write a quantity that is 0 if it is left out."""
    return None if quantity == NOTHING else plain_quantity(quantity)


def plain_quantity(quantity: Quantity) -> Plain:
    """Write a quantity.

    >>> plain_quantity(Uniform(30.0, 50.0)), plain_quantity(Beta(2.0, 5.0))
    ('30..50', {'beta': {'a': 2, 'b': 5}})
    """
    if isinstance(quantity, Constant):
        return plain_number(quantity.value)
    if isinstance(quantity, Same):
        return {"same": format_path(quantity.path)}
    ends = _range(quantity.low, quantity.high) if isinstance(quantity, Uniform) else None
    if ends:
        return ends
    parameters: Tree = {field.name: plain_number(getattr(quantity, field.name)) for field in fields(quantity)}
    if isinstance(quantity, Beta) and (quantity.low, quantity.high) == (0.0, 1.0):
        del parameters["low"], parameters["high"]
    return {type(quantity).__name__.lower(): parameters}


def plain_number(value: float) -> int | float:
    """Write a whole number without its point, but keep the sign of -0.0."""
    value = float(value)
    whole = value.is_integer() and abs(value) < 1e15 and repr(value) != "-0.0"
    return int(value) if whole else value


def _range(low: float, high: float) -> str | None:
    """Write ``low..high``, unless an end has an exponent."""
    text = f"{plain_number(low)}..{plain_number(high)}"
    return None if "e" in text else text


def plain_level(text: str) -> Plain:
    """Write a level as a number where a number says it exactly, an option as its id."""
    if not re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", text):
        return text
    value = float(text) if "." in text else int(text)
    return value if repr(value) == text else text
