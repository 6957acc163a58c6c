"""Whether worlds have a zone, in whichever way suits the scenario."""

from __future__ import annotations

import numpy as np

from negsim.model.worlds import Worlds
from negsim.zone.compiled import Compiled
from negsim.zone.consent import Mask
from negsim.zone.kernel import has_zone
from negsim.zone.merged import cells_with_zone

__all__ = ["zone_exists"]


def zone_exists(compiled: Compiled, worlds: Worlds) -> Mask:
    """Tell which worlds have a zone: bool array (world,)."""
    if compiled.merges:
        return np.any(cells_with_zone(worlds, compiled), axis=1)
    return has_zone(worlds, compiled.layout, compiled.joint)
