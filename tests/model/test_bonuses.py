"""Points that hang on a condition: what adjustments, sacred values and carrots make a deal worth, option by option."""

from __future__ import annotations

from typing import Any

import pytest

from negsim.model.assumptions import AS_STATED, Assumptions
from negsim.model.bonuses import bonuses_of, violation
from negsim.model.supports import supports_of
from tests.model.stakes import TWICE, actor_of, scene
from tests.strategies import Document
from tests.worlds import bench

ISSUES: Document = TWICE | {
    "aid": {"title": "Aid", "options": ["no_aid", "money"]},
    "words": {"title": "Words", "options": ["silence", "apology"]},
}
MEDIATOR: Document = {
    "title": "Med",
    "role": "mediator",
    "levers": {
        "ann": {
            "stick": 3,
            "carrots": {
                "aid": {"when": "aid == money", "points": 7},
                "town": {"when": "town == theirs", "points": 2.5},
            },
        },
        "bob": {"carrots": {"aid": {"when": "aid == money", "points": 1}}},
    },
}


def _worth(name: str, assumptions: Assumptions = AS_STATED, *, more: Document | None = None, **ann: Any) -> Any:
    """A way to ask what a deal is worth to an actor, in points, at a price of 50 (25 points) unless one is named."""
    others = {"med": MEDIATOR} if more is None else more
    found = bench(scene(ann=ann, others=others, issues=ISSUES), n_worlds=1, assumptions=assumptions)
    issues = found.scenario.issues
    place = [actor.id for actor in found.scenario.actors].index(name)
    worth = found.worlds.utility(place, found.outcomes())[0] / 100_000
    rows = {
        tuple(issue.choices[choice] for issue, choice in zip(issues, row, strict=True)): float(worth[k])
        for k, row in enumerate(found.choices().tolist())
    }
    usual = {"price": "50", "town": "ours", "aid": "no_aid", "words": "silence"}

    def ask(**options: str) -> float:
        chosen = usual | options
        return rows[tuple(chosen[issue.id] for issue in issues)]

    return ask


def test_carrots_go_to_the_party_they_are_held_out_to_where_they_apply() -> None:
    ask = _worth("ann")
    assert ask() == 75
    assert ask(aid="money") == 82
    assert ask(town="theirs", aid="money") == 25 + 7 + 2.5
    bob = _worth("bob")
    assert (bob(), bob(aid="money")) == (25, 26)
    not_pulled = _worth("ann", Assumptions(levers="not_pulled"))
    assert not_pulled(town="theirs", aid="money") == 25


def test_carrots_do_not_reach_those_at_home() -> None:
    ask = _worth("home", ratifiers={"home": {"title": "Home", "no_deal": 0}})
    assert ask(aid="money") == 75


SACRED: Document = {
    "land": {
        "title": "Land",
        "require": "town == ours",
        "material": "aid == money",
        "offence": 20,
        "symbolic": "words == apology",
        "relief": 12,
    }
}


def test_money_for_what_is_sacred_offends_and_a_gesture_relieves() -> None:
    ask = _worth("ann", more={}, sacred=SACRED)
    # Where nothing is violated, neither counts.
    assert ask(aid="money", words="apology") == 75
    assert ask(town="theirs") == 25
    assert ask(town="theirs", aid="money") == 5
    assert ask(town="theirs", words="apology") == 37
    assert ask(town="theirs", aid="money", words="apology") == 17
    # Levers or no levers, what is sacred is the party's own.
    assert _worth("ann", Assumptions(levers="not_pulled"), more={}, sacred=SACRED)(town="theirs", aid="money") == 5


@pytest.mark.parametrize(("left", "worth"), [(("material", "offence"), 37), (("symbolic", "relief"), 5)])
def test_what_is_sacred_may_only_be_offended_or_only_relieved(left: tuple[str, str], worth: int) -> None:
    land = {key: value for key, value in SACRED["land"].items() if key not in left}
    ask = _worth("ann", more={}, sacred={"land": land})
    assert ask(town="theirs", aid="money", words="apology") == worth


def test_adjustments_carrots_and_what_is_sacred_add_up_each_in_its_place() -> None:
    adjustments = {"own": {"when": "words == apology", "amount": -4}}
    ask = _worth("ann", sacred=SACRED, adjustments=adjustments)
    assert ask(town="theirs", aid="money", words="apology") == 25 - 4 - 20 + 12 + 7 + 2.5
    scenario = scene(ann={"sacred": SACRED, "adjustments": adjustments}, others={"med": MEDIATOR}, issues=ISSUES)
    bonuses = bonuses_of(actor_of(scenario, "ann"), scenario)
    assert [(bonus.kind, bonus.source, bonus.name, ".".join(bonus.amount), bonus.sign) for bonus in bonuses] == [
        ("adjustment", "own", "", "parties.ann.adjustments.own.amount", 1),
        ("offence", "land", "", "parties.ann.sacred.land.offence", -1),
        ("relief", "land", "", "parties.ann.sacred.land.relief", 1),
        ("carrot", "med", "aid", "parties.med.levers.ann.carrots.aid.points", 1),
        ("carrot", "med", "town", "parties.med.levers.ann.carrots.town.points", 1),
    ]
    offence = bonuses[1].when
    assert offence.text == "not (town == ours) and (aid == money)"
    assert offence.issues == ("town", "aid")


def test_a_condition_names_an_issue_once() -> None:
    land = SACRED["land"] | {"material": "town == theirs and aid == money"}
    scenario = scene(ann={"sacred": {"land": land}}, issues=ISSUES)
    (offence, _) = bonuses_of(actor_of(scenario, "ann"), scenario)
    assert sorted(offence.when.issues) == ["aid", "town"]


def test_an_outcome_profanes_where_it_violates_something_sacred() -> None:
    sacred = SACRED | {"price": {"title": "Price", "require": "price >= 30"}}
    found = bench(scene(ann={"sacred": sacred}, issues=ISSUES), n_worlds=1)
    cells = found.structure.parties[0]
    profaned = cells.profaned[cells.signature][found.outcomes().cell]
    choices = found.choices()
    assert profaned.T.tolist() == [(choices[:, 1] == 1).tolist(), (choices[:, 0] < 3).tolist()]
    other = found.structure.parties[1]
    assert other.profaned.shape[1] == 0
    assert violation(found.scenario.parties[0].sacred[0]).text == "not (town == ours)"


def test_what_supports_a_deal_is_listed_with_whom_it_holds_back() -> None:
    levers = {"ann": {"guarantee": {"when": "aid == money", "credibility": 0.5}}, "bob": {"stick": 1}}
    durability = {
        "breakers": {"ann": {"hazard": 0.1}, "bob": {"hazard": 0.1}},
        "supports": {
            "all": {"when": "town == ours", "credibility": 0.3},
            "one": {"when": "town == theirs", "credibility": 0.4, "against": ["ann"]},
        },
    }
    rate = {"discount_rate": 0.1}
    others = {"med": {"title": "Med", "role": "mediator", "levers": levers}}
    scenario = scene(ann=rate, bob=rate, others=others, durability=durability, issues=ISSUES)
    found = [(".".join(one.credibility), one.against, one.guaranteed, one.lever) for one in supports_of(scenario)]
    assert found == [
        ("durability.supports.all.credibility", (True, True), False, False),
        ("durability.supports.one.credibility", (True, False), False, False),
        ("parties.med.levers.ann.guarantee.credibility", (False, True), True, True),
    ]
    assert supports_of(scene()) == ()
