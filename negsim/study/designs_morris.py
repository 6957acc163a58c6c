"""The design of elementary effects: walks through a grid of four levels, one factor at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.model.sampling import sample_table

__all__ = ["N_LEVELS", "STEP", "morris"]

N_LEVELS = 4
"""Levels of a factor."""

_LEVELS_A_STEP = N_LEVELS // 2

STEP = _LEVELS_A_STEP / (N_LEVELS - 1)
"""How far one step goes, as a share of the distance from the lowest to the highest level."""


def morris(n_factors: int, n_trajectories: int, *, seed: int) -> NDArray[np.float64]:
    """Lay out trajectories for elementary effects.

    Parameters
    ----------
    n_factors, n_trajectories : int
    seed : int

    Returns
    -------
    float64 array (row, factor)
        For each trajectory ``n_factors + 1`` rows, from each to the next one factor moves by two of four levels, up
        or down. Levels lie in the middle of four equal parts: 1/8, 3/8, 5/8 and 7/8.

    Raises
    ------
    UsageError
        If there is no factor, or no trajectory.

    References
    ----------
    Morris (1991), Technometrics 33, 161-174, section 3: p = 4 levels, a step of p/(2(p-1)) = 2/3 of their range. His
    levels are 0, 1/3, 2/3 and 1; at 0 and 1 inverse distribution functions may be infinite, so each level stands for
    the middle of its part. A level that can go neither way does not exist for p = 4.

    Examples
    --------
    >>> morris(2, 1, seed=0).shape
    (3, 2)
    """
    if n_factors < 1 or n_trajectories < 1:
        raise UsageError(f"elementary effects need a factor and a trajectory, not {n_factors:,} and {n_trajectories:,}")
    uniform = sample_table("morris", (n_trajectories, 2, n_factors), seed=seed)
    start = np.floor(uniform[:, 0] * N_LEVELS)  # (trajectory, factor)
    position = np.argsort(np.argsort(uniform[:, 1], axis=1), axis=1)  # when each factor moves
    moved = np.arange(n_factors + 1)[None, :, None] > position[:, None, :]  # (trajectory, row, factor)
    to = np.where(start < _LEVELS_A_STEP, start + _LEVELS_A_STEP, start - _LEVELS_A_STEP)
    level = np.where(moved, to[:, None, :], start[:, None, :])
    return ((level + 0.5) / N_LEVELS).reshape(-1, n_factors)
