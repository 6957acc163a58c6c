"""A scenario made ready for zone analysis: all that stays the same over its worlds, and how to draw them."""

from __future__ import annotations

from dataclasses import replace

from negsim.errors import UsageError
from negsim.model.draws import Draws, draw_block
from negsim.model.structure import MAX_OUTCOMES, Structure, compile_structure
from negsim.model.worlds import Worlds, build_worlds
from negsim.records import dataclass
from negsim.scenario.types import Role, Scenario
from negsim.zone.consent import Consent, consent_of
from negsim.zone.constraints import Constraints, constraints_of
from negsim.zone.layout import Layout, lay_out

__all__ = ["Compiled", "compile_scenario"]


ENUMERATED = 2**22
"""Outcomes up to which zones are found outcome by outcome if nothing else is asked."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A scenario with its structure, the layout of its outcomes, its agreement rule, and where its draws come from.

    ``joint`` is the rule over those who weigh deals by points: who ratifies by red lines alone is asked together with
    its party (`Worlds.joint`). ``merges`` means that its free issues are merged into efficient sums instead of being
    enumerated.
    """

    scenario: Scenario
    structure: Structure
    layout: Layout
    consent: Consent
    joint: Consent
    constraints: Constraints
    seed: int
    sampler: str
    merges: bool

    @property
    def signatories(self) -> tuple[int, ...]:
        """Positions of the signatories among the parties."""
        return tuple(k for k, party in enumerate(self.scenario.parties) if party.role is Role.SIGNATORY)

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


def compile_scenario(scenario: Scenario, seed: int, sampler: str, method: str = "auto") -> Compiled:
    """Compile a scenario.

    Raises
    ------
    UsageError, ScenarioError
        If there is too much to enumerate; if the scenario has no outcome, or too many cells.
    """
    structure = compile_structure(scenario)
    n_outcomes = structure.n_outcomes
    if method == "enumerate" and n_outcomes > MAX_OUTCOMES:
        raise UsageError(f"there are {n_outcomes:,} outcomes; at most {MAX_OUTCOMES:,} can be enumerated: merge them")
    merges = method == "merge" or (method == "auto" and n_outcomes > ENUMERATED)
    consent = consent_of(scenario)
    weighing = tuple(k for k in consent.required if not scenario.actors[k].by_lines_alone)
    joint = replace(consent, required=weighing)
    constraints = constraints_of(structure, consent)
    return Compiled(scenario, structure, lay_out(structure), consent, joint, constraints, seed, sampler, merges)
