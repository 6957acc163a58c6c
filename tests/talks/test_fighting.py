"""Learning by fighting (Slantchev 2003): battles show what nobody can fake, and open a zone once they have."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from negsim.scenario import Scenario
from tests.strategies import Document, scenario_of
from tests.talks.small import calendar, course_of, day, found_in

A, B = "a", "b"


def war(
    battles: Document | None,
    *,
    last: int = 40,
    collapse: Any = 0.3,
    step: float = 1,
    daily: bool = True,
    cost: float = 6,
) -> Scenario:
    """Two who each think that they win with probability 8/10, at a true rate of a half; war costs each 10 of 100 points.

    It ends at 0.6 a year, so 6 points a year are 10 in all; nobody is impatient. Sessions are of the prize, but settle
    nothing, so that each day shows whether there is a zone.
    """
    parties = {
        name: {
            "title": name.title(),
            "values": {"prize": {0: worth, 100: 100 - worth}},
            "priorities": {"prize": 1},
            "discount_rate": 0,
            "no_deal": {"war": {"win": 100, "lose": 0, "costs": {"lives": cost}, "belief": {A: 8, B: 2}}},
        }
        for name, worth in (("ann", 0), ("bob", 100))
    }
    events = {} if battles is None else {"events": {"battle": battles}}
    session = {"every": 1, "agenda": ["prize"]} if daily else {"date": day(last), "agenda": ["prize"]}
    return scenario_of(
        {
            "negsim": 1,
            "id": "war",
            "title": "War",
            "issues": {"prize": {"title": "Prize", "scale": "0..100", "step": step}},
            "war": {"sides": {"ann": {"collapse": collapse}, "bob": {"collapse": 0.3}}},
            "parties": parties,
            "talks": calendar(last, {"day": session}, **events),
        }
    )


def each_day(battle: str) -> Document:
    """A battle on every day but the first, so that there have been n on day n."""
    return {"every": 1, "from": day(1), "battle": battle}


def test_49_the_zone_opens_with_the_battle_after_which_the_gap_is_what_war_costs_both() -> None:
    # The gap between beliefs is 6 / (10 + n), and costs are 2 * 0.1: equal at n = 20, and a tie is acceptable.
    zone = found_in(war(each_day("expected")), 8).zone
    assert zone.tolist() == [[6 / (10 + n) <= 0.2 + 1e-12 for n in range(41)]] * 8
    assert np.argmax(zone[0]) == 20


def test_49_a_war_that_costs_a_little_less_goes_on_for_one_more_battle() -> None:
    # The control of the tie: 6 / (10 + n) <= 2 * 0.0975 from n = 20.8 on.
    assert np.argmax(found_in(war(each_day("expected"), cost=5.85, step=0.5), 1).zone[0]) == 21


def test_who_does_not_fight_learns_nothing() -> None:
    assert not np.any(found_in(war(None), 8).zone)
    # Fighting of which nobody learns is no battle.
    assert not np.any(found_in(war({"every": 1, "from": day(1)}), 8).zone)


@pytest.mark.parametrize("battle", ["expected", "drawn"])
def test_each_battle_is_one_observation_to_both_of_the_same_thing(battle: str) -> None:
    course = course_of(war(each_day(battle), last=30))
    ann, bob = (("parties", name, "no_deal", "war", "belief") for name in ("ann", "bob"))
    won = course.changing.value((*ann, A), 30) - 8
    assert course.changing.value((*ann, B), 30) - 2 == pytest.approx(30 - won)
    assert course.changing.value((*bob, A), 30) - 8 == pytest.approx(30 - won)
    assert course.changing.value((*bob, B), 30) - 2 == pytest.approx(won)


def test_drawn_battles_are_won_at_the_true_rate_and_beliefs_come_to_it() -> None:
    # Bob's side collapses at 0.3 and Ann's at 0.1, so Ann wins three battles of four.
    course = course_of(war(each_day("drawn"), last=400, collapse=0.1, daily=False))
    path = ("parties", "ann", "no_deal", "war", "belief")
    won = course.changing.value((*path, A), 400) - 8
    assert np.array_equal(won, np.rint(won))
    n = 256 * 400
    assert abs(won.sum() - 0.75 * n) < 4 * np.sqrt(n * 0.75 * 0.25)
    assert abs(won.sum() - 0.5 * n) > 4 * np.sqrt(n * 0.25)  # the control
    mean = (8 + won) / 410
    assert np.max(np.abs(mean - 0.75)) < 0.1
    # Each world's wins are binomial of their own: the variance over worlds is that, within four of its own errors.
    expected = 400 * 0.75 * 0.25
    assert abs(np.var(won) / expected - 1) < 4 * np.sqrt(2 / 256)
