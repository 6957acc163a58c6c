"""What must hold of breach, ratifiers, levers, beliefs and outside options (numbers as in docs/explanation/theorems.md)."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from negsim.model.assumptions import AS_STATED, Assumptions
from negsim.model.durability import breach_losses, risks_of
from negsim.model.no_deal import without_deal
from negsim.zone.acceptance import accepts_outcomes
from negsim.zone.compiled import compile_scenario
from negsim.zone.counting import in_zone
from tests.strategies import Document, conditions, documents
from tests.strategies_stakes import stakes
from tests.worlds import Bench
from tests.zone.test_brute_force_stakes import bench_of

Places = set[tuple[int, ...]]
"""Outcomes of worlds: a world and the choice of each issue."""

NO_BREACH = Assumptions(breach="impossible")


def _marked(found: Bench, mask: NDArray[np.bool_]) -> Places:
    keys = found.choices()
    return {(world, *keys[k].tolist()) for world, k in np.argwhere(mask).tolist()}


def _accepted(document: Document, assumptions: Assumptions = AS_STATED) -> dict[str, Places]:
    found = bench_of(document, assumptions)
    return {
        actor.id: _marked(found, accepts_outcomes(found.worlds, place, found.outcomes()))
        for place, actor in enumerate(found.scenario.actors)
    }


def _zone(document: Document, assumptions: Assumptions = AS_STATED) -> Places:
    found = bench_of(document, assumptions)
    compiled = compile_scenario(found.scenario, 0, "lhs")
    return _marked(found, in_zone(found.worlds, compiled, found.outcomes()))


@settings(max_examples=30)
@given(stakes(durable=True))
def test_36_breach_changes_no_acceptance_where_it_shifts_no_power(document: Document) -> None:
    document["durability"]["power_shifts"] = {}
    document["durability"].pop("remedies", None)
    assert _accepted(document) == _accepted(document, NO_BREACH)
    assert _zone(document) == _zone(document, NO_BREACH)


@settings(max_examples=30)
@given(stakes())
def test_37_whoever_is_asked_at_home_never_adds_a_deal(document: Document) -> None:
    document.pop("agreement", None)
    alone = deepcopy(document)
    for party in alone["parties"].values():
        party.pop("ratifiers", None)
    assert _zone(document) <= _zone(alone)
    # Without those at home, and with them not asked, is the same.
    assert _zone(document, Assumptions(ratifiers="not_asked")) == _zone(alone)


@settings(max_examples=30)
@given(stakes(), st.integers(0, 20), st.integers(0, 20))
def test_38_sticks_and_pressure_never_close_a_zone(document: Document, stick: int, more: int) -> None:
    softer, harder = deepcopy(document), deepcopy(document)
    for one, points in ((softer, stick), (harder, stick + more)):
        one["parties"]["med"] = {"title": "Mediator", "role": "mediator", "levers": {"ann": {"stick": points}}}
    assert _zone(softer) <= _zone(harder)
    pressed = Assumptions(pressure=(("ann", float(more)), ("bob", float(stick))))
    assert _zone(document) <= _zone(document, pressed)
    # A stick is pressure by another name.
    assert _accepted(harder)["ann"] == _accepted(softer, Assumptions(pressure=(("ann", more),)))["ann"]


@settings(max_examples=30)
@given(stakes(), st.integers(0, 60), st.data())
def test_39_a_carrot_never_takes_a_deal_from_the_party_it_is_held_out_to(
    document: Document, points: int, data: st.DataObject
) -> None:
    when = data.draw(conditions(document["issues"]))
    accepted = []
    for more in (0, points):
        held_out = {"when": when, "points": more}
        document["parties"]["med"] = {
            "title": "Mediator",
            "role": "mediator",
            "levers": {"ann": {"carrots": {"aid": held_out}}},
        }
        accepted.append(_accepted(document))
    before, after = accepted
    assert before.pop("ann") <= after.pop("ann")
    assert before == after


def _losses(found: Bench) -> list[NDArray[np.float64]]:
    """What a breach costs each actor with a stake: (breaker, world, signature)."""
    scenario, cells, draws = found.scenario, found.structure.breach, found.draws
    assert cells is not None
    held = [(actor, without_deal(actor, scenario, draws)) for actor in scenario.actors if actor.no_deal is not None]
    return [np.stack(breach_losses(actor, scenario, cells, draws, without)) for actor, without in held]


def _premiums(found: Bench) -> list[NDArray[np.float64]]:
    """What the risk of breach asks for on top of no deal, of the same actors: (world, signature)."""
    without = tuple(without_deal(actor, found.scenario, found.draws) for actor in found.scenario.actors)
    risks = risks_of(found.scenario, found.structure, found.draws, without)
    actors = found.scenario.actors
    return [risk.premium for actor, risk in zip(actors, risks, strict=True) if actor.no_deal is not None]


@settings(max_examples=40)
@given(stakes(durable=True), st.sampled_from([0.25, 1.0, 5.0, 100.0, np.inf]))
def test_40_a_longer_guarantee_never_hurts_whom_every_breach_hurts(document: Document, more: float) -> None:
    found = bench_of(document)
    cells = found.structure.breach
    assert cells is not None
    longer = replace(found, structure=replace(found.structure, breach=replace(cells, term=cells.term + more)))
    for losses, before, after in zip(_losses(found), _premiums(found), _premiums(longer), strict=True):
        hurts = np.all(losses >= 0, axis=0)
        assert np.all(after[hurts] <= before[hurts])


@settings(max_examples=40)
@given(stakes(durable=True), st.sampled_from([0.0, 0.3, 0.9]), st.sampled_from([0.3, 0.9, 1.0]), st.data())
def test_41_more_credibility_never_hurts_whom_a_breach_by_anybody_hurts_alike(
    document: Document, low: float, high: float, data: st.DataObject
) -> None:
    assume(low <= high)
    durability = document["durability"]
    for shift in durability["power_shifts"].values():
        shift.pop("if_broken_by", None)
    when = data.draw(conditions(document["issues"]))
    lasts = "guarantee" if "term" in durability else "deal"
    found = []
    for credibility in (low, high):
        durability["supports"]["more"] = {"when": when, "credibility": credibility, "lasts": lasts}
        found.append(bench_of(document))
    for losses, before, after in zip(_losses(found[0]), _premiums(found[0]), _premiums(found[1]), strict=True):
        hurts = np.all(losses >= 0, axis=0)
        assert np.all(after[hurts] <= before[hurts])


@settings(max_examples=30)
@given(stakes())
def test_42_without_beliefs_of_their_own_all_share_the_common_one(document: Document) -> None:
    for party in document["parties"].values():
        for actor in (party, *party.get("ratifiers", {}).values()):
            if isinstance(actor.get("no_deal"), dict) and "war" in actor["no_deal"]:
                actor["no_deal"]["war"].pop("belief", None)
    common = Assumptions(belief="common")
    assert _accepted(document) == _accepted(document, common)
    assert _zone(document) == _zone(document, common)


@settings(max_examples=30)
@given(stakes(durable=False), st.integers(1, 9), st.integers(1, 9), st.integers(0, 9))
def test_43_a_party_that_wants_to_win_and_believes_more_in_it_accepts_no_more(
    document: Document, a: int, b: int, more: int
) -> None:
    document["war"] = {"sides": {"ann": {"collapse": 0.3}, "bob": {"collapse": "0.05..0.5"}}}
    fights = {"win": "60..90", "lose": "10..40", "now": 30}
    document["parties"]["ann"]["no_deal"] = {"war": fights | {"belief": {"a": a, "b": b}}}
    before = _accepted(document)["ann"]
    document["parties"]["ann"]["no_deal"] = {"war": fights | {"belief": {"a": a + more, "b": b}}}
    assert _accepted(document)["ann"] <= before


@settings(max_examples=30)
@given(stakes(durable=False))
def test_44_no_option_outside_of_talks_makes_a_party_accept_more(document: Document) -> None:
    inside, outside = (_accepted(document, Assumptions(option=option)) for option in ("inside", "outside"))
    for name, accepted in outside.items():
        assert accepted <= inside[name]


@settings(max_examples=20)
@given(documents(max_issues=3, min_parties=2))
def test_45_what_is_said_and_moves_nothing_changes_nothing(document: Document) -> None:
    said = deepcopy(document)
    said["war"] = {"sides": {"ann": {"collapse": "0.1..0.5"}, "bob": {"collapse": 0.2}}}
    name, issue = next(iter(document["issues"].items()))
    everywhere = " or ".join(f"{name} == {option}" for option in issue.get("options", [])) or f"{name} >= 0"
    # Nobody ever breaks the deal, levers are empty, and who is asked at home wants what its party wants.
    said["durability"] = {
        "breakers": {"ann": {"hazard": 0}},
        "power_shifts": {"all": {"when": everywhere, "points": {"ann": 30}}},
    }
    for party in said["parties"].values():
        party |= {"discount_rate": "0.05..0.2", "good_faith": 0.3}
    said["parties"]["med"] = {"title": "Mediator", "role": "mediator", "levers": {"ann": {"stick": 0}}}
    if "agreement" not in said:
        said["parties"]["ann"]["ratifiers"] = {"home": {"title": "Home"}}
        if not isinstance(document["parties"]["ann"]["no_deal"], dict):
            senate = {"title": "Senate", "no_deal": {"same": "parties.ann.no_deal"}}
            said["parties"]["ann"]["ratifiers"]["senate"] = senate
    assert _zone(said) == _zone(document)
    accepted = _accepted(said)
    assert {name: accepted[name] for name in document["parties"]} == _accepted(document)
    for other in (
        Assumptions(belief="common"),
        Assumptions(option="inside"),
        Assumptions(option="outside"),
        Assumptions(breach="impossible"),
        Assumptions(ratifiers="not_asked"),
        Assumptions(levers="not_pulled"),
        Assumptions(good_faith="drawn"),
    ):
        assert _zone(document, other) == _zone(document)
