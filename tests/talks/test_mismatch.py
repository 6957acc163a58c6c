"""Sessions at which sides talk past each other, and how worlds without an agreement are told apart."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena
from negsim.bargaining.talk import Turn
from negsim.scenario import Scenario
from negsim.talks import TalksResult, hold_talks
from negsim.talks.calendar import run_calendar
from negsim.talks.course import Course, begin_course
from negsim.talks.found import watched_paths
from negsim.talks.setting import make_setting
from negsim.talks.standing import Standing
from tests.strategies import Document, scenario_of
from tests.talks.small import calendar, day, found_in, one_deal


def quarrel(sessions: Document, *, kind: str = "alternating_offers", **more: object) -> Scenario:
    """Two who share a pie, learn from offers, and may break off; either may be in bad faith or bluff."""
    parties = {
        name: {
            "title": name.title(),
            "priorities": {"pie": 1},
            "values": {"pie": {0: first, 10: 100 - first}},
            "no_deal": "10..40",
            "good_faith": 0.8,
            "walks_out_below": 0.1,
            "tactic": tactic,
            "red_lines": {"line": {"require": line, "firmness": 0.5}},
        }
        for name, first, tactic, line in (
            ("ann", 0, {"time": {"exponent": "0.5..4"}}, "pie >= 3"),
            ("bob", 100, "relative_tit_for_tat", "pie <= 7"),
        )
    }
    return scenario_of(
        {
            "negsim": 1,
            "id": "quarrel",
            "title": "Quarrel",
            "issues": {"pie": {"title": "Pie", "scale": "0..10", "step": 1}},
            "parties": parties,
            "protocol": {"kind": kind, "rounds": 5, "breakdown": 0.02},
            "talks": calendar(30, sessions, **more),
        }
    )


PLAIN: Document = {"one": {"date": day(3)}, "two": {"date": day(9)}, "three": {"date": day(20)}}
KINDS = ["alternating_offers", "stacked_alternating_offers", "monotonic_concession", "single_text"]


class Scribe:
    """Writes down all that is held and believed in each world as a session begins and once all have learned from it."""

    def __init__(self) -> None:
        self.before: list[dict[str, NDArray[Any]]] = []
        self.after: list[dict[str, NDArray[Any]]] = []
        self.world: list[NDArray[np.intp]] = []
        self.apart: list[NDArray[np.bool_]] = []

    def looks(self, *_: object) -> None:
        """Changes are no matter here."""

    def happened(self, *_: object) -> None:
        """Nor is what happens."""

    def hears(self, turn: Turn) -> None:
        """Nor what is said."""

    def sits_down(self, course: Course, standing: Standing, arena: Arena) -> None:
        self.before.append(held(course))

    def learns(self, course: Course) -> None:
        self.after.append(held(course))
        assert course.talk is not None
        self.world.append(course.talk.world.copy())
        self.apart.append(course.mismatch[course.talk.world, len(self.after) - 1])

    def met(self, *_: object) -> None:
        """All is written down before."""


def held(course: Course) -> dict[str, NDArray[Any]]:
    """All of some talks by names, arrays whose last axis is live."""
    talk = course.talk
    assert talk is not None
    found: dict[str, NDArray[Any]] = {
        "going": talk.going,
        "stop": talk.stop[talk.world],
        "deal": talk.deal[talk.world],
        "crossed": talk.crossed[talk.world],
    }
    for k, (belief, chair) in enumerate(zip(talk.beliefs, talk.chairs, strict=True)):
        found |= {f"weight{k}": belief.weight.T, f"real{k}": belief.real.T, f"serious{k}": belief.serious}
        found |= {f"level{k}": chair.level, f"offer{k}": chair.offer}
        # What was heard last stands last, however many sessions others have heard of.
        found |= {f"heard{k}": chair.heard[-1]} if chair.heard else {}
    return {name: array.copy() for name, array in found.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_a_session_at_which_sides_talk_past_each_other_leaves_all_as_it_was_to_the_bit(kind: str) -> None:
    sessions = {name: session | {"mismatch": 0.5} for name, session in PLAIN.items()}
    scribe = Scribe()
    run_calendar(begin_course(make_setting(quarrel(sessions, kind=kind), (), 0, "lhs"), 0, [(0, 256)], scribe))
    moved = set()
    for before, after, apart in zip(scribe.before, scribe.after, scribe.apart, strict=True):
        assert np.any(apart)
        for name in before:
            same = (before[name] == after[name]) | (np.isnan(before[name]) & np.isnan(after[name]))
            assert np.all(same[..., apart]), name
            moved |= set() if np.all(same) else {name}
    assert {"going", "stop", "serious0", "serious1"} <= moved  # the control: elsewhere it does not


def test_none_ends_there_and_a_breakdown_waits_for_rounds_that_are_played() -> None:
    sessions = PLAIN | {"two": {"date": day(9), "mismatch": 1}}
    found = found_in(quarrel(sessions), 512)
    assert np.all(found.mismatch[found.held[:, 1], 1])
    assert not np.any(found.ended == 9)
    assert np.array_equal(found.held[:, 2], found.held[:, 1])
    # The control: where they do not, some end.
    assert np.any(found_in(quarrel(PLAIN), 512).ended == 9)


def test_who_sidesteps_makes_sides_talk_past_each_other_beside_what_else_does() -> None:
    envoys = {"x": {"party": "ann", "sidesteps": 0.3}, "y": {"party": "bob", "sidesteps": 0.5}}
    sessions = {
        "both": {"date": day(3), "mismatch": 0.2, "delegations": {"ann": "x", "bob": "y"}},
        "one": {"date": day(4), "delegations": {"bob": "y"}},
        "none": {"date": day(5)},
    }
    found = found_in(one_deal(calendar(9, sessions, envoys=envoys), ann={"no_deal": 100}), 4096)
    for k, p in enumerate((1 - 0.8 * 0.7 * 0.5, 0.5, 0.0)):
        assert abs(np.mean(found.mismatch[:, k]) - p) <= 4 * np.sqrt(p * (1 - p) / 4096)


def shares(result: TalksResult) -> dict[str, float]:
    """The share of each reason, all of them together 1."""
    found = {one.stop: one.p.estimate for one in result.reasons}
    assert sum(found.values()) == pytest.approx(1)
    assert sum(one.estimate for one in (result.p_agreement, result.missed, result.impossible)) == pytest.approx(1)
    assert found["agreed"] == result.p_agreement.estimate
    return found


def test_what_was_missed_and_what_was_impossible_are_told_apart_by_what_is_true() -> None:
    line = {"never": {"require": "deal != it", "firmness": 0.3}}
    scenario = one_deal(
        calendar(9, {"one": {"date": day(5), "mismatch": 0.5}}),
        ann={"no_deal": "20..100"},
        bob={"red_lines": line, "good_faith": 0.6},
        protocol={"rounds": 1, "order": ["ann", "bob"]},
    )
    n = 1024
    found, result = found_in(scenario, n), hold_talks(scenario, n_worlds=n)
    names = [".".join(path) for path in watched_paths(scenario)]
    ann, real, serious = (
        found.drawn[:, next(k for k, name in enumerate(names) if word in name)] for word in ("ann", "never", "serious")
    )
    zone = (ann <= 60) & (real == 0) & (serious == 1)
    apart = found.mismatch[:, 0]
    assert np.array_equal(found.ever, zone)
    assert result.missed.estimate == np.mean(zone & apart)
    assert result.impossible.estimate == np.mean(~zone)
    assert result.p_agreement.estimate == np.mean(zone & ~apart)
    assert shares(result) == {
        "agreed": np.mean(zone & ~apart),
        "bad_faith": np.mean(serious == 0),
        "no_zone": np.mean((serious == 1) & ~zone),
        "deadline": np.mean(zone & apart),
    }
    assert all(0 < share < 1 for share in shares(result).values())


def test_a_zone_that_closes_before_they_meet_again_was_missed_and_one_that_opens_after_was_never_there() -> None:
    for when, missed in ((5, 1), (4, 0)):
        events = {"turn": {"date": day(when), "effects": {"up": {"path": "parties.ann.no_deal", "set": 90}}}}
        talks = calendar(9, {"one": {"date": day(4), "mismatch": 1}, "two": {"date": day(6)}}, events=events)
        result = hold_talks(one_deal(talks), n_worlds=16)
        assert (result.missed.estimate, result.impossible.estimate) == (missed, 1 - missed)
        assert shares(result)["deadline" if missed else "no_zone"] == 1
    events = {"turn": {"date": day(7), "effects": {"down": {"path": "parties.ann.no_deal", "set": 20}}}}
    result = hold_talks(
        one_deal(calendar(9, {"one": {"date": day(4)}}, events=events), ann={"no_deal": 80}), n_worlds=16
    )
    assert result.impossible.estimate == 1


def test_where_the_last_offer_crossed_a_real_line_that_is_why() -> None:
    line = {"never": {"require": "deal != it", "firmness": 0.3}}
    both: Document = {"values": {"deal": {"it": 90, "less": 45}}}
    scenario = one_deal(
        calendar(9, {"one": {"date": day(5)}}),
        ann=both | {"tactic": {"holdout": {"level": 1}}},
        bob=both | {"red_lines": line},
        issues={"deal": {"title": "Deal", "options": ["it", "less"]}},
        protocol={"rounds": 1, "order": ["ann", "bob"]},
    )
    found, result = found_in(scenario, 256), hold_talks(scenario, n_worlds=256)
    real = found.drawn[:, 0] == 1
    assert shares(result) == {"agreed": np.mean(~real), "red_line": np.mean(real)}
    assert result.missed.estimate == np.mean(real)


def test_who_ratifies_at_home_may_reject_what_is_agreed() -> None:
    home = {"ratifiers": {"house": {"title": "House", "no_deal": "30..90", "values": {"deal": {"it": 60}}}}}
    scenario = one_deal(calendar(9, {"one": {"date": day(5)}, "two": {"date": day(6)}}), ann=home)
    found, result = found_in(scenario, 256), hold_talks(scenario, n_worlds=256)
    rejects = found.drawn[:, 0] > 60
    assert shares(result) == {"agreed": np.mean(~rejects), "rejected_at_home": np.mean(rejects)}
    assert found.agreed_at.tolist() == np.where(rejects, -1, 0).tolist()
    assert np.all(np.isnan(found.gain[rejects]))


@pytest.mark.parametrize(("bob", "had_zone"), [({}, True), ({"no_deal": 70}, False)])
def test_talks_that_are_over_before_anybody_meets_are_told_as_such_and_a_zone_is_looked_for_on_that_day(
    bob: Document, had_zone: bool
) -> None:
    # Before the deadline no deal is worth 50 to Ann, and the one deal 60; after it she would have no need of it.
    events = {"windfall": {"date": day(7), "effects": {"more": {"path": "parties.ann.no_deal", "set": 90}}}}
    talks = calendar(9, {"late": {"date": day(8)}}, deadline={"firm": {"date": day(5)}}, events=events)
    found = hold_talks(one_deal(talks, bob=bob), n_worlds=256)
    assert [reason.stop for reason in found.reasons if reason.p.estimate] == ["not_held"]
    assert (found.missed.estimate, found.impossible.estimate) == ((1.0, 0.0) if had_zone else (0.0, 1.0))


def test_where_only_a_session_on_other_matters_is_held_nobody_has_met_for_a_settlement() -> None:
    talks = calendar(9, {"aside": {"date": day(2), "agenda": ["deal"]}})
    found = hold_talks(one_deal(talks), n_worlds=16)
    assert [reason.stop for reason in found.reasons if reason.p.estimate] == ["not_held"]
    assert found.missed.estimate == 1.0


def test_under_a_quorum_a_zone_is_looked_for_whatever_lines_a_minority_holds() -> None:
    parties = {
        name: {"title": name.title(), "values": {"deal": {"it": 60}}, "no_deal": no_deal}
        for name, no_deal in (("ann", 40), ("bob", 70), ("eve", 80))
    }
    document = {
        "negsim": 1,
        "id": "quorum",
        "title": "Quorum",
        "issues": {"deal": {"title": "Deal", "options": ["it"]}},
        "parties": parties,
        "agreement": {"quorum": 2},
        "talks": calendar(9, {"one": {"date": day(2)}}),
    }
    # Two of three would have to want it, and only Ann does.
    assert hold_talks(scenario_of(document), n_worlds=16).impossible.estimate == 1.0
    parties["bob"]["no_deal"] = 50
    assert hold_talks(scenario_of(document), n_worlds=16).impossible.estimate == 0.0
