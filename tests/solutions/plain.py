"""The solutions outcome by outcome, in plain Python on fractions: a second way to the same sets of outcomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

Outcome = tuple[Fraction, ...]


def outcomes_of(surplus: NDArray[np.float64]) -> list[Outcome]:
    return [tuple(Fraction(value) for value in outcome) for outcome in surplus.T.tolist()]


def dominates(one: Sequence[Any], other: Sequence[Any]) -> bool:
    """As good for everybody, and not the same."""
    return all(a >= b for a, b in zip(one, other, strict=True)) and tuple(one) != tuple(other)


def pareto_optimal(utility: NDArray[np.float64]) -> list[bool]:
    outcomes = outcomes_of(utility)
    return [not any(dominates(other, one) for other in outcomes) for one in outcomes]


def rational(outcomes: Sequence[Outcome]) -> list[int]:
    return [k for k, outcome in enumerate(outcomes) if min(outcome) >= 0]


def _best(positions: Sequence[int], rank: Callable[[int], Any]) -> list[int]:
    best = max((rank(k) for k in positions), default=None)
    return [k for k in positions if rank(k) == best]


def nash(surplus: NDArray[np.float64], weights: Sequence[int] | None = None) -> list[int]:
    """By trying sets of parties, the largest first."""
    outcomes, n = outcomes_of(surplus), len(surplus)
    powers = weights or [1] * n
    for size in range(n, -1, -1):
        chosen = []
        for members in combinations(range(n), size):
            suited = [
                k
                for k in rational(outcomes)
                if all((outcomes[k][party] > 0) == (party in members) for party in range(n))
            ]
            chosen += _best(suited, lambda k, members=members: prod(outcomes[k][p] ** powers[p] for p in members))  # type: ignore[misc]
        if chosen:
            return sorted(chosen)
    return []


def kalai_smorodinsky(surplus: NDArray[np.float64]) -> list[int]:
    outcomes = outcomes_of(surplus)
    allowed = rational(outcomes)
    ideal = [max((outcomes[k][party] for k in allowed), default=Fraction(0)) for party in range(len(surplus))]
    return _best(
        allowed, lambda k: sorted(gain / most for gain, most in zip(outcomes[k], ideal, strict=True) if most > 0)
    )


def egalitarian(surplus: NDArray[np.float64]) -> list[int]:
    outcomes = outcomes_of(surplus)
    return _best(rational(outcomes), lambda k: sorted(outcomes[k]))


def utilitarian(surplus: NDArray[np.float64]) -> list[int]:
    outcomes = outcomes_of(surplus)
    return _best(rational(outcomes), lambda k: sum(outcomes[k]))


PLAIN: dict[str, Callable[[NDArray[np.float64]], list[int]]] = {
    "nash": nash,
    "kalai_smorodinsky": kalai_smorodinsky,
    "egalitarian": egalitarian,
    "utilitarian": utilitarian,
}
