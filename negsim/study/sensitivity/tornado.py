"""A tornado from the cells of a study: the result where a factor is low, and where it is high."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.model.estimates import Estimate
from negsim.model.intervals import TAIL
from negsim.study.sensitivity.result import Swing
from negsim.study.sensitivity.slices import slice_by_value
from negsim.study.table import Factor

__all__ = ["mean_of", "swing_of"]

_FIFTHS = 5

Array = NDArray[np.float64]


def swing_of(factor: Factor, values: Array, results: Array, *, exact: bool = False) -> Swing | None:
    """Compare the mean result in the lowest and in the highest fifth of a factor.

    Parameters
    ----------
    factor : Factor
    values, results : float64 array (cell,)
        Of the cells that count.
    exact : bool
        Whether the cells are a whole grid, so that means have no error.

    Returns
    -------
    Swing or None
        None where there are not two cells on either side. A factor of up to five values is compared between its
        lowest and its highest; a categorical one between the labels with the lowest and the highest mean, which chance
        favours where labels are many.

    References
    ----------
    Welch (1947), Biometrika 34, 28-35, for the interval: the two groups need not vary alike. In a Latin hypercube or
    among Sobol' points it is too cautious.

    Examples
    --------
    >>> x = np.arange(10.0)
    >>> swing_of(Factor("p", x), x, 2 * x).difference.estimate
    16.0
    """
    where = np.unique(values, return_inverse=True)[1] if factor.categorical else slice_by_value(values, _FIFTHS)
    groups = [results[where == k] for k in range(int(np.max(where)) + 1)]
    first, last = 0, len(groups) - 1
    if factor.categorical:
        means = [float(np.mean(group)) for group in groups]
        first, last = int(np.argmin(means)), int(np.argmax(means))
    low, high = groups[first], groups[last]
    if first == last or not (exact or (len(low) > 1 and len(high) > 1)):
        return None
    edge_low, edge_high = float(np.max(values[where == first])), float(np.min(values[where == last]))
    return Swing(
        path=factor.path,
        coin=False,
        low=None if factor.categorical else edge_low,
        high=None if factor.categorical else edge_high,
        at_low=mean_of(low, exact=exact),
        at_high=mean_of(high, exact=exact),
        difference=_between(low, high, exact=exact),
        low_label=factor.labels[int(edge_low)] if factor.categorical else None,
        high_label=factor.labels[int(edge_high)] if factor.categorical else None,
    )


def mean_of(values: Array, *, exact: bool = False) -> Estimate:
    """Give the mean of at least two cells with Student's interval; of a whole grid it is certain."""
    middle = float(np.mean(values))
    if exact:
        return Estimate(middle, middle, middle)
    return _interval(middle, float(np.var(values, ddof=1)) / len(values), len(values) - 1)


def _between(low: Array, high: Array, *, exact: bool) -> Estimate:
    gap = float(np.mean(high) - np.mean(low))
    if exact:
        return Estimate(gap, gap, gap)
    parts = [float(np.var(group, ddof=1)) / len(group) for group in (low, high)]
    squares = sum(part**2 / (len(group) - 1) for part, group in zip(parts, (low, high), strict=True))
    return _interval(gap, sum(parts), sum(parts) ** 2 / squares if squares > 0 else 1.0)


def _interval(middle: float, variance: float, freedom: float) -> Estimate:
    from scipy.special import stdtrit

    margin = float(stdtrit(freedom, 1 - TAIL)) * variance**0.5
    return Estimate(middle, middle - margin, middle + margin)
