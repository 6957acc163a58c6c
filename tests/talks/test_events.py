"""Events that come at a rate, after others and in answer: how many, when, and as they were counted."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from negsim.errors import UsageError
from negsim.talks.arrivals import Arrivals
from negsim.talks.steps import Steps
from tests.strategies import Document
from tests.talks.small import calendar, day, found_in, one_deal

ALPHA = 1e-4
"""The level of each statistical test, two-sided; the seed is fixed, so each has passed for good or has not."""

NEVER: Document = {"no_deal": 100}
"""A party with which there is no zone, so that all worlds talk to the last day."""


def counts(events: Document, *, last: int = 50, n_worlds: int = 2048, seed: int = 3, **more: Any) -> NDArray[np.intp]:
    """How often each event happens over a calendar without an agreement: (world, event), by ids."""
    talks = calendar(last, {"end": {"date": day(last)}}, events=events, **more)
    return found_in(one_deal(talks, ann=NEVER), n_worlds, seed=seed).struck


def is_poisson(drawn: NDArray[np.intp], mean: float) -> bool:
    """Test mean and dispersion of counts, by the normal law of the one and the chi-square law of the other."""
    n = len(drawn)
    centred = abs(np.mean(drawn) - mean) <= stats.norm.isf(ALPHA / 2) * np.sqrt(mean / n)
    spread = (n - 1) * np.var(drawn, ddof=1) / mean
    low, high = stats.chi2.ppf([ALPHA / 2, 1 - ALPHA / 2], n - 1)
    return bool(centred and low <= spread <= high)


def test_what_comes_at_a_constant_rate_is_a_poisson_number() -> None:
    (drawn,) = counts({"raid": {"rate": 0.1}}).T
    assert is_poisson(drawn, 51 * 0.1)
    assert not is_poisson(drawn, 51 * 0.11)  # the controls: another mean, and another spread
    assert not is_poisson(2 * drawn, 51 * 0.2)
    # The law itself, by the chi-square distance of its classes.
    classes = np.bincount(np.minimum(drawn, 10), minlength=11)
    law = stats.poisson(5.1)
    expected = len(drawn) * np.array([*law.pmf(np.arange(10)), law.sf(9)])
    assert stats.chisquare(classes, expected).pvalue > ALPHA
    other = stats.poisson(5.5)
    wrong = len(drawn) * np.array([*other.pmf(np.arange(10)), other.sf(9)])
    assert stats.chisquare(classes, wrong).pvalue < ALPHA


def test_increments_are_independent_of_each_other() -> None:
    arrivals = Arrivals(("raid",), Steps(0, "lhs", [(0, 256)]))
    days = np.array([arrivals.pass_day(np.full(256, 0.3)) for _ in range(200)])
    first, second = days[:-1].ravel(), days[1:].ravel()
    limit = stats.norm.isf(ALPHA / 2) / np.sqrt(first.size)
    assert abs(np.corrcoef(first, second)[0, 1]) < limit
    assert abs(np.corrcoef(first, first + second)[0, 1]) > limit  # the control


def test_a_rate_that_another_event_changes_is_followed_from_that_day_on() -> None:
    quiet = {"date": day(20), "effects": {"less": {"path": "talks.events.raid.rate", "multiply": 0.25, "lasts": 10}}}
    _, drawn = counts({"quiet": quiet, "raid": {"rate": 0.2}}).T
    # 20 days before, 10 of a quarter (the day itself among them, as "quiet" comes before "raid"), 21 after.
    assert is_poisson(drawn, 0.2 * (20 + 10 / 4 + 21))
    assert not is_poisson(drawn, 0.2 * 51)


def test_each_time_it_may_happen_it_does_with_its_chance() -> None:
    (drawn,) = counts({"raid": {"rate": 0.4, "chance": 0.25}}).T
    assert is_poisson(drawn, 51 * 0.1)
    assert not is_poisson(drawn, 51 * 0.4)


def test_52_a_higher_rate_never_takes_an_arrival_from_a_world() -> None:
    rates = (0.05, 0.1, 0.2, 0.35)
    drawn = [counts({"raid": {"rate": rate}}, n_worlds=512)[:, 0] for rate in rates]
    for low, high in pairwise(drawn):
        assert np.all(high >= low)
        assert np.any(high > low)
    # The control: with other numbers it does.
    assert np.any(counts({"raid": {"rate": 0.1}}, n_worlds=512, seed=4)[:, 0] < drawn[0])


def test_52_nor_does_a_higher_chance_by_which_each_happens() -> None:
    drawn = [counts({"raid": {"rate": 0.3, "chance": p}}, n_worlds=512)[:, 0] for p in (0.2, 0.5, 0.9, 1)]
    for low, high in pairwise(drawn):
        assert np.all(high >= low)
        assert np.any(high > low)


def test_answers_that_are_answered_make_as_many_as_a_branching_process() -> None:
    """One blow on day 0; each brings an answer with probability p, and that another blow with probability q.

    The number of answers is a sum over generations, p + p q p + ..., so p / (1 - p q); and p q / (1 - p q) more blows.
    """
    p, q, n = 0.6, 0.5, 2048
    answers = {
        "back": {"after": "blow", "brings": "riposte", "chance": p, "delay": 1},
        "forth": {"after": "riposte", "brings": "blow", "chance": q, "delay": "1..2"},
    }
    events: Document = {"blow": {"date": day(0)}, "riposte": {}}
    blows, ripostes = counts(events, last=120, reciprocity=answers, n_worlds=n).T
    # A chain is geometric: its number of rounds k has P(k >= j) = (p q)^j.
    ratio = p * q
    sd = np.sqrt(ratio) / (1 - ratio)
    limit = stats.norm.isf(ALPHA / 2) * sd / np.sqrt(n)
    assert abs(np.mean(blows) - 1 - ratio / (1 - ratio)) < limit
    assert abs(np.mean(ripostes) - p / (1 - ratio)) < 2 * limit
    assert abs(np.mean(ripostes) - p) > 2 * limit  # the control: without answers to answers
    assert set(np.unique(blows - ripostes).tolist()) == {0, 1}


def test_an_event_that_answers_itself_makes_a_geometric_number() -> None:
    p, n = 0.7, 2048
    answers = {"again": {"after": "blow", "brings": "blow", "chance": p, "delay": 1}}
    (blows,) = counts({"blow": {"date": day(0)}}, last=200, reciprocity=answers, n_worlds=n).T
    limit = stats.norm.isf(ALPHA / 2) * np.sqrt(p) / (1 - p) / np.sqrt(n)
    assert abs(np.mean(blows) - 1 / (1 - p)) < limit
    assert abs(np.mean(blows) - 1 / (1 - p + 0.05)) > limit  # the control
    assert stats.kstest(blows + np.random.default_rng(1).random(n), lambda x: _geometric(x, p)).pvalue > ALPHA


def _geometric(x: NDArray[np.float64], p: float) -> NDArray[np.float64]:
    """The distribution of a geometric number from 1 on, spread evenly over the unit after it."""
    whole = np.floor(x)
    return np.asarray(1 - p ** (whole - 1) + (x - whole) * p ** (whole - 1) * (1 - p))


def test_what_happens_of_an_event_by_its_rate_tells_nothing_of_what_happens_of_it_in_answer() -> None:
    # On each day one thing may set the raid off by its rate, and the answer to the bell another time, each at even odds.
    events: Document = {"bell": {"every": 1}, "raid": {"rate": 1, "chance": 0.5}}
    answers = {"echo": {"after": "bell", "brings": "raid", "delay": 1}}
    first = counts(events, last=40, n_worlds=1024)[:, 1]
    both = counts(events, last=40, n_worlds=1024, reciprocity=answers)[:, 1]
    brought = both - first
    assert np.all((brought >= 0) & (brought <= 40))
    # Independent: the number that is brought is binomial whatever came by itself.
    limit = stats.norm.isf(ALPHA / 2) / np.sqrt(1024)
    assert abs(np.corrcoef(first, brought)[0, 1]) < limit


COUNTED: Document = {"january": {"event": "raid", "count": 7, "from": day(0), "until": day(30)}}


@pytest.mark.parametrize(
    "raid", [{"rate": "0.1..0.5"}, {"rate": "0.2..0.6", "chance": 0.4}, {"rate": 0.2, "from": day(5)}]
)
def test_in_each_world_as_many_happen_as_were_counted(raid: Document) -> None:
    (drawn,) = counts({"raid": raid | {"until": day(30)}}, now=day(40), observed=COUNTED, n_worlds=256).T
    assert set(drawn.tolist()) == {7}


def test_after_the_days_that_were_counted_chance_has_it_again() -> None:
    (drawn,) = counts({"raid": {"rate": 0.2}}, now=day(40), observed=COUNTED).T
    assert is_poisson(drawn - 7, 20 * 0.2)


def test_two_stretches_that_were_counted_both_hold() -> None:
    seen = {
        "one": {"event": "raid", "count": 3, "from": day(0), "until": day(9)},
        "two": {"event": "raid", "count": 5, "from": day(10), "until": day(30)},
    }
    talks = calendar(
        50,
        {"end": {"date": day(50)}},
        now=day(40),
        observed=seen,
        events={"raid": {"rate": "0.1..0.4", "until": day(30)}},
    )
    found = found_in(one_deal(talks, ann=NEVER))
    assert set(found.struck[:, 0].tolist()) == {8}
    rate = found.drawn[:, 0].astype(np.float64)
    exact = np.stack([stats.poisson.logpmf(3, 10 * rate), stats.poisson.logpmf(5, 21 * rate)], axis=1)
    assert found.seen == pytest.approx(exact, abs=1e-5)  # rates are kept as float32


def test_answers_that_were_due_count_in_full_for_what_was_counted() -> None:
    """Three bells, each answered with probability p by a raid a day later, and raids at a rate of their own.

    What is counted is then a Poisson number and a binomial one together: the exact posterior of p, from its definition.
    """
    events: Document = {"bell": {"every": 1, "from": day(3), "until": day(5)}, "raid": {"rate": 0.2}}
    answers = {"echo": {"after": "bell", "brings": "raid", "chance": "0.1..0.9", "delay": 1}}
    seen = {"count": {"event": "raid", "count": 4, "from": day(2), "until": day(6)}}
    talks = calendar(30, {"end": {"date": day(30)}}, now=day(20), events=events, reciprocity=answers, observed=seen)
    found = found_in(one_deal(talks, ann=NEVER), 4096 * 4)
    weight = np.exp(found.seen[:, 0])
    p = np.linspace(0.1, 0.9, 801)
    exact = sum(stats.binom.pmf(k, 3, p) * stats.poisson.pmf(4 - k, 1.0) for k in range(4))
    error = np.std(weight) / np.sqrt(len(weight))
    limit = stats.norm.isf(ALPHA / 2)
    assert abs(np.mean(weight) - np.mean(exact)) < limit * error
    # The control: as if answers came at a rate, by the same mean.
    assert abs(np.mean(weight) - np.mean(stats.poisson.pmf(4, 1.0 + 3 * p))) > limit * error
    # And what is thought of p afterwards, by the delta method.
    drawn = found.drawn[:, 0].astype(np.float64)
    mean, exactly = np.average(drawn, weights=weight), np.average(p, weights=exact)
    error = np.sqrt(np.mean((weight * (drawn - mean)) ** 2) / len(weight)) / np.mean(weight)
    assert abs(mean - exactly) < limit * error
    assert abs(0.5 - exactly) > limit * error  # the control: as it was before


def test_a_certain_answer_cannot_have_been_missed() -> None:
    events: Document = {"bell": {"date": day(3)}, "raid": {"rate": "0.1..0.2"}}
    answers = {"echo": {"after": "bell", "brings": "raid", "delay": 1}}
    seen = {"count": {"event": "raid", "count": 1, "from": day(0), "until": day(9)}}
    talks = calendar(30, {"end": {"date": day(30)}}, now=day(20), events=events, reciprocity=answers, observed=seen)
    found = found_in(one_deal(talks, ann=NEVER), 512)
    possible = np.isfinite(found.seen[:, 0])
    assert 0 < np.mean(possible) < 0.3  # those in which the day drawn, of ten, is the fourth
    rate = found.drawn[possible, 0].astype(np.float64)
    # Its mean over draws of the day is the probability of none but the answer: exp(-10 rate).
    assert np.exp(found.seen[possible, 0]) / 10 == pytest.approx(np.exp(-10 * rate), rel=1e-5)


def test_what_was_counted_on_days_on_which_an_event_does_not_come_is_impossible() -> None:
    seen = {"count": {"event": "raid", "count": 1, "from": day(0), "until": day(9)}}
    late: Document = {"raid": {"rate": 0.2, "from": day(20)}}
    none = {"count": seen["count"] | {"count": 0}}
    for observed, likelihood in ((seen, -np.inf), (none, 0.0)):
        talks = calendar(30, {"end": {"date": day(30)}}, now=day(15), events=late, observed=observed)
        assert set(found_in(one_deal(talks, ann=NEVER), 16).seen[:, 0].tolist()) == {likelihood}


def test_what_was_seen_of_an_event_on_its_day_is_no_word_on_what_comes_in_answer() -> None:
    events: Document = {"bell": {"date": day(10)}, "storm": {"date": day(5), "chance": 0.5}}
    answers = {"echo": {"after": "bell", "brings": "storm", "delay": 1}}
    for happened in (True, False):
        seen = {"it": {"event": "storm", "happened": happened}}
        talks = calendar(30, {"end": {"date": day(30)}}, now=day(20), events=events, reciprocity=answers, observed=seen)
        found = found_in(one_deal(talks, ann=NEVER), 256)
        assert found.seen[:, 0] == pytest.approx(np.log(0.5))
        answered = found.struck[:, 1] - happened
        assert set(answered.tolist()) == {0, 1}
        assert np.count_nonzero(answered) == pytest.approx(128, abs=1)  # a Latin hypercube halves 256 evenly


@pytest.mark.parametrize(("low", "high"), [(0.2, 0.7), (0.7, 0.2)])
def test_who_does_not_negotiate_seriously_has_a_chance_of_its_own_higher_or_lower(low: float, high: float) -> None:
    truce: Document = {"truce": {"date": day(5), "chance": low, "unless_serious": {"ann": high}}}
    talks = calendar(30, {"end": {"date": day(30)}}, events=truce)
    found = found_in(one_deal(talks, ann={"no_deal": 100, "good_faith": 0.5}), 4096)
    serious, happens = found.serious[:, 0, 0], found.struck[:, 0] > 0
    for which, p in ((serious, low), (~serious, high)):
        n = np.count_nonzero(which)
        assert abs(np.mean(happens[which]) - p) < stats.norm.isf(ALPHA / 2) * np.sqrt(p * (1 - p) / n)


def test_what_brings_ever_more_of_itself_is_refused_and_named() -> None:
    # Each blow brings two, so that there are 2^k on the k-th day, and more than a thousand on the tenth.
    answers = {name: {"after": "blow", "brings": "blow", "delay": 1} for name in ("one", "two")}
    blow: Document = {"blow": {"date": day(0)}}
    (few,) = counts(blow, last=9, reciprocity=answers, n_worlds=2).T
    assert few.tolist() == [2**10 - 1] * 2
    with pytest.raises(UsageError, match=f"on {day(10)} the event blow happens more than 1,000 times"):
        counts(blow, last=10, reciprocity=answers, n_worlds=2)


def test_a_circle_that_takes_half_a_day_at_a_time_goes_round_once_a_day() -> None:
    answers = {"spark": {"after": "bell", "brings": "blow", "delay": 1}}
    events: Document = {"bell": {"date": day(0)}, "blow": {"after": "blow", "delay": 0.5}}
    assert counts(events, last=9, reciprocity=answers, n_worlds=1)[:, 1].tolist() == [9]
