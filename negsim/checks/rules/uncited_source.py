"""A source that nothing cites.

It is listed, but no entry of `provenance` names it: either positions lack their source, or it can go.

Doubtful:

```yaml
sources:
  ad: {title: An advertisement}
  letter: {title: A letter to the seller}
provenance:
  parties: {source: ad}
```

Fine:

```yaml
sources:
  ad: {title: An advertisement}
  letter: {title: A letter to the seller}
provenance:
  parties: {source: ad}
  parties.buyer: {source: letter}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS511"
SEVERITY = Severity.NOTE
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Look for sources without an entry."""
    cited = {entry.source for entry in subject.scenario.provenance}
    for source in subject.scenario.sources:
        if source.id not in cited:
            message = f"nothing in provenance names the source {source.id}"
            yield Finding(("sources", source.id), message, "say what it is for, or remove it", on_key=True)
