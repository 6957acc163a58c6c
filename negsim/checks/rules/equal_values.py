"""Weight on an issue whose options are all worth the same.

Whatever is chosen, the party gets the same points, and they take their share of its 100 from the issues that matter
to it. The usual cause is the demand `any` without `priorities`: all issues with a demand weigh the same then.

Doubtful:

```yaml
parties:
  buyer:
    demands: {price: {at_most: 20}, delivery: now, carrier: any}
```

Fine:

```yaml
parties:
  buyer:
    demands: {price: {at_most: 20}, delivery: now, carrier: any}
    priorities: {price: 10, delivery: 5}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS515"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Look for issues with weight on which the party is indifferent."""
    for actor in subject.scenario.actors:
        for issue in subject.scenario.issues:
            if issue.n_choices < 2 or subject.weight(actor, issue.id).high == 0:
                continue
            bounds = subject.value_bounds(actor, issue)
            said = ((*actor.path, block, issue.id) for block in ("priorities", "demands", "values"))
            path = next(filter(subject.is_stated, said), actor.path)
            is_own = path != actor.path or not actor.ratifies
            if is_own and (bounds == bounds[0, 0]).all():
                message = f"every option of {issue.id} is worth the same to {actor.id}, but the issue has weight"
                yield Finding(path, message, "list priorities without it, or give values that differ", on_key=True)
