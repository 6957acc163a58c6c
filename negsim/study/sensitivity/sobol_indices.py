"""First-order and total Sobol' indices from Saltelli's design, with intervals from its independent scrambles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.model.estimates import Estimate
from negsim.records import dataclass
from negsim.study.sensitivity.replicates import MIN_PARTS, bounded_by, by_part, jackknife_margin, resampled_counts

__all__ = ["SobolIndices", "sobol_indices"]

Array = NDArray[np.float64]

_RESAMPLES = 1000

_NORMAL = 1.959963984540054
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class SobolIndices:
    """Indices factor by factor, and the sum of those of first order; estimates may fall outside 0 to 1 by chance."""

    first: tuple[Estimate, ...]
    total: tuple[Estimate, ...]
    sum_first: Estimate


def sobol_indices(
    base: Array, other: Array, mixed: Array, *, part: NDArray[np.intp] | None = None, seed: int = 0
) -> SobolIndices | None:
    """Estimate the share of the variance that each factor explains alone, and that it has a part in.

    Parameters
    ----------
    base, other : float64 array (point,)
        Results at the points A and B.
    mixed : float64 array (point, factor)
        Results at A with one factor from B.
    part : int array (point,), optional
        Which independent scramble a point is of. From 8 on their spread gives the intervals (a jackknife that leaves
        out one after the other); with fewer, or if left out, points are resampled, which is too cautious for Sobol'
        points: 95 % intervals then cover about 99 %.
    seed : int
        Of the resampling.

    Returns
    -------
    SobolIndices or None
        None where the results do not vary.

    References
    ----------
    First order: Saltelli et al. (2010), Computer Physics Communications 181, 259-270, table 2 (b), with results
    centred on the mean over A and B, without which it is far less precise (Owen 2013). Total: Jansen (1999), Computer
    Physics Communications 117, 35-43, table 2 (f) of Saltelli et al. The variance is that of A and B together. In
    simulations with 8 parts of 128 points, on the g-function, Ishigami's and a yes/no outcome, its error is at most
    that of Janon et al. (2014) but for indices above .5, and a tenth of it for small ones; intervals cover 94 to
    98 %.

    Examples
    --------
    >>> from negsim.study.designs_saltelli import saltelli, split_rows
    >>> x = saltelli(2, 1024, seed=0)
    >>> found = sobol_indices(*split_rows(x[:, 0] + x[:, 1] / 2, 2), part=np.repeat(np.arange(8), 128))
    >>> [round(one.estimate, 2) for one in found.first]  # 1/(1 + 1/4) and 1/4 of it
    [0.8, 0.2]
    """
    centre = (np.mean(base) + np.mean(other)) / 2
    terms = _terms(base - centre, other - centre, mixed - centre)  # (point, term)
    sums = np.sum(terms, axis=0)
    if not _varies(base, other):
        return None
    first, total = _indices(sums[None])
    of_first, of_total = _margins(terms, sums, part, seed)
    firsts = bounded_by(_with_sum(first)[0], of_first)
    return SobolIndices(firsts[:-1], bounded_by(total[0], of_total[:-1]), firsts[-1])


def _margins(terms: Array, sums: Array, part: NDArray[np.intp] | None, seed: int) -> list[Array]:
    """Give half-widths of both kinds of index, and of their sums; 1 where a replicate does not vary."""
    parts = np.zeros((0, 0)) if part is None else by_part(terms, part)
    if len(parts) >= MIN_PARTS:
        margins = [jackknife_margin(_with_sum(found)) for found in _indices(sums - parts)]
    else:
        counts = resampled_counts("sobol indices", len(terms), _RESAMPLES, seed=seed)
        # Summed in a fixed order, unlike a matrix product, whose last bits depend on the number of threads.
        again = _indices(np.einsum("rp,pt->rt", counts, terms))
        margins = [_NORMAL * np.std(_with_sum(found), axis=0, ddof=1) for found in again]
    return [np.nan_to_num(margin, nan=1.0) for margin in margins]


def _varies(base: Array, other: Array) -> bool:
    return bool(np.any(base != base[0]) or np.any(other != base[0]))


def _terms(a: Array, b: Array, mixed: Array) -> Array:
    """List what is summed over points: the count, A + B, A² + B², B, then by factor AB - A, B (AB - A), (AB - A)²."""
    step = mixed - a[:, None]
    alone = np.stack([np.ones_like(a), a + b, a * a + b * b], axis=1)
    return np.concatenate([alone, step, b[:, None] * step, step * step], axis=1)


def _indices(sums: Array) -> tuple[Array, Array]:
    """Make indices of sums over points: (replicate, factor) each."""
    n, both, squares = (sums[:, k, None] for k in range(3))
    step, product, square = np.split(sums[:, 3:], 3, axis=1)
    mean = both / (2 * n)
    variance = squares / (2 * n) - mean * mean
    # A replicate of one and the same result, but for rounding, tells nothing.
    whole = np.where(variance > _ROUNDING * squares / n, variance, np.nan)
    return (product - mean * step) / n / whole, square / (2 * n) / whole


def _with_sum(indices: Array) -> Array:
    return np.concatenate([indices, np.sum(indices, axis=1, keepdims=True)], axis=1)
