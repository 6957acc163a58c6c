"""Two who play the tactics of the theory end where its closed forms say, up to the grid of deals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import exp

import numpy as np
import pytest
from numpy.typing import NDArray

from negsim.bargaining import breakdown, rubinstein, rubinstein_limit, stahl, ultimatum
from negsim.bargaining.arena import Arena, Rules, Seat, plain_seat
from negsim.bargaining.play import Ended, play
from negsim.bargaining.stops import Stop
from negsim.bargaining.tactics import TACTICS

Array = NDArray[np.float64]

POINTS = 100 * 100_000
"""The whole pie in units."""


def units(worth: Array) -> NDArray[np.float32]:
    return np.rint(worth * POINTS).astype(np.float32).reshape(-1, worth.shape[-1])


def seat(name: str, gain: Array, tactic: str, n_worlds: int = 1, **parameter: float) -> Seat:
    given = {name: np.full(n_worlds, value) for name, value in parameter.items()}
    plain = plain_seat(name, units(gain), TACTICS[tactic], given, n_worlds)
    return replace(plain, patience=parameter.get("discount"))


def two(first: Seat, second: Seat, rules: Rules, *, p_breakdown: float = 0.0) -> Ended:
    """Let two bargain in one world."""
    return play(
        Arena(
            row=np.zeros(1, np.intp),
            seats=(first, second),
            rules=replace(rules, learns=False),
            required=(0, 1),
            quorum=2,
            breaks_down=np.full(1, np.inf),
            p_breakdown=p_breakdown,
        )
    )


def patient(discounts: tuple[float, float], n: int, n_rounds: int) -> float:
    """The share of the first where two with discounts split n parts of a pie in equilibrium, agreed at once."""
    share = np.arange(n + 1) / n
    ends = two(
        seat("a", share, "equilibrium", discount=discounts[0]),
        seat("b", 1 - share, "equilibrium", discount=discounts[1]),
        Rules(rounds=n_rounds),
    )
    assert (ends.stop[0], ends.round[0]) == (Stop.AGREED, 0)
    return float(ends.deal[0]) / n


def off_by(n: int, rate: float) -> float:
    """How far the equilibrium over a grid may be from that over the whole pie.

    Each round rounds what is left for who offers by less than a step of 1/n, of which a round earlier only ``rate`` is
    left: less than (1 + rate + rate^2 + ...) / n in all.
    """
    return 1 / n / (1 - rate)


@pytest.mark.parametrize("n_rounds", [1, 2, 3, 4, 5, 10, 11, 50])
def test_with_a_deadline_the_first_gets_what_stahl_says(n_rounds: int) -> None:
    n = 1000
    # One step for each round in which something is rounded, discounted as it is passed on.
    steps = sum(0.9**k for k in range(n_rounds - 1))
    found = patient((0.9, 0.9), n, n_rounds)
    assert found == pytest.approx(stahl(0.9, n_rounds), abs=max(steps, 0.5) / n)


@pytest.mark.parametrize(("n_rounds", "published"), [(1, 1.0), (2, 0.1), (3, 0.91), (4, 0.181), (5, 0.8371)])
def test_with_few_rounds_the_split_is_the_published_one(n_rounds: int, published: float) -> None:
    assert patient((0.9, 0.9), 1000, n_rounds) == pytest.approx(published, abs=0.002)


@pytest.mark.parametrize("discounts", [(0.9, 0.9), (0.9, 0.8), (0.8, 0.9), (0.5, 0.5)])
def test_with_a_far_deadline_the_first_gets_rubinsteins_share(discounts: tuple[float, float]) -> None:
    n = 10_000
    assert patient(discounts, n, 200) == pytest.approx(rubinstein(*discounts), abs=off_by(n, max(discounts)))


RATES = (0.1, 0.3)


def after_rounds_of(length: float, n: int) -> float:
    """The share of the first of two with `RATES`, whose rounds take so long, over so many rounds that none is felt."""
    first, second = (exp(-rate * length) for rate in RATES)
    n_rounds = round(24 / (sum(RATES) * length))
    return patient((first, second), n, n_rounds)


@pytest.mark.parametrize("length", [1.0, 0.1, 0.03])
def test_with_short_rounds_the_share_is_rubinsteins(length: float) -> None:
    n = 100_000
    first, second = (exp(-rate * length) for rate in RATES)
    # Both discounts have been passed through every second round; the deadline leaves less than e^-12 of the pie.
    rounding = 2 / n / (1 - first * second)
    assert after_rounds_of(length, n) == pytest.approx(rubinstein(first, second), abs=rounding + exp(-12))


def test_with_ever_shorter_rounds_the_share_goes_to_the_limit() -> None:
    off = [abs(after_rounds_of(length, 100_000) - rubinstein_limit(*RATES)) for length in (1.0, 0.3, 0.1, 0.03)]
    assert off == sorted(off, reverse=True)
    assert off[-1] < 0.003


def test_on_a_coarse_grid_shorter_rounds_lead_away_from_the_limit() -> None:
    # What a round is worth must be more than a step of the grid, or rounding decides.
    off = [abs(after_rounds_of(length, 100) - rubinstein_limit(*RATES)) for length in (0.3, 0.03)]
    assert off[1] > max(off[0], 0.05)


def test_where_talks_may_break_down_the_first_gets_its_no_deal_value_and_more() -> None:
    n, no_deal = 10_000, (0.3, 0.1)
    share = np.arange(n + 1) / n
    ends = two(
        seat("a", share - no_deal[0], "equilibrium", discount=1.0),
        seat("b", 1 - share - no_deal[1], "equilibrium", discount=1.0),
        Rules(rounds=200),
        p_breakdown=0.1,
    )
    assert ends.deal[0] / n == pytest.approx(breakdown(0.9, no_deal), abs=off_by(n, 0.9))
    assert ends.deal[0] / n == pytest.approx(0.615789, abs=off_by(n, 0.9))


@pytest.mark.parametrize("other", [np.sqrt, np.positive])
def test_two_who_concede_by_risk_end_at_the_nash_split(other: Callable[[Array], Array]) -> None:
    n = 2000
    share = np.arange(n + 1) / n
    ends = two(
        seat("a", share, "zeuthen"),
        seat("b", other(1 - share), "zeuthen"),
        Rules(kind="monotonic_concession", rounds=5000),
    )
    products = share * other(1 - share)
    assert ends.stop[0] == Stop.AGREED
    assert ends.deal[0] / n == pytest.approx(share[np.argmax(products)], abs=1.5 / n)


def test_two_who_concede_by_risk_end_at_the_published_split() -> None:
    n = 2000
    share = np.arange(n + 1) / n
    ends = two(
        seat("a", share, "zeuthen"),
        seat("b", np.sqrt(1 - share), "zeuthen"),
        Rules(kind="monotonic_concession", rounds=5000),
    )
    assert ends.deal[0] / n == pytest.approx(0.6665, abs=1.01 / n)


WAR_WORLDS, WAR_STEPS = 1024, 40


def war(p: float, cost: float, low: float, high: float) -> tuple[Ended, Arena]:
    """One offer in the shadow of war: what it costs the other is drawn evenly, one world from each 1,024th."""
    numbers = np.random.default_rng(5)
    cell = numbers.permutation(WAR_WORLDS) + numbers.random(WAR_WORLDS)
    costs = low + (high - low) * cell / WAR_WORLDS
    share = np.arange(WAR_STEPS + 1) / WAR_STEPS
    first = seat("a", np.tile(share - (p - cost), (WAR_WORLDS, 1)), "take_it_or_leave_it", WAR_WORLDS)
    second = seat("b", (1 - share)[None] - (1 - p - costs)[:, None], "time", WAR_WORLDS, exponent=1.0, start=1.0)
    second = replace(second, value=100 * (1 - share)[None], no_deal=np.sort(100 * (1 - p - costs)))
    arena = Arena(
        row=np.arange(WAR_WORLDS),
        seats=(first, second),
        rules=Rules(kind="take_it_or_leave_it", rounds=1),
        required=(0, 1),
        quorum=2,
        breaks_down=np.full(WAR_WORLDS, np.inf),
    )
    return play(arena), arena


@pytest.mark.parametrize("p", [0.3, 0.5, 0.8])
@pytest.mark.parametrize(
    ("cost", "low", "high", "p_war"),
    [(0.1, 0.0, 0.4, 0.375), (0.2, 0.0, 0.4, 0.25), (0.05, 0.1, 0.4, 0.25), (0.25, 0.1, 0.4, 0.0)],
)
def test_one_offer_risks_war_as_often_as_the_closed_form_whatever_the_balance_of_power(
    p: float, cost: float, low: float, high: float, p_war: float
) -> None:
    ends, _ = war(p, cost, low, high)
    offered = ends.deal[ends.deal >= 0]
    assert set(ends.stop.tolist()) <= {Stop.AGREED, Stop.DEADLINE}
    assert np.mean(ends.stop == Stop.DEADLINE) == pytest.approx(p_war, abs=1 / 256)
    demand, risk = ultimatum(p, cost, low, high)
    assert risk == pytest.approx(p_war, abs=1e-12)
    assert set(offered.tolist()) == {int(offered[0])}  # all worlds look alike to who offers
    assert offered[0] / WAR_STEPS == pytest.approx(demand, abs=1 / WAR_STEPS)


def test_who_does_not_bet_but_asks_for_all_is_refused_by_all() -> None:
    # A control: the risk of war above is that of the tactic, not of the table.
    _, arena = war(0.5, 0.1, 0.0, 0.4)
    stubborn = replace(arena.seats[0], tactic=TACTICS["holdout"], parameter={"level": np.ones(WAR_WORLDS)})
    ends = play(replace(arena, seats=(stubborn, arena.seats[1])))
    assert np.all(ends.stop == Stop.DEADLINE)
