"""A scenario made ready for zone analysis: all that stays the same over its worlds, and how to draw them."""

from __future__ import annotations

from dataclasses import dataclass

from negsim.model.draws import Draws, draw_block
from negsim.model.structure import Structure, compile_structure
from negsim.model.worlds import Worlds, build_worlds
from negsim.scenario.types import Scenario
from negsim.zone.consent import Consent, consent_of
from negsim.zone.layout import Layout, lay_out

__all__ = ["Compiled", "compile_scenario"]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A scenario with its structure, the layout of its outcomes, its agreement rule, and where its draws come from."""

    scenario: Scenario
    structure: Structure
    layout: Layout
    consent: Consent
    seed: int
    sampler: str

    def draw(self, block: int, n_worlds: int) -> tuple[Draws, Worlds]:
        """Draw the first worlds of a block: the values of all quantities, and the arrays that follow from them."""
        draws = self.draws(block, n_worlds)
        return draws, build_worlds(self.scenario, self.structure, draws)

    def draws(self, block: int, n_worlds: int) -> Draws:
        """Draw the first worlds of a block, as values of quantities alone."""
        return draw_block(self.scenario, seed=self.seed, block=block, sampler=self.sampler, n_worlds=n_worlds)

    def worlds(self, block: int, n_worlds: int) -> Worlds:
        """Draw the first worlds of a block, as arrays alone."""
        return self.draw(block, n_worlds)[1]


def compile_scenario(scenario: Scenario, seed: int, sampler: str) -> Compiled:
    """Compile a scenario; a ScenarioError says if it has no outcome or too many."""
    structure = compile_structure(scenario)
    return Compiled(scenario, structure, lay_out(structure), consent_of(scenario), seed, sampler)
