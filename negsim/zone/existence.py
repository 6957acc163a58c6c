"""Whether worlds have a zone, in whichever way suits the scenario."""

from __future__ import annotations

import numpy as np

from negsim.model.draws import Draws
from negsim.model.rebuilding import rebuild_worlds, touched_between
from negsim.model.worlds import Worlds
from negsim.zone.compiled import Compiled
from negsim.zone.consent import Mask
from negsim.zone.kernel import has_zone
from negsim.zone.merged import cells_with_zone

__all__ = ["zone_exists", "zone_exists_after"]


def zone_exists(compiled: Compiled, worlds: Worlds) -> Mask:
    """Tell which worlds have a zone: bool array (world,)."""
    if compiled.merges:
        return np.any(cells_with_zone(worlds, compiled), axis=1)
    return has_zone(worlds, compiled.layout, compiled.joint)


def zone_exists_after(compiled: Compiled, worlds: Worlds, before: Draws, after: Draws) -> Mask:
    """Tell which worlds have a zone once their draws are others, from worlds built of the draws before.

    Parameters
    ----------
    compiled : Compiled
    worlds : Worlds
        Of ``before``, as `Compiled.draw` gives them.
    before, after : Draws
        Of the same worlds; the fewer quantities differ, the less is built anew.

    Returns
    -------
    bool array (world,)
    """
    touched = touched_between(before, after)
    return zone_exists(compiled, rebuild_worlds(compiled.scenario, compiled.structure, after, worlds, touched))
