"""A firmness of exactly 0 or 1.

1 is written `hard`. At 0 the line is a bluff in every world: all that is left of it is its audience cost.

Doubtful:

```yaml
parties:
  seller:
    red_lines:
      floor: {require: price >= 40, firmness: 1}
```

Fine:

```yaml
parties:
  seller:
    red_lines:
      floor: {require: price >= 40, firmness: hard}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS522"
SEVERITY = Severity.NOTE
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Look for constants at the ends of firmness."""
    for path, support in subject.supports.items():
        if path[-3:-2] == ("red_lines",) and path[-1] == "firmness" and support.is_point and support.low in (0, 1):
            sure, never = "the line is real in every world", "the line is a bluff in every world"
            if support.low == 1:
                yield Finding(path, sure, "write hard")
            else:
                yield Finding(path, never, "remove the line, or write its cost as an adjustment")
