"""What every option is worth to every party: given values, inferred values, weights, all in exact units.

Utility is held in units of 10^-5 points as integer-valued floats. Sums of such numbers below 2^24 are exact in
float32 whatever their order, so that ties at the no-deal value are ties and not accidents of rounding.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from negsim.errors import Path
from negsim.model.assumptions import AS_STATED, IRRELEVANT_WORTHS, VALUE_SHAPES, Assumptions
from negsim.model.draws import Draws, draw_centre
from negsim.scenario.no_deal import SameAs
from negsim.scenario.types import IRRELEVANT, Demand, Issue, IssueKind, Party, Scenario

__all__ = [
    "UNITS_PER_POINT",
    "central_values",
    "central_weights",
    "demanded_values",
    "implied_values",
    "option_values",
    "to_units",
    "utility_of",
    "weighted_issues",
    "weighted_values",
    "weights",
]

UNITS_PER_POINT = 100_000
"""Utility is rounded to 10^-5 points: 100 points are 10^7 units, below the 2^24 that float32 holds exactly."""

Array = NDArray[np.float64]


def weighted_issues(party: Party) -> tuple[str, ...]:
    """Name the issues a party cares about: those with a priority, or else with a demand or values."""
    if party.priorities:
        return tuple(priority.issue for priority in party.priorities)
    named = [demand.issue for demand in party.demands] + [value.issue for value in party.values]
    return tuple(dict.fromkeys(named))


def weights(party: Party, draws: Draws) -> dict[str, Array]:
    """Scale priorities to sum to 1 in every world.

    Returns
    -------
    dict of issue id to float64 array (world,)
    """
    issues = weighted_issues(party)
    if not party.priorities:
        return {issue: np.full(draws.n_worlds, 1 / len(issues)) for issue in issues}
    priority = {issue: draws.quantity[*party.path, "priorities", issue] for issue in issues}
    # Summed by name, so that the last bit does not depend on the order of the file.
    total = sum((priority[issue] for issue in sorted(issues)), np.zeros(draws.n_worlds))
    # Distributions may underflow to 0 all at once; then nothing tells the issues apart.
    safe = np.where(total > 0, total, 1.0)
    return {issue: np.where(total > 0, values / safe, 1 / len(issues)) for issue, values in priority.items()}


def option_values(party: Party, issue: Issue, draws: Draws, assumptions: Assumptions = AS_STATED) -> Array:
    """Value every choice of an issue to a party, given values first, the rest inferred from the demand.

    Returns
    -------
    float64 array (world, choice)
        0 to 100; ``irrelevant`` is the last choice of a conditional issue. In worlds where the issue is settled, the
        value of what it was settled at throughout.
    """
    given = {
        value.option: draws.quantity[*party.path, "values", issue.id, value.option]
        for value in party.values
        if value.issue == issue.id
    }
    positions = {option: k for k, option in enumerate((*issue.options, IRRELEVANT))}
    value = np.zeros((draws.n_worlds, issue.n_choices))
    value[:, : len(issue.options)] = _from_demand(party, issue, assumptions.value_shape)
    for option, drawn in given.items():
        value[:, positions[option]] = drawn
    points = {positions[option] for option in given if option != IRRELEVANT}
    if issue.kind is IssueKind.NUMERIC and points:
        value[:, : len(issue.options)] = _join(_positions(issue), value, sorted(points | _demanded(party, issue)))
    worth = IRRELEVANT_WORTHS[assumptions.irrelevant]
    if worth is not None and issue.when is not None:
        value[:, -1] = worth(value[:, :-1])
    settled = draws.settled.get(issue.id)
    return value if settled is None else np.where(settled[:, None] < 0, value, _held(value, settled)[:, None])


def _held(value: Array, choice: NDArray[np.intp]) -> Array:
    """Give the value of the choice that each world holds: (world,); of any where it holds none."""
    return np.take_along_axis(value, np.maximum(choice, 0)[:, None], axis=1)[:, 0]


def implied_values(demand: Demand, n_options: int, positions: Array | None = None, shape: str = "linear") -> Array:
    """Infer values from a demand: 100 where it is met, falling to 0 where the scale is farthest from it.

    Parameters
    ----------
    demand : Demand
    n_options : int
    positions : float64 array (option,), optional
        Where the options stand on the scale. Without them any option outside the demand is worth 0.
    shape : str
        A key of `VALUE_SHAPES`: how the value falls.

    Returns
    -------
    float64 array (option,)

    Examples
    --------
    >>> implied_values(Demand("years", "at_least", ("30",), (3, 4)), 5, np.array([0.0, 10, 20, 30, 40]))
    array([  0.        ,  33.33333333,  66.66666667, 100.        , 100.        ])
    """
    met = np.zeros(n_options, np.bool_)
    met[list(demand.met_by)] = True
    if positions is None:
        return np.where(met, 100.0, 0.0)
    near = positions[met]
    after = np.clip(np.searchsorted(near, positions), 0, len(near) - 1)
    before = np.maximum(after - 1, 0)
    distance = np.minimum(np.abs(positions - near[before]), np.abs(positions - near[after]))
    farthest = np.max(distance)
    return np.asarray(100 * VALUE_SHAPES[shape](distance / farthest)) if farthest > 0 else np.full(n_options, 100.0)


def demanded_values(party: Party, issue: Issue) -> Array:
    """Value every choice of an issue as those do who know only what a party demands: (choice,), 0 to 100.

    Where the issue does not arise its demand is neither met nor missed, which counts as 50.
    """
    return np.append(_from_demand(party, issue, AS_STATED.value_shape), [50.0] * (issue.when is not None))


def weighted_values(
    party: Party, issues: tuple[Issue, ...], draws: Draws, assumptions: Assumptions = AS_STATED
) -> list[NDArray[np.float32]]:
    """Value every choice of every issue in units of utility: weight times value, rounded.

    Returns
    -------
    list of float32 array (world, choice), one for each issue
        Integer-valued, in units of 10^-5 points; 0 where the issue has no weight.
    """
    weight = weights(party, draws)
    return [
        to_units(weight[issue.id][:, None] * option_values(party, issue, draws, assumptions)).astype(np.float32)
        if issue.id in weight
        else np.zeros((draws.n_worlds, issue.n_choices), np.float32)
        for issue in issues
    ]


def utility_of(
    party: Party,
    state: SameAs,
    path: Path,
    issues: tuple[Issue, ...],
    draws: Draws,
    assumptions: Assumptions = AS_STATED,
) -> Array:
    """Give what the outcome that a state of the world is the same as is worth to a party.

    Parameters
    ----------
    party : Party
    state : SameAs
    path : Path
        Where the state stands in the scenario.
    issues, draws, assumptions
        As for `weighted_values`.

    Returns
    -------
    float64 array (world,)
        In units, integer-valued: the very numbers of a deal, so that it ties with itself.
    """
    weight = weights(party, draws)
    by_id = {issue.id: issue for issue in issues}
    total = np.zeros(draws.n_worlds)
    for issue_id, option in state.options:
        if issue_id in weight:
            issue = by_id[issue_id]
            choice = len(issue.options) if option == IRRELEVANT else issue.options.index(option)
            total += to_units(weight[issue_id] * option_values(party, issue, draws, assumptions)[:, choice])
    for issue_id, _ in state.levels:
        if issue_id in weight:
            issue = by_id[issue_id]
            level = draws.quantity[*path, "same_as", issue_id]
            value = option_values(party, issue, draws, assumptions)[:, : len(issue.options)]
            total += to_units(weight[issue_id] * _read_off(_positions(issue), value, level))
    if state.rest is not None:
        named = {issue_id for issue_id, _ in (*state.options, *state.levels)}
        for issue_id in weight:
            if issue_id not in named:
                left = _rest(party, by_id[issue_id], draws.quantity[*path, "rest"], draws, assumptions)
                total += to_units(weight[issue_id] * left)
    return total


def _rest(party: Party, issue: Issue, rest: Array, draws: Draws, assumptions: Assumptions) -> Array:
    """Give what an issue that a state does not name is worth in it: its rest, or what was settled: (world,)."""
    settled = draws.settled.get(issue.id)
    if settled is None:
        return rest
    return np.where(settled < 0, rest, option_values(party, issue, draws, assumptions)[:, 0])


def central_values(scenario: Scenario) -> Mapping[str, Mapping[str, tuple[float, ...]]]:
    """Value every choice to every party with all quantities at their medians: ``[party][issue][choice]``, 0 to 100."""
    draws = draw_centre(scenario)
    issues = {issue.id: issue for issue in scenario.issues}
    return {
        party.id: {
            issue_id: tuple(option_values(party, issues[issue_id], draws)[0].tolist())
            for issue_id in weighted_issues(party)
        }
        for party in scenario.parties
    }


def central_weights(scenario: Scenario) -> Mapping[str, Mapping[str, float]]:
    """Give every party's weights with all priorities at their medians: ``[party][issue]``, summing to 1."""
    draws = draw_centre(scenario)
    return {
        party.id: {issue: float(weight[0]) for issue, weight in weights(party, draws).items()}
        for party in scenario.parties
    }


def to_units(points: Array) -> Array:
    """Round points to units, in float64."""
    return np.rint(points * UNITS_PER_POINT)


def _positions(issue: Issue) -> Array:
    """Place options on their scale: levels for numeric issues, ranks for ordered ones."""
    if issue.kind is IssueKind.NUMERIC:
        return np.array([float(level) for level in issue.levels])
    return np.arange(len(issue.options), dtype=np.float64)


def _from_demand(party: Party, issue: Issue, shape: str) -> Array:
    demand = next((demand for demand in party.demands if demand.issue == issue.id), None)
    if demand is None:
        return np.zeros(len(issue.options))
    has_shares = issue.kind is not IssueKind.CATEGORICAL and not issue.indivisible
    return implied_values(demand, len(issue.options), _positions(issue) if has_shares else None, shape)


def _demanded(party: Party, issue: Issue) -> set[int]:
    """Name the levels that meet a party's demand, unless every level does."""
    met = next((demand.met_by for demand in party.demands if demand.issue == issue.id), ())
    return set(met) if len(met) < len(issue.options) else set()


def _join(positions: Array, values: Array, points: list[int]) -> Array:
    """Join given and demanded points, and the ends of the scale, by straight lines: (world, option)."""
    nodes = sorted({0, *points, len(positions) - 1})
    right = np.clip(np.searchsorted(positions[nodes], positions), 1, len(nodes) - 1)
    return _between(positions[nodes], values[:, nodes], right, positions[None, :])


def _read_off(positions: Array, values: Array, at: Array) -> Array:
    """Interpolate ``values[world, option]`` over ``positions[option]`` at ``at[world]``; exact at the options."""
    right = np.clip(np.searchsorted(positions, at), 1, len(positions) - 1)
    return _between(positions, values, right[:, None], at[:, None])[:, 0]


def _between(positions: Array, values: Array, right: NDArray[np.intp], at: Array) -> Array:
    """Interpolate between the nodes ``right - 1`` and ``right``, which may differ by world: (world, place)."""
    share = (at - positions[right - 1]) / (positions[right] - positions[right - 1])
    right = np.broadcast_to(right, (len(values), right.shape[-1]))
    low, high = np.take_along_axis(values, right - 1, axis=1), np.take_along_axis(values, right, axis=1)
    return np.where(share == 1, high, low + share * (high - low))
