"""All of the talks that is the same in all worlds: which deals can come up, and what everybody thinks of the others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.deals import MOST_DEALS, deals_on_the_table
from negsim.bargaining.prospects import Prospect, prospects
from negsim.bargaining.tactics.base import Array
from negsim.errors import UsageError
from negsim.model.draws import Draws
from negsim.model.outcomes import Outcomes
from negsim.model.sampling import BLOCK
from negsim.records import dataclass
from negsim.scenario.bargaining import Protocol
from negsim.scenario.types import Party, Role, Scenario
from negsim.zone.compiled import Compiled
from negsim.zone.merged import PILOT_ZONES

__all__ = ["Table", "breakdown_of", "can_bargain", "make_table", "require_two"]


@dataclass(frozen=True, slots=True)
class Table:
    """All of the talks that is the same in all worlds.

    ``order`` are the signatories as they speak, positions among the parties; ``prospects`` what is thought of each, in
    that order; ``choices`` (deal, issue) what the deals are made of.
    """

    compiled: Compiled
    protocol: Protocol
    order: tuple[int, ...]
    deals: Outcomes
    choices: NDArray[np.intp]
    prospects: tuple[Prospect, ...]
    p_breakdown: float

    @property
    def parties(self) -> tuple[Party, ...]:
        """The signatories in the order in which they speak."""
        return tuple(self.compiled.scenario.parties[k] for k in self.order)

    @property
    def is_whole(self) -> bool:
        """Whether all outcomes can come up."""
        return len(self.deals) == self.compiled.structure.n_outcomes


def can_bargain(scenario: Scenario) -> bool:
    """Tell whether two parties or more have to sign, so that there is somebody to bargain with."""
    return sum(party.role is Role.SIGNATORY for party in scenario.parties) > 1


def require_two(scenario: Scenario) -> None:
    """Refuse a scenario in which nobody has anybody to bargain with.

    Raises
    ------
    UsageError
        If fewer than two parties have to sign.
    """
    if not can_bargain(scenario):
        signing = [party.id for party in scenario.parties if party.role is Role.SIGNATORY]
        who = f"only {signing[0]} has to sign" if signing else "nobody has to sign"
        raise UsageError(f"bargaining takes two signatories or more, and in {scenario.id} {who}")


def make_table(compiled: Compiled, *, most_deals: int = MOST_DEALS, pilots: int = PILOT_ZONES) -> Table:
    """Set the table: choose the deals that can come up, and say what everybody thinks of everybody.

    Parameters
    ----------
    compiled : Compiled
    most_deals, pilots : int
        As for `deals_on_the_table`.

    Raises
    ------
    UsageError
        If fewer than two parties have to sign.
    """
    scenario = compiled.scenario
    require_two(scenario)
    protocol = scenario.protocol or Protocol()
    ids = [party.id for party in scenario.parties]
    signing = [ids[k] for k in compiled.signatories]
    order = tuple(ids.index(name) for name in protocol.order or signing)
    deals = deals_on_the_table(compiled, most_deals=most_deals, pilots=pilots)
    choices = compiled.structure.choices_of(deals)
    draws, worlds = compiled.draw(0, BLOCK)
    thought = prospects(compiled, order, deals, choices, draws, worlds)
    broken = float(np.mean(breakdown_of(draws)))
    return Table(compiled, protocol, order, deals, choices, thought, broken)


def breakdown_of(draws: Draws) -> Array:
    """Give the probability in each world that talks break down after a round."""
    return draws.quantity.get(("protocol", "breakdown"), np.zeros(draws.n_worlds))
