"""The zone kernel: outcome-party tests a second, beside the bare broadcast comparison over the same blocks.

A test is one party's judgement of one outcome in one world. The kernel leaves out rows that cannot hold an outcome of
the zone; `tests made` counts what it then still compares. The bare comparison makes every test and keeps nothing.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

import numpy as np
from numpy.typing import NDArray

from benchmarks.spaces import additive, geneva, worlds_of
from benchmarks.timing import Row, median, run_in_turn
from negsim.model.worlds import Worlds
from negsim.scenario import Scenario
from negsim.zone.consent import Consent, consent_of
from negsim.zone.kernel import Tally, find_zones, has_zone
from negsim.zone.layout import Layout, lay_out
from negsim.zone.rows import alive_rows, short_buffers, sides_of

__all__ = ["measure"]

N_BLOCKS = 8
N_PASSES = 4


class Bench:
    """Blocks of worlds of one scenario, ready to be gone through."""

    def __init__(self, scenario: Scenario) -> None:
        self.blocks = [worlds_of(scenario, block=k) for k in range(N_BLOCKS)]
        self.layout, self.consent = lay_out(self.blocks[0].structure), consent_of(scenario)
        self.tally = Tally.empty(self.layout)

    @property
    def n_tests(self) -> int:
        """Outcome-party tests of one pass over all blocks."""
        n_worlds = sum(worlds.n_worlds for worlds in self.blocks)
        return n_worlds * self.blocks[0].structure.n_outcomes * len(self.consent.parties)

    def find(self, start: int = 0, step: int = 1) -> None:
        """Find the zones of some blocks, over and over."""
        for worlds in N_PASSES * self.blocks[start::step]:
            find_zones(worlds, self.layout, self.consent, self.tally)

    def exist(self) -> None:
        """Tell only where there is a zone."""
        for worlds in N_PASSES * self.blocks:
            has_zone(worlds, self.layout, self.consent)

    def compare(self) -> None:
        """Make every comparison, party by party, into one mask that is thrown away."""
        mask = np.empty(self.layout.shape, np.bool_)
        with short_buffers():
            for worlds in N_PASSES * self.blocks:
                _compare(worlds, self.layout, self.consent, mask)

    def share_made(self) -> float:
        """Tell which share of all tests is made, in rows that are not ruled out."""
        made = 0
        for worlds in self.blocks:
            for sides in sides_of(worlds, self.layout, self.consent, slice(0, worlds.n_worlds)):
                rows = int(np.count_nonzero(alive_rows(sides, self.consent)))
                made += rows * self.layout.shape[1] * len(self.consent.parties)
        return made / self.n_tests


def measure() -> list[Row]:
    """Time both spaces on one core and on two."""
    return [
        *_measure("15,625 outcomes, 2 parties", additive, 2.0),
        *_measure("Geneva", geneva, 5.0),
    ]


def _measure(name: str, scenario: Callable[[], Scenario], goal: float) -> list[Row]:
    bench = Bench(scenario())
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context, initializer=_begin, initargs=(scenario,)) as pool:
        seconds = run_in_turn(
            {
                "one": bench.find,
                "two": lambda: list(pool.map(_find_half, range(2))),
                "exist": bench.exist,
                "bare": bench.compare,
            }
        )
    rate = {work: f"{N_PASSES * bench.n_tests / median(times) / 1e9:.2f}·10^9" for work, times in seconds.items()}
    gain = median([one / two for one, two in zip(seconds["one"], seconds["two"], strict=True)])
    return [
        Row(
            f"{name}: whole zone, tests a second, one core ({bench.share_made():.0%} made, the rest ruled out by rows)",
            rate["one"],
            f"{goal:g}·10^9",
        ),
        Row(f"{name}: only whether there is one, one core", rate["exist"]),
        Row(f"{name}: bare comparison, one core", rate["bare"]),
        Row(f"{name}: whole zone, two cores against one", f"{gain:.2f} times", "1.5 times"),
    ]


_bench: Bench
"""In a worker process: its own blocks."""


def _begin(scenario: Callable[[], Scenario]) -> None:
    global _bench  # noqa: PLW0603  # a worker has no other place to keep it
    _bench = Bench(scenario())


def _find_half(which: int) -> None:
    _bench.find(which, 2)


def _compare(worlds: Worlds, layout: Layout, consent: Consent, mask: NDArray[np.bool_]) -> None:
    for sides in sides_of(worlds, layout, consent, slice(0, worlds.n_worlds)):
        for party in consent.parties:
            need, offer = sides.need[party], sides.offer[party]
            for world in range(sides.n_worlds):
                np.greater_equal(offer[world], need[world, :, None], out=mask)
