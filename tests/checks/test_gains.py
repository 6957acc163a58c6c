"""Bounds on what a party gains, against worlds that are drawn and outcomes that are listed one by one."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from negsim.checks.gains import largest_gain, smallest_gain
from negsim.checks.subject import Subject
from negsim.model.conditions import truth
from negsim.model.draws import Draws, draw_block
from negsim.model.values import option_values, weights
from negsim.scenario.types import Party, SameAs, Scenario
from tests.checks.sale import load_over_sale

ROUNDING = 1e-3
NUMBERS = {"values": (0, 100), "weights": (0, 9), "cost": (0, 9), "amount": (-20, 20)}


@st.composite
def ranges(draw: st.DrawFn, kind: str, *, constant: bool) -> str:
    first, second = sorted((draw(st.integers(*NUMBERS[kind])), draw(st.integers(*NUMBERS[kind]))))
    return str(first) if constant or first == second else f"{first}..{second}"


@st.composite
def buyers(draw: st.DrawFn, *, constant: bool) -> str:
    """A buyer over the sale, with a number or an outcome as no deal."""

    def some(kind: str) -> str:
        return draw(ranges(kind, constant=constant))

    same_as = f"{{same_as: {{price: {draw(st.sampled_from(['50', '35', '10..70', '0..100']))}, delivery: soon}}}}"
    if constant:
        same_as = "{same_as: {price: 35, delivery: soon}}"
    return f"""\
parties:
  buyer:
    demands: {{price: {{at_most: {draw(st.sampled_from([0, 40]))}}}, delivery: now}}
    priorities: {{price: {draw(st.integers(1, 9))}, delivery: {some("weights")}}}
    values:
      price: {{50: {some("values")}}}
      delivery: {{now: {some("values")}, late: {some("values")}}}
    red_lines:
      soft: {{require: price < 70, firmness: 0.5, audience_cost: {some("cost")}}}
      hard: {{require: delivery < late or price < 40, firmness: hard}}
    adjustments:
      both: {{when: price < 50 and delivery == now, amount: {some("amount")}}}
    no_deal: {draw(st.sampled_from([same_as, some("values")]))}
"""


def list_gains(scenario: Scenario, party: Party, draws: Draws) -> NDArray[np.float64]:
    """Add up what each outcome is worth in each world, over no deal: (world, outcome), hard lines respected."""
    issues = {issue.id: issue for issue in scenario.issues}
    weight = weights(party, draws)
    value = {name: weight[name][:, None] * option_values(party, issues[name], draws) for name in weight}
    no_deal = _no_deal(scenario, party, draws, value)
    conditions = [line.require for line in party.red_lines] + [item.when for item in party.adjustments]
    tables = {condition.text: (condition.issues, truth(condition, scenario.issues)) for condition in conditions}
    columns = []
    for outcome in product(*(range(issue.n_choices) for issue in scenario.issues)):
        chosen = dict(zip(issues, outcome, strict=True))
        holds = {text: bool(table[tuple(chosen[name] for name in names)]) for text, (names, table) in tables.items()}
        if any(line.firmness is None and not holds[line.require.text] for line in party.red_lines):
            continue
        gain = sum(value[name][:, chosen[name]] for name in value) - no_deal
        for item in party.adjustments:
            if holds[item.when.text]:
                gain = gain + draws.quantity["parties", party.id, "adjustments", item.id, "amount"]
        for line in party.red_lines:
            if not holds[line.require.text]:
                gain = gain - draws.quantity["parties", party.id, "red_lines", line.id, "audience_cost"]
        columns.append(gain)
    return np.stack(columns, axis=1)


def _no_deal(
    scenario: Scenario, party: Party, draws: Draws, value: dict[str, NDArray[np.float64]]
) -> NDArray[np.float64]:
    if not isinstance(party.no_deal, SameAs):
        return draws.quantity["parties", party.id, "no_deal"]
    issues = {issue.id: issue for issue in scenario.issues}
    total = np.zeros(draws.n_worlds)
    for name, option in party.no_deal.options:
        total += value[name][:, issues[name].options.index(option)]
    for name, _ in party.no_deal.levels:
        levels = [float(level) for level in issues[name].levels]
        at = draws.quantity["parties", party.id, "no_deal", "same_as", name]
        total += [np.interp(x, levels, row) for x, row in zip(at, value[name], strict=True)]
    return total


@given(buyers(constant=False))
def test_no_world_gains_more_or_less_than_the_bounds(fragment: str) -> None:
    subject = Subject(load_over_sale(fragment))
    buyer = subject.scenario.parties[0]
    gains = list_gains(subject.scenario, buyer, draw_block(subject.scenario, seed=1, block=0, n_worlds=32))
    upper, lower = largest_gain(subject, buyer), smallest_gain(subject, buyer)
    assert upper is not None
    assert lower is not None
    assert lower - ROUNDING <= gains.min() <= gains.max() <= upper + ROUNDING


@given(buyers(constant=True))
def test_with_constants_the_bounds_are_reached(fragment: str) -> None:
    subject = Subject(load_over_sale(fragment))
    buyer = subject.scenario.parties[0]
    gains = list_gains(subject.scenario, buyer, draw_block(subject.scenario, seed=1, block=0, n_worlds=1))
    assert largest_gain(subject, buyer) == pytest.approx(gains.max(), abs=1e-9)
    assert smallest_gain(subject, buyer) == pytest.approx(gains.min(), abs=1e-9)


def test_uncertain_weights_go_to_their_most_favourable_ends() -> None:
    """Price counts 1..3 and delivery 2; all of the one and half of the other: (3·100 + 2·50) / 5 at best.

    At worst, both are at their worst: (1·0 + 2·0) / 3.
    """
    subject = Subject(
        load_over_sale(
            "rules:\n  not_now: {require: delivery != now}\n"
            "parties:\n  buyer:\n    priorities: {price: 1..3, delivery: 2}\n    no_deal: 10\n"
        )
    )
    buyer = subject.scenario.parties[0]
    assert largest_gain(subject, buyer) == pytest.approx(80 - 10)
    assert smallest_gain(subject, buyer) == pytest.approx(-10)
