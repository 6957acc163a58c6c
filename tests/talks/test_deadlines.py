"""Deadlines: when agreements come before a firm one and before a hazard, and how often one is put off."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from negsim.bargaining.stops import Stop
from negsim.model.sampling import BLOCK
from negsim.scenario import Scenario
from negsim.talks import hold_talks
from negsim.talks.found import Found
from negsim.talks.steps import Steps
from tests.strategies import Document, scenario_of
from tests.talks.small import calendar, course_of, day, found_in, one_deal

ALPHA = 1e-4
LIMIT = float(stats.norm.isf(ALPHA / 2))

D, MANY = 20, 2048
"""The day of the deadline; talks are held daily, in three rounds, so the last twentieth of the time is that day."""

BOULWARE: Document = {"triangular": {"low": 1, "mode": 1, "high": 40}}
CONCEDING = "0.2..0.5"


def hagglers(deadline: Document, last: int, exponent: Document | str = BOULWARE) -> Scenario:
    """Two alike who share a pie, each giving way by the time, at a pace that is drawn in every world."""
    parties = {
        name: {
            "title": name.title(),
            "priorities": {"pie": 1},
            "values": {"pie": {0: first, 100: 100 - first}},
            "no_deal": 0,
            "tactic": {"time": {"exponent": pace}},
        }
        for name, first, pace in (
            ("ann", 0, exponent),
            ("bob", 100, {"same": "parties.ann.tactic.time.exponent"}),
        )
    }
    return scenario_of(
        {
            "negsim": 1,
            "id": "pie",
            "title": "Pie",
            "issues": {"pie": {"title": "Ann's share", "scale": "0..100", "step": 10}},
            "parties": parties,
            "protocol": {"rounds": 3, "beliefs": "fixed"},
            "talks": calendar(last, {"daily": {"every": 1}}, deadline=deadline),
        }
    )


def late(found: Found, ends: NDArray[np.intp] | int) -> tuple[int, int]:
    """Count agreements in the last twentieth of the time up to some day, and those up to it."""
    agreed = (found.stop == Stop.AGREED) & (found.ended <= ends)
    # Days are counted from their beginning, and one more than their number has passed at their end.
    return int(np.count_nonzero(agreed & (found.ended + 1 > 0.95 * (ends + np.intp(1))))), int(np.count_nonzero(agreed))


def drawn_ends(mean: float, n_worlds: int) -> NDArray[np.intp]:
    """The days on which a hazard ends talks: exponential times, to the end of the day in which they fall."""
    blocks = [
        Steps(0, "lhs", [(block, BLOCK)]).series(("talks", "deadline", "hazard", "gap"), 0, 1)[0]
        for block in range(n_worlds // BLOCK)
    ]
    return np.asarray(np.ceil(-np.log(np.concatenate(blocks)) * mean).astype(np.intp) - 1)


FIRM: Document = {"firm": {"date": day(D)}}


@pytest.fixture(scope="module")
def before_a_firm_one() -> Found:
    return found_in(hagglers(FIRM, D), MANY)


@pytest.fixture(scope="module")
def under_a_hazard() -> Found:
    # Of a horizon of eight means nothing is felt: e^-8 of the worlds come to it.
    return found_in(hagglers({"hazard": {"mean": D}}, 8 * D), MANY)


def test_agreements_cluster_before_a_firm_deadline(before_a_firm_one: Found) -> None:
    """Roth, Murnighan & Schoumaker (1988): about two fifths of agreements and more came in the last twentieth of the time."""
    hits, n = late(before_a_firm_one, D)
    assert stats.binomtest(hits, n, 0.4, alternative="greater").pvalue < ALPHA
    # The control: who gives way early agrees early.
    hits, n = late(found_in(hagglers(FIRM, D, CONCEDING), 256), D)
    assert n == 256
    assert stats.binomtest(hits, n, 0.4, alternative="less").pvalue < ALPHA


def test_the_hazard_ends_talks_as_it_was_drawn(under_a_hazard: Found) -> None:
    ends, stopped = drawn_ends(D, MANY), under_a_hazard.stop == Stop.DEADLINE
    within = stopped & (ends < 8 * D)
    assert np.mean(within) > 0.9
    assert np.array_equal(under_a_hazard.ended[within], ends[within])
    assert np.all(under_a_hazard.ended <= ends)
    # Exponential, of that mean: by the time at the end of a day the share that is left is as it should be.
    left = [(np.mean(ends >= when), np.exp(-when / D)) for when in (5, 20, 40)]
    assert all(abs(seen - exact) < LIMIT * np.sqrt(exact * (1 - exact) / MANY) for seen, exact in left)


def test_agreements_do_not_cluster_before_a_hazard_of_the_same_mean(
    before_a_firm_one: Found, under_a_hazard: Found
) -> None:
    """Yildiz (2004): with a deadline that may come at any time, there is no time just before it to wait for."""
    firm = late(before_a_firm_one, D)
    # By the calendar, next to none agree in the days before the mean has passed.
    assert late(under_a_hazard, D)[0] < 0.01 * MANY < 0.4 * MANY < firm[0]
    hits, n = late(under_a_hazard, drawn_ends(D, MANY))
    assert n >= 20
    table = [[hits, n - hits], [firm[0], firm[1] - firm[0]]]
    assert stats.fisher_exact(table, alternative="less").pvalue < ALPHA
    # The control: the firm deadline against itself.
    assert stats.fisher_exact([table[1], table[1]], alternative="less").pvalue > ALPHA


def test_before_one_that_may_be_put_off_they_cluster_less_than_before_a_firm_one(
    before_a_firm_one: Found, under_a_hazard: Found
) -> None:
    extensible: Document = {"extensible": {"date": day(D), "chance": 0.1, "by": D}}
    between = found_in(hagglers(extensible, 2 * D), MANY)
    shares = [late(found, D)[0] / MANY for found in (before_a_firm_one, between, under_a_hazard)]
    for more, less in ((0, 1), (1, 2)):
        pooled = (shares[more] + shares[less]) / 2
        error = np.sqrt(2 * pooled * (1 - pooled) / MANY)
        assert shares[more] - shares[less] > LIMIT * error


def never(chance: object, *, by: int = 10, times: int = 1, last: int = 60, **more: object) -> Scenario:
    """Talks that come to nothing until the deadline, put off or not."""
    deadline = {"extensible": {"date": day(20), "chance": chance, "by": by, "times": times}}
    return one_deal(calendar(last, {"daily": {"every": 5}}, deadline=deadline, **more), ann={"no_deal": 100})


@pytest.mark.parametrize("chance", [0, 0.3, "0.2..0.6", 1])
def test_a_deadline_is_put_off_in_as_many_worlds_as_its_chance_says(chance: object) -> None:
    n, mean = 2048, {"0.2..0.6": 0.4}.get(str(chance), chance)
    assert isinstance(mean, (int, float))
    result = hold_talks(never(chance), n_worlds=n)
    assert result.p_extended is not None
    error = LIMIT * np.sqrt(mean * (1 - mean) / n)
    assert abs(result.p_extended.estimate - mean) <= error
    assert abs(result.p_extended.estimate - mean - 0.05) > error  # the control
    assert result.deadline_kind == "extensible"
    assert result.deadline_day is not None
    assert result.deadline_day.isoformat() == day(20)


def test_each_time_it_is_put_off_anew_up_to_so_many_times_and_never_beyond_the_horizon() -> None:
    p, n = 0.5, 1024
    for last, ends in ((60, (20, 30, 40, 50)), (42, (20, 30, 40, 42)), (20, (20,))):
        found = found_in(never(p, times=3, last=last), n)
        seen = {when: np.mean(found.ended == when) for when in ends}
        exact = {when: p**k * (1 if k == len(ends) - 1 else 1 - p) for k, when in enumerate(ends)}
        assert sum(seen.values()) == 1
        for when, share in exact.items():
            assert abs(seen[when] - share) <= LIMIT * np.sqrt(share * (1 - share) / n)
        assert np.array_equal(found.extended, found.ended > 20)


def test_no_agreement_comes_after_the_end_of_its_world_and_by_the_deadline_there_are_no_more_than_in_all() -> None:
    thaw = {"thaw": {"rate": 0.05, "effects": {"worse": {"path": "parties.ann.no_deal", "set": 40}}}}
    scenario = never("0.2..0.6", times=2, events=thaw)
    found = found_in(scenario, 1024)
    agreed = found.stop == Stop.AGREED
    uniform = [
        np.concatenate([Steps(0, "lhs", [(k, BLOCK)])("talks", "deadline", "put_off", str(n)) for k in range(4)])
        for n in (0, 1)
    ]
    chance = found.drawn[:, 0].astype(np.float64)
    first, second = uniform[0] < chance, uniform[1] < chance
    ends = np.where(first, np.where(second, 40, 30), 20)
    assert np.all(found.ended[agreed] <= ends[agreed])
    assert np.array_equal(found.ended[~agreed], ends[~agreed])
    result = hold_talks(scenario, n_worlds=1024)
    assert result.p_by_deadline is not None
    assert result.p_by_deadline.estimate == np.mean(agreed & (found.ended <= 20))
    assert 0 < result.p_by_deadline.estimate < result.p_agreement.estimate == np.mean(agreed)


@pytest.mark.parametrize(("kind", "deadline"), [("firm", FIRM), ("hazard", {"hazard": {"mean": 9}}), ("horizon", None)])
def test_only_a_deadline_that_can_be_is_put_off(kind: str, deadline: Document | None) -> None:
    talks = calendar(30, {"daily": {"every": 5}}, **({} if deadline is None else {"deadline": deadline}))
    result = hold_talks(one_deal(talks, ann={"no_deal": "30..90"}), n_worlds=256)
    assert result.deadline_kind == kind
    assert result.p_extended is None
    assert (result.deadline_day is None) == (kind != "firm")
    assert (result.p_by_deadline is None) == (kind != "firm")


@pytest.mark.parametrize(
    "deadline",
    [
        None,
        {"firm": {"date": day(40)}},
        {"hazard": {"mean": 10_000}},
        {"extensible": {"date": day(5), "chance": 1, "by": 9, "times": 9}},
    ],
)
def test_talks_break_down_in_every_session_but_after_the_very_last_round_whatever_the_deadline(deadline: Any) -> None:
    # No deal is worth more than the one there is, so that nothing else can end talks; each round breaks them off by a half.
    sessions = {f"s{k}": {"date": day(10 * k), "exchanges": 1} for k in range(1, 5)}
    talks = calendar(40, sessions, **({} if deadline is None else {"deadline": deadline}))
    found = found_in(one_deal(talks, ann={"no_deal": 70}, protocol={"breakdown": 0.5}), 4096)
    held = np.count_nonzero(found.held, axis=0) / 4096
    # Latin hypercubes put an exact half of the worlds of a block below one half, an exact quarter below one quarter...
    expected = np.array([1, 0.5, 0.25, 0.125])
    if deadline is None or "firm" in deadline or "extensible" in deadline:
        assert held.tolist() == expected.tolist()
    else:
        # By the last day, in the fortieth, a hazard of that mean has ended 4 in 1,000.
        assert np.all(np.abs(held - expected) < 0.006)
        assert np.all(held[1:] > 0)


def test_where_no_session_is_held_there_is_a_zone_only_if_all_who_sign_mean_it() -> None:
    # 60 against 40 suits both; without a session the zone is that of the last day, and none where Ann only plays.
    for good_faith, has_zone in ((1, True), (0, False)):
        scenario = one_deal(calendar(5, {"end": {"date": day(5)}}), ann={"good_faith": good_faith})
        assert scenario.talks is not None
        course = course_of(replace(scenario, talks=replace(scenario.talks, sessions=())), 8)
        assert not np.any(course.held)
        assert course.ever.tolist() == [has_zone] * 8
