"""PAWN: how far the distribution of a result moves where a factor is known to lie in a slice of its range."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.model.sampling import sample_table
from negsim.records import dataclass
from negsim.study.sensitivity.slices import slice_by_value

__all__ = ["N_SLICES", "Pawn", "distances", "pawn"]

N_SLICES = 10

_DUMMIES, _STAY_BELOW = 199, 190
"""Of 200 inputs without influence, one of them the factor, each is as likely as any to be among the 10 highest."""

Array = NDArray[np.float64]
Index = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Pawn:
    """Kolmogorov-Smirnov distances between a result in slices of a factor and in all cells: 0 to 1.

    ``median``, ``mean`` and ``largest`` are over ``n_slices`` slices. ``noise`` and ``noise_of_largest`` are what the
    median and the largest reach by chance: 19 in 20 of factors that have nothing to do with the result stay below.
    """

    median: float
    mean: float
    largest: float
    noise: float
    noise_of_largest: float
    n_slices: int

    @property
    def stands_out(self) -> bool:
        """Whether the largest is more than a factor without influence reaches by chance."""
        return self.largest > self.noise_of_largest


def pawn(values: Array, results: Array, *, n_slices: int = N_SLICES, seed: int = 0) -> tuple[Pawn, ...]:
    """Measure how far each factor moves the distribution of a result; no moment of it need exist.

    Parameters
    ----------
    values : float64 array (cell, factor)
        A categorical factor by the positions of its labels.
    results : float64 array (cell,)
        Finite.
    n_slices : int
        Slices of about as many cells each, at most; a factor of few values has one for each.
    seed : int
        Of the factors without influence.

    Returns
    -------
    tuple of Pawn

    References
    ----------
    Pianosi & Wagener (2018), Environmental Modelling & Software 108, 197-207, eq. 4: any design will do. Noise is
    told by dummies without influence, as theirs and Zadeh et al. (2017), Environmental Modelling & Software 91,
    210-222; here by 199 random orders of the slices of the very factor, so that one of few values is judged by what
    such a factor reaches.

    Examples
    --------
    >>> x = (np.arange(1000) + 0.5) / 1000
    >>> found = pawn(x[:, None], x)[0]
    >>> found.largest, found.n_slices
    (0.9, 10)
    """
    run, below = _runs(results)
    noise: dict[tuple[int, ...], tuple[float, float]] = {}
    found = []
    for column in values.T:
        where = slice_by_value(column, n_slices)
        sizes = np.bincount(where)
        key = tuple(sizes.tolist())
        if key not in noise:
            noise[key] = _noise(sizes, np.sort(run), below, seed)
        distance = _distances(where, sizes, run, below)
        figures = (float(np.median(distance)), float(np.mean(distance)), float(np.max(distance)))
        found.append(Pawn(*figures, *noise[key], len(sizes)))
    return tuple(found)


def distances(where: Index, results: Array) -> Array:
    """Give the distance of each slice from all cells, (slice,); ``where`` (cell,) tells each cell's slice."""
    return _distances(where, np.bincount(where), *_runs(results))


def _runs(results: Array) -> tuple[Index, Array]:
    """Rank the results, equals alike, (cell,), and give the share of cells up to each rank, (run,)."""
    _, run, count = np.unique(results, return_inverse=True, return_counts=True)
    return np.asarray(run, np.intp), np.cumsum(count) / len(results)


def _distances(where: Index, sizes: Index, run: Index, below: Array) -> Array:
    """Compare the distribution function within each slice with that of all cells: float64 array (slice,)."""
    counts = np.bincount(where * len(below) + run, minlength=len(sizes) * len(below))
    share = np.cumsum(counts.reshape(len(sizes), len(below)), axis=1) / sizes[:, None]
    share -= below
    return np.asarray(np.max(np.abs(share, out=share), axis=1))


def _noise(sizes: Index, run: Index, below: Array, seed: int) -> tuple[float, float]:
    """Say what the median and the largest over slices of these sizes reach by chance."""
    by_slice = np.repeat(np.arange(len(sizes)), sizes)
    found = []
    for dummy in range(_DUMMIES):
        at_random = np.argsort(sample_table("pawn", (len(run),), seed=seed, part=dummy))
        found.append(_distances(by_slice[at_random], sizes, run, below))
    reached = np.array(found)
    median, largest = (np.sort(pick(reached, axis=1))[_STAY_BELOW - 1] for pick in (np.median, np.max))
    return float(median), float(largest)
