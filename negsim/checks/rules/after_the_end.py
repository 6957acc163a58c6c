"""A session or an event after the last day of the talks.

A `firm` deadline ends the talks with its day, whatever the `horizon` says, so that nothing of what the calendar has
after it takes place. Of a series that begins before and runs on, it is said how many meetings are never held.

Doubtful:

```yaml
talks:
  start: 2026-02-01
  horizon: 2026-06-30
  deadline: {firm: {date: 2026-05-01}}
  sessions: {first: {date: 2026-02-17}, second: {date: 2026-05-17}}
```

Fine:

```yaml
talks:
  start: 2026-02-01
  horizon: 2026-06-30
  deadline: {firm: {date: 2026-05-01}}
  sessions: {first: {date: 2026-02-17}, second: {date: 2026-05-01}}
```
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from negsim.checks.meetings import meeting_days
from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity
from negsim.scenario.talks import Firm, Talks

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS537"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Look for what begins after a firm deadline, and for series of sessions that run on."""
    talks = subject.scenario.talks
    if talks is None or not isinstance(talks.deadline, Firm):
        return
    last = talks.deadline.date
    for block, items in (("sessions", talks.sessions), ("events", talks.events)):
        for item in items:
            first = item.date or item.start
            if first is not None and first > last:
                key = "date" if item.date is not None else "from"
                message = f"{item.id} is on {first} at the earliest, and talks end with {last}"
                yield Finding(("talks", block, item.id, key), message, "let it be earlier, or the deadline later")
    yield from _running_on(talks, last)


def _running_on(talks: Talks, last: dt.date) -> Iterator[Finding]:
    """Look for series of sessions that begin by the last day and have meetings after it."""
    for session in talks.sessions:
        days = meeting_days(session, talks)
        n_late = sum(day > last for day in days)
        if session.every is not None and n_late > 0 and (session.start is None or session.start <= last):
            stated = session.end is not None
            path = ("talks", "sessions", session.id, *(["until"] if stated else []))
            message = (
                f"{n_late} of the {len(days)} meetings of {session.id} are never held, since talks end with {last}"
            )
            yield Finding(path, message, f"write until: {last}, or let the deadline be later", on_key=not stated)
