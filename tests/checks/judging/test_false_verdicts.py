"""Claims that are false, each of a kind that a careless judge would let pass."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from negsim.checks.judging import counted
from negsim.checks.judging.bounds import bounds_of
from negsim.checks.judging.together import ALPHA
from negsim.checks.judging.verdicts import Kind, Verdict
from negsim.scenario import loads
from negsim.zone import analyse_zone
from tests.checks.judging.support import HOUSE_SALE, TWO_LINES, judged

SALE = """\
negsim: 1
id: sale
title: A sale
issues: {price: {title: Price, scale: 0..100, step: 1}}
parties:
  buyer: {title: Buyer, demands: {price: 0}, no_deal: 30..40}
  seller: {title: Seller, demands: {price: 100}, no_deal: 30}
"""


def test_p_zone_is_that_of_every_other_command_whoever_is_serious() -> None:
    text = TWO_LINES.replace("    demands: {price: 0}", "    demands: {price: 0}\n    good_faith: 0.5")
    found = judged(text, "p_zone == 0.85")
    assert (found.verdict, found.kind) == (Verdict.HOLDS, Kind.PROVED)
    assert analyse_zone(loads(text), n_worlds=4096).p_zone.estimate == pytest.approx(0.85, abs=0.02)


def test_bargaining_in_which_talks_may_break_down_is_never_proved_to_end_in_a_deal() -> None:
    text = SALE.replace("30..40", "30") + "protocol: {kind: alternating_offers, rounds: 6, breakdown: 0.05}\n"
    assert judged(text, "for every world, agreement").kind is not Kind.PROVED
    assert judged(text, "p_agreement < 0.99").verdict is Verdict.HOLDS, "some talks do break down"


def test_a_firmness_that_a_claim_names_goes_through_all_that_it_can_be() -> None:
    text = TWO_LINES.replace("firmness: 0.3", "firmness: 0.4..0.8")
    claim = "for every world, parties.buyer.red_lines.cap.firmness >= 0.55"
    assert judged(text, claim).verdict is Verdict.FAILS


def test_so_does_what_is_the_same_as_another() -> None:
    text = SALE.replace("title: Buyer", "title: Buyer, tactic: {time: {exponent: 0.2..3}}").replace(
        "title: Seller", "title: Seller, tactic: {time: {exponent: {same: parties.buyer.tactic.time.exponent}}}"
    )
    assert judged(text, "for every world, parties.seller.tactic.time.exponent >= 1.5").verdict is Verdict.FAILS


def test_a_range_that_becomes_another_moves_every_world_with_it() -> None:
    found = judged(SALE, "for every world, zone is unchanged when parties.buyer.no_deal becomes 90..95")
    assert found.verdict is Verdict.FAILS


def test_a_firmness_that_changes_is_asked_of_all_worlds_or_not_at_all() -> None:
    path = "parties.buyer.red_lines.cap.firmness"
    found = judged(TWO_LINES, f"for every world, zone is unchanged when {path} goes 0.1..0.9")
    assert found.verdict is Verdict.UNDECIDED
    assert "ask it of all worlds together" in found.reason
    assert judged(TWO_LINES, f"p_zone is unchanged when {path} goes 0.1..0.9").verdict is Verdict.FAILS


def test_an_issue_called_no_deal_has_a_weight_and_is_no_alternative() -> None:
    text = SALE.replace("issues: {", "issues: {no_deal: {title: A penalty, options: [a, b]}, ").replace(
        "demands: {price: 0}, no_deal: 30..40",
        "demands: {price: 0, no_deal: a}, priorities: {price: 1, no_deal: 0.1..2}, no_deal: 30",
    )
    assert judged(text, "for every world, zone_size < 10000").kind is not Kind.PROVED


def test_an_exact_probability_is_not_rounded_to_nothing() -> None:
    # Each line alone leaves nothing that the other party takes, so that there is a zone where both are bluffs alone.
    text = TWO_LINES.replace("firmness: 0.3", "firmness: 0.9999999").replace("price <= 4", "price <= 3")
    text = text.replace("firmness: 0.5", "firmness: 0.9999999").replace("price >= 5", "price >= 7")
    assert judged(text, "p_zone == 0").verdict is Verdict.FAILS
    assert judged(text, "p_zone > 0").verdict is Verdict.HOLDS


def test_what_a_solution_chooses_is_so_or_not_where_there_is_no_zone_too() -> None:
    claim = "for every world, nash(price >= 0) is unchanged when parties.seller.title becomes Someone"
    assert judged(HOUSE_SALE, claim).verdict is Verdict.HOLDS


def test_of_two_numbers_one_is_larger_or_it_is_not() -> None:
    path = "parties.buyer.no_deal"
    assert judged(SALE, f"for every world, {path} > 35 or {path} <= 35").verdict is Verdict.HOLDS
    text = SALE.replace("30..40", "35.0000005")
    assert judged(text, f"for every world, {path} > 35").verdict is Verdict.HOLDS


def test_a_division_by_nothing_is_no_crash() -> None:
    text = SALE.replace("30..40", "0..40").replace("no_deal: 30}", "no_deal: 10..30}")
    path = "parties.seller.no_deal / parties.buyer.no_deal"
    assert judged(text, f"for every world, {path} >= 0.1").verdict is Verdict.HOLDS
    found = judged(text.replace("10..30", "0..30"), f"for every world, {path} >= 0")
    assert (found.verdict, "divides 0 by 0" in found.reason) == (Verdict.UNDECIDED, True)


@pytest.mark.parametrize(
    "claim",
    [
        "p_zone > 0.7725",
        "p_zone > 0.7725 and p_agreement > 0.745 or p_option(price >= 320) > 0.7",
        "p_zone - p_agreement > 0.0351",
        "p_zone - p_agreement does not increase when parties.seller.no_deal.same_as.price goes 290..310",
    ],
)
def test_all_looks_comparisons_and_results_together_have_no_more_than_alpha(
    claim: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    spent: dict[int, float] = defaultdict(float)

    def spying(values: Any, least: float, most: float, alpha: float) -> Any:
        spent[len(values)] += alpha
        return bounds_of(values, least, most, alpha)

    monkeypatch.setattr(counted, "bounds_of", spying)
    monkeypatch.setattr("negsim.checks.judging.together._figures", lambda *_: ())
    judged(HOUSE_SALE, claim, most_worlds=16_384)
    assert 0 < sum(spent.values()) <= ALPHA * (1 + 1e-9)
