"""Every condition of a scenario, and whether it holds anywhere, and everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from negsim.checks.subject import Subject
from negsim.errors import Path
from negsim.model.bonuses import violation
from negsim.records import dataclass
from negsim.scenario.commitments import Durability
from negsim.scenario.conditions.tree import Condition
from negsim.scenario.inheritance import is_inherited
from negsim.scenario.types import Party, Scenario

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["MAY_ALWAYS_HOLD", "Standing", "Written", "standings", "written_conditions"]


MAY_ALWAYS_HOLD = {"support", "guarantee", "power shift", "remedy", "carrot", "material", "symbolic"}
"""What may well hold in every outcome: it then says something of any deal, and still has its effect."""


@dataclass(frozen=True, slots=True)
class Written:
    """A condition, where it stands, what it is for, and the id of what it belongs to.

    ``among`` is what it is for to tell outcomes apart in: all of them, or those that violate something sacred.
    """

    condition: Condition
    path: Path
    role: str
    name: str
    among: Condition | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a condition holds in every outcome, or in none."""

    path: Path
    role: str
    name: str
    always: bool
    never: bool


def written_conditions(scenario: Scenario) -> Iterator[Written]:
    """List the conditions of a scenario; an adjustment that a ratifier has of its party is its party's."""
    for issue in scenario.issues:
        if issue.when is not None:
            yield Written(issue.when, ("issues", issue.id, "when"), "when", issue.id)
    for rule in scenario.rules:
        yield Written(rule.require, ("rules", rule.id, "require"), "rule", rule.id)
    for actor in scenario.actors:
        yield from _of_actor(actor)
    if scenario.durability is not None:
        yield from _of_durability(scenario.durability)


def _of_actor(actor: Party) -> Iterator[Written]:
    root = actor.path
    if actor.consents_to is not None:
        yield Written(actor.consents_to, (*root, "consents_to"), "consents_to", actor.id)
    for line in actor.red_lines:
        yield Written(line.require, (*root, "red_lines", line.id, "require"), "red line", line.id)
    for adjustment in actor.adjustments:
        path = (*root, "adjustments", adjustment.id)
        if not is_inherited((*path, "amount"), adjustment.amount):
            yield Written(adjustment.when, (*path, "when"), "adjustment", adjustment.id)
    for sacred in actor.sacred:
        path, violated = (*root, "sacred", sacred.id), violation(sacred)
        yield Written(sacred.require, (*path, "require"), "sacred", sacred.id)
        if sacred.material is not None:
            yield Written(sacred.material, (*path, "material"), "material", sacred.id, violated)
        if sacred.symbolic is not None:
            yield Written(sacred.symbolic, (*path, "symbolic"), "symbolic", sacred.id, violated)
    for lever in actor.levers:
        path = (*root, "levers", lever.party)
        for carrot in lever.carrots:
            yield Written(carrot.when, (*path, "carrots", carrot.id, "when"), "carrot", carrot.id)
        if lever.guarantee is not None:
            yield Written(lever.guarantee.when, (*path, "guarantee", "when"), "guarantee", actor.id)


def _of_durability(durability: Durability) -> Iterator[Written]:
    for support in durability.supports:
        yield Written(support.when, ("durability", "supports", support.id, "when"), "support", support.id)
    for shift in durability.power_shifts:
        yield Written(shift.when, ("durability", "power_shifts", shift.id, "when"), "power shift", shift.id)
    for remedy in durability.remedies:
        yield Written(remedy.when, ("durability", "remedies", remedy.id, "when"), "remedy", remedy.id)


def standings(subject: Subject) -> Iterator[Standing]:
    """Judge every condition over the outcomes; a rule over those that the other rules leave."""
    idle = _idle_rules(subject)
    for written in written_conditions(subject.scenario):
        if written.role == "rule":
            always, never = written.name in idle, False
        else:
            holds = subject.holds(written.condition)
            if written.among is not None:
                among = subject.holds(written.among)
                if not among.any():
                    continue  # said of what it is among
                holds = holds[among]
            always, never = bool(holds.all()), not holds.any()
        yield Standing(written.path, written.role, written.name, always, never)


def _idle_rules(subject: Subject) -> set[str]:
    """Find the rules without which the outcomes are the same.

    A rule does something where it is the only one broken: so count for each combination how many are.
    """
    import numpy as np

    from negsim.model.conditions import truth_on

    structure, issues = subject.structure, subject.scenario.issues
    axes = tuple(structure.issues[k].id for k in structure.cell_issues)
    broken = {rule.id: ~truth_on(rule.require, issues, axes) for rule in subject.scenario.rules}
    n_broken = np.zeros(structure.cell_shape, np.uint16)
    for where in broken.values():
        n_broken += where
    only = (n_broken == 1) & _respects_relevance(subject)
    return {rule_id for rule_id, where in broken.items() if not np.any(only & where)}


def _respects_relevance(subject: Subject) -> NDArray[np.bool_]:
    """Say which combinations of the cell issues have an issue irrelevant exactly where its ``when`` does not hold."""
    import numpy as np

    from negsim.model.conditions import truth_on

    structure = subject.structure
    axes = tuple(structure.issues[k].id for k in structure.cell_issues)
    fits = np.ones(structure.cell_shape, np.bool_)
    for axis, k in enumerate(structure.cell_issues):
        issue = structure.issues[k]
        if issue.when is not None:
            shape = [1] * len(axes)
            shape[axis] = issue.n_choices
            is_option = np.reshape(np.arange(issue.n_choices) < len(issue.options), shape)
            fits &= truth_on(issue.when, subject.scenario.issues, axes) == is_option
    return fits
