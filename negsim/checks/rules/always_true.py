"""A condition that holds in every outcome.

A rule that excludes nothing, a red line that never binds, an adjustment that always applies, a `when` or
`consents_to` that makes no difference, something sacred that nothing violates. Each rule is judged over the outcomes
that the other rules leave. Where a quorum decides, a `consents_to` that always holds gives its party a veto, and is not
reported.

Doubtful:

```yaml
rules:
  no_gifts: {require: price >= 0 or delivery == now}
```

Fine:

```yaml
rules:
  no_gifts: {require: price > 0 or delivery == now}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.conditions import MAY_ALWAYS_HOLD, Standing, standings
from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS504"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = True


def check(subject: Subject) -> Iterator[Finding]:
    """Look at every condition of the scenario."""
    for standing in standings(subject):
        by_veto = standing.role == "consents_to" and subject.scenario.agreement.quorum is not None
        if standing.always and standing.role not in MAY_ALWAYS_HOLD and not by_veto:
            message = f"this holds in every outcome, so {_consequence(standing)}"
            yield Finding(standing.path, message, "remove it, or check the comparison")


def _consequence(standing: Standing) -> str:
    match standing.role:
        case "rule":
            return f"{standing.name} excludes nothing"
        case "red line":
            return f"the red line {standing.name} never binds"
        case "when":
            return f"{standing.name} always arises"
        case "adjustment":
            return f"{standing.name} applies always, like a lower no_deal"
        case "sacred":
            return f"nothing violates {standing.name}"
    return f"{standing.name} must always accept, like a signatory"
