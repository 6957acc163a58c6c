"""Outcomes that are drawn are those that rules and `when` allow, and no others."""

from __future__ import annotations

from functools import partial
from operator import eq

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from negsim.errors import ScenarioError
from negsim.scenario import Scenario, loads
from negsim.scenario.codes import EXAMPLE_BASE
from negsim.testing.outcomes import has_outcomes
from negsim.testing.strategies import outcomes, scenarios
from tests.reference import outcomes as plain_outcomes

QUICK = settings(phases=[Phase.generate], max_examples=20_000)
RULES = "rules: {low: {require: price < 50}, high: {require: price > 60 or berth == buyer}}\n"
NEITHER = "rules: {low: {require: price < 50}, high: {require: price > 60}}\n"


def all_outcomes(scenario: Scenario) -> list[dict[str, str]]:
    """Every outcome that plain Python finds, by the ids of its options."""
    return [
        {issue.id: issue.choices[outcome[issue.id]] for issue in scenario.issues}
        for outcome in plain_outcomes(scenario)
    ]


@given(st.data(), scenarios(max_issues=3))
def test_an_outcome_is_one_of_those_that_plain_python_finds(data: st.DataObject, scenario: Scenario) -> None:
    drawn = data.draw(outcomes(scenario))
    assert list(drawn) == [issue.id for issue in scenario.issues]
    assert drawn in all_outcomes(scenario)


def test_every_outcome_that_the_rules_allow_can_be_drawn() -> None:
    boat = loads(EXAMPLE_BASE + RULES)
    for wanted in all_outcomes(boat):
        assert find(outcomes(boat), partial(eq, wanted), settings=QUICK) == wanted


def test_the_smallest_outcome_has_the_first_options_that_are_allowed() -> None:
    boat = loads(EXAMPLE_BASE + RULES)
    assert find(outcomes(boat), lambda _: True) == {
        "price": "0", "delivery": "spring", "payment": "cash", "berth": "buyer",
    }  # fmt: skip


def test_a_scenario_without_outcomes_is_refused() -> None:
    with pytest.raises(ScenarioError, match="NS410"):
        outcomes(loads(EXAMPLE_BASE + NEITHER))
    assert has_outcomes(loads(EXAMPLE_BASE + RULES))
    assert not has_outcomes(loads(EXAMPLE_BASE + NEITHER))
