"""What events do: to quantities, to what sides in a war believe, and to each other."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from negsim.errors import Path
from negsim.model.no_deal import win_probability
from negsim.scenario.no_deal import WarValue
from negsim.scenario.talks import Event, Reciprocity
from negsim.talks.course import Course, Word

__all__ = ["Schedule", "follow", "strike"]

Count = NDArray[np.intp]

Schedule = Callable[[Event, int, Count, str], None]
"""Have an event happen on a later day, so many times in each world; the word says of what kind that is."""


def strike(course: Course, event: Event, day: int, times: Count, schedule: Schedule, kind: str = "event") -> None:
    """Let an event happen on a day, so many times (world,) unless chance spares it."""
    root: Path = ("talks", "events", event.id)
    times = _struck(course, event, day, times, kind)
    if day > course.plan.now:
        # Up to now things happen, and are seen, wherever talks stand.
        times = times * course.alive
    if not np.any(times):
        return
    course.refuse_a_flood(event.id, day, times)
    course.look(day, _changed_by(course, event))
    course.changing.strike(root, event.effects, day, times)
    course.struck[:, course.plan.event_place[event.id]] += times
    if event.battle:
        course.tell(day, kind, event.id, times, _fight(course, event, root, day, times))
    else:
        course.tell(day, kind, event.id, times)
    follow(course, event.id, day, times, schedule)


def _struck(course: Course, event: Event, day: int, times: Count, kind: str) -> Count:
    """Say how often an event that may happen does: as it was seen, or as chance has it."""
    if course.plan.is_counted(event, day):
        return times
    root: Path = ("talks", "events", event.id)
    seen, chance = course.plan.observation_of(event), course.chance(root, event, day)
    # Of what comes in answer, perhaps on that very day, chance has it anew; only the other was seen.
    if seen is None or kind == "answer":
        return course.toss((*root, "happens"), times, chance)
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
            delay = _delay(course, ("talks", "events", event.id, "delay"), day, least=0)
            for later, due in _parted(course, day, delay, times):
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
    chance, delay = course.changing.value((*root, "chance"), day), _delay(course, (*root, "delay"), day, least=1)
    counted = np.zeros(course.n_worlds, np.bool_)
    for _, first, last in course.plan.counted[event.id]:
        counted |= (first <= day + delay) & (day + delay <= last)
    for later, due in _parted(course, day, delay, course.toss((*root, "happens"), times * ~counted, chance)):
        schedule(event, later, due, "answer")
    for later, due in _parted(course, day, delay, times * counted):
        course.expected.setdefault((event.id, later), []).append((due, chance))


def _delay(course: Course, path: Path, day: int, *, least: int) -> Count:
    """Give a delay in whole days, so many at least: (world,)."""
    # Half a day is a day: what goes round in a circle, half a day at a time, comes round in the end.
    return np.maximum(np.floor(course.changing.value(path, day) + 0.5), least).astype(np.intp)


def _parted(course: Course, day: int, delay: Count, times: Count) -> list[tuple[int, Count]]:
    """Part what is due so many times after a delay, (world,), by the days of the calendar on which it is."""
    days = [days for days in np.unique(delay[times > 0]).tolist() if day + days <= course.plan.last]
    return [(day + after, np.where(delay == after, times, 0)) for after in days]


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
    return course.toss((*root, "won"), times, chance).astype(np.float64)
