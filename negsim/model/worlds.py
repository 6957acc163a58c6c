"""Some worlds as arrays: what every free option is worth, and what every cell demands of the free issues.

In a cell a party accepts an outcome iff the values of its free options add up to the cell's threshold: its no-deal
value, less what the cell itself is worth to it, plus what crossing a bluff costs; never where a crossed line is real.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from math import prod

import numpy as np
from numpy.typing import NDArray

from negsim.model.assumptions import AS_STATED, Assumptions
from negsim.model.draws import Draws
from negsim.model.structure import PartyCells, Structure
from negsim.model.values import UNITS_PER_POINT, no_deal_units, weighted_values
from negsim.scenario.types import Party, Scenario

__all__ = ["NEVER", "Worlds", "build_worlds", "outer_sum"]

NEVER = np.float32(2**24)
"""More units than any deal is worth, and the last integer up to which float32 is exact."""

Units = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Worlds:
    """One block of worlds over a structure.

    ``free_value[party][k]`` is a float32 array (world, option) for the k-th free issue; ``cell_value[party][k]``
    (world, choice) for the k-th cell issue; ``base[party]`` (world, signature) is the no-deal value and what the
    signature adds to it, out of reach where a real red line is crossed. In units of 10^-5 points, integer-valued.
    """

    structure: Structure
    n_worlds: int
    free_value: tuple[tuple[Units, ...], ...]
    cell_value: tuple[tuple[Units, ...], ...]
    base: tuple[Units, ...]

    def select(self, which: NDArray[np.bool_]) -> Worlds:
        """Keep some of the worlds: those marked, (world,)."""
        return Worlds(
            self.structure,
            int(np.count_nonzero(which)),
            tuple(tuple(value[which] for value in values) for values in self.free_value),
            tuple(tuple(value[which] for value in values) for values in self.cell_value),
            tuple(base[which] for base in self.base),
        )

    def threshold(self, party: int, worlds: slice, cells: NDArray[np.intp] | slice = slice(None)) -> Units:
        """Give what the free issues must add up to for a party to accept: float32 array (world, cell), 0 to `NEVER`."""
        signature = self.structure.parties[party].signature[cells]
        threshold = np.take(self.base[party][worlds], signature, axis=1)
        for values, index in self._cell_sums(party, worlds, cells):
            threshold -= np.take(values, index, axis=1)
        return np.clip(threshold, 0, NEVER, out=threshold)

    def _cell_sums(
        self, party: int, worlds: slice, cells: NDArray[np.intp] | slice
    ) -> list[tuple[Units, NDArray[np.intp]]]:
        """Add up the cell issues in two groups, so that two look-ups a cell do instead of one for each issue."""
        values = [value[worlds] for value in self.cell_value[party]]
        choice = self.structure.choice[cells]
        half = _balance([value.shape[1] for value in values])
        groups = [(0, half), (half, len(values))]
        return [
            (outer_sum(values[a:b]), _ravel(choice[:, a:b], [value.shape[1] for value in values[a:b]]))
            for a, b in groups
            if a < b
        ]


def build_worlds(
    scenario: Scenario, structure: Structure, draws: Draws, assumptions: Assumptions = AS_STATED
) -> Worlds:
    """Turn draws into arrays over a compiled structure; a pure function of these and of what is assumed."""
    free_value, cell_value, base = [], [], []
    for party, cells in zip(scenario.parties, structure.parties, strict=True):
        value = weighted_values(party, scenario.issues, draws, assumptions)
        free_value.append(tuple(value[k] for k in structure.free_issues))
        cell_value.append(tuple(value[k] for k in structure.cell_issues))
        base.append(_base(party, cells, no_deal_units(party, scenario.issues, draws, assumptions), draws))
    return Worlds(structure, draws.n_worlds, tuple(free_value), tuple(cell_value), tuple(base))


def outer_sum(values: list[Units] | tuple[Units, ...]) -> Units:
    """Add up options over every combination of issues: float32 array (world, combination), last issue fastest."""
    # From the last issue backwards, so that the inner axis of every sum is the long one.
    return reduce(lambda total, value: (value[:, :, None] + total[:, None, :]).reshape(len(value), -1), values[::-1])


def _base(party: Party, cells: PartyCells, no_deal: NDArray[np.float64], draws: Draws) -> Units:
    """Settle red lines and adjustments for each signature: (world, signature)."""
    base = np.repeat(no_deal[:, None], len(cells.crossed), axis=1)
    for k, adjustment in enumerate(party.adjustments):
        amount = np.rint(draws.quantity["parties", party.id, "adjustments", adjustment.id, "amount"] * UNITS_PER_POINT)
        base[:, cells.adjusted[:, k]] -= amount[:, None]
    blocked = np.zeros(base.shape, np.bool_)
    for k, line in enumerate(party.red_lines):
        cost = np.rint(draws.quantity["parties", party.id, "red_lines", line.id, "audience_cost"] * UNITS_PER_POINT)
        real = draws.real[party.id, line.id]
        base[:, cells.crossed[:, k]] += np.where(real, 0.0, cost)[:, None]
        blocked |= real[:, None] & cells.crossed[:, k]
    # Float32 rounds what lies beyond NEVER. A cell's own value, still to be taken off, is at most 100 points, so that
    # stays beyond what the free issues can add up to.
    return np.where(blocked, 2 * NEVER, base).astype(np.float32)


def _balance(sizes: list[int]) -> int:
    """Find where to cut a list of axes so that the larger part has as few combinations as can be."""
    return min(range(len(sizes) + 1), key=lambda cut: max(prod(sizes[:cut]), prod(sizes[cut:])))


def _ravel(choice: NDArray[np.intp], shape: list[int]) -> NDArray[np.intp]:
    return np.ravel_multi_index(tuple(choice[:, k] for k in range(len(shape))), tuple(shape))
