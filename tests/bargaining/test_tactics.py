"""What tactics ask for at one moment, with the numbers written out."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena, Rules, plain_seat
from negsim.bargaining.play import play
from negsim.bargaining.tactics import TACTICS, Moment

NAN = float("nan")


def no_risk() -> tuple[NDArray[np.float64], ...]:
    raise AssertionError("nobody asked for risks")


def asked(tactic: str, parameter: dict[str, float], *, final: bool = False, **more: Any) -> tuple[float, float]:
    """What is asked for and taken in the third of seven rounds: three eighths of the time are gone."""
    moment = Moment(
        round=2,
        n_rounds=7,
        final=final,
        parameter={name: np.array([value]) for name, value in parameter.items()},
        level=np.array([more.get("level", 1.0)]),
        heard=[np.array([level]) for level in more.get("heard", [])],
        news=more.get("news", True),
        plan=np.zeros((0, 1)),
        risk=more.get("risk", no_risk),
    )
    stance = TACTICS[tactic].stance(moment)
    return float(stance.ask[0]), float(stance.take[0])


@pytest.mark.parametrize(
    ("tactic", "parameter", "level"),
    [
        ("time", {"exponent": 1.0, "start": 1.0}, 5 / 8),
        ("time", {"exponent": 2.0, "start": 0.8}, 0.8 * (1 - 9 / 64)),
        ("time", {"exponent": 0.5, "start": 1.0}, 1 - sqrt(3 / 8)),
        ("exponential", {"exponent": 1.0, "start": 0.9}, 1 - 0.1 ** (5 / 8)),
        ("exponential", {"exponent": 2.0, "start": 0.9}, 1 - 0.1 ** sqrt(5 / 8)),
        ("holdout", {"level": 0.7}, 0.7),
    ],
)
def test_a_tactic_that_hears_nothing_asks_by_the_clock(tactic: str, parameter: dict[str, float], level: float) -> None:
    assert asked(tactic, parameter) == pytest.approx((level, level), abs=1e-12)


@pytest.mark.parametrize("tactic", ["time", "exponential"])
def test_where_no_offer_follows_anything_better_than_no_deal_is_taken(tactic: str) -> None:
    parameter = {"exponent": 1.0, "start": 0.9}
    ask, take = asked(tactic, parameter, final=True)
    assert ask == asked(tactic, parameter)[0] > 0
    assert take == 0


def test_who_holds_out_does_so_to_the_last_and_who_stalls_takes_nothing() -> None:
    assert asked("holdout", {"level": 0.7}, final=True) == (0.7, 0.7)
    assert asked("stalling", {"exponent": 1.0}, final=True) == (5 / 8, float("inf"))


@pytest.mark.parametrize(
    ("tactic", "heard", "level"),
    [
        # The others came from 0.2 to 0.4: half as far off in proportion, 0.2 nearer in points.
        ("relative_tit_for_tat", [0.8, 0.2, 0.4], 0.6 * 0.2 / 0.4),
        ("absolute_tit_for_tat", [0.8, 0.2, 0.4], 0.6 - 0.2),
        # Over the two offers before the last one: 0.15 on average.
        ("averaged_tit_for_tat", [0.8, 0.1, 0.2, 0.4], 0.6 * 0.15 / 0.4),
        ("averaged_tit_for_tat", [0.2, 0.4], 0.6 * 0.2 / 0.4),
        # A turn without an offer takes its place among the two.
        ("averaged_tit_for_tat", [0.1, NAN, 0.4], 0.6 * 0.1 / 0.4),
        ("averaged_tit_for_tat", [0.8, 0.3, NAN, 0.4], 0.6 * 0.3 / 0.4),
        # Who is offered less asks for more, though never for more than all; who gives all away is asked for nothing.
        ("relative_tit_for_tat", [0.4, 0.2], 1.0),
        ("absolute_tit_for_tat", [0.9, 0.2], 1.0),
        ("absolute_tit_for_tat", [0.1, 0.9], 0.0),
        # What is worth nothing has no proportion to anything.
        ("relative_tit_for_tat", [0.4, 0.0], 0.6),
    ],
)
def test_tit_for_tat_moves_as_the_others_did(tactic: str, heard: list[float], level: float) -> None:
    found = asked(tactic, {"start": 1.0, "window": 2.0}, heard=heard, level=0.6)
    assert found == pytest.approx((level, level), abs=1e-12)


@pytest.mark.parametrize("tactic", ["relative_tit_for_tat", "absolute_tit_for_tat", "averaged_tit_for_tat"])
@pytest.mark.parametrize(("heard", "news"), [([], False), ([0.4], True), ([0.2, 0.4], False), ([0.2, NAN], True)])
def test_tit_for_tat_stays_where_it_is_while_it_knows_of_no_move(tactic: str, heard: list[float], news: bool) -> None:
    more: dict[str, Any] = {"heard": heard, "news": news}
    assert asked(tactic, {"start": 0.9, "window": 2.0}, level=0.6, **more)[0] == 0.6
    assert asked(tactic, {"start": 0.9, "window": 2.0}, level=1.0, **more)[0] == 0.9


@pytest.mark.parametrize(
    ("own", "others", "level"), [(0.3, 0.5, 0.4), (0.5, 0.3, 0.6), (0.3, 0.3, 0.4), (0.3 + 1e-12, 0.3, 0.4)]
)
def test_who_bears_less_risk_or_as_much_concedes_to_what_is_enough(own: float, others: float, level: float) -> None:
    def risk() -> tuple[NDArray[np.float64], ...]:
        return np.array([own]), np.array([others]), np.array([0.4])

    assert asked("zeuthen", {}, level=0.6, risk=risk)[0] == level


@pytest.mark.parametrize(("worst", "offered"), [(30.0, 1), (29.0, 1), (31.0, 1), (20.0, 0)])
def test_of_bets_worth_the_same_the_one_that_asks_for_most_is_made(worst: float, offered: int) -> None:
    # A deal that gains 10 for sure, or one that gains 20 and is taken by one in two: by those to whom no deal is worth 25.
    gain = np.array([[1_000_000, 2_000_000]], np.float32)
    ann = plain_seat("ann", gain, TACTICS["take_it_or_leave_it"], {}, 1)
    bob = plain_seat("bob", gain[:, ::-1], TACTICS["holdout"], {"level": np.zeros(1)}, 1)
    bob = replace(bob, value=np.array([[100.0, worst]]), no_deal=np.array([25.0, 50.0]))
    rules = Rules("take_it_or_leave_it", 1, learns=False)
    told: list[int] = []
    play(
        Arena(np.zeros(1, np.intp), (ann, bob), rules, (0, 1), 2, np.full(1, np.inf)),
        listener=lambda turn: told.append(int(turn.deal[0])),
    )
    assert told == [offered]
