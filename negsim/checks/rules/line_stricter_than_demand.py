"""A red line forbids an option that the party's own demand accepts.

The demand says that several options would do, but wherever one of them is chosen and all other demands are met the
red line is crossed. A demand is usually more than a red line asks for, not less. A ratifier may well be stricter than
its party, so its red lines are compared with demands of its own alone.

Doubtful:

```yaml
parties:
  seller:
    demands: {price: {at_least: 60}, delivery: late}
    red_lines:
      floor: {require: price >= 80, firmness: 0.7..0.9}
```

Fine:

```yaml
parties:
  seller:
    demands: {price: {at_least: 60}, delivery: late}
    red_lines:
      floor: {require: price >= 40, firmness: 0.7..0.9}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity
from negsim.scenario.types import Demand, Issue, Party, RedLine
from negsim.scenario.words import listed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS502"
SEVERITY = Severity.NOTE
OVER_OUTCOMES = True


def check(subject: Subject) -> Iterator[Finding]:
    """Look for red lines that part of the demands meets and part of them crosses."""
    for actor in subject.scenario.actors:
        meets = subject.meets_demands(actor)
        for line in actor.red_lines:
            respected = subject.holds(line.require) & meets
            if not respected.any():
                continue
            for demand, issue in subject.cell_demands(actor):
                is_own = subject.is_stated((*actor.path, "demands", issue.id))
                if is_own and demand.issue in line.require.issues:
                    yield from _compare(subject, (actor, demand, issue, line), meets, respected)


def _compare(
    subject: Subject,
    who: tuple[Party, Demand, Issue, RedLine],
    meets: NDArray[np.bool_],
    respected: NDArray[np.bool_],
) -> Iterator[Finding]:
    import numpy as np

    actor, demand, issue, line = who
    choice = subject.choices(issue.id)
    asked, granted = (np.bincount(choice[mask], minlength=issue.n_choices) for mask in (meets, respected))
    refused = [issue.options[k] for k in demand.met_by if asked[k] and not granted[k]]
    if refused:
        named = listed(refused, "and")
        message = f"{actor.id} accepts {named} in its demand, but its red line {line.id} forbids it"
        yield Finding((*actor.path, "demands", issue.id), message, "demand less than that, or loosen the red line")
