"""What the conditions of a scenario say in each of its cells: of each actor, and of durability."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from negsim.model.bonuses import bonuses_of
from negsim.model.conditions import truth
from negsim.model.supports import supports_of
from negsim.records import dataclass
from negsim.scenario.conditions.tree import Condition
from negsim.scenario.types import Party, Role, Scenario

__all__ = ["BreachCells", "PartyCells", "compile_breach", "compile_party"]


_MOST_BITS = 62
"""Conditions that fit into a number."""


@dataclass(frozen=True)
class PartyCells:
    """What the conditions of one actor say in each cell.

    Cells in which an actor's conditions say the same share a *signature*: ``crossed[signature, red_line]`` and
    ``adjusted[signature, bonus]`` tell which red lines are crossed and which bonuses apply (`negsim.model.bonuses`),
    ``profaned[signature, sacred]`` what is sacred to the actor and violated, ``crossed_at_home[signature, line]`` which
    of the red lines ``at_home`` are: those of who ratifies for it and looks at nothing else, as positions of ratifier
    and line. ``breach[signature]`` is the signature of `BreachCells` there, if a breach can touch the actor.
    ``signature[cell]`` tells which signature a cell has, ``needed[cell]`` where the agreement needs this actor.
    """

    signature: NDArray[np.intp]
    crossed: NDArray[np.bool_]
    adjusted: NDArray[np.bool_]
    profaned: NDArray[np.bool_]
    crossed_at_home: NDArray[np.bool_]
    at_home: tuple[tuple[int, int], ...]
    breach: NDArray[np.intp]
    needed: NDArray[np.bool_]

    @cached_property
    def by_conditions(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """One signature of each kind that the actor's own conditions tell apart, and the kind of every signature."""
        return _kinds_of(np.column_stack([self.crossed, self.adjusted]))

    @cached_property
    def by_home(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The same by the red lines of those at home that look at nothing else."""
        return _kinds_of(self.crossed_at_home)


@dataclass(frozen=True)
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
        return self._keep(self.signature[cells])

    @cached_property
    def by_hazard(self) -> tuple[BreachCells, NDArray[np.intp]]:
        """One signature of each kind that hazards can tell apart, and the kind of every signature: (signature,)."""
        return self._kinds(np.column_stack([self.supported, self.term]))

    @cached_property
    def by_shift(self) -> tuple[BreachCells, NDArray[np.intp]]:
        """One signature of each kind that power shifts can tell apart, and the kind of every signature."""
        return self._kinds(np.column_stack([self.shifted, self.remedied]))

    def _kinds(self, said: NDArray[np.float64]) -> tuple[BreachCells, NDArray[np.intp]]:
        first, kind = _kinds_of(said)
        return self._keep(first), kind

    def _keep(self, which: NDArray[np.intp]) -> BreachCells:
        return BreachCells(
            np.arange(len(which)),
            self.supported[which],
            self.shifted[which],
            self.remedied[which],
            self.term[which],
        )


def _kinds_of(said: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Find one row of each kind, and the kind of every row."""
    _, first, kind = np.unique(said, axis=0, return_index=True, return_inverse=True)
    return first, kind.reshape(-1)


def compile_party(
    actor: Party,
    scenario: Scenario,
    cell_issues: tuple[int, ...],
    choice: NDArray[np.intp],
    breach: BreachCells | None,
) -> PartyCells:
    """Find what the conditions of one actor say in each cell, ``choice`` (cell, cell issue)."""
    holds = _Holds(scenario, cell_issues, choice)
    at_home = tuple(
        (k, line)
        for k, other in enumerate(scenario.actors)
        if other.by_lines_alone and other.ratifies == actor.id
        for line in range(len(other.red_lines))
    )
    parts = [
        [~holds(line.require) for line in actor.red_lines],
        [holds(bonus.when) for bonus in bonuses_of(actor, scenario)],
        [~holds(sacred.require) for sacred in actor.sacred],
        [~holds(scenario.actors[k].red_lines[line].require) for k, line in at_home],
        [] if breach is None or actor.discount_rate is None else _bits(breach.signature),
    ]
    signature, said = _signatures([column for part in parts for column in part], len(choice))
    crossed, adjusted, profaned, home, _ = np.split(
        said, np.cumsum([len(part) for part in parts])[:-1].tolist(), axis=1
    )
    first = np.unique(signature, return_index=True)[1]
    return PartyCells(
        signature=signature,
        crossed=crossed,
        adjusted=adjusted,
        profaned=profaned,
        crossed_at_home=home,
        at_home=at_home,
        breach=np.zeros(len(said), np.intp) if breach is None else breach.signature[first],
        needed=_needed(actor, scenario, holds),
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


def _bits(numbers: NDArray[np.intp]) -> list[NDArray[np.bool_]]:
    """Spell numbers out as bits, so that they count as conditions."""
    return [numbers >> bit & 1 > 0 for bit in range(int(np.max(numbers)).bit_length())]


def _signatures(columns: list[NDArray[np.bool_]], n_cells: int) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Put the same number on cells of which conditions say the same, (cell,); what they say, (signature, condition)."""
    table = np.stack(columns, axis=1) if columns else np.zeros((n_cells, 0), np.bool_)
    # Numbers sort several times faster than rows, and in the same order where the first bit counts most.
    numbers = _numbers(columns, n_cells)
    if numbers is None:
        said, signature = np.unique(table, axis=0, return_inverse=True)
        return signature.reshape(-1), said
    _, first, signature = np.unique(numbers, return_index=True, return_inverse=True)
    return signature.reshape(-1), table[first]


def _numbers(columns: list[NDArray[np.bool_]], n_cells: int) -> NDArray[np.int64] | None:
    """Read what conditions say in each cell as the bits of a number, (cell,); None if there are too many."""
    if len(columns) > _MOST_BITS:
        return None
    numbers = np.zeros(n_cells, np.int64)
    for column in columns:
        numbers = numbers << 1 | column
    return numbers


def compile_breach(scenario: Scenario, cell_issues: tuple[int, ...], choice: NDArray[np.intp]) -> BreachCells | None:
    """Find what the conditions of durability say in each cell; None where no deal may be broken."""
    durability = scenario.durability
    if durability is None:
        return None
    holds = _Holds(scenario, cell_issues, choice)
    supports, shifts, remedies = supports_of(scenario), durability.power_shifts, durability.remedies
    conditions = [*(one.when for one in supports), *(one.when for one in shifts), *(one.when for one in remedies)]
    columns = [holds(condition) for condition in conditions]
    term = _terms(scenario, cell_issues, choice)
    # The term tells cells apart by its rank among all terms.
    signature, said = _signatures(columns + _bits(np.unique(term, return_inverse=True)[1].reshape(-1)), len(choice))
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
