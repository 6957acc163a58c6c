"""A breach that costs nobody anything.

With `durability` a deal is worth less to a party that a breach would leave worse off than it is now: what it gave up
shifts the odds against it. Where no power shift bears on anybody's no deal, a breach only brings back what there would
be without a deal, and the risk of it changes no acceptance. Then `durability` says how long deals would hold, and
nothing else. Reported where nobody breaks deals, where there are no shifts, where they hold only beyond hard red lines
or are of 0, or where remedies take all of them away; a shift that no deal has is another rule's matter.

Doubtful:

```yaml
parties:
  buyer: {discount_rate: 0.05}
  seller: {discount_rate: 0.05}
durability:
  breakers: {seller: {hazard: 0.1..0.3}}
```

Fine:

```yaml
parties:
  buyer: {discount_rate: 0.05}
  seller: {discount_rate: 0.05}
durability:
  breakers: {seller: {hazard: 0.1..0.3}}
  power_shifts: {paid: {when: price >= 50, points: {buyer: -30..-10}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from negsim.checks.breach import breakers_at_work, loss_bounds
from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS528"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = True


def check(subject: Subject) -> Iterator[Finding]:
    """Look for a deal, not across a hard red line, and an actor to whom some breach of it makes a difference."""
    durability = subject.scenario.durability
    if durability is None:
        return
    path = ("durability",)
    if not breakers_at_work(subject):
        message = "the hazards of all breakers are 0, so no deal is ever broken"
        yield Finding((*path, "breakers"), message, "give a breaker a hazard, or leave durability out", on_key=True)
        return
    if not durability.power_shifts:
        message = "durability has no power shift, so a breach costs nobody anything and changes no acceptance"
        yield Finding(path, message, "add power_shifts: what a breach would find changed by the deal", on_key=True)
        return
    matters = _matters(subject)
    held = [subject.holds(shift.when) for shift in durability.power_shifts]
    if matters[_possible(subject)].any() or not any(holds.any() for holds in held):
        return
    where = "on a deal that no hard red line forbids" if matters.any() else "to anybody"
    message = f"no power shift makes a difference {where}, so the risk of breach changes no acceptance"
    yield Finding((*path, "power_shifts"), message, "check their conditions, sizes and remedies", on_key=True)


def _matters(subject: Subject) -> NDArray[np.bool_]:
    """Tell in which cells a breach can cost or bring an actor something."""
    import numpy as np

    cells = subject.structure.breach
    assert cells is not None
    matters = np.zeros(len(cells.term), np.bool_)
    for actor in subject.scenario.actors:
        if actor.discount_rate is not None:
            for breaker in breakers_at_work(subject):
                matters |= (loss_bounds(subject, actor, breaker) != 0).any(axis=0)
    return matters[cells.signature]


def _possible(subject: Subject) -> NDArray[np.bool_]:
    """Tell which cells cross no hard red line of anybody whose consent they need; all of them under a quorum."""
    import numpy as np

    possible = np.ones(subject.structure.n_cells, np.bool_)
    if subject.scenario.agreement.quorum is None:
        for actor in subject.scenario.actors:
            cells = subject.cells[actor.id]
            for line in actor.red_lines:
                if line.firmness is None:
                    possible &= subject.holds(line.require) | ~cells.needed
    return possible if possible.any() else ~possible
