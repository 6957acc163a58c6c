"""One deal and all that hangs on it, against the plain second model, and by hand."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsim.model.assumptions import Assumptions
from negsim.scenario import Scenario
from negsim.scenario.quantities import NOTHING
from negsim.zone import analyse_deal, deal_stakes, workers
from negsim.zone.compiled import compile_scenario
from negsim.zone.stakes_deal import NO_DEAL_STAKES, DealStakes
from tests.reference import Outcome, holds
from tests.reference_risk import assuming, share_of, spread_of, worlds_of
from tests.reference_stakes import POINT, World
from tests.strategies import Document, scenario_of
from tests.strategies_stakes import stakes
from tests.zone.test_brute_force_stakes import N_WORLDS, bench_of, outcomes_of

Name = tuple[str, str, str, str]


def _stakes(scenario: Scenario, outcome: Outcome, n_worlds: int) -> DealStakes:
    options = {issue.id: issue.choices[outcome[issue.id]] for issue in scenario.issues}
    return analyse_deal(scenario, options, n_worlds=n_worlds).stakes


# Random scenarios


@settings(max_examples=30)
@given(stakes(max_issues=2), st.data())
def test_what_hangs_on_a_deal_is_what_the_reference_says(document: Document, data: st.DataObject) -> None:
    found = bench_of(document)
    outcome = data.draw(st.sampled_from(outcomes_of(found)))
    seen = [found.plain(world) for world in range(N_WORLDS)]
    _assert_stakes(_stakes(found.scenario, outcome, N_WORLDS), seen, outcome)


def _assert_stakes(found: DealStakes, seen: list[World], outcome: Outcome) -> None:
    scenario = seen[0].scenario
    told = {(one.actor, one.kind, one.source, one.name): one.points for one in found.bonuses}
    assert len(told) == len(found.bonuses)
    assert told == {name: spread_of(points) for name, points in _bonuses(seen, outcome).items()}
    assert sorted(found.sacred) == sorted(
        (actor.id, sacred.id)
        for actor in scenario.actors
        for sacred in actor.sacred
        if not holds(sacred.require.root, outcome, scenario)
    )
    home = [(one.ratifies, one.id) for one in scenario.actors if one.ratifies and seen[0].asks(one, outcome)]
    assert list(found.at_home) == home
    alone = [assuming(one, Assumptions(ratifiers="not_asked")).in_zone(outcome) for one in seen]
    assert found.negotiators == (share_of(alone) if home else None)
    drawn = [assuming(one, Assumptions(good_faith="drawn")).in_zone(outcome) for one in seen]
    faithful = any(party.good_faith is not None for party in scenario.parties)
    assert found.p_in_good_faith == (share_of(drawn) if faithful else None)
    assert (found.risk is None) == (scenario.durability is None)
    assert found.payment is None
    if not found.no_deal:
        return
    assert [one.actor for one in found.no_deal] == [one.id for one in scenario.actors if one.no_deal is not None]
    for one in found.no_deal:
        actor = next(actor for actor in scenario.actors if actor.id == one.actor)
        assert one.value == spread_of([world.no_deal(actor) / POINT for world in seen])


def _bonuses(seen: list[World], outcome: Outcome) -> dict[Name, list[float]]:
    """Points that sacred values and levers add or take at an outcome, world by world."""
    scenario, found = seen[0].scenario, {}

    def here(condition: Any) -> bool:
        return condition is not None and holds(condition.root, outcome, scenario)

    for actor in scenario.actors:
        for sacred in actor.sacred:
            if here(sacred.require):
                continue
            root = (*actor.path, "sacred", sacred.id)
            if here(sacred.material):
                found[actor.id, "offence", sacred.id, ""] = [-one.numbers[*root, "offence"] for one in seen]
            if here(sacred.symbolic):
                found[actor.id, "relief", sacred.id, ""] = [one.numbers[*root, "relief"] for one in seen]
    for mediator in scenario.parties:
        for lever in mediator.levers:
            root = (*mediator.path, "levers", lever.party)
            for carrot in lever.carrots:
                if here(carrot.when):
                    path = (*root, "carrots", carrot.id, "points")
                    found[lever.party, "carrot", mediator.id, carrot.id] = [one.numbers[path] for one in seen]
            if lever.stick != NOTHING:
                found[lever.party, "stick", mediator.id, ""] = [one.numbers[*root, "stick"] for one in seen]
    return found


# One scenario with all of it

ALL: Document = {
    "negsim": 1,
    "id": "s",
    "title": "S",
    "issues": {
        "hill": {"title": "Hill", "kind": "categorical", "options": ["ann", "bob"]},
        "word": {"title": "Word", "kind": "ordered", "options": ["none", "given"]},
        "years": {"title": "Term", "kind": "numeric", "scale": "0..20", "step": 10},
        "pie": {"title": "Pie", "kind": "numeric", "scale": "0..100", "step": 10},
    },
    "war": {"sides": {"ann": {"collapse": "0.05..0.2"}, "bob": {"collapse": "0.05..0.2"}}},
    "durability": {
        "term": "years",
        "breakers": {"ann": {"hazard": "0.02..0.05"}, "bob": {"hazard": "0.1..0.3"}},
        "supports": {"pledge": {"when": "years >= 10", "credibility": "0.3..0.9", "lasts": "guarantee"}},
        "power_shifts": {"hill": {"when": "hill == bob", "towards": "bob", "by": "0.1..0.3"}},
    },
    "side_payments": {"currency": "m", "at_most": "5..30", "worth": {"ann": "0.5..1", "bob": "0.5..1"}},
    "parties": {
        "ann": {
            "title": "Ann",
            "demands": {"hill": "ann", "pie": 100},
            "discount_rate": 0.05,
            "good_faith": "0.6..0.9",
            "no_deal": {"war": {"win": 80, "lose": 5, "now": "30..50", "belief": {"a": "4..8", "b": 4}}},
            "sacred": {
                "hill": {
                    "title": "Hill",
                    "require": "hill == ann",
                    "material": "pie >= 50",
                    "offence": "2..8",
                    "symbolic": "word == given",
                    "relief": "5..20",
                }
            },
            "ratifiers": {"senate": {"title": "Senate", "no_deal": "20..60"}},
        },
        "bob": {
            "title": "Bob",
            "demands": {"hill": "bob", "pie": 0},
            "discount_rate": "0.03..0.1",
            "good_faith": 0.8,
            "no_deal": {"lottery": {"ends": {"it": {"worth": "30..60"}}, "now": "10..50", "option": "outside"}},
        },
        "cas": {
            "title": "Cas",
            "role": "guarantor",
            "consents_to": "years >= 10",
            "demands": {"pie": 50},
            "discount_rate": 0.05,
            "good_faith": 0.5,
            "no_deal": "20..90",
            "ratifiers": {
                "court": {"title": "Court", "red_lines": {"line": {"require": "pie <= 50", "firmness": 0.5}}}
            },
        },
        "med": {
            "title": "Mediator",
            "role": "mediator",
            "levers": {
                "ann": {"stick": "0..5", "carrots": {"aid": {"when": "years >= 10", "points": "0..6"}}},
                "bob": {"carrots": {"aid": {"when": "word == given", "points": "2..6"}}},
            },
        },
    },
}


@pytest.mark.parametrize("deal", [(0, 0, 0, 7), (1, 1, 1, 6), (1, 0, 0, 4), (1, 1, 2, 8), (0, 1, 0, 3)], ids=str)
def test_a_deal_in_a_scenario_with_all_of_it(deal: tuple[int, ...]) -> None:
    scenario, n_worlds = scenario_of(ALL), 300
    outcome = dict(zip(("hill", "word", "years", "pie"), deal, strict=True))
    found = _stakes(scenario, outcome, n_worlds)
    assert found.payment is not None
    bare = DealStakes(**{field.name: getattr(found, field.name) for field in fields(found) if field.name != "payment"})
    _assert_stakes(bare, worlds_of(scenario, n_worlds), outcome)
    assert len(found.no_deal) == 4  # all but the mediator and the court


def test_a_deal_with_all_of_it_by_hand() -> None:
    document: Document = {
        "negsim": 1,
        "id": "s",
        "title": "S",
        "issues": {"pie": {"title": "Pie", "kind": "numeric", "scale": "0..100", "step": 10}},
        "parties": {
            "ann": {
                "title": "Ann",
                "demands": {"pie": 100},
                "no_deal": 55,
                "good_faith": 0,
                "sacred": {"holy": {"title": "H", "require": "pie > 60", "material": "pie > 40", "offence": 3}},
                "ratifiers": {"senate": {"title": "Senate", "no_deal": 61}},
            },
            "bob": {"title": "Bob", "demands": {"pie": 0}, "no_deal": 40},
            "med": {
                "title": "Mediator",
                "role": "mediator",
                "levers": {"bob": {"stick": 2, "carrots": {"aid": {"when": "pie >= 60", "points": 1}}}},
            },
        },
    }
    # At 60 Ann has 60 less 3 for 55, Bob 40 and 1; the senate lacks a point, and Ann is never in earnest.
    found = analyse_deal(scenario_of(document), {"pie": 60}, n_worlds=4).stakes
    told = [(one.actor, one.kind, one.source, one.name, one.points.median) for one in found.bonuses]
    assert told == [
        ("ann", "offence", "holy", "", -3),
        ("bob", "carrot", "med", "aid", 1),
        ("bob", "stick", "med", "", 2),
    ]
    assert (found.sacred, found.at_home) == ((("ann", "holy"),), (("ann", "senate"),))
    assert found.negotiators is not None
    assert found.negotiators.estimate == 1
    assert found.p_in_good_faith is not None
    assert found.p_in_good_faith.estimate == 0
    assert (found.no_deal, found.risk, found.payment) == ((), None, None)
    # At 40 Ann lacks 15 points, and nothing is held out to Bob.
    found = analyse_deal(scenario_of(document), {"pie": 40}, n_worlds=4).stakes
    assert [one.kind for one in found.bonuses] == ["stick"]
    assert found.negotiators is not None
    assert found.negotiators.estimate == 0


def test_nothing_is_said_where_nothing_arises() -> None:
    plain = {"title": "P", "no_deal": 40}
    document = {
        "negsim": 1,
        "id": "s",
        "title": "S",
        "issues": {"pie": {"title": "Pie", "kind": "numeric", "scale": "0..100", "step": 10}},
        "parties": {"ann": plain | {"demands": {"pie": 100}}, "bob": plain | {"demands": {"pie": 0}}},
    }
    assert analyse_deal(scenario_of(document), {"pie": 50}, n_worlds=4).stakes == NO_DEAL_STAKES


def test_findings_do_not_depend_on_jobs_or_on_how_blocks_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = scenario_of(ALL)
    deal: dict[str, str | float] = {"hill": "bob", "word": "given", "years": 10, "pie": 60}
    usual = analyse_deal(scenario, deal, n_worlds=5 * 256 + 7).stakes
    monkeypatch.setattr(workers, "_RUN_SECONDS", 0.0)
    assert analyse_deal(scenario, deal, n_worlds=5 * 256 + 7).stakes == usual
    monkeypatch.setattr(workers, "_WORTH_SECONDS", 0.0)
    assert analyse_deal(scenario, deal, n_worlds=5 * 256 + 7, n_jobs=2).stakes == usual
    compiled = compile_scenario(scenario, 0, "lhs")
    outcome = compiled.structure.outcomes_of(np.array([[1, 1, 1, 6]]))
    whole = deal_stakes._count(compiled, [(0, 256), (1, 30)], outcome)
    parts = [deal_stakes._count(compiled, [block], outcome) for block in [(0, 256), (1, 30)]]
    for field in fields(whole):
        assert np.array_equal(getattr(whole, field.name), np.concatenate([getattr(part, field.name) for part in parts]))
