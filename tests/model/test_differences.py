"""Differences of shares, of groups of worlds and of assumptions tried in the same worlds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from negsim.model.estimates import Estimate, difference, paired_difference, ratio, stands_out
from negsim.model.intervals import hybrid, share_interval
from negsim.model.sampling import BLOCK

Array = np.ndarray[Any, Any]


def _one(n: float) -> Array:
    return np.array([n])


def _two_groups(a: float, n_a: float, b: float, n_b: float) -> Estimate:
    return difference(_one(a), _one(n_a), _one(b), _one(n_b), _one(n_a + n_b))


# Newcombe (1998), Statistics in Medicine 17, Table II, method 10.
NEWCOMBE = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0000),
    (10, 10, 0, 10, 0.6075, 1.0000),
]


@pytest.mark.parametrize(("a", "n_a", "b", "n_b", "low", "high"), NEWCOMBE)
def test_wilson_intervals_combine_as_published(a: int, n_a: int, b: int, n_b: int, low: float, high: float) -> None:
    def wilson(hit: int, n: int) -> tuple[float, float, float]:
        exact = stats.binomtest(hit, n).proportion_ci(method="wilson")
        return hit / n, exact.low, exact.high

    found = hybrid(wilson(a, n_a), wilson(b, n_b))
    assert found == pytest.approx((a / n_a - b / n_b, low, high), abs=6e-5)
    # Where hits or misses are few, ours is at least as wide.
    ours = _two_groups(a, n_a, b, n_b)
    assert ours.low <= low + 6e-5
    assert ours.high >= high - 6e-5
    if min(a, n_a - a, b, n_b - b) > 3:
        assert (ours.low, ours.high) == pytest.approx((low, high), abs=6e-5)


def test_the_difference_of_groups_is_as_uncertain_as_its_linearised_blocks() -> None:
    rng = np.random.default_rng(3)
    cases_a, cases_b = rng.integers(40, 60, 12), rng.integers(30, 50, 12)
    hits_a, hits_b = rng.binomial(cases_a, np.tile([0.2, 0.8], 6)), rng.binomial(cases_b, np.tile([0.6, 0.1], 6))
    p, q = hits_a.sum() / cases_a.sum(), hits_b.sum() / cases_b.sum()
    residual = (hits_a - p * cases_a) / cases_a.mean() - (hits_b - q * cases_b) / cases_b.mean()
    margin = stats.t.ppf(0.975, 11) * stats.sem(residual)
    found = difference(hits_a, cases_a, hits_b, cases_b, np.full(12, BLOCK))
    assert (found.low, found.high) == pytest.approx((p - q - margin, p - q + margin), abs=1e-12)


def test_blocks_in_which_both_groups_move_together_do_not_widen_the_difference() -> None:
    # Each block has its own level, the same for both groups: paired by block it cancels.
    hits, cases = np.array([10, 40] * 6), np.full(12, 50)
    found = difference(hits, cases, hits, cases, np.full(12, BLOCK))
    hybrid_score = hybrid(share_interval(300, 600), share_interval(300, 600))
    assert (found.estimate, found.low, found.high) == pytest.approx(hybrid_score, abs=1e-12)


def test_a_group_that_only_the_last_partial_block_holds_has_the_score_interval() -> None:
    worlds = np.array([BLOCK] * 4 + [7])
    none = np.zeros(5, np.int64)
    last = np.array([0, 0, 0, 0, 5])
    found = difference(last, last, none, worlds, worlds)
    assert found.estimate == 1
    assert found.low == pytest.approx(_two_groups(5, 5, 0, worlds.sum()).low)
    some = np.array([0, 0, 0, 0, 2])
    assert ratio(some, last, worlds) == ratio(_one(2), _one(5), _one(7))


def test_the_paired_interval_is_the_wider_of_student_over_blocks_and_the_multinomial_one() -> None:
    only_a, only_b, worlds = np.array([0, 60] * 8), np.array([30, 0] * 8), np.full(16, BLOCK)
    student = stats.t.interval(0.95, 15, loc=(480 - 240) / 4096, scale=stats.sem((only_a - only_b) / BLOCK))
    found = paired_difference(only_a, only_b, worlds)
    assert (found.low, found.high) == pytest.approx(student, abs=1e-12)
    even = paired_difference(np.full(16, 30), np.full(16, 15), worlds)
    alone = paired_difference(_one(480), _one(240), _one(4096))
    assert (even.low, even.high) == (alone.low, alone.high)
    assert found.low < alone.low < alone.high < found.high


@pytest.mark.parametrize(("only_a", "only_b"), [(30_000, 20_000), (500_000, 400_000), (900_000, 100_000)])
def test_over_many_worlds_the_paired_interval_has_the_variance_of_a_multinomial(only_a: int, only_b: int) -> None:
    # The variance of (A - B)/n for multinomial shares p, q is (p + q - (p - q)^2)/n.
    n = 1_000_000
    p, q = only_a / n, only_b / n
    half = 1.959964 * float(np.sqrt((p + q - (p - q) ** 2) / n))
    found = paired_difference(_one(only_a), _one(only_b), _one(n))
    assert (found.estimate, found.half_width) == pytest.approx((p - q, half), rel=2e-3)


@pytest.mark.parametrize("n_blocks", [1, 8])
def test_assumptions_that_no_world_tells_apart_differ_by_at_most_a_bound_each_way(n_blocks: int) -> None:
    none, worlds = np.zeros(n_blocks, np.int64), np.full(n_blocks, BLOCK)
    exact = stats.binomtest(0, BLOCK * n_blocks).proportion_ci(method="wilson")
    found = paired_difference(none, none, worlds)
    assert (found.estimate, found.low, found.high) == pytest.approx((0.0, -exact.high, exact.high))


def test_an_event_under_one_assumption_alone_differs_by_the_whole_at_most() -> None:
    worlds = np.full(2, BLOCK)
    found = paired_difference(worlds, np.zeros(2, np.int64), worlds)
    assert (found.estimate, found.high) == (1.0, 1.0)
    # One miss of the first and one hit of the second are each at most a share of about 3.7/n.
    assert 1 - 2 * 3.9 / 512 < found.low < 1


def test_events_shared_out_in_fractions_count_as_such() -> None:
    thirds = np.full(8, 256 / 3)
    worlds = np.full(8, BLOCK)
    assert ratio(thirds, worlds, worlds).estimate == pytest.approx(1 / 3)
    assert paired_difference(thirds, thirds / 2, worlds).estimate == pytest.approx(1 / 6)
    # Ten tenths in each of three worlds add up to a little more than three.
    whole = ratio(np.array([sum([0.1] * 9) + 0.1 + 1e-15]), _one(1), _one(1))
    assert whole.estimate == whole.high == 1.0


def _coverage(kind: str, shrink: float) -> float:
    """How often an interval over 16 blocks of independent draws, shrunk about its estimate, holds the truth."""
    rng, n, inside = np.random.default_rng(7), 2000, 0
    worlds = np.full(16, BLOCK)
    for _ in range(n):
        if kind == "groups":
            cases = np.full(16, 51)
            found = difference(rng.binomial(51, 0.3, 16), cases, rng.binomial(51, 0.1, 16), cases, worlds)
            truth = 0.2
        else:
            drawn = rng.multinomial(BLOCK, [0.05, 0.02, 0.93], 16)
            found = paired_difference(drawn[:, 0], drawn[:, 1], worlds)
            truth = 0.03
        inside += found.estimate - shrink * (found.estimate - found.low) <= truth
        inside -= truth > found.estimate + shrink * (found.high - found.estimate)
    return inside / n


@pytest.mark.parametrize("kind", ["groups", "paired"])
def test_intervals_of_differences_cover_at_least_as_often_as_they_say(kind: str) -> None:
    # 2,000 repeats: a true coverage of .95 falls below .93 with probability below 1e-4 (binomial).
    assert _coverage(kind, 1.0) >= 0.93


@pytest.mark.parametrize("kind", ["groups", "paired"])
def test_intervals_of_differences_of_half_the_length_are_caught(kind: str) -> None:
    assert _coverage(kind, 0.5) < 0.8


@pytest.mark.parametrize("correlated", [True, False])
def test_rare_discordant_worlds_are_covered_too(correlated: bool) -> None:
    # Exactly, over the multinomial of 60 worlds. Without the correlation of the two shares the interval is too short
    # where nearly every world is discordant, which is the negative control.
    n = 60
    lowest = 1.0
    for p, q in [(0.003, 0.003), (0.02, 0.0), (0.05, 0.02), (0.5, 0.45), (0.6, 0.38)]:
        covered = 0.0
        for a in range(n + 1):
            for b in range(n + 1 - a):
                weight = float(stats.multinomial.pmf([a, b, n - a - b], n, [p, q, 1 - p - q]))
                if weight > 1e-9:
                    if correlated:
                        found = paired_difference(_one(a), _one(b), _one(n))
                        low, high = found.low, found.high
                    else:
                        _, low, high = hybrid(share_interval(a, n), share_interval(b, n))
                    covered += weight * (low <= p - q <= high)
        lowest = min(lowest, covered)
    assert (lowest >= 0.93) == correlated


def test_a_difference_stands_out_only_beyond_what_the_largest_of_many_reaches_by_chance() -> None:
    # Under no difference at all the largest of 40 stands out in 5 % of analyses at most; 400 analyses: 8 % has
    # probability below 1 %. Without the correction it stands out in nearly all.
    rng = np.random.default_rng(2)
    cases, worlds = np.full(4, 51), np.full(4, BLOCK)
    hits = rng.binomial(51, 0.3, (400, 40, 2, 4))

    def false_findings(n_compared: int) -> float:
        return float(
            np.mean([any(stands_out(a, cases, b, cases, worlds, n_compared) for a, b in analysis) for analysis in hits])
        )

    assert false_findings(40) < 0.08
    assert false_findings(1) > 0.5


def test_a_large_difference_stands_out_among_many_unless_blocks_contradict_each_other() -> None:
    cases, worlds = np.full(8, 51), np.full(8, BLOCK)
    assert stands_out(np.full(8, 40), cases, np.full(8, 10), cases, worlds, 200)
    assert stands_out(np.full(8, 10), cases, np.full(8, 40), cases, worlds, 200)
    assert not stands_out(np.array([51, 51, 51, 51, 51, 0, 0, 0]), cases, np.full(8, 10), cases, worlds, 1)
