"""Events in a circle that nothing starts.

An event that only comes `after` another, or in answer to it (`reciprocity`), happens where that one does. Where each of
some events waits for another of them, whatever the delays, none ever happens, and nor does what only comes after them.

Doubtful:

```yaml
talks:
  start: 2026-02-01
  horizon: 2026-06-30
  sessions: {first: {date: 2026-02-17}}
  events:
    blow:
      after: riposte
      delay: 3
      effects: {anger: {path: parties.buyer.no_deal, add: 5}}
    riposte: {after: blow, delay: 3}
```

Fine:

```yaml
talks:
  start: 2026-02-01
  horizon: 2026-06-30
  sessions: {first: {date: 2026-02-17}}
  events:
    blow: {rate: 0.05, effects: {anger: {path: parties.buyer.no_deal, add: 5}}}
    riposte: {after: blow, delay: 3}
  reciprocity: {again: {after: riposte, brings: blow, chance: 0.5}}
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity
from negsim.scenario.talks import Talks

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS538"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Look for circles of events that nothing outside them brings about."""
    talks = subject.scenario.talks
    if talks is None:
        return
    waiting = _never_starting(talks)
    reported: set[str] = set()
    for name in waiting:
        circle = _circle_before(name, waiting)
        if reported.isdisjoint(circle):
            reported.update(circle)
            turned = " -> ".join([*circle[:8], *(["..."] if len(circle) > 8 else []), circle[0]])
            message = f"{circle[0]} can never start, since it waits for itself: {turned}"
            help = "give one of them a date:, every: or rate:"
            yield Finding(("talks", "events", circle[0]), message, help, on_key=True)


def _never_starting(talks: Talks) -> Mapping[str, list[str]]:
    """List the events that cannot happen, each with what it could come after: nothing but others of them."""
    before = {event.id: [event.after] if event.after else [] for event in talks.events}
    for answer in talks.reciprocity:
        before[answer.brings].append(answer.after)
    of_itself = {event.id for event in talks.events if event.date or event.every is not None or event.rate is not None}
    waiting = {name: causes for name, causes in before.items() if name not in of_itself}
    while starting := [name for name, causes in waiting.items() if any(cause not in waiting for cause in causes)]:
        for name in starting:
            del waiting[name]
    return waiting


def _circle_before(name: str, waiting: Mapping[str, list[str]]) -> list[str]:
    """Go back from an event to what it waits for until one comes again: the circle, in the order of happening."""
    trail = [name]
    while (cause := waiting[trail[-1]][0]) not in trail:
        trail.append(cause)
    circle = trail[trail.index(cause) :][::-1]
    first = circle.index(min(circle))
    return [*circle[first:], *circle[:first]]
