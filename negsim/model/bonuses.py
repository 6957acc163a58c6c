"""Points that hang on a condition: adjustments, what sacred values add or take, and the carrots of mediators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from negsim.errors import Path
from negsim.records import dataclass
from negsim.scenario.commitments import Sacred
from negsim.scenario.conditions.tree import And, Condition, Not
from negsim.scenario.types import Party, Scenario

__all__ = ["Bonus", "bonuses_of", "violation"]


@dataclass(frozen=True, slots=True)
class Bonus:
    """Points added to a deal where a condition holds: ``sign`` times the quantity at ``amount``.

    ``source`` is the id of the adjustment, of what is sacred, or of the mediator that holds out a carrot; ``name`` the
    id of the carrot, "" otherwise.
    """

    kind: Literal["adjustment", "offence", "relief", "carrot"]
    source: str
    when: Condition
    amount: Path
    sign: float = 1.0
    name: str = ""


def bonuses_of(actor: Party, scenario: Scenario) -> tuple[Bonus, ...]:
    """List what adds points to deals for an actor; carrots go to the party that they are held out to alone."""
    return (*_own(actor), *_of_sacred(actor), *_carrots(actor, scenario))


def violation(sacred: Sacred) -> Condition:
    """Give the condition under which a deal violates what is sacred."""
    require = sacred.require
    return Condition(f"not ({require.text})", Not(require.root), require.issues)


def _own(actor: Party) -> Iterator[Bonus]:
    for item in actor.adjustments:
        yield Bonus("adjustment", item.id, item.when, (*actor.path, "adjustments", item.id, "amount"))


def _of_sacred(actor: Party) -> Iterator[Bonus]:
    for sacred in actor.sacred:
        root, violated = (*actor.path, "sacred", sacred.id), violation(sacred)
        if sacred.material is not None:
            when = _both(violated, sacred.material)
            yield Bonus("offence", sacred.id, when, (*root, "offence"), -1.0)
        if sacred.symbolic is not None:
            yield Bonus("relief", sacred.id, _both(violated, sacred.symbolic), (*root, "relief"))


def _carrots(actor: Party, scenario: Scenario) -> Iterator[Bonus]:
    for mediator in scenario.parties:
        for lever in mediator.levers:
            if lever.party == actor.id:
                root = (*mediator.path, "levers", lever.party, "carrots")
                for carrot in lever.carrots:
                    amount = (*root, carrot.id, "points")
                    yield Bonus("carrot", mediator.id, carrot.when, amount, name=carrot.id)


def _both(first: Condition, second: Condition) -> Condition:
    issues = (*first.issues, *(issue for issue in second.issues if issue not in first.issues))
    return Condition(f"{first.text} and ({second.text})", And(first.root, second.root), issues)
