"""What the conditions of a scenario say in each of its cells: of each actor, and of durability."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from negsim.model.bonuses import bonuses_of
from negsim.model.conditions import truth
from negsim.model.supports import supports_of
from negsim.scenario.conditions.tree import Condition
from negsim.scenario.types import Party, Role, Scenario

__all__ = ["BreachCells", "PartyCells", "compile_breach", "compile_party"]


@dataclass(frozen=True, slots=True)
class PartyCells:
    """What the conditions of one actor say in each cell.

    Cells in which an actor's conditions say the same share a *signature*: ``crossed[signature, red_line]`` and
    ``adjusted[signature, bonus]`` tell which red lines are crossed and which bonuses apply (`negsim.model.bonuses`),
    ``profaned[signature]`` where something sacred to the actor is violated, ``signature[cell]`` which signature a cell
    has. ``needed[cell]`` tells where the agreement needs this actor.
    """

    signature: NDArray[np.intp]
    crossed: NDArray[np.bool_]
    adjusted: NDArray[np.bool_]
    profaned: NDArray[np.bool_]
    needed: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class BreachCells:
    """What the conditions of durability say in each cell.

    Cells in which they say the same share a *signature*: ``supported[signature, support]``, ``shifted[signature,
    shift]`` and ``remedied[signature, remedy]`` tell which of them hold, ``term[signature]`` for how many years the
    guarantee runs, infinite where it never ends. ``signature[cell]`` tells which signature a cell has.
    """

    signature: NDArray[np.intp]
    supported: NDArray[np.bool_]
    shifted: NDArray[np.bool_]
    remedied: NDArray[np.bool_]
    term: NDArray[np.float64]

    def of(self, cells: NDArray[np.intp]) -> BreachCells:
        """Give some cells a signature each, in their order."""
        which = self.signature[cells]
        return BreachCells(
            np.arange(len(cells)),
            self.supported[which],
            self.shifted[which],
            self.remedied[which],
            self.term[which],
        )


def compile_party(
    actor: Party, scenario: Scenario, cell_issues: tuple[int, ...], choice: NDArray[np.intp]
) -> PartyCells:
    """Evaluate the conditions of an actor in each cell: ``choice[cell, k]`` is that of the k-th cell issue."""
    holds = _Holds(scenario, cell_issues, choice)
    n_lines, n_bonuses = len(actor.red_lines), len(bonuses := bonuses_of(actor, scenario))
    profaned = np.zeros(len(choice), np.bool_)
    for sacred in actor.sacred:
        profaned |= ~holds(sacred.require)
    columns = [~holds(line.require) for line in actor.red_lines] + [holds(bonus.when) for bonus in bonuses]
    if actor.sacred:
        columns.append(profaned)
    signature, said = _signatures(columns, len(choice))
    return PartyCells(
        signature,
        said[:, :n_lines],
        said[:, n_lines : n_lines + n_bonuses],
        said[:, -1] if actor.sacred else np.zeros(len(said), np.bool_),
        _needed(actor, scenario, holds),
    )


def _needed(actor: Party, scenario: Scenario, holds: _Holds) -> NDArray[np.bool_]:
    """Tell where the agreement needs an actor; a ratifier wherever its party is needed."""
    party = next(party for party in scenario.parties if party.id == (actor.ratifies or actor.id))
    if party.role is Role.SIGNATORY:
        return np.ones(len(holds.choice), np.bool_)
    if party.consents_to is not None:
        return holds(party.consents_to)
    return np.zeros(len(holds.choice), np.bool_)


@dataclass(frozen=True, slots=True)
class _Holds:
    """Tells in which cells a condition holds: bool array (cell,)."""

    scenario: Scenario
    cell_issues: tuple[int, ...]
    choice: NDArray[np.intp]

    def __call__(self, condition: Condition) -> NDArray[np.bool_]:
        issues = self.scenario.issues
        columns = [[issues[k].id for k in self.cell_issues].index(name) for name in condition.issues]
        return truth(condition, issues)[tuple(self.choice[:, column] for column in columns)]


def _signatures(columns: list[NDArray[np.bool_]], n_cells: int) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Put the same number on cells of which conditions say the same, (cell,); what they say, (signature, condition)."""
    table = np.stack(columns, axis=1) if columns else np.zeros((n_cells, 0), np.bool_)
    said, signature = np.unique(table, axis=0, return_inverse=True)
    return signature.reshape(-1), said


def compile_breach(scenario: Scenario, cell_issues: tuple[int, ...], choice: NDArray[np.intp]) -> BreachCells | None:
    """Evaluate the conditions of durability in each cell; None where no deal may be broken."""
    durability = scenario.durability
    if durability is None:
        return None
    holds = _Holds(scenario, cell_issues, choice)
    supports, shifts, remedies = supports_of(scenario), durability.power_shifts, durability.remedies
    conditions = [*(one.when for one in supports), *(one.when for one in shifts), *(one.when for one in remedies)]
    columns = [holds(condition) for condition in conditions]
    term = _terms(scenario, cell_issues, choice)
    levels, level = np.unique(term, return_inverse=True)
    # What holds is told apart by bits, and the term by its rank among all terms.
    bits = [level.reshape(-1) >> bit & 1 > 0 for bit in range(int(len(levels) - 1).bit_length())]
    signature, said = _signatures(columns + bits, len(choice))
    first = np.unique(signature, return_index=True)[1]
    splits = np.cumsum([len(supports), len(shifts), len(remedies)]).tolist()
    supported, shifted, remedied, _ = np.split(said, splits, axis=1)
    return BreachCells(signature, supported, shifted, remedied, term[first])


def _terms(scenario: Scenario, cell_issues: tuple[int, ...], choice: NDArray[np.intp]) -> NDArray[np.float64]:
    """Give the term of the guarantee in each cell, in years: 0 where its issue does not arise."""
    assert scenario.durability is not None
    if not scenario.durability.term:
        return np.full(len(choice), np.inf)
    place = next(k for k, issue in enumerate(scenario.issues) if issue.id == scenario.durability.term)
    years = np.array([*map(float, scenario.issues[place].levels), 0.0])
    return years[choice[:, cell_issues.index(place)]]
