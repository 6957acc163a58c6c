"""A party that would walk out, in talks that give it no reason to.

A party leaves where its belief that another is serious has fallen below `walks_out_below` after a session. With one
session, which is what talks have unless `protocol` or a calendar says otherwise, there is nothing left to walk out of;
with `beliefs: fixed` no belief falls.

Doubtful:

```yaml
protocol: {sessions: 1}
parties:
  seller: {walks_out_below: 0.2}
```

Fine:

```yaml
protocol: {sessions: 4}
parties:
  seller: {walks_out_below: 0.2}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity
from negsim.scenario.bargaining import Protocol
from negsim.scenario.talks import Talks

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS533"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Look for a belief to walk out below, in talks of one session or with beliefs that stay as they are."""
    protocol = subject.scenario.protocol or Protocol()
    single = protocol.sessions == 1 and not _meets_again(subject.scenario.talks)
    if not single and protocol.beliefs == "learned":
        return
    why = "there is one session only" if single else "beliefs are fixed"
    help = "give protocol more sessions" if single else "let beliefs be learned"
    for party in subject.scenario.parties:
        if party.walks_out_below is not None:
            message = f"{party.id} would walk out on what it learns between sessions, and {why}"
            yield Finding((*party.path, "walks_out_below"), message, f"{help}, or remove it", on_key=True)


def _meets_again(talks: Talks | None) -> bool:
    """Tell whether a calendar has more than one session."""
    return talks is not None and (len(talks.sessions) > 1 or any(item.every is not None for item in talks.sessions))
