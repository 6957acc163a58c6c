"""Small bargaining problems in whole numbers, where ties and gains of nothing are common."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray


@dataclass(frozen=True)
class BargainingProblem:
    """Utilities (party, outcome) and the disagreement point (party,)."""

    utility: NDArray[np.float64]
    disagreement: NDArray[np.float64]

    @property
    def surplus(self) -> NDArray[np.float64]:
        return self.utility - self.disagreement[:, None]

    def payoffs(self, outcomes: NDArray[np.intp]) -> set[tuple[float, ...]]:
        return {tuple(point) for point in self.utility[:, outcomes].T.tolist()}


@st.composite
def problems(
    draw: st.DrawFn, *, n_parties: int | None = None, most_outcomes: int = 6, most_points: int = 5
) -> BargainingProblem:
    """2 to 4 parties, 1 to 6 outcomes; about half of all outcomes are rational."""
    n = n_parties or draw(st.integers(2, 4))
    points = st.tuples(*[st.integers(0, most_points)] * n)
    outcomes = draw(st.lists(points, min_size=1, max_size=most_outcomes))
    disagreement = draw(st.tuples(*[st.integers(0, 2)] * n))
    return BargainingProblem(np.array(outcomes, np.float64).T, np.array(disagreement, np.float64))


@st.composite
def contests(draw: st.DrawFn) -> BargainingProblem:
    """2 to 4 parties that all gain by each of 2 to 6 outcomes, so that products decide; many of these are the same."""
    n = draw(st.integers(2, 4))
    outcomes = draw(st.lists(st.tuples(*[st.sampled_from([1, 2, 3, 4, 8])] * n), min_size=2, max_size=6))
    return BargainingProblem(np.array(outcomes, np.float64).T, np.zeros(n))


def gains(*outcomes: tuple[float, ...]) -> NDArray[np.float64]:
    """Write a problem as a list of outcomes, each the gains of the parties."""
    return np.array(outcomes, np.float64).T
