"""Mediation (Kydd 2003), from the file to what is proposed: only a mediator on your side is believed."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena
from negsim.bargaining.stops import Stop
from negsim.bargaining.talk import Turn
from negsim.scenario import Scenario
from negsim.talks import Happening, hold_talks, tell_story
from negsim.talks.calendar import run_calendar
from negsim.talks.course import Course, begin_course
from negsim.talks.setting import make_setting
from negsim.talks.standing import Standing
from tests.strategies import Document, scenario_of
from tests.talks.small import calendar, day, found_in

FIRMNESS, SAFE, ALL = 0.75, 6, 10

COUNSEL: Document = {"mediator": "med", "hears": "ann", "line": "parties.bob.red_lines.enough"}


def pie(counsel: Document | None, *, sessions: Document | None = None, bob: object = 0, **more: object) -> Scenario:
    """Ann asks for the most that she may; of what is beyond 6 of 10 Bob says that he would rather have no deal."""
    parties = {
        "ann": {"values": {"pie": {0: 0, 10: 100}}, "tactic": {"holdout": {"level": 1}}, "no_deal": 20},
        "bob": {
            "values": {"pie": {0: 100, 10: 0}},
            "tactic": {"holdout": {"level": bob}},
            "no_deal": 0,
            "red_lines": {"enough": {"require": f"pie <= {SAFE}", "firmness": FIRMNESS}},
        },
    }
    told = (
        {}
        if counsel is None
        else {"counsel": {"word": COUNSEL | (counsel if "session" in counsel else {"date": day(4)} | counsel)}}
    )
    return scenario_of(
        {
            "negsim": 1,
            "id": "pie",
            "title": "Pie",
            "issues": {"pie": {"title": "Ann's share", "scale": "0..10", "step": 1}},
            "parties": {
                name: {"title": name.title(), "priorities": {"pie": 1}} | party for name, party in parties.items()
            }
            | {"med": {"title": "Med", "role": "mediator"}},
            "protocol": {"rounds": 1, "order": ["ann", "bob"], "beliefs": "fixed"},
            "talks": calendar(9, sessions or {"one": {"date": day(5)}}, **told, **more),
        }
    )


class Ears:
    """Writes down what is believed of Bob's line when a session begins, and what Ann asks for."""

    def __init__(self) -> None:
        self.believed: list[NDArray[np.float64]] = []
        self.real: list[NDArray[np.bool_]] = []
        self.asked: list[NDArray[np.intp]] = []

    def looks(self, *_: object) -> None:
        """Nothing changes."""

    def happened(self, *_: object) -> None:
        """All that happens is counsel."""

    def sits_down(self, course: Course, standing: Standing, arena: Arena) -> None:
        assert course.talk is not None
        self.believed.append(course.talk.beliefs[1].real[:, 0].copy())
        self.real.append(standing.wishes.real[1][course.talk.world, 0])

    def hears(self, turn: Turn) -> None:
        if turn.speaker == 0:
            self.asked.append(turn.deal.copy())

    def learns(self, course: Course) -> None:
        """Nobody learns."""

    def met(self, *_: object) -> None:
        """Sessions are looked at as they begin."""


def heard(scenario: Scenario) -> Ears:
    ears = Ears()
    run_calendar(begin_course(make_setting(scenario, (), 0, "lhs"), 0, [(0, 256)], ears))
    return ears


@pytest.mark.parametrize("word", [{"bias": 0.5}, {"bias": 0.5, "war_cost": 24}, {"bias": 0.5, "session": "one"}])
def test_who_is_on_your_side_is_believed_and_has_you_press_on_a_bluff_and_on_nothing_else(word: Document) -> None:
    # Pressing on a bluff gains 40 points; half of that is more than 24 times a firmness of 0.75, and less than 28 times that.
    ears = heard(pie(word))
    real = ears.real[0]
    assert np.any(real)
    assert np.any(~real)
    assert np.array_equal(ears.believed[0], np.where(real, 1.0, 0.0))
    assert np.array_equal(ears.asked[0], np.where(real, SAFE, ALL))
    found = found_in(pie(word))
    assert np.all(found.stop == Stop.AGREED)
    assert np.array_equal(found.choice[:, 0], np.where(real, SAFE, ALL))


@pytest.mark.parametrize("word", [{"bias": 0}, {"bias": -0.5}, {"bias": 0.5, "war_cost": 28}, None])
def test_who_is_not_or_fears_war_too_much_is_not(word: Document | None) -> None:
    ears = heard(pie(word))
    assert np.array_equal(ears.believed[0], np.full(256, FIRMNESS))
    assert np.array_equal(ears.asked[0], np.full(256, SAFE))


def test_50_an_unbiased_mediator_changes_nothing_at_all() -> None:
    without, unbiased, biased = (
        found_in(pie(word)) for word in (None, {"bias": 0, "war_cost": "0..10"}, {"bias": 0.5})
    )
    differs = []
    for field in fields(without):
        one, *others = (getattr(found, field.name) for found in (without, unbiased, biased))
        if field.name == "drawn":  # what the mediator fears is drawn beside all else
            continue
        assert np.array_equal(one, others[0], equal_nan=one.dtype.kind == "f"), field.name
        differs += [field.name] if not np.array_equal(one, others[1], equal_nan=one.dtype.kind == "f") else []
    assert "choice" in differs  # the control
    results = [hold_talks(pie(word), n_worlds=256) for word in (None, {"bias": 0})]
    assert results[0] == results[1]


def test_counsel_counts_from_the_first_session_after_its_day() -> None:
    sessions = {name: {"date": day(number)} for name, number in (("one", 3), ("two", 4), ("three", 5))}
    # Bob takes nothing that he has not asked for, so that all goes on.
    ears = heard(pie({"bias": 1}, sessions=sessions, bob=1))
    assert np.all(ears.believed[0] == FIRMNESS)
    for believed, real in zip(ears.believed[1:], ears.real[1:], strict=True):
        assert np.array_equal(believed, np.where(real, 1.0, 0.0))


def test_counsel_at_a_session_that_settles_nothing_counts_from_the_next_one() -> None:
    sessions = {"one": {"date": day(3)}, "aside": {"date": day(4), "agenda": ["pie"]}, "three": {"date": day(5)}}
    ears = heard(pie({"session": "aside", "bias": 1}, sessions=sessions, bob=1))
    assert np.all(ears.believed[0] == FIRMNESS)
    assert np.array_equal(ears.believed[1], np.where(ears.real[1], 1.0, 0.0))


def test_of_counsel_after_talks_are_over_nobody_hears() -> None:
    ears = heard(pie({"bias": 1, "date": day(6)}))
    assert len(ears.believed) == 1
    assert np.all(ears.believed[0] == FIRMNESS)


@pytest.mark.parametrize("bias", [0, 0.5])
def test_the_story_of_a_world_says_what_was_told_and_whether_it_was_believed(bias: float) -> None:
    scenario = pie({"bias": bias})
    real = heard(scenario).real[0]
    for world in (int(np.argmax(real)), int(np.argmin(real))):
        (told,) = (one for one in tell_story(scenario, world=world).entries if isinstance(one, Happening))
        assert (told.kind, told.id, told.day.isoformat()) == ("counsel", "word", day(5))
        assert ("is believed" in told.word) == bool(bias)
        assert ("a bluff" in told.word) == (bool(bias) and not real[world])
