"""Hard red lines that between them leave no outcome.

Every outcome crosses a hard red line of some party whose consent it needs, or of one who ratifies for it, so there is
no zone in any world, whatever the numbers. That may be the finding; if the answer should depend on the numbers, a red
line needs a firmness below 1.
Not applied where a quorum decides.

Doubtful:

```yaml
parties:
  buyer:
    red_lines:
      ceiling: {require: price <= 40, firmness: hard}
  seller:
    red_lines:
      floor: {require: price >= 60, firmness: hard}
```

Fine:

```yaml
parties:
  buyer:
    red_lines:
      ceiling: {require: price <= 40, firmness: 0.5..0.8}
  seller:
    red_lines:
      floor: {require: price >= 60, firmness: hard}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity
from negsim.scenario.words import listed

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS509"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = True


def check(subject: Subject) -> Iterator[Finding]:
    """Look for an outcome that crosses no hard red line; one line that leaves nothing is another rule's matter."""
    import numpy as np

    if subject.scenario.agreement.quorum is not None:
        return
    allowed = np.ones(subject.structure.n_cells, np.bool_)
    lines = []
    for actor, cells in zip(subject.scenario.actors, subject.structure.parties, strict=True):
        for line in actor.red_lines:
            respected = subject.holds(line.require)
            if line.firmness is None and respected.any() and not respected.all():
                allowed &= respected | ~cells.needed
                lines.append((actor, line.id))
    if not allowed.any():
        last, line_id = lines[-1]
        named = listed([f"{line} of {actor.id}" for actor, line in lines], "and")
        message = f"together the hard red lines {named} leave no outcome: there is a zone in no world"
        path = (*last.path, "red_lines", line_id, "firmness")
        yield Finding(path, message, "give one of them a firmness, if it may be a bluff")
