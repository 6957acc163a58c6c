"""P(zone) under other assumptions, in the same worlds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from negsim.model.assumptions import AS_STATED, Assumptions
from negsim.model.draws import Draws
from negsim.model.estimates import Estimate, paired_difference, proportion
from negsim.model.sampling import BLOCK
from negsim.model.worlds import Worlds, build_worlds, pressure_on
from negsim.records import dataclass
from negsim.zone.compiled import Compiled
from negsim.zone.consent import Mask
from negsim.zone.counting import Run
from negsim.zone.existence import zone_exists

__all__ = ["Variant", "VariantCounts", "count_variants"]

Array = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class VariantCounts:
    """Worlds counted by block, ``n_worlds`` (block,) of them.

    ``zones`` (block, variant) have a zone under other assumptions; ``gained`` have one under these alone, ``lost`` only
    as the scenario stands.
    """

    n_worlds: Array
    zones: Array
    gained: Array
    lost: Array

    def p_zone(self, variant: int) -> Estimate:
        """Estimate P(zone) under one variant."""
        return proportion(self.zones[:, variant], self.n_worlds)

    def difference(self, variant: int) -> Estimate:
        """Estimate what that is more than as the scenario stands."""
        return paired_difference(self.gained[:, variant], self.lost[:, variant], self.n_worlds)


@dataclass(frozen=True, slots=True)
class Variant:
    """Other assumptions, and which zones they can only leave as they are.

    ``opens`` and ``closes`` tell whether a world without a zone may have one under them, and one with a zone none.
    ``at_most`` is the place, among the variants, of one that opens every world that this one opens.
    """

    assumed: Assumptions
    opens: bool = True
    closes: bool = True
    at_most: int | None = None


def count_variants(compiled: Compiled, run: Run, stated: Mask, variants: Sequence[Variant]) -> VariantCounts:
    """Count the zones of some blocks under each of some assumptions.

    Parameters
    ----------
    compiled : Compiled
    run : Run
    stated : bool array (world,)
        Which worlds have a zone as the scenario stands, from the first world of block 0 on.
    variants : sequence of Variant

    Returns
    -------
    VariantCounts
    """
    zones, gained, lost = [], [], []
    for block, n_worlds in run:
        before = stated[block * BLOCK : block * BLOCK + n_worlds]
        after = _zones(compiled, block, before, variants)
        zones.append([np.count_nonzero(exists) for exists in after])
        gained.append([np.count_nonzero(exists & ~before) for exists in after])
        lost.append([np.count_nonzero(before & ~exists) for exists in after])
    counted = (np.array(rows, np.int64).reshape(len(run), len(variants)) for rows in (zones, gained, lost))
    return VariantCounts(np.array([n_worlds for _, n_worlds in run], np.int64), *counted)


def _zones(compiled: Compiled, block: int, before: Mask, variants: Sequence[Variant]) -> list[Mask]:
    """Tell which worlds of a block have a zone under each of some assumptions, looking only where it may change."""
    draws, stated = compiled.draw(block, len(before))
    found: list[Mask] = []
    for variant in variants:
        open_to = np.where(before, variant.closes, variant.opens)
        if variant.at_most is not None:
            open_to &= found[variant.at_most] | before
        exists = before.copy()
        if np.any(open_to):
            exists[open_to] = zone_exists(compiled, _build(compiled, draws, stated, variant.assumed, open_to))
        found.append(exists)
    return found


def _build(compiled: Compiled, draws: Draws, stated: Worlds, assumed: Assumptions, which: Mask) -> Worlds:
    """Build some of the worlds of a block under other assumptions, from what these have in common with the stated."""
    if replace(assumed, pressure=()) == AS_STATED:
        return stated.select(which).pressed(pressure_on(compiled.scenario, assumed))
    like = stated if assumed.leaves_values else None
    return build_worlds(compiled.scenario, compiled.structure, draws, assumed, like=like).select(which)
