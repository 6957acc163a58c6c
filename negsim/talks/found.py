"""What is found in single worlds, before it is summed up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.stops import Stop
from negsim.records import dataclass
from negsim.scenario.inventory import bluffable_lines, coin_path, list_quantities, serious_path
from negsim.scenario.quantities import is_uncertain
from negsim.scenario.types import Scenario
from negsim.talks.course import Course

__all__ = ["Found", "found_of", "watched_paths"]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Count = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Found:
    """How the calendar went in some worlds; the fields are those of `Course`, but for these.

    ``stop`` gives the reason for every end. ``seen`` (world, observation) are log-likelihoods. ``choice`` (world,
    issue) are the options of what was agreed, of issues that were settled early as they were settled. ``extended``
    tells where a deadline was put off. ``drawn`` (world, path) are the quantities of `watched_paths` as drawn.
    """

    stop: NDArray[np.int8]
    ended: Count
    ever: Mask
    covered: Mask
    gain: Array
    choice: Count
    extended: Mask
    seen: Array
    agreed_at: Count
    held: Mask
    went_on: Mask
    mismatch: Mask
    zone: Mask
    serious: Mask
    believed: NDArray[np.float32]
    struck: Count
    concluded: Count
    drawn: NDArray[np.float32]


def watched_paths(scenario: Scenario) -> tuple[tuple[str, ...], ...]:
    """Name all that is uncertain of a scenario and that observations can tell about: quantities, then coins."""
    quantities = [
        item.path
        for item in list_quantities(scenario)
        if is_uncertain(item.quantity) and item.path[:2] != ("talks", "what_if")
    ]
    actors = {actor.id: actor for actor in scenario.actors}
    lines = [coin_path(actors[actor], line) for actor, line in bluffable_lines(scenario)]
    serious = [serious_path(party) for party in scenario.parties if party.good_faith is not None]
    return (*quantities, *lines, *serious)


def found_of(course: Course) -> Found:
    """Take from a course that is over what is to be summed up."""
    return Found(
        stop=_reasons(course),
        ended=course.ended,
        ever=course.ever,
        covered=course.covered,
        gain=course.gain,
        choice=_choices(course),
        extended=course.put_off > 0,
        seen=np.ascontiguousarray(course.log_weight.T),
        agreed_at=course.agreed_at,
        held=course.held,
        went_on=course.went_on,
        mismatch=course.mismatch,
        zone=course.zone,
        serious=course.serious,
        believed=course.believed,
        struck=course.struck,
        concluded=course.concluded,
        drawn=_drawn(course),
    )


def _reasons(course: Course) -> NDArray[np.int8]:
    """Say why talks ended, with what those at the table do not know, as `negsim.bargaining.judging.reasons` does."""
    stop = course.stop.copy()
    late = np.isin(stop, (Stop.DEADLINE, Stop.STANDSTILL))
    settling = [meeting.n_rounds > 0 for meeting in course.plan.meetings]
    for reason, where in (
        (Stop.NOT_HELD, ~np.any(course.held[:, settling], axis=1)),
        (Stop.BAD_FAITH, ~course.earnest),
        (Stop.NO_ZONE, ~course.ever),
        (Stop.RED_LINE, course.crossed),
    ):
        stop[late & where] = reason
        late &= ~where
    return stop


def _choices(course: Course) -> Count:
    """Spell out what was agreed, -1 where nothing was: (world, issue)."""
    table, agreed = course.setting.table, course.stop == Stop.AGREED
    choice = np.where(agreed[:, None], table.choices[course.deal], -1)
    for k, issue in enumerate(table.compiled.scenario.issues):
        if issue.id in course.settled:
            settled = course.settled[issue.id]
            choice[:, k] = np.where(agreed & (settled >= 0), settled, choice[:, k])
    return choice


def _drawn(course: Course) -> NDArray[np.float32]:
    draws, scenario = course.changing.draws, course.plan.scenario
    columns = []
    for path in watched_paths(scenario):
        if path in draws.quantity:
            columns.append(draws.quantity[path])
        elif path[-1] == "serious":
            columns.append(draws.serious[path[1]].astype(np.float64))
        else:
            columns.append(draws.real[_actor_of(scenario, path), path[-2]].astype(np.float64))
    return np.array(columns, np.float32).reshape(len(columns), course.n_worlds).T.copy()


def _actor_of(scenario: Scenario, path: tuple[str, ...]) -> str:
    """Name the actor whose coin lies at a path."""
    return next(actor.id for actor in scenario.actors if (*actor.path, *path[-3:]) == path)
