"""What the others think of a party before the talks: what it demands, and what a scenario leaves open of the rest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.tactics import find_tactic
from negsim.bargaining.tactics.base import Array
from negsim.errors import Path
from negsim.model.draws import Draws
from negsim.model.outcomes import Outcomes
from negsim.model.values import UNITS_PER_POINT, central_values, demanded_values, weighted_issues
from negsim.model.worlds import Worlds
from negsim.records import dataclass
from negsim.scenario.bargaining import Tactic
from negsim.scenario.types import Party, Scenario
from negsim.zone.compiled import Compiled

__all__ = ["DEFAULT_TACTIC", "HEAVY", "Prospect", "parameters_of", "prospects", "tactic_of"]

DEFAULT_TACTIC = Tactic("time")
"""How a party bargains of which nothing else is said: it concedes evenly."""

HEAVY = 3.0
"""How much more than the others the weight of an issue is, in the hypothesis that it is what a party cares about."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """What the others think of one signatory before the talks; the same in all worlds, whatever is drawn in them.

    ``weight`` (hypothesis, issue) are the weights of ``issues`` under each hypothesis about its priorities, summing to
    1. ``value`` (hypothesis, deal) and ``no_deal`` (case,) are in points; see `Seat`, whose fields they are.
    """

    issues: tuple[str, ...]
    weight: Array
    value: Array
    no_deal: Array
    crosses: NDArray[np.bool_]
    firmness: Array
    good_faith: float
    patience: float | None


def prospects(  # what is thought hangs on all of these
    compiled: Compiled,
    order: tuple[int, ...],
    deals: Outcomes,
    choices: NDArray[np.intp],
    draws: Draws,
    worlds: Worlds,
) -> tuple[Prospect, ...]:
    """Say what is thought of each signatory: its demands and red lines as stated, all else as likely as drawn."""
    found = []
    for k in order:
        party, cells = compiled.scenario.parties[k], compiled.structure.parties[k]
        discount = parameters_of(tactic_of(party), party.path, draws).get("discount")
        faith = None if party.good_faith is None else draws.quantity[*party.path, "good_faith"]
        places = _known_issues(party, compiled.scenario)
        weight = _hypotheses(len(places))
        found.append(
            Prospect(
                issues=tuple(compiled.scenario.issues[place].id for place in places),
                weight=weight,
                value=_stated_worth(party, compiled.scenario, places, weight, choices),
                no_deal=np.sort(worlds.no_deal[k] / UNITS_PER_POINT),
                crosses=np.ascontiguousarray(cells.crossed[cells.signature[deals.cell]].T),
                firmness=np.array([_firmness(party, line.id, draws) for line in party.red_lines]),
                good_faith=1.0 if faith is None else float(np.mean(faith)),
                patience=None if discount is None else float(np.mean(discount)),
            )
        )
    return tuple(found)


def _firmness(party: Party, line: str, draws: Draws) -> float:
    path = (*party.path, "red_lines", line, "firmness")
    return float(np.mean(draws.quantity[path])) if path in draws.quantity else 1.0


def _known_issues(party: Party, scenario: Scenario) -> tuple[int, ...]:
    """Name the issues that a party is known to care about: those of its demands, or all it weighs if it has none."""
    known = [demand.issue for demand in party.demands] or weighted_issues(party)
    return tuple(k for k, issue in enumerate(scenario.issues) if issue.id in known)


def _hypotheses(n_issues: int) -> Array:
    """Weigh issues equally, and then one after the other three times as much: (hypothesis, issue), summing to 1."""
    weight = np.ones((1 + n_issues if n_issues > 1 else 1, n_issues))
    weight[1:] += (HEAVY - 1) * np.eye(n_issues)[: len(weight) - 1]
    return weight / np.maximum(np.sum(weight, axis=1, keepdims=True), 1.0)


def _stated_worth(
    party: Party, scenario: Scenario, places: tuple[int, ...], weight: Array, choices: NDArray[np.intp]
) -> Array:
    """Say what deals are worth to a party that wants what it demands: (hypothesis, deal), in points.

    Of a party that demands nothing, it is known what it values, in a world in the middle.
    """
    central = {} if party.demands else central_values(scenario)[party.id]
    worth = np.zeros((len(weight), len(choices)))
    for place, k in enumerate(places):
        issue = scenario.issues[k]
        value = np.asarray(central[issue.id]) if issue.id in central else demanded_values(party, issue)
        # Term by term, not as a matrix product, whose last bits depend on the number of threads.
        worth += weight[:, place : place + 1] * value[choices[:, k]]
    return worth


def tactic_of(party: Party) -> Tactic:
    """Say how a party bargains."""
    return party.tactic or DEFAULT_TACTIC


def parameters_of(tactic: Tactic, root: Path, draws: Draws) -> dict[str, Array]:
    """Give the parameters of a tactic in each world, as said under a path; defaults where nothing is said of one."""
    said = {name: draws.quantity[*root, "tactic", tactic.name, name] for name, _ in tactic.parameters}
    defaults = {each.name: np.full(draws.n_worlds, each.default) for each in find_tactic(tactic.name).parameters}
    return defaults | said
