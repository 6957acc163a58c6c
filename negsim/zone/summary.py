"""From counts to findings: estimates with their intervals, the most robust deals, every option."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.model.estimates import Estimate, mean, proportion, ratio
from negsim.model.outcomes import Outcomes, spell
from negsim.model.sampling import BLOCK
from negsim.records import dataclass
from negsim.scenario.types import Scenario
from negsim.zone.blocks import summarise_blocks
from negsim.zone.compiled import Compiled
from negsim.zone.counting import Counts, DealCounts, joined
from negsim.zone.findings import NearOutcome
from negsim.zone.moves import summarise_moves
from negsim.zone.plan import Plan
from negsim.zone.result import Deal, NearDeals, OptionFinding, PartyShare, ZoneResult, ZoneSize
from negsim.zone.settlements import summarise_solutions
from negsim.zone.stakes_result import Stakes
from negsim.zone.structural import summarise_structure
from negsim.zone.variants import VariantCounts

__all__ = ["Passes", "summarise"]


@dataclass(frozen=True, slots=True)
class Passes:
    """What further passes over the worlds found: of the deals to report, under other assumptions, near a zone."""

    chosen: Outcomes
    deals: DealCounts | None
    variants: VariantCounts
    nearest: tuple[NearOutcome, ...]
    stakes: Stakes


def summarise(compiled: Compiled, counts: Counts, tally: NDArray[np.uint32], passes: Passes, plan: Plan) -> ZoneResult:
    """Put the findings together."""
    scenario, structure = compiled.scenario, compiled.structure
    p_zone = proportion(counts.n_zones, counts.n_worlds)
    moves, coins = summarise_moves(scenario, counts.moves, counts.n_worlds)
    deals = () if passes.deals is None else _deals(compiled, passes.chosen, passes.deals, counts.n_worlds)
    return ZoneResult(
        scenario=scenario.id,
        title=scenario.title,
        parties=tuple(party.id for party in scenario.parties),
        n_issues=len(scenario.issues),
        n_outcomes=structure.n_outcomes,
        n_cells=structure.n_cells,
        n_worlds=int(np.sum(counts.n_worlds)),
        seed=compiled.seed,
        sampler=compiled.sampler,
        questions=plan.questions,
        p_zone=p_zone,
        enumerated=not compiled.merges,
        size=_size(counts.size, structure.n_outcomes, p_zone) if not compiled.merges else ZoneSize(*[None] * 4),
        deals=deals,
        p_covered=proportion(_covered(passes.deals, counts), counts.n_worlds),
        near=_near(compiled, tally, deals, counts),
        options=_options(compiled, counts),
        blocks=summarise_blocks(compiled, joined(counts.blocks), plan.questions, passes.nearest)
        if counts.blocks
        else None,
        solutions=summarise_solutions(compiled, joined(counts.settled), plan.questions) if counts.settled else (),
        moves=moves,
        coins=coins,
        structure=summarise_structure(scenario, passes.variants),
        stakes=passes.stakes,
    )


def _size(size: NDArray[np.int64], n_outcomes: int, likely: Estimate) -> ZoneSize:
    average = mean(size.astype(np.float64), BLOCK, n_outcomes)
    zones = np.sort(size[size > 0])
    # A mean over few zones varies more than their spread shows: it is as uncertain as P(zone) at least.
    each = float(np.mean(zones)) if len(zones) else float(n_outcomes)
    average = Estimate(
        average.estimate, min(average.low, likely.low * each), min(n_outcomes, max(average.high, likely.high * each))
    )
    if len(zones) == 0:
        return ZoneSize(average, None, None, None)
    p10, median, p90 = (int(zones[int(share * (len(zones) - 1))]) for share in (0.1, 0.5, 0.9))
    return ZoneSize(average, p10, median, p90)


def _covered(deals: DealCounts | None, counts: Counts) -> NDArray[np.int64]:
    """Count in each block the worlds in which some reported deal is in the zone."""
    return np.zeros_like(counts.n_zones) if deals is None else np.sum(deals.new, axis=1)


def _deals(compiled: Compiled, chosen: Outcomes, deals: DealCounts, n_worlds: NDArray[np.int64]) -> tuple[Deal, ...]:
    """Estimate how robust the chosen outcomes are, and how often each party accepts them."""
    scenario, choices = compiled.scenario, compiled.structure.choices_of(chosen)
    return tuple(
        Deal(
            spell(scenario, choices[k]),
            proportion(deals.in_zone[:, k], n_worlds),
            proportion(deals.new[:, k], n_worlds),
            _shares(scenario, deals.accepted[:, :, k], n_worlds),
            tuple(
                party.id
                for party, cells in zip(scenario.actors, compiled.structure.parties, strict=True)
                if cells.needed[chosen.cell[k]]
            ),
        )
        for k in range(len(chosen))
    )


def _near(compiled: Compiled, tally: NDArray[np.uint32], deals: tuple[Deal, ...], counts: Counts) -> NearDeals:
    """Find the outcomes that the interval of the first deal does not tell from it, and what they share."""
    if compiled.merges or not deals:
        return NearDeals(0, ())
    n_worlds = deals[0].p_in_zone.low * np.sum(counts.n_worlds)
    places = np.flatnonzero(tally.reshape(-1) >= n_worlds)
    outcomes = compiled.layout.outcomes(*np.divmod(places, tally.shape[1]))
    common = []
    for k, issue in enumerate(compiled.scenario.issues):
        choice = compiled.structure.choice_of(k, outcomes)
        if np.all(choice == choice[0]):
            common.append((issue.id, issue.choices[choice[0]]))
    return NearDeals(len(places), tuple(common))


def _options(compiled: Compiled, counts: Counts) -> tuple[OptionFinding, ...]:
    scenario, structure = compiled.scenario, compiled.structure
    unknown = {scenario.issues[k].id for k in structure.free_issues} if compiled.merges else set()
    names = [(issue.id, option) for issue in scenario.issues for option in issue.choices]
    return tuple(
        OptionFinding(
            issue=issue,
            option=option,
            p_in_zone=None if issue in unknown else proportion(counts.present[:, k], counts.n_worlds),
            share_of_zones=None if issue in unknown else _share_of_zones(counts, k),
            parties=_shares(scenario, counts.accepted[:, :, k], counts.n_worlds),
        )
        for k, (issue, option) in enumerate(names)
    )


def _share_of_zones(counts: Counts, choice: int) -> Estimate | None:
    return ratio(counts.present[:, choice], counts.n_zones, counts.n_worlds) if counts.n_zones.any() else None


def _shares(scenario: Scenario, accepted: NDArray[np.int64], n_worlds: NDArray[np.int64]) -> tuple[PartyShare, ...]:
    """Estimate how often each party accepts, from counts (block, party)."""
    return tuple(
        PartyShare(party.id, proportion(hits, n_worlds))
        for party, hits in zip(scenario.actors, accepted.T, strict=True)
    )
