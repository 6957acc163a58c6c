"""What was seen, and what it did to the sample and to beliefs about what is uncertain."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.errors import format_path
from negsim.model.weighted import effective_size
from negsim.scenario.talks import Observation
from negsim.talks.found import Found, watched_paths
from negsim.talks.plan import Plan
from negsim.talks.result import Conditioning, Moved, ObservationFound

__all__ = ["ENOUGH", "condition", "weights_up_to"]

Array = NDArray[np.float64]

ENOUGH = 200
"""The effective size below which estimates are too coarse to build on, however many worlds there are."""

_SHARE = 0.1
"""The share of worlds below which the effective size should not fall."""

_N_MOVED = 8


def condition(plan: Plan, found: Found, weight: Array) -> Conditioning:
    """Say what each observation did, what all of them leave of the sample, and what moved most."""
    effective = effective_size(weight)
    return Conditioning(
        now=plan.talks.now,
        observations=_observations(plan.observed, found.seen),
        effective=effective,
        enough=effective >= max(ENOUGH, _SHARE * len(weight)),
        moved=_moved(plan, found, weight),
    )


def weights_up_to(plan: Plan, found: Found, day: int) -> Array:
    """Weigh worlds by what was seen up to the end of a day alone: (world,), all 0 where none fits that."""
    seen = [k for k, one in enumerate(plan.observed) if plan.day_seen(one) <= day]
    total = np.sum(found.seen[:, seen], axis=1)
    most = np.max(total)
    return np.exp(total - most) if np.isfinite(most) else np.zeros(len(total))


def _observations(observed: tuple[Observation, ...], seen: Array) -> tuple[ObservationFound, ...]:
    """Take one observation after the other, by the days on which they were seen."""
    so_far = np.zeros(len(seen))
    told = []
    for k, one in enumerate(observed):
        before = np.exp(so_far - np.max(so_far))
        with np.errstate(under="ignore"):
            likelihood = float(np.sum(before * np.exp(seen[:, k])) / np.sum(before))
        so_far = so_far + seen[:, k]
        told.append(ObservationFound(one.id, one.about, likelihood, effective_size(np.exp(so_far - np.max(so_far)))))
    return tuple(told)


def _moved(plan: Plan, found: Found, weight: Array) -> tuple[Moved, ...]:
    """List what moved most, by its shift in standard deviations; of equals the first by its path."""
    drawn = found.drawn.astype(np.float64)
    prior, sd = np.mean(drawn, axis=0), np.std(drawn, axis=0)
    posterior = np.sum(drawn * weight[:, None], axis=0) / np.sum(weight)
    moved = [
        Moved(format_path(path), float(prior[k]), float(posterior[k]), float(sd[k]))
        for k, path in enumerate(watched_paths(plan.scenario))
    ]
    moved.sort(key=lambda one: (-abs(one.shift), one.path))
    return tuple(moved[:_N_MOVED])
