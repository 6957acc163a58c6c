"""The zone kernel: outcome-party tests a second, beside the bare broadcast comparison over the same blocks.

A test is one party's judgement of one outcome in one world. The kernel leaves out rows that cannot hold an outcome of
the zone; `tests made` counts what it then still compares. The bare comparison makes every test and keeps nothing.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from benchmarks.spaces import additive, geneva, worlds_of
from benchmarks.timing import Row, median, run_in_turn
from negsim.model.worlds import Worlds
from negsim.scenario import Scenario
from negsim.zone import kernel
from negsim.zone.kernel import Consent, Tally, consent_of, find_zones
from negsim.zone.layout import Layout, lay_out

__all__ = ["measure"]

N_BLOCKS = 4


def measure() -> list[Row]:
    """Time both spaces on one core and on two."""
    rows: list[Row] = []
    for name, scenario, goal in (("15,625 outcomes, 2 parties", additive(), 2.0), ("Geneva", geneva(), 5.0)):
        rows += _measure(name, scenario, goal)
    return rows


def _measure(name: str, scenario: Scenario, goal: float) -> list[Row]:
    blocks = [worlds_of(scenario, block=k) for k in range(N_BLOCKS)]
    layout, consent = lay_out(blocks[0].structure), consent_of(scenario)
    parties = sorted({*consent.required, *consent.voters})
    tests = sum(worlds.n_worlds for worlds in blocks) * blocks[0].structure.n_outcomes * len(parties)
    tallies = [Tally.empty(layout) for _ in range(2)]

    def one() -> None:
        for worlds in blocks:
            find_zones(worlds, layout, consent, tallies[0])

    def half(which: int) -> None:
        for worlds in blocks[which::2]:
            find_zones(worlds, layout, consent, tallies[which])

    with ThreadPoolExecutor(2) as pool:
        seconds = run_in_turn(
            {
                "kernel, one core": one,
                "kernel, two cores": lambda: list(pool.map(half, range(2))),
                "bare comparison, one core": lambda: [_compare(worlds, layout, consent) for worlds in blocks],
            }
        )
    rate = {work: tests / median(times) / 1e9 for work, times in seconds.items()}
    gain = median(seconds["kernel, one core"]) / median(seconds["kernel, two cores"])
    made = _tests_made(blocks, layout, consent) / tests
    return [
        Row(f"{name}: tests a second, one core", f"{rate['kernel, one core']:.2f}·10^9", f"{goal:g}·10^9"),
        Row(f"{name}: share of tests made, the rest ruled out by rows", f"{made:.0%}"),
        Row(f"{name}: bare comparison, one core", f"{rate['bare comparison, one core']:.2f}·10^9"),
        Row(f"{name}: two cores against one", f"{gain:.2f} times", "1.5 times"),
    ]


def _compare(worlds: Worlds, layout: Layout, consent: Consent) -> None:
    """Compare every offer with every requirement, party by party, into one mask that is thrown away."""
    mask = np.empty(layout.shape, np.bool_)
    with kernel._short_buffers():
        for party in sorted({*consent.required, *consent.voters}):
            need, offer = layout.sides(worlds, party, slice(None))
            for world in range(worlds.n_worlds):
                np.greater_equal(offer[world], need[world, :, None], out=mask)


def _tests_made(blocks: list[Worlds], layout: Layout, consent: Consent) -> float:
    """Count the tests of the rows that the kernel does not leave out."""
    parties = sorted({*consent.required, *consent.voters})
    made = 0
    for worlds in blocks:
        sides = {party: layout.sides(worlds, party, slice(None)) for party in parties}
        made += int(np.count_nonzero(kernel._alive(sides, consent))) * layout.shape[1] * len(parties)
    return made
