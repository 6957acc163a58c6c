"""A demand or values on an issue without weight.

The party has `priorities`, but gives this issue none, or 0. What it says of the issue then has no effect on its
utility. The demand `any` says just that, and is not reported; nor is a demand on what supports a deal, which counts
through `durability`.

Doubtful:

```yaml
parties:
  buyer:
    demands: {price: {at_most: 20}, delivery: now}
    priorities: {price: 10}
```

Fine:

```yaml
parties:
  buyer:
    demands: {price: {at_most: 20}, delivery: now}
    priorities: {price: 10, delivery: 5}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity
from negsim.model.supports import supports_of

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS514"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Look for statements on issues that weigh nothing."""
    supporting = {name for backing in supports_of(subject.scenario) for name in backing.when.issues}
    supporting |= {subject.scenario.durability.term} if subject.scenario.durability else set()
    for actor in subject.scenario.actors:
        demands = {demand.issue: "demands" for demand in actor.demands if demand.form != "any"}
        blocks = {value.issue: "values" for value in actor.values} | demands
        for issue_id, block in blocks.items():
            path = (*actor.path, block, issue_id)
            if block == "demands" and actor.discount_rate is not None and issue_id in supporting:
                continue
            if subject.is_stated(path) and subject.weight(actor, issue_id).high == 0:
                message = f"{issue_id} has no weight among the priorities of {actor.id}, so its {block} have no effect"
                help = f"add priorities.{issue_id}, or remove this"
                yield Finding(path, message, help, on_key=True)
