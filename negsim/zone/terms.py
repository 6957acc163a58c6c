"""What another term of a deal's guarantee would be worth, and the credibility that would do the same."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.model.breach import credibility_with_value, value_over
from negsim.model.draws import Draws
from negsim.model.durability import breach_losses, hazards_of
from negsim.model.no_deal import WithoutDeal
from negsim.model.outcomes import Outcomes
from negsim.records import dataclass
from negsim.zone.compiled import Compiled

__all__ = ["OtherTerms", "other_terms", "price_terms"]

_MOST_TERMS = 6
"""Terms that are priced at most, spread evenly over the scale."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OtherTerms:
    """The first of some outcomes with a guarantee that ends, and the terms that it could have instead.

    ``outcome`` is its place, ``years`` (term,) the other terms, ``cells`` (term,) where all its other options stand
    beside each.
    """

    outcome: int
    years: Array
    cells: NDArray[np.intp]


def other_terms(compiled: Compiled, outcomes: Outcomes) -> OtherTerms | None:
    """Find what can be priced; None where no outcome has a guarantee that ends, or rules allow it no other term."""
    structure, durability = compiled.structure, compiled.scenario.durability
    if structure.breach is None or durability is None or not durability.term:
        return None
    term = structure.breach.of(outcomes.cell).term
    ending = np.flatnonzero(term > 0)
    if not len(ending):
        return None
    outcome = int(ending[0])
    place = next(k for k, issue in enumerate(structure.issues) if issue.id == durability.term)
    levels = [float(level) for level in structure.issues[place].levels]
    choices = [k for k, years in enumerate(levels) if years > 0 and years != term[outcome]]
    spelled = np.repeat(structure.choices_of(outcomes.pick([outcome])), len(choices), axis=0)
    spelled[:, place] = choices
    allowed = np.flatnonzero([_is_allowed(compiled, row) for row in spelled])
    if len(allowed) > _MOST_TERMS:
        allowed = allowed[np.unique(np.linspace(0, len(allowed) - 1, _MOST_TERMS).astype(np.intp))]
    if not len(allowed):
        return None
    years = np.array([levels[choices[k]] for k in allowed.tolist()])
    return OtherTerms(outcome, years, structure.outcomes_of(spelled[allowed]).cell)


def _is_allowed(compiled: Compiled, choice: NDArray[np.intp]) -> bool:
    structure = compiled.structure
    held = tuple(int(choice[k]) for k in structure.cell_issues)
    return bool(np.isin(np.ravel_multi_index(held, structure.cell_shape), structure.cell_position))


def price_terms(
    compiled: Compiled,
    draws: Draws,
    held: list[WithoutDeal],
    gain: list[Array],
    outcomes: Outcomes,
    terms: OtherTerms,
) -> tuple[Array, Array]:
    """Price other terms for every actor.

    Supports, power shifts and remedies are those of the deal with the other term; what the term itself is worth to an
    actor is left out.

    Parameters
    ----------
    compiled, draws
    held : list of WithoutDeal, (actor,)
    gain : list of float64 array (world, outcome), (actor,)
        What the outcomes are worth over no deal while they hold, in units.
    outcomes : Outcomes
    terms : OtherTerms
        Of these outcomes.

    Returns
    -------
    float64 array (world, actor, term), float64 array (world, actor, term)
        What each adds, in units; and the credibility over the deal's own term with which it is worth as much, not a
        number where none does.
    """
    scenario, breach = compiled.scenario, compiled.structure.breach
    durability = scenario.durability
    assert breach is not None
    assert durability is not None
    own, other = breach.of(outcomes.cell[[terms.outcome]]), breach.of(terms.cells)
    here, there = hazards_of(scenario, own, draws), hazards_of(scenario, other, draws)
    bare = np.stack([draws.quantity["durability", "breakers", one.party, "hazard"] for one in durability.breakers])
    shape = (draws.n_worlds, len(held), len(terms.years))
    change, equal = np.zeros(shape), np.full(shape, np.nan)
    for k, actor in enumerate(scenario.actors):
        if actor.discount_rate is None:
            continue
        rate = draws.quantity[*actor.path, "discount_rate"][:, None]
        worth = gain[k][:, [terms.outcome]]
        losses, others = (np.stack(breach_losses(actor, scenario, cells, draws, held[k])) for cells in (own, other))
        target = value_over(there, worth, others, rate)
        change[:, k] = target - value_over(here, worth, losses, rate)
        equal[:, k] = credibility_with_value(worth, losses, rate, bare[:, :, None], here.after, own.term, target)
    return change, equal
