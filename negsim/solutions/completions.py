"""All combinations of options behind an efficient sum, counted and shared out without listing them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from negsim.solutions.merging import Merged

__all__ = ["Completions", "complete"]

Target = tuple[float, ...]


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
    last = len(merged.values)
    start = _relaxed(merged, last, target, exact)
    if not _reached(merged, last, np.array(start)[:, None], exact)[0]:
        return Completions(0, tuple(np.zeros(value.shape[1]) for value in merged.values), ())
    steps = _steps(merged, start, exact)
    counts = _count(steps)
    return Completions(counts[last][start], _share(merged, steps, counts, start), _first(steps, start))


Steps = list[dict[Target, list[tuple[int, Target]]]]
"""For each number of issues, what is still asked of them, with each option that leads on and what is asked then."""


def _steps(merged: Merged, start: Target, exact: NDArray[np.bool_]) -> Steps:
    last = len(merged.values)
    steps: Steps = [{} for _ in range(last + 1)]
    steps[last][start] = []
    for k in range(last, 0, -1):
        for asked, ways in steps[k].items():
            left = np.array(asked)[:, None] - merged.values[k - 1]
            for option in np.flatnonzero(_reached(merged, k - 1, left, exact)).tolist():
                rest = _relaxed(merged, k - 1, left[:, option], exact)
                ways.append((option, rest))
                steps[k - 1].setdefault(rest, [])
    return steps


def _reached(merged: Merged, n_issues: int, asked: NDArray[np.float64], exact: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which targets (party, target) some efficient sum of the first issues reaches."""
    points = merged.points[n_issues]
    fits = np.ones((points.shape[1], asked.shape[1]), np.bool_)
    for point, target, is_exact in zip(points, asked, exact, strict=True):
        fits &= point[:, None] == target if is_exact else point[:, None] >= target
    return np.any(fits, axis=0)


def _relaxed(merged: Merged, n_issues: int, asked: NDArray[np.float64], exact: NDArray[np.bool_]) -> Target:
    """Ask nothing where the least of the issues already does, so that equal cases meet."""
    least = sum((np.min(value, axis=1) for value in merged.values[:n_issues]), np.zeros(len(asked)))
    return tuple(np.where(~exact & (asked <= least), -np.inf, asked).tolist())


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
