"""Talks over random scenarios against the second model of zones: what is agreed, why not, and how good it is."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, nan, prod

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from negsim.bargaining import bargain, trace_talks
from negsim.bargaining.arena import Arena
from negsim.bargaining.judging import judge, reasons
from negsim.bargaining.play import Ended, play
from negsim.bargaining.seating import Drawn, draw_worlds, seat_everybody
from negsim.bargaining.stops import Stop
from negsim.bargaining.table import Table, make_table
from negsim.errors import ScenarioError
from negsim.model.assumptions import Assumptions
from negsim.scenario import Scenario
from negsim.scenario.bargaining import LEARNING, OFFERS, PROTOCOLS
from negsim.zone.compiled import compile_scenario
from negsim.zone.existence import zone_exists
from tests.reference import Outcome
from tests.reference_stakes import World
from tests.strategies import Document, documents, scenario_of
from tests.strategies_bargaining import tactics
from tests.strategies_stakes import stakes

N_WORLDS = 6


@st.composite
def tables(draw: st.DrawFn) -> Scenario:
    """A small scenario with or without stakes, in which at least two bargain, in few rounds."""
    plain = documents(max_issues=3, min_parties=2)
    document: Document = draw(st.one_of(plain, stakes(max_issues=2)))
    document["protocol"] = {
        "kind": draw(st.sampled_from(PROTOCOLS)),
        "rounds": draw(st.integers(1, 6)),
        "sessions": draw(st.integers(1, 2)),
        "offers": draw(st.sampled_from(OFFERS)),
        "beliefs": draw(st.sampled_from(LEARNING)),
        "breakdown": draw(st.sampled_from([0, 0, "0.01..0.3", 1])),
    }
    for party in document["parties"].values():
        if party.get("role", "signatory") == "signatory":
            if draw(st.booleans()):
                party["tactic"] = draw(tactics())
            if draw(st.integers(0, 3)) == 0:
                party["good_faith"] = draw(st.sampled_from([0, 0.5, 0.9]))
                party["walks_out_below"] = draw(st.sampled_from([0.2, "0.1..0.9"]))
    return scenario_of(document)


@st.composite
def easy_tables(draw: st.DrawFn) -> Scenario:
    """A small scenario in which all have to agree, have little without a deal, and give way early, so that many do."""
    document = draw(documents(max_issues=3, min_parties=2, extras=draw(st.booleans())))
    document.pop("agreement", None)
    document["protocol"] = {"kind": draw(st.sampled_from(PROTOCOLS)), "rounds": draw(st.integers(3, 6))}
    for party in document["parties"].values():
        party["no_deal"] = draw(st.sampled_from([0, 20, "0..40"]))
        if party.get("role", "signatory") == "signatory":
            party["tactic"] = {"time": {"exponent": draw(st.sampled_from([0.2, 1]))}}
    return scenario_of(document)


@dataclass(frozen=True)
class Talks:
    """What a block of worlds comes to, and the same worlds as the second model sees them."""

    table: Table
    drawn: Drawn
    arena: Arena
    zone: NDArray[np.bool_]
    ended: Ended
    stop: NDArray[np.int8]
    plain: list[World]

    def outcome(self, deal: int) -> Outcome:
        names = [issue.id for issue in self.table.compiled.scenario.issues]
        return dict(zip(names, self.table.choices[deal].tolist(), strict=True))


def talks_of(scenario: Scenario, n_worlds: int = N_WORLDS) -> Talks:
    try:
        compiled = compile_scenario(scenario, 0, "lhs")
    except ScenarioError as error:
        assume(error.problems[0].code != "NS410")  # rules that leave no outcome are no case
        raise
    table = make_table(compiled)
    drawn = draw_worlds(table, 0, n_worlds)
    arena = seat_everybody(table, drawn)
    zone, ended = zone_exists(compiled, drawn.truth), play(arena)
    plain = []
    for world in range(n_worlds):
        numbers = {path: float(values[world]) for path, values in drawn.draws.quantity.items()}
        coins = {line: bool(real[world]) for line, real in drawn.draws.real.items()}
        serious = {party: bool(values[world]) for party, values in drawn.draws.serious.items()}
        plain.append(World(scenario, numbers, coins, serious, Assumptions(good_faith="drawn")))
    return Talks(table, drawn, arena, zone, ended, reasons(table, arena, drawn.truth, zone, ended), plain)


@settings(max_examples=100)
@given(tables())
def test_talks_end_in_every_world_as_the_second_model_lets_them(scenario: Scenario) -> None:
    talks = talks_of(scenario)
    required = [party.id for k, party in enumerate(talks.table.parties) if k in talks.arena.required]
    for world, plain in enumerate(talks.plain):
        stop = talks.stop[world]
        deals = [talks.outcome(deal) for deal in range(len(talks.table.deals))]
        has_zone = any(plain.in_zone(outcome) for outcome in deals)  # all outcomes of a small scenario are deals
        assert talks.zone[world] == has_zone
        if (deal := talks.ended.deal[world]) >= 0:
            outcome = deals[deal]
            refusing = {actor.id for actor in scenario.actors if not plain.accepts(actor, outcome)}
            home = {a.id for a in scenario.actors if a.ratifies and plain.asks(a, outcome)} & refusing
            assert plain.suffices(outcome, refusing - home)
            assert stop == (Stop.REJECTED_AT_HOME if home else Stop.AGREED)
            assert home or plain.in_zone(outcome)
        elif stop not in (Stop.WALK_OUT, Stop.BREAKDOWN):
            serious = all(plain.serious.get(name, True) for name in required)
            if stop == Stop.NO_ZONE:
                assert serious
                assert not has_zone
            elif stop != Stop.BAD_FAITH:
                assert stop in (Stop.RED_LINE, Stop.DEADLINE, Stop.STANDSTILL)
                assert serious
                assert has_zone
                assert (stop == Stop.RED_LINE) == talks.ended.crossed[world]


@settings(max_examples=80)
@given(tables() | easy_tables())
def test_under_unanimity_no_agreement_crosses_a_real_red_line(scenario: Scenario) -> None:
    assume(scenario.agreement.quorum is None)
    talks = talks_of(scenario)
    for world in np.flatnonzero(talks.stop == Stop.AGREED).tolist():
        outcome = talks.outcome(talks.ended.deal[world])
        for party in scenario.parties:
            if talks.plain[world].asks(party, outcome):
                assert not talks.plain[world]._crosses(party, outcome)


def wins(scenario: Scenario, gain: list[float]) -> bool:
    """Whether signatories, in the order of speaking, carry a deal that is worth so much to each."""
    protocol, rule = scenario.protocol, scenario.agreement
    assert protocol is not None
    names = protocol.order or tuple(party.id for party in scenario.parties if party.role == "signatory")
    yes = {name for name, one in zip(names, gain, strict=True) if one >= 0}
    if rule.quorum is None:
        return len(yes) == len(names)
    return len(yes) >= rule.quorum and yes >= set(rule.vetoes)


@settings(max_examples=100)
@given(tables() | easy_tables())
def test_agreements_are_judged_as_deal_by_deal(scenario: Scenario) -> None:
    talks = talks_of(scenario)
    agreed = talks.stop == Stop.AGREED
    judged = judge(talks.table, talks.arena, talks.drawn.wishes, talks.ended, agreed)
    deals = [talks.outcome(deal) for deal in range(len(talks.table.deals))]
    seats = talks.table.parties
    asked = [party for party in scenario.parties if party.role != "signatory"]
    for world, plain in enumerate(talks.plain):
        if not agreed[world]:
            assert np.all(
                np.isnan([*judged.gain[world], *judged.best[world], *judged.spare[world], judged.nash[world]])
            )
            continue
        # Judged by what all want, whether serious or not.
        wishes = World(scenario, plain.numbers, plain.coins)
        gains = [
            [-inf if wishes._crosses(party, deal) else wishes.gain(party, deal) / 1e5 for party in seats]
            for deal in deals
        ]
        by_points = [[wishes.gain(party, deal) / 1e5 for party in seats] for deal in deals]
        voted = scenario.agreement.quorum is not None
        suits = [
            wins(scenario, gain) and all(wishes.accepts(other, deal) or not wishes.asks(other, deal) for other in asked)
            for deal, gain in zip(deals, gains, strict=True)
        ]
        held = [wishes.gain(party, deals[talks.ended.deal[world]]) / 1e5 for party in seats]
        assert judged.gain[world] == pytest.approx(held, abs=2e-5, rel=1e-6)
        if voted:
            # Who is outvoted has to live with its red lines being crossed, and gains by points.
            gains = by_points
            assert np.all(np.isnan([*judged.best[world], judged.nash[world]]))
        for k in range(len(seats)):
            best = nan if voted else max([gain[k] for gain, ok in zip(gains, suits, strict=True) if ok], default=-inf)
            assert judged.best[world, k] == pytest.approx(best, abs=2e-5, rel=1e-6, nan_ok=True)
            spare = [
                gain[k] - held[k]
                for gain, ok in zip(gains, suits, strict=True)
                if ok and all(gain[j] >= held[j] - 1e-9 for j in range(len(seats)) if j != k)
            ]
            assert judged.spare[world, k] == pytest.approx(max([*spare, 0.0]), abs=5e-5, rel=1e-6)
        if voted:
            continue
        below = [(wishes.no_deal(party) - wishes.inside(party)) / 1e5 for party in seats]
        products = [
            prod(max(one + more, 0.0) for one, more in zip(gain, below, strict=True)) ** (1 / len(seats)) if ok else 0.0
            for gain, ok in zip(gains, suits, strict=True)
        ]
        if max(products) > 1e-3:
            share = products[talks.ended.deal[world]] / max(products)
            assert judged.nash[world] == pytest.approx(share, abs=1e-3)
        elif not any(
            ok and one + more > 0
            for gain, ok in zip(gains, suits, strict=True)
            for one, more in zip(gain, below, strict=True)
        ):
            assert judged.nash[world] == 1


@settings(max_examples=40)
@given(tables())
def test_a_result_adds_up_and_says_what_the_worlds_come_to(scenario: Scenario) -> None:
    talks = talks_of(scenario)
    found = bargain(scenario, n_worlds=N_WORLDS)
    agreed = talks.stop == Stop.AGREED
    assert found.p_agreement.estimate == pytest.approx(np.mean(agreed), abs=1e-12)
    assert found.p_zone.estimate == pytest.approx(np.mean(talks.zone), abs=1e-12)
    total = found.p_agreement.estimate + found.missed.estimate + found.impossible.estimate
    assert total == pytest.approx(1, abs=1e-12)
    words = {reason.stop: reason.p.estimate for reason in found.reasons}
    assert sum(words.values()) == pytest.approx(1, abs=1e-12)
    assert words == {
        stop.word: pytest.approx(np.mean(talks.stop == stop), abs=1e-12)
        for stop in Stop
        if stop in talks.stop or stop == Stop.AGREED  # which is told even where it never happens
    }
    assert found.coverage is None  # all outcomes can come up
    assert found.n_deals == found.n_outcomes == len(talks.table.deals)
    if not np.any(agreed):
        assert (found.rounds, found.p_efficient, found.nash, found.options) == (None, None, None, ())
        return
    for reached in found.options:
        place = [issue.id for issue in scenario.issues].index(reached.issue)
        choice = scenario.issues[place].choices.index(reached.option)
        held = talks.table.choices[talks.ended.deal[agreed], place] == choice
        assert reached.p_reached.estimate == pytest.approx(np.mean(held), abs=1e-12)


@settings(max_examples=40)
@given(tables())
def test_robust_deals_are_those_most_often_in_the_zone(scenario: Scenario) -> None:
    talks = talks_of(scenario)
    deals = [talks.outcome(deal) for deal in range(len(talks.table.deals))]
    often = [sum(plain.in_zone(outcome) for plain in talks.plain) for outcome in deals]
    best = sorted((k for k in range(len(deals)) if often[k]), key=lambda k: (-often[k], k))[:3]
    found = bargain(scenario, n_worlds=N_WORLDS).robust
    assert [deal.p_zone.estimate for deal in found] == pytest.approx([often[k] / N_WORLDS for k in best], abs=1e-12)
    for k, deal in zip(best, found, strict=True):
        spelled = {issue.id: issue.choices[deals[k][issue.id]] for issue in scenario.issues}
        assert dict(deal.options) == spelled
        agreed = np.mean((talks.stop == Stop.AGREED) & (talks.ended.deal == k))
        assert deal.p_agreed.estimate == pytest.approx(agreed, abs=1e-12)


@settings(max_examples=40)
@given(tables())
def test_who_is_tougher_or_softer_changes_what_two_plays_of_the_same_worlds_differ_in(scenario: Scenario) -> None:
    talks = talks_of(scenario)

    def gains(ended: Ended, stop: NDArray[np.int8], place: int) -> list[float]:
        party, total = talks.table.parties[place], []
        for world, plain in enumerate(talks.plain):
            wishes = World(scenario, plain.numbers, plain.coins)
            agreed = stop[world] == Stop.AGREED
            total.append(wishes.gain(party, talks.outcome(ended.deal[world])) / 1e5 if agreed else 0.0)
        return total

    changes = iter(bargain(scenario, n_worlds=N_WORLDS).changes)
    for place, party in enumerate(talks.table.parties):
        for name, power in (("tougher", 0.5), ("softer", 2.0)):
            tempers = [1.0] * len(talks.arena.seats)
            tempers[place] = power
            ended = play(talks.arena, tempers)
            stop = reasons(talks.table, talks.arena, talks.drawn.truth, talks.zone, ended)
            found = next(changes)
            assert (found.party, found.change) == (party.id, name)
            more = np.mean(stop == Stop.AGREED) - np.mean(talks.stop == Stop.AGREED)
            assert found.p_agreement.estimate == pytest.approx(more, abs=1e-12)
            after, before = (np.mean(gains(*one, place)) for one in ((ended, stop), (talks.ended, talks.stop)))
            assert found.gain.estimate == pytest.approx(after - before, abs=5e-5, rel=1e-6)


@settings(max_examples=40)
@given(tables(), st.integers(0, N_WORLDS - 1))
def test_the_story_of_a_world_ends_as_that_world_does(scenario: Scenario, world: int) -> None:
    talks = talks_of(scenario)
    story = trace_talks(scenario, world=world)
    assert story.stop == Stop(talks.stop[world]).word
    assert story.round == talks.ended.round[world] + 1
    assert story.has_zone == talks.zone[world]
    assert bool(story.deal) == (talks.ended.deal[world] >= 0)
    if story.stop == "agreed":
        wishes = World(scenario, talks.plain[world].numbers, talks.plain[world].coins)
        outcome = talks.outcome(talks.ended.deal[world])
        expected = [wishes.gain(party, outcome) / 1e5 for party in talks.table.parties]
        assert [gain for _, gain in story.gains] == pytest.approx(expected, abs=2e-5, rel=1e-6)
        assert story.steps
    else:
        assert story.gains == ()


def test_the_nash_product_is_over_what_is_held_while_an_outside_option_is_not_taken() -> None:
    # Ann could have 40 elsewhere, which bounds what she accepts, and holds 10 meanwhile; bob has 20 without a deal.
    elsewhere = {"ends": {"end": {"worth": 40}}, "now": 10, "option": "outside"}
    scenario = scenario_of(
        {
            "negsim": 1,
            "id": "sale",
            "title": "A sale",
            "issues": {"price": {"title": "Price", "scale": "0..10", "step": 1}},
            "parties": {
                "ann": {"title": "Ann", "demands": {"price": 10}, "no_deal": {"lottery": elsewhere}},
                "bob": {"title": "Bob", "demands": {"price": 0}, "no_deal": 20},
            },
        }
    )
    found = bargain(scenario, n_worlds=1)
    (price,) = (int(reached.option) for reached in found.options if reached.p_reached.estimate == 1)
    best = max((10 * p - 10) * (80 - 10 * p) for p in range(4, 9))
    assert found.nash is not None
    assert found.nash.median == pytest.approx(((10 * price - 10) * (80 - 10 * price) / best) ** 0.5, abs=1e-6)
    assert found.nash.median < 1


def test_tougher_is_the_root_and_softer_the_square_of_what_would_be_asked() -> None:
    # On a fine scale any other power ends elsewhere: both concede evenly over prices.
    sides = {"ann": 1000, "bob": 0}
    parties = {name: {"title": name, "demands": {"price": wanted}, "no_deal": 20} for name, wanted in sides.items()}
    price = {"title": "Price", "scale": "0..1000", "step": 1}
    document = {"negsim": 1, "id": "s", "title": "S", "issues": {"price": price}, "parties": parties}
    talks = talks_of(scenario_of(document), 1)
    before = int(talks.ended.deal[0])
    for change in bargain(scenario_of(document), n_worlds=1).changes:
        power = {"tougher": 0.5, "softer": 2.0}[change.change]
        tempers = [power if party.id == change.party else 1.0 for party in talks.table.parties]
        more = (int(play(talks.arena, tempers).deal[0]) - before) / 10  # points, as ann counts them
        assert change.gain.estimate == pytest.approx(more if change.party == "ann" else -more, abs=1e-4)
        assert (change.gain.estimate > 0) == (change.change == "tougher")


def test_who_is_outvoted_without_a_red_line_gains_its_points() -> None:
    # Two want the price high and cleo low: with a quorum of two she has to live with what they agree on.
    parties = {
        name: {"title": name, "demands": {"price": wanted}, "no_deal": 45}
        for name, wanted in (("ann", 10), ("bob", 10), ("cleo", 0))
    }
    price = {"title": "Price", "scale": "0..10", "step": 1}
    document = {"negsim": 1, "id": "v", "title": "V", "issues": {"price": price}, "parties": parties}
    found = bargain(scenario_of(document | {"agreement": {"quorum": 2}}), n_worlds=1)
    (agreed,) = (int(reached.option) for reached in found.options if reached.p_reached.estimate == 1)
    assert agreed >= 5
    held = {"ann": 10 * agreed - 45, "bob": 10 * agreed - 45, "cleo": 55 - 10 * agreed}
    assert {one.party: one.gain.median for one in found.parties if one.gain} == pytest.approx(held, abs=1e-4)
    assert found.nash is None
