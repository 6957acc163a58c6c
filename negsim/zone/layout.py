"""How the outcome space is laid out as a table, so that its inner axis is long.

An outcome is a cell and an option of each free issue. Rows are cells, times the first free issues; columns are the
combinations of the last free issues, as many as stay in cache. Where nearly all issues are cell issues it is the
other way round: rows are free combinations, columns are cells. Either way an outcome is acceptable to a party iff
what its column offers reaches what its row requires.
"""

from __future__ import annotations

from math import prod

import numpy as np
from numpy.typing import NDArray

from negsim.model.outcomes import Outcomes
from negsim.model.structure import Structure, marginals
from negsim.model.worlds import Worlds, outer_sum
from negsim.records import dataclass

__all__ = ["Layout", "lay_out"]

MAX_COLUMNS = 1024
"""Columns beyond which a further free issue goes to the rows: 16 KiB a party, so that all parties' stay in cache."""

MIN_COLUMNS = 128
"""Free combinations below which cells make the longer inner axis."""

Units = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Layout:
    """Rows and columns over a structure.

    ``n_row_issues`` of the free issues, the first ones, are on the rows; ``flipped`` means that the cells are columns.
    """

    structure: Structure
    n_row_issues: int
    flipped: bool

    @property
    def n_row_free(self) -> int:
        """Number of free combinations on the rows."""
        return prod(self.structure.free_shape[: self.n_row_issues])

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        structure = self.structure
        if self.flipped:
            return structure.n_free, structure.n_cells
        return structure.n_cells * self.n_row_free, structure.n_free // self.n_row_free

    def outcomes(self, row: NDArray[np.intp], column: NDArray[np.intp]) -> Outcomes:
        """Turn places in the table into outcomes."""
        if self.flipped:
            return self.structure.outcomes(column, row)
        cell, row_free = np.divmod(row, self.n_row_free)
        return self.structure.outcomes(cell, row_free * self.shape[1] + column)

    def sides(self, worlds: Worlds, party: int, block: slice) -> tuple[Units, Units]:
        """Give what rows require and what columns offer: (world, row) and (world, column), in units.

        Where the agreement does not need the party its requirement is 0, which every offer meets. It is out of reach
        where somebody refuses who ratifies for the party by red lines alone.
        """
        needed = self.structure.parties[party].needed
        threshold = np.where(needed, worlds.joint_threshold(party, block), np.float32(0))
        values = [value[block] for value in worlds.free_value[party]]
        n = len(threshold)
        if self.flipped:
            return (-outer_sum(values) if values else np.zeros((n, 1), np.float32)), -threshold
        offer = outer_sum(values[self.n_row_issues :]) if values else np.zeros((n, 1), np.float32)
        if self.n_row_issues == 0:
            return threshold, offer
        on_rows = outer_sum(values[: self.n_row_issues])
        return (threshold[:, :, None] - on_rows[:, None, :]).reshape(n, -1), offer

    def most(
        self, worlds: Worlds, parties: tuple[int, ...], block: slice, offer: dict[int, Units]
    ) -> NDArray[np.float64]:
        """Give the most that any one column offers to some parties, added up: (world,), in units."""
        if self.flipped or not self.structure.free_issues:
            return np.max(_total([offer[party] for party in parties]), axis=1) if parties else np.zeros(1)
        # Columns are all combinations of their issues, so the best of them has the best option of each.
        most = np.zeros(block.stop - block.start)
        for values in zip(*(worlds.free_value[party][self.n_row_issues :] for party in parties), strict=True):
            most += np.max(_total([value[block] for value in values]), axis=1)
        return most

    def choices_present(self, row_hit: NDArray[np.bool_], column_hit: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Tell which choices occur among hits: bool array (world, choice), the choices of all issues in a row.

        Parameters
        ----------
        row_hit : bool array (world, row)
            Some outcome of the row was hit.
        column_hit : bool array (world, column)
            Some outcome of the column was hit.
        """
        structure, n = self.structure, len(row_hit)
        if self.flipped:
            cell_hit, free_hits = column_hit, [(structure.free_shape, row_hit)]
        else:
            by_cell = row_hit.reshape(n, structure.n_cells, self.n_row_free)
            cell_hit = np.any(by_cell, axis=2)
            cut, shape = self.n_row_issues, structure.free_shape
            free_hits = [(shape[:cut], np.any(by_cell, axis=1)), (shape[cut:], column_hit)]
        free = [present for shape, hits in free_hits for present in marginals(shape, hits)]
        cells = structure.cell_marginals(cell_hit)
        by_issue = dict(zip(structure.cell_issues + structure.free_issues, cells + free, strict=True))
        return np.concatenate([by_issue[k] for k in range(len(structure.issues))], axis=1)


def _total(arrays: list[Units]) -> NDArray[np.float64]:
    """Add up in float64, where sums over many parties stay exact."""
    total = arrays[0].astype(np.float64)
    for array in arrays[1:]:
        total += array
    return total


def lay_out(structure: Structure) -> Layout:
    """Choose rows and columns for a structure.

    Returns
    -------
    Layout
        The longest columns not above `MAX_COLUMNS`; flipped where free issues alone would make short ones.
    """
    sizes = structure.free_shape
    if structure.n_free < min(MIN_COLUMNS, structure.n_cells):
        return Layout(structure, 0, flipped=True)
    on_rows = next((k for k in range(len(sizes)) if prod(sizes[k:]) <= MAX_COLUMNS), max(0, len(sizes) - 1))
    return Layout(structure, on_rows, flipped=False)
