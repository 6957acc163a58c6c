"""Zones of scenarios with too many outcomes to enumerate, found by merging the free issues into efficient sums.

Whether there is a zone, what blocks it and what solutions choose are as exact as by enumeration. Its size is not known,
and deals are chosen among efficient outcomes of a few worlds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from negsim.model.outcomes import Outcomes
from negsim.model.worlds import Worlds
from negsim.solutions.completions import complete
from negsim.solutions.frontier import efficient_points
from negsim.zone.compiled import Compiled
from negsim.zone.consent import Mask
from negsim.zone.settlements import signing_places
from negsim.zone.violations import Table, tables

__all__ = ["PILOT_ZONES", "candidate_deals", "cells_with_zone", "present_in_cells"]

PILOT_ZONES = 256
"""Worlds with a zone that put deals forward, the first ones."""

_PER_WORLD = 8
"""Efficient outcomes of its zone that a world puts forward as deals."""


def cells_with_zone(worlds: Worlds, compiled: Compiled) -> Mask:
    """Tell which cells hold some outcome of the zone in each world: bool array (world, cell).

    Raises
    ------
    ScenarioError
        If the free issues have too many efficient sums (NS418).
    """
    hit = np.zeros((worlds.n_worlds, compiled.structure.n_cells), np.bool_)
    for world, table in enumerate(tables(worlds, compiled.constraints, capped=compiled.merges)):
        hit[world, compiled.constraints.cells] = np.any(table.zone, axis=1)
    return hit


def candidate_deals(pilot: Iterable[Worlds], compiled: Compiled, n_zones: int = PILOT_ZONES) -> Outcomes:
    """Take from the zones of the first worlds some efficient outcomes, spread evenly over each frontier; each once.

    Parameters
    ----------
    pilot : iterable of Worlds
        Worlds with a zone.
    compiled : Compiled
    n_zones : int
        How many of them put deals forward, the first ones.
    """
    found: dict[tuple[int, ...], None] = {}
    left = n_zones
    for worlds in pilot:
        some = worlds.select(np.arange(worlds.n_worlds) < left)
        left -= some.n_worlds
        for table in tables(some, compiled.constraints, always=_always(compiled), capped=True):
            found |= dict.fromkeys(_spread_over_front(table))
    keys = np.array(list(found), np.intp).reshape(len(found), 1 + len(compiled.structure.free_issues))
    return Outcomes(keys[:, 0], keys[:, 1:])


def _always(compiled: Compiled) -> tuple[int, ...]:
    return () if compiled.consent.voters else signing_places(compiled)


def _spread_over_front(table: Table) -> Iterator[tuple[int, ...]]:
    cells, points = np.nonzero(table.zone)
    gains = table.gains(table.active, cells, points)
    front = efficient_points(gains)
    every = np.ones(len(gains), np.bool_)
    for k in np.unique(np.linspace(0, front.shape[1] - 1, _PER_WORLD).astype(np.intp)).tolist():
        place = np.flatnonzero(np.all(gains == front[:, [k]], axis=0))[0]
        ways = complete(table.merged, table.merged.front[:, points[place]], every)
        yield (int(table.constraints.cells[cells[place]]), *ways.first)


def present_in_cells(compiled: Compiled, hit: Mask) -> Mask:
    """Tell which choices of cell issues occur in cells that were hit, (world, choice); nothing of free issues."""
    structure = compiled.structure
    held = dict(zip(structure.cell_issues, structure.cell_marginals(hit), strict=True))
    none = [np.zeros((len(hit), issue.n_choices), np.bool_) for issue in structure.issues]
    return np.concatenate([held.get(k, none[k]) for k in range(len(structure.issues))], axis=1)
