"""Every quantity of the calendar of talks, with its path and what it can mean."""

from __future__ import annotations

from collections.abc import Iterator

from negsim.errors import Path
from negsim.scenario.bargaining import Tactic
from negsim.scenario.plugins import tactic_parameters
from negsim.scenario.quantities import LOSS, PROBABILITY, Domain, Quantity
from negsim.scenario.talks import Effect, Event, Extensible, Hazard, PartialAgreement, Talks

__all__ = [
    "A_DAY",
    "BIAS",
    "DAYS",
    "DAYS_AWAY",
    "Entry",
    "domain_of_amount",
    "quantities_of_tactic",
    "quantities_of_talks",
]

DAYS = Domain(0.0, 10_000.0, "days")
DAYS_AWAY = Domain(1.0, 10_000.0, "days")
A_DAY = Domain(0.0, 100.0, "a day")
TIMES = Domain(0.0, 1_000.0, "times")
CHANGE = Domain(-1e15, 1e15, "as the quantity that is changed")
BIAS = Domain(-1.0, 1.0, "share of the other's gain")

Entry = tuple[Path, Quantity, Domain]

_ROOT = ("talks",)


def domain_of_amount(operation: str) -> Domain:
    """Say what the amount of an effect can be, whatever it changes."""
    return TIMES if operation == "multiply" else CHANGE


def quantities_of_talks(talks: Talks) -> Iterator[Entry]:
    """List the quantities of a calendar."""
    for envoy in talks.envoys:
        root: Path = (*_ROOT, "envoys", envoy.id)
        if envoy.tactic is not None:
            yield from quantities_of_tactic(envoy.tactic, (*root, "tactic"))
        yield (*root, "sidesteps"), envoy.sidesteps, PROBABILITY
    for session in talks.sessions:
        yield (*_ROOT, "sessions", session.id, "mismatch"), session.mismatch, PROBABILITY
    for event in talks.events:
        yield from _of_event(event, (*_ROOT, "events", event.id))
    for answer in talks.reciprocity:
        root = (*_ROOT, "reciprocity", answer.id)
        yield (*root, "chance"), answer.chance, PROBABILITY
        yield (*root, "delay"), answer.delay, DAYS_AWAY
    for partial in talks.partial_agreements:
        yield from _of_partial(partial, (*_ROOT, "partial_agreements", partial.id))
    for counsel in talks.counsel:
        root = (*_ROOT, "counsel", counsel.id)
        yield (*root, "bias"), counsel.bias, BIAS
        yield (*root, "war_cost"), counsel.war_cost, LOSS
    if isinstance(talks.deadline, Extensible):
        yield (*_ROOT, "deadline", "extensible", "chance"), talks.deadline.chance, PROBABILITY
    if isinstance(talks.deadline, Hazard):
        yield (*_ROOT, "deadline", "hazard", "mean"), talks.deadline.mean, DAYS_AWAY
    for what_if in talks.what_if:
        for effect in what_if.effects:
            yield from _of_effect(effect, (*_ROOT, "what_if", what_if.id, "effects", effect.id))


def quantities_of_tactic(tactic: Tactic, root: Path) -> Iterator[Entry]:
    """List the parameters of a tactic whose path is ``root``."""
    domains = {parameter.name: parameter.domain for parameter in tactic_parameters(tactic.name) or ()}
    for name, quantity in tactic.parameters:
        yield (*root, tactic.name, name), quantity, domains[name]


def _of_event(event: Event, root: Path) -> Iterator[Entry]:
    if event.rate is not None:
        yield (*root, "rate"), event.rate, A_DAY
    if event.after:
        yield (*root, "delay"), event.delay, DAYS
    yield from _chances(event, root)


def _of_partial(partial: PartialAgreement, root: Path) -> Iterator[Entry]:
    yield from _chances(partial, root)
    for party, points in partial.in_return:
        yield (*root, "in_return", party), points, LOSS


def _chances(happening: Event | PartialAgreement, root: Path) -> Iterator[Entry]:
    yield (*root, "chance"), happening.chance, PROBABILITY
    for party, chance in happening.unless_serious:
        yield (*root, "unless_serious", party), chance, PROBABILITY
    for effect in happening.effects:
        yield from _of_effect(effect, (*root, "effects", effect.id))


def _of_effect(effect: Effect, root: Path) -> Iterator[Entry]:
    yield (*root, effect.operation), effect.amount, domain_of_amount(effect.operation)
    if effect.lasts is not None:
        yield (*root, "lasts"), effect.lasts, DAYS
    if effect.fades is not None:
        yield (*root, "fades"), effect.fades, DAYS_AWAY
