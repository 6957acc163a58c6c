"""Intervals of shares and their differences, from the numbers of independent draws alone."""

from __future__ import annotations

import numpy as np

__all__ = ["TAIL", "Bounds", "exact_interval", "hybrid", "paired", "share_interval"]

Bounds = tuple[float, float, float]
"""An estimate and the ends of its interval."""

TAIL = 0.025
"""The probability that a 95 % interval leaves out on either side."""

_FEW = 3
"""Hits, or misses, up to which Wilson's interval may cover no more than 84 %; there Clopper and Pearson's stands in."""

_Z = 1.959963984540054
"""The .975 quantile of the standard normal distribution."""


def share_interval(hit: float, n: float, tail: float = TAIL) -> Bounds:
    """Give a share with Wilson's interval, widened to Clopper and Pearson's where hits or misses are few.

    Parameters
    ----------
    hit, n : float
        Hits among so many draws; ``0 <= hit <= n`` and ``n > 0``.
    tail : float
        The probability to leave out on either side.

    Returns
    -------
    Bounds
        Within 0 and 1; at a share of 0 or 1 only the inner bound differs from it.

    Examples
    --------
    >>> share_interval(0, 256)
    (0.0, 0.0, 0.014783...)
    """
    low, high = _wilson(hit / n, n, tail)
    if min(hit, n - hit) <= _FEW:
        exact = exact_interval(hit, n, tail)
        low, high = min(low, exact[0]), max(high, exact[1])
    return hit / n, low, high


def hybrid(first: Bounds, second: Bounds, correlation: float = 0.0) -> Bounds:
    """Take one share with its interval from another: distances to the bounds add up as standard errors do.

    Parameters
    ----------
    first, second : Bounds
    correlation : float
        Of the errors of the two shares.

    Returns
    -------
    Bounds
        The difference; its interval may reach beyond -1 and 1.

    References
    ----------
    Newcombe (1998), Statistics in Medicine 17, 873-890, method 10; Zou & Donner (2008), Statistics in Medicine 27,
    1693-1702, for any two intervals and with correlation.

    Examples
    --------
    >>> hybrid(share_interval(56, 70), share_interval(48, 80))
    (0.2000..., 0.0524..., 0.3338...)
    """
    p, low_p, high_p = first
    q, low_q, high_q = second

    def distance(down: float, up: float) -> float:
        return float(np.sqrt(down**2 + up**2 - 2 * correlation * down * up))

    return p - q, p - q - distance(p - low_p, high_q - q), p - q + distance(high_p - p, q - low_q)


def paired(first: Bounds, second: Bounds) -> Bounds:
    """Take the share of one event from that of another where no draw has both: their errors correlate negatively.

    Parameters
    ----------
    first, second : Bounds
        Shares of the same draws, which add up to 1 at most.

    Returns
    -------
    Bounds
        As `hybrid`, with the correlation of two shares of a multinomial.

    Examples
    --------
    >>> paired(share_interval(0, 256), share_interval(0, 256))
    (0.0, -0.0147..., 0.0147...)
    """
    one_sided = max(first[0], second[0]) == 1
    odds = 0.0 if one_sided else first[0] / (1 - first[0]) * second[0] / (1 - second[0])
    return hybrid(first, second, correlation=-float(np.sqrt(odds)))


def _wilson(share: float, n: float, tail: float) -> tuple[float, float]:
    """Wilson's (1927) interval; at a share of 0 or 1 only its inner bound differs from the estimate."""
    z = _normal_quantile(tail)
    scale = 1 + z**2 / n
    centre = (share + z**2 / (2 * n)) / scale
    margin = z * float(np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))) / scale
    low = 0.0 if share == 0 else centre - margin
    high = 1.0 if share == 1 else centre + margin
    return low, high


def _normal_quantile(tail: float) -> float:
    if tail == TAIL:
        return _Z
    from scipy.special import ndtri

    return -float(ndtri(tail))


def exact_interval(hit: float, n: float, tail: float) -> tuple[float, float]:
    """Give Clopper & Pearson's (1934) interval, which never covers too seldom.

    Parameters
    ----------
    hit, n : float
        Hits among so many draws.
    tail : float
        The probability to leave out on either side, at most.

    Examples
    --------
    At no hits, the share that leaves a probability of ``tail`` for just that:

    >>> exact_interval(0, 10, 0.025)[1], 1 - 0.025 ** (1 / 10)
    (0.308..., 0.308...)
    """
    from scipy.special import betaincinv

    low = float(betaincinv(hit, n - hit + 1, tail)) if hit > 0 else 0.0
    high = float(betaincinv(hit + 1, n - hit, 1 - tail)) if hit < n else 1.0
    return low, high
