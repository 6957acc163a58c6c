"""Zeuthen's risks, as a party sees them: who has more to lose from a breakdown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.chairs import Chair
from negsim.bargaining.outlook import believed_gain
from negsim.bargaining.tactics.base import Array

__all__ = ["compare_risks"]

Index = NDArray[np.intp]


def compare_risks(chairs: Sequence[Chair], k: int) -> tuple[Array, Array, Array]:
    """Compare the risks of a party and of the others, as it believes; see `Moment.risk`."""
    me, others = chairs[k], [j for j in range(len(chairs)) if j != k]
    offered = np.stack([chairs[j].offer for j in others])
    # Who has not offered anything yet stands at the best of its menu.
    mine = np.where(me.offer >= 0, me.offer, me.menu.deal[me.menu.row, me.menu.size[me.menu.row] - 1])
    gains = np.stack([np.maximum(me.gain(deal), 0.0).astype(np.float64) for deal in offered])
    bid = np.max(gains, axis=0)
    # Nobody gives way to others who have not offered anything yet.
    own = np.where(np.any(offered >= 0, axis=0), _risk_of(me.gain(mine).astype(np.float64), bid), np.inf)
    risks = np.stack([_others_risk(chairs[j], mine, chairs[j].offer) for j in others])
    least = np.argmin(risks, axis=0)
    theirs = np.min(risks, axis=0)
    # What the concession has to beat: the risk of the one with the least, at every deal of the menu.
    at = np.stack([_others_risk(chairs[j], me.menu.deals(), chairs[j].offer[:, None]) for j in others])
    there = np.take_along_axis(at, least[None, :, None], axis=0)[0]
    menu = me.menu.gains().astype(np.float64)
    points = np.where(np.isinf(menu), -np.inf, menu)
    good = (_risk_of(points, bid[:, None]) > there) & (points < me.gain(mine)[:, None])
    # No lower than what the others offer already; that too where no smaller concession will do.
    enough = np.maximum(np.max(np.where(good, points, -np.inf), axis=1), bid)
    return own, theirs, me.menu.level(enough)


def _others_risk(other: Chair, mine: Index, theirs: Index) -> Array:
    """Give the risk of another seat between its own offer and deals of mine, as is believed."""
    seat, belief = other.seat, other.belief
    each = np.arange(len(belief.weight)).reshape(-1, *[1] * (mine.ndim - 1))

    def worth(deal: Index) -> Array:
        value = sum(belief.weight[each, h] * seat.value[h][deal] for h in range(len(seat.value)))
        return np.where(deal < 0, 0.0, np.maximum(believed_gain(seat, np.asarray(value)), 0.0))

    return np.where(theirs < 0, 1.0, _risk_of(worth(theirs), worth(mine)))


def _risk_of(own: Array, bid: Array) -> Array:
    """Give Zeuthen's risk: the loss by giving in, as a share of that by breaking up; 1 with nothing to lose."""
    share = (own - bid) / np.where(own > 0, own, 1.0)
    return np.where(own > 0, np.maximum(share, 0.0), 1.0)
