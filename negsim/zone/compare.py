"""Two scenarios on the same worlds: what becomes likelier and what less likely from one to the other.

Draws are keyed by the paths of quantities, so what two scenarios have in common is drawn alike in both (common random
numbers). Events are counted world by world, and only worlds in which the two differ tell them apart.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.model.estimates import paired_difference, proportion
from negsim.model.sampling import BLOCK
from negsim.records import dataclass
from negsim.scenario.differences import find_differences
from negsim.scenario.types import Scenario
from negsim.zone.analysis import DEFAULT_WORLDS, OnProgress, check_request
from negsim.zone.comparison import Change, Comparison, Side
from negsim.zone.compiled import Compiled, compile_scenario
from negsim.zone.counting import Run, blocks_between, joined
from negsim.zone.events import BLOCK_KINDS, ZONE, Event, events_of, names_of
from negsim.zone.plan import make_plan
from negsim.zone.questions import USUAL
from negsim.zone.workers import Workers

__all__ = ["Pair", "PairCounts", "compare_zones", "count_pair", "pair_of"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two compiled scenarios and the events that both have, with the place of each among the events of either.

    What blocks is looked for in the first ``n_block_worlds`` worlds, whole blocks of them.
    """

    before: Compiled
    after: Compiled
    common: tuple[Event, ...]
    place_before: NDArray[np.intp]
    place_after: NDArray[np.intp]
    n_block_worlds: int


@dataclass(frozen=True, slots=True)
class PairCounts:
    """In how many worlds of each block an event happens in both scenarios, or in one alone: all (block, event)."""

    both: NDArray[np.int64]
    only_before: NDArray[np.int64]
    only_after: NDArray[np.int64]


def compare_zones(
    before: Scenario,
    after: Scenario,
    *,
    n_worlds: int = DEFAULT_WORLDS,
    seed: int = 0,
    sampler: str = "lhs",
    n_jobs: int = 1,
    on_progress: OnProgress | None = None,
) -> Comparison:
    """Compare two scenarios on the same worlds: P(zone), options, and what each party accepts.

    Parameters
    ----------
    before, after : Scenario
        Issues, options and parties of the same id are taken for the same.
    n_worlds, seed, sampler, n_jobs, on_progress
        As for `analyse_zone`, whose figures for either scenario these are.

    Returns
    -------
    Comparison

    Raises
    ------
    UsageError, ScenarioError
        As `analyse_zone`.

    Notes
    -----
    With ``sobol`` the dimension of a quantity is its rank among all uncertain ones, so scenarios that differ in which
    quantities are uncertain share no draws; the intervals show it.

    Examples
    --------
    A deal worth 60 is better than no deal in 60 % of worlds; one worth 70, in 70 %, those of before among them.

    >>> from negsim.scenario import loads
    >>> text = '''
    ... negsim: 1
    ... id: one-deal
    ... title: One deal
    ... issues: {deal: {title: Deal, options: [signed]}}
    ... parties: {ann: {title: Ann, values: {deal: {signed: 60}}, no_deal: 0..100}}
    ... '''
    >>> found = compare_zones(loads(text), loads(text, overrides=["parties.ann.values.deal.signed=70"]))
    >>> round(found.p_zone.difference.estimate, 1), found.lost.estimate
    (0.1, 0.0)
    """
    check_request(n_worlds, None, seed, n_jobs)
    pair = pair_of(compile_scenario(before, seed, sampler), compile_scenario(after, seed, sampler))
    blocks, runs, done = blocks_between(0, n_worlds), [], 0
    with Workers(pair, n_jobs) as workers:
        for counts in workers.map(count_pair, blocks):
            runs.append(counts)
            done += len(counts.both)
            if on_progress is not None:
                on_progress(sum(n for _, n in blocks[:done]), n_worlds)
    return _summarise(pair, joined(runs), np.array([n for _, n in blocks], np.int64))


def pair_of(before: Compiled, after: Compiled) -> Pair:
    """Pair two compiled scenarios by the events that both have, in the order of the second."""
    first = {name: place for place, name in enumerate(names_of(before))}
    second = {name: place for place, name in enumerate(names_of(after))}
    limit = min(make_plan(side, USUAL).n_block_worlds for side in (before, after))
    common = tuple(name for name in second if name in first and (limit or name[0] not in BLOCK_KINDS))
    place_before, place_after = (np.array([side[name] for name in common], np.intp) for side in (first, second))
    return Pair(before, after, common, place_before, place_after, limit)


def count_pair(pair: Pair, run: Run) -> PairCounts:
    """Count, in some blocks, the worlds in which each event happens in both scenarios, and in one alone."""
    both, only_before, only_after = [], [], []
    for block in run:
        asks = block[0] * BLOCK < pair.n_block_worlds
        before = events_of(pair.before, *pair.before.draw(*block), asks_blocks=asks)[:, pair.place_before]
        after = events_of(pair.after, *pair.after.draw(*block), asks_blocks=asks)[:, pair.place_after]
        both.append(np.count_nonzero(before & after, axis=0))
        only_before.append(np.count_nonzero(before & ~after, axis=0))
        only_after.append(np.count_nonzero(after & ~before, axis=0))
    return PairCounts(np.stack(both), np.stack(only_before), np.stack(only_after))


def _summarise(pair: Pair, counts: PairCounts, n_worlds: NDArray[np.int64]) -> Comparison:
    some = n_worlds[: pair.n_block_worlds // BLOCK]
    changes = [
        _change(event, counts, k, some if event[0] in BLOCK_KINDS else n_worlds) for k, event in enumerate(pair.common)
    ]
    zone = pair.common.index(ZONE)
    return Comparison(
        before=_side(pair.before),
        after=_side(pair.after),
        n_worlds=int(np.sum(n_worlds)),
        seed=pair.before.seed,
        sampler=pair.before.sampler,
        p_zone=changes.pop(zone),
        gained=proportion(counts.only_after[:, zone], n_worlds),
        lost=proportion(counts.only_before[:, zone], n_worlds),
        changes=tuple(changes),
        differences=find_differences(pair.before.scenario, pair.after.scenario),
    )


def _change(event: Event, counts: PairCounts, k: int, n_worlds: NDArray[np.int64]) -> Change:
    both, only_before, only_after = (
        side[: len(n_worlds), k] for side in (counts.both, counts.only_before, counts.only_after)
    )
    return Change(
        kind=event[0],
        key=event[1:],
        before=proportion(both + only_before, n_worlds),
        after=proportion(both + only_after, n_worlds),
        difference=paired_difference(only_after, only_before, n_worlds),
    )


def _side(compiled: Compiled) -> Side:
    scenario, structure = compiled.scenario, compiled.structure
    return Side(scenario.id, scenario.title, len(scenario.issues), structure.n_outcomes, structure.n_cells)
