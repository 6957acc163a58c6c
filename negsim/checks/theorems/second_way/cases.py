"""Cases: pairs of a world and an outcome, and where conditions hold in them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from math import prod

import numpy as np
from numpy.typing import NDArray

from negsim.errors import Path
from negsim.model.draws import Draws
from negsim.records import dataclass
from negsim.scenario.conditions.tree import And, Condition, Iff, Implies, Node, Not, OptionIn, Or, Polynomial
from negsim.scenario.types import Issue, Party, Scenario

__all__ = ["Cases"]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Cases:
    """Outcomes in worlds: ``world`` (case,), and the ``choice`` of each issue there, (case, issue), as declared."""

    scenario: Scenario
    draws: Draws
    world: NDArray[np.intp]
    choice: NDArray[np.intp]

    def __len__(self) -> int:
        """Count them."""
        return len(self.world)

    @cached_property
    def place(self) -> Mapping[str, int]:
        """The place of each issue."""
        return {issue.id: k for k, issue in enumerate(self.scenario.issues)}

    @cached_property
    def _known(self) -> dict[str, Mask]:
        return {}

    def number(self, path: Path) -> Array:
        """Give what was drawn for a quantity: (case,)."""
        return self.draws.quantity[path][self.world]

    def real(self, actor: Party, line: str) -> Mask:
        """Tell where a red line is no bluff: (case,)."""
        return self.draws.real[actor.id, line][self.world]

    def serious(self, actor: Party) -> Mask:
        """Tell where an actor negotiates seriously: (case,)."""
        drawn = self.draws.serious.get(actor.id)
        return np.ones(len(self), np.bool_) if drawn is None else drawn[self.world]

    def pick(self, which: NDArray[np.intp] | Mask) -> Cases:
        """Keep some of the cases, by position or mark."""
        return Cases(self.scenario, self.draws, self.world[which], self.choice[which])

    def holds(self, condition: Condition) -> Mask:
        """Tell where a condition holds: (case,); read once for each combination of the options that it names."""
        if condition.text not in self._known:
            self._known[condition.text] = self._read(condition)
        return self._known[condition.text]

    def _read(self, condition: Condition) -> Mask:
        places = [self.place[name] for name in condition.issues]
        if not places or not len(self):
            return np.full(len(self), not places and _holds(condition.root, {}, {}))
        sizes = [self.scenario.issues[k].n_choices for k in places]
        number = np.zeros(len(self), np.int64 if prod(sizes) < 2**62 else object)
        for k, size in zip(places, sizes, strict=True):
            number = number * size + self.choice[:, k]
        _, first, kind = np.unique(number, return_index=True, return_inverse=True)
        issues = {issue.id: issue for issue in self.scenario.issues}
        found = [
            _holds(condition.root, dict(zip(condition.issues, self.choice[case, places].tolist(), strict=True)), issues)
            for case in first.tolist()
        ]
        return np.array(found, np.bool_)[kind.reshape(-1)]


def _holds(node: Node, outcome: Mapping[str, int], issues: Mapping[str, Issue]) -> bool:
    """Read a condition as a person would, for one combination of options."""
    match node:
        case OptionIn(issue, choices):
            return outcome[issue] in choices
        case Polynomial():
            return _compares(node, outcome, issues)
        case Not(item):
            return not _holds(item, outcome, issues)
        case And(left, right):
            return _holds(left, outcome, issues) and _holds(right, outcome, issues)
        case Or(left, right):
            return _holds(left, outcome, issues) or _holds(right, outcome, issues)
        case Implies(left, right):
            return not _holds(left, outcome, issues) or _holds(right, outcome, issues)
        case Iff(left, right):
            return _holds(left, outcome, issues) == _holds(right, outcome, issues)


def _compares(node: Polynomial, outcome: Mapping[str, int], issues: Mapping[str, Issue]) -> bool:
    total = Fraction(0)
    for term in node.terms:
        part = term.coefficient
        for name in term.issues:
            part *= issues[name].levels[outcome[name]]
        total += part
    signs = {
        "==": total == 0,
        "!=": total != 0,
        "<": total < 0,
        "<=": total <= 0,
        ">": total > 0,
        ">=": total >= 0,
    }
    return signs[node.sign]
