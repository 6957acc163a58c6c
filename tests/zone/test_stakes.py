"""Findings on no deal and on who must say yes, against the plain second model, by hand, and however they are found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings

from negsim.errors import ScenarioError
from negsim.model.assumptions import AS_STATED, Assumptions
from negsim.model.estimates import paired_difference
from negsim.scenario import Scenario
from negsim.scenario.no_deal import WarValue
from negsim.scenario.types import Party, Role
from negsim.zone import ZoneResult, analyse_zone, workers
from negsim.zone.compiled import compile_scenario
from negsim.zone.stakes import NoDealCounts, count_no_deal
from negsim.zone.stakes_result import NO_STAKES, Stakes, WhatIf
from tests.questions import by
from tests.reference import outcomes
from tests.reference_risk import assuming, by_block, share_of, spread_of, worlds_of
from tests.reference_stakes import POINT, World
from tests.strategies import Document, scenario_of
from tests.strategies_stakes import stakes
from tests.zone.test_deal_stakes import ALL
from tests.zone.test_payments import paying

WORLDS = 3


def _found(document: Document, n_worlds: int = WORLDS, method: str = "auto") -> ZoneResult:
    try:
        return analyse_zone(scenario_of(document), n_worlds=n_worlds, questions=by(method))
    except ScenarioError as error:
        if error.problems[0].code == "NS410":
            assume(False)  # rules that leave no outcome are no case
        raise


# Against the second model


def _assert_stakes(found: Stakes, seen: list[World]) -> None:
    scenario = seen[0].scenario
    listed = list(outcomes(scenario))

    def zones(assumed: Assumptions) -> list[bool]:
        return [any(other.in_zone(outcome) for outcome in listed) for other in (assuming(one, assumed) for one in seen)]

    stated = zones(AS_STATED)

    def same(what_if: WhatIf | None, assumed: Assumptions, *, arises: bool) -> None:
        if not arises:
            assert what_if is None
            return
        there = zones(assumed)
        more = [after and not before for before, after in zip(stated, there, strict=True)]
        less = [before and not after for before, after in zip(stated, there, strict=True)]
        difference = paired_difference(by_block(more), by_block(less), by_block([True] * len(seen)))
        assert what_if == WhatIf(len(seen), share_of(there), difference)

    believed = any(isinstance(one.no_deal, WarValue) and one.no_deal.belief is not None for one in scenario.actors)
    levers = any(party.levers for party in scenario.parties)
    same(found.common_belief, Assumptions(belief="common"), arises=believed)
    same(found.unbroken, Assumptions(breach="impossible"), arises=scenario.durability is not None)
    same(found.negotiators, Assumptions(ratifiers="not_asked"), arises=any(one.ratifies for one in scenario.actors))
    same(found.no_levers, Assumptions(levers="not_pulled"), arises=levers)
    faithful = any(party.good_faith is not None for party in scenario.parties)
    same(found.faith.found if found.faith else None, Assumptions(good_faith="drawn"), arises=faithful)
    signing = [party for party in scenario.parties if party.role is Role.SIGNATORY]
    groups = sorted(
        {(party.id,) for party in signing} | {tuple(party.id for party in signing)}, key=lambda g: (len(g), g)
    )
    assert [(one.parties, one.points) for one in found.pressure] == [
        (group, points) for group in groups if levers for points in (5, 10, 20)
    ]
    for one in found.pressure:
        same(one.found, Assumptions(pressure=tuple((party, one.points) for party in one.parties)), arises=True)
    if found.faith is not None:
        p_all = [np.prod([_good_faith(one, party) for party in signing]) for one in seen]
        assert found.faith.p_all.estimate == pytest.approx(np.mean(p_all))
    _assert_no_deal(found, seen)


def _good_faith(seen: World, party: Party) -> float:
    return 1.0 if party.good_faith is None else seen.numbers[*party.path, "good_faith"]


def _assert_no_deal(found: Stakes, seen: list[World]) -> None:
    scenario = seen[0].scenario
    forms = {"Lottery": "lottery", "WarValue": "war", "SameAs": "outcome"}
    told = {actor.id: forms.get(type(actor.no_deal).__name__, "number") for actor in scenario.actors if actor.no_deal}
    if not {"lottery", "war"} & set(told.values()):
        assert found.no_deal == ()
        return
    assert {one.actor: one.form for one in found.no_deal} == told
    for one in found.no_deal:
        actor = next(actor for actor in scenario.actors if actor.id == one.actor)
        least, inside = ([f(world, actor) / POINT for world in seen] for f in (World.no_deal, World.inside))
        assert one.n_worlds == len(seen)
        assert one.value == spread_of(least)
        assert one.inside == (spread_of(inside) if inside != least else None)
        is_war = isinstance(actor.no_deal, WarValue)
        assert one.chance == (spread_of([_chance(world, actor, own=True) for world in seen]) if is_war else None)
        assert one.as_drawn == (spread_of([_chance(world, actor, own=False) for world in seen]) if is_war else None)


def _chance(seen: World, actor: Party, *, own: bool) -> float:
    war = actor.no_deal
    assert isinstance(war, WarValue)
    if own and war.belief is not None:
        a, b = (seen.numbers[*actor.path, "no_deal", "war", "belief", name] for name in "ab")
        return a / (a + b)
    ann, bob = (seen.numbers["war", "sides", side, "collapse"] for side in ("ann", "bob"))
    return (bob if war.side == "ann" else ann) / (ann + bob)


@settings(max_examples=25)
@given(stakes(max_issues=2))
def test_findings_are_those_of_the_reference_in_all_worlds(document: Document) -> None:
    _assert_stakes(_found(document).stakes, worlds_of(scenario_of(document), WORLDS))


def test_findings_in_a_scenario_with_all_of_it() -> None:
    found = _found(_small(), 24)
    _assert_stakes(found.stakes, worlds_of(scenario_of(_small()), 24))
    assert 0 < found.p_zone.estimate < 1


def _small() -> Document:
    """All of it with few outcomes and tight no-deal values."""
    issues = ALL["issues"] | {
        "pie": ALL["issues"]["pie"] | {"step": 25},
        "years": ALL["issues"]["years"] | {"step": 20},
    }
    lottery = {"ends": {"it": {"worth": "50..80"}}, "now": "30..60", "option": "outside"}
    parties = ALL["parties"] | {"bob": ALL["parties"]["bob"] | {"no_deal": {"lottery": lottery}}}
    return ALL | {"issues": issues, "parties": parties}


def test_findings_are_over_the_first_worlds_alone() -> None:
    found = _found(_small(), 1100).stakes
    assert found.payments is not None
    assert found.unbroken is not None
    counted = {found.payments.n_worlds, found.unbroken.n_worlds, *(one.n_worlds for one in found.no_deal)}
    counted |= {one.n_worlds for one in found.deals} | {one.n_worlds for one in found.kept_out}
    assert counted == {1024}


# By hand


def _pie(ann: Any, bob: Any, **more: Any) -> Document:
    return {
        "negsim": 1,
        "id": "s",
        "title": "S",
        "issues": {"pie": {"title": "Pie", "kind": "numeric", "scale": "0..100", "step": 1}},
        "parties": {
            "ann": {"title": "Ann", "demands": {"pie": 100}, "discount_rate": 0.05} | ann,
            "bob": {"title": "Bob", "demands": {"pie": 0}, "discount_rate": 0.05} | bob,
        }
        | more.pop("parties", {}),
    } | more


def test_what_a_war_is_worth_and_what_optimism_closes_by_hand() -> None:
    # Ann collapses at .1, Bob at .3: she wins with .75. V = (.05 x 40 + .3 x 100) / .45; with her belief of .9, (2 + 36) / .45.
    war = {"win": 100, "lose": 0, "now": 40}
    document = _pie(
        {"no_deal": {"war": war | {"belief": {"a": 9, "b": 1}}}},
        {"no_deal": {"war": war | {"win": 90}}},
        war={"sides": {"ann": {"collapse": 0.1}, "bob": {"collapse": 0.3}}},
    )
    found = _found(document)
    ann, bob = found.stakes.no_deal
    assert ann.value.median == pytest.approx((2 + 0.4 * 90) / 0.45, abs=1e-4)
    assert bob.value.median == pytest.approx((2 + 0.1 * 90) / 0.45, abs=1e-4)
    chances = [one and one.median for one in (ann.chance, ann.as_drawn, bob.chance, bob.as_drawn)]
    assert chances == pytest.approx([0.9, 0.75, 0.25, 0.25])
    # 84.4 and 24.4 are more than the pie; 71.1 and 24.4 are not.
    assert found.p_zone.estimate == 0
    assert found.stakes.common_belief is not None
    assert (found.stakes.common_belief.p_zone.estimate, found.stakes.common_belief.difference.estimate) == (1, 1)


def test_what_pressure_opens_by_hand() -> None:
    mediator = {"med": {"title": "M", "role": "mediator", "levers": {"ann": {"stick": 4}}}}
    # 70 less a stick of 4, and 48: 14 points too many.
    found = _found(_pie({"no_deal": 70}, {"no_deal": 48}, parties=mediator)).stakes
    opened = {(one.parties, one.points): one.found.p_zone.estimate for one in found.pressure}
    assert opened == {
        (who, points): float(points * len(who) >= 14)
        for who in (("ann",), ("bob",), ("ann", "bob"))
        for points in (5, 10, 20)
    }
    assert (found.faith, found.payments, found.deals, found.no_deal) == (None, None, (), ())


def test_more_signatories_than_six_are_pressed_together_alone() -> None:
    mediator: Document = {"med": {"title": "M", "role": "mediator", "levers": {"ann": {"stick": 4}}}}
    more = {f"p{k}": {"title": "P", "demands": {"pie": 50}, "no_deal": 0} for k in range(5)}
    for n_signing, groups in ((6, 7), (7, 1)):
        parties = mediator | dict(list(more.items())[: n_signing - 2])
        found = _found(_pie({"no_deal": 20}, {"no_deal": 20}, parties=parties)).stakes
        assert len(found.pressure) == 3 * groups
        assert len(found.pressure[-1].parties) == n_signing


def test_nothing_is_said_where_nothing_arises() -> None:
    assert _found(_pie({"no_deal": 40}, {"no_deal": 40})).stakes == NO_STAKES


# However they are found


@settings(max_examples=20)
@given(paying())
def test_findings_are_the_same_by_merging_and_by_enumerating(document: Document) -> None:
    one, two = (_found(document, method=method).stakes for method in ("enumerate", "merge"))
    assert replace(two, deals=(), kept_out=()) == replace(one, deals=(), kept_out=())


def test_all_of_it_is_the_same_by_merging_and_by_enumerating() -> None:
    one, two = (_found(_small(), 300, method).stakes for method in ("enumerate", "merge"))
    assert two.kept_out == ()
    assert one.kept_out != ()
    assert replace(two, deals=(), kept_out=()) == replace(one, deals=(), kept_out=())


def test_findings_do_not_depend_on_jobs_or_on_how_blocks_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario, n_worlds = scenario_of(_small()), 4 * 256 + 7
    usual = analyse_zone(scenario, n_worlds=n_worlds).stakes
    assert usual.deals
    monkeypatch.setattr(workers, "_RUN_SECONDS", 0.0)
    assert analyse_zone(scenario, n_worlds=n_worlds).stakes == usual
    monkeypatch.setattr(workers, "_WORTH_SECONDS", 0.0)
    assert analyse_zone(scenario, n_worlds=n_worlds, n_jobs=2).stakes == usual
    _assert_cut_anywhere(scenario)


def _assert_cut_anywhere(scenario: Scenario) -> None:
    compiled, blocks = compile_scenario(scenario, 0, "lhs"), [(0, 256), (1, 256), (2, 9)]
    whole, parts = count_no_deal(compiled, blocks), [count_no_deal(compiled, [block]) for block in blocks]
    for name in NoDealCounts.__dataclass_fields__:
        pieces = np.concatenate([getattr(part, name) for part in parts])
        assert np.array_equal(getattr(whole, name), pieces, equal_nan=True)
