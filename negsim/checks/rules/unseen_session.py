"""A session before `now` of which nothing is said to have been seen.

What `observed` does not mention is played as anything else is: in some worlds the parties agree there, so that part of
the forecast is a past that did not happen. Say that the session brought no settlement, or which partial agreement was
concluded there. A session with an `agenda` brings no settlement anyway; it is looked at if a partial agreement could
have been concluded there of which nothing is observed.

Doubtful:

```yaml
talks:
  start: 2026-02-01
  horizon: 2026-06-30
  now: 2026-03-01
  sessions: {first: {date: 2026-02-17}, second: {date: 2026-03-17}}
```

Fine:

```yaml
talks:
  start: 2026-02-01
  horizon: 2026-06-30
  now: 2026-03-01
  sessions: {first: {date: 2026-02-17}, second: {date: 2026-03-17}}
  observed: {no_settlement: {session: first}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity
from negsim.scenario.talks import Session, Talks

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS534"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Look for sessions that were held and are not observed."""
    talks = subject.scenario.talks
    if talks is None:
        return
    seen = {name for item in talks.observed for name in (item.session, item.at)}
    for session in talks.sessions:
        day = session.date or session.start or talks.start
        if day < talks.now and session.id not in seen and _may_bring_something(session, talks):
            path = ("talks", "sessions", session.id)
            message = f"{session.id} is before {talks.now}, which is now, and nothing in observed is about it"
            single = session.date is not None
            help = f"observed: {{...: {{session: {session.id}}}}}" if single else "let the series start later"
            yield Finding(path, message, help, on_key=True)


def _may_bring_something(session: Session, talks: Talks) -> bool:
    """Tell whether a session may bring a settlement, or a partial agreement that nothing is observed of."""
    if not session.agenda:
        return True
    seen = {item.partial for item in talks.observed}
    return any(
        partial.issue in session.agenda
        and (not partial.sessions or session.id in partial.sessions)
        and partial.id not in seen
        for partial in talks.partial_agreements
    )
