"""Outcomes spread evenly over all of them, without a random number."""

from __future__ import annotations

import numpy as np

from negsim.model.outcomes import Outcomes
from negsim.model.structure import Structure

__all__ = ["spread_outcomes"]


def spread_outcomes(structure: Structure, n: int) -> Outcomes:
    """Take outcomes that are spread evenly over cells and free issues, each once.

    Parameters
    ----------
    structure : Structure
    n : int
        How many to look at; those that come twice are dropped. The first of them are spread evenly as well.

    Returns
    -------
    Outcomes

    References
    ----------
    Roberts, M. (2018). The unreasonable effectiveness of quasirandom sequences: the additive recurrence with powers of
    the generalised golden ratio, the root of x^(d+1) = x + 1, in d dimensions.
    """
    shape = np.array([structure.n_cells, *structure.free_shape])
    root = _generalised_golden_ratio(len(shape))
    # A half as the seed of the recurrence, as Roberts has it.
    steps = np.mod(0.5 + np.outer(np.arange(1, n + 1), root ** -np.arange(1, len(shape) + 1.0)), 1.0)
    index = np.minimum((steps * shape).astype(np.intp), shape - 1)
    _, first = np.unique(index, axis=0, return_index=True)
    kept = index[np.sort(first)]
    return Outcomes(kept[:, 0], np.ascontiguousarray(kept[:, 1:]))


def _generalised_golden_ratio(n_dimensions: int) -> float:
    """Find the root of x^(d+1) = x + 1 above 1, by its fixed point.

    >>> round(_generalised_golden_ratio(1), 6), round(_generalised_golden_ratio(2), 6)
    (1.618034, 1.324718)
    """
    root = 2.0
    for _ in range(64):
        root = (1.0 + root) ** (1.0 / (n_dimensions + 1))
    return root
