"""Some worlds as arrays: what every free option is worth, and what every cell demands of the free issues.

In a cell a party accepts an outcome iff the values of its free options add up to the cell's threshold: its no-deal
value, less what the cell itself is worth to it, plus what crossing a bluff costs; never where a crossed line is real.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from negsim.model.assumptions import AS_STATED, Assumptions
from negsim.model.bonuses import bonuses_of
from negsim.model.cells import PartyCells
from negsim.model.draws import Draws
from negsim.model.durability import Risk, risks_of
from negsim.model.no_deal import without_deal
from negsim.model.outcomes import Outcomes
from negsim.model.structure import Structure
from negsim.model.values import UNITS_PER_POINT, to_units, weighted_issues, weighted_values
from negsim.scenario.types import Party, Scenario

__all__ = ["NEVER", "Worlds", "build_worlds", "outer_sum", "pressure_on"]

NEVER = np.float32(2**24)
"""More units than any deal is worth, and the last integer up to which float32 is exact."""

Units = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Worlds:
    """One block of worlds over a structure.

    ``free_value[party][k]`` is a float32 array (world, option) for the k-th free issue; ``cell_value[party][k]``
    (world, choice) for the k-th cell issue; ``base[party]`` (world, signature) is the no-deal value, what the signature
    takes from or adds to it, and the premium that the risk of breach asks for, out of reach where a real red line is
    crossed; ``joint[party]`` the same, out of reach as well where one of those is that ratify for the party and look at
    nothing else; ``open_base[party]`` by points alone, whatever is crossed, in float64, which stays exact beyond
    `NEVER`. In units of 10^-5 points, integer-valued. A base is infinite where nothing is acceptable, minus infinite
    where everything is.

    ``no_deal[party]`` (world,), ``amount[party]`` (world, bonus) and ``audience_cost[party]`` (world, red_line)
    are what these are made of, in float64; ``real[party]`` (world, red_line) tells which lines are no bluff.
    ``inside[party]`` (world,) is the disagreement point, at most ``no_deal``. ``weighs`` tells who gives weight to any
    issue. ``risk`` is empty where no deal may be broken. Parties are all actors, ratifiers included.
    """

    structure: Structure
    n_worlds: int
    free_value: tuple[tuple[Units, ...], ...]
    cell_value: tuple[tuple[Units, ...], ...]
    base: tuple[Units, ...]
    joint: tuple[Units, ...]
    open_base: tuple[NDArray[np.float64], ...]
    no_deal: tuple[NDArray[np.float64], ...]
    inside: tuple[NDArray[np.float64], ...]
    amount: tuple[NDArray[np.float64], ...]
    audience_cost: tuple[NDArray[np.float64], ...]
    real: tuple[NDArray[np.bool_], ...]
    weighs: tuple[bool, ...]
    risk: tuple[Risk, ...] = ()

    def select(self, which: NDArray[np.bool_]) -> Worlds:
        """Keep some of the worlds: those marked, (world,)."""
        return replace(
            self,
            n_worlds=int(np.count_nonzero(which)),
            free_value=tuple(tuple(value[which] for value in values) for values in self.free_value),
            cell_value=tuple(tuple(value[which] for value in values) for values in self.cell_value),
            base=tuple(base[which] for base in self.base),
            joint=tuple(base[which] for base in self.joint),
            open_base=tuple(base[which] for base in self.open_base),
            no_deal=tuple(units[which] for units in self.no_deal),
            inside=tuple(units[which] for units in self.inside),
            amount=tuple(units[which] for units in self.amount),
            audience_cost=tuple(units[which] for units in self.audience_cost),
            real=tuple(lines[which] for lines in self.real),
            risk=tuple(Risk(risk.premium[which], risk.kept[which]) for risk in self.risk),
        )

    def pressed(self, points: Sequence[float]) -> Worlds:
        """Take points from the no-deal value of each actor, and so from what it asks for."""
        units = [float(np.rint(one * UNITS_PER_POINT)) for one in points]
        open_base = tuple(base - off for base, off in zip(self.open_base, units, strict=True))

        def lowered(bases: tuple[Units, ...]) -> tuple[Units, ...]:
            """Take the points off where a base is within reach; anew, as float32 rounds what is not."""
            return tuple(
                np.where(np.isinf(base), base, lower.astype(np.float32)) if off else base
                for base, lower, off in zip(bases, open_base, units, strict=True)
            )

        return replace(
            self,
            base=lowered(self.base),
            joint=lowered(self.joint),
            open_base=open_base,
            no_deal=tuple(held - off for held, off in zip(self.no_deal, units, strict=True)),
            inside=tuple(held - off for held, off in zip(self.inside, units, strict=True)),
        )

    def threshold(self, party: int, worlds: slice, cells: NDArray[np.intp] | slice = slice(None)) -> Units:
        """Give what the free issues must add up to for a party to accept: float32 array (world, cell), 0 to `NEVER`."""
        return _clipped(self._less_cells(self.base, party, worlds, cells))

    def joint_threshold(self, party: int, worlds: slice) -> Units:
        """Give the same in all cells for a party together with those that ratify by red lines alone: (world, cell)."""
        return _clipped(self._less_cells(self.joint, party, worlds, slice(None)))

    def price(self, party: int, worlds: slice, cells: NDArray[np.intp] | slice = slice(None)) -> NDArray[np.float64]:
        """Give what the free issues must add up to by points alone, whatever red lines are crossed; with the risk.

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
        bonus = _bonus(cells, self.amount[party], self.audience_cost[party], self.real[party])
        utility = np.take(bonus, cells.signature[cell], axis=1)
        for values, index in self._cell_sums(party, slice(None), cell):
            utility += np.take(values, index, axis=1)
        return utility

    def kept(self, party: int, worlds: slice, cells: NDArray[np.intp]) -> NDArray[np.float64]:
        """Give the weight of a deal's own utility in its value, the risk of breach considered: (world, cell)."""
        if not self.risk or self.structure.breach is None or not self.risk[party].asks:
            return np.ones((len(self.no_deal[party][worlds]), len(cells)))
        return np.take(self.risk[party].kept[worlds], self.structure.breach.signature[cells], axis=1)

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
        return np.take(_blocked(cells, self.real[party]), cells.signature[cell], axis=1)

    def _less_cells(
        self, base: Sequence[NDArray[np.floating]], party: int, worlds: slice, cells: NDArray[np.intp] | slice
    ) -> NDArray[Any]:
        """Take from what signatures ask for what the cells themselves are worth: (world, cell)."""
        left = np.take(base[party][worlds], self.structure.parties[party].signature[cells], axis=1)
        for values, index in self._cell_sums(party, worlds, cells):
            left -= np.take(values, index, axis=1)
        return left

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
        _values(scenario, structure, draws, assumptions) if like is None else (like.free_value, like.cell_value)
    )
    without = tuple(without_deal(actor, scenario, draws, assumptions) for actor in actors)
    amount, cost, real = zip(
        *(_bonuses_and_lines(actor, scenario, draws, assumptions) for actor in actors), strict=True
    )
    keeps_risk = like is not None and assumptions.leaves_risk
    risk = like.risk if like and keeps_risk else risks_of(scenario, structure, draws, without, assumptions)
    open_base = tuple(
        _least(actor, draws, assumptions, without[k].least)[:, None]
        - _bonus(cells, amount[k], cost[k], real[k])
        + (risk[k].premium[:, cells.breach] if risk and risk[k].asks else 0.0)
        for k, (actor, cells) in enumerate(zip(actors, structure.parties, strict=True))
    )
    # Float32 rounds what lies beyond NEVER, where no deal is accepted anyway.
    base = tuple(
        np.where(_blocked(cells, real[k]), np.float32(np.inf), open_base[k].astype(np.float32))
        for k, cells in enumerate(structure.parties)
    )
    worlds = Worlds(
        structure=structure,
        n_worlds=draws.n_worlds,
        free_value=free_value,
        cell_value=cell_value,
        base=base,
        joint=tuple(_joint(cells, base[k], real) for k, cells in enumerate(structure.parties)),
        open_base=open_base,
        no_deal=tuple(held.least for held in without),
        inside=tuple(held.inside for held in without),
        amount=amount,
        audience_cost=cost,
        real=real,
        weighs=tuple(bool(weighted_issues(actor)) for actor in actors),
        risk=risk,
    )
    return worlds.pressed(pressure_on(scenario, assumptions)) if assumptions.pressure else worlds


def pressure_on(scenario: Scenario, assumptions: Assumptions) -> list[float]:
    """Add up the points of pressure on each actor; there is nothing to press where no no-deal value is stated."""
    return [
        sum(points for name, points in assumptions.pressure if name == actor.id and actor.no_deal is not None)
        for actor in scenario.actors
    ]


def _values(
    scenario: Scenario, structure: Structure, draws: Draws, assumptions: Assumptions
) -> tuple[tuple[tuple[Units, ...], ...], tuple[tuple[Units, ...], ...]]:
    """Value the options of free and of cell issues, actor by actor."""
    values = [weighted_values(actor, scenario.issues, draws, assumptions) for actor in scenario.actors]
    return (
        tuple(tuple(value[k] for k in structure.free_issues) for value in values),
        tuple(tuple(value[k] for k in structure.cell_issues) for value in values),
    )


def _least(actor: Party, draws: Draws, assumptions: Assumptions, least: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give what an actor asks for: nothing where it is not asked itself, without end where it is not serious."""
    if actor.ratifies and assumptions.ratifiers == "not_asked":
        return np.full_like(least, -np.inf)
    if assumptions.good_faith == "drawn" and actor.id in draws.serious:
        return np.where(draws.serious[actor.id], least, np.inf)
    return least


def _outer(total: Units, value: Units) -> Units:
    # The size is spelled out, since there may be no world at all.
    return (value[:, :, None] + total[:, None, :]).reshape(len(value), value.shape[1] * total.shape[1])


def outer_sum(values: list[Units] | tuple[Units, ...]) -> Units:
    """Add up options over every combination of issues: float32 array (world, combination), last issue fastest."""
    # From the last issue backwards, so that the inner axis of every sum is the long one.
    return reduce(_outer, values[::-1])


def _bonuses_and_lines(
    actor: Party, scenario: Scenario, draws: Draws, assumptions: Assumptions
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Gather bonuses, audience costs (both in units) and which red lines are real, by world."""
    amount = [
        bonus.sign * draws.quantity[bonus.amount] * (assumptions.levers == "pulled" or bonus.kind != "carrot")
        for bonus in bonuses_of(actor, scenario)
    ]
    cost = [draws.quantity[*actor.path, "red_lines", line.id, "audience_cost"] for line in actor.red_lines]
    is_asked = not actor.ratifies or assumptions.ratifiers == "asked"
    real = [draws.real[actor.id, line.id] & is_asked for line in actor.red_lines]
    n = draws.n_worlds
    return (
        to_units(np.array(amount, np.float64).reshape(-1, n).T),
        to_units(np.array(cost, np.float64).reshape(-1, n).T),
        np.array(real, np.bool_).reshape(-1, n).T,
    )


def _bonus(
    cells: PartyCells, amount: NDArray[np.float64], cost: NDArray[np.float64], real: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Add up adjustments, less the cost of crossed bluffs, for each signature: (world, signature), in units."""
    first, kind = cells.by_conditions
    bonus = np.zeros((len(real), len(first)))
    for k in range(amount.shape[1]):
        bonus[:, cells.adjusted[first, k]] += amount[:, k, None]
    for k in range(cost.shape[1]):
        bonus[:, cells.crossed[first, k]] -= np.where(real[:, k], 0.0, cost[:, k])[:, None]
    return bonus[:, kind]


def _joint(cells: PartyCells, base: Units, real: Sequence[NDArray[np.bool_]]) -> Units:
    """Put a base out of reach where a real red line at home is crossed: (world, signature)."""
    for column, (ratifier, line) in enumerate(cells.at_home):
        crossed = real[ratifier][:, line, None] & cells.crossed_at_home[:, column]
        base = np.where(crossed, np.float32(np.inf), base)
    return base


def _clipped(threshold: Units) -> Units:
    """Bring a threshold between what any sum reaches and what none does."""
    return np.clip(threshold, 0, NEVER, out=threshold)


def _blocked(cells: PartyCells, real: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which signatures cross a real red line: (world, signature)."""
    first, kind = cells.by_conditions
    blocked = np.zeros((len(real), len(first)), np.bool_)
    for k in range(real.shape[1]):
        blocked |= real[:, k, None] & cells.crossed[first, k]
    return blocked[:, kind]
