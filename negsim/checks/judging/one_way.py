"""Claims that one corner settles: where all that is uncertain pulls one way, no other world can be worse."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.model.points import BLUFF, REAL, Factor
from negsim.scenario.claims.tree import Claim, Scope
from negsim.scenario.conditions.comparing import CONNECTIVES
from negsim.scenario.conditions.findings import leaves
from negsim.scenario.conditions.syntax import Choices, Expression, Infix, Prefix, Word
from negsim.scenario.inventory import list_quantities
from negsim.scenario.quantities import Constant, Same
from negsim.scenario.types import Scenario

__all__ = ["worst_corner"]

_OF_ZONES = ("zone", "option", "accept", "zone_size")
"""What neither a higher no-deal value, nor a line that turns real, nor a party that is not serious adds to."""


def worst_corner(claim: Claim, scenario: Scenario, factors: tuple[Factor, ...]) -> NDArray[np.float64] | None:
    """Give the world that breaks a claim if any does: (factor,); None where that cannot be said beforehand.

    By the theorems on zones: a no-deal value that rises, a line that turns real and a party that is not serious
    never bring an outcome into the zone. That says something of claims that can only become false, or only true, as the
    zone shrinks, and only where nothing else is uncertain and no deal may be broken, for which a no-deal value counts
    twice.
    """
    if scenario.durability is not None or not all(_pulls(one) for one in factors) or _pull_elsewhere(scenario):
        return None
    wants = _direction(claim)
    if wants is None:
        return None
    return np.array([_worst(one, small_is_bad=wants > 0) for one in factors], np.float64)


def _pulls(factor: Factor) -> bool:
    return factor.is_coin or (factor.path[0] == "parties" and factor.path[-1] == "no_deal")


def _pull_elsewhere(scenario: Scenario) -> bool:
    """Tell whether anything but a no-deal value, or what decides a coin, is the same as another and uncertain."""
    quantities = {one.path: one.quantity for one in list_quantities(scenario)}
    for path, quantity in quantities.items():
        end = quantity
        while isinstance(end, Same):
            end = quantities[end.path]
        if end is not quantity and not isinstance(end, Constant) and path[-1] not in _ALONE:
            return True
    return False


_ALONE = ("no_deal", "firmness", "good_faith")


def _worst(factor: Factor, *, small_is_bad: bool) -> float:
    """Put a factor where the zone is smallest, or largest."""
    if factor.path[-1] == "serious":
        return BLUFF if small_is_bad else REAL
    return factor.high if small_is_bad else factor.low


def _direction(claim: Claim) -> int | None:
    """Say whether a claim can only fail as the zone shrinks (1) or as it grows (-1)."""
    if claim.scope is Scope.OUTCOME:
        return -1
    if claim.trend is not None or claim.root is None:
        return None
    if any(one.name not in _OF_ZONES for one in claim.measures.values()):
        return None
    found = set(_of_condition(claim.root, claim, 1))
    return found.pop() if len(found) == 1 and None not in found else None


def _of_condition(expression: Expression, claim: Claim, sign: int) -> list[int | None]:
    match expression:
        case Word():
            return [sign]
        case Prefix(item=item):
            return _of_condition(item, claim, -sign)
        case Infix(operator="iff"):
            return [None]
        case Infix(operator="implies", left=left, right=right):
            return [*_of_condition(left, claim, -sign), *_of_condition(right, claim, sign)]
        case Infix(operator=operator, left=left, right=right) if operator in CONNECTIVES:
            return [*_of_condition(left, claim, sign), *_of_condition(right, claim, sign)]
        case Infix(operator=operator, left=Word(), right=right) if not _has_words(right):
            return [sign if operator in (">", ">=") else -sign if operator in ("<", "<=") else None]
    return [None]


def _has_words(expression: Expression) -> bool:
    return isinstance(expression, Choices) or any(isinstance(leaf, Word) for leaf in leaves(expression))
