"""An option outside a demand is valued above one that meets it.

The values say that the party would rather have something else than part of what it demands. It may ask for less than
it wants, but more often two numbers are swapped. Reported only where the ranges do not overlap.

Doubtful:

```yaml
parties:
  buyer:
    demands: {delivery: now}
    values:
      delivery: {now: 40..50, soon: 100, late: 0}
```

Fine:

```yaml
parties:
  buyer:
    demands: {delivery: now}
    values:
      delivery: {now: 100, soon: 40..50, late: 0}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity
from negsim.scenario.types import Demand, Issue, Party

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS516"
SEVERITY = Severity.NOTE
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Compare the values of demanded options with those of the others."""
    issues = {issue.id: issue for issue in subject.scenario.issues}
    for actor in subject.scenario.actors:
        for demand in actor.demands:
            if subject.is_stated((*actor.path, "values", demand.issue)):
                yield from _compare(subject, actor, demand, issues[demand.issue])


def _compare(subject: Subject, actor: Party, demand: Demand, issue: Issue) -> Iterator[Finding]:
    low, high = subject.value_bounds(actor, issue)[:, : len(issue.options)]
    others = sorted(set(range(len(issue.options))).difference(demand.met_by))
    if not others:
        return
    worst = min(demand.met_by, key=lambda k: float(high[k]))
    best = max(others, key=lambda k: float(low[k]))
    if low[best] > high[worst] + 1e-9:
        path = (*actor.path, "values", issue.id)
        given = (*path, issue.options[best])
        message = f"{actor.id} values {issue.options[best]} above {issue.options[worst]}, which it demands"
        yield Finding(given if subject.is_stated(given) else path, message, "check the numbers, or the demand")
