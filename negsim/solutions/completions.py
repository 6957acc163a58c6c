"""All combinations of options behind an efficient sum, counted and shared out without listing them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.records import dataclass
from negsim.solutions.merging import Merged

__all__ = ["Completions", "complete"]

Target = tuple[float, ...]

_COMPARED = 2**20
"""Efficient sums that are compared with targets (sum, target) in one go: a megabyte."""


@dataclass(frozen=True, slots=True)
class Completions:
    """The combinations that reach a sum.

    ``n_combinations`` counts them; ``share[k]`` (option,) tells which share of them holds each option of the k-th
    issue. ``first`` is one of them, option by option: at the last issue the first option that any of them holds, and
    so on backwards.
    """

    n_combinations: int
    share: tuple[NDArray[np.float64], ...]
    first: tuple[int, ...]


def complete(merged: Merged, target: NDArray[np.float64], exact: NDArray[np.bool_]) -> Completions:
    """Count the combinations whose sum is a target for some parties and at least the target for the others.

    The target must be efficient: no sum that is at least as high for all parties is higher for one of the exact ones.
    Then a part of a combination can be completed iff some efficient sum over the other issues does it, so that no way
    is followed in vain.

    Parameters
    ----------
    merged : Merged
    target : float64 array (party,)
        -inf for a party that asks for nothing.
    exact : bool array (party,)
        For which parties the sum must be the target itself.

    Returns
    -------
    Completions
        None at all if nothing reaches the target.

    Examples
    --------
    Two issues over which one party is indifferent leave it four equal ways:

    >>> from negsim.solutions.merging import merge
    >>> found = complete(merge([np.zeros((1, 2)), np.zeros((1, 2))], 1), np.zeros(1), np.array([True]))
    >>> found.n_combinations, found.share[0].tolist()
    (4, [0.5, 0.5])
    """
    problem = _Problem(merged, exact)
    asked = problem.relaxed(len(merged.values), target[:, None])
    if not problem.reached(len(merged.values), asked)[0]:
        return Completions(0, tuple(np.zeros(value.shape[1]) for value in merged.values), ())
    start = tuple(asked[:, 0].tolist())
    steps = _steps(problem, start)
    counts = _count(steps)
    return Completions(counts[-1][start], _share(merged, steps, counts, start), _first(steps, start))


Steps = list[dict[Target, list[tuple[int, Target]]]]
"""For each number of issues, what is still asked of them, with each option that leads on and what is asked then."""


class _Problem:
    """Merged issues, the parties for whom sums must be exact, and the least that the first issues are worth to each."""

    def __init__(self, merged: Merged, exact: NDArray[np.bool_]) -> None:
        self.merged, self.exact = merged, exact
        least = [np.zeros(len(exact)), *(np.min(value, axis=1) for value in merged.values)]
        self.least = np.cumsum(least, axis=0)

    def relaxed(self, n_issues: int, asked: NDArray[np.float64]) -> NDArray[np.float64]:
        """Ask nothing where the least of the first issues already does, (party, target), so that equal cases meet."""
        idle = ~self.exact[:, None] & (asked <= self.least[n_issues][:, None])
        return np.where(idle, -np.inf, asked)

    def reached(self, n_issues: int, asked: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell which targets (party, target) some efficient sum of the first issues reaches."""
        points = self.merged.points[n_issues]
        step = max(1, _COMPARED // points.shape[1])
        found = np.zeros(asked.shape[1], np.bool_)
        for start in range(0, len(found), step):
            part = asked[:, start : start + step]
            fits = np.ones((points.shape[1], part.shape[1]), np.bool_)
            for point, target, is_exact in zip(points, part, self.exact, strict=True):
                fits &= point[:, None] == target if is_exact else point[:, None] >= target
            found[start : start + step] = np.any(fits, axis=0)
        return found


def _steps(problem: _Problem, start: Target) -> Steps:
    last = len(problem.merged.values)
    steps: Steps = [{} for _ in range(last + 1)]
    steps[last][start] = []
    for k in range(last, 0, -1):
        value = problem.merged.values[k - 1]
        n_parties, n_options = value.shape
        asked = np.array(list(steps[k]), np.float64).reshape(len(steps[k]), n_parties).T
        left = (asked[:, :, None] - value[:, None, :]).reshape(n_parties, len(steps[k]) * n_options)
        left = problem.relaxed(k - 1, left)
        reached = np.flatnonzero(problem.reached(k - 1, left))
        ways = list(steps[k].values())
        for place, rest in zip(reached.tolist(), map(tuple, left.T[reached].tolist()), strict=True):
            ways[place // n_options].append((place % n_options, rest))
            steps[k - 1].setdefault(rest, [])
    return steps


def _count(steps: Steps) -> list[dict[Target, int]]:
    counts: list[dict[Target, int]] = [dict.fromkeys(steps[0], 1)]
    for level in steps[1:]:
        counts.append({asked: sum(counts[-1][rest] for _, rest in ways) for asked, ways in level.items()})
    return counts


def _share(
    merged: Merged, steps: Steps, counts: list[dict[Target, int]], start: Target
) -> tuple[NDArray[np.float64], ...]:
    """Let every combination weigh the same: a way weighs as much as there are combinations behind it."""
    shares: list[NDArray[np.float64]] = []
    weight = {start: 1.0}
    for k in range(len(merged.values), 0, -1):
        share, passed = np.zeros(merged.values[k - 1].shape[1]), dict.fromkeys(steps[k - 1], 0.0)
        for asked, ways in steps[k].items():
            for option, rest in ways:
                part = weight[asked] * (counts[k - 1][rest] / counts[k][asked])
                share[option] += part
                passed[rest] += part
        shares.insert(0, share)
        weight = passed
    return tuple(shares)


def _first(steps: Steps, start: Target) -> tuple[int, ...]:
    options: list[int] = []
    asked = start
    for level in reversed(steps[1:]):
        option, asked = level[asked][0]
        options.insert(0, option)
    return tuple(options)
