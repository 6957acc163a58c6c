"""One deal, compared outcome by outcome and world by world with the plain reference."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from negsim.model.draws import draw_block
from negsim.model.estimates import spread
from negsim.scenario import Scenario
from negsim.scenario.types import IRRELEVANT, Issue, Party, Role
from negsim.zone import DealResult, PartyView, analyse_deal
from tests import reference
from tests.reference import Coins, Numbers, Outcome
from tests.strategies import Document, documents, scenario_of

N_WORLDS = 5


def _names(issue: Issue) -> tuple[str, ...]:
    return (*issue.options, IRRELEVANT)


def _spelled(outcome: Outcome, scenario: Scenario) -> dict[str, str]:
    return {issue.id: _names(issue)[outcome[issue.id]] for issue in scenario.issues}


def _outcome(options: Mapping[str, str], scenario: Scenario) -> Outcome:
    return {issue.id: _names(issue).index(options[issue.id]) for issue in scenario.issues}


def _worlds(scenario: Scenario, n_worlds: int) -> list[tuple[Numbers, Coins]]:
    """What was drawn in each world of the first block, for the reference."""
    draws = draw_block(scenario, seed=0, block=0, n_worlds=n_worlds)
    return [
        (
            {path: float(values[world]) for path, values in draws.quantity.items()},
            {line: bool(real[world]) for line, real in draws.real.items()},
        )
        for world in range(n_worlds)
    ]


def _crosses_real(party: Party, outcome: Outcome, scenario: Scenario, coins: Coins) -> bool:
    return any(
        coins[party.id, line.id] and not reference.holds(line.require.root, outcome, scenario)
        for line in party.red_lines
    )


def _has_a_say(party: Party, outcomes: list[Outcome], scenario: Scenario) -> bool:
    if party.role is Role.SIGNATORY:
        return True
    consent = party.consents_to
    return consent is not None and any(reference.holds(consent.root, outcome, scenario) for outcome in outcomes)


def _all_prefer(other: Outcome, deal: Outcome, scenario: Scenario, numbers: Numbers, coins: Coins) -> bool:
    """The definition, word for word."""
    concerned = [party for party in scenario.parties if _has_a_say(party, [other, deal], scenario)]
    before = [_worth(party, deal, scenario, numbers, coins) for party in concerned]
    after = [reference.utility(party, other, scenario, numbers, coins) for party in concerned]
    return (
        not any(_crosses_real(party, other, scenario, coins) for party in concerned)
        and all(b >= a for a, b in zip(before, after, strict=True))
        and any(b > a for a, b in zip(before, after, strict=True))
    )


def _worth(party: Party, deal: Outcome, scenario: Scenario, numbers: Numbers, coins: Coins) -> int:
    """What a deal that cannot come about is worth is what no deal is."""
    if _crosses_real(party, deal, scenario, coins):
        return reference.no_deal(party, scenario, numbers)
    return reference.utility(party, deal, scenario, numbers, coins)


def _n_changes(other: Outcome, deal: Outcome, scenario: Scenario) -> int:
    return sum(
        other[issue.id] != deal[issue.id] and max(other[issue.id], deal[issue.id]) < len(issue.options)
        for issue in scenario.issues
    )


def _drawn(document: Document, data: st.DataObject) -> tuple[Scenario, list[Outcome], Outcome]:
    scenario = scenario_of(document)
    everything = list(reference.outcomes(scenario))
    assume(everything)
    return scenario, everything, data.draw(st.sampled_from(everything))


@settings(max_examples=80)
@given(documents(), st.data())
def test_how_each_party_sees_a_deal_is_what_the_reference_says(document: Document, data: st.DataObject) -> None:
    scenario, everything, deal = _drawn(document, data)
    found = analyse_deal(scenario, _spelled(deal, scenario), n_worlds=N_WORLDS)
    worlds = _worlds(scenario, N_WORLDS)
    assert dict(found.options) == _spelled(deal, scenario)
    assert found.asked == tuple(p.id for p in scenario.parties if _has_a_say(p, [deal], scenario))
    in_zone = [reference.in_zone(deal, scenario, *world) for world in worlds]
    assert found.p_in_zone.estimate == sum(in_zone) / N_WORLDS
    for party, view in zip(scenario.parties, found.parties, strict=True):
        _assert_view(view, party, deal, everything, scenario, worlds)


def _assert_view(
    view: PartyView,
    party: Party,
    deal: Outcome,
    everything: list[Outcome],
    scenario: Scenario,
    worlds: list[tuple[Numbers, Coins]],
) -> None:
    accepts = [reference.accepts(party, deal, scenario, *world) for world in worlds]
    gain = np.array(
        [
            (reference.utility(party, deal, scenario, *world) - reference.no_deal(party, scenario, world[0])) / 100_000
            for world in worlds
        ]
    )
    blocked = np.array([_crosses_real(party, deal, scenario, coins) for _, coins in worlds])
    assert view.p_accept.estimate == sum(accepts) / N_WORLDS
    assert view.gain == spread(gain)
    assert view.p_short.estimate == np.mean((gain < 0) & ~blocked)
    assert view.p_line.estimate == np.mean((gain >= 0) & blocked)
    assert view.p_both.estimate == np.mean((gain < 0) & blocked)
    assert view.lacks == spread(-gain[gain < 0])
    losses = _losses(party, deal, everything, scenario, worlds)
    assert [loss.issue for loss in view.losses] == [issue for issue, _ in losses]
    assert [loss.points for loss in view.losses] == pytest.approx([points for _, points in losses])
    crossed = [line for line in party.red_lines if not reference.holds(line.require.root, deal, scenario)]
    assert [line.red_line for line in view.crossed] == [line.id for line in crossed]
    for line, said in zip(crossed, view.crossed, strict=True):
        real = np.array([coins[party.id, line.id] for _, coins in worlds])
        cost = np.array([numbers["parties", party.id, "red_lines", line.id, "audience_cost"] for numbers, _ in worlds])
        assert said.p_real.estimate == np.mean(real)
        expected = spread(cost[~real])
        assert (said.cost is None) == (expected is None)
        if said.cost is not None and expected is not None:
            assert said.cost.median == pytest.approx(expected.median, abs=1e-5)  # costs are whole units


def _losses(
    party: Party,
    deal: Outcome,
    everything: list[Outcome],
    scenario: Scenario,
    worlds: list[tuple[Numbers, Coins]],
) -> list[tuple[str, float]]:
    """What a party gives up on each issue, most first, at most three above 0."""
    points = {}
    for issue in scenario.issues:
        occurring = {outcome[issue.id] for outcome in everything}
        total = 0
        for numbers, _ in worlds:
            worth = {k: reference._worth(party, issue, k, numbers, reference.AS_STATED) for k in occurring}
            total += max(worth.values()) - worth[deal[issue.id]]
        points[issue.id] = total / 100_000 / len(worlds)
    ranked = sorted(points, key=lambda issue: -points[issue])
    return [(issue, points[issue]) for issue in ranked if points[issue] > 0][:3]


@settings(max_examples=80)
@given(documents(), st.data())
def test_the_deals_that_all_prefer_are_those_of_the_definition(document: Document, data: st.DataObject) -> None:
    scenario, everything, deal = _drawn(document, data)
    found = analyse_deal(scenario, _spelled(deal, scenario), n_worlds=N_WORLDS)
    worlds = _worlds(scenario, N_WORLDS)
    others = [outcome for outcome in everything if outcome != deal]
    n = [sum(_all_prefer(other, deal, scenario, *world) for world in worlds) for other in others]
    changes = [_n_changes(other, deal, scenario) for other in others]
    enough = [k for k in range(len(others)) if 2 * n[k] >= N_WORLDS]
    nearest = sorted(enough, key=lambda k: (changes[k], -n[k], k))[:3]
    assert found.n_compared == len(others)
    assert found.most_changes is None
    assert found.n_preferred == len(enough)
    assert [dict(other.options) for other in found.preferred] == [_spelled(others[k], scenario) for k in nearest]
    assert [other.n_changes for other in found.preferred] == [changes[k] for k in nearest]
    assert [other.p_preferred.estimate for other in found.preferred] == [n[k] / N_WORLDS for k in nearest]
    rest = [k for k in range(len(others)) if 0 < 2 * n[k] < N_WORLDS]
    best = sorted(rest, key=lambda k: (-n[k], changes[k], k))[:1] if len(nearest) < 3 else []
    shown = [] if found.best_other is None else [found.best_other]
    assert [dict(other.options) for other in shown] == [_spelled(others[k], scenario) for k in best]
    for other in (*found.preferred, *shown):
        _assert_beside(found, other.options, scenario, worlds)


def _assert_beside(
    found: DealResult, options: tuple[tuple[str, str], ...], scenario: Scenario, worlds: list[tuple[Numbers, Coins]]
) -> None:
    other = next(o for o in (*found.preferred, found.best_other) if o is not None and o.options == options)
    deal, outcome = _outcome(dict(found.options), scenario), _outcome(dict(options), scenario)
    assert other.changes == tuple(pair for pair in options if pair not in found.options)
    assert other.p_in_zone.estimate == np.mean([reference.in_zone(outcome, scenario, *world) for world in worlds])
    asked = [party for party in scenario.parties if _has_a_say(party, [deal, outcome], scenario)]
    assert [gain.party for gain in other.gains] == [party.id for party in asked]
    for party, gain in zip(asked, other.gains, strict=True):
        units = [
            reference.utility(party, outcome, scenario, *world) - reference.utility(party, deal, scenario, *world)
            for world in worlds
        ]
        assert gain.gain == spread(np.array(units) / 100_000)
