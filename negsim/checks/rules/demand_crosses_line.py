"""A red line forbids the party's own demands.

Every outcome that meets all demands of the party crosses its red line, so that getting everything it asks for would
be unacceptable to it. One of the two is not what was meant; often the comparison points the wrong way. A demand on an
issue that is irrelevant in an outcome asks for nothing there. A ratifier demands what its party does, unless it has
demands of its own.

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

from negsim.checks.ratifiers import party_of
from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS501"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = True


def check(subject: Subject) -> Iterator[Finding]:
    """Look for red lines that are crossed wherever the demands are met."""
    for actor in subject.scenario.actors:
        who = party_of(actor, subject.scenario) if actor.by_lines_alone else actor
        meets = subject.meets_demands(who)
        for line in actor.red_lines:
            respected = subject.holds(line.require)
            if meets.any() and respected.any() and not (meets & respected).any():
                path = (*actor.path, "red_lines", line.id, "require")
                whose = "its red line" if who is actor else f"the red line of {actor.id},"
                message = f"no outcome that meets all demands of {who.id} satisfies {whose} {line.id}"
                yield Finding(path, message, "loosen the red line, or change the demands")
