"""Some worlds as arrays: what every free option is worth, and what every cell demands of the free issues.

In a cell a party accepts an outcome iff the values of its free options add up to the cell's threshold: its no-deal
value, less what the cell itself is worth to it, plus what crossing a bluff costs; never where a crossed line is real.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from negsim.model.assumptions import AS_STATED, Assumptions
from negsim.model.bases import (
    Asked,
    Units,
    at_home,
    blocked_by_signature,
    bonus_by_signature,
    least_of,
    said_by,
)
from negsim.model.draws import Draws
from negsim.model.durability import Risk, risks_of
from negsim.model.no_deal import without_deal
from negsim.model.outcomes import Outcomes
from negsim.model.structure import Structure
from negsim.model.values import UNITS_PER_POINT, weighted_issues, weighted_values
from negsim.records import dataclass
from negsim.scenario.types import Party, Scenario

__all__ = ["NEVER", "Worlds", "build_worlds", "outer_sum", "pressure_on"]

NEVER = np.float32(2**24)
"""More units than any deal is worth, and the last integer up to which float32 is exact."""


@dataclass(frozen=True, slots=True)
class Worlds:
    """One block of worlds over a structure.

    ``free_value[party][k]`` is a float32 array (world, option) for the k-th free issue; ``cell_value[party][k]``
    (world, choice) for the k-th cell issue; ``asked[party]`` is what a deal has to be worth by signature: the no-deal
    value, what the signature takes from or adds to it, and the premium that the risk of breach asks for. In units of
    10^-5 points, integer-valued.

    ``no_deal[party]`` (world,) is what the actor has without a deal, in float64, and ``inside[party]`` (world,) the
    disagreement point, at most ``no_deal``. ``weighs`` tells who gives weight to any issue. Parties are all actors,
    ratifiers included.
    """

    structure: Structure
    n_worlds: int
    free_value: tuple[tuple[Units, ...], ...]
    cell_value: tuple[tuple[Units, ...], ...]
    asked: tuple[Asked, ...]
    no_deal: tuple[NDArray[np.float64], ...]
    inside: tuple[NDArray[np.float64], ...]
    weighs: tuple[bool, ...]

    @property
    def base(self) -> tuple[Units, ...]:
        """What each party asks for by signature, out of reach where a real red line is crossed."""
        return tuple(asked.base for asked in self.asked)

    @property
    def joint(self) -> tuple[Units, ...]:
        """The same, out of reach as well where such a line is of one that ratifies and looks at nothing else."""
        return tuple(asked.joint for asked in self.asked)

    @property
    def open_base(self) -> tuple[NDArray[np.float64], ...]:
        """The same by points alone, whatever is crossed, in float64, which stays exact beyond `NEVER`."""
        return tuple(asked.open_base for asked in self.asked)

    @property
    def amount(self) -> tuple[NDArray[np.float64], ...]:
        """What each bonus adds for each party: (world, bonus), in units."""
        return tuple(asked.said.amount for asked in self.asked)

    @property
    def audience_cost(self) -> tuple[NDArray[np.float64], ...]:
        """What crossing each red line costs each party where it is a bluff: (world, red_line), in units."""
        return tuple(asked.said.audience_cost for asked in self.asked)

    @property
    def real(self) -> tuple[NDArray[np.bool_], ...]:
        """Which red lines of each party are no bluff: (world, red_line)."""
        return tuple(asked.said.real for asked in self.asked)

    @property
    def risk(self) -> tuple[Risk, ...]:
        """The risk of breach to each party; empty where no deal may be broken."""
        return tuple(asked.risk for asked in self.asked if asked.risk is not None)

    def select(self, which: NDArray[np.bool_]) -> Worlds:
        """Keep some of the worlds: those marked, (world,)."""
        return replace(
            self,
            n_worlds=int(np.count_nonzero(which)),
            free_value=tuple(tuple(value[which] for value in values) for values in self.free_value),
            cell_value=tuple(tuple(value[which] for value in values) for values in self.cell_value),
            asked=tuple(asked.select(which) for asked in self.asked),
            no_deal=tuple(units[which] for units in self.no_deal),
            inside=tuple(units[which] for units in self.inside),
        )

    def pressed(self, points: Sequence[float]) -> Worlds:
        """Take points from the no-deal value of each actor, and so from what it asks for."""
        units = [float(np.rint(one * UNITS_PER_POINT)) for one in points]
        return replace(
            self,
            asked=tuple(
                replace(asked, least=asked.least - off) if off else asked
                for asked, off in zip(self.asked, units, strict=True)
            ),
            no_deal=tuple(held - off for held, off in zip(self.no_deal, units, strict=True)),
            inside=tuple(held - off for held, off in zip(self.inside, units, strict=True)),
        )

    def threshold(self, party: int, worlds: slice, cells: NDArray[np.intp] | slice = slice(None)) -> Units:
        """Give what the free issues must add up to for a party to accept: float32 array (world, cell), 0 to `NEVER`."""
        return _clipped(self._less_cells(self.asked[party].base, party, worlds, cells))

    def joint_threshold(self, party: int, worlds: slice) -> Units:
        """Give the same in all cells for a party together with those that ratify by red lines alone: (world, cell)."""
        return _clipped(self._less_cells(self.asked[party].joint, party, worlds, slice(None)))

    def price(self, party: int, worlds: slice, cells: NDArray[np.intp] | slice = slice(None)) -> NDArray[np.float64]:
        """Give what the free issues must add up to by points alone, whatever red lines are crossed; with the risk.

        Returns
        -------
        float64 array (world, cell)
            In units, exact and not clipped: below 0 where the cell is worth more than no deal.
        """
        return self._less_cells(self.asked[party].open_base, party, worlds, cells)

    def free_values(self, parties: Sequence[int], world: int) -> list[NDArray[np.float64]]:
        """List what the options of each free issue are worth to some parties in a world: (party, option), in units."""
        return [
            np.array([self.free_value[party][k][world] for party in parties], np.float64).reshape(-1, n_options)
            for k, n_options in enumerate(self.structure.free_shape)
        ]

    def free_sum(self, party: int, outcomes: Outcomes) -> Units:
        """Add up what the free issues of some outcomes are worth: float32 array (world, outcome), in units."""
        # Outcomes by worlds: whole rows are looked up several times faster than single numbers.
        value = np.zeros((len(outcomes), self.n_worlds), np.float32)
        for per_option, option in zip(self.free_value[party], outcomes.free.T, strict=True):
            value += np.take(np.ascontiguousarray(per_option.T), option, axis=0)
        return np.ascontiguousarray(value.T)

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
        bonus = bonus_by_signature(cells, self.asked[party].said)
        utility = np.take(bonus, cells.signature[cell], axis=1)
        for values, index in self._cell_sums(party, slice(None), cell):
            utility += np.take(values, index, axis=1)
        return utility

    def kept(self, party: int, worlds: slice, cells: NDArray[np.intp]) -> NDArray[np.float64]:
        """Give the weight of a deal's own utility in its value, the risk of breach considered: (world, cell)."""
        risk = self.asked[party].risk
        if risk is None or self.structure.breach is None or not risk.asks:
            return np.ones((len(self.no_deal[party][worlds]), len(cells)))
        return np.take(risk.kept[worlds], self.structure.breach.signature[cells], axis=1)

    def gain(self, party: int, outcomes: Outcomes) -> NDArray[np.float64]:
        """Give what some outcomes add to no deal, the risk of breach considered, whatever red lines they cross.

        Returns
        -------
        float64 array (world, outcome)
            In units; not below 0 where the party accepts by points. Exact where no deal may be broken.
        """
        every = slice(None)
        return self.kept(party, every, outcomes.cell) * (
            self.free_sum(party, outcomes) - self.price(party, every, outcomes.cell)
        )

    def crosses_real(self, party: int, cell: NDArray[np.intp] | slice) -> NDArray[np.bool_]:
        """Tell where a cell crosses a real red line of a party: bool array (world, cell)."""
        cells = self.structure.parties[party]
        return np.take(blocked_by_signature(cells, self.asked[party].said.real), cells.signature[cell], axis=1)

    def _less_cells(
        self, base: NDArray[np.floating], party: int, worlds: slice, cells: NDArray[np.intp] | slice
    ) -> NDArray[Any]:
        """Take from what signatures ask for what the cells themselves are worth: (world, cell)."""
        # Cells by worlds: whole rows are looked up several times faster than single numbers.
        left = np.take(_by_column(base[worlds]), self.structure.parties[party].signature[cells], axis=0)
        for values, index in self._cell_sums(party, worlds, cells):
            left -= np.take(_by_column(values), index, axis=0)
        return np.ascontiguousarray(left.T)

    def _cell_sums(
        self, party: int, worlds: slice, cells: NDArray[np.intp] | slice
    ) -> list[tuple[Units, NDArray[np.intp]]]:
        """Add up the cell issues in two groups, with the combination that cells have; nothing to who weighs none."""
        if not self.weighs[party]:
            return []
        return [
            (outer_sum([value[worlds] for value in self.cell_value[party][group]]), index[cells])
            for group, index in self.structure.halves
        ]


def build_worlds(
    scenario: Scenario,
    structure: Structure,
    draws: Draws,
    assumptions: Assumptions = AS_STATED,
    *,
    like: Worlds | None = None,
) -> Worlds:
    """Turn draws into arrays over a compiled structure; a pure function of these and of what is assumed.

    ``like`` are worlds of the same draws as every analysis assumes them, for assumptions that leave the values of
    options: what these leave need not be worked out once more.
    """
    actors = scenario.actors
    free_value, cell_value = (
        zip(*(values_of(actor, scenario, structure, draws, assumptions) for actor in actors), strict=True)
        if like is None
        else (like.free_value, like.cell_value)
    )
    without = tuple(without_deal(actor, scenario, draws, assumptions) for actor in actors)
    said = tuple(said_by(actor, scenario, draws, assumptions) for actor in actors)
    keeps_risk = like is not None and assumptions.leaves_risk
    risk = like.risk if like and keeps_risk else risks_of(scenario, structure, draws, without, assumptions)
    least = [least_of(actor, draws, assumptions, held.least) for actor, held in zip(actors, without, strict=True)]
    worlds = Worlds(
        structure=structure,
        n_worlds=draws.n_worlds,
        free_value=free_value,
        cell_value=cell_value,
        asked=tuple(
            Asked(cells, least[k], said[k], risk[k] if risk else None, at_home(cells, said))
            for k, cells in enumerate(structure.parties)
        ),
        no_deal=tuple(held.least for held in without),
        inside=tuple(held.inside for held in without),
        weighs=tuple(bool(weighted_issues(actor)) for actor in actors),
    )
    return worlds.pressed(pressure_on(scenario, assumptions)) if assumptions.pressure else worlds


def pressure_on(scenario: Scenario, assumptions: Assumptions) -> list[float]:
    """Add up the points of pressure on each actor; there is nothing to press where no no-deal value is stated."""
    return [
        sum(points for name, points in assumptions.pressure if name == actor.id and actor.no_deal is not None)
        for actor in scenario.actors
    ]


def values_of(
    actor: Party, scenario: Scenario, structure: Structure, draws: Draws, assumptions: Assumptions = AS_STATED
) -> tuple[tuple[Units, ...], tuple[Units, ...]]:
    """Value the options of free and of cell issues to one actor."""
    value = weighted_values(actor, scenario.issues, draws, assumptions)
    return tuple(value[k] for k in structure.free_issues), tuple(value[k] for k in structure.cell_issues)


def _outer(total: Units, value: Units) -> Units:
    # The size is spelled out, since there may be no world at all.
    return (value[:, :, None] + total[:, None, :]).reshape(len(value), value.shape[1] * total.shape[1])


def outer_sum(values: list[Units] | tuple[Units, ...]) -> Units:
    """Add up options over every combination of issues: float32 array (world, combination), last issue fastest."""
    # From the last issue backwards, so that the inner axis of every sum is the long one.
    return reduce(_outer, values[::-1])


def _by_column(values: NDArray[Any]) -> NDArray[Any]:
    return np.ascontiguousarray(values.T)


def _clipped(threshold: Units) -> Units:
    """Bring a threshold between what any sum reaches and what none does."""
    return np.clip(threshold, 0, NEVER, out=threshold)
