"""Calendars against the second model, world by world: tests/reference_talks.py."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsim.bargaining.stops import Stop
from negsim.scenario import Scenario
from negsim.scenario.bargaining import PROTOCOLS
from negsim.talks.found import Found
from tests.talks.calendars import AT_WAR, CALENDAR, calendar_of
from tests.talks.comparing import compare
from tests.talks.strategies import calendars


def some(found: Found, stop: Stop) -> bool:
    return bool(np.any(found.stop == stop))


def test_a_calendar_of_sessions_alone() -> None:
    found = compare(calendar_of(), 40)
    assert some(found, Stop.AGREED)
    assert some(found, Stop.BAD_FAITH)
    assert len(np.unique(found.agreed_at)) > 1


MISMATCH: dict[str, Any] = {
    "envoys": {
        "ulf": {"party": "upper", "tactic": {"time": {"exponent": "2..8"}}, "sidesteps": 0.3},
        "lea": {"party": "lower", "tactic": "relative_tit_for_tat"},
    },
    "tracks": {"elders": {"delegations": {"upper": "ulf"}}, "herders": {"delegations": {"lower": "lea"}}},
    "sessions": {
        "hall": {"date": "2026-01-05", "exchanges": 3, "track": "elders", "mismatch": "0..0.4"},
        "mill": {"date": "2026-01-05", "exchanges": 2, "track": "herders", "delegations": {"upper": "ulf"}},
        "monthly": {"every": 20, "from": "2026-01-25", "exchanges": 3, "track": "elders"},
    },
    "what_if": {
        "herders_lead": {"tracks": {"elders": "herders"}},
        "poorer": {"effects": {"poor": {"path": "parties.lower.no_deal", "multiply": 0.5}}},
    },
}


@pytest.mark.parametrize("what_if", ["", "herders_lead", "poorer"])
def test_delegations_that_talk_past_each_other_and_what_if(what_if: str) -> None:
    found = compare(calendar_of(MISMATCH), what_if=what_if)
    assert 0 < np.count_nonzero(found.mismatch) < np.count_nonzero(found.held)


EVENTS: dict[str, Any] = {
    "raids": {
        "rate": "0.05..0.3",
        "chance": "0.5..1",
        "unless_serious": {"upper": 0.4},
        "effects": {"loss": {"path": "parties.lower.no_deal", "add": "-6..-1", "fades": "5..30"}},
    },
    "counter_raids": {
        "rate": 0.1,
        "effects": {"loss": {"path": "parties.upper.no_deal", "multiply": "0.5..0.95", "fades": 20}},
    },
    "truce": {
        "date": "2026-01-15",
        "chance": 0.6,
        "effects": {"quiet": {"path": "talks.events.raids.rate", "multiply": 0, "lasts": "3..20"}},
    },
    "flood": {
        "every": 30,
        "from": "2026-01-10",
        "effects": {
            "wet": {"path": "parties.upper.no_deal", "set": "20..40", "lasts": 25},
            "mood": {"path": "parties.upper.good_faith", "add": -0.1},
        },
    },
    "talk_of_it": {
        "after": "hall",
        "delay": "2..8",
        "effects": {"firm": {"path": "parties.lower.red_lines.field.firmness", "set": 0.9, "fades": 10}},
    },
    "echo": {"after": "raids", "delay": 1, "chance": 0.5},
}
ANSWERS: dict[str, Any] = {
    "tit": {"after": "raids", "brings": "counter_raids", "chance": "0.2..0.9", "delay": "1..4"},
    "tat": {"after": "counter_raids", "brings": "raids", "chance": 0.5, "delay": 2},
}


@pytest.mark.parametrize("seed", [0, 1])
def test_events_their_effects_and_answers(seed: int) -> None:
    found = compare(calendar_of({"events": EVENTS, "reciprocity": ANSWERS}), seed=seed)
    assert np.all(np.any(found.struck > 0, axis=0))


@pytest.mark.parametrize(
    "deadline",
    [
        {"firm": {"date": "2026-03-10"}},
        {"extensible": {"date": "2026-02-10", "chance": "0.3..0.8", "by": 15, "times": 2}},
        {"extensible": {"date": "2026-03-20", "chance": 0.5, "by": 30, "times": 3}},
        {"hazard": {"mean": "20..80", "from": "2026-01-03"}},
    ],
)
@pytest.mark.parametrize("what_if", ["", "other"])
def test_deadlines(deadline: dict[str, Any], what_if: str) -> None:
    (kind,) = deadline
    changed = {
        "firm": {"path": "parties.upper.no_deal", "set": 50},
        "extensible": {"path": "talks.deadline.extensible.chance", "multiply": 0.5},
        "hazard": {"path": "talks.deadline.hazard.mean", "add": 10},
    }[kind]
    late = {"upper": {"tactic": {"time": {"exponent": 20}}}, "lower": {"tactic": {"time": {"exponent": 20}}}}
    talks = {"deadline": deadline, "what_if": {"other": {"effects": {"x": changed}}}}
    found = compare(calendar_of(talks, late), what_if=what_if)
    assert np.any(found.stop != Stop.AGREED)


PARTIAL: dict[str, Any] = {
    "sessions": {
        "hall": {"date": "2026-01-05", "exchanges": 2},
        "fair": {"date": "2026-01-12", "agenda": ["cattle"], "mismatch": "0.1..0.5"},
        "monthly": {"every": 15, "from": "2026-01-25", "exchanges": 2},
    },
    "partial_agreements": {
        "exchange": {
            "issue": "cattle",
            "to": "returned",
            "instead_of": "kept",
            "chance": "0.3..0.8",
            "unless_serious": {"upper": 0.2, "lower": 0.1},
            "in_return": {"upper": "0..12"},
            "effects": {"calm": {"path": "talks.events.raids.rate", "multiply": 0.2}},
        },
    },
    "events": EVENTS
    | {"feast": {"after": "exchange", "effects": {"x": {"path": "parties.upper.good_faith", "set": 1}}}},
    "reciprocity": ANSWERS,
}


def test_partial_agreements() -> None:
    found = compare(calendar_of(PARTIAL), 40)
    assert len(np.unique(found.concluded)) > 2


COUNSEL: dict[str, Any] = {
    "counsel": {
        "early": {
            "mediator": "wardens",
            "hears": "lower",
            "line": "parties.upper.red_lines.spring",
            "date": "2026-01-02",
            "bias": "0..1",
            "war_cost": "0..10",
        },
        "late": {
            "mediator": "wardens",
            "hears": "upper",
            "line": "parties.lower.red_lines.field",
            "session": "monthly",
            "bias": "0.2..1",
            "war_cost": 5,
        },
    }
}


def test_counsel() -> None:
    compare(calendar_of(COUNSEL), 40)


def test_counsel_on_a_line_of_one_of_two_others() -> None:
    middle = {
        "title": "Middle village",
        "demands": {"land": 5, "water": "shared", "cattle": "returned"},
        "no_deal": "10..30",
        "red_lines": {"wall": {"require": "land <= 9", "firmness": 0.5}},
    }
    compare(calendar_of(COUNSEL, {"middle": middle}), 40)


BATTLES: dict[str, Any] = {
    "events": {
        "battle": {"every": 7, "battle": "drawn"},
        "clash": {"rate": 0.2, "battle": "expected"},
        "reply": {"after": "battle", "battle": "drawn", "delay": "0..3"},
    },
    "reciprocity": {"again": {"after": "clash", "brings": "battle", "chance": 0.8, "delay": "1..7"}},
}
WAR = {
    "discount_rate": 0.05,
    "no_deal": {
        "war": {"win": 80, "lose": 10, "now": 30, "belief": {"a": "2..8", "b": 2}, "costs": {"blood": "5..15"}}
    },
}


def test_battles() -> None:
    found = compare(calendar_of(BATTLES, {"upper": WAR, "lower": WAR}, **AT_WAR))
    assert np.all(np.any(found.struck > 0, axis=0))
    assert len(np.unique(found.stop)) > 1


BREAKDOWN: dict[str, Any] = {
    "sessions": {
        "hall": {"date": "2026-01-05", "exchanges": 4, "mismatch": 0.3},
        "weekly": {"every": 7, "from": "2026-01-21", "exchanges": 2, "mismatch": 0.2},
    },
    "events": {
        "scandal": {
            "date": "2026-02-05",
            "chance": 0.7,
            "effects": {"tense": {"path": "protocol.breakdown", "multiply": "0.2..4"}},
        },
        "calm": {
            "after": "weekly",
            "chance": 0.2,
            "effects": {"x": {"path": "protocol.breakdown", "set": 0, "lasts": 9}},
        },
    },
}
SLOW = {"tactic": {"time": {"exponent": 9}}, "walks_out_below": 0}


@pytest.mark.parametrize("seen", [{}, {"observed": {"no_end": {"session": "hall"}}}])
def test_breakdowns_whose_chance_changes(seen: dict[str, Any]) -> None:
    document = calendar_of(BREAKDOWN | seen, {"upper": SLOW, "lower": SLOW}, protocol={"breakdown": "0.02..0.1"})
    found = compare(document, 40)
    assert 4 < np.count_nonzero(found.stop == Stop.BREAKDOWN) < 36


def test_parties_that_leave_once_they_believe_too_little() -> None:
    events = {
        "rumour": {"date": "2026-01-28", "effects": {"x": {"path": "parties.lower.walks_out_below", "set": 0.97}}}
    }
    sessions = CALENDAR["sessions"] | {"weekly": {"every": 7, "exchanges": 2, "mismatch": 0.5}}
    lower = SLOW | {"walks_out_below": "0.6..0.95"}
    found = compare(calendar_of({"events": events, "sessions": sessions}, {"upper": SLOW, "lower": lower}), 40)
    left = found.stop == Stop.WALK_OUT
    assert np.any(left & (found.ended < 27))
    assert np.any(left & (found.ended > 27))


AT_ONCE: dict[str, Any] = {
    "sessions": {
        "hall": {"date": "2026-01-05", "exchanges": 2},
        "mill": {"date": "2026-01-05", "exchanges": 2},
        "fair": {"date": "2026-01-05", "exchanges": 2},
        "monthly": {"every": 20, "from": "2026-01-25", "exchanges": 3},
    },
    "events": {
        "b_first": {"rate": 0.3, "effects": {"x": {"path": "parties.upper.no_deal", "add": 1}}},
        "a_echo": {"after": "b_first", "effects": {"x": {"path": "talks.events.c_later.chance", "multiply": 0.5}}},
        "c_later": {"after": "b_first", "chance": 0.9, "effects": {"x": {"path": "parties.upper.no_deal", "set": 45}}},
        "a_again": {"after": "c_later", "chance": 0.5},
        "d_evening": {"after": "hall", "effects": {"x": {"path": "parties.lower.no_deal", "set": 20}}},
        "a_night": {"after": "mill", "effects": {"x": {"path": "parties.lower.no_deal", "set": 60}}},
    },
}


def test_what_follows_on_the_same_day() -> None:
    found = compare(calendar_of(AT_ONCE))
    assert np.all(np.any(found.struck > 0, axis=0))


HOME = {"ratifiers": {"elders": {"title": "Elders", "red_lines": {"x": {"require": "land >= 6", "firmness": 0.4}}}}}


@pytest.mark.parametrize("kind", [kind for kind in PROTOCOLS if kind != "alternating_offers"])
@pytest.mark.parametrize("learns", ["learned", "fixed"])
def test_every_protocol_and_who_is_asked_at_home(kind: str, learns: str) -> None:
    talks = MISMATCH | {"observed": {"no_end": {"session": "hall"}}}
    compare(calendar_of(talks, {"upper": HOME}, protocol={"kind": kind, "beliefs": learns}), 16, seed=2)


OBSERVED: dict[str, Any] = PARTIAL | {
    "observed": {
        "no_end": {"session": "hall"},
        "swapped": {"partial": "exchange", "at": "fair"},
        "held": {"event": "truce", "happened": False},
        "counted": {"event": "counter_raids", "count": 3, "from": "2026-01-02", "until": "2026-01-18"},
        "asked": {
            "binomial": {"path": "talks.partial_agreements.exchange.chance", "hits": 2, "trials": 5},
            "date": "2026-01-19",
        },
    },
}


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize(("what_if", "mismatch"), [("", 0), ("", "0.1..0.6"), ("pause", 0)])
def test_what_was_seen(seed: int, what_if: str, mismatch: Any) -> None:
    quick = {name: {"tactic": {"time": {"exponent": "0.02..0.5"}}} for name in ("upper", "lower")}
    pause = {"effects": {"quiet": {"path": "talks.events.raids.rate", "multiply": 0}}}
    sessions = OBSERVED["sessions"] | {"hall": OBSERVED["sessions"]["hall"] | {"mismatch": mismatch}}
    talks = OBSERVED | {"sessions": sessions, "what_if": {"pause": pause}}
    found = compare(calendar_of(talks, quick), seed=seed, what_if=what_if)
    hall = found.seen[:, 0]
    # Worlds that would have agreed at the first session are out, unless its sides may have talked past each other.
    assert 0 < np.count_nonzero(hall < 0) < len(hall)
    assert np.all(np.isneginf(hall[hall < 0]) if mismatch == 0 else np.isfinite(hall))
    assert np.any(np.isfinite(np.sum(found.seen, axis=1)))


def test_what_was_counted_happened_whatever_the_chance() -> None:
    seen = {"counted": {"event": "raids", "count": 4, "from": "2026-01-02", "until": "2026-01-18"}}
    raids = EVENTS["raids"] | {"from": "2026-01-08", "until": "2026-02-20", "chance": 0.3}
    late = {"upper": SLOW, "lower": SLOW}
    found = compare(calendar_of({"events": {"raids": raids}, "observed": seen}, late))
    assert np.all(found.struck[:, 0] >= 4)


def test_what_was_counted_on_days_on_which_it_could_not_happen_fits_no_world() -> None:
    seen = {"counted": {"event": "raids", "count": 1, "from": "2026-01-02", "until": "2026-01-06"}}
    raids = EVENTS["raids"] | {"from": "2026-01-08"}
    found = compare(calendar_of({"events": {"raids": raids}, "observed": seen}), 8)
    assert np.all(np.isneginf(found.seen))


def test_an_answer_on_another_day_is_not_what_was_seen_of_a_date() -> None:
    truce = EVENTS["truce"] | {"date": "2026-01-10"}
    answers = {"again": {"after": "raids", "brings": "truce", "chance": 0.8}}
    seen = {"held": {"event": "truce", "happened": False}}
    talks = {"events": EVENTS | {"truce": truce}, "reciprocity": answers, "observed": seen}
    found = compare(calendar_of(talks))
    assert np.any(found.struck[:, sorted(EVENTS).index("truce")] > 0)


@settings(max_examples=30)
@given(calendars(), st.sampled_from(["", "else"]), st.integers(0, 3))
def test_any_small_calendar(scenario: Scenario, what_if: str, seed: int) -> None:
    compare(scenario, 4, what_if=what_if, seed=seed)


def test_what_was_agreed_early_fits_no_world_in_which_talks_were_over() -> None:
    quick = {name: {"tactic": {"time": {"exponent": 0.02}}, "good_faith": 1} for name in ("upper", "lower")}
    talks = PARTIAL | {"observed": {"swapped": {"partial": "exchange", "at": "fair"}}}
    found = compare(calendar_of(talks, quick), 8)
    over = found.stop == Stop.AGREED
    assert np.all(np.isneginf(found.seen[over & (found.ended < 11), 0]))
    assert np.all(found.ended < 11)


def test_bad_faith_is_that_of_the_day_on_which_talks_end() -> None:
    # What makes everybody serious is forgotten by the end of the calendar, but talks end before that.
    mood = {"path": "parties.upper.good_faith", "set": 1, "lasts": 20}
    events = {"fright": {"date": "2026-02-20", "effects": {"mood": mood}}}
    parties = {"upper": SLOW | {"good_faith": 0}, "lower": SLOW | {"good_faith": 1}}
    late = {"deadline": {"firm": {"date": "2026-03-01"}}, "events": events}
    assert not some(compare(calendar_of(late, parties), 8), Stop.BAD_FAITH)
    forgotten = {"events": events}
    assert some(compare(calendar_of(forgotten, parties), 8), Stop.BAD_FAITH)
