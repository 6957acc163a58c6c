"""Errors of statistics that are no means, from replicates of a design or from resampled points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.model.estimates import Estimate
from negsim.model.intervals import TAIL
from negsim.model.sampling import sample_table

__all__ = ["MIN_PARTS", "bounded_by", "by_part", "jackknife_margin", "resampled_counts"]

MIN_PARTS = 8
"""Replicates from which on their spread is trusted; with fewer, points are resampled."""

Array = NDArray[np.float64]


def jackknife_margin(without: Array) -> Array:
    """Give the half-width of Student's 95 % interval from a statistic without one replicate after the other.

    Parameters
    ----------
    without : float64 array (replicate, ...)
        At least two replicates.

    Returns
    -------
    float64 array (...)

    References
    ----------
    Efron & Stein (1981), Annals of Statistics 9, 586-596, eq. 1.3; Miller (1974), Biometrika 61, 1-15, for the
    quantile of Student's t with one degree of freedom less than there are replicates.

    Examples
    --------
    >>> round(float(jackknife_margin(np.array([1.0, 2.0, 3.0]))), 4)  # 4.3027 (4/3)^½
    4.9683
    """
    from scipy.special import stdtrit

    n = len(without)
    squares = np.sum((without - np.mean(without, axis=0)) ** 2, axis=0)
    return np.asarray(stdtrit(n - 1, 1 - TAIL) * np.sqrt((n - 1) / n * squares))


def resampled_counts(name: str, n_points: int, n_resamples: int, *, seed: int) -> Array:
    """Draw points with replacement, and count how often each is drawn: float64 array (resample, point)."""
    drawn = np.floor(sample_table(name, (n_resamples, n_points), seed=seed) * n_points).astype(np.intp)
    drawn += np.arange(n_resamples)[:, None] * n_points
    counts = np.bincount(drawn.ravel(), minlength=n_resamples * n_points)
    return counts.reshape(n_resamples, n_points).astype(np.float64)


def bounded_by(middle: Array, margin: Array) -> tuple[Estimate, ...]:
    """Give estimates with intervals of the same width to either side."""
    return tuple(
        Estimate(value, value - half, value + half)
        for value, half in zip(middle.tolist(), margin.tolist(), strict=True)
    )


def by_part(terms: Array, part: NDArray[np.intp]) -> Array:
    """Add up what points give in each part: from (point, term) to (part, term)."""
    found, position = np.unique(part, return_inverse=True)
    sums = np.zeros((len(found), terms.shape[1]))
    np.add.at(sums, position, terms)
    return sums
