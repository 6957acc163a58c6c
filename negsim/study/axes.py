"""What is varied, and over what.

``PATH=a,b,c``, ``PATH=range(0,1,0.1)`` with its end, ``PATH=0..1/11``, ``PATH=0..1`` for all between, or ``PATH`` alone
for what the scenario says of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.model.quantiles import quantile
from negsim.records import dataclass
from negsim.scenario.inventory import NamedQuantity
from negsim.scenario.quantities import Constant, Same
from negsim.scenario.words import number_text

__all__ = ["MOST_VALUES", "Axis", "Levels", "Own", "Span", "Value", "read_axis", "set_text", "split_list"]

MOST_VALUES = 100_000
"""The most values of one axis."""

Value = float | str
"""A number, or a text that is read as YAML where it is set: the name of a tactic, a range, a mapping."""

_NUMBER = r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?"
_SPACED = re.compile(rf"({_NUMBER}?)\.\.({_NUMBER})(?:/([0-9]+))?")
_LARGEST = 10**15
_STEPS = re.compile(r"range\((.*)\)", re.DOTALL)
_HOW = "values a,b,c; range(0,1,0.1), its end included; 0..1/11 for 11 values; 0..1 for all between"


@dataclass(frozen=True, slots=True)
class Levels:
    """Some values, each tried as it stands."""

    values: tuple[Value, ...]

    def at(self, unit: NDArray[np.float64]) -> list[Value]:
        """Give each value an equal part of the unit interval: (point,) to values."""
        return [self.values[min(int(u * len(self.values)), len(self.values) - 1)] for u in unit.tolist()]

    @property
    def extremes(self) -> tuple[Value, ...]:
        """What has to be tried to know that all can be set."""
        return self.values


@dataclass(frozen=True, slots=True)
class Span:
    """Any number from ``low`` to ``high``, all equally likely."""

    low: float
    high: float

    def at(self, unit: NDArray[np.float64]) -> list[Value]:
        """Spread the unit interval evenly: (point,) to values."""
        spread: list[Value] = (self.low + (self.high - self.low) * unit).tolist()
        return spread

    @property
    def extremes(self) -> tuple[Value, ...]:
        """What has to be tried to know that all can be set."""
        return self.low, self.high


@dataclass(frozen=True, slots=True)
class Own:
    """What the scenario says of the quantity: its own distribution."""

    named: NamedQuantity

    def at(self, unit: NDArray[np.float64]) -> list[Value]:
        """Take quantiles: (point,) to values."""
        quantity = self.named.quantity
        assert not isinstance(quantity, Constant | Same)
        drawn: list[Value] = quantile(quantity, self.named.domain, unit).tolist()
        return drawn

    @property
    def extremes(self) -> tuple[Value, ...]:
        """What has to be tried to know that all can be set."""
        return tuple(self.at(np.array([1e-6, 1 - 1e-6])))


Spread = Levels | Span | Own


@dataclass(frozen=True, slots=True)
class Axis:
    """One thing that is varied: its path, what it is set to, and how that was written."""

    path: str
    over: Spread
    text: str


def set_text(value: Value) -> str:
    """Write a value as ``--set`` reads it, every digit of it.

    >>> set_text(20.0), set_text(0.1 + 0.2), set_text("holdout")
    ('20', '0.30000000000000004', 'holdout')
    """
    return value if isinstance(value, str) else repr(value).removesuffix(".0")


def read_axis(path: str, text: str) -> Axis:
    """Read what one path is varied over.

    Parameters
    ----------
    path : str
        As a user writes it.
    text : str
        Values with commas between them, ``range(start,stop,step)`` with its end included if a step falls on it,
        ``low..high/n`` for n values at equal distances, ends included, or ``low..high`` for any number between.

    Raises
    ------
    UsageError
        If it is none of these, or says the same value twice.

    Examples
    --------
    >>> read_axis("parties.seller.no_deal", "range(0,1,0.25)").over
    Levels(values=(0.0, 0.25, 0.5, 0.75, 1.0))
    >>> read_axis("parties.seller.no_deal", "30..50/3").over, read_axis("parties.seller.no_deal", "30..50").over
    (Levels(values=(30.0, 40.0, 50.0)), Span(low=30.0, high=50.0))
    """
    inner = text.strip()
    if not inner:
        raise UsageError(f"--vary {path}: there is nothing to vary it over; write {_HOW}")
    if stepped := _STEPS.fullmatch(inner):
        return Axis(path, Levels(_range(path, stepped[1])), inner)
    if spaced := _SPACED.fullmatch(inner):
        return Axis(path, _between(path, *spaced.groups()), inner)
    values = tuple(_value(item) for item in split_list(inner))
    if "" in values:
        raise UsageError(f"--vary {path}={inner}: a value between commas is missing")
    twice = next((value for k, value in enumerate(values) if value in values[:k]), None)
    if twice is not None:
        raise UsageError(f"--vary {path}={inner}: {set_text(twice)} stands there twice")
    return Axis(path, Levels(values), inner)


def split_list(text: str) -> list[str]:
    """Split at commas that stand in no bracket, brace or quotes.

    >>> split_list("holdout, {time: {exponent: 2, unit: a}}")
    ['holdout', '{time: {exponent: 2, unit: a}}']
    """
    parts, depth, quote = [""], 0, ""
    for sign in text:
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign == "," and depth == 0:
            parts.append("")
            continue
        depth += (sign in "([{") - (sign in ")]}") if not quote else 0
        parts[-1] += sign
    return [part.strip() for part in parts]


def _value(text: str) -> Value:
    return float(text) if re.fullmatch(_NUMBER, text) else text


def _range(path: str, inner: str) -> tuple[Value, ...]:
    numbers = _decimals(path, f"range({inner})", split_list(inner))
    if len(numbers) not in (2, 3):
        said = "a range has a start, a stop and a step, such as range(0,1,0.1)"
        raise UsageError(f"--vary {path}=range({inner}): {said}")
    start, stop = numbers[0], numbers[1]
    step = numbers[2] if len(numbers) == 3 else Fraction(1)
    if step == 0 or (stop - start) / step < 0:
        raise UsageError(f"--vary {path}=range({inner}): the step does not lead from the start to the stop")
    return _evenly(path, start, step, int((stop - start) / step) + 1)


def _between(path: str, low: str, high: str, n: str | None) -> Spread:
    written = f"{low}..{high}" + (f"/{n}" if n else "")
    start, stop = _decimals(path, written, [low, high])
    if start >= stop:
        raise UsageError(f"--vary {path}={written}: the first number must be the smaller; write {high}..{low}")
    if n is None:
        return Span(float(start), float(stop))
    if int(n) < 2:
        raise UsageError(f"--vary {path}={written}: /{n} asks for {n} values; both ends take 2 at least")
    return Levels(_evenly(path, start, (stop - start) / (int(n) - 1), int(n)))


def _decimals(path: str, written: str, texts: Sequence[str]) -> list[Fraction]:
    """Read numbers exactly, so that the tenth step of 0.1 from 0 is 1."""
    wrong = next((text for text in texts if not re.fullmatch(_NUMBER, text.strip())), None)
    if wrong is not None:
        raise UsageError(f"--vary {path}={written}: {wrong!r} is not a number; write {_HOW}")
    numbers = [Decimal(text.strip()) for text in texts]
    large = next((number for number in numbers if abs(number) > _LARGEST), None)
    if large is not None:
        raise UsageError(f"--vary {path}={written}: {large} is too large; numbers reach 1e15")
    return [Fraction(number) for number in numbers]


def _evenly(path: str, start: Fraction, step: Fraction, n: int) -> tuple[Value, ...]:
    if n > MOST_VALUES:
        said = f"{n:,} values from {number_text(float(start))} in steps of {number_text(float(step))}"
        raise UsageError(f"--vary {path}: {said}; at most {MOST_VALUES:,} can be tried")
    return tuple(float(start + step * k) for k in range(n))
