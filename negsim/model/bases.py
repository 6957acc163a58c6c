"""What deals have to be worth to each actor, by signature: no deal, what the cell adds, the risk, red lines."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from negsim.model.assumptions import Assumptions
from negsim.model.bonuses import bonuses_of
from negsim.model.cells import PartyCells
from negsim.model.draws import Draws
from negsim.model.durability import Risk
from negsim.model.values import to_units
from negsim.records import dataclass
from negsim.scenario.types import Party, Scenario

__all__ = [
    "Asked",
    "Said",
    "Units",
    "at_home",
    "blocked_by_signature",
    "bonus_by_signature",
    "least_of",
    "said_by",
]

Units = NDArray[np.float32]
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Said:
    """What was drawn for the conditions of one actor.

    ``amount`` (world, bonus) and ``audience_cost`` (world, red_line) are in units, integer-valued; ``real`` (world,
    red_line) tells which lines are no bluff.
    """

    amount: Array
    audience_cost: Array
    real: NDArray[np.bool_]

    def select(self, which: NDArray[np.bool_]) -> Said:
        """Keep some of the worlds: those marked, (world,)."""
        return Said(self.amount[which], self.audience_cost[which], self.real[which])


def said_by(actor: Party, scenario: Scenario, draws: Draws, assumptions: Assumptions) -> Said:
    """Gather bonuses, audience costs and which red lines are real."""
    amount = [
        bonus.sign * draws.quantity[bonus.amount] * (assumptions.levers == "pulled" or bonus.kind != "carrot")
        for bonus in bonuses_of(actor, scenario)
    ]
    cost = [draws.quantity[*actor.path, "red_lines", line.id, "audience_cost"] for line in actor.red_lines]
    is_asked = not actor.ratifies or assumptions.ratifiers == "asked"
    real = [draws.real[actor.id, line.id] & is_asked for line in actor.red_lines]
    n = draws.n_worlds
    return Said(
        to_units(np.array(amount, np.float64).reshape(len(amount), n).T),
        to_units(np.array(cost, np.float64).reshape(len(cost), n).T),
        np.array(real, np.bool_).reshape(len(real), n).T,
    )


def least_of(actor: Party, draws: Draws, assumptions: Assumptions, least: Array) -> Array:
    """Give what an actor asks for: nothing where it is not asked itself, without end where it is not serious."""
    if actor.ratifies and assumptions.ratifiers == "not_asked":
        return np.full_like(least, -np.inf)
    if assumptions.good_faith == "drawn" and actor.id in draws.serious:
        return np.where(draws.serious[actor.id], least, np.inf)
    return least


@dataclass(frozen=True)
class Asked:
    """What deals have to be worth to one actor, by signature of its cells; each worked out when first looked at.

    ``least`` (world,) is what the actor asks for whatever the cell, in units: infinite where it takes nothing, minus
    infinite where it is not asked. ``risk`` is None where no deal may be broken. ``at_home[k]`` (world,) tells where
    the k-th red line of `PartyCells.at_home` is no bluff.
    """

    cells: PartyCells
    least: Array
    said: Said
    risk: Risk | None
    at_home: tuple[NDArray[np.bool_], ...]

    @cached_property
    def open_base(self) -> Array:
        """What is asked for by points alone, whatever is crossed: float64 array (world, signature), in units."""
        asked = bonus_by_signature(self.cells, self.said)
        np.subtract(self.least[:, None], asked, out=asked)
        if self.risk is not None and self.risk.asks:
            asked += np.take(self.risk.premium, self.cells.breach, axis=1)
        return asked

    @cached_property
    def base(self) -> Units:
        """The same, out of reach where a real red line is crossed: float32 array (world, signature)."""
        # Float32 rounds what lies beyond what any deal is worth, where none is accepted anyway.
        base = self.open_base.astype(np.float32)
        np.copyto(base, np.float32(np.inf), where=blocked_by_signature(self.cells, self.said.real))
        return base

    @cached_property
    def joint(self) -> Units:
        """The same, out of reach as well where a real red line at home is crossed: float32 array (world, signature)."""
        if not self.at_home:
            return self.base
        first, kind = self.cells.by_home
        crossed = np.zeros((len(self.least), len(first)), np.bool_)
        for column, real in enumerate(self.at_home):
            crossed |= real[:, None] & self.cells.crossed_at_home[first, column]
        joint = self.base.copy()
        np.copyto(joint, np.float32(np.inf), where=np.take(crossed, kind, axis=1))
        return joint

    def select(self, which: NDArray[np.bool_]) -> Asked:
        """Keep some of the worlds: those marked, (world,)."""
        return Asked(
            self.cells,
            self.least[which],
            self.said.select(which),
            self.risk and self.risk.select(which),
            tuple(real[which] for real in self.at_home),
        )


def at_home(cells: PartyCells, said: Sequence[Said]) -> tuple[NDArray[np.bool_], ...]:
    """Tell where each red line of `PartyCells.at_home` is no bluff: (world,) each; ``said`` is by actor."""
    return tuple(said[ratifier].real[:, line] for ratifier, line in cells.at_home)


def bonus_by_signature(cells: PartyCells, said: Said) -> Array:
    """Add up adjustments, less the cost of crossed bluffs, for each signature: (world, signature), in units."""
    first, kind = cells.by_conditions
    bonus = np.zeros((len(said.real), len(first)))
    for k in range(said.amount.shape[1]):
        bonus[:, cells.adjusted[first, k]] += said.amount[:, k, None]
    for k in range(said.audience_cost.shape[1]):
        paid = np.where(said.real[:, k], 0.0, said.audience_cost[:, k])
        bonus[:, cells.crossed[first, k]] -= paid[:, None]
    return np.take(bonus, kind, axis=1)


def blocked_by_signature(cells: PartyCells, real: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which signatures cross a real red line: (world, signature)."""
    first, kind = cells.by_conditions
    blocked = np.zeros((len(real), len(first)), np.bool_)
    for k in range(real.shape[1]):
        blocked |= real[:, k, None] & cells.crossed[first, k]
    return np.take(blocked, kind, axis=1)
