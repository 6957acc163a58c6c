"""The typed tree of a condition: what is left once every name is resolved and every type checked.

Two leaves suffice. A comparison with options becomes the set of option indices for which it holds;
a comparison of numbers becomes a polynomial in the levels of numeric issues, compared with zero.
Both are exact: no floating point is involved in whether a condition holds.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from negsim.records import dataclass

__all__ = [
    "IRRELEVANT",
    "And",
    "Condition",
    "Iff",
    "Implies",
    "Node",
    "Not",
    "OptionIn",
    "Or",
    "Polynomial",
    "Sign",
    "Term",
]

IRRELEVANT = "irrelevant"
"""The single option of an issue where its ``when`` condition does not hold; always the last index."""

Sign = Literal["==", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class OptionIn:
    """The chosen option of ``issue`` is one of ``choices`` (indices; ``irrelevant`` is the last)."""

    issue: str
    choices: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """``coefficient`` times the product of the levels of ``issues`` (repeated for powers, sorted)."""

    coefficient: Fraction
    issues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Polynomial:
    """The sum of ``terms`` compared with 0. The issues are numeric and never irrelevant."""

    sign: Sign
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Negation."""

    item: Node


@dataclass(frozen=True, slots=True)
class And:
    """Both hold."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Or:
    """At least one holds."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Implies:
    """``right`` holds wherever ``left`` does."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Iff:
    """Both hold or neither does."""

    left: Node
    right: Node


Node = OptionIn | Polynomial | Not | And | Or | Implies | Iff


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as written (``text``) and as understood (``root``); ``issues`` it names, in declared order."""

    text: str
    root: Node
    issues: tuple[str, ...]
