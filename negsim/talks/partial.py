"""Settling an issue early: where it pays for each, or whatever each wants in return, it may be agreed by itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.errors import Path
from negsim.model.values import UNITS_PER_POINT
from negsim.scenario.talks import PartialAgreement
from negsim.talks.course import Course
from negsim.talks.happenings import Schedule, follow
from negsim.talks.plan import Meeting
from negsim.talks.standing import Standing

__all__ = ["conclude_partials"]

Mask = NDArray[np.bool_]


def conclude_partials(course: Course, meeting: Meeting, standing: Standing, where: Mask, schedule: Schedule) -> None:
    """Conclude what can be concluded at a session, one partial agreement after the other as declared.

    Parameters
    ----------
    course : Course
    meeting : Meeting
    standing : Standing
        How things stand there.
    where : bool array (world,)
        Where there was such a session, and its sides spoke of the same things.
    schedule : callable
        Has what comes after happen on a later day.
    """
    for place, partial in enumerate(course.plan.talks.partial_agreements):
        named = not partial.sessions or meeting.session.id in partial.sessions
        if named and meeting.may_settle(partial.issue):
            _conclude(course, place, meeting, standing, where & course.alive, schedule)


def _conclude(  # which, where and how things stand there
    course: Course, place: int, meeting: Meeting, standing: Standing, where: Mask, schedule: Schedule
) -> None:
    partial = course.plan.talks.partial_agreements[place]
    root: Path = ("talks", "partial_agreements", partial.id)
    # What is settled is settled, by whichever agreement.
    open_still = where & (course.settled.get(partial.issue, np.full(course.n_worlds, -1)) < 0)
    possible = open_still & _pays(course, partial, root, standing)
    chance = np.where(possible, course.chance(root, partial, meeting.day), 0.0)
    agreed = course.steps(*root, "agreed", meeting.session.id, str(meeting.number)) < chance
    agreed = _as_seen(course, partial, meeting, chance, agreed, open_still)
    if not np.any(agreed):
        return
    course.concluded[agreed, place] = meeting.day
    issue = next(issue for issue in course.plan.scenario.issues if issue.id == partial.issue)
    held = course.settled.get(issue.id, np.full(course.n_worlds, -1))
    course.settled = course.settled | {issue.id: np.where(agreed, issue.options.index(partial.to), held)}
    times = agreed.astype(np.intp)
    course.look(meeting.day, [effect.path for effect in partial.effects])
    course.changing.strike(root, partial.effects, meeting.day, times)
    course.tell(meeting.day, "partial_agreement", partial.id, times)
    follow(course, partial.id, meeting.day, times, schedule)


def _as_seen(
    course: Course, partial: PartialAgreement, meeting: Meeting, chance: NDArray[np.float64], agreed: Mask, where: Mask
) -> Mask:
    """Let it come about as it was seen to, where it is still open: weigh worlds by how likely that was."""
    seen = course.plan.seen_of_partial(partial)
    if seen is None or meeting.day > course.plan.now:
        return agreed
    with np.errstate(divide="ignore"):
        if seen.at == meeting.session.id:
            course.weigh(seen.id, np.log(chance))
            return where
        course.weigh(seen.id, np.log1p(-chance))
    return np.zeros_like(agreed)


def _pays(course: Course, partial: PartialAgreement, root: Path, standing: Standing) -> Mask:
    """Tell where each signatory gains by it as much as it wants in return: (world,)."""
    scenario = course.plan.scenario
    issue = next(place for place, one in enumerate(scenario.issues) if one.id == partial.issue)
    free = standing.wishes.structure.free_issues.index(issue)
    options = scenario.issues[issue].options
    to, held = options.index(partial.to), options.index(partial.instead_of)
    asked = dict(partial.in_return)
    pays = np.ones(course.n_worlds, np.bool_)
    for k, party in enumerate(scenario.parties):
        if party.id in course.plan.order:
            value = standing.wishes.free_value[k][free]
            wanted = course.changing.value((*root, "in_return", party.id), standing.day) if party.id in asked else 0.0
            pays &= (value[:, to] - value[:, held]) / UNITS_PER_POINT >= wanted
    return pays
