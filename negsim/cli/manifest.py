"""A run's name and its manifest: what went in, and on what it was computed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from negsim import __version__

if TYPE_CHECKING:
    from negsim.cli.analysis import Settings

__all__ = ["manifest", "run_id"]


def run_id(scenario_id: str, text: str, settings: Settings) -> str:
    """Name a run by its scenario and a hash of all that its result depends on."""
    import hashlib
    import json

    inputs = {"negsim": __version__, "scenario": text, **_inputs(settings)}
    digest = hashlib.sha256(json.dumps(inputs, sort_keys=True).encode("utf-8")).hexdigest()
    return f"{re.sub(r'[^A-Za-z0-9_-]', '-', scenario_id)}-{digest[:10]}"


def manifest(name: str, settings: Settings, n_worlds: int) -> dict[str, Any]:
    """Describe a run. ``n_worlds`` is how many were drawn, which a precision decides by itself."""
    from negsim.study.manifest import processor, versions

    return {
        "format": "negsim.run/1",
        "id": name,
        "settings": _inputs(settings),
        "n_worlds": n_worlds,
        "versions": versions(),
        "processor": processor(),
    }


def _inputs(settings: Settings) -> dict[str, Any]:
    return {
        "worlds": settings.n_worlds if settings.precision is None else None,
        "precision": settings.precision,
        "seed": settings.seed,
        "sampler": settings.sampler,
        "points": settings.points,
        "weights": settings.questions.weights,
        "compare_points": settings.compare_points,
        "method": settings.method,
        "frontier": list(settings.frontier_parties) or None,
        "world": settings.world,
    }
