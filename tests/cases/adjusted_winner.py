"""Adjusted Winner (Brams & Taylor 1996, Fair Division, chapter 4), as they describe it: a procedure, no optimisation."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def adjusted_winner(first: Sequence[int], second: Sequence[int]) -> list[Fraction]:
    """Divide issues between two parties who put points on them; gives the first party's share of each.

    Each issue goes to the party that put more points on it. Then the one with more points in all hands over issues to
    the other, beginning where its points are fewest in proportion to the other's, until both have equally many; the
    last issue is divided.
    """
    share = [Fraction(mine >= other) for mine, other in zip(first, second, strict=True)]
    own, others = totals(share, first, second)
    if own < others:
        return [1 - part for part in adjusted_winner(second, first)]
    won = [k for k in range(len(share)) if share[k] == 1]
    for k in sorted(won, key=lambda k: Fraction(first[k], second[k])):
        own, others = totals(share, first, second)
        share[k] -= min(Fraction(1), (own - others) / (first[k] + second[k]))
    return share


def totals(share: Sequence[Fraction], first: Sequence[int], second: Sequence[int]) -> tuple[Fraction, Fraction]:
    """Add up the points of both parties, issues divided as the first party's shares say."""
    own = sum((part * points for part, points in zip(share, first, strict=True)), Fraction(0))
    others = sum(((1 - part) * points for part, points in zip(share, second, strict=True)), Fraction(0))
    return own, others
