"""The Nash solution is efficient, and nothing in the zone has a larger product of gains.

No outcome of the zone gives every signatory at least as much as one that the Nash solution chooses, and one of them
more; and where some outcome gives everybody a gain, none has a larger product.

Why: a better outcome for all would have a larger product, or let more parties gain (Nash 1950).

Scope: unanimity, where two or more sign; looked at on outcomes of worlds with a zone, in which products are multiplied
out here.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.checks.theorems.checked import Checked, fails, holds, not_applying
from negsim.checks.theorems.evidence import Evidence
from negsim.zone.questions import Questions
from negsim.zone.settlements import choose, signing_places, zone_front
from negsim.zone.violations import tables

__all__ = ["ID", "check"]

ID = "nash_is_efficient"

_WORLDS = 24
_TINY = 1e-9
_ROUNDING = 1_000.0
"""Units far above what rounding may make of a gain: a hundredth of a point."""


def check(evidence: Evidence) -> Checked:
    """Compare what is chosen with all other efficient gains, world by world."""
    compiled = evidence.compiled
    if compiled.scenario.agreement.quorum is not None:
        return not_applying(ID, "solutions say nothing where a quorum decides")
    if not evidence.can_bargain:
        return not_applying(ID, "nobody has anybody to share with")
    some = np.flatnonzero(evidence.exists)[:_WORLDS]
    worlds = evidence.worlds.select(np.isin(np.arange(evidence.n_worlds), some))
    places = signing_places(compiled)
    laid_out = tables(worlds, compiled.constraints, always=places, capped=compiled.merges)
    for world, table in zip(some.tolist(), laid_out, strict=True):
        front, spare = zone_front(table, places), table.spare(places)
        chosen = front[:, choose(compiled, front, Questions(), spare)["nash"]]
        gains = table.gains(places, *np.nonzero(table.inside))
        wrong = _wrong(gains + spare[:, None], chosen + spare[:, None])
        if wrong:
            return fails(ID, len(some), wrong, evidence.name_world(world))
    return holds(ID, len(some), f"{len(some)} worlds with a zone")


def _wrong(gains: NDArray[np.float64], chosen: NDArray[np.float64]) -> str:
    """Say what is wrong with the gains chosen, (party, point), from all in the zone; nothing if all is well."""
    if not chosen.shape[1]:
        return "Nash chooses nothing in a world with a zone"
    for mine in chosen.T:
        better = np.all(gains >= mine[:, None], axis=0) & np.any(gains > mine[:, None], axis=0)
        if np.any(better):
            return f"Nash chooses gains {mine.tolist()}, and all could have {gains[:, np.argmax(better)].tolist()}"
    if np.all(chosen > _ROUNDING):
        # By logarithms, since products of many parties overflow.
        largest = np.max(np.sum(np.log(np.maximum(gains, 1.0)), axis=0))
        if largest > np.sum(np.log(chosen[:, 0])) + _TINY:
            return f"Nash chooses gains {chosen[:, 0].tolist()} beside a larger product"
    return ""
