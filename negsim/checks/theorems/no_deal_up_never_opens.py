"""A higher no-deal value never opens a zone.

If any no-deal value rises, all else staying as it is in each world, no world gets a zone and no zone an outcome. If a
mediator's pressure takes points from no deal, none is lost.

Why: what is at least the higher value is at least the lower one. After a breach a no-deal value counts as much as
before, so that what a breach costs stays.

Scope: all scenarios. What is the `same` as a no-deal value is held where it was.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from negsim.checks.theorems.checked import Checked
from negsim.checks.theorems.comparing import Step, compare, domain_top, moved
from negsim.checks.theorems.evidence import Evidence
from negsim.scenario.no_deal import Lottery, SameAs, WarValue

__all__ = ["ID", "check"]

ID = "no_deal_up_never_opens"

_POINTS = 5.0


def check(evidence: Evidence) -> Checked:
    """Raise no-deal values by some points, one after the other, and lower them."""
    return compare(ID, evidence, _steps(evidence), without="no party states what it has without a deal")


def _steps(evidence: Evidence) -> Iterator[Step]:
    actors = evidence.compiled.scenario.actors
    for k, actor in enumerate(actors):
        if actor.no_deal is None:
            continue
        path = (*actor.path, "no_deal")
        if not isinstance(actor.no_deal, SameAs | Lottery | WarValue):
            raised = np.minimum(evidence.draws.quantity[path] + _POINTS, domain_top(evidence, path))
            yield Step(f"{actor.id} has more without a deal", moved(evidence, {path: raised}), evidence.zones)
        for sign, name in ((-1, "is pressed to hold out for more"), (1, "is pressed to take less")):
            pressed = evidence.worlds.pressed([sign * _POINTS * (k == other) for other in range(len(actors))])
            zones = evidence.zones_of(evidence.compiled, pressed)
            narrow, wide = (zones, evidence.zones) if sign < 0 else (evidence.zones, zones)
            yield Step(f"{actor.id} {name}", narrow, wide)
