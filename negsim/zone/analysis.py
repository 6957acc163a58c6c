"""The zone analysis: from a scenario to how likely a zone is, how large, and which deals and options are in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.model.draws import draw_block
from negsim.model.estimates import Estimate, mean, proportion, ratio
from negsim.model.sampling import BLOCK
from negsim.model.structure import Structure, compile_structure
from negsim.model.worlds import Worlds, build_worlds
from negsim.scenario.types import IRRELEVANT, Issue, Scenario
from negsim.zone.acceptance import accepts_choices, accepts_outcomes
from negsim.zone.kernel import Consent, Tally, consent_of, find_zones
from negsim.zone.layout import Layout, lay_out
from negsim.zone.result import Deal, OptionFinding, PartyShare, ZoneResult, ZoneSize

__all__ = ["DEFAULT_WORLDS", "MAX_WORLDS", "analyse_zone"]

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
    n_jobs: int | None = None,
    on_progress: OnProgress | None = None,
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
    n_jobs : int, optional
        Threads; the processors at hand by default. Has no influence on the result.
    on_progress : callable, optional
        Called with the worlds done and the worlds planned.

    Returns
    -------
    ZoneResult

    Raises
    ------
    UsageError
        If the number of worlds, the precision or the sampler makes no sense.
    ScenarioError
        If the rules leave no outcome, or more than can be enumerated.

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
    _check(n_worlds, precision, seed, n_jobs)
    study = _Study.of(scenario, seed, sampler)
    n_threads = n_jobs or _processors()
    with ThreadPoolExecutor(n_threads) as pool:
        found = _Counts(study, pool, n_threads)
        for n_target in _targets(n_worlds, precision, found):
            found.extend(n_target, on_progress)
        return _summarise(study, found, pool)


def _processors() -> int:
    """Count the processors this process may use, where the system can tell."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _check(n_worlds: int, precision: float | None, seed: int, n_jobs: int | None) -> None:
    if not 1 <= n_worlds <= MAX_WORLDS:
        raise UsageError(f"the number of worlds must be 1 to {MAX_WORLDS:,}, not {n_worlds:,}")
    if precision is not None and not 0.0005 <= precision < 0.5:
        raise UsageError(f"the precision must be at least 0.0005 and below 0.5, not {precision:g}")
    if seed < 0:
        raise UsageError(f"the seed must not be negative, not {seed}")
    if n_jobs is not None and n_jobs < 1:
        raise UsageError(f"the number of threads must be at least 1, not {n_jobs}")


def _targets(n_worlds: int, precision: float | None, found: _Counts) -> Iterator[int]:
    """Say how many worlds there should be in all, until it is enough.

    A target depends on nothing but the worlds already seen, so that threads and blocks cannot change where it stops.
    """
    if precision is None:
        yield n_worlds
        return
    target = 4 * BLOCK
    while True:
        yield target
        half_width = found.p_zone().half_width
        if half_width <= precision or target >= MAX_WORLDS:
            return
        wanted = target * (half_width / precision) ** 2
        n_blocks = int(np.ceil(min(max(wanted, target + BLOCK), 4 * target) / BLOCK))
        target = min(MAX_WORLDS, n_blocks * BLOCK)


@dataclass(frozen=True, slots=True)
class _Study:
    """What stays the same over all blocks of worlds."""

    scenario: Scenario
    structure: Structure
    layout: Layout
    consent: Consent
    seed: int
    sampler: str

    @classmethod
    def of(cls, scenario: Scenario, seed: int, sampler: str) -> _Study:
        structure = compile_structure(scenario)
        return cls(scenario, structure, lay_out(structure), consent_of(scenario), seed, sampler)

    def worlds(self, block: int, n_worlds: int) -> Worlds:
        draws = draw_block(self.scenario, seed=self.seed, block=block, sampler=self.sampler, n_worlds=n_worlds)
        return build_worlds(self.scenario, self.structure, draws)


@dataclass(frozen=True, slots=True)
class _BlockCounts:
    """One block, counted: zone sizes, and in how many worlds each choice is in a zone and acceptable to each party."""

    size: NDArray[np.int64]
    present: NDArray[np.int64]
    accepted: NDArray[np.int64]


class _Counts:
    """Blocks counted so far, and the tally of outcomes over them; more can be added."""

    def __init__(self, study: _Study, pool: ThreadPoolExecutor, n_threads: int) -> None:
        self.study = study
        self.pool = pool
        self.blocks: list[_BlockCounts] = []
        self.n_worlds = 0
        self._tallies: SimpleQueue[Tally] = SimpleQueue()
        for _ in range(n_threads):
            self._tallies.put(Tally.empty(study.layout))
        self._n_tallies = n_threads

    def extend(self, n_target: int, on_progress: OnProgress | None) -> None:
        """Count blocks until there are ``n_target`` worlds; only the last call may end within a block."""
        ranges = [(start // BLOCK, min(BLOCK, n_target - start)) for start in range(self.n_worlds, n_target, BLOCK)]
        for counts in self.pool.map(self._count, *zip(*ranges, strict=True)):
            self.blocks.append(counts)
            self.n_worlds += len(counts.size)
            if on_progress is not None:
                on_progress(self.n_worlds, n_target)

    def worlds_by_block(self) -> NDArray[np.int64]:
        return np.array([len(block.size) for block in self.blocks], np.int64)

    def zones_by_block(self) -> NDArray[np.int64]:
        return np.array([np.count_nonzero(block.size) for block in self.blocks], np.int64)

    def p_zone(self) -> Estimate:
        return proportion(self.zones_by_block(), self.worlds_by_block())

    def tally(self) -> NDArray[np.uint32]:
        """Add up the threads' tallies: in how many worlds each outcome, ``[row, column]``, is in the zone."""
        tallies = [self._tallies.get() for _ in range(self._n_tallies)]
        for tally in tallies:
            tally.flush()
        total = tallies[0].total
        for tally in tallies[1:]:
            total += tally.total
        return total

    def _count(self, block: int, n_worlds: int) -> _BlockCounts:
        worlds = self.study.worlds(block, n_worlds)
        tally = self._tallies.get()
        zones = find_zones(worlds, self.study.layout, self.study.consent, tally)
        self._tallies.put(tally)
        accepted = [
            np.count_nonzero(accepts_choices(worlds, party), axis=0)
            for party in range(len(self.study.scenario.parties))
        ]
        return _BlockCounts(zones.size, np.count_nonzero(zones.present, axis=0), np.stack(accepted))


def _summarise(study: _Study, found: _Counts, pool: ThreadPoolExecutor) -> ZoneResult:
    scenario = study.scenario
    rows, columns, n_tied = _most_robust(found.tally(), study.layout)
    return ZoneResult(
        scenario=scenario.id,
        title=scenario.title,
        parties=tuple(party.id for party in scenario.parties),
        n_issues=len(scenario.issues),
        n_outcomes=study.structure.n_outcomes,
        n_cells=study.structure.n_cells,
        n_worlds=found.n_worlds,
        seed=study.seed,
        sampler=study.sampler,
        p_zone=found.p_zone(),
        size=_size(found),
        deals=_deals(study, found, rows, columns, pool),
        n_tied=n_tied,
        options=_options(scenario, found),
    )


def _most_robust(tally: NDArray[np.uint32], layout: Layout) -> tuple[NDArray[np.intp], NDArray[np.intp], int]:
    """Find the outcomes most often in the zone: their rows and columns, best first, and how many tie for best.

    Equal counts stand in the declared order of options. Outcomes never in a zone are no deals.
    """
    flat = tally.reshape(-1)
    n = min(N_DEALS, int(np.count_nonzero(flat)))
    if n == 0:
        return np.zeros(0, np.intp), np.zeros(0, np.intp), 0
    bar = np.partition(flat, len(flat) - n)[len(flat) - n]
    candidates = np.flatnonzero(flat >= bar)
    row, column = np.divmod(candidates, tally.shape[1])
    choices = layout.structure.choices_of(*layout.outcomes(row, column))
    order = np.lexsort((*choices.T[::-1], -flat[candidates].astype(np.int64)))[:n]
    return row[order], column[order], int(np.count_nonzero(flat == flat.max()))


def _deals(
    study: _Study, found: _Counts, rows: NDArray[np.intp], columns: NDArray[np.intp], pool: ThreadPoolExecutor
) -> tuple[Deal, ...]:
    """Go through the worlds again for the few deals to report, for whom accepts them and for intervals."""
    if len(rows) == 0:
        return ()
    cell, free = study.layout.outcomes(rows, columns)
    worlds_by_block = found.worlds_by_block()

    def count(block: int) -> NDArray[np.int64]:
        worlds = study.worlds(block, int(worlds_by_block[block]))
        accepts = np.stack(
            [accepts_outcomes(worlds, party, cell, free) for party in range(len(study.scenario.parties))]
        )
        in_zone = _agreed(accepts, study, cell)
        return np.count_nonzero(np.concatenate([accepts, in_zone[None]]), axis=1)

    hits = np.stack(list(pool.map(count, range(len(worlds_by_block)))))
    choices = study.structure.choices_of(cell, free)
    deals = []
    for k in range(len(rows)):
        *by_party, in_zone = (proportion(hits[:, who, k], worlds_by_block) for who in range(hits.shape[1]))
        deals.append(Deal(_spell(study.scenario, choices[k]), in_zone, _shares(study.scenario, by_party)))
    return tuple(deals)


def _agreed(accepts: NDArray[np.bool_], study: _Study, cell: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Apply the agreement rule to acceptances ``[party, world, deal]``: bool array (world, deal)."""
    consent = study.consent
    agreed = np.ones(accepts.shape[1:], np.bool_)
    for party in consent.required:
        agreed &= accepts[party] | ~study.structure.parties[party].needed[cell]
    if consent.voters:
        agreed &= np.count_nonzero(accepts[list(consent.voters)], axis=0) >= consent.quorum
    return agreed


def _size(found: _Counts) -> ZoneSize:
    size = np.concatenate([block.size for block in found.blocks])
    average = mean(size.astype(np.float64), BLOCK)
    zones = np.sort(size[size > 0])
    if len(zones) == 0:
        return ZoneSize(average, None, None, None)
    p10, median, p90 = (int(zones[int(share * (len(zones) - 1))]) for share in (0.1, 0.5, 0.9))
    return ZoneSize(average, p10, median, p90)


def _options(scenario: Scenario, found: _Counts) -> tuple[OptionFinding, ...]:
    worlds, zones = found.worlds_by_block(), found.zones_by_block()
    present = np.stack([block.present for block in found.blocks])
    accepted = np.stack([block.accepted for block in found.blocks])
    names = [(issue.id, option) for issue in scenario.issues for option in _choices(issue)]
    return tuple(
        OptionFinding(
            issue=issue,
            option=option,
            p_in_zone=proportion(present[:, k], worlds),
            share_of_zones=ratio(present[:, k], zones, worlds) if zones.any() else None,
            parties=_shares(
                scenario, [proportion(accepted[:, party, k], worlds) for party in range(len(scenario.parties))]
            ),
        )
        for k, (issue, option) in enumerate(names)
    )


def _shares(scenario: Scenario, estimates: list[Estimate]) -> tuple[PartyShare, ...]:
    return tuple(PartyShare(party.id, share) for party, share in zip(scenario.parties, estimates, strict=True))


def _choices(issue: Issue) -> tuple[str, ...]:
    return issue.options if issue.when is None else (*issue.options, IRRELEVANT)


def _spell(scenario: Scenario, choice: NDArray[np.intp]) -> tuple[tuple[str, str], ...]:
    return tuple((issue.id, _choices(issue)[k]) for issue, k in zip(scenario.issues, choice.tolist(), strict=True))
