"""What a ratifier says itself, and what it has of the party for which it ratifies."""

from __future__ import annotations

from negsim.scenario.inheritance import inherited_adjustments, inherited_priorities, inherited_values
from negsim.scenario.types import Party, Scenario

__all__ = ["adjusts_like_its_party", "party_of", "values_like_its_party"]


def party_of(actor: Party, scenario: Scenario) -> Party:
    """Give the party for which a ratifier ratifies; a party itself."""
    return next(party for party in scenario.parties if party.id == (actor.ratifies or actor.id))


def values_like_its_party(ratifier: Party, scenario: Scenario) -> bool:
    """Tell whether a ratifier has all demands, priorities and values of its party."""
    party = party_of(ratifier, scenario)
    return (
        ratifier.priorities == inherited_priorities(party)
        and set(ratifier.values) == set(inherited_values(party))
        and set(ratifier.demands) == set(party.demands)
    )


def adjusts_like_its_party(ratifier: Party, scenario: Scenario) -> bool:
    """Tell whether a ratifier has the adjustments of its party and nothing else."""
    return ratifier.adjustments == inherited_adjustments(party_of(ratifier, scenario))
