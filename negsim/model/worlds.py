"""Some worlds as arrays: what every free option is worth, and what every cell demands of the free issues.

In a cell a party accepts an outcome iff the values of its free options add up to the cell's threshold: its no-deal
value, less what the cell itself is worth to it, plus what crossing a bluff costs; never where a crossed line is real.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from math import prod
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from negsim.model.assumptions import AS_STATED, Assumptions
from negsim.model.draws import Draws
from negsim.model.outcomes import Outcomes
from negsim.model.structure import PartyCells, Structure
from negsim.model.values import UNITS_PER_POINT, no_deal_units, weighted_values
from negsim.scenario.types import Party, Scenario

__all__ = ["NEVER", "Worlds", "build_worlds", "outer_sum"]

NEVER = np.float32(2**24)
"""More units than any deal is worth, and the last integer up to which float32 is exact."""

Units = NDArray[np.float32]
_Float = TypeVar("_Float", np.float32, np.float64)


@dataclass(frozen=True, slots=True)
class Worlds:
    """One block of worlds over a structure.

    ``free_value[party][k]`` is a float32 array (world, option) for the k-th free issue; ``cell_value[party][k]``
    (world, choice) for the k-th cell issue; ``base[party]`` (world, signature) is the no-deal value and what the
    signature takes from or adds to it, out of reach where a real red line is crossed; ``open_base[party]`` the same by
    points alone, whatever is crossed, in float64, which stays exact beyond `NEVER`. In units of 10^-5 points,
    integer-valued.

    ``no_deal[party]`` (world,), ``amount[party]`` (world, adjustment) and ``audience_cost[party]`` (world, red_line)
    are what these are made of, in float64; ``real[party]`` (world, red_line) tells which lines are no bluff.
    """

    structure: Structure
    n_worlds: int
    free_value: tuple[tuple[Units, ...], ...]
    cell_value: tuple[tuple[Units, ...], ...]
    base: tuple[Units, ...]
    open_base: tuple[NDArray[np.float64], ...]
    no_deal: tuple[NDArray[np.float64], ...]
    amount: tuple[NDArray[np.float64], ...]
    audience_cost: tuple[NDArray[np.float64], ...]
    real: tuple[NDArray[np.bool_], ...]

    def select(self, which: NDArray[np.bool_]) -> Worlds:
        """Keep some of the worlds: those marked, (world,)."""
        return replace(
            self,
            n_worlds=int(np.count_nonzero(which)),
            free_value=tuple(tuple(value[which] for value in values) for values in self.free_value),
            cell_value=tuple(tuple(value[which] for value in values) for values in self.cell_value),
            base=tuple(base[which] for base in self.base),
            open_base=tuple(base[which] for base in self.open_base),
            no_deal=tuple(units[which] for units in self.no_deal),
            amount=tuple(units[which] for units in self.amount),
            audience_cost=tuple(units[which] for units in self.audience_cost),
            real=tuple(lines[which] for lines in self.real),
        )

    def threshold(self, party: int, worlds: slice, cells: NDArray[np.intp] | slice = slice(None)) -> Units:
        """Give what the free issues must add up to for a party to accept: float32 array (world, cell), 0 to `NEVER`."""
        threshold = self._less_cells(self.base, party, worlds, cells)
        return np.clip(threshold, 0, NEVER, out=threshold)

    def price(self, party: int, worlds: slice, cells: NDArray[np.intp] | slice = slice(None)) -> NDArray[np.float64]:
        """Give what the free issues must add up to by points alone, whatever red lines are crossed.

        Returns
        -------
        float64 array (world, cell)
            In units, exact and not clipped: below 0 where the cell is worth more than no deal.
        """
        return self._less_cells(self.open_base, party, worlds, cells)

    def free_values(self, parties: Sequence[int], world: int) -> list[NDArray[np.float64]]:
        """List what the options of each free issue are worth to some parties in a world: (party, option), in units."""
        return [
            np.array([self.free_value[party][k][world] for party in parties], np.float64).reshape(-1, n_options)
            for k, n_options in enumerate(self.structure.free_shape)
        ]

    def free_sum(self, party: int, outcomes: Outcomes) -> Units:
        """Add up what the free issues of some outcomes are worth: float32 array (world, outcome), in units."""
        value = np.zeros((self.n_worlds, len(outcomes)), np.float32)
        for per_option, option in zip(self.free_value[party], outcomes.free.T, strict=True):
            value += per_option[:, option]
        return value

    def utility(self, party: int, outcomes: Outcomes) -> NDArray[np.float64]:
        """Give what some outcomes are worth to a party, adjustments and audience costs included.

        Parameters
        ----------
        party : int
        outcomes : Outcomes

        Returns
        -------
        float64 array (world, outcome)
            In units, exact. A real red line costs nothing here; it rules out (`crosses_real`).
        """
        utility = self.cell_utility(party, outcomes.cell)
        utility += self.free_sum(party, outcomes)
        return utility

    def cell_utility(self, party: int, cell: NDArray[np.intp]) -> NDArray[np.float64]:
        """Give what some cells are worth to a party without the free issues: float64 array (world, cell), in units."""
        cells = self.structure.parties[party]
        bonus = _bonus(cells, self.amount[party], self.audience_cost[party], self.real[party])
        utility = np.take(bonus, cells.signature[cell], axis=1)
        for values, index in self._cell_sums(party, slice(None), cell):
            utility += np.take(values, index, axis=1)
        return utility

    def crosses_real(self, party: int, cell: NDArray[np.intp] | slice) -> NDArray[np.bool_]:
        """Tell where a cell crosses a real red line of a party: bool array (world, cell)."""
        cells = self.structure.parties[party]
        return np.take(_blocked(cells, self.real[party]), cells.signature[cell], axis=1)

    def _less_cells(
        self, base: tuple[NDArray[_Float], ...], party: int, worlds: slice, cells: NDArray[np.intp] | slice
    ) -> NDArray[_Float]:
        """Take from what signatures ask for what the cells themselves are worth: (world, cell)."""
        left = np.take(base[party][worlds], self.structure.parties[party].signature[cells], axis=1)
        for values, index in self._cell_sums(party, worlds, cells):
            left -= np.take(values, index, axis=1)
        return left

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
    values = [weighted_values(party, scenario.issues, draws, assumptions) for party in scenario.parties]
    no_deal = tuple(no_deal_units(party, scenario.issues, draws, assumptions) for party in scenario.parties)
    amount, cost, real = zip(*(_adjustments_and_lines(party, draws) for party in scenario.parties), strict=True)
    open_base = tuple(
        no_deal[k][:, None] - _bonus(cells, amount[k], cost[k], real[k]) for k, cells in enumerate(structure.parties)
    )
    return Worlds(
        structure=structure,
        n_worlds=draws.n_worlds,
        free_value=tuple(tuple(value[k] for k in structure.free_issues) for value in values),
        cell_value=tuple(tuple(value[k] for k in structure.cell_issues) for value in values),
        # A cell's own value, still to be taken off, is at most 100 points, so that twice NEVER stays beyond what the
        # free issues can add up to.
        base=tuple(
            # Float32 rounds what lies beyond NEVER, where no deal is accepted anyway.
            np.where(_blocked(cells, real[k]), 2 * NEVER, open_base[k].astype(np.float32))
            for k, cells in enumerate(structure.parties)
        ),
        open_base=open_base,
        no_deal=no_deal,
        amount=amount,
        audience_cost=cost,
        real=real,
    )


def _outer(total: Units, value: Units) -> Units:
    # The size is spelled out, since there may be no world at all.
    return (value[:, :, None] + total[:, None, :]).reshape(len(value), value.shape[1] * total.shape[1])


def outer_sum(values: list[Units] | tuple[Units, ...]) -> Units:
    """Add up options over every combination of issues: float32 array (world, combination), last issue fastest."""
    # From the last issue backwards, so that the inner axis of every sum is the long one.
    return reduce(_outer, values[::-1])


def _adjustments_and_lines(
    party: Party, draws: Draws
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Gather amounts of adjustments, audience costs (both in units) and which red lines are real, by world."""
    root = ("parties", party.id)
    amount = [draws.quantity[*root, "adjustments", item.id, "amount"] for item in party.adjustments]
    cost = [draws.quantity[*root, "red_lines", line.id, "audience_cost"] for line in party.red_lines]
    real = [draws.real[party.id, line.id] for line in party.red_lines]
    n = draws.n_worlds
    return (
        np.rint(np.array(amount, np.float64).reshape(-1, n).T * UNITS_PER_POINT),
        np.rint(np.array(cost, np.float64).reshape(-1, n).T * UNITS_PER_POINT),
        np.array(real, np.bool_).reshape(-1, n).T,
    )


def _bonus(
    cells: PartyCells, amount: NDArray[np.float64], cost: NDArray[np.float64], real: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Add up adjustments, less the cost of crossed bluffs, for each signature: (world, signature), in units."""
    bonus = np.zeros((len(real), len(cells.crossed)))
    for k in range(amount.shape[1]):
        bonus[:, cells.adjusted[:, k]] += amount[:, k, None]
    for k in range(cost.shape[1]):
        bonus[:, cells.crossed[:, k]] -= np.where(real[:, k], 0.0, cost[:, k])[:, None]
    return bonus


def _blocked(cells: PartyCells, real: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which signatures cross a real red line: (world, signature)."""
    blocked = np.zeros((len(real), len(cells.crossed)), np.bool_)
    for k in range(real.shape[1]):
        blocked |= real[:, k, None] & cells.crossed[:, k]
    return blocked


def _balance(sizes: list[int]) -> int:
    """Find where to cut a list of axes so that the larger part has as few combinations as can be."""
    return min(range(len(sizes) + 1), key=lambda cut: max(prod(sizes[:cut]), prod(sizes[cut:])))


def _ravel(choice: NDArray[np.intp], shape: list[int]) -> NDArray[np.intp]:
    return np.ravel_multi_index(tuple(choice[:, k] for k in range(len(shape))), tuple(shape))
