"""Every condition of a scenario, and whether it holds anywhere, and everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from negsim.checks.subject import Subject
from negsim.errors import Path
from negsim.scenario.conditions.tree import Condition
from negsim.scenario.types import Scenario

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Standing", "Written", "standings", "written_conditions"]


@dataclass(frozen=True, slots=True)
class Written:
    """A condition, where it stands, what it is for, and the id of what it belongs to."""

    condition: Condition
    path: Path
    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a condition holds in every outcome, or in none."""

    path: Path
    role: str
    name: str
    always: bool
    never: bool


def written_conditions(scenario: Scenario) -> Iterator[Written]:
    """List the conditions of a scenario."""
    for issue in scenario.issues:
        if issue.when is not None:
            yield Written(issue.when, ("issues", issue.id, "when"), "when", issue.id)
    for rule in scenario.rules:
        yield Written(rule.require, ("rules", rule.id, "require"), "rule", rule.id)
    for party in scenario.parties:
        root = ("parties", party.id)
        if party.consents_to is not None:
            yield Written(party.consents_to, (*root, "consents_to"), "consents_to", party.id)
        for line in party.red_lines:
            yield Written(line.require, (*root, "red_lines", line.id, "require"), "red line", line.id)
        for adjustment in party.adjustments:
            path = (*root, "adjustments", adjustment.id, "when")
            yield Written(adjustment.when, path, "adjustment", adjustment.id)


def standings(subject: Subject) -> Iterator[Standing]:
    """Judge every condition over the outcomes; a rule over those that the other rules leave."""
    idle = _idle_rules(subject)
    for written in written_conditions(subject.scenario):
        if written.role == "rule":
            always, never = written.name in idle, False
        else:
            holds = subject.holds(written.condition)
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
