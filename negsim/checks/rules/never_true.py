"""A condition that holds in no outcome.

A red line that cannot be met, so that no deal is acceptable wherever it is real; an adjustment that never applies; a
`consents_to` that never asks for consent; an issue that never arises.

Doubtful:

```yaml
parties:
  buyer:
    adjustments:
      bargain: {when: price < 20 and price > 40, amount: 5}
```

Fine:

```yaml
parties:
  buyer:
    adjustments:
      bargain: {when: price < 20 or price > 40, amount: 5}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.conditions import Standing, standings
from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS505"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = True


def check(subject: Subject) -> Iterator[Finding]:
    """Look at every condition of the scenario."""
    for standing in standings(subject):
        if standing.never:
            message = f"this holds in no outcome, so {_consequence(standing)}"
            yield Finding(standing.path, message, "check the comparison, and the rules")


def _consequence(standing: Standing) -> str:
    match standing.role:
        case "red line":
            return f"the red line {standing.name} cannot be met"
        case "when":
            return f"{standing.name} never arises"
        case "adjustment":
            return f"{standing.name} never applies"
    return f"{standing.name} is never asked for its consent"
