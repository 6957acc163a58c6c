from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from negsim.errors import ScenarioError, UsageError
from negsim.scenario import Scenario, loads
from negsim.zone import ZoneResult, analyse_zone, estimate_p_zone

SALE = """
negsim: 1
id: sale
title: A sale
issues: {price: {title: Price, scale: 0..100, step: 1}, colour: {title: Colour, options: [red, blue]}}
parties:
  buyer: {title: Buyer, demands: {price: 0}, no_deal: {same_as: {price: LIMIT}}}
  seller: {title: Seller, demands: {price: 100}, no_deal: {same_as: {price: 20..60}}}
"""


def _sale(limit: str = "40..80") -> Scenario:
    return loads(SALE.replace("LIMIT", limit))


def test_a_precision_is_met_with_about_as_many_worlds_as_it_takes() -> None:
    rough, fine = analyse_zone(_sale(), precision=0.03), analyse_zone(_sale(), precision=0.01)
    assert rough.p_zone.half_width <= 0.03
    assert fine.p_zone.half_width <= 0.01
    # P(zone) is 7/8, for which independent draws need (1.96/.01)^2 * 7/64 = 4,202 worlds; the design needs no more than twice that.
    assert 1024 < fine.n_worlds < 8404


def test_a_precision_gives_what_its_number_of_worlds_gives() -> None:
    found = analyse_zone(_sale(), precision=0.01, n_jobs=2)
    assert found == analyse_zone(_sale(), n_worlds=found.n_worlds, n_jobs=1)


def test_p_zone_of_two_uniform_prices_is_the_area_where_the_buyer_pays_more_than_the_seller_asks() -> None:
    # Buyer on 40..80, seller on 20..60: no zone in the triangle buyer < seller, 20 * 20 / 2 of 40 * 40. Whole prices
    # lose the worlds in which no whole number lies between: the exact count below is over pairs of unit intervals.
    cells = [(b, s) for b in range(40, 80) for s in range(20, 60)]
    exact = float(np.mean([b >= s + 1 for b, s in cells]))
    found = analyse_zone(_sale(), n_worlds=16_384)
    assert abs(found.p_zone.estimate - exact) < np.sqrt(np.log(2 / 1e-9) / (2 * 16_384))
    assert abs(exact - 7 / 8) < 0.02


@pytest.mark.parametrize("options", [{"n_worlds": 1}, {"n_worlds": 700}, {"precision": 0.02}, {"sampler": "sobol"}])
def test_the_quick_estimate_is_that_of_the_whole_analysis(options: dict[str, Any]) -> None:
    assert estimate_p_zone(_sale(), **options) == analyse_zone(_sale(), **options).p_zone


def test_progress_counts_up_to_the_worlds_planned() -> None:
    seen: list[tuple[int, int]] = []
    analyse_zone(_sale(), n_worlds=600, on_progress=lambda done, planned: seen.append((done, planned)))
    assert seen[0] == (256, 600)  # a first block, to see how long one takes
    assert seen == sorted(seen)
    assert seen[-1] == (600, 600)


def test_the_most_robust_deal_comes_first_and_equals_go_by_declared_order() -> None:
    found = analyse_zone(_sale("60"), n_worlds=256)
    # Every seller takes 60 and the buyer's limit is 60, so 60 is in every zone, in either colour, and covers all; the
    # next most robust follow.
    assert [deal.options for deal in found.deals[:3]] == [
        (("price", "60"), ("colour", "red")),
        (("price", "60"), ("colour", "blue")),
        (("price", "59"), ("colour", "red")),
    ]
    assert found.near.n_outcomes == 2
    assert found.near.common == (("price", "60"),)
    assert found.deals[0].asked == ("buyer", "seller")
    assert [deal.p_new.estimate for deal in found.deals[1:]] == [0, 0, 0, 0]
    assert found.deals[0].p_in_zone.estimate == found.deals[0].p_new.estimate == found.p_covered.estimate == 1
    assert found.deals[0].parties[0].p_accept.estimate == 1


def test_without_a_zone_there_are_no_deals_and_no_shares_of_zones() -> None:
    found = analyse_zone(_sale("10"), n_worlds=256)
    assert found.p_zone.estimate == 0
    assert found.p_zone.low == 0
    assert 0 < found.p_zone.high < 0.02
    assert (found.deals, found.near.n_outcomes, found.size.median, found.p_covered.estimate) == ((), 0, None, 0)
    assert all(item.share_of_zones is None for item in found.options)


def test_sizes_of_the_zone_are_quantiles_among_worlds_with_one() -> None:
    found = analyse_zone(_sale("60"), n_worlds=256)
    # Zone: the prices from the seller's, uniform on 20..60, up to 60, in two colours.
    assert found.size.p10 is not None
    assert found.size.median is not None
    assert found.size.p90 is not None
    assert abs(found.size.median - 2 * 20.5) <= 2
    assert abs(found.size.p10 - 2 * 4.5) <= 2
    assert abs(found.size.p90 - 2 * 36.5) <= 2
    assert found.size.mean is not None
    assert abs(found.size.mean.estimate - 2 * 20.5) < 1


def _rows(found: ZoneResult) -> list[dict[str, Any]]:
    return [*found.deal_rows(), *found.option_rows()]


def test_rows_are_flat_and_have_the_same_columns() -> None:
    found = analyse_zone(_sale(), n_worlds=256)
    for rows in (found.deal_rows(), found.option_rows()):
        assert rows
        assert all(row.keys() == rows[0].keys() for row in rows)
    assert all(isinstance(value, str | int | float) for row in _rows(found) for value in row.values())
    assert found.deal_rows()[0]["rank"] == 1
    assert set(found.option_rows()[0]) >= {"issue", "option", "p_in_zone", "p_in_zone.low", "p_accept.buyer"}


def test_rows_keep_their_columns_where_no_world_has_a_zone() -> None:
    with_zone, without = (analyse_zone(_sale(limit), n_worlds=64).option_rows()[0] for limit in ("60", "10"))
    assert with_zone.keys() == without.keys()
    assert without["share_of_zones"] is None


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n_worlds": 0}, "number of worlds must be 1 to 4,194,304, not 0"),
        ({"n_worlds": 2**23}, "not 8,388,608"),
        ({"precision": 0.0}, "precision must be at least 0.0005"),
        ({"precision": 0.7}, "not 0.7"),
        ({"seed": -1}, "seed must not be negative, not -1"),
        ({"sampler": "lsh"}, "no sampler 'lsh'"),
        ({"n_jobs": 0}, "number of jobs must be at least 1, not 0"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_value(options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        analyse_zone(_sale(), **options)


def test_rules_that_leave_nothing_are_an_error() -> None:
    text = SALE.replace("LIMIT", "40") + "rules: {none: {require: price < 0}}\n"
    with pytest.raises(ScenarioError, match="NS410"):
        analyse_zone(loads(text))


def test_too_many_cells_are_an_error_that_counts_them() -> None:
    issues = ", ".join(f"i{k}: {{title: I, scale: 0..99, step: 1}}" for k in range(4))
    rules = "{r: {require: i0 + i1 + i2 + i3 > 0}}"
    parties = "{a: {title: A, demands: {i0: 1}, no_deal: 0}}"
    text = f"{{negsim: 1, id: big, title: Big, issues: {{{issues}}}, rules: {rules}, parties: {parties}}}"
    with pytest.raises(ScenarioError, match=r"NS411.*100,000,000"):
        analyse_zone(loads(text))


def test_the_mean_size_is_as_uncertain_as_p_zone_at_least() -> None:
    # With limits that hardly ever meet, few worlds hold all there is to know about the size.
    text = SALE.replace("LIMIT", "20..22").replace("20..60", "20.6..60")
    found = analyse_zone(loads(text), n_worlds=1024)
    assert 0 < found.p_zone.estimate < 0.02
    assert found.size.mean is not None
    each = found.size.mean.estimate / found.p_zone.estimate
    assert found.size.mean.low <= found.p_zone.low * each + 1e-9
    assert found.size.mean.high >= found.p_zone.high * each - 1e-9
    none = analyse_zone(_sale("10"), n_worlds=256)
    assert none.size.mean is not None
    assert none.size.mean.high == pytest.approx(none.p_zone.high * none.n_outcomes)


def test_a_quorum_of_more_parties_than_a_byte_counts() -> None:
    parties = ", ".join(f"p{k}: {{title: P, demands: {{a: x}}, no_deal: 50}}" for k in range(300))
    text = (
        "{negsim: 1, id: s, title: S, issues: {a: {title: A, options: [x, z]}}, agreement: {quorum: %d}, parties: {%s}}"
    )
    found = analyse_zone(loads(text % (200, parties)), n_worlds=2)
    assert found.p_zone.estimate == 1
    assert [item.p_in_zone and item.p_in_zone.estimate for item in found.options] == [1, 0]


def test_many_parties_that_all_just_tie_have_a_zone() -> None:
    # Sums over 200 parties are far beyond what float32 holds exactly.
    values = ", ".join(f"i{k}: {{x: {k}.12345, z: 1}}" for k in range(7))
    ties = ", ".join(f"i{k}: x" for k in range(7))
    issues = ", ".join(f"i{k}: {{title: I, options: [x, z]}}" for k in range(7))
    party = f"{{title: P, values: {{{values}}}, no_deal: {{same_as: {{{ties}}}}}}}"
    parties = ", ".join(f"p{k}: {party}" for k in range(200))
    text = f"{{negsim: 1, id: s, title: S, issues: {{{issues}}}, parties: {{{parties}}}}}"
    assert analyse_zone(loads(text), n_worlds=2).p_zone.estimate == 1
    assert estimate_p_zone(loads(text), n_worlds=2).estimate == 1
