"""An event that changes nothing.

An event matters by its `effects`, as a `battle`, by what comes `after` it or answers it in `reciprocity`, or because
whether it happened tells how serious a party is: that is, if it is observed and has `unless_serious`.

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
from negsim.errors import Severity

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS536"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Look for events without effects, that nothing follows and that tell nothing."""
    talks = subject.scenario.talks
    if talks is None:
        return
    followed = {event.after for event in talks.events} | {answer.after for answer in talks.reciprocity}
    seen = {item.event for item in talks.observed}
    for event in talks.events:
        tells = event.id in seen and bool(event.unless_serious)
        if not (event.effects or event.battle or event.id in followed or tells):
            message = f"nothing hangs on whether {event.id} happens"
            yield Finding(("talks", "events", event.id), message, "add effects, or leave it out", on_key=True)
