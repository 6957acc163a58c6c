"""Which outcomes of the zone the solutions of bargaining theory choose, world by world.

Solutions look at the gains of signatories over no deal, within the zone. Only the efficient gains need a look, since
every solution is efficient; then all outcomes behind a chosen point of gains are counted, and share equally.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.model.estimates import ratio, spread_of_some
from negsim.model.no_deal import rounding_allowance
from negsim.model.values import UNITS_PER_POINT
from negsim.records import dataclass
from negsim.solutions.completions import Completions, complete
from negsim.solutions.frontier import efficient_points
from negsim.solutions.table import SOLUTIONS
from negsim.zone.compiled import Compiled
from negsim.zone.findings import SolutionFinding, SolutionShare
from negsim.zone.questions import Questions
from negsim.zone.violations import Table

__all__ = [
    "Chosen",
    "SettledCounts",
    "choose",
    "chosen_cells",
    "settle",
    "settled_counts",
    "signing_places",
    "summarise_solutions",
    "zone_front",
]


@dataclass(frozen=True, slots=True)
class SettledCounts:
    """What solutions choose in some worlds.

    ``n_worlds`` (block,) counts the worlds looked at, ``n_zones`` (block,) those of them with a zone. ``share`` (block,
    solution, choice) adds up over those the share of the chosen outcomes that hold each choice; ``gain`` (world with a
    zone, solution, signatory) is the mean gain over the disagreement point at the chosen outcomes, in units, and
    ``inside`` (world with a zone, signatory) is that point.
    """

    n_worlds: NDArray[np.int64]
    n_zones: NDArray[np.int64]
    share: NDArray[np.float64]
    gain: NDArray[np.float64]
    inside: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The outcomes that one solution chooses in one world: how many, the share with each choice, their mean gains."""

    n_outcomes: int
    share: NDArray[np.float64]
    gain: NDArray[np.float64]


def settle(compiled: Compiled, table: Table, questions: Questions) -> list[Chosen]:
    """Find what each solution chooses in a world with a zone.

    Parameters
    ----------
    compiled : Compiled
    table : Table
        In which all signatories are active (`signing_places`).
    questions : Questions
        Which solutions, and the weights of parties; 1 for a party that is not named.
    """
    places = signing_places(compiled)
    zone = _zone_of(table, places)
    front = efficient_points(zone.gains)
    return [
        _behind(table, zone, np.take(front, chosen, axis=1), compiled)
        for chosen in choose(compiled, front, questions, table.spare(places)).values()
    ]


def chosen_cells(compiled: Compiled, table: Table, solution: str) -> NDArray[np.float64]:
    """Tell which share of the outcomes that a solution chooses in a world with a zone lies in each cell.

    Parameters
    ----------
    compiled : Compiled
    table : Table
        In which all signatories are active (`signing_places`).
    solution : str
        A key of `negsim.solutions.SOLUTIONS`.

    Returns
    -------
    float64 array (cell,)
        Adding up to 1.
    """
    places = signing_places(compiled)
    zone = _zone_of(table, places)
    front = efficient_points(zone.gains)
    questions = Questions(compare_points=True)
    points = np.take(front, choose(compiled, front, questions, table.spare(places))[solution], axis=1)
    share = np.zeros(compiled.structure.n_cells)
    for point in points.T:
        for cell, ways in _ways(table, zone, point):
            share[cell] += ways.n_combinations
    return share / np.sum(share)


def choose(
    compiled: Compiled, front: NDArray[np.float64], questions: Questions, spare: NDArray[np.float64]
) -> dict[str, NDArray[np.intp]]:
    """Find the points of gains (signatory, point) that each solution chooses.

    A gain no larger than what rounding may account for is none. Solutions look at gains over the disagreement point,
    below which an outside option does not let anybody fall: ``spare`` (signatory,) is what it is better by.
    """
    parties = [compiled.scenario.parties[party] for party in compiled.signatories]
    power = [questions.weights.get(party.id, 1.0) for party in parties]
    # A deal that is worth just as much as no deal is rounded up, and no deal down, by the allowance at most.
    rounding = np.array([[2 * rounding_allowance(party)] for party in parties])
    gains = np.where(front <= rounding, 0.0, front) + spare[:, None]
    return {name: SOLUTIONS[name].solve(gains, power) for name in questions.solutions}


def signing_places(compiled: Compiled) -> tuple[int, ...]:
    """Give the places of signatories among the parties that have constraints."""
    return tuple(compiled.constraints.parties.index(party) for party in compiled.signatories)


def settled_counts(
    compiled: Compiled,
    n_worlds: int,
    chosen: Sequence[Sequence[Chosen]],
    inside: Sequence[Sequence[float]],
    n_asked: int,
) -> SettledCounts:
    """Gather what ``n_asked`` solutions chose in the worlds with a zone, (world, solution), of so many worlds.

    ``inside`` (world, signatory) are their disagreement points.
    """
    share = np.zeros((1, n_asked, sum(issue.n_choices for issue in compiled.structure.issues)))
    gain = np.zeros((len(chosen), n_asked, len(compiled.signatories)))
    for world, by_solution in enumerate(chosen):
        for k, one in enumerate(by_solution):
            share[0, k] += one.share
            gain[world, k] = one.gain
    points = np.array(inside, np.float64).reshape(len(chosen), len(compiled.signatories))
    return SettledCounts(np.array([n_worlds]), np.array([len(chosen)]), share, gain, points)


@dataclass(frozen=True, slots=True)
class _Zone:
    """The outcomes of a zone, by cell and point of a table (outcome,), and their gains (signatory, outcome)."""

    exact: NDArray[np.bool_]
    cells: NDArray[np.intp]
    points: NDArray[np.intp]
    gains: NDArray[np.float64]


def _zone_of(table: Table, places: Sequence[int]) -> _Zone:
    cells, points = np.nonzero(table.inside)
    return _Zone(np.isin(table.active, places), cells, points, table.gains(places, cells, points))


def zone_front(table: Table, places: Sequence[int]) -> NDArray[np.float64]:
    """Find the distinct efficient gains within the zone, in units: float64 array (party, point)."""
    return efficient_points(_zone_of(table, places).gains)


def _behind(table: Table, zone: _Zone, points: NDArray[np.float64], compiled: Compiled) -> Chosen:
    """Find the outcomes behind some points of gains; each weighs the same."""
    found = [(point, cell, ways) for point in points.T for cell, ways in _ways(table, zone, point)]
    n_outcomes = sum(ways.n_combinations for _, _, ways in found)
    structure = compiled.structure
    share = [np.zeros(issue.n_choices) for issue in structure.issues]
    gain = np.zeros(len(points))
    for point, cell, ways in found:
        weight = ways.n_combinations / n_outcomes
        gain += weight * point
        for k, choice in zip(structure.cell_issues, structure.choice[cell].tolist(), strict=True):
            share[k][choice] += weight
        for k, options in zip(structure.free_issues, ways.share, strict=True):
            share[k] += weight * options
    return Chosen(n_outcomes, np.concatenate(share), gain + table.spare(signing_places(compiled)))


def _ways(table: Table, zone: _Zone, gain: NDArray[np.float64]) -> list[tuple[int, Completions]]:
    """List the cells in which some outcomes of the zone give just these gains, with all of these outcomes."""
    here = np.flatnonzero(np.all(zone.gains == gain[:, None], axis=0))
    cells, first = np.unique(zone.cells[here], return_index=True)
    return [
        (
            int(table.constraints.cells[cell]),
            complete(
                table.merged, np.where(zone.exact, table.merged.front[:, point], table.price[:, cell]), zone.exact
            ),
        )
        for cell, point in zip(cells.tolist(), zone.points[here[first]].tolist(), strict=True)
    ]


def summarise_solutions(compiled: Compiled, counts: SettledCounts, questions: Questions) -> tuple[SolutionFinding, ...]:
    """Turn counts into findings; nothing where no world looked at has a zone."""
    if not np.any(counts.n_zones):
        return ()
    scenario = compiled.scenario
    choices = [(issue.id, choice) for issue in scenario.issues for choice in issue.choices]
    return tuple(
        SolutionFinding(
            name=name,
            title=SOLUTIONS[name].title,
            compares_points=SOLUTIONS[name].compares_points,
            n_worlds=int(np.sum(counts.n_worlds)),
            n_zones=int(np.sum(counts.n_zones)),
            options=tuple(
                SolutionShare(*choice, ratio(counts.share[:, k, column], counts.n_zones, counts.n_worlds))
                for column, choice in enumerate(choices)
            ),
            gains=tuple(
                (scenario.parties[party].id, spread_of_some(counts.gain[:, k, place] / UNITS_PER_POINT))
                for place, party in enumerate(compiled.signatories)
            ),
            worth=tuple(
                (
                    scenario.parties[party].id,
                    float(np.mean(counts.gain[:, k, place] + counts.inside[:, place])) / UNITS_PER_POINT,
                )
                for place, party in enumerate(compiled.signatories)
            ),
        )
        for k, name in enumerate(questions.solutions)
    )
