"""What happens between sessions: events, and what is answered in kind."""

from __future__ import annotations

from negsim.errors import Path
from negsim.scenario.build.quantities import build_quantity
from negsim.scenario.build.talks.calendar import ROOT, Calendar
from negsim.scenario.build.talks.effects import build_effects
from negsim.scenario.build.talks.when import check_event_days
from negsim.scenario.inventory_talks import A_DAY, DAYS, DAYS_AWAY
from negsim.scenario.quantities import PROBABILITY
from negsim.scenario.schema_events import EventShape, ReciprocityShape
from negsim.scenario.talks import Event, Reciprocity

__all__ = ["MOST_EVENTS", "build_events", "build_reciprocity", "check_namesakes"]

MOST_EVENTS = 100
"""How many events a calendar may have."""


def check_namesakes(calendar: Calendar) -> None:
    """Report ids that two of sessions, events and partial agreements share: ``after`` could mean either."""
    known = dict.fromkeys(calendar.shape.sessions, "a session")
    for block, noun in (("events", "an event"), ("partial_agreements", "a partial agreement")):
        for name in getattr(calendar.shape, block):
            if name in known:
                message = f"{name} is the id of {known[name]} already"
                path = (*ROOT, block, name)
                calendar.findings.report("NS205", path, message, help="give it another id", on_key=True, breaks=False)
            known.setdefault(name, noun)


def build_events(calendar: Calendar) -> tuple[Event, ...]:
    """Build the events, in the order of their ids, in which those of one day happen."""
    shapes = calendar.shape.events
    if len(shapes) > MOST_EVENTS:
        message = f"the calendar has {len(shapes):,} events; at most {MOST_EVENTS} can be"
        calendar.findings.report("NS451", (*ROOT, "events"), message, on_key=True, breaks=False)
        return ()
    return tuple(_build_event(event_id, shapes[event_id], calendar) for event_id in sorted(shapes))


def _build_event(event_id: str, shape: EventShape, calendar: Calendar) -> Event:
    path, context = (*ROOT, "events", event_id), calendar.context
    check_event_days(shape, path, calendar, brought=_is_brought(event_id, calendar))
    if "after" in shape.written:
        calendar.knows(("session", "event", "partial agreement"), shape.after, (*path, "after"))
    _check_battle(shape, path, calendar)
    delay = build_quantity(shape.delay, (*path, "delay"), DAYS, context) if shape.after else shape.delay
    return Event(
        id=event_id,
        date=shape.date,
        every=shape.every,
        rate=None if shape.rate is None else build_quantity(shape.rate, (*path, "rate"), A_DAY, context),
        after=shape.after,
        delay=delay,
        start=shape.start,
        end=shape.end,
        chance=build_quantity(shape.chance, (*path, "chance"), PROBABILITY, context),
        unless_serious=calendar.build_unless_serious(shape.unless_serious, (*path, "unless_serious")),
        effects=build_effects(shape.effects, path, context),
        battle=shape.battle,
        title=shape.title,
        about=shape.about,
    )


def _is_brought(event_id: str, calendar: Calendar) -> bool:
    """Tell whether an event may happen in answer to others; one that is named in vain may have been meant."""
    path, answers = (*ROOT, "reciprocity"), calendar.shape.reciprocity
    if calendar.findings.is_broken(path) or calendar.findings.broken_names(path):
        return True
    broken = any(calendar.findings.is_broken((*path, name, "brings")) for name in answers)
    return broken or any(answer.brings == event_id for answer in answers.values())


def _check_battle(shape: EventShape, path: Path, calendar: Calendar) -> None:
    context = calendar.context
    if shape.battle and context.sides is None and not context.findings.is_broken(("war",)):
        message = f"{path[-1]} is a battle, and the scenario has no war"
        help = "add war: {sides: {...}}, or leave battle out"
        context.findings.report("NS419", (*path, "battle"), message, help=help, on_key=True, breaks=False)


def build_reciprocity(calendar: Calendar) -> tuple[Reciprocity, ...]:
    """Build the answers in kind, in the order of their ids."""
    shapes = calendar.shape.reciprocity
    return tuple(_build_answer(answer_id, shapes[answer_id], calendar) for answer_id in sorted(shapes))


def _build_answer(answer_id: str, shape: ReciprocityShape, calendar: Calendar) -> Reciprocity:
    path, context = (*ROOT, "reciprocity", answer_id), calendar.context
    calendar.knows(("event", "partial agreement"), shape.after, (*path, "after"))
    calendar.knows(("event",), shape.brings, (*path, "brings"))
    return Reciprocity(
        answer_id,
        shape.after,
        shape.brings,
        build_quantity(shape.chance, (*path, "chance"), PROBABILITY, context),
        build_quantity(shape.delay, (*path, "delay"), DAYS_AWAY, context),
        shape.about,
    )
