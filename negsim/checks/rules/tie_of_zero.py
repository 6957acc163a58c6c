"""A tie with correlation 0.

Quantities are independent unless they are tied, so this changes nothing. The number is probably still to come.

Doubtful:

```yaml
ties:
  market:
    between: [parties.buyer.no_deal, parties.seller.no_deal]
    rank_correlation: 0
```

Fine:

```yaml
ties:
  market:
    between: [parties.buyer.no_deal, parties.seller.no_deal]
    rank_correlation: 0.5
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS524"
SEVERITY = Severity.NOTE
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Look for ties that tie nothing."""
    for tie in subject.scenario.ties:
        if tie.rank_correlation == 0:
            path = ("ties", tie.id, "rank_correlation")
            yield Finding(path, "quantities are independent without a tie", "remove it, or say how they move together")
