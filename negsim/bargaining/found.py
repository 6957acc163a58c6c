"""What is found in single worlds, before it is summed up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.records import dataclass

__all__ = ["TEMPERS", "Found"]

TEMPERS = {"tougher": 0.5, "softer": 2.0}
"""The powers to which levels are raised: at every moment the party asks for the root of what it would ask, or the
square, both as shares of the way from the least it accepts to the most it can get."""


@dataclass(frozen=True, slots=True)
class Found:
    """How talks went in some worlds.

    ``stop``, ``round``, ``deal`` (world,) say how they ended, ``zone`` and ``covered`` (world,) whether there is a
    zone, and whether a deal that can come up is in it. ``gain``, ``best``, ``spare`` (world, seat) and ``nash``
    (world,) are those of `Judged`. ``tally`` (block, deal) counts the worlds in which a deal is in the zone.
    ``changed_stop`` and ``changed_gain`` (world, change) are how talks end with one party tougher or softer, and what
    it then gains, in points, 0 without agreement.
    """

    stop: NDArray[np.int8]
    round: NDArray[np.intp]
    deal: NDArray[np.intp]
    zone: NDArray[np.bool_]
    covered: NDArray[np.bool_]
    gain: NDArray[np.float64]
    best: NDArray[np.float64]
    spare: NDArray[np.float64]
    nash: NDArray[np.float64]
    tally: NDArray[np.int64]
    changed_stop: NDArray[np.int8]
    changed_gain: NDArray[np.float64]
