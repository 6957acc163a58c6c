"""The curve of P(zone) over a quantity: at each value, to the last bit, the analysis of the scenario with that value."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from negsim.errors import Path, ScenarioError, format_path
from negsim.model.estimates import Estimate
from negsim.scenario import Scenario, load, loads
from negsim.scenario.inventory import is_of_bargaining, list_quantities
from negsim.study.breakeven.curves import RESULTS, Draw, held_at
from negsim.zone import estimate_p_zone
from tests.strategies import Document, scenario_of
from tests.strategies_stakes import stakes
from tests.study.known import NO_DEAL, ONE_DEAL

GENEVA = "scenarios/geneva-2026.scenario.yaml"


def curve(scenario: Scenario, path: str, values: list[float], draw: Draw, start: float) -> list[Estimate]:
    with RESULTS["p_zone"].along(scenario, tuple(path.split(".")), start, draw, lambda _: None) as evaluate:
        return list(evaluate(values))


@pytest.mark.parametrize("sampler", ["lhs", "random", "sobol"])
@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("parties.russia.red_lines.full_withdrawal.firmness", [0.0, 0.35, 1.0]),
        ("parties.ukraine.ratifiers.rada.red_lines.no_cession.firmness", [0.1, 0.9]),
        ("parties.russia.priorities.donetsk", [0.0, 3.5, 20.0]),
        ("war.sides.russia.collapse", [0.0, 0.05]),
        ("parties.ukraine.discount_rate", [0.01, 0.2]),
    ],
)
def test_the_zone_at_a_value_is_that_of_the_file_set_to_it(path: str, values: list[float], sampler: str) -> None:
    found = curve(load(GENEVA), path, values, Draw(80, 3, sampler, 1), start=0.5)
    for value, p in zip(values, found, strict=True):
        changed = load(GENEVA, overrides=[f"{path}={value!r}"])
        assert p == estimate_p_zone(changed, n_worlds=80, seed=3, sampler=sampler)


def test_a_quantity_that_is_the_same_as_the_one_held_follows_it() -> None:
    text = ONE_DEAL.replace("no_deal: 25", "no_deal: {same: parties.ann.no_deal}")
    found = curve(loads(text), NO_DEAL, [20.0, 70.0], Draw(600, 0, "lhs", 1), start=50.0)
    assert found == [estimate_p_zone(loads(text, overrides=[f"{NO_DEAL}={x}"]), n_worlds=600) for x in (20.0, 70.0)]
    assert found[0].estimate == pytest.approx(0.64, abs=0.03)


def test_one_that_is_the_same_as_another_is_held_by_itself() -> None:
    text = ONE_DEAL.replace("no_deal: 25", "no_deal: {same: parties.ann.no_deal}")
    path = "parties.bob.no_deal"
    found = curve(loads(text), path, [0.0], Draw(600, 0, "lhs", 1), start=50.0)
    assert found[0].estimate == pytest.approx(0.5, abs=0.03)
    assert found == [estimate_p_zone(loads(text, overrides=[f"{path}=0"]), n_worlds=600)]


TIED = (
    ONE_DEAL
    + """
ties: {alike: {between: [parties.ann.values.deal.signed, parties.bob.values.deal.signed], rank_correlation: 0.8}}
"""
)


def test_ties_between_other_quantities_hold_on() -> None:
    draw = Draw(600, 0, "lhs", 1)
    (tied,) = curve(loads(TIED), NO_DEAL, [50.0], draw, start=10.0)
    assert tied == estimate_p_zone(loads(TIED, overrides=[f"{NO_DEAL}=50"]), n_worlds=600)
    assert tied.estimate > curve(loads(ONE_DEAL), NO_DEAL, [50.0], draw, start=10.0)[0].estimate + 0.05


def _free(scenario: Scenario) -> list[Path]:
    return [
        one.path
        for one in list_quantities(scenario)
        if not is_of_bargaining(one.path) and not any(one.path in tie.between for tie in scenario.ties)
    ]


@settings(max_examples=60, deadline=None)
@given(stakes(), st.data())
def test_any_quantity_of_any_scenario_gives_what_a_reload_gives(document: Document, data: st.DataObject) -> None:
    scenario = scenario_of(document)
    domain = {one.path: one.domain for one in list_quantities(scenario)}
    assume(_free(scenario))
    path = data.draw(st.sampled_from(_free(scenario)))
    low, high = domain[path].low, min(domain[path].high, 100.0)
    values = [data.draw(st.floats(low, high)) for _ in range(2)]
    try:
        reloaded = [held_at(scenario, path, value) for value in values]
        expected = [estimate_p_zone(one, n_worlds=20) for one in reloaded]
        held_at(scenario, path, (values[0] + values[1]) / 2)
    except ScenarioError:
        assume(False)
    start = (values[0] + values[1]) / 2
    assert curve(scenario, format_path(path), values, Draw(20, 0, "lhs", 1), start) == expected


@given(st.floats(-100, 200))
def test_a_value_is_held_to_its_last_bit(value: float) -> None:
    held = held_at(loads(ONE_DEAL), ("parties", "ann", "no_deal"), value)
    no_deal = held.parties[0].no_deal
    assert no_deal == loads(ONE_DEAL, overrides=[f"{NO_DEAL}={value!r}"]).parties[0].no_deal
    assert getattr(no_deal, "value", None) == value
