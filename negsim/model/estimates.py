"""Estimates from sampled worlds, with the interval that the sampling design earns.

Worlds come in blocks, each an independent replicate of the same design, so the spread between
blocks measures the error whatever the design inside a block. A Student interval over few blocks can be
too narrow by luck; Wilson's interval for independent draws is a floor under it, since a Latin hypercube
is never worse than independent draws by more than n/(n-1) in variance (Owen 1997).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["MIN_BLOCKS", "Estimate", "Spread", "mean", "proportion", "ratio", "spread"]

MIN_BLOCKS = 4
"""With fewer full blocks the spread between blocks says too little, and Wilson's interval stands alone."""

_FEW = 3
"""Hits, or misses, up to which Wilson's interval may cover no more than 84 %; there Clopper and Pearson's stands in."""

_Z = 1.959963984540054
"""The .975 quantile of the standard normal distribution."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A point estimate and its 95 % interval."""

    estimate: float
    low: float
    high: float

    @property
    def half_width(self) -> float:
        """Half the length of the interval."""
        return (self.high - self.low) / 2

    def columns(self, name: str) -> dict[str, float]:
        """Spread over three flat columns: ``name``, ``name.low``, ``name.high``."""
        return {name: self.estimate, f"{name}.low": self.low, f"{name}.high": self.high}


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of some values: their median, and the ends of their middle 80 %."""

    p10: float
    median: float
    p90: float

    def columns(self, name: str) -> dict[str, float]:
        """Spread over three flat columns: ``name``, ``name.p10``, ``name.p90``."""
        return {name: self.median, f"{name}.p10": self.p10, f"{name}.p90": self.p90}


def spread(values: NDArray[np.float64]) -> Spread | None:
    """Take the middle of some values, each quantile one of them; None of no values.

    Parameters
    ----------
    values : float64 array (case,)
        Infinite ones count, as the largest.

    Examples
    --------
    >>> spread(np.array([3.0, 1.0, 2.0]))
    Spread(p10=1.0, median=2.0, p90=2.0)
    """
    if len(values) == 0:
        return None
    ordered = np.sort(values)
    return Spread(*(float(ordered[int(share * (len(ordered) - 1))]) for share in (0.1, 0.5, 0.9)))


def proportion(hits: NDArray[np.int64], worlds: NDArray[np.int64]) -> Estimate:
    """Estimate a probability from hits counted block by block.

    Parameters
    ----------
    hits : int64 array (block,)
        Worlds of each block in which the event happened.
    worlds : int64 array (block,)
        Worlds in each block; all but the last are equal.

    Returns
    -------
    Estimate
        The share of all worlds; its interval is the wider of Student's over the full blocks and Wilson's (1927), and of
        Clopper and Pearson's (1934) where hits or misses are few. At a share of 0 or 1 the blocks do not differ, and
        the bound of the last two stands alone.

    Examples
    --------
    >>> proportion(np.array([0]), np.array([256]))
    Estimate(estimate=0.0, low=0.0, high=0.014783...)
    """
    return ratio(hits, worlds, worlds)


def ratio(hits: NDArray[np.int64], cases: NDArray[np.int64], worlds: NDArray[np.int64]) -> Estimate:
    """Estimate a conditional probability, hits among cases, both counted block by block.

    Parameters
    ----------
    hits, cases : int64 array (block,)
        ``hits <= cases``; at least one case in all.
    worlds : int64 array (block,)
        Worlds in each block, to tell full blocks from a last partial one.

    Returns
    -------
    Estimate
        As `proportion`; the spread over blocks is that of the linearised ratio (Cochran 1977, eq. 6.13).
    """
    n, hit = int(np.sum(cases)), int(np.sum(hits))
    share = hit / n
    low, high = _wilson(share, n)
    if min(hit, n - hit) <= _FEW:
        exact = _clopper_pearson(hit, n)
        low, high = min(low, exact[0]), max(high, exact[1])
    full = worlds == worlds[0]
    if 0 < hit < n and np.count_nonzero(full) >= MIN_BLOCKS:
        residual = (hits[full] - share * cases[full]) / np.mean(cases[full])
        margin = _student_margin(residual)
        low, high = min(low, share - margin), max(high, share + margin)
    return Estimate(share, max(0.0, low), min(1.0, high))


def mean(values: NDArray[np.float64], block_size: int, largest: float) -> Estimate:
    """Estimate the mean of a quantity known in every world.

    Parameters
    ----------
    values : float64 array (world,)
        At least one world.
    block_size : int
        Worlds in a full block.
    largest : float
        The largest value there can be; the smallest is 0. A single world tells no more than these two.

    Returns
    -------
    Estimate
        Student's interval over the full blocks, or over single worlds where there are fewer than `MIN_BLOCKS`.
    """
    centre = float(np.mean(values))
    n_full = len(values) // block_size
    groups = values[: n_full * block_size].reshape(n_full, block_size) if n_full >= MIN_BLOCKS else values[:, None]
    margin = _student_margin(np.mean(groups, axis=1)) if len(groups) > 1 else float("inf")
    return Estimate(centre, max(0.0, centre - margin), min(largest, centre + margin))


def _wilson(share: float, n: int) -> tuple[float, float]:
    """Wilson's (1927) interval; at a share of 0 or 1 only its inner bound differs from the estimate."""
    scale = 1 + _Z**2 / n
    centre = (share + _Z**2 / (2 * n)) / scale
    margin = _Z * float(np.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))) / scale
    low = 0.0 if share == 0 else centre - margin
    high = 1.0 if share == 1 else centre + margin
    return low, high


def _clopper_pearson(hit: int, n: int) -> tuple[float, float]:
    """Clopper & Pearson's (1934) interval, which never covers too seldom."""
    from scipy.special import betaincinv

    low = float(betaincinv(hit, n - hit + 1, 0.025)) if hit > 0 else 0.0
    high = float(betaincinv(hit + 1, n - hit, 0.975)) if hit < n else 1.0
    return low, high


def _student_margin(block_mean: NDArray[np.float64]) -> float:
    """Half-width of Student's 95 % interval for the mean of independent replicates."""
    from scipy.special import stdtrit

    n = len(block_mean)
    return float(stdtrit(n - 1, 0.975) * np.std(block_mean, ddof=1) / np.sqrt(n))
