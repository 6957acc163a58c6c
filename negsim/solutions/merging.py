"""Efficient sums over issues, merged one issue at a time instead of enumerated.

Where values add up over issues, a combination of options is efficient only if every part of it is: a part that could be
bettered for one party at no other's cost would better the whole. So the frontier of all combinations is found from
issue to issue, keeping at each step only the efficient sums (the dynamic programme of Nemhauser & Ullmann 1969).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.records import dataclass
from negsim.solutions.frontier import efficient_points

__all__ = ["Merged", "TooManyPoints", "merge", "most_sums"]

Points = NDArray[np.float64]


class TooManyPoints(Exception):  # an answer that the caller turns into words, not an error of a user's
    """The efficient sums are more than were allowed; ``n_points`` says how many there were when merging stopped."""

    def __init__(self, n_points: int) -> None:
        super().__init__(f"{n_points:,} efficient sums")
        self.n_points = n_points


@dataclass(frozen=True, slots=True)
class Merged:
    """The efficient sums over the first issues, for each number of them.

    ``values[k]`` (party, option) is what the k-th issue's options are worth; ``points[k]`` (party, point) are the
    distinct efficient sums over the first k issues, so that ``points[-1]`` is the frontier of all combinations.
    """

    values: tuple[Points, ...]
    points: tuple[Points, ...]

    @property
    def front(self) -> Points:
        """The distinct efficient sums over all issues: (party, point)."""
        return self.points[-1]


def most_sums(n_parties: int) -> int:
    """Say how many efficient sums are kept at most where nothing else is said.

    Two parties' are sorted, so that many can be borne; of three and more each is compared with all others.
    """
    return 2**17 if n_parties <= 2 else 2**14


def merge(values: Sequence[Points], n_parties: int, *, max_points: int | None = None) -> Merged:
    """Find the efficient sums of one option for each issue.

    Parameters
    ----------
    values : sequence of float64 array (party, option)
        One for each issue. Sums must be exact, as those of whole numbers are.
    n_parties : int
    max_points : int, optional
        Stop where more efficient sums than this are kept.

    Returns
    -------
    Merged

    Raises
    ------
    TooManyPoints
        If there are more than ``max_points`` efficient sums after some issue.

    References
    ----------
    Nemhauser, G. L. & Ullmann, Z. (1969). Discrete dynamic programming and capital allocation. Management Science 15,
    494-505.

    Examples
    --------
    Two issues over which the parties disagree, three times as heavy for one of them:

    >>> merge([np.array([[3.0, 0], [0, 1]]), np.array([[1.0, 0], [0, 3]])], 2).front
    array([[4., 3., 0.],
           [0., 3., 4.]])
    """
    points: list[Points] = [np.zeros((n_parties, 1))]
    for value in values:
        n_sums = points[-1].shape[1] * value.shape[1]
        sums = (points[-1][:, :, None] + value[:, None, :]).reshape(n_parties, n_sums)
        points.append(efficient_points(sums))
        if max_points is not None and points[-1].shape[1] > max_points:
            raise TooManyPoints(points[-1].shape[1])
    return Merged(tuple(values), tuple(points))
