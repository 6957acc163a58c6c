"""Every quantity of a scenario with its path and domain, and every red line's coin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from negsim.errors import Path, format_path
from negsim.records import dataclass
from negsim.scenario.commitments import Durability, Lever
from negsim.scenario.inventory_talks import Entry, quantities_of_tactic, quantities_of_talks
from negsim.scenario.no_deal import Charge, EndState, Lottery, NoDeal, SameAs, WarValue
from negsim.scenario.quantities import (
    AMOUNT,
    AUDIENCE_COST,
    COST_RATE,
    EVIDENCE,
    FIRMNESS,
    LOSS,
    MONEY,
    MONEY_WORTH,
    NO_DEAL,
    POINTS,
    PRIORITY,
    PROBABILITY,
    RATE,
    SHARE,
    STICK,
    VALUE,
    Domain,
    Quantity,
    Same,
)
from negsim.scenario.types import Issue, Party, Scenario

__all__ = [
    "NamedQuantity",
    "bluffable_lines",
    "coin_path",
    "coin_paths",
    "find_ends",
    "is_of_bargaining",
    "level_domain",
    "list_quantities",
    "serious_path",
    "serious_paths",
]


@dataclass(frozen=True, slots=True)
class NamedQuantity:
    """A quantity, the path that names it in files, errors and sweeps, and what values it can mean."""

    path: Path
    quantity: Quantity
    domain: Domain


def list_quantities(scenario: Scenario) -> tuple[NamedQuantity, ...]:
    """List the quantities of a scenario in the order of their written paths."""
    found = [NamedQuantity(*entry) for entry in _of_scenario(scenario)]
    return tuple(sorted(found, key=lambda named: format_path(named.path)))


def find_ends(quantities: Iterable[NamedQuantity]) -> dict[Path, NamedQuantity]:
    """Follow every ``same`` to the quantity with a value of its own that it stands for; chains end, by validation.

    Returns
    -------
    dict of Path to NamedQuantity
        One for each quantity; one with a value of its own stands for itself.
    """
    by_path = {named.path: named for named in quantities}

    def end(named: NamedQuantity) -> NamedQuantity:
        while isinstance(named.quantity, Same):
            named = by_path[named.quantity.path]
        return named

    return {path: end(named) for path, named in by_path.items()}


def level_domain(issue: Issue) -> Domain:
    """Say what a level of a numeric issue can be, on or between the declared ones."""
    return Domain(float(issue.levels[0]), float(issue.levels[-1]), issue.unit or "level")


def coin_path(actor: Party, red_line: str) -> Path:
    """Name the draw that decides whether a red line is real (below its firmness) or a bluff."""
    return (*actor.path, "red_lines", red_line, "real")


def coin_paths(scenario: Scenario) -> tuple[Path, ...]:
    """List the coins of all red lines that may be bluffs, in the order of their written paths."""
    coins = [
        coin_path(actor, line.id) for actor in scenario.actors for line in actor.red_lines if line.firmness is not None
    ]
    return tuple(sorted(coins, key=format_path))


def bluffable_lines(scenario: Scenario) -> tuple[tuple[str, str], ...]:
    """List the red lines that may be bluffs, ``(actor, red line)``, in the order of the paths of their coins."""
    lines = [(actor, line.id) for actor in scenario.actors for line in actor.red_lines if line.firmness is not None]
    lines.sort(key=lambda found: format_path(coin_path(*found)))
    return tuple((actor.id, line) for actor, line in lines)


def is_of_bargaining(path: Path) -> bool:
    """Tell whether a quantity says how parties bargain, and nothing of what they want: protocol, tactic, calendar."""
    return path[0] in ("protocol", "talks") or (path[0] == "parties" and path[2] in ("tactic", "walks_out_below"))


def serious_path(party: Party) -> Path:
    """Name the draw that decides whether a party negotiates seriously (below its good faith)."""
    return (*party.path, "serious")


def serious_paths(scenario: Scenario) -> tuple[Path, ...]:
    """List the coins of all parties whose good faith is given, in the order of their written paths."""
    coins = [serious_path(party) for party in scenario.parties if party.good_faith is not None]
    return tuple(sorted(coins, key=format_path))


def _of_scenario(scenario: Scenario) -> Iterator[Entry]:
    issues = {issue.id: issue for issue in scenario.issues}
    for actor in scenario.actors:
        yield from _of_actor(actor, issues)
    for side in scenario.war.sides if scenario.war else ():
        yield ("war", "sides", side.party, "collapse"), side.collapse, RATE
    if scenario.durability is not None:
        yield from _of_durability(scenario.durability)
    if scenario.side_payments is not None:
        yield ("side_payments", "at_most"), scenario.side_payments.at_most, MONEY
        for party, worth in scenario.side_payments.worth:
            yield ("side_payments", "worth", party), worth, MONEY_WORTH
    if scenario.protocol is not None:
        yield ("protocol", "breakdown"), scenario.protocol.breakdown, PROBABILITY
    if scenario.talks is not None:
        yield from quantities_of_talks(scenario.talks)


def _of_actor(actor: Party, issues: Mapping[str, Issue]) -> Iterator[Entry]:
    root = actor.path
    for priority in actor.priorities:
        yield (*root, "priorities", priority.issue), priority.quantity, PRIORITY
    for value in actor.values:
        yield (*root, "values", value.issue, value.option), value.quantity, VALUE
    for line in actor.red_lines:
        if line.firmness is not None:
            yield (*root, "red_lines", line.id, "firmness"), line.firmness, FIRMNESS
        yield (*root, "red_lines", line.id, "audience_cost"), line.audience_cost, AUDIENCE_COST
    for adjustment in actor.adjustments:
        yield (*root, "adjustments", adjustment.id, "amount"), adjustment.amount, AMOUNT
    for sacred in actor.sacred:
        yield (*root, "sacred", sacred.id, "offence"), sacred.offence, LOSS
        yield (*root, "sacred", sacred.id, "relief"), sacred.relief, LOSS
    for lever in actor.levers:
        yield from _of_lever(lever, (*root, "levers", lever.party))
    if actor.discount_rate is not None:
        yield (*root, "discount_rate"), actor.discount_rate, RATE
    if actor.good_faith is not None:
        yield (*root, "good_faith"), actor.good_faith, PROBABILITY
    if actor.tactic is not None:
        yield from quantities_of_tactic(actor.tactic, (*root, "tactic"))
    if actor.walks_out_below is not None:
        yield (*root, "walks_out_below"), actor.walks_out_below, PROBABILITY
    if actor.no_deal is not None:
        yield from _of_no_deal(actor.no_deal, (*root, "no_deal"), issues)


def _of_lever(lever: Lever, root: Path) -> Iterator[Entry]:
    yield (*root, "stick"), lever.stick, STICK
    for carrot in lever.carrots:
        yield (*root, "carrots", carrot.id, "points"), carrot.points, POINTS
    if lever.guarantee is not None:
        yield (*root, "guarantee", "credibility"), lever.guarantee.credibility, PROBABILITY


def _of_no_deal(no_deal: NoDeal, root: Path, issues: Mapping[str, Issue]) -> Iterator[Entry]:
    if isinstance(no_deal, Lottery):
        root = (*root, "lottery")
        for end in no_deal.ends:
            if end.probability is not None:
                yield (*root, "ends", end.id, "probability"), end.probability, PROBABILITY
            yield from _of_end_state(end.worth, (*root, "ends", end.id, "worth"), issues)
        yield from _of_charges(no_deal.costs, (*root, "costs"), LOSS)
        yield from _of_end_state(no_deal.now, (*root, "now"), issues)
    elif isinstance(no_deal, WarValue):
        root = (*root, "war")
        for name, state in (("win", no_deal.win), ("lose", no_deal.lose), ("now", no_deal.now)):
            yield from _of_end_state(state, (*root, name), issues)
        yield from _of_charges(no_deal.losses, (*root, "losses"), LOSS)
        yield from _of_charges(no_deal.costs, (*root, "costs"), COST_RATE)
        if no_deal.belief is not None:
            yield (*root, "belief", "a"), no_deal.belief.a, EVIDENCE
            yield (*root, "belief", "b"), no_deal.belief.b, EVIDENCE
    else:
        yield from _of_end_state(no_deal, root, issues)


def _of_end_state(state: EndState | None, root: Path, issues: Mapping[str, Issue]) -> Iterator[Entry]:
    if state is None:
        return
    if not isinstance(state, SameAs):
        yield root, state, NO_DEAL
        return
    for issue_id, level in state.levels:
        yield (*root, "same_as", issue_id), level, level_domain(issues[issue_id])
    if state.rest is not None:
        yield (*root, "rest"), state.rest, VALUE


def _of_charges(charges: Iterable[Charge], root: Path, domain: Domain) -> Iterator[Entry]:
    for charge in charges:
        if not charge.factors:
            yield (*root, charge.id), charge.points, domain
            continue
        yield (*root, charge.id, "points"), charge.points, domain
        for name, share in charge.factors:
            yield (*root, charge.id, "factors", name), share, SHARE


def _of_durability(durability: Durability) -> Iterator[Entry]:
    root = ("durability",)
    for breaker in durability.breakers:
        yield (*root, "breakers", breaker.party, "hazard"), breaker.hazard, RATE
    for support in durability.supports:
        yield (*root, "supports", support.id, "credibility"), support.credibility, PROBABILITY
    for shift in durability.power_shifts:
        if shift.by is not None:
            yield (*root, "power_shifts", shift.id, "by"), shift.by, PROBABILITY
        for party, amount in shift.points:
            yield (*root, "power_shifts", shift.id, "points", party), amount, POINTS
    for remedy in durability.remedies:
        yield (*root, "remedies", remedy.id, "takes_away"), remedy.takes_away, SHARE
