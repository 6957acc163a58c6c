"""The zone analysis: from a scenario to how likely a zone is, how large, and which deals and options are in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.model.estimates import MIN_BLOCKS, Estimate, proportion
from negsim.model.sampling import BLOCK
from negsim.scenario.types import Scenario
from negsim.zone.compiled import Compiled, compile_scenario
from negsim.zone.counting import Counts, blocks_between, count_deals, count_existence, count_zones, joined
from negsim.zone.findings import NearOutcome
from negsim.zone.nearest import PILOT_WORLDS, by_block, choose_nearest, count_nearest, summarise_nearest
from negsim.zone.plan import VARIANT_WORLDS, Plan, make_plan
from negsim.zone.portfolio import choose_deals
from negsim.zone.questions import USUAL, Questions, check_questions
from negsim.zone.result import ZoneResult
from negsim.zone.stakes import find_stakes, what_ifs
from negsim.zone.structural import alternatives
from negsim.zone.summary import Passes, summarise
from negsim.zone.variants import Variant, VariantCounts, count_variants
from negsim.zone.workers import Workers

__all__ = [
    "DEFAULT_WORLDS",
    "MAX_WORLDS",
    "OnProgress",
    "analyse_zone",
    "check_request",
    "estimate_p_zone",
]

DEFAULT_WORLDS = 4096
MAX_WORLDS = 2**22
"""The most worlds one analysis draws."""

N_DEALS = 5
"""Robust deals reported."""

OnProgress = Callable[[int, int], None]


def analyse_zone(
    scenario: Scenario,
    *,
    n_worlds: int = DEFAULT_WORLDS,
    precision: float | None = None,
    seed: int = 0,
    sampler: str = "lhs",
    n_jobs: int = 1,
    on_progress: OnProgress | None = None,
    questions: Questions = USUAL,
) -> ZoneResult:
    """Find how likely it is that some outcome is acceptable to all whom the agreement needs, and which.

    Parameters
    ----------
    scenario : Scenario
    n_worlds : int
        Worlds to draw; ignored where ``precision`` is given.
    precision : float, optional
        Draw as many worlds as it takes for half the interval of P(zone) to be at most this, in probability.
    seed : int
        With the scenario, settles every draw.
    sampler : {"lhs", "random", "sobol"}
    n_jobs : int
        Processes to use at most, once there is enough to do; has no influence on the result. A program that asks for
        more than one needs the usual ``if __name__ == "__main__":``.
    on_progress : callable, optional
        Called with the worlds done and the worlds planned.
    questions : Questions
        Which solutions to find, and how far to lower no-deal values to see what they block.

    Returns
    -------
    ZoneResult

    Raises
    ------
    UsageError, ScenarioError
        If an argument makes no sense; if the rules leave no outcome, or more than can be enumerated.

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
    ...   seller: {title: Seller, demands: {price: 100}, no_deal: {same_as: {price: 20..60}}}
    ... ''')
    >>> round(analyse_zone(sale, n_worlds=4096).p_zone.estimate, 1)
    0.9
    """
    check_request(n_worlds, precision, seed, n_jobs)
    check_questions(questions, scenario)
    compiled = compile_scenario(scenario, seed, sampler, questions.method)
    plan = make_plan(compiled, questions)
    with Workers(compiled, n_jobs) as workers:
        counts, tally = _count(workers, n_worlds, precision, on_progress, plan)
        blocks = blocks_between(0, len(counts.exists))
        chosen = choose_deals(compiled, tally, blocks, counts.exists, N_DEALS)
        # A further pass over all worlds, for how robust the few deals are and who accepts them.
        deals = joined(list(workers.map(count_deals, blocks, chosen))) if len(chosen) else None
        nearest = _nearest(workers, compiled, counts)
        variants = _variants(workers, compiled, counts)
        stakes = find_stakes(workers, compiled, counts, chosen, variants)
    return summarise(compiled, counts, tally, Passes(chosen, deals, variants, nearest, stakes), plan)


def estimate_p_zone(
    scenario: Scenario,
    *,
    n_worlds: int = DEFAULT_WORLDS,
    precision: float | None = None,
    seed: int = 0,
    sampler: str = "lhs",
    n_jobs: int = 1,
) -> Estimate:
    """Estimate only how likely a zone is: what `analyse_zone` finds, several times faster.

    Parameters
    ----------
    scenario, n_worlds, precision, seed, sampler, n_jobs
        As for `analyse_zone`.

    Returns
    -------
    Estimate

    Raises
    ------
    UsageError, ScenarioError
        As `analyse_zone`.
    """
    check_request(n_worlds, precision, seed, n_jobs)
    n_zones: list[NDArray[np.int64]] = []
    with Workers(compile_scenario(scenario, seed, sampler), n_jobs) as workers:
        for start, target in _targets(n_worlds, precision, lambda: np.concatenate(n_zones)):
            n_zones.extend(workers.map(count_existence, blocks_between(start, target)))
    return _estimate(np.concatenate(n_zones), target)


def _count(
    workers: Workers[Compiled],
    n_worlds: int,
    precision: float | None,
    on_progress: OnProgress | None,
    plan: Plan,
) -> tuple[Counts, NDArray[np.uint32]]:
    """Count zones over as many worlds as it takes."""
    runs: list[Counts] = []
    tally = np.zeros((1, 1), np.uint32)
    for start, target in _targets(n_worlds, precision, lambda: np.concatenate([run.n_zones for run in runs])):
        done = start
        for counts, more in workers.map(count_zones, blocks_between(start, target), plan):
            runs.append(counts)
            tally = np.add(tally, more, out=more)
            done += len(counts.exists)
            if on_progress is not None:
                on_progress(done, target)
    return joined(runs), tally


def _variants(workers: Workers[Compiled], compiled: Compiled, counts: Counts) -> VariantCounts:
    """Count zones under what else could be assumed, then under what could be otherwise."""
    others = [Variant(assumed) for _, _, assumed in alternatives(compiled.scenario)]
    others += what_ifs(compiled.scenario, len(others)).values()
    n_first = min(len(counts.exists), VARIANT_WORLDS)
    return joined(list(workers.map(count_variants, blocks_between(0, n_first), counts.exists[:n_first], others)))


def _nearest(workers: Workers[Compiled], compiled: Compiled, counts: Counts) -> tuple[NearOutcome, ...]:
    """Find the outcomes nearest to a zone, over the worlds in which blocks were looked for."""
    if not counts.blocks:
        return ()
    found = joined(counts.blocks)
    blocked, n_worlds = by_block(found), int(np.sum(found.n_worlds))
    blocks = blocks_between(0, n_worlds)
    n_stuck = np.cumsum(found.n_worlds - found.n_zones)
    pilot = blocks[: int(np.searchsorted(n_stuck, PILOT_WORLDS)) + 1]
    outcomes = choose_nearest(compiled, counts.exists, pilot, blocked)
    if not len(outcomes):
        return ()
    near = joined(list(workers.map(count_nearest, blocks, counts.exists, blocked, outcomes)))
    return summarise_nearest(compiled, outcomes, near, found.n_worlds)


def check_request(n_worlds: int, precision: float | None, seed: int, n_jobs: int) -> None:
    """Refuse settings that make no sense with a UsageError."""
    if not 1 <= n_worlds <= MAX_WORLDS:
        raise UsageError(f"the number of worlds must be 1 to {MAX_WORLDS:,}, not {n_worlds:,}")
    if precision is not None and not 0.0005 <= precision < 0.5:
        raise UsageError(f"the precision must be at least 0.0005 and below 0.5, not {precision:g}")
    if seed < 0:
        raise UsageError(f"the seed must not be negative, not {seed}")
    if n_jobs < 1:
        raise UsageError(f"the number of jobs must be at least 1, not {n_jobs}")


def _targets(
    n_worlds: int, precision: float | None, zones_by_block: Callable[[], NDArray[np.int64]]
) -> Iterator[tuple[int, int]]:
    """Say from and up to how many worlds to go on, until it is enough.

    A target depends on nothing but the zones already counted, so neither jobs nor blocks can change where it stops.
    """
    if precision is None:
        yield 0, n_worlds
        return
    start, target = 0, MIN_BLOCKS * BLOCK
    while True:
        yield start, target
        half_width = _estimate(zones_by_block(), target).half_width
        if half_width <= precision or target >= MAX_WORLDS:
            return
        wanted = min(max(target * (half_width / precision) ** 2, target + BLOCK), 4 * target, MAX_WORLDS)
        start, target = target, int(np.ceil(wanted / BLOCK)) * BLOCK


def _estimate(n_zones: NDArray[np.int64], n_worlds: int) -> Estimate:
    return proportion(n_zones, np.array([n for _, n in blocks_between(0, n_worlds)], np.int64))
