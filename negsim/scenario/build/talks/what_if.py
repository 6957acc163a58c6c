"""What could be otherwise from now on."""

from __future__ import annotations

from negsim.scenario.build.talks.calendar import ROOT, Calendar
from negsim.scenario.build.talks.effects import build_effects
from negsim.scenario.schema_observed import WhatIfShape
from negsim.scenario.talks import WhatIf

__all__ = ["build_what_ifs"]


def build_what_ifs(calendar: Calendar) -> tuple[WhatIf, ...]:
    """Build the what-ifs, in the order of their ids."""
    shapes = calendar.shape.what_if
    return tuple(_build(name, shapes[name], calendar) for name in sorted(shapes))


def _build(name: str, shape: WhatIfShape, calendar: Calendar) -> WhatIf:
    path, findings = (*ROOT, "what_if", name), calendar.findings
    vague = any(findings.is_broken((*path, key)) for key in ("effects", "tracks"))
    if not shape.effects and not shape.tracks and not vague:
        message = f"nothing is otherwise with {name}"
        help = "add effects: {...} or tracks: {...}"
        findings.report("NS449", path, message, help=help, on_key=True, breaks=False)
    for one, other in shape.tracks.items():
        below = (*path, "tracks", one)
        known = calendar.knows(("track",), one, below, on_key=True) and calendar.knows(("track",), other, below)
        if known and one == other:
            message = f"sessions of {one} are held on {one} already"
            findings.report("NS449", below, message, help="name another track")
    effects = build_effects(shape.effects, path, calendar.context)
    return WhatIf(name, effects, tuple(sorted(shape.tracks.items())), shape.title, shape.about)
