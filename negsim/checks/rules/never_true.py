"""A condition that holds in no outcome.

A red line that cannot be met, so that no deal is acceptable wherever it is real; an adjustment that never applies; a
`consents_to` that never asks for consent; an issue that never arises; a support, power shift, remedy or carrot that no
deal brings; something sacred that every deal violates, or a material offer or a gesture that no violation goes with.

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

from negsim.checks.conditions import standings
from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS505"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = True


_CONSEQUENCES = {
    "red line": "the red line {} cannot be met",
    "when": "{} never arises",
    "adjustment": "{} never applies",
    "consents_to": "{} is never asked for its consent",
    "support": "no deal has the support {}",
    "guarantee": "{} guarantees no deal",
    "power shift": "no deal has the power shift {}",
    "remedy": "the remedy {} takes nothing away",
    "carrot": "no deal has the carrot {}",
    "sacred": "every deal violates {}",
    "material": "no deal offends against {}",
    "symbolic": "no gesture eases a violation of {}",
}


def check(subject: Subject) -> Iterator[Finding]:
    """Look at every condition of the scenario."""
    for standing in standings(subject):
        if standing.never:
            among = f" that violates {standing.name}" if standing.role in ("material", "symbolic") else ""
            message = f"this holds in no outcome{among}, so {_CONSEQUENCES[standing.role].format(standing.name)}"
            yield Finding(standing.path, message, "check the comparison, and the rules")
