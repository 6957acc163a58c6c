"""The deals reported: first the most robust, then each that covers most worlds with a zone not yet covered."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings

from negsim.errors import ScenarioError
from negsim.scenario import loads
from negsim.zone import ZoneResult, analyse_zone, portfolio
from tests import reference
from tests.strategies import Document, documents, scenario_of
from tests.worlds import bench

N_WORLDS = 12


def _analyse(document: Document) -> ZoneResult:
    try:
        return analyse_zone(scenario_of(document), n_worlds=N_WORLDS)
    except ScenarioError as error:
        assume(error.problems[0].code != "NS410")
        raise


def _zones(document: Document) -> np.ndarray:
    """Which outcomes, in declared order, are in the zone of which worlds, by the reference: (world, outcome)."""
    compiled = bench(scenario_of(document), n_worlds=N_WORLDS)
    scenario = compiled.scenario
    outcomes = list(reference.outcomes(scenario))
    return np.array(
        [
            [reference.in_zone(outcome, scenario, *compiled.numbers(world)) for outcome in outcomes]
            for world in range(N_WORLDS)
        ]
    )


@settings(max_examples=60)
@given(documents())
def test_deals_are_the_greedy_cover_of_the_zones(document: Document) -> None:
    found, zones = _analyse(document), _zones(document)
    scenario = scenario_of(document)
    outcomes = list(reference.outcomes(scenario))
    names = {issue.id: (*issue.options, "irrelevant") for issue in scenario.issues}
    covered = np.zeros(N_WORLDS, bool)
    seen: list[int] = []
    for deal in found.deals:
        counts = zones[~covered].sum(axis=0)
        if not counts.any():  # every zone is covered: the most robust of the rest
            counts = zones.sum(axis=0)
            counts[seen] = 0
        best = int(np.argmax(counts))  # the first of equals, as outcomes are listed
        seen.append(best)
        assert dict(deal.options) == {issue: names[issue][choice] for issue, choice in outcomes[best].items()}
        assert deal.p_in_zone.estimate == zones[:, best].mean()
        assert deal.p_new.estimate == (zones[:, best] & ~covered).mean()
        covered |= zones[:, best]
    assert found.p_covered.estimate == covered.mean()
    assert len(found.deals) == min(5, np.count_nonzero(zones.any(axis=0)))


def test_further_deals_follow_the_first_worlds_and_their_shares_all_worlds(monkeypatch: pytest.MonkeyPatch) -> None:
    sale = loads("""
        negsim: 1
        id: sale
        title: A sale
        issues: {price: {title: Price, scale: 0..100, step: 5}}
        parties:
          buyer: {title: Buyer, demands: {price: 0}, no_deal: {same_as: {price: 30..90}}}
          seller: {title: Seller, demands: {price: 100}, no_deal: {same_as: {price: 10..70}}}
    """)
    monkeypatch.setattr(portfolio, "PILOT_WORLDS", 256)
    found = analyse_zone(sale, n_worlds=1024)
    prices = [deal.options[0][1] for deal in found.deals]
    assert prices[0] == "50"  # halfway: a buyer at 50 or more has 2/3, a seller at 50 or less too
    assert abs(found.deals[0].p_in_zone.estimate - 4 / 9) < 0.06
    # A price p is in the zone where the buyer's limit, on 30..90, is at least p and the seller's, on 10..70, at most.
    exact = {p: (90 - max(p, 30)) / 60 * (min(p, 70) - 10) / 60 for p in range(30, 75, 5)}
    for deal in found.deals[1:]:
        p = int(deal.options[0][1])
        both = (90 - max(p, 50)) / 60 * (min(p, 50) - 10) / 60  # the buyer takes the dearer, the seller the cheaper
        assert abs(deal.p_in_zone.estimate - exact[p]) < 0.06
        assert deal.p_new.estimate <= exact[p] - both + 0.06
    assert found.p_covered.estimate == pytest.approx(sum(deal.p_new.estimate for deal in found.deals))
    assert found.deals[0].p_in_zone.estimate < found.p_covered.estimate <= found.p_zone.estimate
