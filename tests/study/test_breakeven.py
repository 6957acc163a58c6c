"""Break-evens of scenarios in which P(zone) is known as a function of the quantity."""

from __future__ import annotations

from typing import Any

import pytest
from scipy.stats import binom

from negsim.bargaining import bargain
from negsim.errors import UsageError
from negsim.model.estimates import Estimate
from negsim.scenario import loads
from negsim.study.breakeven.analysis import find_break_even
from negsim.study.breakeven.result import BreakEven
from negsim.study.breakeven.search import Search
from negsim.talks import hold_talks
from negsim.zone import estimate_p_zone
from tests.study.known import FIRMNESS, HOUSE, JUMP, LEVEL, LIMIT, LINE, NO_DEAL, ONE_DEAL, PEAK, one_deal


def break_even(text: str, path: str, target: float, n_worlds: int = 4096, **search: Any) -> BreakEven:
    return find_break_even(loads(text), Search(path, target, **search), n_worlds=n_worlds)


@pytest.mark.parametrize("target", [0.1, 0.3, 0.6])
def test_the_no_deal_value_at_which_a_deal_has_a_given_chance_is_the_inverse_of_the_closed_form(target: float) -> None:
    (found,) = break_even(ONE_DEAL, NO_DEAL, target).crossings
    exact = 100 * (1 - target / 0.75)
    assert found.low < exact < found.high
    assert found.at == pytest.approx(exact, abs=1.5)
    assert not found.rising


@pytest.mark.parametrize(("target", "exact"), [(0.24, 30), (0.49, 40), (0.74, 50)])
def test_a_buyer_has_to_pay_the_quantile_of_what_the_seller_takes(target: float, exact: int) -> None:
    # P(zone) goes up by 1/40 at every whole price; the targets lie clear of its levels.
    (found,) = break_even(HOUSE, LIMIT, target).crossings
    assert found.rising
    assert exact <= found.at <= exact + 0.07


@pytest.mark.parametrize("target", [0.2, 0.7])
def test_a_line_may_be_as_firm_as_the_target_leaves_it(target: float) -> None:
    found = break_even(LINE, FIRMNESS, target)
    assert (found.low, found.high) == (0, 1)  # of a constant, all that it can be
    assert found.crossings[0].at == pytest.approx(1 - target, abs=0.005)


def test_a_curve_that_falls_and_rises_has_two_break_evens() -> None:
    # |100 - 2 x| / 100 - 0.2 = 0.5 at x = 15 and x = 85
    found = break_even(PEAK, LEVEL, 0.5)
    assert [one.at for one in found.crossings] == pytest.approx([15, 85], abs=1)
    assert [one.rising for one in found.crossings] == [False, True]
    assert not found.overlapping


def test_a_coarser_grid_does_not_see_them() -> None:
    found = break_even(PEAK, LEVEL, 0.5, n_worlds=256, n_grid=2)
    assert found.crossings == ()
    assert found.nearest_is_apart


def test_a_jump_is_found_where_it_is() -> None:
    (found,) = break_even(JUMP, NO_DEAL, 0.5, n_worlds=1024, low=0, high=100).crossings
    assert found.jumps
    assert found.below.value <= 60 < found.above.value <= 60.1
    assert found.above.p.estimate == 0


def test_no_value_reaches_more_than_the_other_party_leaves() -> None:
    found = break_even(ONE_DEAL, NO_DEAL, 0.9)
    assert found.crossings == ()
    assert found.nearest.value == 0
    assert found.nearest.p.estimate == pytest.approx(0.75, abs=0.01)
    assert found.nearest_is_apart


def test_where_the_curve_just_fails_to_reach_the_target_sampling_does_not_rule_it_out() -> None:
    found = break_even(ONE_DEAL, NO_DEAL, 0.76, n_worlds=256)
    assert found.crossings == ()
    assert not found.nearest_is_apart


def test_intervals_of_neighbouring_crossings_may_overlap() -> None:
    # The lowest value of the curve, 0 at x = 30 to 70, is not told from the target with 256 worlds.
    found = break_even(PEAK, LEVEL, 0.01, n_worlds=256)
    assert len(found.crossings) == 2
    assert found.overlapping


def test_what_nothing_depends_on_is_flat() -> None:
    text = ONE_DEAL.replace("issues: {deal", "issues: {talk: {title: Talk, options: [a, b]}, deal")
    text = text.replace("ann: {title: Ann,", "ann: {title: Ann, priorities: {deal: 1, talk: 0},")
    found = break_even(text.replace("signed: 0..100}}, no_deal: 0..100", "signed: 60}, talk: {a: 0..9, b: 5}}, no_deal: 50"),
                       "parties.ann.values.talk.a", 0.5, n_worlds=256)  # fmt: skip
    assert found.is_flat
    assert found.crossings == ()
    assert not break_even(ONE_DEAL, NO_DEAL, 0.5, n_worlds=256).is_flat


def test_it_is_what_halving_by_hand_finds() -> None:
    low, high = 0.0, 100.0
    while high - low > 0.1:
        middle = (low + high) / 2
        p = estimate_p_zone(one_deal(f"{NO_DEAL}={middle!r}"), n_worlds=600)
        low, high = (middle, high) if p.estimate >= 0.5 else (low, middle)
    (found,) = break_even(ONE_DEAL, NO_DEAL, 0.5, n_worlds=600).crossings
    assert (found.below.value, found.above.value) == (low, high)
    assert found.below.p == estimate_p_zone(one_deal(f"{NO_DEAL}={low!r}"), n_worlds=600)


def test_as_stated_is_the_zone_analysis_of_the_scenario_itself() -> None:
    assert break_even(ONE_DEAL, NO_DEAL, 0.5, n_worlds=256).stated == estimate_p_zone(loads(ONE_DEAL), n_worlds=256)


N_RUNS, ALPHA = 200, 1e-3
TRUE = 60.0  # (1 - x / 100) * 0.75 = 0.3


def test_the_interval_of_a_crossing_covers_the_true_one_and_half_of_it_does_not() -> None:
    scenario, search = loads(ONE_DEAL), Search(NO_DEAL, 0.3, n_grid=9, tolerance=0.2)
    missed = missed_by_half = 0
    for seed in range(N_RUNS):
        (found,) = find_break_even(scenario, search, n_worlds=512, seed=seed, sampler="random").crossings
        missed += not found.low <= TRUE <= found.high
        missed_by_half += not (found.at + found.low) / 2 <= TRUE <= (found.at + found.high) / 2
    most = int(binom.ppf(1 - ALPHA, N_RUNS, 0.05))
    assert missed <= most
    assert missed_by_half > most  # the negative control


def test_the_result_does_not_depend_on_the_number_of_jobs() -> None:
    scenario, search = loads(ONE_DEAL), Search(NO_DEAL, 0.5)
    assert find_break_even(scenario, search, n_worlds=700, n_jobs=2) == find_break_even(scenario, search, n_worlds=700)


@pytest.mark.parametrize("result", ["p_zone", "p_agreement"])
def test_progress_is_told_in_worlds_of_which_more_are_planned_on_the_way(result: str) -> None:
    told: list[tuple[int, int]] = []
    scenario, search = loads(HOUSE), Search(LIMIT, 0.5, result, n_grid=3, tolerance=20)

    def tell(done: int, planned: int) -> None:
        told.append((done, planned))

    found = find_break_even(scenario, search, n_worlds=300, on_progress=tell)
    assert found == find_break_even(scenario, search, n_worlds=300)
    assert told[0][1] == 3 * 300
    assert (3 * 300, 3 * 300) in told
    assert all(done <= planned for done, planned in told)
    assert sorted(told) == told
    assert told[-1][0] == told[-1][1] > 3 * 300


TALKS = (
    ONE_DEAL.replace("issues: {deal", "protocol: {kind: alternating_offers, rounds: 6, breakdown: 0}\nissues: {deal")
    + """
talks:
  start: 2026-03-01
  horizon: 2026-04-30
  sessions: {first: {date: 2026-03-10}}
"""
)


@pytest.mark.parametrize("result", ["p_agreement", "talks.p_agreement"])
def test_agreement_breaks_even_where_nobody_misses_the_only_deal(result: str) -> None:
    # There is one deal to offer, and whoever accepts it does so in the end: agreement is as likely as a zone.
    found = break_even(TALKS, NO_DEAL, 0.3, n_worlds=1024, result=result, n_grid=3, tolerance=2)
    zone = break_even(TALKS, NO_DEAL, 0.3, n_worlds=1024, n_grid=3, tolerance=2)
    assert [point.p.estimate for point in found.curve] == [point.p.estimate for point in zone.curve]
    assert found.crossings[0].at == zone.crossings[0].at
    assert found.result == result


def test_the_chance_that_talks_break_down_may_be_asked_of_agreement() -> None:
    # Nobody gives way at once, so that talks that always break down after a round end in no agreement.
    text = HOUSE.replace("issues:", "protocol: {kind: alternating_offers, rounds: 10, breakdown: 0}\nissues:")
    found = break_even(text, "protocol.breakdown", 0.3, n_worlds=256, result="p_agreement", n_grid=3, tolerance=0.1)
    assert found.curve[0].p.estimate > 0.3
    assert found.curve[-1].p.estimate < 0.1
    assert len(found.crossings) == 1
    assert not found.crossings[0].rising


def test_agreement_as_stated_is_that_of_the_whole_bargaining_analysis() -> None:
    found = break_even(HOUSE, LIMIT, 0.5, n_worlds=300, result="p_agreement", n_grid=2, tolerance=60)
    assert found.stated == bargain(loads(HOUSE), n_worlds=300).p_agreement
    assert found.curve[1].p == bargain(loads(HOUSE, overrides=[f"{LIMIT}=80"]), n_worlds=300).p_agreement


def test_talks_as_stated_are_those_of_the_whole_analysis() -> None:
    found = break_even(TALKS, NO_DEAL, 0.5, n_worlds=300, result="talks.p_agreement", n_grid=2, tolerance=60)
    assert found.stated == hold_talks(loads(TALKS), n_worlds=300).p_agreement


@pytest.mark.parametrize(("result", "said"), [("p_agreement", "sign"), ("talks.p_agreement", "no talks")])
def test_nobody_to_talk_with_is_refused_before_any_value_is_tried(result: str, said: str) -> None:
    alone = ONE_DEAL.replace("  bob: {title: Bob, values: {deal: {signed: 0..100}}, no_deal: 25}\n", "")
    with pytest.raises(UsageError, match=said) as refused:
        find_break_even(loads(alone), Search(NO_DEAL, 0.5, result), n_worlds=16)
    assert "with parties" not in str(refused.value)


def test_a_value_with_which_no_world_fits_what_was_seen_is_named() -> None:
    # The first session failed. Where Ann asks for nothing, and Bob neither, it never does.
    seen = TALKS.replace("no_deal: 25", "no_deal: -1") + "  now: 2026-03-20\n  observed: {failed: {session: first}}\n"
    with pytest.raises(UsageError, match=r"^with parties\.ann\.no_deal at -1: none of 64 worlds fits"):
        break_even(seen, NO_DEAL, 0.5, n_worlds=64, result="talks.p_agreement", low=-1, high=100)


def test_an_estimate_at_the_target_counts_as_reaching_it() -> None:
    found = break_even(LINE, FIRMNESS, 1.0, n_worlds=256)
    assert found.crossings[0].below.p == Estimate(1.0, found.crossings[0].below.p.low, 1.0)
