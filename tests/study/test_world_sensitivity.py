"""What decides whether there is a zone, where that can be worked out by hand."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from negsim.errors import UsageError
from negsim.model.draws import drawn_paths, draws_from, exchanged
from negsim.model.estimates import Estimate
from negsim.scenario import loads
from negsim.study.sensitivity.advice import advise
from negsim.study.sensitivity.result import Findings, Influence
from negsim.study.sensitivity.world_inputs import list_inputs
from negsim.study.sensitivity.world_points import PointsPlan, find_points
from negsim.study.sensitivity.world_sensitivity import HELD_WORLDS, world_sensitivity
from negsim.zone import estimate_p_zone
from negsim.zone.compiled import compile_scenario

# There is a zone unless both red lines are real: 1 - RA RB, P(RA) = .5 and P(RB) = .6.
TWO_LINES = """
negsim: 1
id: lines
title: Two lines
issues: {x: {title: X, options: [a, b]}}
parties:
  ann:
    title: Ann
    values: {x: {a: 50, b: 50}}
    priorities: {x: 1}
    no_deal: 0
    red_lines: {only_a: {title: Only a, require: x == a, firmness: 0.5}}
  bob:
    title: Bob
    values: {x: {a: 50, b: 50}}
    priorities: {x: 1}
    no_deal: 0
    red_lines: {only_b: {title: Only b, require: x == b, firmness: 0.6}}
"""

SALE = """
negsim: 1
id: sale
title: A sale
issues: {price: {title: Price, scale: 0..100, step: 1}}
parties:
  buyer: {title: Buyer, demands: {price: 0}, no_deal: 20..80}
  seller: {title: Seller, demands: {price: 100}, no_deal: 20..80}
"""

TIED = SALE + "ties: {t: {between: [parties.buyer.no_deal, parties.seller.no_deal], rank_correlation: -0.5}}\n"


def find(text: str, *, n_base: int, seed: int = 0) -> Findings:
    return world_sensitivity(loads(text), n_base=n_base, seed=seed).findings[0]


def by_path(found: Findings) -> dict[str, Influence]:
    return {path: one for one in found.influences for path in one.paths}


def test_indices_of_two_coins_are_those_of_the_closed_form() -> None:
    # With p = .5, q = .6: S_A = q(1-p)/(1-pq), S_B = p(1-q)/(1-pq), T_A = 1 - S_B, T_B = 1 - S_A.
    found = by_path(find(TWO_LINES, n_base=4096))
    first = (0.6 * 0.5 / 0.7, 0.5 * 0.4 / 0.7)
    lines = ("parties.ann.red_lines.only_a.real", "parties.bob.red_lines.only_b.real")
    for path, expected, other in zip(lines, first, first[::-1], strict=True):
        one = found[path]
        assert one.coin
        assert one.first is not None
        assert one.total is not None
        assert one.first.estimate == pytest.approx(expected, abs=0.04)
        assert one.total.estimate == pytest.approx(1 - other, abs=0.04)
        assert one.first.low < expected < one.first.high
        assert one.total.low < 1 - other < one.total.high


def test_a_coin_is_held_at_bluff_and_at_real() -> None:
    found = find(TWO_LINES, n_base=64)
    swing = next(one for one in found.swings if one.path == "parties.ann.red_lines.only_a.real")
    # A bluff: always a zone. Real: a zone where the other is a bluff, in .4 of worlds.
    assert swing.at_low.estimate == 1.0
    assert swing.at_high.estimate == pytest.approx(0.4, abs=0.01)
    assert swing.difference.estimate == pytest.approx(-0.6, abs=0.01)
    assert (swing.low, swing.high, swing.coin) == (None, None, True)


def test_the_middle_is_what_the_zone_of_the_same_worlds_says() -> None:
    for seed in (0, 3):
        found = world_sensitivity(loads(SALE), n_base=64, seed=seed).findings[0]
        assert found.middle == estimate_p_zone(loads(SALE), n_worlds=HELD_WORLDS, seed=seed)


def test_a_quantity_is_held_where_setting_it_would_hold_it() -> None:
    swing = next(one for one in find(SALE, n_base=64).swings if one.path == "parties.buyer.no_deal")
    assert (swing.low, swing.high) == (26.0, 74.0)
    for value, side in ((26, swing.at_low), (74, swing.at_high)):
        changed = SALE.replace("{price: 0}, no_deal: 20..80", f"{{price: 0}}, no_deal: {value}")
        assert side == estimate_p_zone(loads(changed), n_worlds=HELD_WORLDS)


def test_neither_jobs_nor_chunks_change_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = world_sensitivity(loads(TWO_LINES), n_base=256)
    assert world_sensitivity(loads(TWO_LINES), n_base=256, n_jobs=2) == alone
    monkeypatch.setattr("negsim.study.sensitivity.world_points.CHUNK", 5)
    assert world_sensitivity(loads(TWO_LINES), n_base=256) == alone


def test_another_seed_draws_others_and_the_same_seed_the_same() -> None:
    assert find(SALE, n_base=64, seed=1) == find(SALE, n_base=64, seed=1)
    assert find(SALE, n_base=64, seed=1) != find(SALE, n_base=64, seed=0)


def test_what_a_part_adds_to_a_scenario_moves_no_draw_of_anything_else() -> None:
    more = TWO_LINES.replace("no_deal: 0\n    red_lines: {only_a", "no_deal: 0..1\n    red_lines: {only_a")
    before, after = by_path(find(TWO_LINES, n_base=256)), by_path(find(more, n_base=256))
    path = "parties.bob.red_lines.only_b.real"
    assert after[path] == before[path]
    still = after["parties.ann.no_deal"]
    assert not still.moved
    assert still.first == Estimate(0.0, 0.0, still.total.high if still.total else 0.0)


def test_the_bound_of_an_input_with_which_no_world_changed_is_that_of_a_share_of_0() -> None:
    more = TWO_LINES.replace("no_deal: 0\n    red_lines: {only_a", "no_deal: 0..1\n    red_lines: {only_a")
    total = by_path(find(more, n_base=1024))["parties.ann.no_deal"].total
    assert total is not None
    # Clopper and Pearson: 1 - .025^(1/1024) of worlds at most, over twice the variance of about .3 * .7.
    assert total.high == pytest.approx((1 - 0.025 ** (1 / 1024)) / (2 * 0.21), rel=0.1)
    assert (total.estimate, total.low) == (0.0, 0.0)


def test_quantities_that_are_tied_are_one_input_and_each_is_held_by_itself() -> None:
    found = find(TIED, n_base=256)
    paths = ("parties.buyer.no_deal", "parties.seller.no_deal")
    assert [one.paths for one in found.influences] == [paths]
    one = found.influences[0]
    # All that varies is in one input, which therefore explains all.
    assert one.first is not None
    assert one.total is not None
    assert one.first.low < 1 < one.first.high
    assert one.total.low < 1 < one.total.high
    assert {swing.path for swing in found.swings} == set(paths)


def test_what_is_the_same_as_another_counts_once_and_follows_it() -> None:
    same = SALE.replace("{price: 100}, no_deal: 20..80", "{price: 100}, no_deal: {same: parties.buyer.no_deal}")
    found = find(same, n_base=64)
    assert [one.paths for one in found.influences] == [("parties.buyer.no_deal",)]
    # Both want more than half of what there is where either does: a zone up to a no-deal value of 50.
    assert [swing.at_low.estimate for swing in found.swings] == [1.0]
    assert [swing.at_high.estimate for swing in found.swings] == [0.0]


def test_how_parties_bargain_and_whether_in_good_faith_is_no_input() -> None:
    text = SALE.replace("{price: 0}, no", "{price: 0}, good_faith: 0.5..0.9, walks_out_below: 0.1..0.2, no")
    assert [one.paths for one in list_inputs(loads(text))] == [one.paths for one in list_inputs(loads(SALE))]


def test_where_every_world_has_a_zone_there_is_nothing_to_explain() -> None:
    found = find(SALE.replace("20..80", "20..30"), n_base=64)
    assert not found.varies
    assert [one.first for one in found.influences] == [None, None]
    assert (found.sum_first, found.placed, found.swings, found.advice) == (None, (), (), None)


def test_base_points_exchange_one_input_and_nothing_else() -> None:
    scenario = loads(
        TIED.replace(
            "no_deal: 20..80}",
            "no_deal: 20..80, red_lines: {r: {title: R, require: price <= 60, firmness: 0.2..0.8}}}",
            1,
        )
    )
    rng = {path: np.linspace(0.1, 0.9, 8) for path in drawn_paths(scenario)}
    a = draws_from(scenario, rng, 8)
    b = draws_from(scenario, {path: one[::-1].copy() for path, one in rng.items()}, 8)
    coin = ("parties", "buyer", "red_lines", "r", "real")
    swapped = exchanged(scenario, a, b, {coin})
    assert all(swapped.quantity[path] is a.quantity[path] for path in a.quantity)
    np.testing.assert_array_equal(swapped.coin[coin], b.coin[coin])
    firmness = a.quantity["parties", "buyer", "red_lines", "r", "firmness"]
    np.testing.assert_array_equal(swapped.real["buyer", "r"], b.coin[coin] < firmness)


def test_progress_ends_at_all_worlds() -> None:
    seen: list[tuple[int, int]] = []
    world_sensitivity(loads(SALE), n_base=64, on_progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (64 * 4, 64 * 4)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


@pytest.mark.parametrize(
    ("more", "hint"),
    [
        ({"n_base": 100}, "8 equal parts, 64 to 65,536 in all, not 100"),
        ({"n_base": 8}, "not 8"),
        ({"n_base": 2**20}, "not 1,048,576"),
        ({"seed": -1}, "not be negative, not -1"),
        ({"n_jobs": 0}, "at least 1, not 0"),
    ],
)
def test_what_makes_no_sense_is_refused(more: dict[str, Any], hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        world_sensitivity(loads(SALE), **more)


def test_a_scenario_that_leaves_nothing_open_is_refused() -> None:
    with pytest.raises(UsageError, match="leaves nothing open"):
        world_sensitivity(loads(SALE.replace("20..80", "40")))


def test_an_index_that_is_known_too_badly_is_told_with_the_base_points_that_would_do() -> None:
    wide = Influence(("p",), first=Estimate(0.5, 0.3, 0.7), total=Estimate(0.6, 0.5, 0.7))
    narrow = dataclasses.replace(wide, first=Estimate(0.5, 0.41, 0.59))
    found = advise([wide, narrow], 1024)
    assert found is not None
    # Half as wide takes four times as many.
    assert (found.half_width, found.n_base) == pytest.approx((0.2, 4096))
    assert advise([wide], None).n_base is None  # type: ignore[union-attr]
    assert advise([narrow, wide], 1024) is None
    assert advise([], 1024) is None


def test_a_scenario_of_a_few_base_points_asks_for_more() -> None:
    found = find(TWO_LINES, n_base=64)
    assert found.advice is not None
    assert found.advice.n_base is not None
    assert found.advice.n_base > 64


def test_zones_that_are_found_by_merging_give_the_same_points() -> None:
    scenario = loads(SALE)
    plan = PointsPlan(list_inputs(scenario), 8, 8, 0)
    one, other = (
        find_points(compile_scenario(scenario, 0, "lhs", method), plan.chunks, plan)
        for method in ("enumerate", "merge")
    )
    np.testing.assert_array_equal(one.mixed, other.mixed)
    assert 0 < np.mean(one.mixed) < 1
