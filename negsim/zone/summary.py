"""From counts to findings: estimates with their intervals, the most robust deals, every option."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.model.estimates import Estimate, mean, proportion, ratio
from negsim.model.sampling import BLOCK
from negsim.scenario.types import IRRELEVANT, Issue, Scenario
from negsim.zone.compiled import Compiled
from negsim.zone.counting import Counts, DealCounts
from negsim.zone.result import Deal, OptionFinding, PartyShare, ZoneResult, ZoneSize

__all__ = ["summarise"]


def summarise(
    compiled: Compiled, counts: Counts, tally: NDArray[np.uint32], choices: NDArray[np.intp], deals: DealCounts | None
) -> ZoneResult:
    """Put the findings together.

    ``choices[deal, issue]`` are the deals to report, ``deals`` what was counted of them.
    """
    scenario, structure = compiled.scenario, compiled.structure
    p_zone = proportion(counts.n_zones, counts.n_worlds)
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
        p_zone=p_zone,
        size=_size(counts.size, structure.n_outcomes, p_zone),
        deals=() if deals is None else _deals(scenario, choices, deals, counts.n_worlds),
        p_covered=proportion(_covered(deals, counts), counts.n_worlds),
        n_tied=int(np.count_nonzero(tally == np.max(tally))) if np.any(tally) else 0,
        options=_options(scenario, counts),
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


def _deals(
    scenario: Scenario, choices: NDArray[np.intp], deals: DealCounts, n_worlds: NDArray[np.int64]
) -> tuple[Deal, ...]:
    """Estimate how robust some outcomes are, ``choices[outcome, issue]``, and how often each party accepts them."""
    return tuple(
        Deal(
            _spell(scenario, choices[k]),
            proportion(deals.in_zone[:, k], n_worlds),
            proportion(deals.new[:, k], n_worlds),
            _shares(scenario, deals.accepted[:, :, k], n_worlds),
        )
        for k in range(len(choices))
    )


def _options(scenario: Scenario, counts: Counts) -> tuple[OptionFinding, ...]:
    names = [(issue.id, option) for issue in scenario.issues for option in _choices(issue)]
    return tuple(
        OptionFinding(
            issue=issue,
            option=option,
            p_in_zone=proportion(counts.present[:, k], counts.n_worlds),
            share_of_zones=_share_of_zones(counts, k),
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
        for party, hits in zip(scenario.parties, accepted.T, strict=True)
    )


def _choices(issue: Issue) -> tuple[str, ...]:
    return issue.options if issue.when is None else (*issue.options, IRRELEVANT)


def _spell(scenario: Scenario, choice: Sequence[int] | NDArray[np.intp]) -> tuple[tuple[str, str], ...]:
    return tuple((issue.id, _choices(issue)[k]) for issue, k in zip(scenario.issues, choice, strict=True))
