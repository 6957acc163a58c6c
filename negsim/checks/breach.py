"""Bounds on what the risk of breach does to a party: over all values of uncertain numbers, deal by deal.

Deals are told apart by the signatures of `negsim.model.structure.BreachCells`. Bounds are arrays (end, signature), the
lower ends and then the upper, in points.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from negsim.checks.no_deal import belief_bounds, slope_bounds
from negsim.checks.subject import Subject
from negsim.checks.supports import NAUGHT, Support
from negsim.scenario.commitments import Durability, PowerShift
from negsim.scenario.no_deal import WarValue
from negsim.scenario.types import Party

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from negsim.model.cells import BreachCells

__all__ = ["breakers_at_work", "loss_bounds", "premium_bounds"]


def premium_bounds(subject: Subject, actor: Party) -> NDArray[np.float64]:
    """Bound what the risk of breach asks of a deal beyond no deal, in each cell: (end, cell).

    With A the weight of the deal itself in its value, that is (1 - A) / A times what a breach would cost, and
    (1 - A) / A lies between 0 and all hazards together over the discount rate.
    """
    import numpy as np

    durability, cells = subject.scenario.durability, subject.structure.breach
    working = breakers_at_work(subject)
    if durability is None or cells is None or actor.discount_rate is None or not working:
        return np.zeros((2, subject.structure.n_cells))
    rate = subject.supports[*actor.path, "discount_rate"].low
    hazards = [subject.supports["durability", "breakers", breaker.party, "hazard"] for breaker in durability.breakers]
    most = sum(hazard.high for hazard in hazards) / rate if rate > 0 else inf
    losses = np.stack([loss_bounds(subject, actor, k) for k in working])
    low, high = losses[:, 0].min(axis=0), losses[:, 1].max(axis=0)
    premium = np.zeros((2, len(low)))
    premium[0, low < 0] = low[low < 0] * most
    premium[1, high > 0] = high[high > 0] * most
    return premium[:, cells.signature]


def breakers_at_work(subject: Subject) -> list[int]:
    """List the numbers of the breakers of a scenario that can break a deal at all."""
    durability = subject.scenario.durability
    return [
        k
        for k, breaker in enumerate(durability.breakers if durability else ())
        if subject.supports["durability", "breakers", breaker.party, "hazard"].high > 0
    ]


def loss_bounds(subject: Subject, actor: Party, breaker: int) -> NDArray[np.float64]:
    """Bound what an actor loses by a breach of one breaker, against no deal now: (end, signature).

    Below 0 is a gain.
    """
    import numpy as np

    durability, cells = subject.scenario.durability, subject.structure.breach
    assert durability is not None
    assert cells is not None
    war, party = actor.no_deal if isinstance(actor.no_deal, WarValue) else None, actor.ratifies or actor.id
    favour, points = np.zeros((2, len(cells.term))), np.zeros((2, len(cells.term)))
    for k, shift in enumerate(durability.power_shifts):
        if shift.if_broken_by and durability.breakers[breaker].party not in shift.if_broken_by:
            continue
        left = _left(shift, durability, subject, cells) * cells.shifted[:, k]
        root = ("durability", "power_shifts", shift.id)
        if shift.by is not None and war is not None:
            gained = _times(subject.supports[*root, "by"], left)
            favour += gained if shift.towards == war.side else -gained[::-1]
        if party in dict(shift.points):
            points += _times(subject.supports[*root, "points", party], left)
    lost = -points[::-1]
    return lost if war is None else lost + _lost_in_war(subject, actor, war, favour)


def _lost_in_war(subject: Subject, owner: Party, war: WarValue, favour: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bound what is lost where the chance of winning rises by ``favour`` and stays within 0 and 1.

    Nothing at all lies within the bounds: chances may be at their end already, and a war that is worth less than what
    goes on anyway is not taken up, whatever its chances.
    """
    import numpy as np

    chance, slope = belief_bounds(subject, owner, war), slope_bounds(subject, owner, war)
    change = np.stack([np.maximum(np.minimum(favour[0], 0), -chance.high), np.minimum(np.maximum(favour[1], 0), 1)])
    return -_times(slope, change)[::-1]


def _left(shift: PowerShift, durability: Durability, subject: Subject, cells: BreachCells) -> NDArray[np.float64]:
    """Bound the share of a power shift that remedies leave: (end, signature)."""
    import numpy as np

    left = np.ones((2, len(cells.term)))
    for k, remedy in enumerate(durability.remedies):
        if not remedy.shifts or shift.id in remedy.shifts:
            taken = subject.supports["durability", "remedies", remedy.id, "takes_away"]
            left[:, cells.remedied[:, k]] *= np.array([[1 - taken.high], [1 - taken.low]])
    return left


def _times(factor: Support, bounds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bound a product with what lies within bounds: (end, signature)."""
    import numpy as np

    if factor == NAUGHT:
        return np.zeros_like(bounds)
    products = np.stack([end * bounds for end in (factor.low, factor.high)])
    return np.stack([products.min(axis=(0, 1)), products.max(axis=(0, 1))])
