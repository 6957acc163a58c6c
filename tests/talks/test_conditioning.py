"""What was seen: weights and posteriors against all that can be, gone through case by case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from math import exp, sqrt

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import integrate, stats

from negsim.bargaining.stops import Stop
from negsim.scenario import Scenario
from negsim.talks import NoWorldFits, hold_talks
from negsim.talks.found import watched_paths
from tests.strategies import Document
from tests.talks.small import calendar, day, found_in, one_deal

REAL, SERIOUS, APART, APART_LATER, TRUCE, TRUCE_UNSERIOUS, SHIFT = 0.3, 0.6, 0.25, 0.4, 0.5, 0.1, 0.35

LIMIT = float(stats.norm.isf(1e-4 / 2))
"""Of estimates over independent worlds; those here are over stratified ones, which vary less."""


def coins() -> Scenario:
    """One deal, which Bob can sign where his red line is a bluff and he is serious; all else hangs on coins.

    A session fails on day 5, a truce is kept on day 7, Ann may be better off from day 8, another session is on day 10.
    """
    line = {"never": {"require": "deal != it", "firmness": REAL}}
    talks = calendar(
        10,
        {"one": {"date": day(5), "mismatch": APART}, "two": {"date": day(10), "mismatch": APART_LATER}},
        now=day(7),
        events={
            "truce": {"date": day(7), "chance": TRUCE, "unless_serious": {"bob": TRUCE_UNSERIOUS}},
            "turn": {"date": day(8), "chance": SHIFT, "effects": {"up": {"path": "parties.ann.no_deal", "set": 80}}},
        },
        observed={"failed": {"session": "one"}, "kept": {"event": "truce"}},
    )
    protocol = {"rounds": 1, "order": ["ann", "bob"]}
    return one_deal(talks, bob={"red_lines": line, "good_faith": SERIOUS}, protocol=protocol)


@dataclass(frozen=True)
class Case:
    """One way that all coins of the model here may fall, with its probability before anything is seen."""

    p: float
    real: bool
    serious: bool
    apart: bool
    truce: bool
    agrees_at_first: bool
    agrees_later: bool

    @property
    def is_seen(self) -> bool:
        return self.truce and not self.agrees_at_first


def cases() -> Iterator[Case]:
    for real, serious, apart, truce, turn, later in product((False, True), repeat=6):
        p_truce = TRUCE if serious else TRUCE_UNSERIOUS
        p = 1.0
        for fell, chance in (
            (real, REAL),
            (serious, SERIOUS),
            (apart, APART),
            (truce, p_truce),
            (turn, SHIFT),
            (later, APART_LATER),
        ):
            p *= chance if fell else 1 - chance
        could = serious and not real
        yield Case(p, real, serious, apart, truce, could and not apart, could and not turn and not later)


def total(of: list[Case]) -> float:
    return sum(case.p for case in of)


def test_51_each_world_weighs_what_was_seen_by_how_likely_it_is_there() -> None:
    scenario = coins()
    found = found_in(scenario, 1024)
    place = {path[-2:]: k for k, path in enumerate(watched_paths(scenario))}
    real = next(found.drawn[:, k] for key, k in place.items() if "never" in key).astype(bool)
    serious = next(found.drawn[:, k] for key, k in place.items() if "serious" in key).astype(bool)
    could = serious & ~real
    # The session could only fail where somebody could not sign, or else because they talked past each other.
    assert np.exp(found.seen[:, 0]) == pytest.approx(np.where(could, APART, 1.0), abs=1e-12)
    assert np.exp(found.seen[:, 1]) == pytest.approx(np.where(serious, TRUCE, TRUCE_UNSERIOUS), abs=1e-12)
    assert np.all(found.mismatch[could, 0])
    assert np.all(found.struck[:, 0] == 1)
    agrees = could & (found.struck[:, 1] == 0) & ~found.mismatch[:, 1]
    assert np.array_equal(found.stop == Stop.AGREED, agrees)
    assert np.array_equal(found.agreed_at, np.where(agrees, 1, -1))
    assert 0 < np.mean(agrees) < 1


def test_51_posteriors_are_those_of_all_cases_gone_through() -> None:
    n = 2**14
    result = hold_talks(coins(), n_worlds=n)
    seen = [case for case in cases() if case.is_seen]
    assert total(list(cases())) == pytest.approx(1)
    told = result.conditioning
    assert told is not None
    # Weights as the calendar gives them: of each state, the probability that the session fails, times that of the truce.
    states = [
        (p_real * p_serious, (APART if could else 1.0), TRUCE if serious else TRUCE_UNSERIOUS)
        for real, p_real in ((True, REAL), (False, 1 - REAL))
        for serious, p_serious in ((True, SERIOUS), (False, 1 - SERIOUS))
        for could in (serious and not real,)
    ]
    first, both = (
        sum(p * failed * (truce if with_truce else 1) for p, failed, truce in states) for with_truce in (0, 1)
    )
    squares = sum(p * (failed * truce) ** 2 for p, failed, truce in states)
    assert both == pytest.approx(total(seen))
    assert [one.id for one in told.observations] == ["failed", "kept"]
    assert told.observations[0].likelihood == pytest.approx(first, abs=0.01)
    assert told.observations[1].likelihood == pytest.approx(both / first, abs=0.01)
    assert told.effective / n == pytest.approx(both**2 / squares, abs=0.02)
    assert told.observations[-1].effective == told.effective

    def posterior(of: list[Case]) -> tuple[float, float]:
        p = total(of) / total(seen)
        return p, LIMIT * sqrt(p * (1 - p) / told.effective)

    p, error = posterior([case for case in seen if case.agrees_later])
    assert abs(result.p_agreement.estimate - p) < error
    # The control: what it would be had nothing been seen, or the session been seen alone.
    unseen = total([c for c in cases() if c.agrees_later or c.agrees_at_first])
    alone = [case for case in cases() if not case.agrees_at_first]
    for other in (unseen, total([case for case in alone if case.agrees_later]) / total(alone)):
        assert abs(result.p_agreement.estimate - other) > error
    # After the first session only that it failed is known.
    p = total([case for case in alone if case.serious]) / total(alone)
    trust = result.sessions[0].trust[0]
    assert trust.p_serious is not None
    error = LIMIT * sqrt(p * (1 - p) / told.observations[0].effective)
    assert abs(trust.p_serious.estimate - p) < error
    assert abs(trust.p_serious.estimate - SERIOUS) > error  # the control
    p, error = posterior([case for case in seen if case.apart])
    assert result.sessions[0].p_mismatch is not None
    assert abs(result.sessions[0].p_mismatch.estimate - p) < error
    p, error = posterior([case for case in seen if case.real])
    assert abs(next(one for one in told.moved if "never" in one.path).posterior - p) < error
    assert len(told.moved) == 2


def test_without_what_was_seen_the_same_calendar_is_as_all_cases_have_it() -> None:
    scenario = coins()
    assert scenario.talks is not None
    n = 2**14
    result = hold_talks(replace(scenario, talks=replace(scenario.talks, observed=())), n_worlds=n)
    p = total([case for case in cases() if case.agrees_at_first or case.agrees_later])
    assert result.conditioning is None
    assert abs(result.p_agreement.estimate - p) < LIMIT * sqrt(p * (1 - p) / n)
    first = total([case for case in cases() if case.agrees_at_first])
    assert abs(result.sessions[0].p_agreed.estimate - first) < LIMIT * sqrt(first * (1 - first) / n)


def watched(
    talks: Document, what: str, n: int, **more: object
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """The mean likelihood, and of a quantity what was drawn and the weights."""
    scenario = one_deal(talks, **more)  # type: ignore[arg-type]
    found = found_in(scenario, n)
    place = [".".join(path) for path in watched_paths(scenario)].index(what)
    weight = np.exp(np.sum(found.seen, axis=1))
    return float(np.mean(weight)), found.drawn[:, place].astype(np.float64), weight


def is_mean(drawn: NDArray[np.float64], weight: NDArray[np.float64], exact: float) -> bool:
    """Test a weighted mean by its error as the delta method gives it."""
    mean = np.average(drawn, weights=weight)
    error = np.sqrt(np.mean((weight * (drawn - mean)) ** 2) / len(weight)) / np.mean(weight)
    return bool(abs(mean - exact) < LIMIT * error)


def test_51_a_count_of_a_process_moves_its_rate_to_a_gamma() -> None:
    low, high, count, days = 0.1, 0.5, 12, 31
    seen = {"january": {"event": "raid", "count": count, "from": day(0), "until": day(days - 1)}}
    talks = calendar(
        40, {"end": {"date": day(40)}}, now=day(35), events={"raid": {"rate": f"{low}..{high}"}}, observed=seen
    )
    evidence, drawn, weight = watched(talks, "talks.events.raid.rate", 4096, ann={"no_deal": 100})
    # By the law of the count, at each rate by itself.
    assert weight == pytest.approx(stats.poisson.pmf(count, days * drawn), rel=1e-4)
    exact, _ = integrate.quad(lambda rate: stats.poisson.pmf(count, days * rate) / (high - low), low, high)
    assert evidence == pytest.approx(exact, rel=0.01)
    # A uniform prior is a Gamma cut off at both ends, so is the posterior: shape count + 1, scale 1 / days.
    gamma = stats.gamma(count + 1, scale=1 / days)
    mass = gamma.cdf(high) - gamma.cdf(low)
    mean, _ = integrate.quad(lambda rate: rate * gamma.pdf(rate) / mass, low, high)
    assert is_mean(drawn, weight, mean)
    assert not is_mean(drawn, weight, (low + high) / 2)
    assert not is_mean(drawn, weight, gamma.ppf(0.55))


def test_51_so_many_hits_move_a_probability_to_a_beta() -> None:
    low, high, hits, trials = 0.2, 0.9, 4, 29
    seen = {"letters": {"binomial": {"path": "parties.bob.good_faith", "hits": hits, "trials": trials}, "date": day(3)}}
    talks = calendar(9, {"end": {"date": day(9)}}, now=day(5), observed=seen)
    evidence, drawn, weight = watched(
        talks, "parties.bob.good_faith", 4096, bob={"good_faith": f"{low}..{high}"}, ann={"no_deal": 100}
    )
    assert weight == pytest.approx(stats.binom.pmf(hits, trials, drawn), rel=1e-4, abs=1e-15)
    exact, _ = integrate.quad(lambda p: stats.binom.pmf(hits, trials, p) / (high - low), low, high)
    assert evidence == pytest.approx(exact, rel=0.01)
    beta = stats.beta(hits + 1, trials - hits + 1)
    mass = beta.cdf(high) - beta.cdf(low)
    mean, _ = integrate.quad(lambda p: p * beta.pdf(p) / mass, low, high)
    assert is_mean(drawn, weight, mean)
    assert not is_mean(drawn, weight, beta.mean())


def test_trials_tell_of_a_quantity_as_it_is_after_the_events_of_their_day() -> None:
    seen = {"letters": {"binomial": {"path": "parties.bob.good_faith", "hits": 2, "trials": 5}, "date": day(3)}}
    for when, p in ((2, 0.3), (3, 0.3), (4, 0.6)):
        events = {"turn": {"date": day(when), "effects": {"half": {"path": "parties.bob.good_faith", "multiply": 0.5}}}}
        talks = calendar(9, {"end": {"date": day(9)}}, now=day(5), events=events, observed=seen)
        found = found_in(one_deal(talks, bob={"good_faith": 0.6}, ann={"no_deal": 100}), 4)
        assert np.exp(found.seen[:, 0]) == pytest.approx(stats.binom.pmf(2, 5, p))


@pytest.mark.parametrize(("hits", "p"), [(0, 0), (3, 1)])
def test_what_is_certain_is_no_news(hits: int, p: int) -> None:
    seen = {"letters": {"binomial": {"path": "parties.bob.good_faith", "hits": hits, "trials": 3}, "date": day(3)}}
    talks = calendar(9, {"end": {"date": day(9)}}, now=day(5), observed=seen)
    found = found_in(one_deal(talks, bob={"good_faith": p}), 4)
    assert found.seen[:, 0].tolist() == [0.0] * 4


def test_a_session_that_cannot_have_failed_leaves_no_world() -> None:
    talks = calendar(
        9, {"one": {"date": day(3)}, "two": {"date": day(9)}}, now=day(5), observed={"failed": {"session": "one"}}
    )
    with pytest.raises(NoWorldFits, match=r"none of 256 worlds fits what was seen up to talks\.observed\.failed"):
        hold_talks(one_deal(talks), n_worlds=256)


def test_a_session_after_an_agreement_cannot_have_been_held() -> None:
    sessions = {"zero": {"date": day(2), "mismatch": 0.5}, "one": {"date": day(3)}}
    seen = {"failed": {"session": "one"}}
    talks = calendar(9, sessions, now=day(5), observed=seen)
    line = {"never": {"require": "deal != it", "firmness": 0.5}}
    found = found_in(one_deal(talks, bob={"red_lines": line}), 256)
    # Where the line is a bluff they agree before, or would there, where they cannot have talked past each other.
    real = found.drawn[:, 0] > 0
    assert np.array_equal(np.isfinite(found.seen[:, 0]), real)
    assert np.array_equal(found.held[:, 1], real | found.mismatch[:, 0])


def test_a_session_that_was_seen_to_go_on_has_not_broken_down_in_any_of_its_rounds() -> None:
    # Nobody can agree; each round may break down with probability 0.1, by memoryless coins.
    p, rounds = 0.1, 3
    seen = {"failed": {"session": "one"}}
    for mismatch in (0.0, 0.4):
        sessions = {"one": {"date": day(2), "mismatch": mismatch}, "two": {"date": day(3)}, "three": {"date": day(4)}}
        talks = calendar(9, sessions, now=day(2), observed=seen)
        found = found_in(one_deal(talks, ann={"no_deal": 100}, protocol={"rounds": rounds, "breakdown": p}), 4096)
        apart = found.mismatch[:, 0]
        assert np.exp(found.seen[:, 0]) == pytest.approx(np.where(apart, 1.0, (1 - p) ** rounds))
        # Memoryless, so the next session breaks down as often whatever was seen before it.
        broke = (found.stop == Stop.BREAKDOWN) & (found.ended == 3)
        expected = 1 - (1 - p) ** rounds
        for which in (apart, ~apart):
            n = np.count_nonzero(which)
            if n:
                assert abs(np.mean(broke[which]) - expected) < LIMIT * sqrt(expected * (1 - expected) / n)
        assert abs(exp(-p * rounds) - expected) > 1e-3  # the control: rates are not coins


def test_a_partial_agreement_that_was_seen_weighs_its_chance_there_and_its_absence_before() -> None:
    issues = {"deal": {"title": "Deal", "options": ["it"]}, "extra": {"title": "Extra", "options": ["old", "new"]}}
    values = {"values": {"deal": {"it": 60}, "extra": {"old": 50, "new": 50}}}
    partial = {"step": {"issue": "extra", "to": "new", "instead_of": "old", "chance": 0.3}}
    sessions = {
        "one": {"date": day(2), "agenda": ["extra"]},
        "two": {"date": day(3), "agenda": ["extra"], "mismatch": 0.2},
        "three": {"date": day(4), "agenda": ["extra"]},
        "end": {"date": day(9)},
    }
    for observed, exact, concluded in (
        ({"partial": "step", "at": "two"}, 0.7 * 0.8 * 0.3, {3}),
        ({"partial": "step", "at": "one"}, 0.3, {2}),
        ({"partial": "step"}, None, {-1, 4, 9}),
    ):
        for now in (3, 5):
            talks = calendar(9, sessions, now=day(now), partial_agreements=partial, observed={"it": observed})
            found = found_in(one_deal(talks, ann=values | {"no_deal": 100}, bob=values, issues=issues), 512)
            likelihood = np.exp(found.seen[:, 0])
            if exact is not None:
                assert likelihood == pytest.approx(exact)
                assert set(found.concluded[:, 0].tolist()) == concluded
            else:
                n_tries = np.count_nonzero(~found.mismatch[:, : 2 if now == 3 else 3], axis=1)
                assert likelihood == pytest.approx(0.7**n_tries)
                assert set(found.concluded[:, 0].tolist()) == (concluded if now == 3 else {-1, 9})


def test_a_session_that_was_seen_after_the_hazard_had_ended_talks_was_not_held() -> None:
    sessions = {"one": {"date": day(2)}, "two": {"date": day(8), "mismatch": 0.5}, "end": {"date": day(9)}}
    talks = calendar(9, sessions, now=day(8), deadline={"hazard": {"mean": 8}}, observed={"it": {"session": "two"}})
    found = found_in(one_deal(talks, ann={"no_deal": 100}), 256)
    there = found.ended >= 8
    assert np.array_equal(found.seen[:, 0], np.where(there, 0.0, -np.inf))
    assert np.array_equal(found.held[:, 1], there)
    assert not np.any(found.mismatch[~there, 1])
    assert 0.2 < np.mean(there) < 0.5  # e^-1


def test_p_serious_after_a_session_knows_nothing_of_what_was_seen_later() -> None:
    events = {"gift": {"date": day(10), "chance": 0.8, "unless_serious": {"ann": 0.2}}}
    talks = calendar(
        20,
        {"one": {"date": day(2)}, "two": {"date": day(10)}},
        now=day(12),
        events=events,
        observed={"given": {"event": "gift", "happened": True}},
    )
    # They never agree: no deal is worth more than the only one.
    found = hold_talks(one_deal(talks, ann={"good_faith": 0.5, "no_deal": 70}), n_worlds=4096)
    before, after = (session.trust[0].p_serious for session in found.sessions)
    assert before is not None
    assert after is not None
    assert before.estimate == pytest.approx(0.5)  # as many of either kind in a Latin hypercube
    assert after.estimate == pytest.approx(0.5 * 0.8 / (0.5 * 0.8 + 0.5 * 0.2))


def test_what_was_seen_happened_in_worlds_too_in_which_talks_were_over() -> None:
    # They agree at once where the one deal is better than none; the flood is seen later, everywhere.
    talks = calendar(
        20,
        {"one": {"date": day(2)}},
        now=day(12),
        events={"flood": {"date": day(10), "chance": 0.3}},
        observed={"flooded": {"event": "flood", "happened": True}},
    )
    found = hold_talks(one_deal(talks, ann={"no_deal": "40..80"}), n_worlds=512)
    assert 0 < found.p_agreement.estimate < 1
    assert found.events[0].p_any.estimate == 1.0
