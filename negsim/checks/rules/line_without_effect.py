"""A red line on which no agreement depends.

Wherever it is crossed the party's consent is not needed, so the line has no effect on the zone. It belongs to a
mediator or guarantor whose `consents_to` is missing or covers other outcomes.

Doubtful:

```yaml
parties:
  bank:
    title: Bank
    role: guarantor
    consents_to: price >= 50
    red_lines:
      enough: {require: price >= 20, firmness: hard}
```

Fine:

```yaml
parties:
  bank:
    title: Bank
    role: guarantor
    consents_to: price >= 50
    red_lines:
      limit: {require: price <= 80, firmness: hard}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS519"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = True


def check(subject: Subject) -> Iterator[Finding]:
    """Look for red lines that are crossed only where nobody asks; one never crossed is another rule's matter."""
    for party, cells in zip(subject.scenario.parties, subject.structure.parties, strict=True):
        for line in party.red_lines:
            crossed = ~subject.holds(line.require)
            if crossed.any() and not (crossed & cells.needed).any():
                path = ("parties", party.id, "red_lines", line.id)
                message = f"the consent of {party.id} is not needed where its red line {line.id} is crossed"
                yield Finding(path, message, "widen consents_to, or make it a signatory", on_key=True)
