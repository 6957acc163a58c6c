"""An event that changes nothing.

An event matters by its `effects`, as a `battle`, by what comes `after` it or answers it in `reciprocity`, or because
whether it happened tells something: if it is observed, and has `unless_serious`, which tells how serious a party is, or
a `chance` or `rate` that something else is the `same` as, or is tied to. Otherwise what is observed of it tells of its
own chance or rate only.

Doubtful:

```yaml
talks:
  start: 2026-02-01
  horizon: 2026-06-30
  sessions: {first: {date: 2026-02-17}}
  events: {storm: {date: 2026-03-01, chance: 0.5}}
```

Fine:

```yaml
talks:
  start: 2026-02-01
  horizon: 2026-06-30
  sessions: {first: {date: 2026-02-17}}
  events:
    storm:
      date: 2026-03-01
      chance: 0.5
      effects: {wet: {path: parties.buyer.no_deal, add: 5}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.errors import Path, Severity
from negsim.scenario.talks import Event

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS536"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Look for events without effects, that nothing follows and that tell of nothing but themselves."""
    talks = subject.scenario.talks
    if talks is None:
        return
    followed = {event.after for event in talks.events} | {answer.after for answer in talks.reciprocity}
    seen = {item.event for item in talks.observed}
    for event in talks.events:
        told = _told_by(event, subject) if event.id in seen else []
        tells = (event.id in seen and bool(event.unless_serious)) or any(_is_shared(path, subject) for path in told)
        if not (event.effects or event.battle or event.id in followed or tells):
            of_itself = " and ".join(path[-1] for path in told)
            message = f"nothing hangs on whether {event.id} happens" + (f" but its own {of_itself}" if told else "")
            yield Finding(("talks", "events", event.id), message, "add effects, or leave it out", on_key=True)


def _told_by(event: Event, subject: Subject) -> list[Path]:
    """List the uncertain quantities of an event of which it tells something whether, or how often, it was seen."""
    root = ("talks", "events", event.id)
    paths = [(*root, "chance"), (*root, "rate")]
    return [path for path in paths if path in subject.supports and not subject.supports[path].is_point]


def _is_shared(path: Path, subject: Subject) -> bool:
    """Tell whether another quantity is the same as one, or goes with it by a tie."""
    end = subject.ends[path].path
    alike = [other for other, its_end in subject.ends.items() if its_end.path == end]
    return len(alike) > 1 or any(other in tie.between for tie in subject.scenario.ties for other in alike)
