"""Whether some deals would hold: who would break them, for how long they last, what credibility they would need."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.model.assumptions import Assumptions
from negsim.model.breach import Hazards, least_credibility, value_over
from negsim.model.cells import BreachCells
from negsim.model.draws import Draws
from negsim.model.durability import breach_losses, hazards_of
from negsim.model.estimates import Estimate, mean, proportion, spread, spread_of_some
from negsim.model.no_deal import WithoutDeal, without_deal
from negsim.model.outcomes import Outcomes
from negsim.model.sampling import BLOCK
from negsim.model.values import UNITS_PER_POINT
from negsim.model.worlds import Worlds, build_worlds
from negsim.records import dataclass
from negsim.scenario.types import Scenario
from negsim.zone.acceptance import accepts_outcomes
from negsim.zone.compiled import Compiled
from negsim.zone.consent import Masks
from negsim.zone.counting import Run, in_zone, joined
from negsim.zone.stakes_result import BreakerShare, DealRisk, PartyRisk, TermPrice
from negsim.zone.terms import other_terms, price_terms

__all__ = ["HORIZONS", "HoldingCounts", "count_holding", "summarise_holding"]

_ROUNDING = 0.5
"""Units of value that rounding of a threshold may account for."""

HORIZONS = (5, 10, 30)
"""Years for which it is told how likely a deal is to hold."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class HoldingCounts:
    """Some deals over a run of blocks; ``n_worlds`` (block,).

    ``lost`` (block, outcome) counts the worlds in which a deal would be in the zone if it could not be broken, and is
    not; ``if_held`` (block, actor, outcome) those in which an actor would then accept it. ``first`` (world, outcome,
    breaker), ``years`` (world, outcome) and ``holds`` (world, outcome, horizon) say who breaks it and when;
    ``credibility`` (world, outcome) what share of breaches is prevented, ``needed`` (world, outcome) what share would
    have to be, not a number where none does. ``held``, ``at_risk`` and ``loss`` (world, actor, outcome) are in points:
    over no deal without and with the risk, and what a breach costs. ``change`` and ``equal`` (world, actor, term) are
    for the outcome of `other_terms`: what another term adds, in points, and the credibility of the same effect.
    """

    n_worlds: NDArray[np.int64]
    lost: NDArray[np.int64]
    if_held: NDArray[np.int64]
    first: Array
    years: Array
    holds: Array
    credibility: Array
    needed: Array
    held: Array
    at_risk: Array
    loss: Array
    change: Array
    equal: Array


def count_holding(compiled: Compiled, run: Run, outcomes: Outcomes) -> HoldingCounts:
    """Look at whether some outcomes would hold, over a run of blocks, where deals may be broken."""
    return joined([_count_block(compiled, *compiled.draw(*block), outcomes) for block in run])


def _count_block(compiled: Compiled, draws: Draws, worlds: Worlds, outcomes: Outcomes) -> HoldingCounts:
    scenario, structure = compiled.scenario, compiled.structure
    assert structure.breach is not None
    cells = structure.breach.of(outcomes.cell)
    hazards = hazards_of(scenario, cells, draws)
    bare = _bare(scenario, draws)
    seen = _seen(compiled, draws, worlds, outcomes, cells)
    whole = build_worlds(scenario, structure, draws, Assumptions(breach="impossible"), like=worlds)
    lost = in_zone(whole, compiled, outcomes) & ~in_zone(worlds, compiled, outcomes)
    total = np.sum(bare, axis=0)
    # Guaranteed supports prevent nothing for a term of no years.
    now = np.sum(np.where(cells.term > 0, hazards.during, hazards.after), axis=0)
    terms = other_terms(compiled, outcomes)
    change = equal = np.zeros((worlds.n_worlds, len(seen), 0))
    if terms is not None:
        held = [one.held for one in seen]
        change, equal = price_terms(compiled, draws, held, [one.gain for one in seen], outcomes, terms)
    return HoldingCounts(
        np.array([worlds.n_worlds]),
        np.count_nonzero(lost, axis=0)[None],
        np.array(
            [
                [
                    np.count_nonzero(accepts_outcomes(whole, actor, outcomes), axis=0)
                    for actor in range(len(scenario.actors))
                ]
            ]
        ),
        np.moveaxis(hazards.first(), 0, 2),
        hazards.years(),
        np.stack([hazards.holds(years) for years in HORIZONS], axis=2),
        1 - np.divide(now, total, out=np.ones_like(now), where=total > 0),
        _needed(compiled, seen, hazards, bare, outcomes),
        np.stack([one.gain for one in seen], axis=1) / UNITS_PER_POINT,
        np.stack([worlds.gain(actor, outcomes) for actor in range(len(seen))], axis=1) / UNITS_PER_POINT,
        np.stack([_by_likeliest(one.losses, hazards) for one in seen], axis=1) / UNITS_PER_POINT,
        change / UNITS_PER_POINT,
        equal,
    )


def _bare(scenario: Scenario, draws: Draws) -> Array:
    """Give the hazards with nothing to hold breakers back: (breaker, world, 1)."""
    assert scenario.durability is not None
    breakers = scenario.durability.breakers
    return np.stack([draws.quantity["durability", "breakers", one.party, "hazard"] for one in breakers])[:, :, None]


@dataclass(frozen=True, slots=True)
class _Seen:
    """How one actor sees some deals, in units.

    ``gain`` (world, outcome) is what each is worth over no deal while it holds, ``losses`` (breaker, world, outcome)
    what a breach by each breaker costs, ``rate`` (world, 1) the discount rate, None of an actor with no stake; ``held``
    is what it has without a deal.
    """

    held: WithoutDeal
    gain: Array
    losses: Array
    rate: Array | None


def _seen(compiled: Compiled, draws: Draws, worlds: Worlds, outcomes: Outcomes, cells: BreachCells) -> list[_Seen]:
    found = []
    for k, actor in enumerate(compiled.scenario.actors):
        held = without_deal(actor, compiled.scenario, draws)
        gain = worlds.utility(k, outcomes) - held.least[:, None]
        losses = np.stack(breach_losses(actor, compiled.scenario, cells, draws, held))
        rate = None if actor.discount_rate is None else draws.quantity[*actor.path, "discount_rate"][:, None]
        found.append(_Seen(held, gain, losses, rate))
    return found


def _by_likeliest(losses: Array, hazards: Hazards) -> Array:
    """Take what a breach costs from the breaker who is likeliest to be the first: (world, outcome)."""
    likeliest = np.argmax(hazards.first(), axis=0)
    return np.take_along_axis(losses, likeliest[None], axis=0)[0]


def _needed(compiled: Compiled, seen: list[_Seen], hazards: Hazards, bare: Array, outcomes: Outcomes) -> Array:
    """Find the least credibility with which all who must agree accept by points: (world, outcome)."""
    # A deal without a guarantee would need one that does not end.
    term = np.where(hazards.term > 0, hazards.term, np.inf)
    needed = [cells.needed[outcomes.cell] for cells in compiled.structure.parties]

    def does(credibility: Array) -> NDArray[np.bool_]:
        held_back = Hazards(bare * (1 - credibility), hazards.after, term)

        def accepts(actor: int, out: NDArray[np.bool_]) -> None:
            one = seen[actor]
            worth = one.gain if one.rate is None else value_over(held_back, one.gain, one.losses, one.rate)
            # As exact as a threshold, which is rounded to a unit.
            np.logical_or(worth >= -_ROUNDING, ~needed[actor], out=out)

        return compiled.joint.combine(accepts, Masks.empty(credibility.shape)).copy()

    return least_credibility(does, hazards.during.shape[1:])


def summarise_holding(compiled: Compiled, outcomes: Outcomes, counts: HoldingCounts) -> tuple[DealRisk, ...]:
    """Turn counts into a finding for each outcome; other terms are priced for the first with a guarantee that ends."""
    return tuple(_risk(compiled, outcomes, counts, k) for k in range(len(outcomes)))


def _risk(compiled: Compiled, outcomes: Outcomes, counts: HoldingCounts, k: int) -> DealRisk:
    scenario, structure = compiled.scenario, compiled.structure
    assert scenario.durability is not None
    assert structure.breach is not None
    term = float(structure.breach.of(outcomes.cell).term[k])
    needed = counts.needed[:, k]
    asked = [
        a
        for a, cells in enumerate(structure.parties)
        if cells.needed[outcomes.cell[k]] and scenario.actors[a].no_deal is not None
    ]
    return DealRisk(
        n_worlds=int(np.sum(counts.n_worlds)),
        p_but_for_risk=proportion(counts.lost[:, k], counts.n_worlds),
        breakers=tuple(
            BreakerShare(breaker.party, mean(counts.first[:, k, b], BLOCK, 1.0))
            for b, breaker in enumerate(scenario.durability.breakers)
        ),
        years=spread_of_some(counts.years[:, k]),
        p_holds=tuple((years, mean(counts.holds[:, k, h], BLOCK, 1.0)) for h, years in enumerate(HORIZONS)),
        term=None if np.isinf(term) else term,
        credibility=spread_of_some(counts.credibility[:, k]),
        needed=spread(needed[needed > 0]),
        p_enough=_share(needed == 0, counts),
        p_none=_share(np.isnan(needed), counts),
        parties=tuple(
            PartyRisk(
                scenario.actors[a].id,
                spread_of_some(counts.held[:, a, k]),
                spread_of_some(counts.at_risk[:, a, k]),
                spread_of_some(counts.loss[:, a, k]),
                proportion(counts.if_held[:, a, k], counts.n_worlds),
            )
            for a in asked
        ),
        terms=_terms(compiled, outcomes, counts, asked, k),
    )


def _terms(
    compiled: Compiled, outcomes: Outcomes, counts: HoldingCounts, asked: list[int], k: int
) -> tuple[TermPrice, ...]:
    """Price every other term of an outcome, if it is the one that is priced, for whom it makes a difference."""
    terms, found = other_terms(compiled, outcomes), []
    if terms is None or terms.outcome != k:
        return ()
    for actor in asked:
        if not np.any(counts.change[:, actor]):
            continue
        for place, years in enumerate(terms.years.tolist()):
            equal = counts.equal[:, actor, place]
            found.append(
                TermPrice(
                    compiled.scenario.actors[actor].id,
                    years,
                    spread_of_some(counts.change[:, actor, place]),
                    spread(equal[~np.isnan(equal)]),
                    _share(np.isnan(equal), counts),
                )
            )
    return tuple(found)


def _share(happens: NDArray[np.bool_], counts: HoldingCounts) -> Estimate:
    """Estimate a probability from what happens in each world."""
    starts = np.cumsum(counts.n_worlds) - counts.n_worlds
    return proportion(np.add.reduceat(happens.astype(np.int64), starts), counts.n_worlds)
