"""The individually rational set: outcomes that leave nobody below its disagreement point."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError

__all__ = ["rational_outcomes"]


def rational_outcomes(surplus: NDArray[np.float64]) -> NDArray[np.intp]:
    """Find the outcomes that give no party less than its disagreement point.

    Parameters
    ----------
    surplus : float64 array (party, outcome), points
        Utility minus disagreement point. Minus infinity marks an outcome that is out of the question.

    Returns
    -------
    intp array (solution,)
        Ascending positions of the outcomes without a negative surplus; a surplus of 0 is enough.

    Raises
    ------
    UsageError
        A surplus is not a number, or infinite.

    Examples
    --------
    >>> rational_outcomes(np.array([[1.0, 0.0, 5.0], [2.0, 0.0, -1.0]]))
    array([0, 1])
    """
    beyond = ~(surplus < np.inf)
    if np.any(beyond):
        raise UsageError(f"a surplus must be a number below infinity, not {surplus[beyond][0]}")
    return np.flatnonzero(np.all(surplus >= 0, axis=0))
