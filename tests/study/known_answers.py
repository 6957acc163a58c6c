"""Functions whose Sobol' indices are known in closed form."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

ISHIGAMI_FIRST = (0.3139, 0.4424, 0.0)
ISHIGAMI_TOTAL = (0.5576, 0.4424, 0.2437)
"""At a = 7 and b = 0.1: Ishigami & Homma (1990), by the formulas of Sobol' & Levitan (1999)."""


def ishigami(x: Array) -> Array:
    """Points of the unit cube, (point, factor)."""
    z = (2 * x - 1) * np.pi
    return np.asarray(np.sin(z[:, 0]) + 7 * np.sin(z[:, 1]) ** 2 + 0.1 * z[:, 2] ** 4 * np.sin(z[:, 0]))


def g_function(x: Array, a: Sequence[float]) -> Array:
    """Sobol's g-function: the product of (|4x - 2| + a) / (1 + a)."""
    weight = np.array(a)
    return np.asarray(np.prod((np.abs(4 * x - 2) + weight) / (1 + weight), axis=1))


def g_indices(a: Sequence[float]) -> tuple[Array, Array]:
    """First-order and total indices: with v = 1/(3 (1+a)²), v_i / V and v_i times the product of the other 1 + v / V."""
    part = 1 / (3 * (1 + np.array(a)) ** 2)
    variance = np.prod(1 + part) - 1
    return part / variance, part * np.prod(1 + part) / (1 + part) / variance
