from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsim.model.structure import compile_structure
from negsim.model.tradeoffs import Step, TradeOff, central_trade_offs, find_trade_offs
from negsim.scenario import loads

TALKS = """\
negsim: 1
id: talks
title: Talks
issues:
  strip: {title: The strip, kind: categorical, options: [line, zone, handover]}
  guard: {title: Guard, when: strip == zone, options: [nobody, wardens]}
  years: {title: Term, kind: numeric, scale: 0..50, step: 10, unit: years}
parties:
  village:
    title: Village
    demands: {years: {at_least: 40}}
    priorities: {strip: 30..50, years: 30, guard: 30}
    values:
      strip: {line: 0, zone: 70..80, handover: 100}
      guard: {nobody: 0, wardens: 30, irrelevant: 100}
    no_deal: 10
"""


def trade_offs(text: str) -> tuple[TradeOff, ...]:
    talks = loads(text)
    return central_trade_offs(talks, compile_structure(talks))["village"]


def test_forty_years_more_weigh_as_much_as_a_zone_instead_of_the_line() -> None:
    # At medians the weights are .4, .3, .3. A zone instead of the line gains .4 * 75 = 30 points; the demand of at
    # least 40 years makes each year up to there worth .3 * 100/40 = .75 points, so forty years gain 30.
    strip_and_years, _ = trade_offs(TALKS)  # though the question of the zone's guard arises with it
    assert moves(strip_and_years) == (("strip", 0, 1), ("years", 0, 4))
    assert strip_and_years.heavy.gain == pytest.approx(30)
    assert strip_and_years.light.gain == pytest.approx(30)


def test_a_step_that_a_rule_never_allows_alone_is_left_out() -> None:
    # A zone needs fifty years and nothing else has them, so only the line and the handover are left.
    strip_and_years, _ = trade_offs(TALKS + "rules: {r: {require: strip == zone iff years == 50}}\n")
    assert moves(strip_and_years) == (("strip", 0, 2), ("years", 0, 4))
    assert strip_and_years.ratio == pytest.approx(40 / 30)


def test_an_issue_that_never_changes_alone_has_no_step() -> None:
    rule = "rules: {r: {require: strip == zone iff years == 50}, s: {require: strip != handover}}\n"
    assert trade_offs(TALKS + rule)[0].heavy.issue == "years"
    assert [step.issue for pair in trade_offs(TALKS + rule) for step in (pair.heavy, pair.light)] == ["years", "guard"]


def test_irrelevant_is_no_option_to_exchange_and_small_steps_say_little() -> None:
    # Wardens instead of nobody gain .3 * 30 = 9. Ten years gain 7.5, but that is less than a third of all that the
    # years can gain; of the larger steps twenty years, 15 points, are the nearest.
    _, years_and_guard = trade_offs(TALKS)
    assert moves(years_and_guard) == (("years", 0, 2), ("guard", 0, 1))
    assert years_and_guard.ratio == pytest.approx(15 / 9)


def moves(pair: TradeOff) -> tuple[tuple[str, int, int], ...]:
    return tuple((step.issue, step.worse, step.better) for step in (pair.heavy, pair.light))


def test_the_largest_of_equal_exchanges_is_named() -> None:
    # One point of value weighs the same on both, so half for half would be equal too.
    (found,) = find_trade_offs({"a": 0.5, "b": 0.5}, {"a": (0, 50, 100), "b": (0, 50, 100)})
    assert (found.heavy, found.light) == (Step("a", 0, 2, 50), Step("b", 0, 2, 50))


def test_an_issue_without_weight_or_difference_has_no_exchange() -> None:
    assert find_trade_offs({"a": 1.0, "b": 0.0, "c": 0.0}, {"a": (0, 100), "b": (0, 100), "c": ()}) == ()
    assert find_trade_offs({"a": 0.5, "b": 0.5}, {"a": (0, 100), "b": (70, 70)}) == ()


def test_a_long_scale_keeps_its_best_and_worst_levels() -> None:
    peak = [0.0] * 1000
    peak[333] = 100.0
    (found,) = find_trade_offs({"a": 0.5, "b": 0.5}, {"a": peak, "b": (100, 0)})
    assert (found.heavy.better, found.heavy.gain) == (333, 50)
    assert (found.light.worse, found.light.better) == (1, 0)


values = st.lists(st.integers(0, 100), min_size=2, max_size=6)


@given(st.lists(values, min_size=2, max_size=4), st.data())
def test_every_step_gains_what_its_weight_and_values_say(options: list[list[int]], data: st.DataObject) -> None:
    issues = [f"issue_{k}" for k in range(len(options))]
    raw = [data.draw(st.integers(1, 9)) for _ in issues]
    weights = {issue: weight / sum(raw) for issue, weight in zip(issues, raw, strict=True)}
    held = {issue: [float(v) for v in given] for issue, given in zip(issues, options, strict=True)}
    found = find_trade_offs(weights, held)
    mattering = sum(max(given) > min(given) for given in options)
    assert len(found) == max(0, mattering - 1)
    for pair in found:
        for step in (pair.heavy, pair.light):
            gain = weights[step.issue] * (held[step.issue][step.better] - held[step.issue][step.worse])
            assert step.gain == pytest.approx(gain)
            assert step.gain > 0
