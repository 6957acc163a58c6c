"""An issue that matters to no one.

No party or ratifier gives it weight, no condition names it, and it is not the term of a guarantee. It multiplies the
outcomes and changes nothing else.

Doubtful:

```yaml
issues:
  colour: {title: Colour, options: [red, green]}
```

Fine:

```yaml
issues:
  colour: {title: Colour, options: [red, green]}
parties:
  buyer:
    demands: {colour: red}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.conditions import written_conditions
from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS518"
SEVERITY = Severity.NOTE
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Look for issues without weight or mention."""
    scenario = subject.scenario
    named = {name for written in written_conditions(scenario) for name in written.condition.issues}
    named |= {scenario.durability.term} if scenario.durability else set()
    for issue in scenario.issues:
        weighed = any(subject.weight(actor, issue.id).high > 0 for actor in scenario.actors)
        if not weighed and issue.id not in named:
            message = f"no party gives {issue.id} weight, and no condition names it"
            yield Finding(("issues", issue.id), message, "give it to a party's demands, or remove it", on_key=True)
