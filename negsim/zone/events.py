"""What can happen in a world, by name, so that two scenarios can be compared event by event.

An event has a kind and the ids of what it is about: ``("zone",)``, ``("option", "land", "line")``. Two scenarios that
have an event of the same name in common are compared by it, world by world.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from negsim.model.draws import Draws
from negsim.model.values import UNITS_PER_POINT
from negsim.model.worlds import Worlds
from negsim.records import dataclass
from negsim.scenario.types import Scenario
from negsim.zone.acceptance import accepts_choices
from negsim.zone.blocks import Names, line_costs
from negsim.zone.compiled import Compiled
from negsim.zone.existence import zone_exists
from negsim.zone.kernel import find_zones
from negsim.zone.merged import cells_with_zone, present_in_cells
from negsim.zone.questions import USUAL
from negsim.zone.violations import tables, what_blocks

__all__ = ["BLOCK_KINDS", "SOURCES", "ZONE", "Event", "Source", "events_of", "names_of"]

Event = tuple[str, ...]
"""The kind of an event, then what it is about."""

ZONE: Event = ("zone",)
"""Some outcome is in the zone."""


@dataclass(frozen=True, slots=True)
class Source:
    """Some events: ``names`` for a scenario, and in which worlds they happen, (world, event), in that order."""

    names: Callable[[Compiled], tuple[Event, ...]]
    happen: Callable[[Compiled, Draws, Worlds], NDArray[np.bool_]]


def names_of(compiled: Compiled) -> tuple[Event, ...]:
    """Name all events of a compiled scenario.

    Examples
    --------
    >>> from negsim.scenario import loads
    >>> from negsim.zone.compiled import compile_scenario
    >>> scenario = loads('''
    ... negsim: 1
    ... id: one
    ... title: One
    ... issues: {land: {title: Land, options: [line]}}
    ... parties: {ann: {title: Ann, demands: {land: line}, no_deal: 40}}
    ... ''')
    >>> names_of(compile_scenario(scenario, 0, "lhs"))
    (('zone',), ('option', 'land', 'line'), ('acceptance', 'ann', 'land', 'line'), ('no_deal', 'ann'))
    """
    return tuple(name for source in SOURCES for name in source.names(compiled))


def events_of(compiled: Compiled, draws: Draws, worlds: Worlds, *, asks_blocks: bool = True) -> NDArray[np.bool_]:
    """Tell which events happen in which worlds.

    Parameters
    ----------
    compiled : Compiled
    draws : Draws
    worlds : Worlds
        Built from these draws.
    asks_blocks : bool
        Whether to look for what blocks; without it none of those events happens.

    Returns
    -------
    bool array (world, event)
        In the order of `names_of`.
    """
    sources = [source for source in SOURCES if asks_blocks or source is not BLOCKS]
    happened = [source.happen(compiled, draws, worlds) for source in sources]
    if not asks_blocks:
        happened.append(np.zeros((worlds.n_worlds, len(BLOCKS.names(compiled))), np.bool_))
    return np.concatenate(happened, axis=1)


def _choices(scenario: Scenario) -> list[tuple[str, str]]:
    """List all choices of all issues in a row, as the arrays over choices have them."""
    return [(issue.id, option) for issue in scenario.issues for option in issue.choices]


def _names_of_zone(compiled: Compiled) -> tuple[Event, ...]:
    choices = np.array(_choices(compiled.scenario), np.object_)[_known(compiled)]
    return (ZONE, *(("option", issue, option) for issue, option in choices.tolist()))


def _known(compiled: Compiled) -> NDArray[np.bool_]:
    """Tell of which choices it is known whether they occur in a zone: of all, or, of merged issues, of none."""
    structure = compiled.structure
    return np.concatenate(
        [
            np.full(issue.n_choices, not compiled.merges or k in structure.cell_issues)
            for k, issue in enumerate(structure.issues)
        ]
    )


def _zone(compiled: Compiled, _: Draws, worlds: Worlds) -> NDArray[np.bool_]:
    if compiled.merges:
        hit = cells_with_zone(worlds, compiled)
        return np.column_stack([np.any(hit, axis=1), present_in_cells(compiled, hit)[:, _known(compiled)]])
    found = find_zones(worlds, compiled.layout, compiled.joint)
    return np.column_stack([found.size > 0, found.present])


def _names_of_acceptances(compiled: Compiled) -> tuple[Event, ...]:
    scenario = compiled.scenario
    return tuple(("acceptance", party.id, *choice) for party in scenario.actors for choice in _choices(scenario))


def _acceptances(compiled: Compiled, _: Draws, worlds: Worlds) -> NDArray[np.bool_]:
    parties = range(len(compiled.scenario.actors))
    accepted = [accepts_choices(worlds, party) for party in parties]
    return np.concatenate([np.zeros((worlds.n_worlds, 0), np.bool_), *accepted], axis=1)


def _names_of_blocks(compiled: Compiled) -> tuple[Event, ...]:
    if not compiled.constraints.has_few_ways:
        return ()
    scenario = compiled.scenario
    lines = [("red_line", party.id, line.id) for party in scenario.actors for line in party.red_lines]
    return (*lines, *(("no_deal", actor.id) for actor in scenario.actors if not actor.by_lines_alone))


def _blocks(compiled: Compiled, _: Draws, worlds: Worlds) -> NDArray[np.bool_]:
    """Tell where a red line, or so many points of a no-deal value, alone keeps a world from having a zone."""
    stuck = ~zone_exists(compiled, worlds)
    left = worlds.select(stuck)
    names = {name: column for column, name in enumerate(_names_of_blocks(compiled))}
    alone = np.zeros((worlds.n_worlds, len(names)), np.bool_)
    laid_out = tables(left, compiled.constraints, capped=compiled.merges)
    named = Names.of(compiled.constraints, compiled.scenario)
    costs = line_costs(left, compiled.constraints)
    for world, table, cost in zip(np.flatnonzero(stuck), laid_out, costs, strict=True):
        blocked = what_blocks(table, cost)
        for bit, line in enumerate(named.lines):
            alone[world, names["red_line", *line]] = blocked.opens(bit)
        for place, party in enumerate(named.parties):
            if ("no_deal", party) not in names:
                continue
            units = blocked.points_alone(compiled.constraints.no_deal(place))
            alone[world, names["no_deal", party]] = units <= USUAL.points * UNITS_PER_POINT
    return alone


BLOCK_KINDS = ("red_line", "no_deal")
"""Kinds of events that take a table of violations for each world, and so are looked for in the first worlds only."""

BLOCKS = Source(_names_of_blocks, _blocks)

SOURCES: tuple[Source, ...] = (
    Source(_names_of_zone, _zone),
    Source(_names_of_acceptances, _acceptances),
    BLOCKS,
)
"""All that is compared. A further source needs nothing but a line here, and words in the report for its kinds."""
