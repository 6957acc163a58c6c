"""Who already counts in certain points, as whoever imports a table of scores does: there is nothing to round then."""

from __future__ import annotations

from collections.abc import Iterator

from negsim.scenario.quantities import Constant, Quantity
from negsim.scenario.types import Party, Scenario

__all__ = ["counts_for_certain"]


def counts_for_certain(actor: Party, scenario: Scenario) -> bool:
    """Tell whether the points of an actor are a table of constants, and none has to be folded into others.

    Weights, values, adjustments, what crossing a line costs, and no deal, which must be a number. Each option of an
    issue that has weight has a value of its own: none is read off a demand or a straight line. What is sacred, and what
    a mediator holds out or threatens with, is folded, so that it does not count for certain.
    """
    if actor.by_lines_alone or not isinstance(actor.no_deal, Constant) or actor.sacred:
        return False
    if any(lever.party == actor.id for party in scenario.parties for lever in party.levers):
        return False
    valued = {(value.issue, value.option) for value in actor.values}
    weighed = {item.issue for item in actor.priorities}
    options = {(issue.id, option) for issue in scenario.issues if issue.id in weighed for option in issue.options}
    if not weighed or not options <= valued:
        return False
    costs = [line.audience_cost for line in actor.red_lines]
    return all(isinstance(one, Constant) for one in _points(actor)) and all(
        isinstance(cost, Constant) and cost.value.is_integer() for cost in costs
    )


def _points(actor: Party) -> Iterator[Quantity]:
    yield from (item.quantity for item in actor.priorities)
    yield from (value.quantity for value in actor.values)
    yield from (item.amount for item in actor.adjustments)
