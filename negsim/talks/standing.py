"""How things stand on a day of the calendar: quantities as events have left them, and the arrays that follow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from negsim.model.draws import Draws
from negsim.model.rebuilding import rebuild_worlds, take_in_earnest, touched_between
from negsim.model.worlds import Worlds, build_worlds
from negsim.scenario.types import Scenario
from negsim.talks.course import Course
from negsim.zone.existence import zone_exists

__all__ = ["Standing", "has_zone", "stand_on"]

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Standing:
    """The worlds of a course on a day, by quantities as they are then and by what everybody wants."""

    day: int
    draws: Draws
    wishes: Worlds

    def in_earnest(self, scenario: Scenario, where: Mask) -> Worlds:
        """Pick some worlds, those marked (world,), in which who is not serious takes nothing."""
        serious = {party: mask[where] for party, mask in self.draws.serious.items()}
        return take_in_earnest(scenario, self.wishes.select(where), serious)


def stand_on(course: Course, day: int) -> Standing:
    """Derive the arrays of a day from what has changed up to it."""
    compiled = course.setting.table.compiled
    scenario, structure = compiled.scenario, compiled.structure
    draws = course.draws_on(day)
    if course.last is None:
        wishes = build_worlds(scenario, structure, draws)
    else:
        # From one session to the next little changes; what settles an issue changes much, but once.
        before, worlds = course.last
        touched = touched_between(before, draws)
        wishes = rebuild_worlds(scenario, structure, draws, worlds, touched) if touched else worlds
    course.last = draws, wishes
    return Standing(day, draws, wishes)


def has_zone(course: Course, standing: Standing, where: Mask) -> Mask:
    """Tell which of some worlds, those marked (world,), have a zone; no other has one here."""
    compiled = course.setting.table.compiled
    # Who has to sign and is not serious signs nothing: most of the work is saved.
    possible = where.copy()
    for party in course.plan.order:
        if party in standing.draws.serious and _is_needed(course, party):
            possible &= standing.draws.serious[party]
    found = np.zeros(len(where), np.bool_)
    if np.any(possible):
        found[possible] = zone_exists(compiled, standing.in_earnest(compiled.scenario, possible))
    return found


def _is_needed(course: Course, party: str) -> bool:
    """Tell whether there is no agreement without a signatory."""
    compiled = course.setting.table.compiled
    place = [one.id for one in compiled.scenario.parties].index(party)
    return place in compiled.consent.required
