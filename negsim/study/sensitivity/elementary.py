"""Elementary effects (Morris): what one step of a factor changes, on average and how unevenly."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.model.estimates import Estimate, mean_change
from negsim.records import dataclass
from negsim.study.designs_morris import STEP
from negsim.study.sensitivity.replicates import jackknife_margin

__all__ = ["Elementary", "effects_of", "elementary"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Elementary:
    """Elementary effects of a factor, in units of the result for a move from its lowest to its highest level.

    ``mu`` is their mean, ``mu_star`` the mean of their sizes, ``sigma`` their standard deviation: large beside
    ``mu_star`` where the effect is bent, or hangs on other factors.
    """

    mu: Estimate
    mu_star: Estimate
    sigma: Estimate


def effects_of(points: Array, results: Array, reach: Sequence[float] | None = None) -> Array:
    """Work out elementary effects from trajectories.

    Parameters
    ----------
    points : float64 array (row, factor)
        Of trajectories of ``n_factors + 1`` rows, one after the other; from row to row one factor changes, up or down
        by `STEP` of its levels, or none, where that factor has but one value.
    results : float64 array (row,)
        Finite.
    reach : sequence of float (factor,), optional
        Of a factor that had values of its own instead of the levels, how far its highest is from its lowest: an effect
        is then a change of the result by that distance, in proportion. Infinite for words, between which there is no
        distance: an effect is the plain change. 0, or all if left out, for factors that had the levels.

    Returns
    -------
    float64 array (trajectory, factor)
        0 where a factor never moves.

    Raises
    ------
    UsageError
        If more than one factor changes from a row to the next.
    """
    n_factors = points.shape[1]
    moved = np.diff(points.reshape(-1, n_factors + 1, n_factors), axis=1)  # (trajectory, step, factor)
    way = np.sign(moved)
    if np.any(np.count_nonzero(way, axis=2) > 1):
        raise UsageError("these are no trajectories: from one row to the next more than one factor changes")
    change = np.diff(results.reshape(-1, n_factors + 1), axis=1)
    far = np.zeros(n_factors) if reach is None else np.asarray(reach, np.float64)
    own = np.where((far > 0) & np.isfinite(far), np.abs(moved) / np.where(far > 0, far, 1.0), 1.0)
    step = np.where(far == 0, STEP, own)
    each = np.divide(way * change[:, :, None], step, out=np.zeros_like(moved), where=way != 0)
    return np.asarray(np.sum(each, axis=1))


def elementary(effects: Array) -> tuple[Elementary, ...]:
    """Sum elementary effects up, factor by factor.

    Parameters
    ----------
    effects : float64 array (trajectory, factor)
        At least three trajectories.

    Returns
    -------
    tuple of Elementary
        Intervals are Student's over trajectories, which are independent, and of ``sigma`` a jackknife.

    Raises
    ------
    UsageError
        If there are fewer than three trajectories.

    References
    ----------
    Morris (1991), Technometrics 33, 161-174; Campolongo, Cariboni & Saltelli (2007), Environmental Modelling &
    Software 22, 1509-1518, for ``mu_star``.

    Examples
    --------
    >>> from negsim.study.designs_morris import morris
    >>> x = morris(2, 10, seed=0)
    >>> level = (x - 1 / 8) / (7 / 8 - 1 / 8)
    >>> [round(one.mu.estimate, 6) for one in elementary(effects_of(x, 3 * level[:, 0] - level[:, 1]))]
    [3.0, -1.0]
    """
    n = len(effects)
    if n < 3:
        raise UsageError(f"elementary effects need three whole trajectories at least, not {n}")
    centred = effects - np.mean(effects, axis=0)
    sigma = np.std(effects, axis=0, ddof=1)
    # Without one trajectory: the sum of squares less its own share (Welford's update, backwards).
    left = np.maximum(np.sum(centred**2, axis=0) - centred**2 * n / (n - 1), 0.0)
    margin = jackknife_margin(np.sqrt(left / (n - 2)))
    return tuple(
        Elementary(
            mean_change(effects[:, k], 1),
            mean_change(np.abs(effects[:, k]), 1),
            Estimate(float(sigma[k]), max(0.0, float(sigma[k] - margin[k])), float(sigma[k] + margin[k])),
        )
        for k in range(effects.shape[1])
    )
