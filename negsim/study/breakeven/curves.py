"""A result as a function of one quantity, all else drawn alike at every value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.analysis import end_blocks
from negsim.bargaining.stops import Stop
from negsim.bargaining.table import make_table
from negsim.errors import Path, UsageError, format_path
from negsim.model.draws import followers_of, with_quantities
from negsim.model.estimates import Estimate, proportion
from negsim.records import dataclass
from negsim.scenario import loads, write
from negsim.scenario.types import Scenario
from negsim.scenario.words import number_text
from negsim.study.axes import set_text
from negsim.study.breakeven.crossings import Evaluate
from negsim.study.outcomes import block_sizes, by_block
from negsim.talks import hold_talks
from negsim.zone.analysis import estimate_p_zone
from negsim.zone.compiled import Compiled, compile_scenario
from negsim.zone.counting import Run, blocks_between, joined
from negsim.zone.existence import zone_exists_after
from negsim.zone.workers import Workers

__all__ = ["RESULTS", "Draw", "Held", "OnWorlds", "Result", "count_held", "held_at"]

OnWorlds = Callable[[int], None]
"""Called with how many worlds were gone through since it was last called; as many as there are for each value."""


@dataclass(frozen=True, slots=True)
class Draw:
    """Which worlds to draw, and how many processes to use."""

    n_worlds: int
    seed: int
    sampler: str
    n_jobs: int


@dataclass(frozen=True, slots=True)
class Result:
    """A probability that a break-even can be of: the worlds it takes unless told otherwise, and how it is found.

    ``of`` estimates it in a scenario; ``along`` opens the curve over a quantity, which tells each time how many worlds
    were gone through.
    """

    default_worlds: int
    of: Callable[[Scenario, Draw], Estimate]
    along: Callable[[Scenario, Path, float, Draw, OnWorlds], AbstractContextManager[Evaluate]]


def held_at(scenario: Scenario, path: Path, value: float) -> Scenario:
    """Make a quantity the same in every world, as ``--set PATH=VALUE`` does.

    Raises
    ------
    ScenarioError
        If the scenario makes no sense then: outside the domain, tied to another quantity, probabilities above 1.

    Examples
    --------
    >>> sale = loads('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {deal: {title: Deal, options: [signed]}}
    ... parties: {ann: {title: Ann, values: {deal: {signed: 60}}, no_deal: 0..100}}
    ... ''')
    >>> held_at(sale, ("parties", "ann", "no_deal"), 12.5).parties[0].no_deal
    Constant(value=12.5)
    """
    return loads(write(scenario), file=scenario.id, overrides=[f"{format_path(path)}={set_text(value)}"])


@dataclass(frozen=True, slots=True)
class Held:
    """A compiled scenario with one quantity constant, which is given other values in the worlds drawn."""

    compiled: Compiled
    path: Path
    followers: Mapping[Path, Path]


def count_held(held: Held, run: Run, values: Sequence[float]) -> NDArray[np.int64]:
    """Count the worlds with a zone in some blocks, at each value: (block, value)."""
    return np.array([_count_block(held, *block, values) for block in run], np.int64)


def _count_block(held: Held, block: int, n_worlds: int, values: Sequence[float]) -> list[int]:
    compiled, scenario = held.compiled, held.compiled.scenario
    draws, worlds = compiled.draw(block, n_worlds)
    counts = []
    for value in values:
        moved = with_quantities(scenario, draws, {held.path: np.full(n_worlds, value)}, followers=held.followers)
        counts.append(int(np.count_nonzero(zone_exists_after(compiled, worlds, draws, moved))))
    return counts


@contextmanager
def _zone_along(scenario: Scenario, path: Path, start: float, draw: Draw, on_worlds: OnWorlds) -> Iterator[Evaluate]:
    """Compile once; worlds are drawn with the quantity constant already, so that they are those of a reload."""
    constant = held_at(scenario, path, start)
    held = Held(compile_scenario(constant, draw.seed, draw.sampler), path, followers_of(constant))
    blocks = blocks_between(0, draw.n_worlds)
    n_worlds = block_sizes(draw.n_worlds)
    with Workers(held, draw.n_jobs) as workers:

        def evaluate(values: Sequence[float]) -> list[Estimate]:
            runs, done = [], 0
            for counts in workers.map(count_held, blocks, tuple(values)):
                runs.append(counts)
                on_worlds(len(values) * int(np.sum(n_worlds[done : done + len(counts)])))
                done += len(counts)
            return [proportion(hits, n_worlds) for hits in np.concatenate(runs).T]

        yield evaluate


def _zone_of(scenario: Scenario, draw: Draw) -> Estimate:
    return estimate_p_zone(scenario, n_worlds=draw.n_worlds, seed=draw.seed, sampler=draw.sampler, n_jobs=draw.n_jobs)


def _bargain_of(scenario: Scenario, draw: Draw) -> Estimate:
    table = make_table(compile_scenario(scenario, draw.seed, draw.sampler))
    with Workers(table, draw.n_jobs) as workers:
        ends = joined(list(workers.map(end_blocks, blocks_between(0, draw.n_worlds))))
    return proportion(by_block(ends.stop == Stop.AGREED), block_sizes(draw.n_worlds))


def _talks_of(scenario: Scenario, draw: Draw) -> Estimate:
    found = hold_talks(scenario, n_worlds=draw.n_worlds, seed=draw.seed, sampler=draw.sampler, n_jobs=draw.n_jobs)
    return found.p_agreement


def _anew(of: Callable[[Scenario, Draw], Estimate]) -> Result:
    """Find a result at every value from the scenario anew."""

    @contextmanager
    def along(scenario: Scenario, path: Path, start: float, draw: Draw, on_worlds: OnWorlds) -> Iterator[Evaluate]:
        del start  # every value is a start of its own

        def at(value: float) -> Estimate:
            try:
                found = of(held_at(scenario, path, value), draw)
            except UsageError as error:
                raise UsageError(f"with {format_path(path)} at {number_text(value)}: {error}") from None
            on_worlds(draw.n_worlds)
            return found

        yield lambda values: [at(value) for value in values]

    return Result(1024, of, along)


RESULTS: Mapping[str, Result] = {
    "p_zone": Result(4096, _zone_of, _zone_along),
    "p_agreement": _anew(_bargain_of),
    "talks.p_agreement": _anew(_talks_of),
}
"""By name, as cells of a study have them."""
