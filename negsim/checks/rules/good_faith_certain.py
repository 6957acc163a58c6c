"""A good faith of exactly 0 or 1.

At 1 the party negotiates seriously in every world, which is what holds without `good_faith`. At 0 it never does, and
with the good faith of all taken into account there is a zone in no world.

Doubtful:

```yaml
parties:
  seller: {good_faith: 1}
```

Fine:

```yaml
parties:
  seller: {good_faith: 0.6..1}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS532"
SEVERITY = Severity.NOTE
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Look for constants at the ends of good faith."""
    for party in subject.scenario.parties:
        if party.good_faith is None:
            continue
        path = (*party.path, "good_faith")
        support = subject.supports[path]
        if support.is_point and support.low == 1:
            yield Finding(path, f"{party.id} is serious in every world, as without this", "remove it")
        elif support.is_point and support.low == 0:
            message = f"{party.id} is serious in no world, and accepts nothing where that counts"
            yield Finding(path, message, "give it a chance above 0")
