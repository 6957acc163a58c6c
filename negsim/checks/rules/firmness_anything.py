"""A firmness anywhere from 0 to 1.

It says nothing about the line. On average the line is real in half of all worlds, as with a firmness of 0.5, and
P(zone) is the same. If something is known, even that it is likelier than not, say so.

Doubtful:

```yaml
parties:
  seller:
    red_lines:
      floor: {require: price >= 40, firmness: 0..1}
```

Fine:

```yaml
parties:
  seller:
    red_lines:
      floor: {require: price >= 40, firmness: 0.5..1}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity
from negsim.scenario.quantities import Beta, Same, Uniform

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS523"
SEVERITY = Severity.NOTE
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Look for flat distributions over all of 0..1; one that moves others says how they move together."""
    shared = {path for tie in subject.scenario.ties for path in tie.between}
    shared |= {named.quantity.path for named in subject.quantities.values() if isinstance(named.quantity, Same)}
    for path, named in subject.quantities.items():
        flat = named.quantity in (Uniform(0.0, 1.0), Beta(1.0, 1.0))
        if path[-3:-2] == ("red_lines",) and path[-1] == "firmness" and flat and path not in shared:
            message = "this range says nothing of the line: it is as good as 0.5"
            yield Finding(path, message, "narrow it, if anything is known")
