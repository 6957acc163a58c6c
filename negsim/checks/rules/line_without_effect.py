"""A red line on which no agreement depends.

Wherever it is crossed the party's consent is not needed, so the line has no effect on the zone. It belongs to a
mediator or guarantor whose `consents_to` is missing or covers other outcomes, or to one that ratifies for it.

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
    for actor, cells in zip(subject.scenario.actors, subject.structure.parties, strict=True):
        for line in actor.red_lines:
            crossed = ~subject.holds(line.require)
            if crossed.any() and not (crossed & cells.needed).any():
                path = (*actor.path, "red_lines", line.id)
                message = f"the consent of {actor.id} is not needed where its red line {line.id} is crossed"
                asked = f"widen consents_to of {actor.ratifies}" if actor.ratifies else "widen consents_to"
                yield Finding(path, message, f"{asked}, or make it a signatory", on_key=True)
