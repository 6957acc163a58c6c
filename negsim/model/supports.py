"""What holds those back who might break a deal: the supports of durability, and the guarantees of mediators."""

from __future__ import annotations

from collections.abc import Iterator

from negsim.errors import Path
from negsim.records import dataclass
from negsim.scenario.conditions.tree import Condition
from negsim.scenario.types import Scenario

__all__ = ["Backing", "supports_of"]


@dataclass(frozen=True, slots=True)
class Backing:
    """Where ``when`` holds, the share at ``credibility`` of the breaches of some breakers is prevented.

    ``against`` (breaker,) tells which of the scenario's breakers are held back; ``guaranteed`` that it ends with the
    term of the guarantee, ``lever`` that a mediator gives it.
    """

    when: Condition
    credibility: Path
    against: tuple[bool, ...]
    guaranteed: bool
    lever: bool = False


def supports_of(scenario: Scenario) -> tuple[Backing, ...]:
    """List what supports deals in a scenario; nothing without durability."""
    return (*_stated(scenario), *_pledged(scenario))


def _stated(scenario: Scenario) -> Iterator[Backing]:
    durability = scenario.durability
    for support in durability.supports if durability else ():
        assert durability is not None
        against = tuple(not support.against or breaker.party in support.against for breaker in durability.breakers)
        path = ("durability", "supports", support.id, "credibility")
        yield Backing(support.when, path, against, support.guaranteed)


def _pledged(scenario: Scenario) -> Iterator[Backing]:
    durability = scenario.durability
    for mediator in scenario.parties if durability else ():
        assert durability is not None
        for lever in mediator.levers:
            if lever.guarantee is not None:
                against = tuple(breaker.party != lever.party for breaker in durability.breakers)
                path = (*mediator.path, "levers", lever.party, "guarantee", "credibility")
                yield Backing(lever.guarantee.when, path, against, guaranteed=True, lever=True)
