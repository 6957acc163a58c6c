"""Quasi-p-values, which tell whether a limit of a box could have come about by chance."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from negsim.study.discovery.prim import paste
from negsim.study.discovery.regions import Limit, Points, Region, limit_masks, without

__all__ = ["LARGEST_P", "quasi_p_values", "refine"]

LARGEST_P = 0.05
"""Limits of a larger quasi-p-value are dropped."""


def quasi_p_values(region: Region, points: Points) -> Mapping[Limit, float]:
    """Give each limit of a box its quasi-p-value.

    Parameters
    ----------
    region : Region
        With at least one cell in it.
    points : Points

    Returns
    -------
    mapping of Limit to float
        The probability that at least as many of the cells in the box are of interest, were each so with the share that
        the box has without the limit. Quasi, since the box was chosen by looking at the same cells: small values do not
        prove that a limit matters, large ones tell that it need not.

    References
    ----------
    Bryant & Lempert (2010), Technological Forecasting & Social Change 77, 34-49, section 3.3. Deviation: theirs is one
    a dimension; here the two ends of a numeric factor each have their own.

    Examples
    --------
    >>> column = np.arange(20.0)
    >>> quasi_p_values(Region({0: 10.0}, {}, {}), Points(column[None], (False,), column >= 10))
    {Limit(factor=0, side='low'): 0.000976...}
    """
    from scipy.special import bdtrc

    masks = limit_masks(region, points)
    n_broken = np.sum([~kept for kept in masks.values()], axis=0)
    within = n_broken == 0
    n_cells, n_hits = int(np.count_nonzero(within)), int(np.count_nonzero(within & points.interest))
    found: dict[Limit, float] = {}
    for limit, kept in masks.items():
        wider = within | ((n_broken == 1) & ~kept)
        share = np.count_nonzero(wider & points.interest) / np.count_nonzero(wider)
        found[limit] = float(bdtrc(n_hits - 1, n_cells, share)) if n_hits else 1.0
    return found


def refine(region: Region, points: Points) -> tuple[Region, tuple[tuple[Limit, float], ...]]:
    """Drop limits that chance may explain, the least certain first, and widen what is left, until nothing changes.

    Parameters
    ----------
    region : Region
        With at least one cell in it.
    points : Points

    Returns
    -------
    Region
        Each of its limits has a quasi-p-value of `LARGEST_P` at most.
    tuple of (Limit, float)
        What was dropped, with the quasi-p-value that it had then.
    """
    dropped: list[tuple[Limit, float]] = []
    while region.limits:
        values = quasi_p_values(region, points)
        worst = max(values, key=values.__getitem__)
        if values[worst] > LARGEST_P:
            dropped.append((worst, values[worst]))
            region = without(region, worst)
            continue
        wider = paste(region, points)
        if wider == region:
            break
        region = wider
    return region, tuple(dropped)
