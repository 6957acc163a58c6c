"""How things stand on a day of the calendar: quantities as events have left them, and the arrays that follow."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.model.draws import Draws
from negsim.model.rebuilding import rebuild_worlds, take_in_earnest, touched_between
from negsim.model.worlds import Worlds, build_worlds
from negsim.records import dataclass
from negsim.scenario.types import Scenario
from negsim.talks.course import Course

__all__ = ["Standing", "stand_on"]

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
