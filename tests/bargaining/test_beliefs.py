"""What offers and answers teach, by Bayes' rule with the numbers written out."""

from __future__ import annotations

from dataclasses import replace
from math import erf, exp, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena, Rules, Seat, plain_seat
from negsim.bargaining.beliefs import Belief, Evidence, first_belief
from negsim.bargaining.play import play
from negsim.bargaining.tactics import TACTICS

ONE = np.array([0])
YES, NO = np.array([True]), np.array([False])


def phi(x: float) -> float:
    return (1 + erf(x / sqrt(2))) / 2


def bell(x: float) -> float:
    return exp(-x * x / 2)


def watched(
    value: list[list[float]],
    *,
    no_deal: float = 0.0,
    firmness: float | list[float] | None = None,
    good_faith: float = 0.5,
) -> Seat:
    """A party of whose deal number 0 others think this, by hypothesis; the deal crosses its lines, if it has any."""
    n_deals = len(value[0])
    seat = plain_seat("bob", np.zeros((1, n_deals), np.float32), TACTICS["holdout"], {"level": np.ones(1)}, 1)
    seat = replace(seat, value=np.array(value), no_deal=np.array([no_deal]), good_faith=good_faith)
    if firmness is None:
        return seat
    each = np.atleast_1d(np.array(firmness))
    crosses = np.tile(np.arange(n_deals) == 0, (len(each), 1))
    return replace(seat, crosses=crosses, real=np.zeros((1, len(each)), np.bool_), firmness=each)


def seen(seat: Seat) -> Evidence:
    return Evidence(seat, first_belief(seat, 1))


def learned(evidence: Evidence) -> Belief:
    return evidence.belief.after(evidence)


def test_before_anything_is_seen_hypotheses_are_alike_and_the_rest_is_as_stated() -> None:
    first = first_belief(watched([[10], [20], [30], [40]], firmness=0.7, good_faith=0.9), 3)
    assert first.weight.tolist() == [[0.25] * 4] * 3
    assert first.real.tolist() == [[0.7]] * 3
    assert first.serious.tolist() == [0.9] * 3


def test_who_shows_nothing_is_believed_what_it_was() -> None:
    evidence = seen(watched([[10], [20]], firmness=0.7))
    evidence.offered(np.array([-1]), 0.5)
    evidence.answered(ONE, NO, NO, 0.5)
    after = learned(evidence)
    assert after.weight.tolist() == [[0.5, 0.5]]
    assert (after.real[0, 0], after.serious[0]) == (pytest.approx(0.7, abs=1e-12), pytest.approx(0.5, abs=1e-12))


def test_an_offer_speaks_for_the_priorities_under_which_it_is_worth_what_is_expected() -> None:
    # Half the time is gone and no deal is worth 20: 60 is expected. The deal is worth 60, or 35, a spread less.
    evidence = seen(watched([[60], [35]], no_deal=20, good_faith=1))
    evidence.offered(ONE, 0.5)
    assert learned(evidence).weight[0, 0] == pytest.approx(1 / (1 + bell(1)), abs=1e-12)


def test_an_offer_is_as_likely_as_of_who_is_serious_and_of_who_stalls_by_what_is_thought_of_seriousness() -> None:
    # A staller asks for 100: from there 60 is 1.6 spreads off, and 35 is 2.6.
    evidence = seen(watched([[60], [35]], no_deal=20, good_faith=0.8))
    evidence.offered(ONE, 0.5)
    first, second = 0.8 + 0.2 * bell(1.6), 0.8 * bell(1) + 0.2 * bell(2.6)
    assert learned(evidence).weight[0, 0] == pytest.approx(first / (first + second), abs=1e-12)


def test_offers_at_what_is_expected_under_one_hypothesis_make_it_ever_likelier() -> None:
    seat = watched([[60, 50], [20, 90]], no_deal=20)
    belief = first_belief(seat, 1)
    for deal, time in ((0, 0.5), (1, 0.625), (0, 0.5)):
        evidence = Evidence(seat, belief)
        evidence.offered(np.array([deal]), time)
        later = learned(evidence)
        assert later.weight[0, 0] > belief.weight[0, 0]
        belief = later


def test_an_offer_speaks_for_seriousness_as_far_as_a_staller_would_have_asked_for_the_best() -> None:
    # 75 is expected at a quarter of the time, so either is a fifth of a spread off; of a staller's 100 they are 6/5 and 4/5.
    evidence = seen(watched([[70], [80]], good_faith=0.2))
    evidence.offered(ONE, 0.25)
    odds = 0.2 / 0.8 * bell(0.2) / ((bell(1.2) + bell(0.8)) / 2)
    assert learned(evidence).serious[0] == pytest.approx(odds / (1 + odds), abs=1e-12)


def test_what_is_taken_speaks_for_the_priorities_under_which_it_is_worth_more_and_proves_seriousness() -> None:
    evidence = seen(watched([[75], [25]]))
    evidence.answered(ONE, YES, YES, 0.5)  # 50 is expected, so either is a spread off
    after = learned(evidence)
    assert after.weight[0, 0] == pytest.approx(phi(1) / (phi(1) + phi(-1)), abs=1e-12)
    assert after.serious[0] == 1


def test_a_refusal_speaks_for_the_priorities_under_which_it_is_worth_less() -> None:
    evidence = seen(watched([[75], [25]], good_faith=1))
    evidence.answered(ONE, NO, YES, 0.5)
    assert learned(evidence).weight[0, 0] == pytest.approx(phi(-1) / (phi(1) + phi(-1)), abs=1e-12)


def test_a_refusal_says_less_of_priorities_where_bad_faith_or_a_line_may_be_behind_it() -> None:
    # Open to the deal with probability .6 * (1 - .3) = .42: serious, and no line in the way.
    evidence = seen(watched([[75], [25]], good_faith=0.6, firmness=0.3))
    evidence.answered(ONE, NO, YES, 0.5)
    first, second = 0.58 + 0.42 * phi(-1), 0.58 + 0.42 * phi(1)
    assert learned(evidence).weight[0, 0] == pytest.approx(first / (first + second), abs=1e-12)


def test_a_refusal_that_a_certain_line_explains_leaves_priorities_other_lines_and_seriousness_alone() -> None:
    evidence = seen(watched([[75], [25]], good_faith=0.6, firmness=[1.0, 0.3]))
    evidence.answered(ONE, NO, YES, 0.5)
    after = learned(evidence)
    assert after.weight[0] == pytest.approx([0.5, 0.5], abs=1e-12)
    assert after.real[0] == pytest.approx([1, 0.3], abs=1e-12)
    assert after.serious[0] == pytest.approx(0.6, abs=1e-12)


def test_a_refusal_teaches_nothing_but_of_who_is_thought_serious() -> None:
    evidence = seen(watched([[75], [25]], good_faith=0, firmness=[0.9, 0.3]))
    evidence.answered(ONE, NO, YES, 0.5)
    after = learned(evidence)
    assert after.weight[0] == pytest.approx([0.5, 0.5], abs=1e-12)
    assert after.real[0] == pytest.approx([0.9, 0.3], abs=1e-12)


def test_a_refusal_speaks_against_seriousness_as_far_as_a_serious_party_would_have_agreed() -> None:
    # Worth 75 where 50 is expected: a serious party refuses with probability phi(-1), one that is not does always.
    evidence = seen(watched([[75]], good_faith=0.6))
    evidence.answered(ONE, NO, YES, 0.5)
    assert learned(evidence).serious[0] == pytest.approx(0.6 * phi(-1) / (0.6 * phi(-1) + 0.4), abs=1e-12)


def test_a_refusal_of_what_crosses_a_line_speaks_for_the_line_and_less_against_seriousness() -> None:
    evidence = seen(watched([[75]], good_faith=0.6, firmness=0.3))
    evidence.answered(ONE, NO, YES, 0.5)
    after = learned(evidence)
    bluffs = 0.4 + 0.6 * phi(-1)  # without the line it is not serious, or it is not worth enough
    assert after.real[0, 0] == pytest.approx(0.3 / (0.3 + 0.7 * bluffs), abs=1e-12)
    refuses = 0.3 + 0.7 * phi(-1)  # the line is real, or it is not worth enough
    assert after.serious[0] == pytest.approx(0.6 * refuses / (0.6 * refuses + 0.4), abs=1e-12)


def test_of_two_lines_the_one_that_is_nearly_certain_explains_a_refusal_away() -> None:
    # Without the second line the first still stands in the way, or else, at .1, the deal is not worth enough at phi(-1):
    # 1 - .1 * .8413 = .9159, so .3 becomes .3 / (.3 + .7 * .9159) = .3188. Alone it would become .7298.
    evidence = seen(watched([[75]], good_faith=1, firmness=[0.9, 0.3]))
    evidence.answered(ONE, NO, YES, 0.5)
    first, second = learned(evidence).real[0]
    assert second == pytest.approx(0.3188, abs=5e-5)
    assert first == pytest.approx(0.9 / (0.9 + 0.1 * (0.3 + 0.7 * phi(-1))), abs=1e-12)


def test_a_line_that_the_deal_does_not_cross_explains_nothing() -> None:
    seat = watched([[75]], good_faith=1, firmness=[0.9, 0.3])
    evidence = seen(replace(seat, crosses=np.array([[False], [True]])))
    evidence.answered(ONE, NO, YES, 0.5)
    assert learned(evidence).real[0] == pytest.approx([0.9, 0.3 / (0.3 + 0.7 * phi(-1))], abs=1e-12)


@pytest.mark.parametrize("shown", ["offered", "taken"])
def test_who_offers_or_takes_what_crosses_its_own_line_was_bluffing(shown: str) -> None:
    evidence = seen(watched([[75, 75]], firmness=0.9))
    evidence.answered(ONE, NO, YES, 0.5)
    if shown == "offered":
        evidence.offered(ONE, 0.5)
    else:
        evidence.answered(ONE, YES, YES, 0.5)
    assert learned(evidence).real[0, 0] == 0


def test_what_does_not_cross_a_line_says_nothing_of_it() -> None:
    evidence = seen(watched([[75, 75]], firmness=0.9))
    evidence.answered(np.array([1]), NO, YES, 0.5)
    evidence.offered(np.array([1]), 0.5)
    assert learned(evidence).real[0, 0] == pytest.approx(0.9, abs=1e-12)


@given(st.sampled_from([0.0, 1.0]), st.lists(st.sampled_from(["offered", "refused", "taken"]), min_size=1, max_size=6))
def test_what_is_certain_stays_certain(certain: float, shown: list[str]) -> None:
    evidence = seen(watched([[75], [10]], firmness=certain, good_faith=certain))
    for what in shown:
        if what == "offered":
            evidence.offered(ONE, 0.9)
        else:
            evidence.answered(ONE, YES if what == "taken" else NO, YES, 0.9)
    after = learned(evidence)
    assert (after.real[0, 0], after.serious[0]) == (certain, certain)


def test_repeats_within_a_session_teach_no_more_than_one_of_them() -> None:
    seat = watched([[60], [35]], no_deal=20, firmness=0.3, good_faith=0.6)
    once, often = seen(seat), seen(seat)
    for evidence, n in ((once, 1), (often, 7)):
        for _ in range(n):
            evidence.answered(ONE, NO, YES, 0.5)
    one, many = learned(once), learned(often)
    assert many.weight[0] == pytest.approx(one.weight[0], abs=1e-12)
    assert (many.real[0, 0], many.serious[0]) == pytest.approx((one.real[0, 0], one.serious[0]), abs=1e-12)
    assert one.real[0, 0] > 0.3


def test_of_different_offers_of_a_session_the_geometric_mean_of_likelihoods_counts() -> None:
    # 60 is expected each time: one deal is a spread off under the second hypothesis, the other two spreads.
    evidence = seen(watched([[60, 60], [35, 10]], no_deal=20, good_faith=1))
    evidence.offered(np.array([0]), 0.5)
    evidence.offered(np.array([1]), 0.5)
    likely = sqrt(bell(1) * bell(2))
    assert learned(evidence).weight[0, 0] == pytest.approx(1 / (1 + likely), abs=1e-12)


def test_many_sessions_of_refusals_lead_to_certainty_and_no_further() -> None:
    belief = refused_for(400, watched([[100]], firmness=0.5, good_faith=1))
    assert (belief.real[0, 0], belief.serious[0]) == (1, 1)


def test_a_line_and_bad_faith_that_explain_refusals_alike_gain_in_odds_by_one_a_session() -> None:
    # No deal is worth more, so it is one or the other. With x the odds of the line and of bad faith, either has not been
    # behind it with probability 1 / (1 + x), and a refusal is then as likely as the other, x / (1 + x): x becomes x + 1.
    belief = refused_for(400, watched([[10_000]], firmness=0.5, good_faith=0.5))
    assert belief.real[0, 0] == pytest.approx(401 / 402, abs=1e-9)
    assert belief.serious[0] == pytest.approx(1 / 402, abs=1e-9)


def test_offers_far_from_all_that_is_expected_teach_by_their_distance_and_end_in_numbers() -> None:
    # 3998 and 3999 spreads off the 50 expected, and two more off 100: the densities are 0 as numbers, not to each other.
    evidence = seen(watched([[100 - 100_000], [100 - 100_025]], good_faith=0.5))
    evidence.offered(ONE, 0.5)
    after = learned(evidence)
    assert (after.weight[0, 0], after.serious[0]) == (1, 1)


def refused_for(n_sessions: int, seat: Seat) -> Belief:
    """What is believed after sessions in each of which a party, near the end, refuses deal number 0."""
    belief = first_belief(seat, 1)
    for _ in range(n_sessions):
        evidence = Evidence(seat, belief)
        evidence.answered(ONE, NO, YES, 0.99)
        belief = belief.after(evidence)
    return belief


def talks_with_a_staller(n_sessions: int, tactic: str = "stalling") -> list[float]:
    """What is believed of the seriousness of who stalls, session by session; ann concedes evenly over 50 coins."""
    share: NDArray[np.float64] = np.arange(51) / 50
    ann = plain_seat(
        "ann",
        (share[None] * 10_000_000).astype(np.float32),
        TACTICS["time"],
        {"exponent": np.ones(1), "start": np.ones(1)},
        1,
    )
    parameter = (
        {"exponent": np.full(1, 60.0)} if tactic == "stalling" else {"exponent": np.ones(1), "start": np.ones(1)}
    )
    bob = plain_seat("bob", ((1 - share[None]) * 10_000_000).astype(np.float32), TACTICS[tactic], parameter, 1)
    arena = Arena(
        row=np.zeros(1, np.intp),
        seats=(ann, replace(bob, good_faith=0.9)),
        rules=Rules(rounds=2, sessions=n_sessions),
        required=(0, 1),
        quorum=2,
        breaks_down=np.full(1, np.inf),
    )
    seen: list[float] = []
    play(arena, on_session=lambda _, beliefs: seen.extend(float(p) for p in beliefs[1].serious))
    return seen


def test_a_stallers_seriousness_falls_from_session_to_session() -> None:
    seen = talks_with_a_staller(6)
    assert len(seen) == 6
    assert all(later < before for before, later in zip([0.9, *seen], seen, strict=False))
    assert seen[-1] < 0.5


def test_after_a_session_of_stalling_its_seriousness_is_bayes_number() -> None:
    # Four rounds: time 1/5 and 2/5 in the first session. Ann offers her level, .8, so .2 to bob, where 80 is expected:
    # a serious bob refuses with probability phi(60/25), one who stalls always. Then bob offers 1 - .4^60 of the coins
    # for himself, all of them, where 60 is expected: of a serious bob 40 off, of one who stalls just right.
    odds = 0.9 / 0.1 * phi(60 / 25) * bell(40 / 25)
    assert talks_with_a_staller(2)[0] == pytest.approx(odds / (1 + odds), abs=1e-9)
