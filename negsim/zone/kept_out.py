"""Deals that their risk keeps out: in the zone if nobody could break them, and not as it is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.model.assumptions import Assumptions
from negsim.model.estimates import proportion
from negsim.model.outcomes import Outcomes, no_outcomes, spell
from negsim.model.worlds import Worlds, build_worlds
from negsim.records import dataclass
from negsim.zone.compiled import Compiled
from negsim.zone.counting import Run, in_zone, joined
from negsim.zone.kernel import Tally, find_zones
from negsim.zone.stakes_result import KeptOut
from negsim.zone.workers import Workers

__all__ = ["N_KEPT_OUT", "find_kept_out"]

N_KEPT_OUT = 3
"""Deals reported that their risk keeps out."""

_PILOT_BLOCKS = 2
"""Blocks of worlds by which they are chosen, the first ones."""

Array = NDArray[np.int64]


def find_kept_out(workers: Workers[Compiled], compiled: Compiled, blocks: Run) -> tuple[KeptOut, ...]:
    """Find the deals that their risk keeps out in most of some worlds.

    The first is the outcome for which that is so most often; each further one is the most frequent of those whose
    conditions of durability differ from all before it, since others would be near copies. Nothing where outcomes are
    not enumerated, or where risk keeps none out.
    """
    if compiled.merges or compiled.structure.breach is None:
        return ()
    often = np.sum(list(workers.map(_tally, blocks[:_PILOT_BLOCKS])), axis=0)
    chosen = _choose(compiled, often)
    if not len(chosen):
        return ()
    counts = joined(list(workers.map(_count, blocks, chosen)))
    n_worlds = np.array([n for _, n in blocks], np.int64)
    choices = compiled.structure.choices_of(chosen)
    return tuple(
        KeptOut(
            spell(compiled.scenario, choices[k]),
            int(np.sum(n_worlds)),
            proportion(counts.kept_out[:, k], n_worlds),
            proportion(counts.in_zone[:, k], n_worlds),
        )
        for k in range(len(chosen))
        if np.any(counts.kept_out[:, k])
    )


def _unbroken(compiled: Compiled, block: tuple[int, int]) -> tuple[Worlds, Worlds]:
    """Draw some worlds as they are, and as they would be if no deal could be broken."""
    draws, worlds = compiled.draw(*block)
    assumed = Assumptions(breach="impossible")
    return worlds, build_worlds(compiled.scenario, compiled.structure, draws, assumed, like=worlds)


def _tally(compiled: Compiled, run: Run) -> Array:
    """Count for each outcome, (row, column), the worlds with it in the zone if unbroken, less those as it is."""
    before, after = Tally.empty(compiled.layout), Tally.empty(compiled.layout)
    for block in run:
        for worlds, tally in zip(_unbroken(compiled, block), (before, after), strict=True):
            find_zones(worlds, compiled.layout, compiled.joint, tally)
    before.flush()
    after.flush()
    return after.total.astype(np.int64) - before.total


def _choose(compiled: Compiled, often: Array) -> Outcomes:
    """Take the outcomes that risk keeps out most often, the first in declared order of equals, one of each kind."""
    breach = compiled.structure.breach
    assert breach is not None
    left, chosen = often.copy(), no_outcomes(len(compiled.structure.free_issues))
    rows, columns = (np.arange(n) for n in often.shape)
    while len(chosen) < N_KEPT_OUT and np.max(left) > 0:
        place = np.unravel_index(int(np.argmax(left)), left.shape)
        best = compiled.layout.outcomes(np.array([place[0]]), np.array([place[1]]))
        chosen = chosen.followed_by(best)
        alike = breach.signature == breach.signature[best.cell[0]]
        if compiled.layout.flipped:
            left[:, alike[columns]] = 0
        else:
            left[alike[rows // compiled.layout.n_row_free]] = 0
    return chosen


@dataclass(frozen=True, slots=True)
class _Counts:
    """Worlds in which risk keeps outcomes out, and in which they are in the zone: (block, outcome) both."""

    kept_out: Array
    in_zone: Array


def _count(compiled: Compiled, run: Run, outcomes: Outcomes) -> _Counts:
    kept, inside = [], []
    for block in run:
        worlds, unbroken = _unbroken(compiled, block)
        zone = in_zone(worlds, compiled, outcomes)
        kept.append(np.count_nonzero(in_zone(unbroken, compiled, outcomes) & ~zone, axis=0))
        inside.append(np.count_nonzero(zone, axis=0))
    return _Counts(np.array(kept, np.int64), np.array(inside, np.int64))
