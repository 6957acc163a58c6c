"""The leximin order, which the Kalai-Smorodinsky and the egalitarian solution share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["leximin"]


def leximin(score: NDArray[np.float64]) -> NDArray[np.intp]:
    """Find the outcomes whose lowest score is highest; among these, whose second lowest is highest; and so on.

    Parameters
    ----------
    score : float64 array (party, outcome)

    Returns
    -------
    intp array (solution,)
        Ascending positions of all outcomes that attain the optimum: their scores are the same but for which party has
        which. All outcomes, if there is no party.

    References
    ----------
    Sen (1970), Collective Choice and Social Welfare, section 9*2. Plain maximin stops after the lowest score and may
    leave gains unused.

    Examples
    --------
    The first outcome loses on the lowest score, the third on the highest.

    >>> leximin(np.array([[9.0, 1.0, 1.0, 3.0], [0.0, 3.0, 2.0, 1.0]]))
    array([1, 3])
    """
    found = np.arange(score.shape[1])
    if score.size == 0:
        return found
    # Most outcomes are gone after the lowest score, which needs no sorting.
    lowest = np.min(score, axis=0)
    found = np.flatnonzero(lowest == np.max(lowest))
    rising = np.sort(score[:, found], axis=0)
    for rank in range(1, len(rising)):
        best = rising[rank] == np.max(rising[rank])
        found, rising = found[best], rising[:, best]
    return found
