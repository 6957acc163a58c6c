"""Asking of one block of worlds what blocks those without a zone, and what solutions choose in those with one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from negsim.model.draws import Draws
from negsim.model.sampling import BLOCK
from negsim.model.worlds import Worlds
from negsim.zone.blocks import BlockCounts, block_counts, line_costs
from negsim.zone.compiled import Compiled
from negsim.zone.consent import Mask
from negsim.zone.payments import PaidCounts, Payment, Purse, least_payment, paid_counts, purse_of
from negsim.zone.plan import VARIANT_WORLDS, Plan
from negsim.zone.settlements import Chosen, SettledCounts, settle, settled_counts, signing_places
from negsim.zone.violations import Blocked, Table, tables, what_blocks

__all__ = ["Asking"]


class Asking:
    """What blocks and what solutions choose in one block of worlds, as far as a plan asks for it."""

    def __init__(self, compiled: Compiled, plan: Plan, block: int, n_worlds: int) -> None:
        self._compiled, self._questions, self._block, self._n_worlds = compiled, plan.questions, block, n_worlds
        self._asks_blocks = block * BLOCK < plan.n_block_worlds
        self._asks_solutions = block * BLOCK < plan.n_settled_worlds
        self._asks_payments = block * BLOCK < min(plan.n_block_worlds, VARIANT_WORLDS)
        self._asks_total = plan.questions.compare_points and not compiled.consent.voters
        self._found: list[Blocked] = []
        self._paid: list[Payment] = []
        self._n_payers = 0
        self._chosen: list[list[Chosen]] = []
        self._inside: list[list[float]] = []

    def of_all(self, worlds: Worlds, draws: Draws) -> Mask:
        """Lay out every world once, and tell which cells hold some outcome of its zone: (world, cell)."""
        constraints, purse = self._compiled.constraints, self._purse(draws)
        hit = np.zeros((worlds.n_worlds, len(constraints.cells)), np.bool_)
        costs = line_costs(worlds, constraints)
        for world, table in enumerate(self._tables(worlds, purse)):
            hit[world, constraints.cells] = np.any(table.zone, axis=1)
            if np.any(hit[world]):
                self._settle(table, worlds, world)
            elif self._asks_blocks:
                self._look_at(table, costs[world], purse, world)
        return hit

    def of_zones(self, worlds: Worlds) -> None:
        """Look at worlds with a zone."""
        if self._asks_solutions:
            for world, table in enumerate(self._tables(worlds)):
                self._settle(table, worlds, world)

    def of_the_rest(self, worlds: Worlds, draws: Draws, which: Mask) -> None:
        """Look at the worlds without a zone: those marked among all that were drawn."""
        if self._asks_blocks:
            purse = self._purse(draws)
            always = purse.places if purse else ()
            laid_out = tables(worlds, self._compiled.constraints, always=always)
            costs = line_costs(worlds, self._compiled.constraints)
            for world, table, cost in zip(np.flatnonzero(which).tolist(), laid_out, costs, strict=True):
                self._look_at(table, cost, purse, world)

    def _purse(self, draws: Draws) -> Purse | None:
        purse = purse_of(self._compiled, draws) if self._asks_payments else None
        self._n_payers = len(purse.places) if purse else 0
        return purse

    def _look_at(self, table: Table, cost: Sequence[float], purse: Purse | None, world: int) -> None:
        """Find what blocks a world without a zone, and what would have to be paid in it."""
        self._found.append(what_blocks(table, cost, asks_total=self._asks_total))
        if purse is not None:
            self._paid.append(least_payment(table, purse, world))

    def _tables(self, worlds: Worlds, purse: Purse | None = None) -> Iterator[Table]:
        signing = signing_places(self._compiled) if self._asks_solutions else ()
        always = sorted({*signing, *(purse.places if purse else ())})
        return tables(worlds, self._compiled.constraints, always=always, capped=self._compiled.merges)

    def _settle(self, table: Table, worlds: Worlds, world: int) -> None:
        if self._asks_solutions:
            self._chosen.append(settle(self._compiled, table, self._questions))
            self._inside.append([float(worlds.inside[party][world]) for party in self._compiled.signatories])

    @property
    def blocks(self) -> tuple[BlockCounts, ...]:
        """What blocks, if it was asked."""
        return (block_counts(self._block, self._n_worlds, self._found),) if self._asks_blocks else ()

    @property
    def paid(self) -> tuple[PaidCounts, ...]:
        """What would have to be paid, if there are side payments."""
        return (paid_counts(self._n_worlds, self._paid, self._n_payers),) if self._n_payers else ()

    @property
    def settled(self) -> tuple[SettledCounts, ...]:
        """What solutions chose, if it was asked."""
        n_asked = len(self._questions.solutions)
        found = settled_counts(self._compiled, self._n_worlds, self._chosen, self._inside, n_asked)
        return (found,) if self._asks_solutions else ()
