"""The outcomes near one outcome: those that differ from it in few issues."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.model.outcomes import Outcomes
from negsim.model.structure import Structure
from negsim.records import dataclass

__all__ = ["Neighbours", "count_changes", "neighbours_of"]

ALL_OUTCOMES = 2**14
"""Outcomes up to which every other one is a neighbour."""

FEW = 20_000
"""Neighbours up to which three changes are allowed."""

MANY = 2**18
"""Neighbours up to which two changes are; a single one always is."""

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Outcomes near another, that one left out, and their numbers of changes, (outcome,).

    ``most_changes`` is how many changes were allowed; None: any number.
    """

    outcomes: Outcomes
    n_changes: Places
    most_changes: int | None


def neighbours_of(structure: Structure, choice: Places) -> Neighbours:
    """Find the outcomes near another.

    Parameters
    ----------
    structure : Structure
    choice : intp array (issue,)
        The choices of an outcome.

    Returns
    -------
    Neighbours
        All other outcomes where the space has at most `ALL_OUTCOMES`; else those with at most two changes, or three
        where these are at most `FEW`, or one where two would be more than `MANY`. An issue that arises or falls away
        because another changed is no change of its own, and all its options are tried.

    Examples
    --------
    >>> from negsim.model.structure import compile_structure
    >>> from negsim.scenario import loads
    >>> sale = loads('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {price: {title: Price, scale: 0..9, step: 1}, time: {title: Time, options: [now, later]}}
    ... parties: {buyer: {title: Buyer, demands: {price: 0}, no_deal: 50}}
    ... ''')
    >>> np.bincount(neighbours_of(compile_structure(sale), np.array([4, 0])).n_changes).tolist()
    [0, 10, 9]
    """
    cell_changes = count_changes(structure, choice)
    sizes, chosen = structure.free_shape, choice[list(structure.free_issues)]
    everything = structure.n_outcomes <= ALL_OUTCOMES
    most = len(structure.issues) if everything else _reach(np.bincount(cell_changes), sizes)
    free = _free_within(sizes, chosen, most)
    parts = [
        (
            np.repeat(cells, len(free[n])),
            np.tile(free[n], (len(cells), 1)),
            np.full(len(cells) * len(free[n]), in_cells + n),
        )
        for in_cells in range(most + 1)
        for cells in (np.flatnonzero(cell_changes == in_cells),)
        for n in range(most + 1 - in_cells)
    ]
    cell, combination, n_changes = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    others = n_changes > 0
    return Neighbours(Outcomes(cell, combination).pick(others), n_changes[others], None if everything else most)


def count_changes(structure: Structure, choice: Places) -> Places:
    """Count the cell issues in which each cell differs from an outcome, those that arise or fall away left out."""
    changes = np.zeros(structure.n_cells, np.intp)
    for column, issue in enumerate(structure.cell_issues):
        n_options = len(structure.issues[issue].options)
        there = structure.choice[:, column]
        if choice[issue] < n_options:
            changes += (there != choice[issue]) & (there < n_options)
    return changes


def _reach(cells_by_changes: NDArray[np.intp], sizes: tuple[int, ...]) -> int:
    """Say how many changes are allowed, from the number of cells with each number of changes."""
    n_free = [1, 0, 0, 0]
    for size in sizes:
        n_free = [n_free[0], *(n_free[k] + n_free[k - 1] * (size - 1) for k in range(1, 4))]
    n_cells = [*cells_by_changes.tolist()[:4], 0, 0, 0][:4]

    def n_within(most: int) -> int:
        return sum(n_cells[k] * sum(n_free[: most - k + 1]) for k in range(most + 1))

    if n_within(3) <= FEW:
        return 3
    return 2 if n_within(2) <= MANY else 1


def _free_within(sizes: tuple[int, ...], chosen: Places, most: int) -> list[Places]:
    """List combinations of free issues by the number of issues, 0 to ``most``, in which they differ from one.

    Each is an array (combination, free issue), in the order of its options.
    """
    found = [np.zeros((int(n == 0), 0), np.intp) for n in range(most + 1)]
    for size, kept in zip(sizes, chosen.tolist(), strict=True):
        others = np.delete(np.arange(size), kept)
        changed = [_with_last(before, others) for before in found[:-1]]
        found = [_with_last(before, np.array([kept])) for before in found]
        found[1:] = [np.concatenate(pair) for pair in zip(found[1:], changed, strict=True)]
    return found


def _with_last(combinations: Places, options: Places) -> Places:
    """Add one more issue to combinations, with each of some options."""
    repeated = np.repeat(combinations, len(options), axis=0)
    return np.column_stack([repeated, np.tile(options, len(combinations))])
