"""What can happen in a world, by name, so that two scenarios can be compared event by event.

An event has a kind and the ids of what it is about: ``("zone",)``, ``("option", "land", "line")``. Two scenarios that
have an event of the same name in common are compared by it, world by world.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from negsim.model.draws import Draws
from negsim.model.worlds import Worlds
from negsim.scenario.types import Scenario
from negsim.zone.acceptance import accepts_choices
from negsim.zone.compiled import Compiled
from negsim.zone.kernel import find_zones

__all__ = ["SOURCES", "ZONE", "Event", "Source", "events_of", "names_of"]

Event = tuple[str, ...]
"""The kind of an event, then what it is about."""

ZONE: Event = ("zone",)
"""Some outcome is in the zone."""


@dataclass(frozen=True, slots=True)
class Source:
    """Some events: ``names`` of a scenario, and in which worlds they happen, (world, event), in that order."""

    names: Callable[[Scenario], tuple[Event, ...]]
    happen: Callable[[Compiled, Draws, Worlds], NDArray[np.bool_]]


def names_of(scenario: Scenario) -> tuple[Event, ...]:
    """Name all events of a scenario.

    Examples
    --------
    >>> from negsim.scenario import loads
    >>> scenario = loads('''
    ... negsim: 1
    ... id: one
    ... title: One
    ... issues: {land: {title: Land, options: [line]}}
    ... parties: {ann: {title: Ann, demands: {land: line}, no_deal: 40}}
    ... ''')
    >>> names_of(scenario)
    (('zone',), ('option', 'land', 'line'), ('acceptance', 'ann', 'land', 'line'))
    """
    return tuple(name for source in SOURCES for name in source.names(scenario))


def events_of(compiled: Compiled, draws: Draws, worlds: Worlds) -> NDArray[np.bool_]:
    """Tell which events happen in which worlds.

    Parameters
    ----------
    compiled : Compiled
    draws : Draws
    worlds : Worlds
        Built from these draws.

    Returns
    -------
    bool array (world, event)
        In the order of `names_of`.
    """
    return np.concatenate([source.happen(compiled, draws, worlds) for source in SOURCES], axis=1)


def _choices(scenario: Scenario) -> list[tuple[str, str]]:
    """List all choices of all issues in a row, as the arrays over choices have them."""
    return [(issue.id, option) for issue in scenario.issues for option in issue.choices]


def _names_of_zone(scenario: Scenario) -> tuple[Event, ...]:
    return (ZONE, *(("option", *choice) for choice in _choices(scenario)))


def _zone(compiled: Compiled, _: Draws, worlds: Worlds) -> NDArray[np.bool_]:
    found = find_zones(worlds, compiled.layout, compiled.consent)
    return np.column_stack([found.size > 0, found.present])


def _names_of_acceptances(scenario: Scenario) -> tuple[Event, ...]:
    return tuple(("acceptance", party.id, *choice) for party in scenario.parties for choice in _choices(scenario))


def _acceptances(compiled: Compiled, _: Draws, worlds: Worlds) -> NDArray[np.bool_]:
    parties = range(len(compiled.scenario.parties))
    accepted = [accepts_choices(worlds, party) for party in parties]
    return np.concatenate([np.zeros((worlds.n_worlds, 0), np.bool_), *accepted], axis=1)


SOURCES: tuple[Source, ...] = (
    Source(_names_of_zone, _zone),
    Source(_names_of_acceptances, _acceptances),
)
"""All that is compared. A further source needs nothing but a line here, and words in the report for its kinds."""
