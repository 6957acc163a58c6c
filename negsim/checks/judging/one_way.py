"""Claims that one corner settles: where all that is uncertain pulls one way, no other world can be worse."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from negsim.errors import Path
from negsim.model.points import Factor
from negsim.scenario.claims.tree import Claim, Scope
from negsim.scenario.conditions.comparing import CONNECTIVES
from negsim.scenario.conditions.findings import leaves
from negsim.scenario.conditions.syntax import Choices, Expression, Infix, Prefix, Word
from negsim.scenario.inventory import find_ends, list_quantities
from negsim.scenario.quantities import Constant, Same
from negsim.scenario.types import Scenario

__all__ = ["worst_corner"]

_OF_ZONES = ("zone", "option", "accept", "zone_size")
"""What neither a higher no-deal value nor a line that turns real adds to."""


def worst_corner(claim: Claim, scenario: Scenario, factors: tuple[Factor, ...]) -> NDArray[np.float64] | None:
    """Give the world that breaks a claim if any does: (factor,); None where that cannot be said beforehand.

    By the theorems on zones: a no-deal value that rises and a line that turns real
    never bring an outcome into the zone. That says something of claims that can only become false, or only true, as the
    zone shrinks, and only where nothing else is uncertain and no deal may be broken, for which a no-deal value counts
    twice.
    """
    no_deals = {(*actor.path, "no_deal") for actor in scenario.actors}
    if scenario.durability is not None or not all(one.is_coin or one.path in no_deals for one in factors):
        return None
    if _pull_elsewhere(scenario, no_deals):
        return None
    wants = _direction(claim)
    if wants is None:
        return None
    return np.array([one.high if wants > 0 else one.low for one in factors], np.float64)


def _pull_elsewhere(scenario: Scenario, no_deals: Collection[Path]) -> bool:
    """Tell whether anything but a no-deal value, or what decides a coin, is the same as another and uncertain."""
    quantities = {one.path: one.quantity for one in list_quantities(scenario)}
    firmness = {
        (*actor.path, "red_lines", line.id, "firmness") for actor in scenario.actors for line in actor.red_lines
    }
    alone = {*no_deals, *firmness, *((*party.path, "good_faith") for party in scenario.parties)}
    ends = find_ends(list_quantities(scenario))
    return any(
        isinstance(quantity, Same) and not isinstance(ends[path].quantity, Constant) and path not in alone
        for path, quantity in quantities.items()
    )


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
