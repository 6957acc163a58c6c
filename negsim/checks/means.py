"""Bounds on weighted means whose weights are uncertain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from negsim.checks.supports import Support

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["largest_mean", "mean_bounds"]


def largest_mean(value: NDArray[np.float64], weights: Sequence[Support]) -> NDArray[np.float64]:
    """Maximise a weighted mean over weights between ends, in each row.

    The maximum has the upper ends on the largest values and the lower ends on the rest, so every cut is tried.

    Parameters
    ----------
    value : float64 array (row, item)
    weights : sequence of Support
        One for each item.

    Returns
    -------
    float64 array (row,)
    """
    import numpy as np

    order = np.argsort(-value, axis=1, kind="stable")
    ranked = np.take_along_axis(value, order, axis=1)
    low = np.array([weight.low for weight in weights])[order]
    high = np.array([weight.high for weight in weights])[order]
    total = np.cumsum((high - low) * ranked, axis=1) + np.sum(low * ranked, axis=1, keepdims=True)
    weight = np.cumsum(high - low, axis=1) + np.sum(low, axis=1, keepdims=True)
    return np.max(np.divide(total, weight, out=np.full_like(total, -np.inf), where=weight > 0), axis=1)


def mean_bounds(values: Sequence[Support], weights: Sequence[Support]) -> Support:
    """Bound one weighted mean; 0 where there is nothing to weigh."""
    import numpy as np

    if not values:
        return Support(0.0, 0.0)
    low = -largest_mean(np.array([[-value.low for value in values]]), weights)
    high = largest_mean(np.array([[value.high for value in values]]), weights)
    return Support(float(low[0]), float(high[0]))
