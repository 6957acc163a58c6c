"""Pareto frontier, Nash and Kalai-Smorodinsky solution of one world with a million outcomes, beside NegMAS.

Both start from two additive utility functions, in whole numbers, so that nothing rounds and ties are the same. NegMAS
takes its own way: `pareto_frontier`, then `nash_points` and `ks_points` on what that finds. negsim enumerates utilities
in two ways: it enumerates utilities by an outer sum and does the same, or it merges issues into their efficient sums,
which a zone analysis does. Both solutions on all outcomes, without a frontier, are timed beside it. The
Kalai-Smorodinsky points are not compared: NegMAS minimises the largest difference of two ratios, negsim maximises the
least ratio. Last, the frontier of 10^40 outcomes, which nobody enumerates. One core.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from negmas import make_issue, make_os
from negmas.preferences import LinearAdditiveUtilityFunction
from negmas.preferences.ops import ks_points, nash_points, pareto_frontier
from numpy.typing import NDArray

from benchmarks.spaces import additive, worlds_of
from benchmarks.timing import Row, median, run_in_turn
from negsim.model.worlds import outer_sum
from negsim.solutions import efficient_points, kalai_smorodinsky, nash, pareto_optimal, rational_outcomes
from negsim.solutions.merging import merge

__all__ = ["measure"]

N_ISSUES, N_OPTIONS = 6, 10

RESERVED = 4_000_000.0
"""The reservation value of both parties, in units of 10^-5 points: 40 points."""


@dataclass(frozen=True, slots=True)
class _Found:
    """Points (party, point) of the frontier and of the two solutions."""

    frontier: NDArray[np.float64]
    nash: NDArray[np.float64]
    kalai_smorodinsky: NDArray[np.float64]


def measure() -> list[Row]:
    """Time both, and compare frontiers and Nash points."""
    worlds = worlds_of(additive(2, N_ISSUES, N_OPTIONS), n_worlds=1)
    large = worlds_of(additive(2, 40, 10), n_worlds=1)
    functions = _utility_functions(worlds.free_value)
    utility = _enumerate(worlds.free_value)
    seconds = run_in_turn(
        {
            "ours": lambda: _solve(_enumerate(worlds.free_value)),
            "merged": lambda: _solve(_merge(worlds.free_value)),
            "large": lambda: _merge(large.free_value),
            "frontier": lambda: pareto_optimal(utility),
            "all": lambda: _solve_all(utility),
            "theirs": lambda: _solve_with_negmas(functions),
        },
        rounds=3,
    )
    ours, theirs = _solve(utility), _solve_with_negmas(functions)
    if not np.array_equal(ours.frontier, theirs.frontier) or not np.array_equal(ours.nash, theirs.nash):
        raise SystemExit("negsim and NegMAS differ on the frontier or on the Nash solution")
    merged = _solve(_merge(worlds.free_value))
    if not np.array_equal(ours.frontier, merged.frontier) or not np.array_equal(ours.nash, merged.nash):
        raise SystemExit("merging and enumerating differ on the frontier or on the Nash solution")
    return [
        Row("frontier, Nash and Kalai-Smorodinsky from utility functions, negsim", f"{median(seconds['ours']):.3f} s"),
        Row("the same, NegMAS", f"{median(seconds['theirs']):.2f} s"),
        Row("negsim against NegMAS", f"{median(seconds['theirs']) / median(seconds['ours']):,.0f} times", "50 times"),
        Row("the same by merging, negsim", f"{median(seconds['merged']) * 1000:.1f} ms"),
        Row("negsim, merging, against NegMAS", f"{median(seconds['theirs']) / median(seconds['merged']):,.0f} times"),
        Row("the frontier of 40 issues x 10 options, negsim", f"{median(seconds['large']) * 1000:.0f} ms", "50 ms"),
        Row("only the frontier, on utilities at hand, negsim", f"{median(seconds['frontier']):.3f} s"),
        Row("only Nash and Kalai-Smorodinsky, on all utilities at hand, negsim", f"{median(seconds['all']):.3f} s"),
        Row("points of the frontier, negsim and NegMAS", f"{_n(ours.frontier)} and {_n(theirs.frontier)}", "the same"),
    ]


def _n(points: NDArray[np.float64]) -> int:
    return points.shape[1]


def _enumerate(free_value: tuple[tuple[NDArray[np.float32], ...], ...]) -> NDArray[np.float64]:
    return np.array([outer_sum(values)[0] for values in free_value], np.float64)


def _merge(free_value: tuple[tuple[NDArray[np.float32], ...], ...]) -> NDArray[np.float64]:
    values = [
        np.stack([value[0] for value in by_party]).astype(np.float64) for by_party in zip(*free_value, strict=True)
    ]
    return merge(values, len(free_value)).front


def _solve(utility: NDArray[np.float64]) -> _Found:
    points = efficient_points(utility[:, rational_outcomes(utility - RESERVED)])
    surplus = points - RESERVED
    return _Found(points, points[:, nash(surplus)], points[:, kalai_smorodinsky(surplus)])


def _solve_all(utility: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    surplus = utility - RESERVED
    return nash(surplus), kalai_smorodinsky(surplus)


def _utility_functions(
    free_value: tuple[tuple[NDArray[np.float32], ...], ...],
) -> tuple[LinearAdditiveUtilityFunction, ...]:
    """Give NegMAS the same weighted values and reservation values."""
    issues = [make_issue([f"o{k}" for k in range(N_OPTIONS)], f"i{k}") for k in range(N_ISSUES)]
    space = make_os(issues)
    return tuple(
        LinearAdditiveUtilityFunction(
            values=[
                dict(zip(issue.values, value[0].tolist(), strict=True))
                for issue, value in zip(issues, values, strict=True)
            ],
            weights=[1.0] * N_ISSUES,
            outcome_space=space,
            reserved_value=RESERVED,
        )
        for values in free_value
    )


def _solve_with_negmas(functions: tuple[LinearAdditiveUtilityFunction, ...]) -> _Found:
    issues = functions[0].outcome_space.issues
    frontier, _ = pareto_frontier(functions, issues=issues)
    found = [points(functions, frontier, issues=issues) for points in (nash_points, ks_points)]
    solutions = [np.array([point for point, _ in points]).T for points in found]
    return _Found(np.unique(np.array(frontier).T, axis=1)[:, ::-1], *solutions)
