"""A calendar of talks that cannot be held.

Talks take two signatories or more. With fewer, `negsim talks` refuses the scenario; mediators and guarantors make no
offers.

Doubtful:

```yaml
parties:
  buyer: {role: mediator, consents_to: price <= 50}
talks:
  start: 2026-02-01
  horizon: 2026-06-30
  sessions: {first: {date: 2026-02-17}}
```

Fine:

```yaml
talks:
  start: 2026-02-01
  horizon: 2026-06-30
  sessions: {first: {date: 2026-02-17}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity
from negsim.scenario.types import Role

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS540"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Look for a calendar in a scenario with fewer than two signatories."""
    if subject.scenario.talks is None:
        return
    signing = [party.id for party in subject.scenario.parties if party.role is Role.SIGNATORY]
    if len(signing) < 2:
        only = f"only {signing[0]} has" if signing else "nobody has"
        message = f"talks take two signatories or more, and {only} to sign: negsim talks cannot hold them"
        yield Finding(("talks",), message, "let another party be a signatory, or remove talks", on_key=True)
