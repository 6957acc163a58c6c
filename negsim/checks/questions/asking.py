"""Worlds that questions are put to: what the Nash solution gives each signatory there, and how talks end."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.analysis import Ends, end_draws
from negsim.bargaining.table import Table, can_bargain, make_table
from negsim.checks.judging.variants import Variants
from negsim.model.draws import Draws
from negsim.model.sampling import BLOCK
from negsim.model.values import UNITS_PER_POINT
from negsim.model.worlds import Worlds, build_worlds
from negsim.scenario.bargaining import Protocol
from negsim.scenario.types import Party
from negsim.zone.existence import zone_exists
from negsim.zone.questions import Questions
from negsim.zone.settlements import choose, signing_places, zone_front
from negsim.zone.violations import tables

__all__ = ["TINY", "Asking"]

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]

TINY = 1e-3
"""Points that rounding may account for."""

_DEALS, _PILOTS = 1024, 8
"""Deals that can come up in bargaining, and the worlds that put them forward where they are not all."""


class Asking:
    """The first worlds of a scenario, in which one thing after the other is changed."""

    def __init__(self, variants: Variants, n_worlds: int = BLOCK) -> None:
        self.variants = variants
        self.compiled = variants.whole()
        self.draws = self.compiled.draws(0, n_worlds)

    @property
    def n_worlds(self) -> int:
        """How many worlds there are."""
        return self.draws.n_worlds

    @cached_property
    def worlds(self) -> Worlds:
        """The worlds as arrays."""
        return self.worlds_of(self.draws)

    def worlds_of(self, draws: Draws) -> Worlds:
        """Give the same worlds with other draws."""
        return build_worlds(self.compiled.scenario, self.compiled.structure, draws)

    @property
    def signatories(self) -> tuple[Party, ...]:
        """Those who sign, in the order of their places."""
        return tuple(self.compiled.scenario.parties[k] for k in self.compiled.signatories)

    @property
    def why_no_solution(self) -> str:
        """Why nothing can be said of what a solution gives; empty if something can."""
        if self.compiled.scenario.agreement.quorum is not None:
            return "solutions say nothing where a quorum decides"
        return "" if can_bargain(self.compiled.scenario) else "nobody has anybody to bargain with"

    @cached_property
    def payoffs(self) -> Values:
        """What each signatory has from the Nash solution as things stand: (world, signatory)."""
        return self.payoffs_of(self.worlds)

    def payoffs_of(self, worlds: Worlds) -> Values:
        """Give what each signatory has from the Nash solution, in points: (world, signatory).

        Without a zone that is what it has while talks last: the disagreement point of these worlds. Where several
        outcomes are chosen, the mean of what they are worth.
        """
        compiled = self.compiled
        inside = np.stack([worlds.inside[k] for k in compiled.signatories], axis=1)
        gain = np.zeros_like(inside)
        exists = zone_exists(compiled, worlds)
        places = signing_places(compiled)
        if np.any(exists):
            laid_out = tables(worlds.select(exists), compiled.constraints, always=places, capped=compiled.merges)
            for world, table in zip(np.flatnonzero(exists).tolist(), laid_out, strict=True):
                front, spare = zone_front(table, places), table.spare(places)
                chosen = choose(compiled, front, Questions(), spare)["nash"]
                gain[world] = np.mean(front[:, chosen], axis=1) + spare
        return (inside + gain) / UNITS_PER_POINT

    @property
    def protocol(self) -> Protocol:
        """How the parties bargain."""
        return self.compiled.scenario.protocol or Protocol()

    @cached_property
    def table(self) -> Table:
        """The table at which they bargain."""
        return make_table(self.compiled, most_deals=_DEALS, pilots=_PILOTS)

    @cached_property
    def ends(self) -> Ends:
        """How talks end as things stand."""
        return self.ends_at(self.table)

    def ends_at(self, table: Table) -> Ends:
        """Tell how the same worlds' talks end at another table."""
        return end_draws(table, 0, self.draws)

    def ends_under(self, protocol: Protocol) -> Ends:
        """Tell how talks end under another protocol of the same kind, all chances falling as they do."""
        return self.ends_at(replace(self.table, protocol=protocol))

    def name_world(self, world: int) -> str:
        """Name a world so that it can be found again."""
        return f"world {world} of block 0, seed {self.variants.seed}, sampler {self.compiled.sampler}"
