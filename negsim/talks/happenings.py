"""What events do: to quantities, to what sides in a war believe, and to each other."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from negsim.errors import Path
from negsim.model.no_deal import win_probability
from negsim.scenario.no_deal import WarValue
from negsim.scenario.talks import Event
from negsim.talks.arrivals import times_in
from negsim.talks.course import Course

__all__ = ["Schedule", "follow", "strike"]

Count = NDArray[np.intp]

Schedule = Callable[[Event, int, Count, str], None]
"""Have an event happen on a later day, so many times in each world; the word says of what kind that is."""


def strike(course: Course, event: Event, day: int, times: Count, schedule: Schedule, kind: str = "event") -> None:
    """Let an event happen on a day, so many times (world,) unless chance spares it."""
    root: Path = ("talks", "events", event.id)
    times = _struck(course, event, root, day, times) * course.alive
    if not np.any(times):
        return
    course.look(day, _changed_by(course, event))
    course.changing.strike(root, event.effects, day, times)
    course.struck[:, [one.id for one in course.plan.talks.events].index(event.id)] += times
    if event.battle:
        _fight(course, event, root, day, times)
    course.tell(day, kind, event.id, times)
    follow(course, event.id, day, times, schedule)


def _struck(course: Course, event: Event, root: Path, day: int, times: Count) -> Count:
    """Say how often an event that may happen does: as it was seen, or as chance has it."""
    seen = course.plan.observation_of(event)
    chance = course.chance(root, event, day)
    if seen is None or seen.count is not None:
        return times_in(times, chance, course.steps, (*root, "happens"), day)
    with np.errstate(divide="ignore"):
        course.weigh(seen.id, np.log(chance) if seen.happened else np.log1p(-chance))
    return times if seen.happened else np.zeros_like(times)


def _changed_by(course: Course, event: Event) -> tuple[Path, ...]:
    """List the quantities that an event changes."""
    paths = [effect.path for effect in event.effects]
    if event.battle:
        paths += [(*path, name) for path, _ in _fighters(course) for name in ("a", "b")]
    return tuple(paths)


def _fighters(course: Course) -> list[tuple[Path, WarValue]]:
    """List whoever has a belief about winning the war: the path of the belief, and the value of war it is part of."""
    return [
        ((*actor.path, "no_deal", "war", "belief"), actor.no_deal)
        for actor in course.plan.scenario.actors
        if isinstance(actor.no_deal, WarValue) and actor.no_deal.belief is not None
    ]


def follow(course: Course, name: str, day: int, times: Count, schedule: Schedule) -> None:
    """Schedule what comes after something that happened so many times (world,): events, and answers in kind."""
    talks = course.plan.talks
    for event in talks.events:
        if event.after == name:
            _delay(course, event, ("talks", "events", event.id, "delay"), day, times, schedule, "event")
    events = {event.id: event for event in talks.events}
    for answer in talks.reciprocity:
        if answer.after == name:
            root: Path = ("talks", "reciprocity", answer.id)
            chance = course.changing.value((*root, "chance"), day)
            answered = times_in(times, chance, course.steps, (*root, "happens"), day)
            _delay(course, events[answer.brings], (*root, "delay"), day, answered, schedule, "answer")


def _delay(  # what is late, and by how much
    course: Course, event: Event, path: Path, day: int, times: Count, schedule: Schedule, kind: str
) -> None:
    """Schedule an event after a delay of whole days, one at least."""
    later = np.maximum(np.rint(course.changing.value(path, day)), 1.0).astype(np.intp)
    for days in np.unique(later[times > 0]).tolist():
        if day + days <= course.plan.last:
            schedule(event, day + days, np.where(later == days, times, 0), kind)


def _fight(course: Course, event: Event, root: Path, day: int, times: Count) -> None:
    """Let each side learn from battles: for each that it wins a belief Beta(a, b) gains one of a, else one of b.

    References
    ----------
    Slantchev (2003), American Political Science Review 97, 621-632: fighting shows what nobody can fake.
    """
    scenario, draws = course.plan.scenario, course.draws_on(day)
    assert scenario.war is not None, "a battle needs a war"
    first, second = (side.party for side in scenario.war.sides)
    chance = win_probability(first, scenario, draws)
    wins = times * chance if event.battle == "expected" else _coins(course, root, day, times, chance)
    for path, war in _fighters(course):
        won = wins if war.side == first else times - wins
        course.changing.add((*path, "a"), won)
        course.changing.add((*path, "b"), times - won)


def _coins(course: Course, root: Path, day: int, times: Count, chance: NDArray[np.float64]) -> NDArray[np.float64]:
    return times_in(times, chance, course.steps, (*root, "won"), day).astype(np.float64)
