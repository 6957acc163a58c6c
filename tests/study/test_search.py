"""What a break-even can be asked of, and what is said of the rest."""

from __future__ import annotations

import re
from typing import Any

import pytest

from negsim.errors import UsageError
from negsim.scenario import loads
from negsim.study.breakeven.analysis import find_break_even
from negsim.study.breakeven.search import Search, read_target, settle_search
from tests.study.known import HOUSE, LIMIT, LINE, NO_DEAL, ONE_DEAL, one_deal

TIED = (
    ONE_DEAL
    + """
ties: {alike: {between: [parties.ann.no_deal, parties.ann.values.deal.signed], rank_correlation: 0.5}}
"""
)

LOTTERY = """
negsim: 1
id: lottery
title: A lottery
issues: {deal: {title: Deal, options: [signed]}}
parties:
  ann:
    title: Ann
    values: {deal: {signed: 60}}
    no_deal:
      lottery:
        ends:
          good: {probability: 0.2..0.4, worth: 90}
          fair: {probability: 0.3, worth: 50}
          bad: {worth: 10}
        now: 40
"""
GOOD = "parties.ann.no_deal.lottery.ends.good.probability"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("p_zone=0.5", ("p_zone", 0.5)),
        ("p_zone = 50 %", ("p_zone", 0.5)),
        ("p_agreement=20%", ("p_agreement", 0.2)),
        ("talks.p_agreement=1", ("talks.p_agreement", 1.0)),
    ],
)
def test_a_target_is_a_result_and_a_probability(text: str, read: tuple[str, float]) -> None:
    assert read_target(text) == read


@pytest.mark.parametrize("text", ["p_zone", "p_zone=", "p_zone=half", "0.5"])
def test_anything_else_is_no_target(text: str) -> None:
    with pytest.raises(UsageError, match=r"a target is RESULT=NUMBER"):
        read_target(text)


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ({"result": "p_zne"}, "there is no result 'p_zne' to break even; did you mean 'p_zone'?"),
        ({"result": "zz"}, "known here: p_zone, p_agreement and talks.p_agreement"),
        ({"target": 1.5}, "0 to 1, not 1.5; 1.5 % is 0.015"),
        ({"target": 50}, "0 to 1, not 50; 50 % is 0.5"),
        ({"target": -0.1}, "0 to 1, not -0.1"),
        ({"target": 200}, "0 to 1, not 200"),
        ({"target": float("nan")}, "0 to 1, not nan"),
        ({"n_grid": 1}, "2 to 1,001 values, not 1"),
        ({"path": "parties.ann.no_dael"}, "one-deal has no quantity parties.ann.no_dael; did you mean 'parties.ann.no_deal'?"),
        ({"low": 60, "high": 40}, "from a lower to a higher value, not from 60 to 40"),
        ({"low": 40, "high": 40}, "not from 40 to 40"),
        ({"low": -500}, "cannot be -500: it lies in -100..200 (points of utility)"),
        ({"high": float("nan")}, "cannot be nan"),
        ({"tolerance": 100}, "at least 1e-07 and less than the range, 100, not 100"),
        ({"tolerance": 0}, "the tolerance must be at least"),
    ],
)  # fmt: skip
def test_a_search_that_makes_no_sense_is_refused(search: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        settle_search(Search(**{"path": NO_DEAL, "target": 0.5, **search}), one_deal())


def test_a_path_like_nothing_is_answered_with_what_there_is() -> None:
    with pytest.raises(UsageError, match=r"has no quantity p; known here: parties.ann.no_deal, parties.ann.v"):
        settle_search(Search("p", 0.5), one_deal())


def test_no_zone_depends_on_how_talks_go() -> None:
    scenario = loads(
        ONE_DEAL.replace("issues", "protocol: {kind: alternating_offers, rounds: 6, breakdown: 0.1}\nissues")
    )
    with pytest.raises(UsageError, match=r"no zone depends on protocol.breakdown.*ask for p_agreement"):
        settle_search(Search("protocol.breakdown", 0.5), scenario)
    assert settle_search(Search("protocol.breakdown", 0.5, "p_agreement"), scenario).high == 1


@pytest.mark.parametrize(
    ("quantity", "ends"),
    [
        ("10..30", (10, 30)),
        ("{triangular: {low: 5, mode: 6, high: 9}}", (5, 9)),
        ("{normal: {mean: 50, sd: 5}}", (30, 70)),
        ("{normal: {mean: 195, sd: 5}}", (175, 200)),
        ("12", (-100, 200)),
        ("{uniform: {low: 7, high: 9}}", (7, 9)),
        ("{same: parties.bob.no_deal}", (20, 40)),
    ],
)
def test_the_range_is_that_of_the_quantity_unless_said(quantity: str, ends: tuple[float, float]) -> None:
    settled = settle_search(Search(NO_DEAL, 0.5), one_deal("parties.bob.no_deal=20..40", f"{NO_DEAL}={quantity}"))
    assert (settled.low, settled.high) == ends
    assert settled.tolerance == pytest.approx((ends[1] - ends[0]) / 1000)


def test_a_given_end_stands_beside_one_that_is_not() -> None:
    settled = settle_search(Search(LIMIT, 0.5, low=30, tolerance=0.5), loads(HOUSE))
    assert (settled.low, settled.high, settled.tolerance) == (30, 80, 0.5)


def test_a_constant_that_could_be_anything_needs_a_range() -> None:
    scenario, path = one_deal("parties.ann.priorities={deal: 3}"), "parties.ann.priorities.deal"
    with pytest.raises(UsageError, match=r"anything from 0 to 1000000; say between which .*--from and --to"):
        settle_search(Search(path, 0.5), scenario)
    with pytest.raises(UsageError, match=r"--from and --to"):
        settle_search(Search(path, 0.5, low=1), scenario)
    assert settle_search(Search(path, 0.5, low=1, high=5), scenario).high == 5


def test_a_tied_quantity_is_refused_and_the_remedy_works() -> None:
    with pytest.raises(UsageError, match=r"is tied to parties.ann.values.deal.signed.*--set ties.alike=null"):
        settle_search(Search(NO_DEAL, 0.5), loads(TIED))
    with pytest.raises(UsageError, match=r"is tied to parties.ann.no_deal,"):
        settle_search(Search("parties.ann.values.deal.signed", 0.5), loads(TIED))
    assert find_break_even(loads(TIED, overrides=["ties.alike=null"]), Search(NO_DEAL, 0.5), n_worlds=256).crossings


def test_a_tie_between_others_is_no_matter() -> None:
    others = TIED.replace("[parties.ann.no_deal,", "[parties.bob.values.deal.signed,")
    assert settle_search(Search(NO_DEAL, 0.5), loads(others)).high == 100


def test_a_range_that_other_quantities_leave_no_room_for_is_refused_at_the_end_that_is_too_far() -> None:
    scenario = loads(LOTTERY)
    with pytest.raises(UsageError, match=r"good.probability cannot be held at 0.8: .* sum to 1.1.*for bad"):
        settle_search(Search(GOOD, 0.5, high=0.8), scenario)
    # 90 p + 50 * 0.3 + 10 (0.7 - p) = 60 at p = 0.475
    (found,) = find_break_even(scenario, Search(GOOD, 0.5, high=0.7), n_worlds=16).crossings
    assert found.below.value == pytest.approx(0.475, abs=0.001)
    assert found.jumps


def test_a_value_refused_without_a_remedy_is_refused_too() -> None:
    scenario = one_deal("parties.ann.priorities={deal: 3}")
    with pytest.raises(UsageError, match=r"deal cannot be held at 0: the priorities of ann sum to zero"):
        settle_search(Search("parties.ann.priorities.deal", 0.5, low=0, high=5), scenario)


def test_a_firmness_that_is_not_given_is_no_quantity() -> None:
    scenario = loads(LINE, overrides=["parties.ann.red_lines.never.firmness=hard"])
    with pytest.raises(UsageError, match=r"has no quantity .*never.firmness; did you mean '.*never.audience_cost'"):
        settle_search(Search("parties.ann.red_lines.never.firmness", 0.5), scenario)
