"""The design of Sobol' indices: pairs of points, and all that lies between them in one factor."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.model.sampling import sample_sobol

__all__ = ["MOST_FACTORS", "N_PARTS", "base_points", "saltelli", "split_rows"]

N_PARTS = 8
"""Independent scrambles that a design consists of: replicates, whose spread tells the error."""

MOST_FACTORS = 10_600
"""Factors that Sobol' points are there for, two dimensions each."""

Array = NDArray[np.float64]


def saltelli(n_factors: int, n_base: int, *, seed: int, n_parts: int = N_PARTS) -> Array:
    """Lay out the points of Saltelli's design for first-order and total indices.

    Parameters
    ----------
    n_factors : int
    n_base : int
        Base points, ``n_parts`` times a power of 2.
    seed : int
    n_parts : int
        Independent scrambles of Sobol' points in ``2 n_factors`` dimensions, one after the other.

    Returns
    -------
    float64 array (row, factor)
        Strictly between 0 and 1. For each base point ``n_factors + 2`` rows: A, B, and A with one factor after the
        other taken from B.

    Raises
    ------
    UsageError
        If there is no such number of base points, or no such number of factors.

    References
    ----------
    Saltelli, Annoni, Azzini, Campolongo, Ratto & Tarantola (2010), Computer Physics Communications 181, 259-270,
    section 4. They use one sequence without scrambling and leave out its beginning; here there are independent
    scrambles, which tell the error (Owen 1997).

    Examples
    --------
    >>> saltelli(3, 64, seed=0).shape
    (320, 3)
    """
    size = _part_size(n_factors, n_base, n_parts)
    points = np.concatenate([base_points(n_factors, size, seed=seed, part=part) for part in range(n_parts)])
    a, b = points[:, :n_factors], points[:, n_factors:]
    rows = np.repeat(a[:, None, :], n_factors + 2, axis=1)
    rows[:, 1] = b
    which = np.arange(n_factors)
    rows[:, 2 + which, which] = b
    return rows.reshape(-1, n_factors)


def base_points(n_factors: int, size: int, *, seed: int, part: int) -> Array:
    """Scramble the points of one part: float64 array (point, dim), the dimensions of A before those of B."""
    return sample_sobol("saltelli", size, 2 * n_factors, seed=seed, part=part)


def split_rows(values: Array, n_factors: int) -> tuple[Array, Array, Array]:
    """Take results in the order of the design apart: at A and at B (point,), and between them (point, factor)."""
    by_point = values.reshape(-1, n_factors + 2)
    return by_point[:, 0], by_point[:, 1], by_point[:, 2:]


def _part_size(n_factors: int, n_base: int, n_parts: int) -> int:
    if not 1 <= n_factors <= MOST_FACTORS:
        raise UsageError(f"Sobol' indices are found for 1 to {MOST_FACTORS:,} factors, not {n_factors:,}")
    size = n_base // n_parts
    if size < 1 or size * n_parts != n_base or size & (size - 1):
        low = n_parts << max(size.bit_length() - 1, 0)
        raise UsageError(
            f"base points come in {n_parts} parts of 1, 2, 4, 8 ... points: {low:,} or {2 * low:,}, not {n_base:,}"
        )
    return size
