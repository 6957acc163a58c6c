"""What options, outcomes and states are worth to an actor, by definition: weights times values, rounded to units."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.checks.theorems.second_way.cases import Cases
from negsim.errors import Path
from negsim.scenario.no_deal import SameAs
from negsim.scenario.types import IRRELEVANT, Issue, IssueKind, Party

__all__ = ["POINT", "cared_for", "units", "utility", "worth_of"]

Array = NDArray[np.float64]

POINT = 100_000.0
"""Units in a point."""


def units(points: Array) -> Array:
    """Round points to units."""
    return np.asarray(np.rint(points * POINT))


def utility(actor: Party, cases: Cases) -> Array:
    """Give what outcomes are worth to an actor, in units: (case,).

    Weighted values, adjustments, what is sacred, carrots; less what crossing its bluffs costs.
    """
    total = np.zeros(len(cases))
    for issue in cases.scenario.issues:
        if issue.id in cared_for(actor):
            value = option_values(actor, issue, cases)
            held = np.take_along_axis(value, cases.choice[:, [cases.place[issue.id]]], axis=1)[:, 0]
            total += units(_weight(actor, issue.id, cases) * held)
    for adjustment in actor.adjustments:
        amount = units(cases.number((*actor.path, "adjustments", adjustment.id, "amount")))
        total += np.where(cases.holds(adjustment.when), amount, 0)
    for line in actor.red_lines:
        cost = units(cases.number((*actor.path, "red_lines", line.id, "audience_cost")))
        total -= np.where(~cases.real(actor, line.id) & ~cases.holds(line.require), cost, 0)
    return total + _of_sacred(actor, cases) + _carrots(actor, cases)


def _of_sacred(actor: Party, cases: Cases) -> Array:
    total = np.zeros(len(cases))
    for sacred in actor.sacred:
        violated, root = ~cases.holds(sacred.require), (*actor.path, "sacred", sacred.id)
        if sacred.material is not None:
            total -= np.where(violated & cases.holds(sacred.material), units(cases.number((*root, "offence"))), 0)
        if sacred.symbolic is not None:
            total += np.where(violated & cases.holds(sacred.symbolic), units(cases.number((*root, "relief"))), 0)
    return total


def _carrots(actor: Party, cases: Cases) -> Array:
    total = np.zeros(len(cases))
    for mediator in cases.scenario.parties:
        for lever in mediator.levers:
            for carrot in lever.carrots if lever.party == actor.id else ():
                points = cases.number((*mediator.path, "levers", actor.id, "carrots", carrot.id, "points"))
                total += np.where(cases.holds(carrot.when), units(points), 0)
    return total


def cared_for(actor: Party) -> frozenset[str]:
    """Name the issues to which an actor gives weight."""
    if actor.priorities:
        return frozenset(priority.issue for priority in actor.priorities)
    return frozenset(demand.issue for demand in actor.demands) | frozenset(value.issue for value in actor.values)


def _weight(actor: Party, issue: str, cases: Cases) -> Array:
    """Give the share of an issue in all that an actor gives weight to: (case,)."""
    names = sorted(cared_for(actor))
    if not actor.priorities:
        return np.full(len(cases), 1 / len(names))
    given = {name: cases.number((*actor.path, "priorities", name)) for name in names}
    total = sum(given.values(), np.zeros(len(cases)))
    equal = np.full(len(cases), 1 / len(names))
    return np.asarray(np.divide(given[issue], total, out=equal, where=total > 0))


def option_values(actor: Party, issue: Issue, cases: Cases) -> Array:
    """Give how good each choice of an issue is, 0 to 100: (case, choice); given, or inferred from a demand."""
    given = {
        _choice_of(issue, value.option): cases.number((*actor.path, "values", issue.id, value.option))
        for value in actor.values
        if value.issue == issue.id
    }
    inferred = _inferred(actor, issue)
    known = {k: given.get(k, np.full(len(cases), inferred[k])) for k in range(issue.n_choices)}
    if issue.kind is IssueKind.NUMERIC and any(k < len(issue.options) for k in given):
        known |= _joined(actor, issue, known, set(given))
    return np.stack([known[k] for k in range(issue.n_choices)], axis=1)


def _choice_of(issue: Issue, option: str) -> int:
    return len(issue.options) if option == IRRELEVANT else issue.options.index(option)


def _inferred(actor: Party, issue: Issue) -> list[float]:
    """Infer how good each choice is from the demand alone: 100 where it is met, 0 at the farther end."""
    nothing = [0.0] * issue.n_choices
    demand = next((demand for demand in actor.demands if demand.issue == issue.id), None)
    if demand is None:
        return nothing
    options = range(len(issue.options))
    met = [100.0 if k in demand.met_by else 0.0 for k in options]
    if issue.kind is not IssueKind.CATEGORICAL and not issue.indivisible:
        place = [float(level) for level in issue.levels] or [float(k) for k in options]
        away = [min(abs(place[k] - place[near]) for near in demand.met_by) for k in options]
        met = [100 * (1 - one / max(away)) if one else 100.0 for one in away]
    return [*met, *nothing[len(met) :]]


def _joined(actor: Party, issue: Issue, known: dict[int, Array], given: set[int]) -> dict[int, Array]:
    """Join what is given of a scale, what meets a demand, and its ends by straight lines."""
    last = len(issue.options) - 1
    demand = next((demand for demand in actor.demands if demand.issue == issue.id), None)
    met = set(demand.met_by) if demand is not None and len(demand.met_by) <= last else set()
    nodes = sorted({0, last, *met, *(k for k in given if k <= last)})
    between = [k for k in range(last) if k not in nodes]
    level = [float(one) for one in issue.levels]
    return {
        k: _straight(level, known, max(n for n in nodes if n < k), min(n for n in nodes if n > k), np.array(level[k]))
        for k in between
    }


def _straight(level: list[float], known: dict[int, Array], left: int, right: int, at: Array) -> Array:
    share = (at - level[left]) / (level[right] - level[left])
    return np.asarray(np.where(share == 1, known[right], known[left] + share * (known[right] - known[left])))


def worth_of(actor: Party, state: SameAs, path: Path, cases: Cases) -> Array:
    """Give what a state described as an outcome is worth to an actor, in units: (case,)."""
    issues = {issue.id: issue for issue in cases.scenario.issues}
    total, left = np.zeros(len(cases)), set(cared_for(actor))
    for name, option in state.options:
        if name in left:
            left.remove(name)
            value = option_values(actor, issues[name], cases)[:, _choice_of(issues[name], option)]
            total += units(_weight(actor, name, cases) * value)
    for name, _ in state.levels:
        if name in left:
            left.remove(name)
            at = cases.number((*path, "same_as", name))
            total += units(_weight(actor, name, cases) * _read_off(actor, issues[name], at, cases))
    for name in left:
        total += units(_weight(actor, name, cases) * cases.number((*path, "rest")))
    return total


def _read_off(actor: Party, issue: Issue, at: Array, cases: Cases) -> Array:
    """Read the value of a level off the scale, between the two options that it lies between."""
    value = option_values(actor, issue, cases)
    level = [float(one) for one in issue.levels]
    known = {k: value[:, k] for k in range(len(level))}
    found = np.zeros(len(cases))
    for k in range(len(level) - 1):
        here = (at > level[k]) & (at <= level[k + 1]) if k else at <= level[1]
        found = np.where(here, _straight(level, known, k, k + 1, at), found)
    return found
