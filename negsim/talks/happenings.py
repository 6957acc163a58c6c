"""What events do: to quantities, to what sides in a war believe, and to each other."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from negsim.errors import Path
from negsim.model.no_deal import win_probability
from negsim.scenario.no_deal import WarValue
from negsim.scenario.talks import Event, Reciprocity
from negsim.talks.arrivals import times_in
from negsim.talks.course import Course, Word

__all__ = ["Schedule", "follow", "strike"]

Count = NDArray[np.intp]

Schedule = Callable[[Event, int, Count, str], None]
"""Have an event happen on a later day, so many times in each world; the word says of what kind that is."""


def strike(course: Course, event: Event, day: int, times: Count, schedule: Schedule, kind: str = "event") -> None:
    """Let an event happen on a day, so many times (world,) unless chance spares it."""
    root: Path = ("talks", "events", event.id)
    times = _struck(course, event, root, day, times, kind) * course.alive
    if not np.any(times):
        return
    course.look(day, _changed_by(course, event))
    course.changing.strike(root, event.effects, day, times)
    course.struck[:, [one.id for one in course.plan.talks.events].index(event.id)] += times
    if event.battle:
        course.tell(day, kind, event.id, times, _fight(course, event, (*root, kind), day, times))
    else:
        course.tell(day, kind, event.id, times)
    follow(course, event.id, day, times, schedule)


def _struck(  # what may happen how often, and by which way
    course: Course, event: Event, root: Path, day: int, times: Count, kind: str
) -> Count:
    """Say how often an event that may happen does: as it was seen, or as chance has it."""
    if course.plan.is_counted(event, day):
        return times
    seen, chance = course.plan.observation_of(event), course.chance(root, event, day)
    if kind != "event":
        # Of what comes in answer on the day of another by itself, chance has it anew; only the other was seen.
        return times_in(times, chance, course.steps, (*root, "happens", kind), day)
    if seen is None:
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
            for later, due in _delays(course, ("talks", "events", event.id, "delay"), day, times, least=0):
                schedule(event, later, due, "event")
    events = {event.id: event for event in talks.events}
    for answer in talks.reciprocity:
        if answer.after == name:
            _answer(course, answer, events[answer.brings], day, times, schedule)


def _answer(  # what is answered, and by what
    course: Course, answer: Reciprocity, event: Event, day: int, times: Count, schedule: Schedule
) -> None:
    """Schedule answers in kind, where chance has it.

    On days on which it was counted how often an event happened, an answer only makes it likelier: it is one of those
    that were seen, or there was none.
    """
    root: Path = ("talks", "reciprocity", answer.id)
    chance = course.changing.value((*root, "chance"), day)
    for later, due in _delays(course, (*root, "delay"), day, times, least=1):
        if course.plan.is_counted(event, later):
            course.expected.setdefault((event.id, later), []).append((due, chance))
        else:
            schedule(event, later, times_in(due, chance, course.steps, (*root, "happens"), day), "answer")


def _delays(course: Course, path: Path, day: int, times: Count, *, least: int) -> list[tuple[int, Count]]:
    """List on which days things are due, after whole days, so many at least, and how many (world,)."""
    later = np.maximum(np.rint(course.changing.value(path, day)), least).astype(np.intp)
    days = [days for days in np.unique(later[times > 0]).tolist() if day + days <= course.plan.last]
    return [(day + after, np.where(later == after, times, 0)) for after in days]


def _fight(course: Course, event: Event, root: Path, day: int, times: Count) -> Word:
    """Let each side learn from battles: for each that it wins a belief Beta(a, b) gains one of a, else one of b.

    References
    ----------
    Slantchev (2003), American Political Science Review 97, 621-632: fighting shows what nobody can fake.
    """
    scenario, draws = course.plan.scenario, course.draws_on(day)
    assert scenario.war is not None, "a battle needs a war"
    first, other = (side.party for side in scenario.war.sides)
    chance = win_probability(first, scenario, draws)
    wins = times * chance if event.battle == "expected" else _coins(course, root, day, times, chance)
    for path, war in _fighters(course):
        won = wins if war.side == first else times - wins
        course.changing.add((*path, "a"), won)
        course.changing.add((*path, "b"), times - won)
    return lambda world: {0.0: other, float(times[world]): first}.get(float(wins[world]), "")


def _coins(course: Course, root: Path, day: int, times: Count, chance: NDArray[np.float64]) -> NDArray[np.float64]:
    return times_in(times, chance, course.steps, (*root, "won"), day).astype(np.float64)
