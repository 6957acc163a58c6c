"""How much to look into: what is asked, and for how many worlds it can be answered."""

from __future__ import annotations

from negsim.errors import Path, ScenarioError
from negsim.model.sampling import BLOCK
from negsim.records import dataclass
from negsim.zone.compiled import Compiled
from negsim.zone.moves import moving_coins, moving_quantities
from negsim.zone.questions import Questions
from negsim.zone.settlements import signing_places
from negsim.zone.violations import tables

__all__ = ["VARIANT_WORLDS", "Plan", "make_plan"]

BLOCK_WORLDS = 2**14
"""Worlds over which blocks are counted at most, the first ones; a share of them is known to a percentage point."""

SETTLED_WORLDS = 2**10
"""Worlds in which solutions are found at most, the first ones."""

VARIANT_WORLDS = 2**10
"""Worlds over which other assumptions, side payments and the holding of deals are looked at, the first ones."""

_PROBED = 8
"""Worlds that tell how much work one is."""

_WORK = 2**33
"""Entries of tables of violations that are worked through for blocks, and a quarter of them for solutions."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked, and how far it can be answered.

    Blocks and solutions are found for ``n_block_worlds`` and ``n_settled_worlds`` of the first worlds, whole blocks of
    them; ``paths`` and ``coins`` are the quantities and red lines of which it is asked what they move.
    """

    questions: Questions
    paths: tuple[Path, ...]
    coins: tuple[tuple[str, str], ...]
    n_block_worlds: int
    n_settled_worlds: int


def make_plan(compiled: Compiled, questions: Questions) -> Plan:
    """Find out by the first worlds how much work each is; nothing but the scenario and the seed settles a plan.

    Where one of these has too many efficient sums of free issues, but few enough outcomes to enumerate, or
    where too many sets of voters could turn a quorum, nothing is said of blocks and solutions.
    """
    paths = tuple(named.path for named, _, _ in moving_quantities(compiled.scenario))
    coins = moving_coins(compiled.scenario)
    if not compiled.constraints.has_few_ways:
        return Plan(questions, paths, coins, 0, 0)
    always = () if compiled.consent.voters else signing_places(compiled)
    worlds = compiled.worlds(0, _PROBED)
    try:
        laid_out = list(tables(worlds, compiled.constraints, always=always, capped=True))
    except ScenarioError:
        if compiled.merges:
            raise
        return Plan(questions, paths, coins, 0, 0)
    entries = max(table.key.size * max(1, len(table.active)) for table in laid_out)
    most = max(BLOCK, _WORK // entries // BLOCK * BLOCK)
    settled = 0 if compiled.consent.voters else max(BLOCK, min(SETTLED_WORLDS, most // 4 // BLOCK * BLOCK))
    return Plan(questions, paths, coins, min(BLOCK_WORLDS, most), settled)
