"""The Pareto frontier: outcomes that nobody can gain from leaving without another's loss."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["efficient_points", "pareto_optimal"]

_BLOCK = 256
"""Outcomes that are compared with each other in one go."""

_COMPARED = 2**20
"""The most pairs of outcomes compared in one go: a megabyte for each mask of them."""


def pareto_optimal(utility: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which outcomes are Pareto optimal among those given.

    Parameters
    ----------
    utility : float64 array (party, outcome), points
        Or any other figure of which each party wants more.

    Returns
    -------
    bool array (outcome,)
        True where no other outcome is at least as good for every party and better for one. Equal outcomes do not
        exclude each other: they are all in or all out.

    Examples
    --------
    >>> pareto_optimal(np.array([[3.0, 1.0, 1.0, 0.0, 3.0], [1.0, 2.0, 1.0, 2.0, 1.0]]))
    array([ True,  True, False, False,  True])
    """
    if utility.size == 0:
        return np.ones(utility.shape[1], np.bool_)
    if len(utility) == 1:
        return utility[0] == np.max(utility[0])
    # Most outcomes are worse for everybody than a single good one, and need no sorting.
    good = utility[:, np.argmax(np.sum(utility, axis=0))]
    rest = np.flatnonzero(np.any(utility >= good[:, None], axis=0))
    candidates = utility[:, rest]
    optimal = np.zeros(utility.shape[1], np.bool_)
    optimal[rest] = _of_two(*candidates) if len(utility) == 2 else _of_many(candidates)
    return optimal


def efficient_points(utility: NDArray[np.float64]) -> NDArray[np.float64]:
    """List the points of the Pareto frontier, each once, from the first party's best on.

    Parameters
    ----------
    utility : float64 array (party, outcome), points

    Returns
    -------
    float64 array (party, point)
        Falling in the first party's utility, then in the second's, and so on.

    Examples
    --------
    >>> efficient_points(np.array([[1.0, 3.0, 1.0, 3.0], [2.0, 1.0, 1.0, 1.0]]))
    array([[3., 1.],
           [1., 2.]])
    """
    return np.unique(utility[:, pareto_optimal(utility)], axis=1)[:, ::-1]


def _of_two(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Go down the first party's utility: for the second, an outcome must beat those before, and match those beside."""
    order = np.argsort(-first)  # the order among equals does not matter: they are taken together
    falling, other = first[order], second[order]
    starts = np.flatnonzero(np.concatenate(([True], falling[1:] != falling[:-1])))
    best_beside = np.maximum.reduceat(other, starts)
    best_before = np.concatenate(([-np.inf], np.maximum.accumulate(best_beside)[:-1]))
    # What the second party must have at least; more than there is where the step gains it nothing.
    asked = np.where(best_beside > best_before, best_beside, np.inf)
    optimal = np.empty(len(first), np.bool_)
    optimal[order] = other >= np.repeat(asked, np.diff(starts, append=len(first)))
    return optimal


def _of_many(utility: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Take outcomes from the largest sum down, block by block, and drop at once what they exclude.

    No outcome is excluded by one behind it. A better one has no smaller sum, rounded as it may be, since rounding
    keeps order; and where sums are equal it stands before in the order of the parties' utilities.
    """
    rest = np.lexsort((*-utility[::-1], -np.sum(utility, axis=0)))
    optimal = np.zeros(utility.shape[1], np.bool_)
    while rest.size:
        block, rest = rest[:_BLOCK], rest[_BLOCK:]
        block = block[~_excluded(utility[:, block], utility[:, block])]
        optimal[block] = True
        rest = rest[~_excluded(utility[:, rest], utility[:, block])]
    return optimal


def _excluded(points: NDArray[np.float64], by: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which points (party, point) have another in ``by`` that is at least as good for all and better for one."""
    step = _COMPARED // _BLOCK
    excluded = np.zeros(points.shape[1], np.bool_)
    for start in range(0, points.shape[1], step):
        part = points[:, start : start + step]
        no_worse = np.ones((by.shape[1], part.shape[1]), np.bool_)
        better = np.zeros_like(no_worse)
        for theirs, own in zip(by, part, strict=True):
            no_worse &= theirs[:, None] >= own
            better |= theirs[:, None] > own
        excluded[start : start + step] = np.any(no_worse & better, axis=0)
    return excluded
