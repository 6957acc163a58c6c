"""What decides whether a scenario has a zone: indices over all its uncertain quantities, and a tornado of P(zone)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError, format_path
from negsim.model.estimates import Estimate, paired_difference, proportion
from negsim.model.quantiles import quantile
from negsim.model.sampling import BLOCK
from negsim.scenario.inventory import NamedQuantity, list_quantities
from negsim.scenario.quantities import Distribution
from negsim.scenario.types import Scenario
from negsim.study.designs_saltelli import N_PARTS
from negsim.study.sensitivity.advice import advise
from negsim.study.sensitivity.pawn import pawn
from negsim.study.sensitivity.regional import split_of_values
from negsim.study.sensitivity.result import Findings, Influence, Placed, Sensitivity, Swing
from negsim.study.sensitivity.sobol_indices import SobolIndices, sobol_indices
from negsim.study.sensitivity.world_inputs import Input, list_inputs
from negsim.study.sensitivity.world_points import (
    BLUFF_AND_REAL,
    Held,
    HeldCounts,
    Points,
    PointsPlan,
    count_held,
    find_points,
)
from negsim.zone.analysis import OnProgress
from negsim.zone.compiled import Compiled, compile_scenario
from negsim.zone.counting import blocks_between, joined
from negsim.zone.workers import Workers

__all__ = ["DEFAULT_BASE", "HELD_WORLDS", "MAX_BASE", "world_sensitivity"]

DEFAULT_BASE = 1024
MAX_BASE = 2**16
_FEWEST_A_PART = 8

HELD_WORLDS = 4 * BLOCK
"""Worlds behind a tornado: the first of every analysis of the scenario with the same seed."""

_LOW, _HIGH = 0.1, 0.9


def world_sensitivity(
    scenario: Scenario,
    *,
    n_base: int = DEFAULT_BASE,
    seed: int = 0,
    n_jobs: int = 1,
    on_progress: OnProgress | None = None,
) -> Sensitivity:
    """Find what decides whether there is a zone.

    Parameters
    ----------
    scenario : Scenario
    n_base : int
        Base points, a multiple of 8; each costs as many worlds as there are inputs, and two.
    seed : int
    n_jobs : int
        Processes to use at most; has no influence on the result.
    on_progress : callable, optional
        Called with the worlds done and the worlds planned.

    Returns
    -------
    Sensitivity
        Indices are shares of the variance of the yes/no outcome that a world has a zone. The tornado is of those
        inputs with which any world changed. What parties do is taken as `analyse_zone` takes it: in good faith.

    Raises
    ------
    UsageError, ScenarioError
        If an argument makes no sense, or the scenario leaves nothing open; as `analyse_zone`.

    Examples
    --------
    >>> from negsim.scenario import loads
    >>> sale = loads('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {price: {title: Price, scale: 0..100, step: 1}}
    ... parties:
    ...   buyer: {title: Buyer, demands: {price: 0}, no_deal: {same_as: {price: 40..80}}}
    ...   seller: {title: Seller, demands: {price: 100}, no_deal: {same_as: {price: 30..50}}}
    ... ''')
    >>> found = world_sensitivity(sale).findings[0]
    >>> [(one.paths[0], round(one.total.estimate, 1)) for one in found.influences]
    [('parties.buyer.no_deal.same_as.price', 0.8), ('parties.seller.no_deal.same_as.price', 0.7)]
    """
    inputs = list_inputs(scenario)
    if not inputs:
        raise UsageError("the scenario leaves nothing open on which a zone could depend: all quantities are constants")
    _check(n_base, seed, n_jobs)
    compiled = compile_scenario(scenario, seed, "lhs")
    plan = PointsPlan(inputs, N_PARTS, n_base // N_PARTS, seed)
    n_points, done = n_base * (len(inputs) + 2), 0
    with Workers(compiled, n_jobs) as workers:
        runs = []
        for run in workers.map(find_points, plan.chunks, plan):
            runs.append(run)
            done += len(run.base) * (len(inputs) + 2)
            if on_progress is not None:
                on_progress(done, n_points)
        points = joined(runs)
        held = _to_hold(scenario, inputs, points)
        counts = joined(list(workers.map(count_held, blocks_between(0, HELD_WORLDS), held)))
    found = _findings(compiled, points, inputs, n_points, seed, held, counts)
    return Sensitivity(
        kind="scenario",
        name=scenario.id,
        title=scenario.title,
        of="p_zone",
        share=True,
        design="saltelli",
        seed=seed,
        where=None,
        findings=(found,),
    )


def _check(n_base: int, seed: int, n_jobs: int) -> None:
    if n_base % N_PARTS or not _FEWEST_A_PART * N_PARTS <= n_base <= MAX_BASE:
        raise UsageError(
            f"base points come in {N_PARTS} equal parts, {_FEWEST_A_PART * N_PARTS} to {MAX_BASE:,} in all,"
            f" not {n_base:,}"
        )
    if seed < 0:
        raise UsageError(f"the seed must not be negative, not {seed}")
    if n_jobs < 1:
        raise UsageError(f"the number of jobs must be at least 1, not {n_jobs}")


def _findings(
    compiled: Compiled,
    points: Points,
    inputs: Sequence[Input],
    n_worlds: int,
    seed: int,
    held: Sequence[Held],
    counts: HeldCounts,
) -> Findings:
    base, other, mixed = (zone.astype(np.float64) for zone in (points.base, points.other, points.mixed))
    indices = sobol_indices(base, other, mixed, part=points.part, seed=seed)
    influences = _influences(points, inputs, indices)
    return Findings(
        policy=None,
        n_cells=n_worlds,
        n_failed=0,
        n_dropped=0,
        n_base=len(base),
        middle=proportion(counts.zones, counts.n_worlds),
        varies=indices is not None,
        exact=False,
        influences=influences,
        sum_first=None if indices is None else indices.sum_first,
        placed=_placed(points, inputs, seed) if indices is not None else (),
        swings=_swings(held, counts),
        n_held=HELD_WORLDS,
        advice=advise(influences, len(base)),
    )


def _influences(points: Points, inputs: Sequence[Input], indices: SobolIndices | None) -> tuple[Influence, ...]:
    """Give each input its indices, largest total first; those with which no world changed last, by path."""
    changed = points.mixed != points.base[:, None]  # (point, input)
    found = []
    for k, one in enumerate(inputs):
        paths = tuple(format_path(path) for path in one.paths)
        moved = bool(np.any(changed[:, k]))
        if indices is None:
            found.append(Influence(paths, one.coin, moved))
            continue
        total = _at_least_as_wide(indices.total[k], changed[:, k], points)
        first = indices.first[k] if moved else Estimate(0.0, 0.0, total.high)
        found.append(Influence(paths, one.coin, moved, first, total))
    return tuple(sorted(found, key=lambda one: -one.size))


def _at_least_as_wide(total: Estimate, changed: NDArray[np.bool_], points: Points) -> Estimate:
    """Widen the interval of a total index to that of the share of worlds that change, of which it is a multiple.

    Half that share is Jansen's mean square. Where few worlds change, or none, the spread between parts says too little.
    """
    n_parts = int(points.part[-1]) + 1
    by_part = np.bincount(points.part, changed, minlength=n_parts)
    share = proportion(by_part, np.bincount(points.part, minlength=n_parts).astype(np.int64))
    scale = 1 / (2 * float(np.var(points.zone)))
    return Estimate(total.estimate, max(0.0, min(total.low, share.low * scale)), max(total.high, share.high * scale))


def _placed(points: Points, inputs: Sequence[Input], seed: int) -> tuple[Placed, ...]:
    """Say how P(zone) moves over the range of each path, and how differently it is spread with and without a zone."""
    paths = [(path, one.coin) for one in inputs for path in one.paths]
    moves = pawn(points.value, points.zone.astype(np.float64), seed=seed)
    found = [
        Placed(format_path(path), coin, moves[k], split_of_values(points.value[:, k], points.zone, len(paths)))
        for k, (path, coin) in enumerate(paths)
    ]
    return tuple(sorted(found, key=lambda one: -(one.split.distance if one.split else 0.0)))


def _to_hold(scenario: Scenario, inputs: Sequence[Input], points: Points) -> tuple[Held, ...]:
    """List what to hold low and high: every path of an input with which any world changed."""
    moved = np.any(points.mixed != points.base[:, None], axis=0)
    named = {one.path: one for one in list_quantities(scenario)}
    return tuple(
        Held(path, *BLUFF_AND_REAL, coin=True) if one.coin else _tenths(named[path])
        for one, any_moved in zip(inputs, moved, strict=True)
        if any_moved
        for path in one.paths
    )


def _tenths(named: NamedQuantity) -> Held:
    """Find the 10th and the 90th percentile of an uncertain quantity."""
    low, high = quantile(cast("Distribution", named.quantity), named.domain, np.array([_LOW, _HIGH])).tolist()
    return Held(named.path, low, high)


def _swings(held: Sequence[Held], counts: HeldCounts) -> tuple[Swing, ...]:
    """Estimate P(zone) on both sides of each input, and the difference world by world; largest first."""
    found = [
        Swing(
            path=format_path(one.path),
            coin=one.coin,
            low=None if one.coin else one.low,
            high=None if one.coin else one.high,
            at_low=proportion(counts.low[:, k], counts.n_worlds),
            at_high=proportion(counts.high[:, k], counts.n_worlds),
            difference=paired_difference(counts.only_high[:, k], counts.only_low[:, k], counts.n_worlds),
        )
        for k, one in enumerate(held)
    ]
    return tuple(sorted(found, key=lambda swing: -abs(swing.difference.estimate)))
