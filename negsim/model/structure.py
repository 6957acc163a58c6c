"""A scenario compiled to cells and free issues: everything about it that is the same in every world.

Issues that some condition names, and issues that arise only under a condition, are *cell issues*: each of their
feasible combinations is a cell. The other issues are *free*: any option of theirs goes with any cell, and utility adds
up over them. An outcome is a cell and an option of each free issue. Within a cell all conditions are settled, so all
that is left of red lines, adjustments, consent and no-deal values there is one threshold for each party and world.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from math import prod

import numpy as np
from numpy.typing import NDArray

from negsim.errors import Problem, ScenarioError
from negsim.model.bonuses import bonuses_of
from negsim.model.cells import BreachCells, PartyCells, compile_breach, compile_party
from negsim.model.conditions import truth_on
from negsim.model.outcomes import Outcomes
from negsim.model.supports import supports_of
from negsim.records import dataclass
from negsim.scenario.conditions.tree import Condition
from negsim.scenario.types import Issue, Scenario

__all__ = ["MAX_OUTCOMES", "Structure", "compile_structure", "marginals"]

MAX_OUTCOMES = 2**24
"""The most outcomes that are enumerated, and the most combinations of cell issues, before the rules."""


MAX_CELL_ENTRIES = 2**25
"""The most entries that cells may take for all issues and parties: a quarter of a gigabyte."""

MAX_ISSUES = 60
"""numpy's arrays have at most 64 axes."""


@dataclass(frozen=True)
class Structure:
    """Cells and free issues of a scenario.

    ``cell_issues`` and ``free_issues`` are positions in ``issues``, in declared order; ``choice[cell, k]`` is the
    choice of the k-th cell issue. Cells stand in the order of their choices, outcomes in that of (cell, free options).
    ``parties`` are all actors, in the order of `Scenario.actors`; ``breach`` is None where no deal may be broken.
    """

    issues: tuple[Issue, ...]
    cell_issues: tuple[int, ...]
    free_issues: tuple[int, ...]
    choice: NDArray[np.intp]
    parties: tuple[PartyCells, ...]
    breach: BreachCells | None = None

    @property
    def n_cells(self) -> int:
        """Number of feasible combinations of the cell issues."""
        return len(self.choice)

    @property
    def cell_shape(self) -> tuple[int, ...]:
        """Number of choices of each cell issue, ``irrelevant`` included."""
        return tuple(self.issues[k].n_choices for k in self.cell_issues)

    @property
    def cell_position(self) -> NDArray[np.intp]:
        """Where each cell stands in the full grid of the cell issues, infeasible combinations counted."""
        return np.ravel_multi_index(tuple(self.choice.T), self.cell_shape) if self.cell_issues else np.zeros(1, np.intp)

    @cached_property
    def halves(self) -> tuple[tuple[slice, NDArray[np.intp]], ...]:
        """Two groups of cell issues, and which combination of a group each cell has: (cell,).

        So two look-ups a cell add up what the cell issues are worth, instead of one for each issue.
        """
        sizes = self.cell_shape
        half = min(range(len(sizes) + 1), key=lambda cut: max(prod(sizes[:cut]), prod(sizes[cut:])))
        groups = [slice(0, half), slice(half, len(sizes))]
        return tuple(
            (group, np.ravel_multi_index(tuple(self.choice[:, group].T), sizes[group]))
            for group in groups
            if group.start < group.stop
        )

    @property
    def free_shape(self) -> tuple[int, ...]:
        """Number of options of each free issue."""
        return tuple(len(self.issues[k].options) for k in self.free_issues)

    @property
    def n_free(self) -> int:
        """Number of combinations of the free issues."""
        return prod(self.free_shape)

    @property
    def n_outcomes(self) -> int:
        """Size of the outcome space."""
        return self.n_cells * self.n_free

    def cell_marginals(self, hits: NDArray[np.bool_]) -> list[NDArray[np.bool_]]:
        """Tell which choices of each cell issue occur in cells that were hit.

        Parameters
        ----------
        hits : bool array (world, cell)

        Returns
        -------
        list of bool array (world, choice), one for each cell issue
        """
        grid = np.zeros((len(hits), prod(self.cell_shape)), np.bool_)
        grid[:, self.cell_position] = hits
        return marginals(self.cell_shape, grid)

    def steps(self, issue: int, choices: Sequence[int]) -> NDArray[np.bool_]:
        """Tell between which of some choices of an issue outcomes can differ while all else stays as it is.

        Issues that arise only under a condition may come or go with it.

        Parameters
        ----------
        issue : int
            A position in ``issues``.
        choices : sequence of int

        Returns
        -------
        bool array (choice, choice)
        """
        if issue not in self.cell_issues:
            return np.ones((len(choices), len(choices)), np.bool_)
        feasible = np.zeros(prod(self.cell_shape), np.bool_)
        feasible[self.cell_position] = True
        axis = self.cell_issues.index(issue)
        follows = tuple(k for k, i in enumerate(self.cell_issues) if self.issues[i].when is not None and k != axis)
        possible = np.any(feasible.reshape(self.cell_shape), axis=follows, keepdims=True)
        held = np.moveaxis(possible, axis, 0)[list(choices)].reshape(len(choices), -1)
        # How many combinations of the other issues go with both; in floats, whose product is the fast one.
        counted = held.astype(np.float32)
        shared: NDArray[np.bool_] = counted @ counted.T > 0
        return shared

    def outcomes(self, cell: NDArray[np.intp], free: NDArray[np.intp]) -> Outcomes:
        """Give outcomes by their cells and the numbers of their free combinations, the last free issue fastest."""
        if not self.free_issues:
            return Outcomes(cell, np.zeros((len(cell), 0), np.intp))
        return Outcomes(cell, np.stack(np.unravel_index(free, self.free_shape), axis=1))

    def choice_of(self, issue: int, outcomes: Outcomes) -> NDArray[np.intp]:
        """Tell which choice of one issue some outcomes hold: intp array (outcome,)."""
        if issue in self.cell_issues:
            return self.choice[outcomes.cell, self.cell_issues.index(issue)]
        return outcomes.free[:, self.free_issues.index(issue)]

    def choices_of(self, outcomes: Outcomes) -> NDArray[np.intp]:
        """Spell out outcomes: the choice of each issue, ``[outcome, issue]`` in declared order."""
        spelled = np.empty((len(outcomes), len(self.issues)), np.intp)
        spelled[:, self.cell_issues] = self.choice[outcomes.cell]
        spelled[:, self.free_issues] = outcomes.free
        return spelled

    def outcomes_of(self, choices: NDArray[np.intp]) -> Outcomes:
        """Give outcomes spelled out as by `choices_of`; the rules allow them all."""
        held = [choices[:, k] for k in self.cell_issues]
        position = np.ravel_multi_index(tuple(held), self.cell_shape) if held else np.zeros(len(choices), np.intp)
        return Outcomes(np.searchsorted(self.cell_position, position), choices[:, list(self.free_issues)])


def marginals(shape: tuple[int, ...], hits: NDArray[np.bool_]) -> list[NDArray[np.bool_]]:
    """Tell for each axis which of its entries occur in hits over the whole grid.

    Parameters
    ----------
    shape : tuple of int
        The grid.
    hits : bool array (world, combination)

    Returns
    -------
    list of bool array (world, entry), one for each axis
    """
    if len(shape) <= 1:
        return [hits] * len(shape)
    # Halving keeps inner axes long; reducing one axis at a time over a grid of short axes is ten times slower.
    half = len(shape) // 2
    table = hits.reshape(len(hits), prod(shape[:half]), prod(shape[half:]))
    return marginals(shape[:half], np.any(table, axis=2)) + marginals(shape[half:], np.any(table, axis=1))


def compile_structure(scenario: Scenario) -> Structure:
    """Compile a scenario to cells and free issues (model, section 9).

    Raises
    ------
    ScenarioError
        If no outcome satisfies the rules (NS410), or cell issues have more than `MAX_OUTCOMES` combinations (NS411).
    """
    issues = scenario.issues
    named = {name for condition in _conditions(scenario) for name in condition.issues}
    if scenario.durability is not None and scenario.durability.term:
        named.add(scenario.durability.term)
    is_cell = [issue.id in named or issue.when is not None for issue in issues]
    cell_issues = tuple(k for k, cell in enumerate(is_cell) if cell)
    free_issues = tuple(k for k, cell in enumerate(is_cell) if not cell)
    _check_axes(len(issues))
    choice = _feasible_choices(scenario, tuple(issues[k] for k in cell_issues))
    breach = compile_breach(scenario, cell_issues, choice)
    parties = tuple(compile_party(actor, scenario, cell_issues, choice, breach) for actor in scenario.actors)
    return Structure(issues, cell_issues, free_issues, choice, parties, breach)


def _conditions(scenario: Scenario) -> Iterable[Condition]:
    """List every condition that can make outcomes differ, `when` included."""
    yield from (issue.when for issue in scenario.issues if issue.when is not None)
    yield from (rule.require for rule in scenario.rules)
    for actor in scenario.actors:
        yield from (line.require for line in actor.red_lines)
        yield from (bonus.when for bonus in bonuses_of(actor, scenario))
        yield from (sacred.require for sacred in actor.sacred)
        if actor.consents_to is not None:
            yield actor.consents_to
    if scenario.durability is not None:
        durability = scenario.durability
        yield from (backing.when for backing in supports_of(scenario))
        yield from (shift.when for shift in durability.power_shifts)
        yield from (remedy.when for remedy in durability.remedies)


def _feasible_choices(scenario: Scenario, cell_issues: tuple[Issue, ...]) -> NDArray[np.intp]:
    axes = tuple(issue.id for issue in cell_issues)
    shape = tuple(issue.n_choices for issue in cell_issues)
    _check_size(prod(shape))
    feasible = np.ones(shape, np.bool_)
    for rule in scenario.rules:
        feasible &= truth_on(rule.require, scenario.issues, axes)
    for axis, issue in enumerate(cell_issues):
        if issue.when is not None:
            feasible &= _relevance(issue, axis, truth_on(issue.when, scenario.issues, axes))
    _check_cells(int(np.count_nonzero(feasible)), scenario, len(cell_issues))
    choice = np.argwhere(feasible)
    if len(choice) == 0:
        raise ScenarioError(
            (Problem("NS410", "no outcome satisfies all rules and every `when`", ("rules",), help=_RULES_HELP),)
        )
    return choice


_RULES_HELP = "rules contradict each other, or a `when`; drop or loosen one"


def _relevance(issue: Issue, axis: int, relevant: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Let an issue be irrelevant exactly where its `when` does not hold."""
    is_option = np.arange(issue.n_choices) < len(issue.options)
    return relevant == is_option.reshape([-1 if k == axis else 1 for k in range(relevant.ndim)])


def _check_axes(n_issues: int) -> None:
    if n_issues > MAX_ISSUES:
        message = f"the scenario has {n_issues} issues; at most {MAX_ISSUES} can be analysed"
        raise ScenarioError((Problem("NS411", message, ("issues",), help="leave out what weighs little"),))


def _check_cells(n_cells: int, scenario: Scenario, n_cell_issues: int) -> None:
    """Refuse what would not fit into memory: a number for each cell and cell issue, and each condition of a party."""
    kept = n_cell_issues + sum(
        2 + len(actor.red_lines) + len(bonuses_of(actor, scenario)) + len(actor.sacred) for actor in scenario.actors
    )
    if scenario.durability is not None:
        durability = scenario.durability
        kept += 1 + len(supports_of(scenario)) + len(durability.power_shifts) + len(durability.remedies)
    if n_cells * kept > MAX_CELL_ENTRIES:
        message = f"conditions name issues that combine in {n_cells:,} ways, too many to keep for all parties"
        hint = "let conditions name fewer issues, or widen the steps of those they name"
        raise ScenarioError((Problem("NS411", message, ("issues",), help=hint),))


def _check_size(n: int) -> None:
    if n > MAX_OUTCOMES:
        message = f"issues that conditions name combine in {n:,} ways; at most {MAX_OUTCOMES:,} can be looked at"
        hint = "let conditions name fewer issues, or widen the steps of those they name"
        raise ScenarioError((Problem("NS411", message, ("issues",), help=hint),))
