"""Cells sorted into slices by the value of one factor."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["slice_by_value"]

Index = NDArray[np.intp]


def slice_by_value(values: NDArray[np.float64], n_slices: int) -> Index:
    """Sort values into slices of about as many each, from the lowest to the highest.

    Parameters
    ----------
    values : float64 array (cell,)
    n_slices : int
        At most; a factor of no more values than that has a slice for each.

    Returns
    -------
    int array (cell,)
        Slices count from 0 without a gap; equal values are never parted.

    Examples
    --------
    >>> slice_by_value(np.array([3.0, 1.0, 2.0, 4.0, 3.0]), 2).tolist()
    [1, 0, 0, 1, 1]
    >>> slice_by_value(np.array([0.0, 5.0, 5.0]), 10).tolist()
    [0, 1, 1]
    """
    levels, position = np.unique(values, return_inverse=True)
    if len(levels) > n_slices:
        edges = np.quantile(values, np.arange(1, n_slices) / n_slices)
        _, position = np.unique(np.searchsorted(edges, values, side="right"), return_inverse=True)
    return np.asarray(position, np.intp)
