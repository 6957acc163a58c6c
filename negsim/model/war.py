"""What a war is worth: the closed form of a race between two collapses, and what an outside option does to a split.

Formulas alone, on numbers or arrays that broadcast; `negsim.model.no_deal` applies them to scenarios.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from negsim.errors import UsageError

__all__ = ["belief_mean", "proposer_share", "war_value"]

Array = NDArray[np.float64]


def war_value(
    rate: ArrayLike,
    win: ArrayLike,
    lose: ArrayLike,
    u_win: ArrayLike,
    u_lose: ArrayLike,
    u_now: ArrayLike,
    cost: ArrayLike,
) -> Array:
    """Give the value of fighting on until one side collapses: (r u_now + a W + b L - c) / (r + a + b).

    Parameters
    ----------
    rate : array_like
        Discount rate r, per year.
    win, lose : array_like
        Hazards per year that the other side collapses (a), and one's own (b).
    u_win, u_lose, u_now : array_like
        Utility of the end states and of what is held meanwhile, points.
    cost : array_like
        Permanent points lost per year of war (c). What is lost for as long as the war goes on belongs in ``u_now``.

    Returns
    -------
    float64 array
        In points of a lasting utility.

    Raises
    ------
    UsageError
        If a rate or hazard is negative, or all three are 0 together: such a war neither ends nor is discounted.

    References
    ----------
    Fearon (1995), International Organization 49, 379-414, is the case r = 0: p W + (1 - p) L - c E[T] with
    p = a / (a + b) and E[T] = 1 / (a + b).

    Examples
    --------
    >>> float(war_value(0, 0.3, 0.1, 1, 0, 0, 0.05))
    0.625
    """
    r, a, b, c = (np.asarray(x, np.float64) for x in (rate, win, lose, cost))
    if np.any(r < 0) or np.any(a < 0) or np.any(b < 0):
        raise UsageError("a discount rate and hazards are at least 0")
    total = r + a + b
    if not np.all(total > 0):
        raise UsageError("a war needs a hazard or a discount rate above 0, or it has no value")
    w, lost, now = (np.asarray(x, np.float64) for x in (u_win, u_lose, u_now))
    return np.asarray((r * now + a * w + b * lost - c) / total)


def belief_mean(a: ArrayLike, b: ArrayLike) -> Array:
    """Give the mean of a Beta belief, a / (a + b): the probability of winning that a side decides by.

    >>> float(belief_mean(8, 2))
    0.8
    """
    first, second = np.asarray(a, np.float64), np.asarray(b, np.float64)
    return np.asarray(first / (first + second))


def proposer_share(discount_factor: float, outside_option: float = 0.0) -> float:
    """Give the proposer's share of a pie of 1 where the other may take an outside option instead of a counter-offer.

    Parameters
    ----------
    discount_factor : float
        Of both parties, for each round; from 0 to below 1.
    outside_option : float
        What the other gets by leaving, as a share of the pie, 0 to 1.

    Returns
    -------
    float
        1 - max(d / (1 + d), b): an outside option below what bargaining gives anyway changes nothing.

    Raises
    ------
    UsageError
        If an argument is out of range.

    References
    ----------
    Binmore, Shaked & Sutton (1989), Quarterly Journal of Economics 104, 753-770.

    Examples
    --------
    >>> [round(proposer_share(0.9, b), 6) for b in (0.45, 0.5, 0.6)]
    [0.526316, 0.5, 0.4]
    """
    if not 0 <= discount_factor < 1:
        raise UsageError(f"a discount factor is from 0 to below 1, not {discount_factor:g}")
    if not 0 <= outside_option <= 1:
        raise UsageError(f"an outside option is a share of the pie, 0 to 1, not {outside_option:g}")
    return 1 - max(discount_factor / (1 + discount_factor), outside_option)
