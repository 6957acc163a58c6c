"""One deal and all that hangs on it beyond its terms: whether it holds, who at home says yes, levers, payments."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from negsim.model.assumptions import Assumptions
from negsim.model.bonuses import bonuses_of
from negsim.model.draws import Draws
from negsim.model.estimates import proportion, spread, spread_of_some
from negsim.model.outcomes import Outcomes
from negsim.model.structure import Structure
from negsim.model.worlds import Worlds, build_worlds
from negsim.records import dataclass
from negsim.scenario.no_deal import Lottery, WarValue
from negsim.scenario.quantities import NOTHING
from negsim.scenario.types import Scenario
from negsim.zone.compiled import Compiled
from negsim.zone.counting import Run, in_zone, joined
from negsim.zone.holding import count_holding, summarise_holding
from negsim.zone.payments import purse_of
from negsim.zone.stakes import count_no_deal, summarise_no_deal
from negsim.zone.stakes_deal import BonusPart, DealPayment, DealStakes
from negsim.zone.workers import Workers

__all__ = ["find_deal_stakes"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Counts:
    """One deal over a run of blocks.

    ``negotiated`` and ``serious`` (block,) count worlds in which it is acceptable but for those at home, and in which
    it is acceptable and all are serious; ``paid`` (block,) those in which a payment makes it acceptable, and ``least``
    (paid world,) what is paid. ``bonus`` (world, bonus) goes through the bonuses of `_bonuses`, in points.
    """

    negotiated: NDArray[np.int64]
    serious: NDArray[np.int64]
    paid: NDArray[np.int64]
    least: Array
    bonus: Array


def find_deal_stakes(
    workers: Workers[Compiled], compiled: Compiled, blocks: Run, first: Run, deal: Outcomes
) -> DealStakes:
    """Look at one deal over all blocks; at whether it holds, and at no deal, over the first ones."""
    scenario, structure = compiled.scenario, compiled.structure
    counts = joined(list(workers.map(_count, blocks, deal)))
    n_worlds = np.array([n for _, n in blocks], np.int64)
    has_alternatives = any(isinstance(actor.no_deal, WarValue | Lottery) for actor in scenario.actors)
    cell = int(deal.cell[0])
    risk = None
    if scenario.durability is not None:
        (risk,) = summarise_holding(compiled, deal, joined(list(workers.map(count_holding, first, deal))))
    at_home = tuple(
        (actor.ratifies, actor.id)
        for actor, cells in zip(scenario.actors, structure.parties, strict=True)
        if actor.ratifies and cells.needed[cell]
    )
    faithful = any(party.good_faith is not None for party in scenario.parties)
    return DealStakes(
        no_deal=summarise_no_deal(scenario, joined(list(workers.map(count_no_deal, first))))
        if has_alternatives
        else (),
        risk=risk,
        bonuses=tuple(
            BonusPart(actor, kind, source, name, spread_of_some(counts.bonus[:, k]))
            for k, (actor, kind, source, name) in enumerate(part for part, _, _ in _bonuses(scenario, structure, cell))
        ),
        sacred=tuple(
            (actor.id, sacred.id)
            for actor, cells in zip(scenario.actors, structure.parties, strict=True)
            for sacred, is_violated in zip(actor.sacred, cells.profaned[cells.signature[cell]], strict=True)
            if is_violated
        ),
        negotiators=proportion(counts.negotiated, n_worlds) if at_home else None,
        at_home=at_home,
        p_in_good_faith=proportion(counts.serious, n_worlds) if faithful else None,
        payment=_payment(compiled, counts, n_worlds),
    )


def _payment(compiled: Compiled, counts: _Counts, n_worlds: NDArray[np.int64]) -> DealPayment | None:
    payments = compiled.scenario.side_payments
    if payments is None or compiled.consent.voters:
        return None
    return DealPayment(payments.currency, proportion(counts.paid, n_worlds), spread(counts.least))


def _count(compiled: Compiled, run: Run, deal: Outcomes) -> _Counts:
    return joined([_count_block(compiled, *compiled.draw(*block), deal) for block in run])


def _count_block(compiled: Compiled, draws: Draws, worlds: Worlds, deal: Outcomes) -> _Counts:
    scenario, structure = compiled.scenario, compiled.structure
    drawn = build_worlds(scenario, structure, draws, Assumptions(good_faith="drawn"), like=worlds)
    alone = build_worlds(scenario, structure, draws, Assumptions(ratifiers="not_asked"), like=worlds)
    least = _least_payments(compiled, draws, worlds, deal)
    paid = np.isfinite(least) & (least > 0)
    bonus = [sign * draws.quantity[path] for _, path, sign in _bonuses(scenario, structure, int(deal.cell[0]))]
    return _Counts(
        np.array([np.count_nonzero(in_zone(alone, compiled, deal))]),
        np.array([np.count_nonzero(in_zone(drawn, compiled, deal))]),
        np.array([np.count_nonzero(paid)]),
        least[paid],
        np.array(bonus, np.float64).reshape(-1, worlds.n_worlds).T,
    )


def _least_payments(compiled: Compiled, draws: Draws, worlds: Worlds, deal: Outcomes) -> Array:
    """Find the least payment in each world with which all who are asked accept: (world,), infinite if none does."""
    purse = purse_of(compiled, draws)
    if purse is None:
        return np.full(worlds.n_worlds, np.inf)
    constraints, cell = compiled.constraints, int(deal.cell[0])
    asked = [
        (place, actor)
        for place, actor in enumerate(constraints.parties)
        if compiled.structure.parties[actor].needed[cell]
    ]
    lacks, crosses = np.zeros((len(asked), worlds.n_worlds)), np.zeros(worlds.n_worlds, np.bool_)
    for k, (_, actor) in enumerate(asked):
        lacks[k] = (worlds.price(actor, slice(None), deal.cell) - worlds.free_sum(actor, deal))[:, 0]
        crosses |= worlds.crosses_real(actor, deal.cell)[:, 0]
    group = int(np.flatnonzero(constraints.cells == cell)[0])
    _, total = purse.bills([place for place, _ in asked], lacks, slice(None), group)
    return np.where(crosses, np.inf, total)


Part = tuple[str, str, str, str]
"""Whose bonus, its kind, its source and its name, as in `BonusPart`."""


def _bonuses(scenario: Scenario, structure: Structure, cell: int) -> Iterator[tuple[Part, tuple[str, ...], float]]:
    """List what levers and sacred values add to a deal or take from no deal, with the path and sign of each amount."""
    for actor, cells in zip(scenario.actors, structure.parties, strict=True):
        for k, bonus in enumerate(bonuses_of(actor, scenario)):
            if cells.adjusted[cells.signature[cell], k] and bonus.kind != "adjustment":
                yield (actor.id, bonus.kind, bonus.source, bonus.name), bonus.amount, bonus.sign
    for mediator in scenario.parties:
        for lever in mediator.levers:
            if lever.stick != NOTHING:
                path = (*mediator.path, "levers", lever.party, "stick")
                yield (lever.party, "stick", mediator.id, ""), path, 1.0
