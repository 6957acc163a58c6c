"""Talks held by NegMAS, in its natural way and in the best way found, between its time-based negotiators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from negmas import make_issue, make_os
from negmas.gb.negotiators import BoulwareTBNegotiator, ConcederTBNegotiator, LinearTBNegotiator
from negmas.outcomes import CartesianOutcomeSpace
from negmas.preferences import LinearAdditiveUtilityFunction
from negmas.preferences.inv_ufun import AdaptiveInverseUtilityFunction
from negmas.sao import SAOMechanism

__all__ = ["EXPONENTS", "Inverse", "Utility", "additive_utility", "invert", "space_of", "talk", "talk_fast"]

Utility: TypeAlias = LinearAdditiveUtilityFunction
Inverse: TypeAlias = AdaptiveInverseUtilityFunction

_NEGOTIATORS = {4.0: BoulwareTBNegotiator, 1.0: LinearTBNegotiator, 0.25: ConcederTBNegotiator}

EXPONENTS = tuple(_NEGOTIATORS)
"""The exponents by which its negotiators concede: Boulware, linear, conceder."""


def space_of(shape: Sequence[int]) -> CartesianOutcomeSpace:
    """Make a space of issues with so many options, numbered from 0."""
    return make_os([make_issue(n_options, f"i{k}") for k, n_options in enumerate(shape)])


def additive_utility(values: Sequence[Sequence[float]], reserved: float, space: CartesianOutcomeSpace) -> Utility:
    """Make a utility function of weighted values, option by option of each issue, 0 to 1 in sum."""
    return LinearAdditiveUtilityFunction(
        values=[dict(enumerate(value)) for value in values],
        weights=[1.0] * len(values),
        outcome_space=space,
        reserved_value=reserved,
    )


def invert(utility: Utility) -> Inverse:
    """Sort the outcomes by a utility function, as its negotiators do when talks begin."""
    inverse = AdaptiveInverseUtilityFunction(utility, rational_only=True)
    inverse.init()
    return inverse


def talk(utilities: Sequence[Utility], exponents: Sequence[float], n_rounds: int) -> tuple[tuple[int, ...] | None, int]:
    """Let negotiators talk as the documentation shows it: the agreement, and how many steps were taken."""
    mechanism = SAOMechanism(outcome_space=utilities[0].outcome_space, n_steps=n_rounds)
    for k, (utility, exponent) in enumerate(zip(utilities, exponents, strict=True)):
        mechanism.add(_NEGOTIATORS[exponent](name=f"p{k}"), ufun=utility)
    state = mechanism.run()
    return state.agreement, state.step


def talk_fast(
    inverses: Sequence[Inverse], exponents: Sequence[float], n_rounds: int
) -> tuple[tuple[int, ...] | None, int]:
    """Let negotiators talk with outcomes sorted beforehand, no threads and no callbacks."""
    space = inverses[0].ufun.outcome_space
    mechanism = SAOMechanism(outcome_space=space, n_steps=n_rounds, sync_calls=True, extra_callbacks=False)
    for k, (inverse, exponent) in enumerate(zip(inverses, exponents, strict=True)):
        negotiator = _NEGOTIATORS[exponent](name=f"p{k}", ufun_inverter=lambda _, inverse=inverse: inverse)
        mechanism.add(negotiator, ufun=inverse.ufun)
    state = mechanism.run()
    return state.agreement, state.step
