"""Claims on every world: the centre, the worst corner, all corners, a search; and what proves one."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from negsim.checks.judging.each import judge_each
from negsim.checks.judging.verdicts import Judgement, Kind
from tests.checks.judging.support import HOUSE_SALE, TWO_LINES, judged

# The buyer accepts prices up to 100 less its no-deal value, the seller prices from its own on.
RANGES = """\
negsim: 1
id: ranges
title: Nothing but two ranges
issues: {price: {title: Price, scale: 0..100, step: 1}}
parties:
  buyer: {title: Buyer, demands: {price: 0}, no_deal: 10..60}
  seller: {title: Seller, demands: {price: 100}, no_deal: 20..30}
"""
BUYER, SELLER = "parties.buyer.no_deal", "parties.seller.no_deal"


def moved(found: Judgement) -> dict[str, float]:
    assert found.broken is not None
    return {".".join(factor.path): value for factor, value in found.broken.moved}


def test_a_claim_that_the_central_world_breaks_is_broken_as_the_file_stands() -> None:
    found = judged(RANGES, f"for every world, {BUYER} > 40")
    assert (found.verdict.value, found.kind, found.n_cases, moved(found)) == ("fails", Kind.COUNTEREXAMPLE, 1, {})
    assert found.broken is not None
    assert found.broken.shown == f"{BUYER} is 35"


def test_where_all_pulls_one_way_the_worst_world_proves_a_claim() -> None:
    # At worst 60 and 30 are wanted, of 100 that there are.
    found = judged(RANGES, "for every world, zone")
    assert (found.verdict.value, found.kind, found.n_cases) == ("holds", Kind.PROVED, 2)
    assert "whatever is uncertain" in found.scope


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        # The zone is of prices from 20..30 up to 40..90: of 11 to 71 prices.
        ("zone_size >= 11", True),
        ("zone_size > 11", False),
        ("zone_size <= 71", True),
        ("zone_size < 71", False),
        ("option(price >= 40)", True),
        ("option(price >= 41)", False),
        ("not option(price >= 91)", True),
        ("not option(price >= 90)", False),
        ("accept(buyer, price >= 40) and accept(seller, price <= 30)", True),
        ("accept(buyer, price >= 41) and accept(seller, price <= 30)", False),
        ("option(price >= 91) implies zone_size < 2", True),
        ("option(price >= 90) implies zone_size < 2", False),
    ],
)
def test_the_worst_world_decides_as_it_should(claim: str, expected: bool) -> None:
    found = judged(RANGES, f"for every world, {claim}", phases=("exact",))
    assert (found.verdict.value == "holds") == expected
    assert (found.kind is Kind.PROVED) == expected


@pytest.mark.parametrize(("condition", "expected"), [("price <= 90 and price >= 20", True), ("price < 90", False)])
def test_of_every_outcome_in_the_zone_the_best_world_decides(condition: str, expected: bool) -> None:
    found = judged(RANGES, f"for every outcome in zone, {condition}", phases=("exact",))
    assert (found.kind is Kind.PROVED) == expected
    assert (found.verdict.value == "holds") == expected


CONTROLS = {
    "deals that may be broken": RANGES.replace("demands", "discount_rate: 0.05, demands")
    + "durability: {breakers: {buyer: {hazard: 0.1}}}\n",
    "a no-deal value as good as an outcome": RANGES.replace("20..30", "{same_as: {price: 20..30}}"),
    "another uncertain quantity": RANGES.replace(
        "no_deal: 10..60", "no_deal: 10..60, adjustments: {gift: {when: price == 0, amount: 1..6}}"
    ),
    "a quantity of another kind that follows a no-deal value": RANGES.replace(
        "no_deal: 10..60",
        "no_deal: 10..60, adjustments: {gift: {when: price == 0, amount: {same: parties.seller.no_deal}}}",
    ),
}


@pytest.mark.parametrize("text", CONTROLS.values(), ids=CONTROLS)
def test_where_something_may_pull_the_other_way_nothing_is_proved(text: str) -> None:
    assert judged(RANGES, "for every world, zone").kind is Kind.PROVED
    found = judged(text, "for every world, zone", max_examples=20)
    assert (found.verdict.value, found.kind) == ("holds", Kind.CASES)


@pytest.mark.parametrize(
    "claim", ["zone iff zone_size > 0", "zone_size != 1000", "zone or not zone", "2 * zone_size > 0"]
)
def test_a_claim_that_no_single_world_is_worst_for_is_not_proved(claim: str) -> None:
    assert judged(RANGES, f"for every world, {claim}", max_examples=20).kind is Kind.CASES


def test_all_states_of_what_may_be_a_bluff_prove_a_claim() -> None:
    found = judged(TWO_LINES, "for every world, zone iff zone_size > 0")
    assert (found.kind, found.scope) == (Kind.PROVED, "all 4 states of what may be a bluff")
    # In the central world, the cap is a bluff and the floor, as likely as not, is real: 5 and 6. Both real leave none.
    found = judged(TWO_LINES, "for every world, zone iff zone_size > -1")
    assert moved(found) == {"parties.buyer.red_lines.cap.real": 1.0}


def seven(claim: str) -> tuple[str, str]:
    parties = "".join(f"  p{k}: {{title: P, demands: {{price: 0}}, no_deal: 0..10}}\n" for k in range(7))
    text = f"negsim: 1\nid: seven\ntitle: Seven\nissues: {{price: {{title: Price, scale: 0..9, step: 1}}}}\nparties:\n{parties}"
    return text, f"for every world, {claim}"


@pytest.mark.parametrize("seed", range(8))
def test_a_claim_that_fails_at_one_corner_of_seven_ranges_alone_is_found_false_there(seed: int) -> None:
    # What is added up is largest, 70, at one corner alone; the next best corner has 60.
    high = np.random.default_rng(seed).random(7) < 0.5
    terms = [f"parties.p{k}.no_deal" if up else f"(10 - parties.p{k}.no_deal)" for k, up in enumerate(high)]
    found = judged(*seven(f"{' + '.join(terms)} < 69.9"), phases=("corners",))
    assert found.verdict.value == "fails"
    assert moved(found) == {f"parties.p{k}.no_deal": 10.0 * up for k, up in enumerate(high)}
    # A control: that no world gets beyond all of it is found everywhere to be so.
    assert judged(*seven(f"{' + '.join(terms)} <= 70"), phases=("corners",)).verdict.value == "holds"


REGION = f"for every world, not ({BUYER} > 41 and {BUYER} < 46 and {SELLER} > 21 and {SELLER} < 22.5)"


def test_a_region_within_is_missed_by_corners() -> None:
    assert judged(RANGES, REGION, phases=("exact", "corners")).verdict.value == "holds"


@pytest.mark.parametrize("seed", range(5))
def test_a_search_alone_finds_a_region_that_corners_miss(seed: int) -> None:
    # The region is 1.5 % of all there is.
    found = judged(RANGES, REGION, phases=("search",), max_examples=500, seed=seed)
    assert found.verdict.value == "fails"
    assert found.n_cases <= 502
    values = moved(found)
    assert 41 < values[BUYER] < 46
    assert 21 < values[SELLER] < 22.5


def test_a_search_of_no_worlds_finds_nothing() -> None:
    assert judged(RANGES, REGION, phases=("search",), max_examples=0).verdict.value == "holds"


def test_a_search_that_is_out_of_time_says_so() -> None:
    from negsim.checks.judging.each import Budget
    from negsim.checks.judging.variants import Variants
    from tests.checks.judging.support import load_with

    loaded = load_with(RANGES, REGION)
    budget = Budget(phases=("search",), max_seconds=0.0)
    found = judge_each(loaded.scenario.expectations[0], Variants(loaded), budget)
    assert found.verdict.value == "holds"
    assert "until time was up" in found.scope


@pytest.mark.parametrize(("share", "expected"), [(0.9991, "holds"), (0.9989, "fails")])
def test_what_has_no_ends_is_tried_up_to_one_world_in_a_thousand(share: float, expected: str) -> None:
    text = RANGES.replace("10..60", "{normal: {mean: 50, sd: 2}}")
    assert judged(text, f"for every world, {BUYER} < {norm.ppf(share, 50, 2):.6f}").verdict.value == expected


def test_what_is_proved_of_what_has_no_ends_says_how_far_it_goes() -> None:
    found = judged(RANGES.replace("10..60", "{normal: {mean: 40, sd: 2}}"), "for every world, zone")
    assert found.kind is Kind.PROVED
    assert ".001 and .999 quantiles" in found.scope
    assert "quantiles" not in judged(RANGES, "for every world, zone").scope


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (f"zone_size does not increase when {BUYER} goes 10..60", "holds"),
        (f"zone_size decreases when {BUYER} goes 10..60", "holds"),
        (f"zone_size does not decrease when {BUYER} goes 10..60", "fails"),
        (f"zone_size is unchanged when {BUYER} goes 10..60", "fails"),
        (f"zone is unchanged when {BUYER} goes 10..60", "holds"),
        # With 30 wanted on the other side, 70 and more leave a zone of one and then of none.
        (f"zone is unchanged when {BUYER} goes 10..75", "fails"),
        (f"zone does not increase when {BUYER} goes 10..75", "holds"),
        (f"accept(seller) is unchanged when {BUYER} becomes 90", "holds"),
    ],
)
def test_a_trend_is_told_in_every_world(claim: str, expected: str) -> None:
    assert judged(RANGES, f"for every world, {claim}", max_examples=20).verdict.value == expected


def test_a_broken_trend_shows_the_way_that_a_result_goes() -> None:
    # 1001 is no change at all, and 30 wanted leave 41 prices of 71.
    found = judged(RANGES, f"for every world, zone_size increases when {BUYER} becomes 60", max_examples=5)
    assert found.broken is not None
    # In the central world 25 and 35 are wanted: prices 25 to 65; then up to 40.
    assert found.broken.shown == "it is 41, then 16"


def test_what_a_line_blocks_is_told_in_every_world() -> None:
    cap = "parties.buyer.red_lines.cap"
    assert judged(TWO_LINES, f"for every world, blocks({cap}) implies not zone").kind is Kind.PROVED
    found = judged(TWO_LINES, f"for every world, not blocks({cap})")
    assert moved(found) == {f"{cap}.real": 1.0}
    assert found.broken is not None
    assert found.broken.shown == f"blocks({cap})"


def test_solutions_are_asked_in_every_world() -> None:
    assert judged(TWO_LINES, "for every world, zone implies nash(price in 4 | 5)").kind is Kind.PROVED
    assert judged(TWO_LINES, "for every world, zone implies nash(price = 5)").verdict.value == "fails"
    # Three tie for the largest sum, so that not all that is chosen is 5.
    found = judged(TWO_LINES.replace("0.5", "0"), "for every world, utilitarian(price = 5)")
    assert found.verdict.value == "fails"


@pytest.mark.parametrize("text", [RANGES, HOUSE_SALE, TWO_LINES], ids=["ranges", "house sale", "two lines"])
@pytest.mark.parametrize("claim", ["zone_size > 10", "zone", "agreement implies zone"])
def test_the_same_seed_gives_the_same_answer(text: str, claim: str) -> None:
    one, again = (judged(text, f"for every world, {claim}", seed=5, max_examples=60) for _ in range(2))
    assert one == again


def test_whether_talks_end_in_a_deal_does_not_hang_on_where_a_world_stands_among_others() -> None:
    # A counterexample is replayed alone, so that it must be one alone.
    from negsim.checks.judging.holding_in import EachWorld
    from negsim.checks.judging.variants import Variants
    from negsim.model.points import centre_of, factors_of
    from tests.checks.judging.support import load_with

    text = HOUSE_SALE + "\nprotocol: {kind: alternating_offers, rounds: 6, breakdown: 0.3}\n"
    loaded = load_with(text, "for every world, agreement")
    factors = factors_of(loaded.scenario)
    each = EachWorld(loaded.scenario.expectations[0].claim, Variants(loaded), factors)
    many = each.holds(np.tile(centre_of(factors), (64, 1)))
    assert len(set(many.tolist())) == 1
    assert many[0] == each.holds(centre_of(factors)[None])[0]
