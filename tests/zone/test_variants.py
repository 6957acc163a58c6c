"""What is promised of other assumptions only saves work: which zones they open, close, and open at most."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, example, given, settings

from negsim.errors import ScenarioError
from negsim.model.sampling import BLOCK
from negsim.scenario import loads
from negsim.scenario.types import Scenario
from negsim.zone.compiled import compile_scenario
from negsim.zone.counting import Run
from negsim.zone.existence import zone_exists
from negsim.zone.stakes import PRESSURES, what_ifs
from negsim.zone.structural import alternatives
from negsim.zone.variants import Variant, VariantCounts, count_variants
from tests.strategies import Document, scenario_of
from tests.strategies_stakes import stakes

TREATY = """
negsim: 1
id: treaty
title: A treaty with a senate and a mediator
issues:
  tariff: {title: Tariff, scale: 0..50, step: 5}
  labour: {title: Labour, kind: ordered, options: [none, some, strict]}
parties:
  north:
    title: North
    demands: {tariff: 0, labour: some}
    good_faith: 0.5..0.9
    no_deal: 30..90
    ratifiers:
      senate: {title: Senate, red_lines: {standards: {require: labour == strict, firmness: 0.3..0.7}}}
      farmers: {title: Farmers, priorities: {tariff: 1}, values: {tariff: {0: 0, 50: 100}}, no_deal: 5..55}
  south: {title: South, demands: {tariff: 50, labour: none}, good_faith: 0.8, no_deal: 20..80}
  east:
    title: East
    role: mediator
    levers:
      north: {stick: 0..10, carrots: {aid: {when: labour == none, points: 5..15}}}
      south: {carrots: {ports: {when: tariff < 20, points: 0..10}}}
"""
RUN: Run = [(0, BLOCK), (1, 44)]


def counted(scenario: Scenario, run: Run) -> tuple[list[Variant], VariantCounts, VariantCounts]:
    """Give all variants of a scenario, what is counted of them, and what is where nothing is promised."""
    compiled = compile_scenario(scenario, 0, "lhs")
    stated = np.concatenate([zone_exists(compiled, compiled.worlds(*block)) for block in run])
    others = [Variant(assumed) for _, _, assumed in alternatives(scenario)]
    others += what_ifs(scenario, len(others)).values()
    plain = [Variant(variant.assumed) for variant in others]
    return others, count_variants(compiled, run, stated, others), count_variants(compiled, run, stated, plain)


def assert_same(found: VariantCounts, plain: VariantCounts) -> None:
    for name in ("n_worlds", "zones", "gained", "lost"):
        assert getattr(found, name).tolist() == getattr(plain, name).tolist(), name


def test_promises_change_no_count_where_every_assumption_matters() -> None:
    others, found, plain = counted(loads(TREATY), RUN)
    assert_same(found, plain)
    gained, lost = plain.gained.sum(axis=0), plain.lost.sum(axis=0)
    by_assumed = {variant.assumed: k for k, variant in enumerate(others)}
    pressed = [k for assumed, k in by_assumed.items() if assumed.pressure]
    assert len(pressed) == 3 * len(PRESSURES)
    assert (gained[pressed] > 0).all()
    (home,) = [k for assumed, k in by_assumed.items() if assumed.ratifiers == "not_asked"]
    (faith,) = [k for assumed, k in by_assumed.items() if assumed.good_faith == "drawn"]
    assert gained[home] > 0
    assert lost[faith] > 0


def test_less_pressure_is_looked_at_only_where_the_most_opens_a_zone() -> None:
    others, _, plain = counted(loads(TREATY), RUN)
    weaker = [(k, variant.at_most) for k, variant in enumerate(others) if variant.at_most is not None]
    assert len(weaker) == 3 * (len(PRESSURES) - 1)
    for k, strongest in weaker:
        assert strongest is not None
        assert {party for party, _ in others[k].assumed.pressure} == {
            party for party, _ in others[strongest].assumed.pressure
        }
        assert max(points for _, points in others[strongest].assumed.pressure) == max(PRESSURES)
        assert (plain.zones[:, k] <= plain.zones[:, strongest]).all()


def test_a_world_that_no_promise_leaves_open_is_as_it_stands() -> None:
    compiled = compile_scenario(loads(TREATY), 0, "lhs")
    stated = np.arange(BLOCK + 44) % 3 == 0
    (assumed,) = [variant.assumed for name, variant in what_ifs(compiled.scenario).items() if name == ("negotiators",)]
    found = count_variants(compiled, RUN, stated, [Variant(assumed, opens=False, closes=False)])
    before = [np.count_nonzero(stated[:BLOCK]), np.count_nonzero(stated[BLOCK:])]
    assert found.zones[:, 0].tolist() == before
    assert not found.gained.any()
    assert not found.lost.any()


@settings(max_examples=60)
@given(stakes())
@example(
    {
        "negsim": 1,
        "id": "s",
        "title": "S",
        "issues": {"price": {"title": "Price", "kind": "numeric", "scale": "0..4", "step": 1}},
        "parties": {
            "ann": {"title": "Ann", "demands": {"price": 4}, "no_deal": "0..100", "good_faith": 0.5},
            "med": {"title": "M", "role": "mediator", "levers": {"ann": {"stick": "0..30"}}},
        },
    }
)
def test_promises_change_no_count_of_any_scenario(document: Document) -> None:
    try:
        _, found, plain = counted(scenario_of(document), [(0, 24)])
    except ScenarioError as error:
        assume(error.problems[0].code != "NS410")
        raise
    assert_same(found, plain)
