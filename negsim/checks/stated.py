"""Everything that a scenario states, by path: what needs a source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from negsim.checks.subject import Subject
from negsim.errors import Path
from negsim.scenario.bargaining import Protocol, Tactic
from negsim.scenario.no_deal import Charge, EndState, Lottery, NoDeal, WarValue
from negsim.scenario.quantities import Quantity, Same
from negsim.scenario.talks import Talks
from negsim.scenario.types import Party, Scenario

__all__ = ["stated_blocks"]


def stated_blocks(subject: Subject) -> Iterator[tuple[Path, list[Path]]]:
    """List the blocks of a scenario that state something, each with the paths of what it states.

    What a ratifier has of its party, and what is the `same` as another quantity, is stated where it stands.
    """
    scenario = subject.scenario
    for party in scenario.parties:
        stated = [path for actor in (party, *party.ratifiers) for path in _of_actor(actor, subject)]
        yield party.path, stated
    for tie in scenario.ties:
        yield ("ties", tie.id), [("ties", tie.id)]
    if scenario.war is not None:
        yield ("war",), [("war", "sides", side.party) for side in scenario.war.sides]
    if scenario.durability is not None:
        yield ("durability",), list(_of_durability(scenario))
    if scenario.side_payments is not None:
        root = ("side_payments",)
        yield root, [(*root, "at_most"), *((*root, "worth", party) for party, _ in scenario.side_payments.worth)]
    if scenario.protocol is not None:
        yield ("protocol",), list(_of_protocol(scenario.protocol, subject))
    if scenario.talks is not None:
        yield ("talks",), list(_of_talks(scenario.talks, subject))


def _of_actor(actor: Party, subject: Subject) -> Iterator[Path]:
    """List the paths under which an actor says something itself."""
    root = actor.path
    yield from filter(subject.is_stated, ((*root, "demands", demand.issue) for demand in actor.demands))
    yield from filter(subject.is_stated, ((*root, "priorities", priority.issue) for priority in actor.priorities))
    for value in actor.values:
        if subject.is_stated((*root, "values", value.issue)):
            yield (*root, "values", value.issue, value.option)
    for line in actor.red_lines:
        yield from ((*root, "red_lines", line.id, key) for key in ("require", "firmness"))
        cost = (*root, "red_lines", line.id, "audience_cost")
        if subject.is_stated(cost) and not isinstance(line.audience_cost, Same):
            yield cost
    yield from filter(subject.is_stated, ((*root, "adjustments", adjustment.id) for adjustment in actor.adjustments))
    yield from ((*root, "sacred", sacred.id) for sacred in actor.sacred)
    for lever in actor.levers:
        path = (*root, "levers", lever.party)
        yield from filter(subject.is_stated, ((*path, key) for key in ("stick", "guarantee")))
        yield from ((*path, "carrots", carrot.id) for carrot in lever.carrots)
    single = {"discount_rate": actor.discount_rate, "good_faith": actor.good_faith}
    for key, quantity in (single | {"walks_out_below": actor.walks_out_below}).items():
        if quantity is not None:
            yield from _unless_same(quantity, (*root, key))
    if actor.tactic is not None:
        yield from _of_tactic(actor.tactic, (*root, "tactic"), subject)
    yield from _of_no_deal(actor.no_deal, (*root, "no_deal"))


def _of_tactic(tactic: Tactic, path: Path, subject: Subject) -> Iterator[Path]:
    """List the tactic itself, since to name one is to state something, and the parameters that it is given."""
    yield path
    for name, quantity in tactic.parameters:
        if subject.is_stated((*path, tactic.name, name)):
            yield from _unless_same(quantity, (*path, tactic.name, name))


def _of_protocol(protocol: Protocol, subject: Subject) -> Iterator[Path]:
    """List the numbers of the talks; their kind is a matter of what is asked."""
    yield from filter(subject.is_stated, (("protocol", key) for key in ("rounds", "sessions")))
    if subject.is_stated(("protocol", "breakdown")):
        yield from _unless_same(protocol.breakdown, ("protocol", "breakdown"))


def _of_talks(talks: Talks, subject: Subject) -> Iterator[Path]:
    """List what happens, or is said to: all of the calendar but who sits in a delegation, and what is only asked."""
    root: Path = ("talks",)
    for envoy in talks.envoys:
        path = (*root, "envoys", envoy.id)
        if envoy.tactic is not None:
            yield from _of_tactic(envoy.tactic, (*path, "tactic"), subject)
        if subject.is_stated((*path, "sidesteps")):
            yield from _unless_same(envoy.sidesteps, (*path, "sidesteps"))
    blocks = ("sessions", "events", "reciprocity", "partial_agreements", "counsel", "observed")
    yield from ((*root, block, item.id) for block in blocks for item in getattr(talks, block))
    if talks.deadline is not None:
        yield (*root, "deadline")


def _of_no_deal(no_deal: NoDeal | None, path: Path) -> Iterator[Path]:
    if isinstance(no_deal, Lottery):
        root = (*path, "lottery")
        yield from ((*root, "ends", end.id) for end in no_deal.ends)
        yield from _of_state(no_deal.now, (*root, "now"))
        yield from _of_charges(no_deal.costs, (*root, "costs"))
    elif isinstance(no_deal, WarValue):
        root = (*path, "war")
        for key, state in (("win", no_deal.win), ("lose", no_deal.lose), ("now", no_deal.now)):
            yield from _of_state(state, (*root, key))
        yield from _of_charges(no_deal.losses, (*root, "losses"))
        yield from _of_charges(no_deal.costs, (*root, "costs"))
        if no_deal.belief is not None:
            yield (*root, "belief")
    else:
        yield from _of_state(no_deal, path)


def _of_state(state: EndState | None, path: Path) -> Iterator[Path]:
    if state is not None and not isinstance(state, Same):
        yield path


def _of_charges(charges: Iterable[Charge], root: Path) -> Iterator[Path]:
    for charge in charges:
        path = (*root, charge.id)
        if not charge.factors:
            yield from _unless_same(charge.points, path)
            continue
        yield from _unless_same(charge.points, (*path, "points"))
        for name, share in charge.factors:
            yield from _unless_same(share, (*path, "factors", name))


def _unless_same(quantity: Quantity, path: Path) -> Iterator[Path]:
    if not isinstance(quantity, Same):
        yield path


def _of_durability(scenario: Scenario) -> Iterator[Path]:
    durability = scenario.durability
    assert durability is not None
    root = ("durability",)
    yield from ((*root, "breakers", breaker.party) for breaker in durability.breakers)
    yield from ((*root, "supports", support.id) for support in durability.supports)
    yield from ((*root, "power_shifts", shift.id) for shift in durability.power_shifts)
    yield from ((*root, "remedies", remedy.id) for remedy in durability.remedies)
