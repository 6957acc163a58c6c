"""Short ways from a scenario to what a test looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from negsim.model.assumptions import AS_STATED, Assumptions
from negsim.model.draws import Draws, draw_block
from negsim.model.durability import Risk
from negsim.model.outcomes import Outcomes
from negsim.model.structure import Structure, compile_structure
from negsim.model.worlds import Worlds, build_worlds
from negsim.scenario import Scenario
from negsim.zone.consent import consent_of
from negsim.zone.kernel import Tally, ZoneBlock, find_zones
from negsim.zone.layout import Layout, lay_out
from tests.reference import Coins, Numbers
from tests.reference_stakes import World


@dataclass(frozen=True)
class Bench:
    """A scenario compiled and some of its worlds built."""

    scenario: Scenario
    structure: Structure
    draws: Draws
    worlds: Worlds
    assumptions: Assumptions = AS_STATED

    def numbers(self, world: int) -> tuple[Numbers, Coins]:
        """What was drawn in one world, for the reference."""
        quantity = {path: float(values[world]) for path, values in self.draws.quantity.items()}
        return quantity, {line: bool(real[world]) for line, real in self.draws.real.items()}

    def plain(self, world: int) -> World:
        """One world as the reference sees it."""
        numbers, coins = self.numbers(world)
        serious = {party: bool(drawn[world]) for party, drawn in self.draws.serious.items()}
        return World(self.scenario, numbers, coins, serious, self.assumptions)

    def zone(self, layout: Layout | None = None) -> tuple[ZoneBlock, NDArray[np.uint32]]:
        """The kernel's answer, with the tally as ``[outcome]`` in the order of (cell, free combination)."""
        layout = layout or lay_out(self.structure)
        tally = Tally.empty(layout)
        block = find_zones(self.worlds, layout, consent_of(self.scenario), tally)
        tally.flush()
        row, column = np.indices(layout.shape).reshape(2, -1)
        outcomes = layout.outcomes(row, column)
        shape = self.structure.free_shape
        free = np.ravel_multi_index(tuple(outcomes.free.T), shape) if shape else 0
        by_outcome = np.zeros(self.structure.n_outcomes, np.uint32)
        by_outcome[outcomes.cell * self.structure.n_free + free] = tally.total.reshape(-1)
        return block, by_outcome

    def choices(self) -> NDArray[np.intp]:
        """The choice of each issue in each outcome, in the order of `zone`."""
        return self.structure.choices_of(self.outcomes())

    def outcomes(self) -> Outcomes:
        """All outcomes, in the order of `zone`."""
        return self.structure.outcomes(*np.divmod(np.arange(self.structure.n_outcomes), self.structure.n_free))


def bench(scenario: Scenario, *, seed: int = 0, n_worlds: int = 8, assumptions: Assumptions = AS_STATED) -> Bench:
    structure = compile_structure(scenario)
    draws = draw_block(scenario, seed=seed, block=0, n_worlds=n_worlds)
    return Bench(scenario, structure, draws, build_worlds(scenario, structure, draws, assumptions), assumptions)


def differences(one: Worlds, other: Worlds) -> Iterator[str]:
    """Name what, other than the structure, differs between worlds by as much as a bit, a shape or a type."""
    named = [field.name for field in fields(Worlds) if field.name not in ("structure", "asked")]
    for name in [*named, "base", "joint", "open_base", "amount", "audience_cost", "real", "risk"]:
        if not _same(getattr(one, name), getattr(other, name)):
            yield name


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, Risk):
        return _same((one.premium, one.kept), (other.premium, other.kept))
    return bool(one == other)
