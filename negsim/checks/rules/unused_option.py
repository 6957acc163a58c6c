"""An option that no outcome uses.

The rules exclude it everywhere. It can be left out, or a rule is stricter than was meant. Levels of a scale are
not reported, since a rule often cuts off its ends.

Doubtful:

```yaml
rules:
  no_courier: {require: carrier != courier}
```

Fine:

```yaml
rules:
  courier_costs: {require: carrier != courier or price >= 50}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity
from negsim.scenario.types import IssueKind
from negsim.scenario.words import listed

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS506"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = True


def check(subject: Subject) -> Iterator[Finding]:
    """Look for unused options; an issue that never arises is another rule's matter."""
    for issue in subject.scenario.issues:
        used = subject.used[issue.id][: len(issue.options)]
        unused = [k for k, is_used in enumerate(used) if not is_used]
        if issue.kind is IssueKind.NUMERIC or not unused or not used.any():
            continue
        root = ("issues", issue.id, "options")
        # Options are a mapping with titles, or a plain list.
        titled = (*root, issue.options[unused[0]])
        path = titled if titled in subject.document.marks else (*root, str(unused[0]))
        named = listed([issue.options[k] for k in unused], "and")
        yield Finding(path, f"no outcome has {named} for {issue.id}", "remove it, or loosen the rules", on_key=True)
