from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from negsim.model.draws import Draws, draw_block, draw_centre
from negsim.model.sampling import BLOCK, SAMPLERS
from negsim.scenario import loads

BASE = """
negsim: 1
id: s
title: S
issues:
  a: {title: A, options: [x, z]}
  b: {title: B, scale: 0..10, step: 1}
parties:
  ann:
    title: Ann
    demands: {a: x, b: 10}
    priorities: {a: 1..3, b: {normal: {mean: 2, sd: 0.5}}}
    red_lines:
      no_y: {require: a == x, firmness: 0.2..0.4, audience_cost: 5..15}
      sure: {require: b >= 2, firmness: hard}
    no_deal: 20..60
  bob:
    title: Bob
    demands: {a: z, b: 0}
    no_deal: {triangular: {low: 10, mode: 20, high: 60}}
"""

TIE = """
ties:
  both: {between: [parties.ann.no_deal, parties.bob.no_deal], rank_correlation: 0.6}
"""


def _draws(text: str, n_blocks: int = 1, **options: Any) -> list[Draws]:
    return [draw_block(loads(text), seed=4, block=block, **options) for block in range(n_blocks)]


def _same(before: Draws, after: Draws, but: str = "") -> bool:
    """Everything drawn before is drawn the same after, but for the paths under a prefix."""
    return all(
        np.array_equal(values, after.quantity[path])
        for path, values in before.quantity.items()
        if not (but and ".".join(path).startswith(but))
    ) and all(np.array_equal(real, after.real[line]) for line, real in before.real.items())


def test_every_quantity_is_drawn_within_its_range_and_read_only() -> None:
    (draws,) = _draws(BASE)
    no_deal = draws.quantity["parties", "ann", "no_deal"]
    assert no_deal.shape == (BLOCK,)
    assert 20 <= no_deal.min() < 21
    assert 59 < no_deal.max() <= 60
    assert len(draws.quantity) == 7  # 2 priorities, firmness, 2 audience costs (one by default 0), 2 no-deal values
    with pytest.raises(ValueError, match="read-only"):
        no_deal[0] = 0


def test_a_new_party_leaves_every_other_draw_as_it_was() -> None:
    more = BASE + "  cas: {title: Cas, demands: {a: x}, no_deal: 0..50}\n"
    (before,), (after,) = _draws(BASE), _draws(more)
    assert _same(before, after)
    assert ("parties", "cas", "no_deal") in after.quantity


def test_making_a_constant_a_range_leaves_every_other_draw_as_it_was() -> None:
    constant = BASE.replace("no_deal: 20..60", "no_deal: 40")
    (before,), (after,) = _draws(constant), _draws(BASE)
    assert _same(before, after, but="parties.ann.no_deal")
    assert not np.array_equal(before.quantity["parties", "ann", "no_deal"], after.quantity["parties", "ann", "no_deal"])


def test_the_order_of_parties_in_the_file_changes_nothing() -> None:
    head, ann, bob = (
        BASE.partition("  ann:")[0],
        BASE[BASE.index("  ann:") : BASE.index("  bob:")],
        BASE[BASE.index("  bob:") :],
    )
    (before,), (after,) = _draws(BASE), _draws(head + bob + ann)
    assert _same(before, after)


def test_fewer_worlds_are_the_first_worlds() -> None:
    (all_worlds,), (some,) = _draws(BASE), _draws(BASE, n_worlds=10)
    for path, values in some.quantity.items():
        assert np.array_equal(values, all_worlds.quantity[path][:10])
    assert np.array_equal(some.real["ann", "no_y"], all_worlds.real["ann", "no_y"][:10])


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_a_red_line_is_real_as_often_as_its_firmness_says(sampler: str) -> None:
    draws = _draws(BASE, 16, sampler=sampler)
    share = np.mean([block.real["ann", "no_y"] for block in draws])
    # Firmness is uniform on .2...4, so P(real) = .3; 4,096 independent coins spread by .0072.
    assert abs(share - 0.3) < 6 * 0.0072
    assert np.all([block.real["ann", "sure"] for block in draws])


def test_firmness_and_its_coin_are_drawn_apart() -> None:
    (draws,) = _draws(BASE)
    firmness = draws.quantity["parties", "ann", "red_lines", "no_y", "firmness"]
    real = draws.real["ann", "no_y"]
    assert firmness[real].max() > np.median(firmness) > firmness[real].min()


def test_the_same_quantity_has_the_same_value_in_every_world() -> None:
    text = BASE.replace("no_deal: {triangular: {low: 10, mode: 20, high: 60}}", "no_deal: {same: parties.ann.no_deal}")
    (draws,) = _draws(text)
    assert np.array_equal(draws.quantity["parties", "bob", "no_deal"], draws.quantity["parties", "ann", "no_deal"])


def test_tied_quantities_have_the_stated_rank_correlation_and_keep_their_distributions() -> None:
    before, after = _draws(BASE, 16), _draws(BASE + TIE, 16)
    ann, bob = (np.concatenate([d.quantity["parties", who, "no_deal"] for d in after]) for who in ("ann", "bob"))
    # The sample rank correlation of 4,096 pairs spreads by about (1 - .36)/64 = .01.
    assert abs(stats.spearmanr(ann, bob).statistic - 0.6) < 0.06
    untied = np.concatenate([d.quantity["parties", "bob", "no_deal"] for d in before])
    assert abs(stats.spearmanr(ann, untied).statistic) < 0.1
    assert stats.kstest(bob, stats.triang(0.2, 10, 50).cdf).pvalue > 1e-6
    assert stats.kstest(ann, stats.uniform(20, 40).cdf).pvalue > 1e-6


def test_a_tie_moves_nothing_but_the_later_of_its_two_paths() -> None:
    (before,), (after,) = _draws(BASE), _draws(BASE + TIE)
    assert _same(before, after, but="parties.bob.no_deal")


def test_three_tied_quantities_have_all_their_correlations() -> None:
    more = BASE + "  cas: {title: Cas, demands: {a: x}, no_deal: 0..50}\n" + TIE
    more += "  other: {between: [parties.cas.no_deal, parties.bob.no_deal], rank_correlation: -0.5}\n"
    draws = _draws(more, 16)
    ann, bob, cas = (
        np.concatenate([d.quantity["parties", w, "no_deal"] for d in draws]) for w in ("ann", "bob", "cas")
    )
    assert abs(stats.spearmanr(ann, bob).statistic - 0.6) < 0.06
    assert abs(stats.spearmanr(cas, bob).statistic + 0.5) < 0.06
    assert abs(stats.spearmanr(ann, cas).statistic) < 0.08


def test_the_centre_is_every_median_with_all_red_lines_real() -> None:
    centre = draw_centre(loads(BASE))
    assert centre.n_worlds == 1
    assert centre.quantity["parties", "ann", "no_deal"].tolist() == [40.0]
    # Median of a triangle on 10, 20, 60: the falling side holds .8 of the mass, so 60 - sqrt(.5 * 50 * 40).
    assert centre.quantity["parties", "bob", "no_deal"][0] == pytest.approx(60 - np.sqrt(0.5 * 50 * 40))
    assert centre.real["ann", "no_y"].tolist() == [True]


# How far parties are serious, and who is asked at home

FAITH = BASE.replace("    title: Ann\n", "    title: Ann\n    good_faith: 0.2..0.4\n")
HOME = "    ratifiers: {home: {title: Home, red_lines: {no_y: {require: a == x, firmness: 0.3}}}}\n"


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_a_party_is_serious_as_often_as_its_good_faith_says(sampler: str) -> None:
    draws = _draws(FAITH, 16, sampler=sampler)
    assert abs(np.mean([block.serious["ann"] for block in draws]) - 0.3) < 6 * 0.0072
    assert all(block.serious.keys() == {"ann"} for block in draws)
    faith, serious = draws[0].quantity["parties", "ann", "good_faith"], draws[0].serious["ann"]
    assert faith[serious].max() > np.median(faith) > faith[serious].min()


def test_good_faith_moves_no_other_draw() -> None:
    (before,), (after,) = _draws(BASE), _draws(FAITH)
    assert before.serious == {}
    assert all(np.array_equal(values, after.quantity[path]) for path, values in before.quantity.items())
    assert all(np.array_equal(real, after.real[line]) for line, real in before.real.items())


def test_all_are_serious_at_the_centre() -> None:
    assert draw_centre(loads(FAITH)).serious == {}


def test_a_ratifiers_line_has_a_coin_of_its_own_and_moves_no_other() -> None:
    (before,), (after,) = _draws(BASE), _draws(BASE.replace("    title: Ann\n", "    title: Ann\n" + HOME))
    assert all(np.array_equal(real, after.real[line]) for line, real in before.real.items())
    real = np.concatenate(
        [d.real["home", "no_y"] for d in _draws(BASE.replace("    title: Ann\n", "    title: Ann\n" + HOME), 16)]
    )
    assert abs(np.mean(real) - 0.3) < 6 * 0.0072
    assert not np.array_equal(after.real["home", "no_y"], after.real["ann", "no_y"])


@pytest.mark.parametrize("sampler", ["lhs", "random"])
def test_how_the_parties_bargain_moves_no_other_draw(sampler: str) -> None:
    bargaining = BASE.replace(
        "    title: Ann\n", "    title: Ann\n    tactic: {time: {exponent: 1..6}}\n    walks_out_below: 0..0.2\n"
    )
    (before,) = _draws(BASE, sampler=sampler)
    (after,) = _draws(bargaining + "protocol: {breakdown: 0..0.05}\n", sampler=sampler)
    assert _same(before, after)
    exponent = after.quantity["parties", "ann", "tactic", "time", "exponent"]
    assert 1 <= exponent.min() < 1.2
    assert 5.8 < exponent.max() <= 6
    assert np.all(after.quantity["parties", "ann", "tactic", "time", "start"] == 1)
    assert {".".join(path) for path in after.quantity.keys() - before.quantity.keys()} == {
        "parties.ann.tactic.time.exponent",
        "parties.ann.tactic.time.start",
        "parties.ann.walks_out_below",
        "protocol.breakdown",
    }
