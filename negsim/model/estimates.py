"""Estimates from sampled worlds, with the interval that the sampling design earns.

Worlds come in blocks, each an independent replicate of the same design, so the spread between
blocks measures the error whatever the design inside a block. A Student interval over few blocks can be
too narrow by luck; Wilson's interval for independent draws is a floor under it, since a Latin hypercube
is never worse than independent draws by more than n/(n-1) in variance (Owen 1997).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.model.intervals import TAIL, Bounds, hybrid, paired, share_interval
from negsim.records import dataclass

__all__ = [
    "MIN_BLOCKS",
    "Estimate",
    "Spread",
    "difference",
    "mean",
    "mean_change",
    "paired_difference",
    "proportion",
    "ratio",
    "spread",
    "stands_out",
]

MIN_BLOCKS = 4
"""With fewer full blocks the spread between blocks says too little, and Wilson's interval stands alone."""

Counts = NDArray[np.int64] | NDArray[np.float64]
"""Worlds counted block by block; fractions of a world where an event was shared out."""


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

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval lies to one side of 0."""
        return self.low > 0 or self.high < 0

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
    return spread_of_some(values) if len(values) else None


def spread_of_some(values: NDArray[np.float64]) -> Spread:
    """Take the middle of at least one value, as `spread` does."""
    ordered = np.sort(values)
    return Spread(*(float(ordered[int(share * (len(ordered) - 1))]) for share in (0.1, 0.5, 0.9)))


def proportion(hits: Counts, worlds: NDArray[np.int64]) -> Estimate:
    """Estimate a probability from hits counted block by block.

    Parameters
    ----------
    hits : int64 or float64 array (block,)
        Worlds of each block in which the event happened; a tie may be shared out in fractions.
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


def ratio(hits: Counts, cases: Counts, worlds: NDArray[np.int64]) -> Estimate:
    """Estimate a conditional probability, hits among cases, both counted block by block.

    Parameters
    ----------
    hits, cases : int64 or float64 array (block,)
        ``hits <= cases``; at least one case in all.
    worlds : int64 array (block,)
        Worlds in each block, to tell full blocks from a last partial one.

    Returns
    -------
    Estimate
        As `proportion`; the spread over blocks is that of the linearised ratio (Cochran 1977, eq. 6.13).
    """
    share, low, high = _share(hits, cases)
    if 0 < share < 1:
        margin = between_blocks(linearised(hits, cases, share, worlds))
        low, high = min(low, share - margin), max(high, share + margin)
    return Estimate(share, max(0.0, low), min(1.0, high))


def difference(hits_a: Counts, cases_a: Counts, hits_b: Counts, cases_b: Counts, worlds: NDArray[np.int64]) -> Estimate:
    """Estimate how much likelier an event is in one group of worlds than in another that shares no world with it.

    Parameters
    ----------
    hits_a, cases_a, hits_b, cases_b : int64 or float64 array (block,)
        As for `ratio`, of the first group and of the second; at least one case in each.
    worlds : int64 array (block,)
        Worlds in each block, to tell full blocks from a last partial one.

    Returns
    -------
    Estimate
        Between -1 and 1; its interval is the wider of Student's over the full blocks, where each block gives one
        difference of linearised ratios, and the hybrid score interval.

    References
    ----------
    Newcombe (1998), Statistics in Medicine 17, 873-890, method 10. Where hits or misses of a group are few, the
    interval of its share is widened to Clopper and Pearson's first, as in `proportion`.

    Examples
    --------
    >>> difference(np.array([56]), np.array([70]), np.array([48]), np.array([80]), np.array([150]))
    Estimate(estimate=0.2000..., low=0.0524..., high=0.3338...)
    """
    first, second = _share(hits_a, cases_a), _share(hits_b, cases_b)
    blocks_a, blocks_b = (
        linearised(*group, worlds) for group in ((hits_a, cases_a, first[0]), (hits_b, cases_b, second[0]))
    )
    comparable = len(blocks_a) == len(blocks_b)
    return widened(hybrid(first, second), between_blocks(blocks_a - blocks_b) if comparable else 0.0)


def paired_difference(only_a: Counts, only_b: Counts, worlds: NDArray[np.int64]) -> Estimate:
    """Estimate how much likelier an event is under one assumption than under another, both tried in the same worlds.

    Parameters
    ----------
    only_a, only_b : int64 or float64 array (block,)
        Worlds of each block with the event under the first alone, and under the second alone.
    worlds : int64 array (block,)
        Worlds in each block; all but the last are equal.

    Returns
    -------
    Estimate
        Between -1 and 1; its interval is the wider of Student's over the full blocks and one put together from those of
        the two shares, which are negatively correlated as shares of a multinomial are. Where no world tells the two
        assumptions apart, it still has a bound on either side.

    References
    ----------
    Zou & Donner (2008), Statistics in Medicine 27, 1693-1702, with the correlation of two multinomial shares;
    Newcombe (1998), Statistics in Medicine 17, 2635-2650, puts together the shares of the event instead, and needs
    the worlds with the event under both.

    Examples
    --------
    >>> paired_difference(np.array([0]), np.array([0]), np.array([256]))
    Estimate(estimate=0.0, low=-0.0147..., high=0.0147...)
    """
    full = _full(worlds)
    return widened(
        paired(_share(only_a, worlds), _share(only_b, worlds)),
        between_blocks((only_a[full] - only_b[full]) / worlds[0]),
    )


def stands_out(
    hits_a: Counts, cases_a: Counts, hits_b: Counts, cases_b: Counts, worlds: NDArray[np.int64], n_compared: int
) -> bool:
    """Tell whether a difference is more than chance makes of the largest of so many.

    Parameters
    ----------
    hits_a, cases_a, hits_b, cases_b, worlds
        As for `difference`.
    n_compared : int
        How many differences are looked at together.

    Returns
    -------
    bool
        Whether 0 lies outside the interval of `difference`, and outside the hybrid score interval at a level of 5 %
        divided by ``n_compared``. Where none of the groups differ, one or more of them stands out in 5 % of all
        analyses at most (Bonferroni). Student's interval is left at its own level: a few blocks say nothing about
        tails as thin as these.

    Examples
    --------
    >>> groups = (np.array([56]), np.array([70]), np.array([48]), np.array([80]), np.array([150]))
    >>> stands_out(*groups, n_compared=1), stands_out(*groups, n_compared=100)
    (True, False)
    """
    tail = TAIL / n_compared
    _, low, high = hybrid(_share(hits_a, cases_a, tail), _share(hits_b, cases_b, tail))
    return (low > 0 or high < 0) and difference(hits_a, cases_a, hits_b, cases_b, worlds).excludes_zero


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
    groups = _groups(values, block_size)
    margin = _student_margin(np.mean(groups, axis=1)) if len(groups) > 1 else float("inf")
    return Estimate(centre, max(0.0, centre - margin), min(largest, centre + margin))


def mean_change(values: NDArray[np.float64], block_size: int) -> Estimate:
    """Estimate the mean of a change known in every world, of either sign.

    Parameters
    ----------
    values : float64 array (world,)
        At least one world.
    block_size : int
        Worlds in a full block.

    Returns
    -------
    Estimate
        Student's interval over the full blocks, or over single worlds where there are fewer than `MIN_BLOCKS`; endless
        where there is but one world.

    Examples
    --------
    >>> mean_change(np.array([1.0, -1.0, 1.0, -1.0]), 256)
    Estimate(estimate=0.0, low=-1.837..., high=1.837...)
    """
    groups = _groups(values, block_size)
    margin = _student_margin(np.mean(groups, axis=1)) if len(groups) > 1 else float("inf")
    centre = float(np.mean(values))
    return Estimate(centre, centre - margin, centre + margin)


def _groups(values: NDArray[np.float64], block_size: int) -> NDArray[np.float64]:
    """Part values into full blocks, (block, world), or into single worlds where blocks are few."""
    n_full = len(values) // block_size
    return values[: n_full * block_size].reshape(n_full, block_size) if n_full >= MIN_BLOCKS else values[:, None]


def _share(hits: Counts, cases: Counts, tail: float = TAIL) -> Bounds:
    """Give a share with the interval of independent draws."""
    n = float(np.sum(cases))
    # Fractions may add up to a little more than the whole.
    return share_interval(min(float(np.sum(hits)), n), n, tail)


def widened(found: Bounds, margin: float) -> Estimate:
    """Let the interval of a difference reach a margin at least, and stay between -1 and 1."""
    middle, low, high = found
    return Estimate(middle, max(-1.0, min(low, middle - margin)), min(1.0, max(high, middle + margin)))


def _full(worlds: NDArray[np.int64]) -> NDArray[np.bool_]:
    full: NDArray[np.bool_] = worlds == worlds[0]
    return full


def linearised(hits: Counts, cases: Counts, share: float, worlds: NDArray[np.int64]) -> NDArray[np.float64]:
    """Spread the error of a ratio over the full blocks (Cochran 1977, eq. 6.13); empty where none holds a case."""
    full = _full(worlds)
    if not np.any(cases[full]):
        return np.zeros(0)
    return np.asarray((hits[full] - share * cases[full]) / np.mean(cases[full]))


def between_blocks(block_mean: NDArray[np.float64]) -> float:
    """Half-width of Student's interval over full blocks; 0 where they are too few to say anything."""
    return _student_margin(block_mean) if len(block_mean) >= MIN_BLOCKS else 0.0


def _student_margin(block_mean: NDArray[np.float64]) -> float:
    """Half-width of Student's 95 % interval for the mean of independent replicates."""
    from scipy.special import stdtrit

    n = len(block_mean)
    return float(stdtrit(n - 1, 1 - TAIL) * np.std(block_mean, ddof=1) / np.sqrt(n))
