"""The frontier of some parties in one world: its points, an outcome behind each, and what solutions choose there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.errors import ScenarioError
from negsim.model.outcomes import Outcomes, spell
from negsim.model.sampling import BLOCK
from negsim.model.values import UNITS_PER_POINT
from negsim.model.worlds import Worlds
from negsim.solutions.completions import Completions, complete
from negsim.solutions.table import SOLUTIONS
from negsim.zone.compiled import Compiled
from negsim.zone.frontiers_merging import efficient_cells, efficient_pairs, merged_or_refused
from negsim.zone.frontiers_result import FrontierPoint, LineInWorld, SolutionChoice, SolutionPoint, WorldFrontier
from negsim.zone.frontiers_zone import Outcome, zone_of
from negsim.zone.questions import Questions
from negsim.zone.settlements import choose, signing_places, zone_front
from negsim.zone.violations import Table, tables

__all__ = ["MOST_POINTS", "world_frontier"]

MOST_POINTS = 10_000
"""The most points of a frontier that are told, those of solutions apart."""

Points = NDArray[np.float64]

Chosen = Mapping[str, list[list[float]]]
"""By solution, the points of gains that it chooses: (point, signatory), in units."""


def world_frontier(compiled: Compiled, parties: Sequence[int], world: int, questions: Questions) -> WorldFrontier:
    """Find the frontier of some parties in one world.

    Raises
    ------
    UsageError
        If it has too many points.
    """
    worlds = _only(compiled, world)
    behind = _Behind(compiled, worlds, parties)
    table = _table(compiled, worlds)
    chosen = {} if table is None else _chosen(compiled, table, questions)
    number = _numbers(compiled, parties, behind.gain, chosen)
    return WorldFrontier(
        world=world,
        no_deal=tuple(
            (party.id, float(units[0]) / UNITS_PER_POINT)
            for party, units in zip(compiled.scenario.actors, worlds.no_deal, strict=True)
        ),
        lines=tuple(
            LineInWorld(party.id, line.id, bool(real))
            for party, lines in zip(compiled.scenario.actors, worlds.real, strict=True)
            for line, real in zip(party.red_lines, lines[0], strict=True)
        ),
        n_points=behind.gain.shape[1],
        points=tuple(behind.points(list(number.values()))),
        has_zone=None if table is None else bool(np.any(table.zone)),
        solutions=_solutions(compiled, parties, chosen, {gain: k for k, gain in enumerate(number, start=1)}),
    )


def _only(compiled: Compiled, world: int) -> Worlds:
    """Draw one world."""
    block, place = divmod(world, BLOCK)
    return compiled.worlds(block, place + 1).select(np.arange(place + 1) == place)


def _table(compiled: Compiled, worlds: Worlds) -> Table | None:
    """Lay out the world for all who must agree; None if that takes too many efficient sums."""
    signing = signing_places(compiled)
    try:
        (table,) = tables(worlds, compiled.constraints, always=signing, capped=True)
    except ScenarioError:
        return None
    return table


def _chosen(compiled: Compiled, table: Table, questions: Questions) -> Chosen:
    """Find what each solution chooses; nothing without a zone, or under a quorum."""
    if compiled.consent.voters or not np.any(table.inside):
        return {}
    front = zone_front(table, signing_places(compiled))
    found = choose(compiled, front, questions, table.spare(signing_places(compiled)))
    return {name: front[:, points].T.tolist() for name, points in found.items()}


def _of_parties(compiled: Compiled, parties: Sequence[int], gain: Sequence[float]) -> tuple[float, ...]:
    """Take from gains of signatories those of some parties; nothing if one of them does not sign."""
    if not set(parties) <= set(compiled.signatories):
        return ()
    return tuple(gain[compiled.signatories.index(party)] for party in parties)


def _numbers(compiled: Compiled, parties: Sequence[int], gain: Points, chosen: Chosen) -> dict[tuple[float, ...], int]:
    """Choose the points to tell, those of solutions among them: the place of each among all, by its gains."""
    n_points = gain.shape[1]
    of_solutions = {_of_parties(compiled, parties, one) for points in chosen.values() for one in points}
    spread = set(np.linspace(0, n_points - 1, min(n_points, MOST_POINTS)).astype(np.intp).tolist())
    every = [tuple(point) for point in gain.T.tolist()]
    return {point: place for place, point in enumerate(every) if place in spread or point in of_solutions}


def _solutions(
    compiled: Compiled, parties: Sequence[int], chosen: Chosen, number: Mapping[tuple[float, ...], int]
) -> tuple[SolutionChoice, ...]:
    names = [compiled.scenario.parties[party].id for party in compiled.signatories]
    return tuple(
        SolutionChoice(
            name,
            SOLUTIONS[name].title,
            SOLUTIONS[name].compares_points,
            tuple(
                SolutionPoint(
                    tuple((party, units / UNITS_PER_POINT) for party, units in zip(names, gain, strict=True)),
                    number.get(_of_parties(compiled, parties, gain)),
                )
                for gain in points
            ),
        )
        for name, points in chosen.items()
    )


class _Behind:
    """A frontier and the outcomes behind its points. Free issues are merged last first, to find first outcomes."""

    def __init__(self, compiled: Compiled, worlds: Worlds, parties: Sequence[int]) -> None:
        self._compiled = compiled
        (self._cells,) = efficient_cells(worlds, parties)
        self._merged = merged_or_refused(worlds.free_values(parties, 0)[::-1], len(parties))
        self._pairs = efficient_pairs(self._cells, self._merged.front)
        self._zone = zone_of(compiled, worlds, parties, self._cells)
        self._no_deal = [float(worlds.no_deal[party][0]) for party in parties]
        self._ways: dict[int, Completions] = {}

    @property
    def gain(self) -> Points:
        """All points of the frontier, in units over no deal: (party, point)."""
        return self._pairs.gain

    def points(self, places: Sequence[int]) -> Iterator[FrontierPoint]:
        """Describe some points, by their places."""
        order = np.argsort(self._pairs.point, kind="stable")
        bounds = np.searchsorted(self._pairs.point[order], np.arange(self.gain.shape[1] + 1))
        for place in places:
            pairs = [
                (int(self._pairs.kind[k]), int(self._pairs.sum[k])) for k in order[bounds[place] : bounds[place + 1]]
            ]
            inside = self._in_zone(pairs)
            gain = self.gain[:, place].tolist()
            yield FrontierPoint(
                utility=tuple((one + least) / UNITS_PER_POINT for one, least in zip(gain, self._no_deal, strict=True)),
                gain=tuple(one / UNITS_PER_POINT for one in gain),
                in_zone=None if self._zone is None else inside is not None,
                n_outcomes=sum(len(self._cells.members[kind]) * self._all(one).n_combinations for kind, one in pairs),
                options=self._spelled(self._first(pairs) if inside is None else inside),
            )

    def _all(self, place: int) -> Completions:
        """Find all combinations of free issues behind an efficient sum, once."""
        if place not in self._ways:
            target = self._merged.front[:, place]
            self._ways[place] = complete(self._merged, target, np.ones(len(target), np.bool_))
        return self._ways[place]

    def _first(self, pairs: Sequence[tuple[int, int]]) -> Outcome:
        """Find the outcome that is first in declared order; among cells of a kind that is always the first."""
        found = [(int(self._cells.members[kind][0]), self._all(one).first[::-1]) for kind, one in pairs]
        return min(found, key=lambda outcome: self._choices(outcome).tolist())

    def _in_zone(self, pairs: Sequence[tuple[int, int]]) -> Outcome | None:
        """Find an outcome in the zone, if there is one and that is known."""
        if self._zone is None:
            return None
        found = (self._zone.find(kind, self._merged.front[:, one]) for kind, one in pairs)
        return next((outcome for outcome in found if outcome is not None), None)

    def _choices(self, outcome: Outcome) -> NDArray[np.intp]:
        cell, free = outcome
        return self._compiled.structure.choices_of(Outcomes(np.array([cell]), np.array([free], np.intp)))[0]

    def _spelled(self, outcome: Outcome) -> tuple[tuple[str, str], ...]:
        return spell(self._compiled.scenario, self._choices(outcome))
