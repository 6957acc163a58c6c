"""Worlds do not depend on each other, nor on how many there are, who works on them, or what is beside the point."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from negsim.bargaining.stops import Stop
from negsim.errors import UsageError
from negsim.scenario import Scenario
from negsim.talks import DEFAULT_WORLDS, can_hold_talks, hold_talks, tell_story
from negsim.talks.found import Found
from tests.strategies import Document, scenario_of
from tests.talks.small import calendar, day, found_in, one_deal


def busy(**more: Any) -> Document:
    """A calendar of a bit of everything."""
    talks: Document = {
        "start": day(0),
        "horizon": day(80),
        "now": day(20),
        "envoys": {"fox": {"party": "ann", "tactic": {"time": {"exponent": "1..6"}}, "sidesteps": "0.1..0.3"}},
        "tracks": {"front": {"delegations": {"ann": "fox"}}, "back": {}},
        "sessions": {
            "first": {"date": day(8), "track": "front", "exchanges": 3},
            "aside": {"date": day(15), "agenda": ["extra"]},
            "later": {"every": 9, "from": day(22), "track": "front", "exchanges": 2, "mismatch": "0..0.3"},
        },
        "deadline": {"extensible": {"date": day(50), "chance": "0.2..0.7", "by": 15, "times": 2}},
        "events": {
            "raid": {
                "rate": "0.05..0.2",
                "effects": {
                    "hurt": {"path": "parties.bob.no_deal", "add": "-5..-1", "fades": 15},
                    "fury": {"path": "talks.events.raid.rate", "multiply": 1.2, "lasts": 3},
                },
            },
            "truce": {"date": day(12), "chance": "0.3..0.8", "unless_serious": {"bob": 0.1}},
            "riposte": {},
        },
        "reciprocity": {"tit": {"after": "raid", "brings": "riposte", "chance": 0.4, "delay": "1..4"}},
        "partial_agreements": {"step": {"issue": "extra", "to": "new", "instead_of": "old", "chance": "0.3..0.9"}},
        "counsel": {
            "word": {
                "mediator": "med",
                "hears": "ann",
                "line": "parties.bob.red_lines.low",
                "date": day(25),
                "bias": "0..1",
            }
        },
        "observed": {
            "failed": {"session": "first"},
            "raids": {"event": "raid", "count": 2, "from": day(0), "until": day(10)},
        },
        "what_if": {"calm": {"effects": {"quiet": {"path": "talks.events.raid.rate", "multiply": 0}}}},
    }
    for key, value in more.items():
        talks[key] = talks[key] | value
    return talks


def scenario(**more: Any) -> Scenario:
    party: Document = {"priorities": {"pie": "4..8", "extra": 1}, "good_faith": 0.9}
    return scenario_of(
        {
            "negsim": 1,
            "id": "busy",
            "title": "Busy",
            "issues": {
                "pie": {"title": "Pie", "scale": "0..10", "step": 1},
                "extra": {"title": "Extra", "options": ["old", "new"]},
            },
            "parties": {
                "ann": party
                | {
                    "title": "Ann",
                    "values": {"pie": {0: 0, 10: 100}, "extra": {"old": 0, "new": 50}},
                    "no_deal": "20..50",
                },
                "bob": party
                | {
                    "title": "Bob",
                    "values": {"pie": {0: 100, 10: 0}, "extra": {"old": 40, "new": "30..60"}},
                    "no_deal": "20..60",
                    "red_lines": {"low": {"require": "pie <= 7", "firmness": "0.4..0.9"}},
                },
                "med": {"title": "Med", "role": "mediator"},
            },
            "protocol": {"rounds": 4, "breakdown": 0.01},
            "talks": busy(**more),
        }
    )


def assert_same(one: Found, other: Found, *, first: int | None = None, without: Collection[str] = ()) -> None:
    for field in fields(Found):
        if field.name not in without:
            a, b = (getattr(found, field.name)[:first] for found in (one, other))
            assert np.array_equal(a, b, equal_nan=a.dtype.kind == "f"), field.name


def test_two_workers_find_what_one_does_to_the_bit() -> None:
    done: list[tuple[int, int]] = []
    alone = hold_talks(scenario(), n_worlds=600, what_if=("calm",), on_progress=lambda *how: done.append(how))
    assert alone == hold_talks(scenario(), n_worlds=600, what_if=("calm",), n_jobs=2)
    assert done[-1] == (600, 600)
    assert [now for now, _ in done] == sorted({now for now, _ in done})
    assert alone != hold_talks(scenario(), n_worlds=600, what_if=("calm",), seed=1)  # the control


@pytest.mark.parametrize("sampler", ["random", "lhs", "sobol"])
def test_a_run_is_the_beginning_of_a_longer_one(sampler: str) -> None:
    longer = found_in(scenario(), 600, sampler=sampler)
    for n in (512, 300, 1):
        assert_same(found_in(scenario(), n, sampler=sampler), longer, first=n)
    assert 0 < np.mean(longer.stop == Stop.AGREED) < 1
    assert np.any(longer.ended != found_in(scenario(), 600, sampler=sampler, seed=1).ended)  # the control


def test_each_sampler_finds_the_same_within_its_error() -> None:
    results = [hold_talks(scenario(), n_worlds=2048, sampler=sampler) for sampler in ("random", "lhs", "sobol")]
    for one in results:
        for other in results:
            assert one.p_agreement.low <= other.p_agreement.high
            assert abs(one.events[0].mean - other.events[0].mean) < 0.5


def test_a_world_that_is_told_is_the_one_that_was_counted() -> None:
    found = found_in(scenario(), 300)
    weight = np.exp(found.seen.sum(axis=1))
    told = [*[world for world in range(300) if weight[world] > 0][:4], 280]
    for world in told:
        story = tell_story(scenario(), world=world)
        assert story.stop == Stop(found.stop[world]).word
        assert (story.day - story.start).days == found.ended[world]


def test_an_event_that_touches_nothing_changes_nothing() -> None:
    more = scenario(events={"zzz": {"rate": "0.1..0.4"}, "aaa": {"every": 3}})
    one, other = found_in(scenario()), found_in(more)
    assert_same(one, other, without=("struck", "drawn"))
    assert np.array_equal(one.struck, other.struck[:, 1:-1])
    assert np.any(other.struck[:, -1])
    # The control: one that touches something does.
    effects = {"x": {"path": "parties.ann.no_deal", "add": 5}}
    touched = found_in(scenario(events={"zzz": {"date": day(30), "effects": effects}}))
    assert not np.array_equal(one.stop, touched.stop)


def test_a_constant_made_a_range_leaves_what_else_is_drawn() -> None:
    # A chance of 0.4 becomes one that is drawn from hardly around it.
    ranged = {"tit": {"after": "raid", "brings": "riposte", "chance": "0.3999999..0.4000001", "delay": "1..4"}}
    assert_same(found_in(scenario()), found_in(scenario(reciprocity=ranged)), without=("drawn",))


def test_what_is_done_to_no_end_by_a_what_if_is_no_change() -> None:
    nothing = {"nothing": {"effects": {"same": {"path": "parties.ann.no_deal", "add": 0}}}}
    assert_same(found_in(scenario(what_if=nothing)), found_in(scenario(what_if=nothing), what_if="nothing"))


def test_only_a_scenario_with_a_calendar_and_two_to_sign_can_hold_talks() -> None:
    full = scenario()
    assert can_hold_talks(full)
    assert not can_hold_talks(replace(full, talks=None))
    assert not can_hold_talks(replace(full, parties=full.parties[1:]))
    assert DEFAULT_WORLDS == 4096


@pytest.mark.parametrize(
    ("what_ifs", "asked", "say"),
    [
        ({}, "calm", "the scenario has no what-if 'calm'; it has none"),
        ({"calm": {"tracks": {"front": "back"}}}, "clam", "the scenario has no what-if 'clam'; did you mean 'calm'"),
        ({"calm": {"tracks": {"front": "back"}}}, "storms", "the scenario has no what-if 'storms'; known here: calm"),
    ],
)
def test_a_what_if_that_is_not_there_is_named(what_ifs: Document, asked: str, say: str) -> None:
    tracks: Document = {"front": {}, "back": {}}
    talks = calendar(9, {"one": {"date": day(5)}}, tracks=tracks, what_if=what_ifs)
    with pytest.raises(UsageError, match=re.escape(say)):
        hold_talks(one_deal(talks), n_worlds=1, what_if=(asked,))


def test_without_a_calendar_there_are_no_talks_to_hold() -> None:
    with pytest.raises(UsageError, match="busy has no talks"):
        hold_talks(replace(scenario(), talks=None), n_worlds=1)


def test_of_very_many_outcomes_those_come_up_that_can_be_agreed_and_how_much_they_cover_is_told() -> None:
    # Six issues of six options each are 46,656 outcomes; of each, one party likes what the other does not.
    names = [f"i{k}" for k in range(6)]
    parties = {
        party: {
            "title": party.title(),
            "priorities": dict.fromkeys(names, "1..3"),
            "values": {name: {f"o{k}": 20 * (k if party == "ann" else 5 - k) for k in range(6)} for name in names},
            "no_deal": "30..60",
        }
        for party in ("ann", "bob")
    }
    many = scenario_of(
        {
            "negsim": 1,
            "id": "many",
            "title": "Many",
            "issues": {
                name: {"title": name, "kind": "ordered", "options": [f"o{k}" for k in range(6)]} for name in names
            },
            "parties": parties,
            "talks": calendar(9, {"one": {"date": day(5), "exchanges": 3}, "two": {"date": day(7), "exchanges": 3}}),
        }
    )
    found, result = found_in(many, 256), hold_talks(many, n_worlds=256)
    assert result.n_outcomes == 6**6
    assert result.n_deals <= 512
    assert result.coverage is not None
    assert not np.any(found.covered & ~found.ever)
    assert result.coverage.estimate == np.mean(found.covered[found.ever])
    assert np.all(found.covered[found.stop == Stop.AGREED])
    assert 0 < np.mean(found.ever) < 1


def test_what_has_been_settled_already_needs_no_more_days() -> None:
    # Worlds that have all agreed by day 5 are as they are whether the calendar goes on for a week or for years.
    for last in (12, 700):
        talks = calendar(last, {"one": {"date": day(5)}, "more": {"every": 7, "from": day(6)}})
        found = found_in(one_deal(talks), 8)
        assert found.ended.tolist() == [5] * 8
