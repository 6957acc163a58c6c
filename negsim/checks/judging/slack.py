"""How far worlds are from having a zone, or from losing it: points of no deal, taken from everybody or given to all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from negsim.checks.judging.asked import Asked
from negsim.checks.judging.variants import Changes
from negsim.model.values import UNITS_PER_POINT
from negsim.model.worlds import Worlds
from negsim.scenario.conditions.tree import Condition
from negsim.zone.existence import zone_exists

__all__ = ["MOST_SLACK", "slack_of"]

MOST_SLACK = 100.0
"""Points beyond which slack is not told apart: where a red line is in the way, no points help."""

_HALVINGS = 8


def slack_of(asked: Asked, changes: Changes, only: Condition | None) -> NDArray[np.float64]:
    """Tell by how many points every no-deal value can rise until no outcome that meets a condition is in the zone.

    Parameters
    ----------
    asked : Asked
    changes : tuple of str
    only : Condition, optional

    Returns
    -------
    float64 array (world,)
        Below 0 where there is no such outcome: by how much they would have to fall for one. To the nearest 2^-8 of
        `MOST_SLACK`, and at most that far to either side.
    """
    exists = asked.zone(changes, only)
    built = asked.worlds(changes, only)
    if built is None:
        return np.full(asked.n_worlds, -MOST_SLACK)
    compiled, worlds = built
    sign = np.where(exists, 1.0, -1.0)
    # Where there is a zone, points are given until it is gone; else they are taken until it is there.
    low, high = np.zeros(asked.n_worlds), np.full(asked.n_worlds, MOST_SLACK)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        changed = zone_exists(compiled, _raised(worlds, sign * middle)) != exists
        low, high = np.where(changed, low, middle), np.where(changed, middle, high)
    return sign * np.maximum(high, MOST_SLACK / 2**_HALVINGS)


def _raised(worlds: Worlds, points: NDArray[np.float64]) -> Worlds:
    """Give everybody points without a deal, (world,)."""
    units = np.rint(points * UNITS_PER_POINT)
    return replace(worlds, asked=tuple(replace(asked, least=asked.least + units) for asked in worlds.asked))
