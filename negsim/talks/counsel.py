"""What a mediator says of a red line, and when it is believed."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from negsim.bargaining.arena import Arena
from negsim.bargaining.beliefs import Belief
from negsim.model.values import UNITS_PER_POINT
from negsim.scenario.talks import Counsel
from negsim.talks.course import Course
from negsim.talks.plan import Meeting

__all__ = ["gain_from_pressing", "hear_counsel", "is_believed"]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


def is_believed(bias: ArrayLike, gain: ArrayLike, war_cost: ArrayLike, p_war: ArrayLike) -> Mask:
    """Tell whether a mediator that counsels restraint is believed: bias · gain > war_cost · p_war.

    A mediator that only wants peace says that the other side is resolved whether it is or not. It is believed by the
    party on whose side it is, as it would have it press on a bluff: what it gains by that is more than what it fears of
    war.

    Parameters
    ----------
    bias : array_like
        How much of the hearer's gain is a gain to the mediator, as a share: above 0 on its side, 0 unbiased.
    gain : array_like
        What the hearer gains by pressing on a bluff, in points.
    war_cost : array_like
        What a war costs the mediator, in points.
    p_war : array_like
        How likely war is if the hearer presses, as it thinks.

    Returns
    -------
    bool array

    References
    ----------
    Kydd (2003), American Journal of Political Science 47, 597-611.

    Examples
    --------
    >>> is_believed([0, 0.5], 10, 4, 0.6)
    array([False,  True])
    """
    return np.asarray(np.multiply(bias, gain) > np.multiply(war_cost, p_war))


def gain_from_pressing(gain: NDArray[np.float32], crosses: Mask, line: int) -> Array:
    """Give what a party would gain by deals that cross a red line of others and no other, over those that cross none.

    Parameters
    ----------
    gain : float32 array (row, deal)
        In units.
    crosses : bool array (line, deal)
        All lines of all others.
    line : int

    Returns
    -------
    float64 array (row,)
        In points, at least 0; no deal counts as 0.
    """
    within = ~np.any(np.delete(crosses, line, axis=0), axis=0)
    safe, pressed = (
        np.maximum(np.max(gain[:, where], axis=1, initial=0.0), 0.0) for where in (within & ~crosses[line], within)
    )
    return np.asarray((pressed - safe).astype(np.float64) / UNITS_PER_POINT)


def hear_counsel(course: Course, meeting: Meeting, arena: Arena) -> bool:
    """Let parties hear, before they talk, what mediators have said since the session before; tell whether any did."""
    due = [
        counsel
        for counsel in course.plan.talks.counsel
        if counsel.id not in course.heard and _is_due(course, counsel, meeting)
    ]
    for counsel in due:
        course.heard.add(counsel.id)
        _hear(course, counsel, meeting, arena)
    return bool(due)


def _is_due(course: Course, counsel: Counsel, meeting: Meeting) -> bool:
    if counsel.date is not None:
        return course.plan.day_of(counsel.date, 0) <= meeting.day
    # At a session at which no settlement is reached it is told all the same, and counts from the next one on.
    told = next(k for k, one in enumerate(course.plan.meetings) if one.session.id == counsel.session)
    return told <= course.plan.meetings.index(meeting)


def _hear(course: Course, counsel: Counsel, meeting: Meeting, arena: Arena) -> None:
    talk, order = course.talk, course.plan.order
    assert talk is not None
    owner, line = counsel.line[1], counsel.line[3]
    party = next(one for one in course.plan.scenario.parties if one.id == owner)
    hears, speaks = order.index(counsel.hears), order.index(owner)
    number = [one.id for one in party.red_lines].index(line)
    others = [k for k in range(len(order)) if k != hears]
    crosses = np.concatenate([arena.seats[k].crosses for k in others])
    before = sum(len(arena.seats[k].crosses) for k in others[: others.index(speaks)])
    gain = gain_from_pressing(arena.seats[hears].gain, crosses, before + number)[arena.row[talk.world]]
    root = ("talks", "counsel", counsel.id)
    bias, cost = (course.changing.value((*root, name), meeting.day)[talk.world] for name in ("bias", "war_cost"))
    belief = talk.beliefs[speaks]
    believed = is_believed(bias, gain, cost, belief.real[:, number])
    real = belief.real.copy()
    real[believed, number] = arena.seats[speaks].real[talk.world[believed], number]
    beliefs = list(talk.beliefs)
    beliefs[speaks] = Belief(belief.weight, real, belief.serious)
    talk.believe(beliefs)
    heard = np.zeros(course.n_worlds, np.intp)
    heard[talk.world] = 1
    taken = np.zeros(course.n_worlds, np.bool_)
    taken[talk.world] = believed
    is_real = arena.seats[speaks].real[:, number]

    def said(world: int) -> str:
        return _said(believed=bool(taken[world]), real=bool(is_real[world]))

    course.tell(meeting.day, "counsel", counsel.id, heard, said)


def _said(*, believed: bool, real: bool) -> str:
    if not believed:
        return "it is not believed, as it would say that the line is real in any case"
    return f"it says that the line is {'real' if real else 'a bluff'}, and is believed"
