"""A support, power shift or carrot that every deal has.

Its condition holds in every outcome, so that no deal is told apart by it. A support that is always there is a lower
hazard of breach, a carrot that always is a stick. A power shift that any deal brings may well be meant.

Doubtful:

```yaml
parties:
  broker:
    title: Broker
    role: mediator
    levers:
      buyer: {carrots: {gift: {when: price >= 0, points: 5}}}
```

Fine:

```yaml
parties:
  broker:
    title: Broker
    role: mediator
    levers:
      buyer: {carrots: {gift: {when: price >= 50, points: 5}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.conditions import standings
from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS526"
SEVERITY = Severity.NOTE
OVER_OUTCOMES = True

_NAMED = {
    "support": ("the support {}", "lower the hazards instead, or check the comparison"),
    "guarantee": ("the guarantee of {}", "lower the hazards instead, or check the comparison"),
    "power shift": ("the power shift {}", "check the comparison, unless any deal is to bring it"),
    "carrot": ("the carrot {}", "make it a stick, or check the comparison"),
}


def check(subject: Subject) -> Iterator[Finding]:
    """Look at the conditions of supports, power shifts and carrots."""
    for standing in standings(subject):
        if standing.always and standing.role in _NAMED:
            named, help = _NAMED[standing.role]
            message = f"this holds in every outcome, so every deal has {named.format(standing.name)}"
            yield Finding(standing.path, message, help)
