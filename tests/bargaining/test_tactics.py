"""What tactics ask for at one moment, with the numbers written out."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from negsim.bargaining import bargain
from negsim.bargaining.arena import Arena, Rules, plain_seat
from negsim.bargaining.play import play
from negsim.bargaining.tactics import TACTICS, Moment, Stance, Tactic
from negsim.scenario import loads

NAN = float("nan")


def no_risk() -> tuple[NDArray[np.float64], ...]:
    raise AssertionError("nobody asked for risks")


def asked(tactic: str, parameter: dict[str, float], *, final: bool = False, **more: Any) -> tuple[float, float]:
    """What is asked for and taken in the third of seven rounds: three eighths of the time are gone."""
    moment = Moment(
        round=2,
        n_rounds=7,
        time=3 / 8,
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
        # The others came from 0.2 to 0.4: a quarter of the 0.8 that were lacking, 0.2 nearer in points.
        ("relative_tit_for_tat", [0.8, 0.2, 0.4], 0.6 * 3 / 4),
        ("absolute_tit_for_tat", [0.8, 0.2, 0.4], 0.6 - 0.2),
        # Over the two offers before the last one: 0.15 on average.
        ("averaged_tit_for_tat", [0.8, 0.1, 0.2, 0.4], 0.6 * 0.6 / 0.85),
        ("averaged_tit_for_tat", [0.2, 0.4], 0.6 * 0.6 / 0.8),
        # A turn without an offer takes its place among the two.
        ("averaged_tit_for_tat", [0.1, NAN, 0.4], 0.6 * 0.6 / 0.9),
        ("averaged_tit_for_tat", [0.8, 0.3, NAN, 0.4], 0.6 * 0.6 / 0.7),
        # Who is offered less asks for more, though never for more than all; who gives all away is asked for nothing.
        ("relative_tit_for_tat", [0.8, 0.2], 1.0),
        ("relative_tit_for_tat", [0.4, 0.2], 0.6 * 0.8 / 0.6),
        ("absolute_tit_for_tat", [0.9, 0.2], 1.0),
        ("absolute_tit_for_tat", [0.1, 0.9], 0.0),
        # An offer worth less than no deal is below 0: half of what was lacking, and the first above no deal is no more.
        ("relative_tit_for_tat", [-1.0, 0.0], 0.3),
        ("averaged_tit_for_tat", [-1.0, 0.0], 0.3),
        ("absolute_tit_for_tat", [-0.2, 0.1], 0.3),
        ("relative_tit_for_tat", [-0.01, 0.01], 0.6 * 0.99 / 1.01),
        # Where nothing was lacking there is no share of it.
        ("relative_tit_for_tat", [1.0, 0.5], 0.6),
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


def heard_by(gain: list[float], offered: int) -> list[float]:
    """Give the levels heard by one who listens to a party that only ever proposes one deal."""
    told: list[float] = []

    def listen(moment: Moment) -> Stance:
        told.extend(float(level[0]) for level in moment.heard[-1:])
        return Stance(np.ones(1), np.full(1, np.inf))

    listener = Tactic("listening", "Listens", (), listen, listens=True)
    ann = plain_seat("ann", np.array([gain], np.float32), listener, {}, 1)
    theirs = np.where(np.arange(len(gain)) == offered, 5, -5)
    bob = plain_seat("bob", theirs[None].astype(np.float32), TACTICS["stalling"], {"exponent": np.ones(1)}, 1)
    play(Arena(np.zeros(1, np.intp), (ann, bob), Rules(rounds=3, learns=False), (0, 1), 2, np.full(1, np.inf)))
    return told


@pytest.mark.parametrize(
    ("offered", "level"),
    [(0, 1.0), (1, 0.5), (2, -0.25), (3, -0.75), (4, -0.75)],
)
def test_an_offer_worth_less_than_no_deal_is_below_level_0_and_one_across_a_red_line_is_as_the_worst(
    offered: int, level: float
) -> None:
    # Once when she answers, and once when it is her turn.
    assert heard_by([4, 2, -1, -3, -np.inf], offered) == [level, level]


def test_a_deal_across_its_own_red_line_makes_no_party_softer() -> None:
    # All that is not out of the question gains 2 to 6: half way from there is 4, and not the 3 from no deal.
    def offer(gain: list[float]) -> int:
        ann = plain_seat("ann", np.array([gain], np.float32), TACTICS["holdout"], {"level": np.full(1, 0.5)}, 1)
        bob = plain_seat("bob", np.array([[4, 3, 2, 1, 0]], np.float32), TACTICS["holdout"], {"level": np.ones(1)}, 1)
        told: list[int] = []
        play(
            Arena(np.zeros(1, np.intp), (ann, bob), Rules(rounds=1, learns=False), (0, 1), 2, np.full(1, np.inf)),
            listener=lambda turn: told.append(int(turn.deal[0])),
        )
        return told[0]

    assert [offer([2, 3, 4, 6, last]) for last in (5, -np.inf)] == [2, 2]
    assert offer([2, 3, 4, 6, -1]) == 1


LINED = """
negsim: 1
id: lined
title: A price that must not rise above thirty
issues: {price: {title: Price, scale: 0..100, step: 1}}
parties:
  ann: {title: Ann, demands: {price: 100}, no_deal: 0, tactic: {equilibrium: {discount: 0.9}}}
  bob:
    title: Bob
    demands: {price: 0}
    no_deal: 0
    tactic: {equilibrium: {discount: 0.9}}
    red_lines: {most: {require: price <= 30, firmness: 1}}
protocol: {rounds: 4, order: [bob, ann]}
"""


def test_who_plans_ahead_counts_on_no_deal_across_a_line_that_nobody_presses_on() -> None:
    # In the round before the deadline that is left to ann she can have 30, and no more; before it each leaves the
    # other nine tenths of what that one will propose: by whole prices, in favour of who proposes.
    shares = {price: {"ann": price, "bob": 100 - price} for price in range(31)}
    later = {"ann": 0.0, "bob": 0.0}
    price = -1
    for proposer, other in (("ann", "bob"), ("bob", "ann")) * 2:
        enough = [p for p, gets in shares.items() if gets[other] >= 0.9 * later[other]]
        price = max(enough, key=lambda p: shares[p][proposer])
        later = {name: float(worth) for name, worth in shares[price].items()}
    found = bargain(loads(LINED), n_worlds=1)
    assert found.p_agreement.estimate == 1
    assert found.rounds is not None
    assert found.rounds.median == 1
    assert [reached.option for reached in found.options if reached.p_reached.estimate == 1] == [str(price)] == ["27"]


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
