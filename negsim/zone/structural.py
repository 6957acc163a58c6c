"""What the choices of the model itself move: P(zone) with another shape of values, or another worth of `irrelevant`."""

from __future__ import annotations

import numpy as np

from negsim.model.assumptions import AS_STATED, IRRELEVANT_WORTHS, VALUE_SHAPES, Assumptions
from negsim.model.draws import draw_centre
from negsim.model.values import option_values, weighted_issues
from negsim.scenario.no_deal import Lottery, Stance, WarValue
from negsim.scenario.types import Issue, Party, Scenario
from negsim.zone.result import StructuralMove
from negsim.zone.variants import VariantCounts

__all__ = ["alternatives", "summarise_structure"]


def alternatives(scenario: Scenario) -> tuple[tuple[str, str, Assumptions], ...]:
    """List what could be assumed instead and can change something: the assumption, its alternative, all assumptions.

    Another shape changes something where a demand implies a value strictly between 0 and 100; another worth of
    `irrelevant` where a party weighs an issue that may not arise; war and lottery inside or outside of talks where a
    party that states the other says what it holds meanwhile.

    Examples
    --------
    >>> from negsim.scenario import loads
    >>> sale = loads('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {price: {title: Price, scale: 0..100, step: 1}}
    ... parties: {buyer: {title: Buyer, demands: {price: 0}, no_deal: 10..60}}
    ... ''')
    >>> [alternative[:2] for alternative in alternatives(sale)]
    [('value_shape', 'step'), ('value_shape', 'concave')]
    """
    found = []
    if _implies_values_between(scenario):
        others = (name for name in VALUE_SHAPES if name != AS_STATED.value_shape)
        found += [("value_shape", name, Assumptions(value_shape=name)) for name in others]
    if any(issue.when is not None for _, issue in _weighed(scenario)):
        others = (name for name in IRRELEVANT_WORTHS if name != AS_STATED.irrelevant)
        found += [("irrelevant", name, Assumptions(irrelevant=name)) for name in others]
    stances = {no_deal.option for no_deal in _taken_up(scenario)}
    found += [("option", other.value, Assumptions(option=other.value)) for other in Stance if stances - {other}]
    return tuple(found)


def _taken_up(scenario: Scenario) -> list[Lottery | WarValue]:
    """List the wars and lotteries that might be inside of talks as well as outside."""
    held = (actor.no_deal for actor in scenario.actors)
    return [one for one in held if isinstance(one, Lottery | WarValue) and one.now is not None]


def summarise_structure(scenario: Scenario, counts: VariantCounts) -> tuple[StructuralMove, ...]:
    """Estimate P(zone) under every alternative, which are the first variants counted, and what difference it makes."""
    return tuple(
        StructuralMove(assumption, alternative, int(np.sum(counts.n_worlds)), counts.p_zone(k), counts.difference(k))
        for k, (assumption, alternative, _) in enumerate(alternatives(scenario))
    )


def _weighed(scenario: Scenario) -> list[tuple[Party, Issue]]:
    issues = {issue.id: issue for issue in scenario.issues}
    return [(party, issues[name]) for party in scenario.actors for name in weighted_issues(party)]


def _implies_values_between(scenario: Scenario) -> bool:
    """Tell whether any value follows the shape: those at both ends of the shape are the same for all shapes."""
    draws = draw_centre(scenario)
    # Whether a value is given or implied is the same in every world, and so are implied values.
    step = Assumptions(value_shape="step")
    return any(
        not np.array_equal(option_values(party, issue, draws), option_values(party, issue, draws, step))
        for party, issue in _weighed(scenario)
    )
