"""The solutions that there are, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from negsim.records import dataclass
from negsim.solutions.egalitarian import egalitarian
from negsim.solutions.kalai_smorodinsky import kalai_smorodinsky
from negsim.solutions.nash import nash
from negsim.solutions.utilitarian import utilitarian

__all__ = ["SOLUTIONS", "Solution", "Solve"]


class Solve(Protocol):
    """How every solution is called: gains (party, outcome) and weights (party,), which only Nash's heeds."""

    def __call__(self, surplus: NDArray[np.float64], weights: Sequence[float] | None = None) -> NDArray[np.intp]:
        """Find the outcomes chosen, in ascending order."""


@dataclass(frozen=True, slots=True)
class Solution:
    """A way to choose outcomes, and whether it takes a point to be worth the same to every party."""

    name: str
    title: str
    solve: Solve
    compares_points: bool


def _without_weights(
    solve: Callable[[NDArray[np.float64]], NDArray[np.intp]],
    surplus: NDArray[np.float64],
    weights: Sequence[float] | None = None,  # taken, so that all are called alike
) -> NDArray[np.intp]:
    return solve(surplus)


SOLUTIONS: Mapping[str, Solution] = MappingProxyType(
    {
        solution.name: solution
        for solution in (
            Solution("nash", "Nash", nash, compares_points=False),
            Solution(
                "kalai_smorodinsky",
                "Kalai–Smorodinsky",
                partial(_without_weights, kalai_smorodinsky),
                compares_points=False,
            ),
            Solution("egalitarian", "Egalitarian", partial(_without_weights, egalitarian), compares_points=True),
            Solution("utilitarian", "Utilitarian", partial(_without_weights, utilitarian), compares_points=True),
        )
    }
)
"""Every solution, in the order of reports."""
