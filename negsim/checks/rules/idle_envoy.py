"""An envoy or a track that nobody uses.

An envoy speaks where a delegation names it, of a session or of the track on which a session is held. A track counts
where a session is held on it, or would be in a `what_if`.

Doubtful:

```yaml
talks:
  start: 2026-02-01
  horizon: 2026-06-30
  envoys: {agent: {party: seller, tactic: holdout}}
  sessions: {first: {date: 2026-02-17}}
```

Fine:

```yaml
talks:
  start: 2026-02-01
  horizon: 2026-06-30
  envoys: {agent: {party: seller, tactic: holdout}}
  sessions: {first: {date: 2026-02-17, delegations: {seller: agent}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS535"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Look for tracks on which no session is held, and envoys of no delegation."""
    talks = subject.scenario.talks
    if talks is None:
        return
    held = {session.track for session in talks.sessions}
    held |= {other for what_if in talks.what_if for _, other in what_if.tracks}
    for track in talks.tracks:
        if track.id not in held:
            message = f"no session is held on the track {track.id}"
            yield Finding(("talks", "tracks", track.id), message, f"add track: {track.id} to one", on_key=True)
    delegations = [*(track.delegations for track in talks.tracks), *(session.delegations for session in talks.sessions)]
    speaking = {envoy for delegation in delegations for _, envoy in delegation}
    for envoy in talks.envoys:
        if envoy.id not in speaking:
            message = f"{envoy.id} is in no delegation"
            help = f"add delegations: {{{envoy.party}: {envoy.id}}} to a session or a track"
            yield Finding(("talks", "envoys", envoy.id), message, help, on_key=True)
