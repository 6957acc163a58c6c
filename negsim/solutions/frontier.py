"""The Pareto frontier: outcomes that nobody can gain from leaving without another's loss."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["efficient_points", "pareto_optimal"]

_CHUNK = 512
"""Points that are compared with each other in one go."""

_STRONG = 48
"""Points with which all others are compared first."""

_PIVOTS = 2**10
"""Outcomes above which it pays to drop first what a few good ones exclude."""


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
    optimal = np.zeros(utility.shape[1], np.bool_)
    candidates = _promising(utility)
    order, starts = _distinct(utility[:, candidates])
    kept = _efficient(utility[:, candidates[order[starts]]])
    optimal[candidates[order]] = np.repeat(kept, np.diff(starts, append=len(order)))
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
    if utility.shape[1] > _PIVOTS:
        utility = utility[:, _promising(utility)]
    ordered = utility[:, np.lexsort(-utility[::-1])] if len(utility) else utility
    return ordered[:, _efficient(ordered)]


def _promising(utility: NDArray[np.float64]) -> NDArray[np.intp]:
    """Drop what a few good outcomes exclude: most outcomes, which then need no sorting."""
    rest = np.arange(utility.shape[1])
    for pivot in range(len(utility) + 1):
        if len(rest) <= _PIVOTS:
            break
        held = utility[:, rest]
        # The best for all together, then the best for each, by what it leaves the others where it is best.
        goal = np.sum(held, axis=0) if pivot == 0 else held[pivot - 1]
        tied = np.flatnonzero(goal == np.max(goal))
        good = held[:, tied[np.argmax(np.sum(held[:, tied], axis=0))]]
        rest = rest[np.any(held > good[:, None], axis=0) | np.all(held == good[:, None], axis=0)]
    return rest


def _distinct(utility: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Sort outcomes by falling utility, the first party's first, and say where each distinct point starts."""
    if len(utility) == 0:
        return np.arange(utility.shape[1]), np.zeros(min(1, utility.shape[1]), np.intp)
    order = np.lexsort(-utility[::-1])
    ordered = utility[:, order]
    is_new = np.ones(len(order), np.bool_)
    is_new[1:] = np.any(ordered[:, 1:] != ordered[:, :-1], axis=0)
    return order, np.flatnonzero(is_new)


def _efficient(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which points, sorted by falling utility, none before them reaches; whatever betters one stands before it."""
    n_parties, n_points = points.shape
    if n_parties <= 1:
        return np.arange(n_points) == 0
    if n_parties == 2:
        rising = np.ones(n_points, np.bool_)
        rising[1:] = points[1, 1:] > np.maximum.accumulate(points[1])[:-1]
        return rising
    efficient = np.zeros(n_points, np.bool_)
    # What stands before a point is as good for the first party.
    rest = _short(points[1:])
    kept = rest[:, :0]
    for start in range(0, n_points, _CHUNK):
        part = rest[:, start : start + _CHUNK]
        left = np.arange(part.shape[1])
        if kept.shape[1] > 2 * _STRONG:
            # Few that are good for all exclude most, so that few points are left for the others.
            strong = np.argpartition(np.sum(kept, axis=0), -_STRONG)[-_STRONG:]
            left = left[~np.any(_reaches(kept[:, strong], part), axis=0)]
        left = left[~np.any(_reaches(kept, part[:, left]), axis=0)]
        among = _reaches(part[:, left], part[:, left])
        left = left[~np.any(np.triu(among, 1), axis=0)]
        efficient[start + left] = True
        kept = np.concatenate([kept, part[:, left]], axis=1)
    return efficient


def _short(points: NDArray[np.float64]) -> NDArray[np.floating]:
    """Give points as numbers of half the length, which compare in half the time, where none is changed by that."""
    with np.errstate(over="ignore"):
        short = points.astype(np.float32)
    return short if np.array_equal(short, points) else points


def _reaches(these: NDArray[np.floating], those: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Tell which of these points are at least as good for every party as which of those: (this, that)."""
    reaches = np.ones((these.shape[1], those.shape[1]), np.bool_)
    for here, there in zip(these, those, strict=True):
        reaches &= here[:, None] >= there
    return reaches
