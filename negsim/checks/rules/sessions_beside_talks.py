"""A number of sessions in the protocol, beside a calendar with its own.

`negsim talks` holds the sessions of the calendar. The `sessions` of the protocol are those of `negsim bargain`, which
knows no calendar: the two may well differ, and it is worth knowing that they do.

Doubtful:

```yaml
protocol: {sessions: 4}
talks:
  start: 2026-02-01
  horizon: 2026-06-30
  sessions: {first: {date: 2026-02-17}, second: {date: 2026-03-17}}
```

Fine:

```yaml
protocol: {rounds: 6}
talks:
  start: 2026-02-01
  horizon: 2026-06-30
  sessions: {first: {date: 2026-02-17}, second: {date: 2026-03-17}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS538"
SEVERITY = Severity.NOTE
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Look for a protocol that states how many sessions there are, where a calendar does so too."""
    path = ("protocol", "sessions")
    if subject.scenario.talks is not None and subject.is_stated(path):
        message = "the calendar of talks has sessions of its own; these are those of negsim bargain alone"
        yield Finding(path, message, "leave them out if there is nothing to bargain without the calendar", on_key=True)
