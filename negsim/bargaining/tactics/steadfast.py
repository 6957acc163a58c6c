"""Tactics that do not move: holding out for a level, and one offer to be taken or left."""

from __future__ import annotations

import numpy as np

from negsim.bargaining.tactics.base import Array, Moment, Outlook, Stance, Tactic
from negsim.scenario.bargaining import TACTIC_PARAMETERS

__all__ = ["HOLDOUT", "TAKE_IT_OR_LEAVE_IT"]


def _holdout(moment: Moment) -> Stance:
    level = moment.parameter["level"]
    return Stance(level, level)


def _best_bet(outlook: Outlook) -> Array:
    """Find the level with the largest expected gain: (world,). Of equals, the one that asks for most."""
    menu = outlook.menu
    gain = menu.gains()
    listed = np.isfinite(gain)
    p_accept = np.take_along_axis(outlook.p_accept, menu.deals(), axis=1)
    worth = np.where(listed, np.where(listed, gain, np.float32(0)) * p_accept, -np.inf)
    best = worth.shape[1] - 1 - np.argmax(worth[:, ::-1], axis=1)
    return menu.level(np.take_along_axis(gain, best[:, None], axis=1)[:, 0])


def _ultimatum(moment: Moment) -> Stance:
    return Stance(moment.plan, np.zeros_like(moment.plan))


HOLDOUT = Tactic("holdout", "Never asks for less", TACTIC_PARAMETERS["holdout"], _holdout)
TAKE_IT_OR_LEAVE_IT = Tactic(
    "take_it_or_leave_it",
    "Makes the offer with the largest expected gain and stays with it; takes anything better than no deal",
    TACTIC_PARAMETERS["take_it_or_leave_it"],
    _ultimatum,
    _best_bet,
)
