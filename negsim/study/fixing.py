"""Holding uncertain quantities at a value without reading the scenario again.

A value within what a quantity could be anyway makes no valid scenario invalid: every check of a file holds for all that
a range reaches. So nothing has to be checked again, and only the figures of the scenario change, none of its structure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from negsim.errors import Path
from negsim.scenario.claims.tree import Expectation
from negsim.scenario.conditions.tree import Condition
from negsim.scenario.inventory import NamedQuantity, find_ends, list_quantities
from negsim.scenario.quantities import NOTHING, Constant, Normal, Quantity, Same, is_uncertain
from negsim.scenario.types import Counterexample, Issue, Provenance, Scenario, Source

__all__ = ["can_be", "fixable", "with_fixed", "without_figures"]

_HOLDS_NONE = (Condition, Counterexample, Expectation, Issue, Provenance, Source)
"""What holds no quantity and need not be looked through."""


def fixable(scenario: Scenario) -> dict[Path, NamedQuantity]:
    """List the quantities that can be held at any value within their reach, by path.

    Left out are those tied to others, those of the calendar of talks, whose checks look at single values, those that
    such a one or a priority is the same as, and those whose distribution stands in the scenario at a second place.
    """
    tied = {path for tie in scenario.ties for path in tie.between}
    listed = list_quantities(scenario)
    # Where another is the same as one, its own checks are as if the value stood there.
    looked_at = {
        end.path
        for path, end in find_ends(listed).items()
        if path != end.path and (path[0] == "talks" or ("priorities" in path and "priorities" not in end.path))
    }
    times = Counter(id(one.quantity) for one in listed)
    return {
        one.path: one
        for one in listed
        if is_uncertain(one.quantity)
        and one.path not in tied | looked_at
        and one.path[0] != "talks"
        and times[id(one.quantity)] == 1
    }


def can_be(one: NamedQuantity, value: float) -> bool:
    """Tell whether a quantity could have a value anyway; a priority of 0 is left out, as what has one may need none.

    >>> from negsim.scenario.quantities import PROBABILITY, Uniform
    >>> can_be(NamedQuantity(("a",), Uniform(0.25, 0.5), PROBABILITY), 0.5)
    True
    """
    low, high = _reach(one)
    return low <= value <= high and not (value == 0 and "priorities" in one.path)


def _reach(one: NamedQuantity) -> tuple[float, float]:
    quantity = one.quantity
    assert not isinstance(quantity, Constant | Same)
    if isinstance(quantity, Normal):
        return one.domain.low, one.domain.high
    return quantity.low, quantity.high


def with_fixed(scenario: Scenario, fixed: Mapping[Path, float], known: Mapping[Path, NamedQuantity]) -> Scenario:
    """Hold quantities at a value.

    Parameters
    ----------
    scenario : Scenario
    fixed : mapping of Path to float
        Each one that it `can_be`.
    known : mapping of Path to NamedQuantity
        What is `fixable` of this scenario.

    Returns
    -------
    Scenario
        The one that reading it with these changes gives.
    """
    constant = {id(known[path].quantity): Constant(value) for path, value in fixed.items()}
    changed: Scenario = _rebuilt(scenario, constant)
    return changed


def without_figures(scenario: Scenario) -> Scenario:
    """Put 0 for every quantity: what is left is all that compiling a scenario looks at, its structure."""
    nothing = dict.fromkeys([id(one.quantity) for one in list_quantities(scenario)], NOTHING)
    bare: Scenario = _rebuilt(scenario, nothing)
    return bare


def _rebuilt(node: Any, constant: Mapping[int, Quantity]) -> Any:
    """Put constants in the place of quantities, wherever in a scenario they stand; keep what holds none as it is."""
    found = constant.get(id(node))
    if found is not None:
        return found
    if isinstance(node, tuple):
        parts = [_rebuilt(part, constant) for part in node]
        return node if all(new is old for new, old in zip(parts, node, strict=True)) else tuple(parts)
    if not is_dataclass(node) or isinstance(node, _HOLDS_NONE):
        return node
    new = {item.name: _rebuilt(getattr(node, item.name), constant) for item in fields(node)}
    moved = {name: value for name, value in new.items() if value is not getattr(node, name)}
    return replace(node, **moved) if moved else node  # type: ignore[type-var]
