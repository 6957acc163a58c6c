"""A demand that no outcome meets.

The rules, or the `when` of the issue, exclude every option that would satisfy the demand. It still shapes the
values that follow from it, but nobody can ever grant it.

Doubtful:

```yaml
parties:
  buyer:
    demands: {price: {at_most: 20}}
rules:
  cost_price: {require: price >= 30}
```

Fine:

```yaml
parties:
  buyer:
    demands: {price: {at_most: 20}}
rules:
  cost_price: {require: price >= 10}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS503"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = True


def check(subject: Subject) -> Iterator[Finding]:
    """Look for demands all of whose options are unused; an issue that never arises is another rule's matter."""
    for actor in subject.scenario.actors:
        for demand, issue in subject.cell_demands(actor):
            used, path = subject.used[issue.id], (*actor.path, "demands", issue.id)
            if subject.is_stated(path) and used[: len(issue.options)].any() and not used[list(demand.met_by)].any():
                message = f"no outcome meets the demand of {actor.id} on {issue.id}: the rules exclude it"
                yield Finding(path, message, "change the demand or the rules")
