"""Bounds on no deal, breach and gains with wars, lotteries, levers and ratifiers, against worlds as the model has them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from negsim.checks.breach import loss_bounds
from negsim.checks.gains import largest_gain, smallest_gain
from negsim.checks.no_deal import belief_bounds, no_deal_bounds, slope_bounds, stick_bounds
from negsim.checks.subject import Subject
from negsim.model.draws import draw_block
from negsim.model.durability import breach_losses
from negsim.model.no_deal import without_deal
from negsim.model.outcomes import Outcomes
from negsim.model.values import UNITS_PER_POINT
from negsim.model.worlds import build_worlds
from negsim.scenario.no_deal import WarValue
from tests.checks.sale import load_over_sale

ROUNDING = 1e-3


@st.composite
def ranges(draw: st.DrawFn, low: float, high: float) -> str:
    """A constant or a range between ends, in steps of a twentieth of the way."""
    first, second = sorted((draw(st.integers(0, 20)), draw(st.integers(0, 20))))
    step = (high - low) / 20
    ends = [f"{low + k * step:.6g}" for k in (first, second)]
    return ends[0] if ends[0] == ends[1] else "..".join(ends)


@st.composite
def states(draw: st.DrawFn) -> str:
    """An end state: points, or an outcome, with a rest."""
    if draw(st.booleans()):
        return draw(ranges(-20, 120))
    price = draw(st.sampled_from(["0", "35", "20..70"]))
    return f"{{same_as: {{price: {price}}}, rest: {draw(ranges(0, 100))}}}"


@st.composite
def no_deals(draw: st.DrawFn, side: str) -> str:
    option = draw(st.sampled_from(["inside", "outside"]))
    kind = draw(st.sampled_from(["points", "lottery", "war", "war"]))
    if kind == "lottery":
        ends = (
            f"{{a: {{probability: {draw(ranges(0, 0.5))}, worth: {draw(states())}}}, "
            f"b: {{worth: {draw(states())}}}, c: {{probability: {draw(ranges(0, 0.5))}, worth: {draw(states())}}}}}"
        )
        return f"{{lottery: {{ends: {ends}, costs: {{delay: {draw(ranges(0, 9))}}}, now: {draw(states())}, option: {option}}}}}"
    if kind == "war":
        belief = f", belief: {{a: {draw(ranges(1, 9))}, b: {draw(ranges(1, 9))}}}" if draw(st.booleans()) else ""
        loss = f"{{points: {draw(ranges(0, 30))}, factors: {{part: {draw(ranges(0, 1))}}}}}"
        return (
            f"{{war: {{side: {side}, win: {draw(states())}, lose: {draw(states())}, now: {draw(states())}, "
            f"losses: {{strikes: {loss}}}, costs: {{toll: {draw(ranges(0, 3))}}}, option: {option}{belief}}}}}"
        )
    return draw(states())


@st.composite
def disputes(draw: st.DrawFn) -> str:
    """A sale that may be broken, with a war behind it, a broker with levers, and an owner who ratifies."""
    owner_values = f"        values: {{delivery: {{now: 0, soon: 50, late: {draw(ranges(0, 100))}}}}}\n"
    owner_no_deal = f"        no_deal: {draw(no_deals('seller'))}\n"
    owner_stakes = draw(st.sampled_from(["", owner_no_deal, owner_no_deal + owner_values]))
    return f"""\
war:
  sides: {{buyer: {{collapse: {draw(ranges(0, 0.4))}}}, seller: {{collapse: {draw(ranges(0, 0.4))}}}}}
durability:
  breakers:
    seller: {{hazard: {draw(ranges(0, 0.4))}}}
    buyer: {{hazard: {draw(ranges(0, 0.4))}}}
  supports:
    insured: {{when: carrier == courier, credibility: {draw(ranges(0, 1))}}}
  power_shifts:
    paid: {{when: price >= 50, towards: seller, by: {draw(ranges(0, 1))}, points: {{buyer: {draw(ranges(-30, 30))}, seller: {draw(ranges(-30, 30))}}}}}
    sent: {{when: delivery == now, towards: buyer, by: {draw(ranges(0, 0.5))}, if_broken_by: [seller]}}
  remedies:
    watched: {{when: carrier != buyer, takes_away: {draw(ranges(0, 1))}, shifts: [paid]}}
parties:
  buyer:
    discount_rate: {draw(ranges(0.05, 0.5))}
    no_deal: {draw(no_deals("buyer"))}
    sacred:
      trust:
        require: delivery == now
        material: price < 50
        offence: {draw(ranges(0, 20))}
        symbolic: carrier == seller
        relief: {draw(ranges(0, 20))}
  seller:
    discount_rate: {draw(ranges(0.05, 0.5))}
    no_deal: {draw(no_deals("seller"))}
    adjustments:
      bargain: {{when: price < 50, amount: {draw(ranges(-20, 20))}}}
    ratifiers:
      owner:
        title: Owner
        red_lines:
          floor: {{require: price > 10, firmness: hard}}
{owner_stakes}\
  broker:
    title: Broker
    role: mediator
    levers:
      buyer: {{stick: {draw(ranges(0, 9))}, carrots: {{gift: {{when: price == 50, points: {draw(ranges(0, 9))}}}}}}}
"""


def gains_of_all(subject: Subject) -> dict[str, NDArray[np.float64]]:
    """List what each outcome is worth over no deal to each actor, the premium of breach taken off: (world, outcome)."""
    scenario, structure = subject.scenario, subject.structure
    worlds = build_worlds(scenario, structure, draw_block(scenario, seed=1, block=0, n_worlds=32))
    outcomes = Outcomes(np.arange(structure.n_cells), np.zeros((structure.n_cells, 0), np.intp))
    assert structure.n_free == 1
    gains = {}
    for k, actor in enumerate(scenario.actors):
        allowed = ~worlds.crosses_real(k, outcomes.cell)[0]
        gain = worlds.free_sum(k, outcomes) - worlds.price(k, slice(None), outcomes.cell)
        gains[actor.id] = gain[:, allowed] / UNITS_PER_POINT
    return gains


@given(disputes())
def test_no_world_gains_more_or_less_than_the_bounds(fragment: str) -> None:
    subject = Subject(load_over_sale(fragment))
    for actor in subject.scenario.actors:
        if actor.no_deal is None:
            continue
        gains = gains_of_all(subject)[actor.id]
        upper, lower = largest_gain(subject, actor), smallest_gain(subject, actor)
        assert upper is not None
        assert lower is not None
        assert lower - ROUNDING <= gains.min() <= gains.max() <= upper + ROUNDING


@given(disputes())
def test_no_deal_and_losses_lie_within_their_bounds(fragment: str) -> None:
    subject = Subject(load_over_sale(fragment))
    scenario, cells = subject.scenario, subject.structure.breach
    assert cells is not None
    draws = draw_block(scenario, seed=1, block=0, n_worlds=32)
    for actor in scenario.actors:
        if actor.no_deal is None:
            continue
        held = without_deal(actor, scenario, draws)
        bounds = no_deal_bounds(subject, actor) - stick_bounds(subject, actor)
        least = held.least / UNITS_PER_POINT
        assert bounds.low - ROUNDING <= least.min() <= least.max() <= bounds.high + ROUNDING
        for k, losses in enumerate(breach_losses(actor, scenario, cells, draws, held)):
            low, high = loss_bounds(subject, actor, k)
            assert (low - ROUNDING <= losses / UNITS_PER_POINT).all()
            assert (losses / UNITS_PER_POINT <= high + ROUNDING).all()


@given(disputes())
def test_chances_and_slopes_of_a_war_lie_within_their_bounds(fragment: str) -> None:
    subject = Subject(load_over_sale(fragment))
    draws = draw_block(subject.scenario, seed=1, block=0, n_worlds=32)
    for actor in subject.scenario.actors:
        if isinstance(actor.no_deal, WarValue):
            war = without_deal(actor, subject.scenario, draws).war
            assert war is not None
            chance, slope = belief_bounds(subject, actor, actor.no_deal), slope_bounds(subject, actor, actor.no_deal)
            points = war.slope / UNITS_PER_POINT
            assert chance.low - 1e-9 <= war.chance.min() <= war.chance.max() <= chance.high + 1e-9
            assert slope.low - ROUNDING <= points.min() <= points.max() <= slope.high + ROUNDING


WAR = "war: {sides: {buyer: {collapse: 0.3}, seller: {collapse: 0.1}}}\n"


def test_with_constants_the_bounds_of_a_war_are_its_value() -> None:
    """The seller collapses three times as fast: (0.2·30 + 0.4·(0.25·100 + 0.75·0) − 0.06) / 0.6 to the buyer."""
    subject = Subject(
        load_over_sale(
            f"{WAR}parties:\n  buyer:\n    discount_rate: 0.2\n"
            "    no_deal: {war: {win: 100, lose: 0, now: 40, losses: {strikes: {points: 20, factors: {hit: 0.5}}},\n"
            "      costs: {toll: 0.06}}}\n"
        )
    )
    bounds = no_deal_bounds(subject, subject.scenario.parties[0])
    expected = (0.2 * 30 + 0.1 * 100 + 0.3 * 0 - 0.06) / 0.6
    assert np.allclose([bounds.low, bounds.high], expected)


def test_with_constants_the_bounds_of_a_lottery_are_its_value() -> None:
    subject = Subject(
        load_over_sale(
            "parties:\n  buyer:\n    no_deal:\n      lottery:\n        costs: {delay: 3}\n        ends:\n"
            "          a: {probability: 0.25, worth: 80}\n          b: {worth: {same_as: {price: 100, delivery: now}}}\n"
        )
    )
    bounds = no_deal_bounds(subject, subject.scenario.parties[0])
    assert np.allclose([bounds.low, bounds.high], 0.25 * 80 + 0.75 * 50 - 3)


def test_an_offence_takes_from_the_best_deal_and_a_gesture_gives_back() -> None:
    """A free delivery now is worth 100 to the buyer, less 30 for the offence; handed over by the seller, 10 more."""
    fragment = (
        "parties:\n  buyer:\n    no_deal: 20\n    demands: {price: {at_most: 90}, delivery: now}\n"
        "    sacred:\n      honour:\n        require: price > 100 or delivery != now\n"
        "        material: price < 100\n        offence: 30\n        symbolic: carrier == seller\n        relief: 10\n"
        "rules: {now: {require: delivery == now and price < 100}}\n"
    )
    subject = Subject(load_over_sale(fragment))
    assert largest_gain(subject, subject.scenario.parties[0]) == pytest.approx(100 - 30 + 10 - 20)
    assert smallest_gain(subject, subject.scenario.parties[0]) == pytest.approx(100 - 30 - 20)


def test_a_ratifier_has_its_partys_values_and_a_no_deal_of_its_own() -> None:
    """The seller's price alone: 100 at best, and 50 is what its owner has without a deal."""
    subject = Subject(
        load_over_sale(
            "parties:\n  seller:\n    priorities: {price: 1}\n    demands: {price: 100}\n"
            "    ratifiers: {owner: {title: Owner, no_deal: {same_as: {price: 50}}}}\n"
        )
    )
    owner = next(actor for actor in subject.scenario.actors if actor.id == "owner")
    assert largest_gain(subject, owner) == pytest.approx(50)
    assert smallest_gain(subject, owner) == pytest.approx(-50)


def test_nothing_is_said_of_the_gains_of_a_ratifier_that_looks_at_its_red_lines_alone() -> None:
    subject = Subject(
        load_over_sale(
            "parties:\n  seller:\n    no_deal: 110\n"
            "    ratifiers: {owner: {title: Owner, red_lines: {floor: {require: price > 40, firmness: hard}}}}\n"
        )
    )
    owner = next(actor for actor in subject.scenario.actors if actor.id == "owner")
    assert largest_gain(subject, owner) is None
    assert smallest_gain(subject, owner) is None


@pytest.mark.parametrize(("now", "loss"), [(10, 20 * 0.4 / 0.5), (90, 0)])
def test_a_war_that_is_not_taken_up_has_nothing_to_lose(now: int, loss: float) -> None:
    """The seller gains 0.2 of winning: the buyer loses that of 100 points, times 0.4 / 0.5, if it would fight at all."""
    subject = Subject(
        load_over_sale(
            f"{WAR}parties:\n  buyer:\n    discount_rate: 0.1\n"
            f"    no_deal: {{war: {{win: 100, lose: 0, now: {now}, option: outside, belief: {{a: 9, b: 1}}}}}}\n"
            "  seller: {discount_rate: 0.1}\n"
            "durability:\n  breakers: {seller: {hazard: 0.1}}\n"
            "  power_shifts: {paid: {when: price >= 50, towards: seller, by: 0.2}}\n"
        )
    )
    low, high = loss_bounds(subject, subject.scenario.parties[0], 0)
    (shifted,) = np.flatnonzero(high)
    assert low[shifted] <= loss <= high[shifted] == pytest.approx(20 * 0.4 / 0.5)
