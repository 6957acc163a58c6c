"""A small scenario with stakes, and short ways to what no deal and breach make of it."""

from __future__ import annotations

from typing import Any

from negsim.model.assumptions import AS_STATED, Assumptions
from negsim.model.draws import Draws, draw_block
from negsim.model.no_deal import WithoutDeal, without_deal
from negsim.scenario.types import Party, Scenario
from tests.strategies import Document, scenario_of

TWICE: Document = {
    "price": {"title": "Price", "kind": "numeric", "scale": "0..100", "step": 10},
    "town": {"title": "Town", "options": ["ours", "theirs"]},
}


def scene(ann: Document | None = None, bob: Document | None = None, **blocks: Any) -> Scenario:
    """Ann wants a high price and the town, Bob the opposite; both issues weigh the same."""
    return scenario_of(
        {
            "negsim": 1,
            "id": "s",
            "title": "S",
            "issues": TWICE,
            "parties": {
                "ann": {"title": "Ann", "demands": {"price": 100, "town": "ours"}, "no_deal": 0} | (ann or {}),
                "bob": {"title": "Bob", "demands": {"price": 0, "town": "theirs"}, "no_deal": 0} | (bob or {}),
            }
            | blocks.pop("others", {}),
        }
        | blocks
    )


def war(ann: Any = 0.1, bob: Any = 0.3) -> Document:
    """The war between Ann and Bob, by the hazards at which each collapses."""
    return {"sides": {"ann": {"collapse": ann}, "bob": {"collapse": bob}}}


def actor_of(scenario: Scenario, name: str) -> Party:
    (found,) = (actor for actor in scenario.actors if actor.id == name)
    return found


def held(
    scenario: Scenario, name: str, assumptions: Assumptions = AS_STATED, n_worlds: int = 1
) -> tuple[WithoutDeal, Draws]:
    draws = draw_block(scenario, seed=0, block=0, n_worlds=n_worlds)
    return without_deal(actor_of(scenario, name), scenario, draws, assumptions), draws


def least(scenario: Scenario, name: str, assumptions: Assumptions = AS_STATED) -> float:
    """What a deal has to be worth to an actor, in points, in a scenario in which nothing is drawn.

    A unit that rounding may have cost a deal, one for two issues, is given back.
    """
    found, _ = held(scenario, name, assumptions)
    return float((found.least[0] + 1) / 100_000)


def inside(scenario: Scenario, name: str, assumptions: Assumptions = AS_STATED) -> float:
    """The disagreement point, likewise."""
    found, _ = held(scenario, name, assumptions)
    return float((found.inside[0] + 1) / 100_000)
