"""Where there is a zone on the day of a session, and where a deal that can come up is in it.

Most of the work is to look through all outcomes; so worlds are left out first in which somebody who has to sign is not
serious, then those in which real red lines alone leave nothing, and those in which one of the deals on the table is in
the zone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena
from negsim.talks.course import Course
from negsim.talks.standing import Standing, stand_on
from negsim.zone.acceptance import accepts_outcomes
from negsim.zone.counting import in_zone
from negsim.zone.existence import zone_exists

__all__ = ["note_zone", "note_zone_without_session"]

Mask = NDArray[np.bool_]


def note_zone(course: Course, place: int, standing: Standing, arena: Arena | None) -> None:
    """Write down where there is a zone at a meeting, given the table of its settlement if there is one."""
    compiled = course.setting.table.compiled
    possible = course.alive & _signs(course, standing)
    covered = np.zeros(course.n_worlds, np.bool_)
    if arena is not None and not compiled.consent.voters:
        covered[possible] = _on_the_table(course, standing, arena, possible)
    zone, left = covered.copy(), possible & ~covered
    if np.any(left):
        left &= _lines_leave_something(course, standing)
    if np.any(left):
        zone[left] = zone_exists(compiled, standing.in_earnest(compiled.scenario, left))
    if np.any(zone & ~covered):
        covered |= _looked_up(course, standing, zone & ~covered)
    course.zone[:, place] = zone
    course.ever |= zone
    course.covered |= covered


def note_zone_without_session(course: Course, where: Mask, day: int) -> None:
    """Write down where there is a zone on the day on which talks end, (world,), of worlds in which none was held."""
    never_met = where & course.alive & ~np.any(course.held, axis=1)
    if np.any(never_met):
        standing = stand_on(course, day)
        possible = never_met & _signs(course, standing)
        if np.any(possible):
            compiled = course.setting.table.compiled
            course.ever[possible] = zone_exists(compiled, standing.in_earnest(compiled.scenario, possible))


def _signs(course: Course, standing: Standing) -> Mask:
    """Tell where everybody is serious without whose signature there is no agreement: (world,)."""
    compiled = course.setting.table.compiled
    signs = np.ones(course.n_worlds, np.bool_)
    for k in course.setting.table.order:
        party = compiled.scenario.parties[k].id
        if k in compiled.consent.required and party in standing.draws.serious:
            signs &= standing.draws.serious[party]
    return signs


def _lines_leave_something(course: Course, standing: Standing) -> Mask:
    """Tell where some cell crosses no real red line of anybody whose consent it needs: (world,); all under a quorum."""
    compiled, wishes = course.setting.table.compiled, standing.wishes
    if compiled.consent.voters:
        return np.ones(course.n_worlds, np.bool_)
    real = [wishes.real[k] for k in compiled.consent.required]
    if course.room is None or not all(map(np.array_equal, real, course.room[0])):
        open_still = np.ones((course.n_worlds, compiled.structure.n_cells), np.bool_)
        for k in compiled.consent.required:
            open_still &= ~(wishes.crosses_real(k, slice(None)) & compiled.structure.parties[k].needed)
        course.room = real, np.any(open_still, axis=1)
    return course.room[1]


def _on_the_table(course: Course, standing: Standing, arena: Arena, where: Mask) -> Mask:
    """Tell in which of some worlds, those marked (world,), all who must agree accept one of the deals on the table."""
    table, wishes = course.setting.table, standing.wishes
    compiled, row = table.compiled, arena.row[where]
    suits = np.ones((len(row), len(table.deals)), np.bool_)
    for k in arena.required:
        suits &= arena.seats[k].gain[row] >= 0
    if arena.open is not None:
        suits &= arena.open[row]
    for k in compiled.consent.required:
        if k >= len(compiled.scenario.parties):
            # Whoever ratifies by red lines alone looks at nothing else.
            by_lines = compiled.scenario.actors[k].by_lines_alone
            accepts = (
                ~wishes.crosses_real(k, table.deals.cell) if by_lines else accepts_outcomes(wishes, k, table.deals)
            )
            suits &= accepts[where] | ~compiled.structure.parties[k].needed[table.deals.cell]
    return np.any(suits, axis=1)


def _looked_up(course: Course, standing: Standing, where: Mask) -> Mask:
    """Tell in which of some worlds, those marked (world,), a deal that can come up is in the zone: (world,)."""
    table = course.setting.table
    found = np.zeros(len(where), np.bool_)
    worlds = standing.in_earnest(course.plan.scenario, where)
    found[where] = np.any(in_zone(worlds, table.compiled, table.deals), axis=1)
    return found
