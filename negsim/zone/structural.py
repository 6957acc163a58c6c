"""What the choices of the model itself move: P(zone) with another shape of values, or another worth of `irrelevant`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from negsim.model.assumptions import AS_STATED, IRRELEVANT_WORTHS, VALUE_SHAPES, Assumptions
from negsim.model.draws import Draws, draw_centre
from negsim.model.estimates import paired_difference, proportion
from negsim.model.sampling import BLOCK
from negsim.model.values import option_values, weighted_issues
from negsim.model.worlds import build_worlds
from negsim.scenario.types import Issue, Party, Scenario
from negsim.zone.compiled import Compiled
from negsim.zone.counting import Run
from negsim.zone.existence import zone_exists
from negsim.zone.result import StructuralMove

__all__ = ["STRUCTURE_WORLDS", "StructureCounts", "alternatives", "count_structure", "summarise_structure"]

STRUCTURE_WORLDS = 1024
"""Worlds over which each alternative is tried, the first ones."""

Array = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class StructureCounts:
    """Worlds counted by block, ``n_worlds`` (block,) of them.

    ``zones`` (block, alternative) have a zone under the alternative; ``gained`` have one under it alone, ``lost`` only
    as the scenario stands.
    """

    n_worlds: Array
    zones: Array
    gained: Array
    lost: Array


def alternatives(scenario: Scenario) -> tuple[tuple[str, str, Assumptions], ...]:
    """List what could be assumed instead and can change something: the assumption, its alternative, all assumptions.

    Another shape changes something where a demand implies a value strictly between 0 and 100; another worth of
    `irrelevant` where a party weighs an issue that may not arise.

    Examples
    --------
    >>> from negsim.scenario import loads
    >>> sale = loads('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {price: {title: Price, scale: 0..100, step: 1}}
    ... parties: {buyer: {title: Buyer, demands: {price: 0}, no_deal: 10..60}}
    ... ''')
    >>> [alternative[:2] for alternative in alternatives(sale)]
    [('value_shape', 'step'), ('value_shape', 'concave')]
    """
    found = []
    if _implies_values_between(scenario):
        others = (name for name in VALUE_SHAPES if name != AS_STATED.value_shape)
        found += [("value_shape", name, Assumptions(value_shape=name)) for name in others]
    if any(issue.when is not None for _, issue in _weighed(scenario)):
        others = (name for name in IRRELEVANT_WORTHS if name != AS_STATED.irrelevant)
        found += [("irrelevant", name, Assumptions(irrelevant=name)) for name in others]
    return tuple(found)


def count_structure(compiled: Compiled, run: Run, stated: NDArray[np.bool_]) -> StructureCounts:
    """Count the zones of some blocks under every alternative.

    Parameters
    ----------
    compiled : Compiled
    run : Run
    stated : bool array (world,)
        Which worlds have a zone as the scenario stands, from the first world of block 0 on.

    Returns
    -------
    StructureCounts
    """
    others = [assumed for _, _, assumed in alternatives(compiled.scenario)]
    zones, gained, lost = [], [], []
    for block, n_worlds in run:
        draws = compiled.draws(block, n_worlds)
        before = stated[block * BLOCK : block * BLOCK + n_worlds]
        after = [_exists(compiled, draws, assumed) for assumed in others]
        zones.append([np.count_nonzero(exists) for exists in after])
        gained.append([np.count_nonzero(exists & ~before) for exists in after])
        lost.append([np.count_nonzero(before & ~exists) for exists in after])
    counted = (np.array(rows, np.int64).reshape(len(run), len(others)) for rows in (zones, gained, lost))
    return StructureCounts(np.array([n_worlds for _, n_worlds in run], np.int64), *counted)


def _exists(compiled: Compiled, draws: Draws, assumed: Assumptions) -> NDArray[np.bool_]:
    worlds = build_worlds(compiled.scenario, compiled.structure, draws, assumed)
    return zone_exists(compiled, worlds)


def summarise_structure(scenario: Scenario, counts: StructureCounts) -> tuple[StructuralMove, ...]:
    """Estimate P(zone) under every alternative, and how much it differs from the scenario as it stands."""
    return tuple(
        StructuralMove(
            assumption,
            alternative,
            int(np.sum(counts.n_worlds)),
            proportion(counts.zones[:, k], counts.n_worlds),
            paired_difference(counts.gained[:, k], counts.lost[:, k], counts.n_worlds),
        )
        for k, (assumption, alternative, _) in enumerate(alternatives(scenario))
    )


def _weighed(scenario: Scenario) -> list[tuple[Party, Issue]]:
    issues = {issue.id: issue for issue in scenario.issues}
    return [(party, issues[name]) for party in scenario.parties for name in weighted_issues(party)]


def _implies_values_between(scenario: Scenario) -> bool:
    """Tell whether any value follows the shape: those at both ends of the shape are the same for all shapes."""
    draws = draw_centre(scenario)
    # Whether a value is given or implied is the same in every world, and so are implied values.
    step = Assumptions(value_shape="step")
    return any(
        not np.array_equal(option_values(party, issue, draws), option_values(party, issue, draws, step))
        for party, issue in _weighed(scenario)
    )
