"""A red line forbids the party's own demands.

Every outcome that meets all demands of the party crosses its red line, so that getting everything it asks for would
be unacceptable to it. One of the two is not what was meant; often the comparison points the wrong way. A demand on an
issue that is irrelevant in an outcome asks for nothing there. A ratifier with a no_deal demands
what its party does, unless it says something else of the issue.

Doubtful:

```yaml
parties:
  buyer:
    demands: {price: {at_most: 20}}
    red_lines:
      limit: {require: price >= 60, firmness: hard}
```

Fine:

```yaml
parties:
  buyer:
    demands: {price: {at_most: 20}}
    red_lines:
      limit: {require: price <= 60, firmness: hard}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS501"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = True


def check(subject: Subject) -> Iterator[Finding]:
    """Look for red lines that are crossed wherever the demands are met."""
    for actor in subject.scenario.actors:
        meets = subject.meets_demands(actor)
        for line in actor.red_lines:
            respected = subject.holds(line.require)
            if meets.any() and respected.any() and not (meets & respected).any():
                path = (*actor.path, "red_lines", line.id, "require")
                message = f"no outcome that meets all demands of {actor.id} satisfies its red line {line.id}"
                yield Finding(path, message, "loosen the red line, or change the demands")
