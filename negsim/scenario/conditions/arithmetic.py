"""Exact polynomials in the levels of issues: like terms merged, nothing rounded."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from negsim.scenario.conditions.tree import Polynomial, Sign, Term

__all__ = ["Terms", "add", "as_constant", "constant", "degree", "level_of", "multiply", "polynomial", "scale"]

Terms = Mapping[tuple[str, ...], Fraction]
"""Product of issues (sorted, repeated for powers) -> its coefficient, never 0; ``()`` is the constant."""


def constant(value: Fraction) -> Terms:
    """Make a number a polynomial."""
    return {(): value} if value else {}


def level_of(issue: str) -> Terms:
    """Make the level of an issue a polynomial."""
    return {(issue,): Fraction(1)}


def add(left: Terms, right: Terms) -> Terms:
    """Add two polynomials."""
    total = dict(left)
    for issues, coefficient in right.items():
        total[issues] = total.get(issues, Fraction(0)) + coefficient
    return {issues: coefficient for issues, coefficient in total.items() if coefficient}


def scale(terms: Terms, factor: Fraction) -> Terms:
    """Multiply a polynomial by a number."""
    return {issues: coefficient * factor for issues, coefficient in terms.items()} if factor else {}


def multiply(left: Terms, right: Terms) -> Terms:
    """Multiply two polynomials."""
    product: dict[tuple[str, ...], Fraction] = {}
    for a, x in left.items():
        for b, y in right.items():
            issues = tuple(sorted(a + b))
            product[issues] = product.get(issues, Fraction(0)) + x * y
    return {issues: coefficient for issues, coefficient in product.items() if coefficient}


def degree(terms: Terms) -> int:
    """Give the most issues multiplied together in one term."""
    return max((len(issues) for issues in terms), default=0)


def as_constant(terms: Terms) -> Fraction:
    """Give the constant term."""
    return terms.get((), Fraction(0))


def polynomial(terms: Terms, sign: Sign) -> Polynomial:
    """Compare with 0; the terms are sorted by degree, then by the issues they multiply."""
    ordered = sorted(terms.items(), key=lambda item: (len(item[0]), item[0]))
    return Polynomial(sign, tuple(Term(coefficient, issues) for issues, coefficient in ordered))
