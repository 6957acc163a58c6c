"""A what-if that moves a track on which no session is left.

A `what_if` changes what comes after `now`. Under `tracks` it moves later sessions from one track to another; where none
is held on the first track any more, nothing is moved. After the day of a `firm` deadline no session is held.

Doubtful:

```yaml
talks:
  start: 2026-02-01
  horizon: 2026-06-30
  tracks: {political: {}, military: {}}
  sessions:
    first: {date: 2026-02-01, track: political}
    second: {date: 2026-03-17, track: military}
  what_if: {generals: {tracks: {political: military}}}
```

Fine:

```yaml
talks:
  start: 2026-02-01
  horizon: 2026-06-30
  tracks: {political: {}, military: {}}
  sessions:
    first: {date: 2026-02-01, track: political}
    second: {date: 2026-03-17, track: political}
  what_if: {generals: {tracks: {political: military}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.meetings import last_day, meeting_days
from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS539"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Look for tracks that a what-if moves, and on which nobody meets after now."""
    talks = subject.scenario.talks
    if talks is None:
        return
    last = last_day(talks)
    to_come = {
        session.track
        for session in talks.sessions
        if any(talks.now < day <= last for day in meeting_days(session, talks))
    }
    for what_if in talks.what_if:
        for track, _ in what_if.tracks:
            if track not in to_come:
                message = f"no session is held on {track} after {talks.now}, which is now, so {what_if.id} moves none"
                path = ("talks", "what_if", what_if.id, "tracks", track)
                yield Finding(path, message, "name a track on which sessions are still to come", on_key=True)
