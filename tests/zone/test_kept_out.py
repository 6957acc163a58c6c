"""Deals that are acceptable but for their risk, against the same counted outcome by outcome."""

from __future__ import annotations

import numpy as np

from negsim.model.assumptions import Assumptions
from negsim.model.worlds import build_worlds
from negsim.scenario import Scenario, loads
from negsim.zone import analyse_zone
from negsim.zone.compiled import compile_scenario
from negsim.zone.counting import in_zone

TEXT = """
negsim: 1
id: heights
title: The heights
issues:
  heights: {title: Heights, kind: ordered, options: [kept, shared, gone]}
  years: {title: Term, kind: numeric, scale: 0..20, step: 10, unit: years}
  trade: {title: Trade, kind: numeric, scale: 0..4, step: 1}
war: {sides: {ann: {collapse: 0.05..0.1}, bob: {collapse: 0.05..0.1}}}
durability:
  term: years
  breakers: {bob: {hazard: 0.1..0.4}}
  supports: {pledge: {when: years >= 10, credibility: 0.2..0.9, lasts: guarantee}}
  power_shifts: {heights: {when: heights != kept, towards: bob, by: SHIFT}}
parties:
  ann: {title: A, demands: {heights: kept, trade: 4}, discount_rate: 0.05, no_deal: {war: {win: 90, lose: 5, now: 40}}}
  bob: {title: B, demands: {heights: gone, trade: 0}, discount_rate: 0.05, no_deal: {war: {win: 90, lose: 5, now: 40}}}
"""


def _scenario(shift: str) -> Scenario:
    return loads(TEXT.replace("SHIFT", shift))


def test_the_deals_told_are_those_that_risk_keeps_out_most_often() -> None:
    scenario = _scenario("0.1..0.5")
    told = analyse_zone(scenario, n_worlds=512).stakes.kept_out
    compiled = compile_scenario(scenario, 0, "lhs")
    structure = compiled.structure
    every = structure.outcomes(
        *(
            np.repeat(np.arange(structure.n_cells), structure.n_free),
            np.tile(np.arange(structure.n_free), structure.n_cells),
        )
    )
    kept, inside = np.zeros(len(every)), np.zeros(len(every))
    for block in range(2):
        draws, worlds = compiled.draw(block, 256)
        whole = build_worlds(scenario, structure, draws, Assumptions(breach="impossible"))
        zone = in_zone(worlds, compiled, every)
        kept += np.sum(in_zone(whole, compiled, every) & ~zone, axis=0)
        inside += np.sum(zone, axis=0)
    spelled = structure.choices_of(every).tolist()
    by_options = {
        tuple((issue.id, issue.choices[k]) for issue, k in zip(scenario.issues, row, strict=True)): place
        for place, row in enumerate(spelled)
    }
    assert len(told) == 3
    for deal in told:
        place = by_options[deal.options]
        assert round(deal.p_but_for_risk.estimate * 512) == kept[place]
        assert round(deal.p_in_zone.estimate * 512) == inside[place]
    # They are chosen by how many zones more they would be in, which picks the same here.
    assert told[0].p_but_for_risk.estimate * 512 == kept.max() > 0
    kinds = {(dict(deal.options)["heights"] == "kept", dict(deal.options)["years"]) for deal in told}
    assert len(kinds) == 3


def test_without_a_power_shift_risk_keeps_nothing_out() -> None:
    assert analyse_zone(_scenario("0"), n_worlds=256).stakes.kept_out == ()
