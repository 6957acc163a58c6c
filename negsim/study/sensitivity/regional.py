"""Regional sensitivity of a yes/no outcome: how differently a factor is spread where it holds and where not."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.model.intervals import TAIL
from negsim.records import dataclass

__all__ = ["Split", "split_of_labels", "split_of_values"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Split:
    """How differently a factor is spread among the cells with an outcome and those without.

    ``distance`` (0 to 1) is the largest difference between the two distribution functions; of a categorical factor,
    between the shares of a label. ``noise`` is what chance makes of the largest of all factors looked at in 5 % of
    studies. It lies at ``at``, a value or the position of a label; ``more`` tells whether the outcome goes with values
    above it, or with the label.
    """

    distance: float
    noise: float
    at: float
    more: bool

    @property
    def stands_out(self) -> bool:
        """Whether that is more than chance makes of the largest of all factors."""
        return self.distance > self.noise


def split_of_values(values: Array, holds: NDArray[np.bool_], n_compared: int) -> Split:
    """Compare how a factor is spread where an outcome holds and where it does not.

    Parameters
    ----------
    values : float64 array (cell,)
    holds : bool array (cell,)
        At least one cell of either kind.
    n_compared : int
        Factors that are looked at together.

    Returns
    -------
    Split
        ``distance`` is the two-sample Kolmogorov-Smirnov statistic; of several values with the same, ``at`` is the
        lowest.

    References
    ----------
    Hornberger & Spear (1981), Journal of Environmental Management 12, 7-18; Saltelli et al. (2008), Global
    Sensitivity Analysis: The Primer, section 4.2. The bound is Smirnov's asymptotic one at 5 % divided by
    ``n_compared`` (Bonferroni); of a factor of few values it is too cautious.

    Examples
    --------
    >>> found = split_of_values(np.array([1.0, 2.0, 3.0, 4.0]), np.array([False, False, True, True]), 1)
    >>> found.distance, found.at, found.more
    (1.0, 2.0, True)
    """
    order = np.argsort(values, kind="stable")
    ordered, hit = values[order], holds[order]
    ends = np.flatnonzero(np.append(ordered[1:] > ordered[:-1], True))
    with_it, without = (np.cumsum(which)[ends] / np.count_nonzero(which) for which in (hit, ~hit))
    below = without - with_it  # positive where the outcome goes with higher values
    place = int(np.argmax(np.abs(below)))
    noise = _critical(holds, n_compared)
    return Split(float(np.abs(below[place])), noise, float(ordered[ends[place]]), bool(below[place] > 0))


def split_of_labels(values: Array, holds: NDArray[np.bool_], n_compared: int) -> Split:
    """Compare how often the labels of a categorical factor occur where an outcome holds and where it does not.

    Parameters
    ----------
    values, holds, n_compared
        As for `split_of_values`; values are positions of labels.

    Returns
    -------
    Split
        Of the label whose shares differ most, the first of such; its bound is divided by the number of labels, too.

    Examples
    --------
    >>> found = split_of_labels(np.array([0.0, 1.0, 1.0, 2.0]), np.array([False, True, True, False]), 1)
    >>> found.distance, found.at, found.more
    (1.0, 1.0, True)
    """
    labels, position = np.unique(values, return_inverse=True)
    counts = [np.bincount(position[which], minlength=len(labels)) for which in (holds, ~holds)]
    more = counts[0] / np.sum(counts[0]) - counts[1] / np.sum(counts[1])
    place = int(np.argmax(np.abs(more)))
    noise = _critical(holds, n_compared * len(labels))
    return Split(float(np.abs(more[place])), noise, float(labels[place]), bool(more[place] > 0))


def _critical(holds: NDArray[np.bool_], n_compared: int) -> float:
    from scipy.special import kolmogi

    n_with = int(np.count_nonzero(holds))
    rate = np.sqrt(1 / n_with + 1 / (len(holds) - n_with))
    return float(min(1.0, kolmogi(2 * TAIL / n_compared) * rate))
