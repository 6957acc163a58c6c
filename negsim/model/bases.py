"""What deals have to be worth to each actor, by signature: no deal, what the cell adds, the risk, red lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from negsim.model.assumptions import Assumptions
from negsim.model.bonuses import bonuses_of
from negsim.model.cells import PartyCells
from negsim.model.draws import Draws
from negsim.model.durability import Risk
from negsim.model.values import to_units
from negsim.scenario.types import Party, Scenario

__all__ = [
    "Said",
    "Units",
    "asked_at_home_too",
    "asked_by_points",
    "asked_with_lines",
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
        to_units(np.array(amount, np.float64).reshape(-1, n).T),
        to_units(np.array(cost, np.float64).reshape(-1, n).T),
        np.array(real, np.bool_).reshape(-1, n).T,
    )


def least_of(actor: Party, draws: Draws, assumptions: Assumptions, least: Array) -> Array:
    """Give what an actor asks for: nothing where it is not asked itself, without end where it is not serious."""
    if actor.ratifies and assumptions.ratifiers == "not_asked":
        return np.full_like(least, -np.inf)
    if assumptions.good_faith == "drawn" and actor.id in draws.serious:
        return np.where(draws.serious[actor.id], least, np.inf)
    return least


def asked_by_points(cells: PartyCells, least: Array, said: Said, risk: Risk | None) -> Array:
    """Give what each signature asks for by points alone, whatever is crossed: (world, signature), in units.

    ``risk`` is None where no deal may be broken.
    """
    asked = bonus_by_signature(cells, said)
    np.subtract(least[:, None], asked, out=asked)
    if risk is not None and risk.asks:
        asked += np.take(risk.premium, cells.breach, axis=1)
    return asked


def asked_with_lines(cells: PartyCells, open_base: Array, real: NDArray[np.bool_]) -> Units:
    """Put what asks for points out of reach where a real red line is crossed: (world, signature)."""
    # Float32 rounds what lies beyond what any deal is worth, where none is accepted anyway.
    base = open_base.astype(np.float32)
    np.copyto(base, np.float32(np.inf), where=blocked_by_signature(cells, real))
    return base


def asked_at_home_too(cells: PartyCells, base: Units, real: Sequence[NDArray[np.bool_]]) -> Units:
    """Put a base out of reach where a real red line at home is crossed: (world, signature); ``real`` is by actor."""
    if not cells.at_home:
        return base
    first, kind = cells.by_home
    crossed = np.zeros((len(base), len(first)), np.bool_)
    for column, (ratifier, line) in enumerate(cells.at_home):
        crossed |= real[ratifier][:, line, None] & cells.crossed_at_home[first, column]
    joint = base.copy()
    np.copyto(joint, np.float32(np.inf), where=np.take(crossed, kind, axis=1))
    return joint


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
