"""Events that follow one another in a circle within a day, which would never end."""

from __future__ import annotations

from negsim.scenario.build.context import Context
from negsim.scenario.build.quantities import reach_of
from negsim.scenario.build.talks.calendar import ROOT
from negsim.scenario.talks import Event, Talks

__all__ = ["check_circles"]

_ROUNDED_TO_NOTHING = 0.5


def check_circles(talks: Talks, context: Context) -> None:
    """Report circles of events, each after the one before it, that can be gone round without a day passing."""
    events = {event.id: event for event in talks.events}
    reported: set[str] = set()
    for event in talks.events:
        circle = _circle_from(event, events)
        if not circle or not reported.isdisjoint(circle):
            continue
        reported.update(circle)
        if all(_may_be_at_once(name, context) for name in circle):
            turned = " -> ".join([*circle[:8], circle[0]])
            message = f"{circle[0]} follows itself, and no day need pass: {turned}"
            help = "add delay: 1, or use reciprocity"
            context.findings.report("NS450", (*ROOT, "events", circle[0], "after"), message, help=help, breaks=False)


def _circle_from(event: Event, events: dict[str, Event]) -> list[str]:
    """List the events before an event up to itself, in the order in which they follow; empty if it is in no circle."""
    trail = [event.id]
    current = events.get(event.after)
    while current is not None and current.id not in trail:
        trail.append(current.id)
        current = events.get(current.after)
    return [trail[0], *trail[:0:-1]] if current is event else []


def _may_be_at_once(event_id: str, context: Context) -> bool:
    path = (*ROOT, "events", event_id, "delay")
    reach = reach_of(path, context)
    return reach is not None and reach[0] < _ROUNDED_TO_NOTHING
