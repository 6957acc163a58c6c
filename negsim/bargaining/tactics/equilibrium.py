"""The subgame-perfect equilibrium of alternating offers, by backward induction over the rounds that are left.

In the last round whoever proposes leaves the others just what no deal is worth to them; a round before, whoever
proposes leaves each what waiting for that would be worth to it, and so on. What the others get from a deal is what the
party believes, so two who know all play the equilibrium, and others something like it. Deals across red lines that the
party does not press on are out of reach for all. The plan is for offers by turns; under other protocols it is no
equilibrium.

References
----------
Ståhl (1972), Bargaining Theory; Rubinstein (1982), Econometrica 50, 97-109; Binmore, Rubinstein & Wolinsky (1986), RAND
Journal of Economics 17, 176-188, for talks that may break down. Over finitely many deals; where no deal gives all
others enough, talks go on.
"""

from __future__ import annotations

import numpy as np

from negsim.bargaining.tactics.base import Array, Moment, Outlook, Stance, Tactic
from negsim.model.values import UNITS_PER_POINT
from negsim.scenario.bargaining import TACTIC_PARAMETERS

__all__ = ["EQUILIBRIUM"]

_LEAST = 1e-9
"""Points by which rounding may make an offer look short of what waiting is worth."""


def _induce(outlook: Outlook) -> Array:
    """Give the levels to ask for and to take in each round: (2, round, world); nan before the session."""
    n_seats, n_rounds, n_worlds = len(outlook.expected), outlook.n_rounds, len(outlook.own)
    later = [np.zeros(n_worlds)] * n_seats
    points = np.full((2, n_rounds, n_worlds), np.nan)
    for k in range(n_rounds - 1, outlook.start - 1, -1):
        waiting = [discount * gain for discount, gain in zip(outlook.discount, later, strict=True)]
        points[0, k] = _propose(outlook, outlook.me, waiting)[outlook.me]
        points[1, k] = waiting[outlook.me]
        later = _propose(outlook, k % n_seats, waiting)
    level = outlook.menu.level(points * UNITS_PER_POINT)
    # Waiting may be worth less than the worst deal.
    return np.stack([np.clip(level[0], 0.0, 1.0), np.maximum(level[1], 0.0)])


def _propose(outlook: Outlook, proposer: int, waiting: list[Array]) -> list[Array]:
    """Find what each seat gets from the deal that is best for the proposer and no worse than waiting for all others."""
    enough = np.isfinite(outlook.own)
    if outlook.allowed is not None:
        enough &= outlook.allowed
    for seat, gain in enumerate(outlook.expected):
        if seat != proposer:
            enough &= gain >= waiting[seat][:, None] - _LEAST
    worth = np.where(enough, outlook.expected[proposer], -np.inf)
    best = np.argmax(worth, axis=1)[:, None]
    found = np.take_along_axis(worth, best, axis=1)[:, 0] >= waiting[proposer] - _LEAST
    return [
        np.where(found, np.take_along_axis(gain, best, axis=1)[:, 0], wait)
        for gain, wait in zip(outlook.expected, waiting, strict=True)
    ]


def _equilibrium(moment: Moment) -> Stance:
    ask, take = moment.plan[:, moment.round]
    return Stance(ask, take)


EQUILIBRIUM = Tactic(
    "equilibrium",
    "Asks for what backward induction says it can get",
    TACTIC_PARAMETERS["equilibrium"],
    _equilibrium,
    _induce,
    slack=1e-6,
)
