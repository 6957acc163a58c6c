"""A party whose consent is never needed.

A mediator or guarantor without `consents_to`. What it would accept is reported, but no agreement waits for it: its
demands, priorities and no-deal value have no effect on the zone.

Doubtful:

```yaml
parties:
  broker:
    title: Broker
    role: mediator
    demands: {delivery: soon}
    no_deal: 40
```

Fine:

```yaml
parties:
  broker:
    title: Broker
    role: mediator
    consents_to: delivery == late or carrier == seller
    demands: {delivery: soon}
    no_deal: 40
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity
from negsim.scenario.types import Role

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS520"
SEVERITY = Severity.NOTE
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Look for parties with positions and without a say; one with red lines is another rule's matter."""
    for party in subject.scenario.parties:
        has_say = party.role is Role.SIGNATORY or party.consents_to is not None
        if (party.demands or party.priorities or party.values) and not has_say and not party.red_lines:
            message = f"what {party.id} accepts is reported, but no agreement needs its consent"
            yield Finding(("parties", party.id), message, "add consents_to, if some outcomes bind it", on_key=True)
