"""Every quantity of a scenario with its path and domain, and every red line's coin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from negsim.errors import Path, format_path
from negsim.scenario.quantities import (
    AMOUNT,
    AUDIENCE_COST,
    FIRMNESS,
    NO_DEAL,
    PRIORITY,
    VALUE,
    Domain,
    Quantity,
    Same,
)
from negsim.scenario.types import Issue, Party, SameAs, Scenario

__all__ = ["NamedQuantity", "coin_path", "coin_paths", "find_ends", "level_domain", "list_quantities"]


@dataclass(frozen=True, slots=True)
class NamedQuantity:
    """A quantity, the path that names it in files, errors and sweeps, and what values it can mean."""

    path: Path
    quantity: Quantity
    domain: Domain


def list_quantities(scenario: Scenario) -> tuple[NamedQuantity, ...]:
    """List the quantities of a scenario in the order of their written paths."""
    found = [named for party in scenario.parties for named in _of_party(party, scenario)]
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


def coin_path(party: str, red_line: str) -> Path:
    """Name the draw that decides whether a red line is real (below its firmness) or a bluff."""
    return ("parties", party, "red_lines", red_line, "real")


def coin_paths(scenario: Scenario) -> tuple[Path, ...]:
    """List the coins of all red lines that may be bluffs, in the order of their written paths."""
    coins = [
        coin_path(party.id, line.id)
        for party in scenario.parties
        for line in party.red_lines
        if line.firmness is not None
    ]
    return tuple(sorted(coins, key=format_path))


def _of_party(party: Party, scenario: Scenario) -> Iterator[NamedQuantity]:
    root = ("parties", party.id)
    for priority in party.priorities:
        yield NamedQuantity((*root, "priorities", priority.issue), priority.quantity, PRIORITY)
    for value in party.values:
        yield NamedQuantity((*root, "values", value.issue, value.option), value.quantity, VALUE)
    for line in party.red_lines:
        if line.firmness is not None:
            yield NamedQuantity((*root, "red_lines", line.id, "firmness"), line.firmness, FIRMNESS)
        yield NamedQuantity((*root, "red_lines", line.id, "audience_cost"), line.audience_cost, AUDIENCE_COST)
    for adjustment in party.adjustments:
        yield NamedQuantity((*root, "adjustments", adjustment.id, "amount"), adjustment.amount, AMOUNT)
    if isinstance(party.no_deal, SameAs):
        yield from _of_same_as(party.no_deal, root, scenario)
    elif party.no_deal is not None:
        yield NamedQuantity((*root, "no_deal"), party.no_deal, NO_DEAL)


def _of_same_as(no_deal: SameAs, root: Path, scenario: Scenario) -> Iterator[NamedQuantity]:
    issues = {issue.id: issue for issue in scenario.issues}
    for issue_id, level in no_deal.levels:
        yield NamedQuantity((*root, "no_deal", "same_as", issue_id), level, level_domain(issues[issue_id]))
