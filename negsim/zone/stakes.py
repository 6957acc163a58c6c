"""What no deal is worth, what optimism, risk and those at home cost, and what pressure would do, put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from negsim.model.assumptions import Assumptions
from negsim.model.estimates import mean, spread_of_some
from negsim.model.no_deal import chance_of_winning, without_deal
from negsim.model.outcomes import Outcomes
from negsim.model.sampling import BLOCK
from negsim.model.values import UNITS_PER_POINT
from negsim.records import dataclass
from negsim.scenario.no_deal import Lottery, SameAs, WarValue
from negsim.scenario.types import Party, Role, Scenario
from negsim.zone.compiled import Compiled
from negsim.zone.counting import Counts, Run, blocks_between, joined
from negsim.zone.holding import count_holding, summarise_holding
from negsim.zone.kept_out import find_kept_out
from negsim.zone.payments import summarise_payments
from negsim.zone.stakes_result import DealRisk, Faith, NoDealFinding, Pressure, Stakes, WhatIf
from negsim.zone.variants import Variant, VariantCounts
from negsim.zone.workers import Workers

__all__ = ["PRESSURES", "NoDealCounts", "count_no_deal", "find_stakes", "summarise_no_deal", "what_ifs"]

PRESSURES = (5.0, 10.0, 20.0)
"""Points taken from no-deal values to see what pressure would do."""

_MOST_PRESSED = 6
"""Signatories that are pressed one by one at most; beyond that only all of them together."""

Name = tuple[str, ...]
Array = NDArray[np.float64]


def what_ifs(scenario: Scenario, n_before: int = 0) -> Mapping[Name, Variant]:
    """List what could be otherwise about no deal, durability and who must say yes, by name.

    ``n_before`` is how many variants stand before these.

    Examples
    --------
    >>> from negsim.scenario import loads
    >>> sale = loads('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {price: {title: Price, scale: 0..100, step: 1}}
    ... parties: {buyer: {title: Buyer, demands: {price: 0}, good_faith: 0.8, no_deal: 10..60}}
    ... ''')
    >>> list(what_ifs(sale))
    [('faith',)]
    """
    found = dict(_what_ifs(scenario))
    if any(party.levers for party in scenario.parties):
        for pressed in _pressed(scenario):
            # What more pressure does not open, less does not either; so the most comes first.
            strongest = n_before + len(found)
            for points in PRESSURES[::-1]:
                at_most = strongest if points < PRESSURES[-1] else None
                assumed = Assumptions(pressure=tuple((party, points) for party in pressed))
                found["pressure", str(points), *pressed] = Variant(assumed, closes=False, at_most=at_most)
    return found


def _what_ifs(scenario: Scenario) -> Iterator[tuple[Name, Variant]]:
    wars = [actor.no_deal for actor in scenario.actors if isinstance(actor.no_deal, WarValue)]
    if any(war.belief is not None for war in wars):
        yield ("common_belief",), Variant(Assumptions(belief="common"))
    if scenario.durability is not None:
        yield ("unbroken",), Variant(Assumptions(breach="impossible"))
    if any(party.ratifiers for party in scenario.parties):
        yield ("negotiators",), Variant(Assumptions(ratifiers="not_asked"), closes=False)
    if any(party.good_faith is not None for party in scenario.parties):
        yield ("faith",), Variant(Assumptions(good_faith="drawn"), opens=False)
    if any(party.levers for party in scenario.parties):
        yield ("no_levers",), Variant(Assumptions(levers="not_pulled"))


def _pressed(scenario: Scenario) -> list[tuple[str, ...]]:
    """List who is pressed: each signatory alone, then all alike."""
    signing = [party.id for party in scenario.parties if party.role is Role.SIGNATORY]
    alone = [(party,) for party in signing] if len(signing) <= _MOST_PRESSED else []
    return [*alone, tuple(signing)] if len(signing) > 1 else [tuple(signing)]


def find_stakes(
    workers: Workers[Compiled], compiled: Compiled, counts: Counts, chosen: Outcomes, variants: VariantCounts
) -> Stakes:
    """Put the findings together; the last of the variants counted are those of `what_ifs`."""
    scenario = compiled.scenario
    names = list(what_ifs(scenario))
    found = dict(zip(names, _estimated(variants, len(names)), strict=True))
    has_alternatives = any(isinstance(actor.no_deal, WarValue | Lottery) for actor in scenario.actors)
    blocks = blocks_between(0, int(np.sum(variants.n_worlds)))
    no_deal = joined(list(workers.map(count_no_deal, blocks))) if has_alternatives or ("faith",) in names else None
    held: tuple[DealRisk, ...] = ()
    if scenario.durability is not None and len(chosen):
        held = summarise_holding(compiled, chosen, joined(list(workers.map(count_holding, blocks, chosen))))
    return Stakes(
        no_deal=summarise_no_deal(scenario, no_deal) if no_deal is not None and has_alternatives else (),
        common_belief=found.get(("common_belief",)),
        unbroken=found.get(("unbroken",)),
        deals=held,
        kept_out=find_kept_out(workers, compiled, blocks),
        negotiators=found.get(("negotiators",)),
        no_levers=found.get(("no_levers",)),
        pressure=tuple(
            sorted(
                (Pressure(name[2:], float(name[1]), found[name]) for name in names if name[0] == "pressure"),
                key=lambda one: (len(one.parties), one.parties, one.points),
            )
        ),
        faith=faith_of(found.get(("faith",)), no_deal),
        payments=summarise_payments(compiled, joined(counts.paid)) if counts.paid else None,
    )


def _estimated(variants: VariantCounts, n_last: int) -> list[WhatIf]:
    """Estimate the last of the variants counted."""
    n_worlds, n_all = int(np.sum(variants.n_worlds)), variants.zones.shape[1]
    return [WhatIf(n_worlds, variants.p_zone(k), variants.difference(k)) for k in range(n_all - n_last, n_all)]


@dataclass(frozen=True, slots=True)
class NoDealCounts:
    """What actors have without a deal over a run of blocks, in points.

    ``least`` and ``inside`` (world, actor); ``chance`` and ``as_drawn`` (world, actor), not a number without a war.
    ``serious`` (world,) is the probability that all signatories negotiate seriously.
    """

    least: Array
    inside: Array
    chance: Array
    as_drawn: Array
    serious: Array


def count_no_deal(compiled: Compiled, run: Run) -> NoDealCounts:
    """Look at what all actors have without a deal in some blocks, and how far they are serious."""
    return joined([_count_block(compiled, *block) for block in run])


def _count_block(compiled: Compiled, block: int, n_worlds: int) -> NoDealCounts:
    scenario, draws = compiled.scenario, compiled.draws(block, n_worlds)
    held = [without_deal(actor, scenario, draws) for actor in scenario.actors]
    nothing = np.full(n_worlds, np.nan)
    chance, as_drawn = (
        [
            chance_of_winning(actor, scenario, draws, assumed) if isinstance(actor.no_deal, WarValue) else nothing
            for actor in scenario.actors
        ]
        for assumed in (Assumptions(), Assumptions(belief="common"))
    )
    serious = np.ones(n_worlds)
    for party in scenario.parties:
        if party.role is Role.SIGNATORY and party.good_faith is not None:
            serious = serious * draws.quantity[*party.path, "good_faith"]
    return NoDealCounts(
        np.stack([one.least for one in held], axis=1) / UNITS_PER_POINT,
        np.stack([one.inside for one in held], axis=1) / UNITS_PER_POINT,
        np.stack(chance, axis=1),
        np.stack(as_drawn, axis=1),
        serious,
    )


def summarise_no_deal(scenario: Scenario, counts: NoDealCounts) -> tuple[NoDealFinding, ...]:
    """Say what every actor has without a deal."""
    found = []
    for k, actor in enumerate(scenario.actors):
        if actor.no_deal is None:
            continue
        is_war, differs = isinstance(actor.no_deal, WarValue), bool(np.any(counts.least[:, k] != counts.inside[:, k]))
        found.append(
            NoDealFinding(
                actor.id,
                _form(actor),
                spread_of_some(counts.least[:, k]),
                spread_of_some(counts.inside[:, k]) if differs else None,
                spread_of_some(counts.chance[:, k]) if is_war else None,
                spread_of_some(counts.as_drawn[:, k]) if is_war else None,
                len(counts.least),
            )
        )
    return tuple(found)


def _form(actor: Party) -> str:
    match actor.no_deal:
        case WarValue():
            return "war"
        case Lottery():
            return "lottery"
        case SameAs():
            return "outcome"
    return "number"


def faith_of(found: WhatIf | None, counts: NoDealCounts | None) -> Faith | None:
    """Put what good faith does beside how likely it is."""
    return None if found is None or counts is None else Faith(mean(counts.serious, BLOCK, 1.0), found)
