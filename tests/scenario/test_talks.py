"""What a calendar of talks means once it is read, that edits and bases reach it, and that it is read as it was written."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsim.errors import format_path
from negsim.scenario import Scenario, Tactic, loads, write
from negsim.scenario.codes import EXAMPLE_BASE
from negsim.scenario.differences import Differences, find_differences
from negsim.scenario.inventory import is_of_bargaining, list_quantities
from negsim.scenario.json_schema import json_schema
from negsim.scenario.quantities import NOTHING, Constant, Uniform
from negsim.scenario.reader import read_document
from negsim.scenario.talks import ALWAYS, Effect, Extensible, Firm, Session, Talks
from negsim.scenario.writer import to_plain
from tests.scenario.test_stakes import change_of
from tests.strategies import Document, documents, scenario_of
from tests.strategies_bargaining import bargained
from tests.strategies_stakes import stakes
from tests.strategies_talks import scheduled

HEAD = "talks:\n  start: 2026-02-01\n  horizon: 2026-06-30\n"
SESSIONS = "  sessions: {zurich: {date: 2026-02-17}, basel: {date: 2026-02-17}, weekly: {every: 7}}\n"
EVENTS = (
    "  events:\n"
    "    storm: {date: 2026-03-01, effects: {wet: {path: parties.buyer.no_deal, multiply: 0.5, fades: 10..20}}}\n"
    "    rain: {rate: 0.1..0.3}\n"
)
BOAT = EXAMPLE_BASE + HEAD + SESSIONS + EVENTS


def talks_of(scenario: Scenario) -> Talks:
    assert scenario.talks is not None
    return scenario.talks


def test_what_is_left_out_of_a_calendar_has_its_default() -> None:
    talks = talks_of(loads(EXAMPLE_BASE + HEAD + "  sessions: {first: {date: 2026-02-17}}\n"))
    first = Session("first", dt.date(2026, 2, 17))
    assert talks == Talks(dt.date(2026, 2, 1), dt.date(2026, 6, 30), dt.date(2026, 2, 1), (first,))
    assert (first.exchanges, first.mismatch, talks.deadline) == (None, NOTHING, None)
    assert loads(EXAMPLE_BASE).talks is None


def test_sessions_keep_the_order_of_the_file_and_all_else_that_of_its_ids() -> None:
    talks = talks_of(loads(BOAT))
    assert [session.id for session in talks.sessions] == ["zurich", "basel", "weekly"]
    assert [event.id for event in talks.events] == ["rain", "storm"]
    turned = BOAT.replace(EVENTS, "").replace("talks:\n", "talks:\n" + "".join(_last_first(EVENTS)))
    assert loads(turned) == loads(BOAT)


def _last_first(events: str) -> list[str]:
    head, storm, rain = events.splitlines(keepends=True)
    return [head, rain, storm]


def test_an_effect_has_one_operation_on_a_path() -> None:
    (storm,) = (event for event in talks_of(loads(BOAT)).events if event.id == "storm")
    path = ("parties", "buyer", "no_deal")
    assert storm.effects == (Effect("wet", path, "multiply", Constant(0.5), None, Uniform(10.0, 20.0)),)
    assert storm.chance == ALWAYS


def test_a_level_is_written_the_shortest_way_in_a_path_and_in_a_partial_agreement() -> None:
    block = (
        "  events: {storm: {date: 2026-03-01, effects: {wet: {path: parties.buyer.values.price.80.0, set: 40}}}}\n"
        "  partial_agreements: {half: {issue: price, to: 50.0, instead_of: 100}}\n"
    )
    text = BOAT.replace(EVENTS, block).replace("{title: Buyer", "{values: {price: {80: 20..30}}, title: Buyer")
    talks = talks_of(loads(text))
    assert format_path(talks.events[0].effects[0].path) == "parties.buyer.values.price.80"
    assert (talks.partial_agreements[0].to, talks.partial_agreements[0].instead_of) == ("50", "100")
    assert talks_of(loads(write(loads(text)))) == talks


def test_every_number_of_a_calendar_is_a_quantity_that_can_be_set() -> None:
    scenario = loads(BOAT)
    found = [named for named in list_quantities(scenario) if named.path[0] == "talks"]
    assert {format_path(named.path) for named in found} == {
        *(f"talks.sessions.{session}.mismatch" for session in ("zurich", "basel", "weekly")),
        *(f"talks.events.{event}.chance" for event in ("storm", "rain")),
        "talks.events.storm.effects.wet.multiply",
        "talks.events.storm.effects.wet.fades",
        "talks.events.rain.rate",
    }
    for named in found:
        assert is_of_bargaining(named.path)
        changed = loads(BOAT, overrides=[f"{format_path(named.path)}=1"])
        held = {item.path: item.quantity for item in list_quantities(changed)}
        assert held[named.path] == Constant(1.0)


def test_a_parameter_of_an_envoy_may_be_set_even_where_its_tactic_stands_as_its_name_alone() -> None:
    text = BOAT + "  envoys: {ann: {party: seller, tactic: time}}\n"
    (ann,) = talks_of(loads(text, overrides=["talks.envoys.ann.tactic.time.exponent=3"])).envoys
    assert ann.tactic == Tactic("time", (("exponent", Constant(3.0)), ("start", Constant(1.0))))


@given(scheduled(bargained(documents(max_issues=2)) | stakes(max_issues=2)))
def test_any_calendar_is_read_back_as_it_was_written(document: Document) -> None:
    scenario = scenario_of(document)
    assert scenario.talks is not None
    assert loads(write(scenario)) == scenario
    assert find_differences(scenario, loads(write(scenario))) == Differences((), (), (), 0)
    assert not list(SCHEMA.iter_errors(read_document(write(scenario), "x").tree))


BOATS = scheduled(st.builds(lambda: read_document(EXAMPLE_BASE, "boat").tree))


@given(BOATS, BOATS)
def test_calendars_differ_somewhere_unless_they_are_equal(one: Document, other: Document) -> None:
    before, after = scenario_of(one), scenario_of(other)
    differences = find_differences(before, after)
    same_order = [s.id for s in talks_of(before).sessions] == [s.id for s in talks_of(after).sessions]
    assert not same_order or (differences.any_figure or differences.n_texts > 0) == (before != after)


def test_of_calendars_a_venue_or_a_title_is_text_and_a_day_is_not() -> None:
    before = loads(BOAT)
    told = loads(BOAT, overrides=["talks.sessions.zurich.venue=Here", "talks.events.storm.title=A storm"])
    assert find_differences(before, told) == Differences((), (), (), 2)
    moved = find_differences(before, loads(BOAT, overrides=["talks.sessions.zurich.date=2026-02-18"]))
    ((path, was, now),) = ((item.path, item.before, item.after) for item in moved.changed)
    assert (path, was, now) == (("talks", "sessions", "zurich", "date"), "2026-02-17", "2026-02-18")


def test_a_base_is_changed_key_by_key_but_for_the_deadline_an_effect_and_what_was_observed(tmp_path: Path) -> None:
    base = (
        BOAT
        + "  now: 2026-03-31\n  deadline: {extensible: {date: 2026-05-01, chance: 0.5, by: 30}}\n"
        + "  observed: {seen: {event: rain, count: 3, from: 2026-02-01, until: 2026-03-01}}\n"
    )
    change = (
        "talks:\n  deadline: {firm: {date: 2026-06-01}}\n"
        "  sessions: {zurich: {venue: Here}, basel: null}\n"
        "  events: {storm: {effects: {wet: {path: parties.seller.no_deal, add: 3}}}, rain: {until: 2026-05-01}}\n"
        "  observed: {seen: {session: zurich}}\n"
    )
    talks = talks_of(change_of(tmp_path, base, change))
    assert talks.deadline == Firm(dt.date(2026, 6, 1))
    assert [(item.id, item.venue) for item in talks.sessions] == [("zurich", "Here"), ("weekly", "")]
    rain, storm = talks.events
    assert (rain.rate, rain.end) == (Uniform(0.1, 0.3), dt.date(2026, 5, 1))
    assert storm.effects == (Effect("wet", ("parties", "seller", "no_deal"), "add", Constant(3.0)),)
    assert (talks.observed[0].session, talks.observed[0].count) == ("zurich", None)
    same = talks_of(change_of(tmp_path, base, "talks: {horizon: 2026-07-31}"))
    assert same.deadline == Extensible(dt.date(2026, 5, 1), Constant(0.5), 30)
    assert change_of(tmp_path, base, "talks: null") == loads(EXAMPLE_BASE)


def test_what_has_its_default_is_not_written() -> None:
    text = (
        BOAT
        + "  now: 2026-02-01\n  tracks: {}\n  deadline: {extensible: {date: 2026-05-01, chance: 1, by: 9, times: 1}}\n"
    )
    plain = to_plain(loads(text))["talks"]
    assert list(plain) == ["start", "horizon", "sessions", "deadline", "events"]  # type: ignore[arg-type]
    assert plain["deadline"] == {"extensible": {"date": "2026-05-01", "chance": 1, "by": 9}}  # type: ignore[index, call-overload]


SCHEMA = jsonschema.Draft7Validator(json_schema())


def underlined(block: str) -> bool:
    return not SCHEMA.is_valid(read_document(f"negsim: 1\nbase: x.yaml\ntalks: {{{block}}}", "x").tree)


@pytest.mark.parametrize(
    "block",
    [
        "start: 2026-02-01, now: null, sessions: {first: null, second: {date: 2026-02-17, agenda: [x]}}",
        "sessions: {weekly: {every: 7, from: 2026-03-01, until: 2026-04-01, format: shuttle, mismatch: 0.1..0.2}}",
        "deadline: {hazard: {mean: 30..90, from: 2026-03-01}}",
        "events: {storm: {rate: 0.1, effects: {wet: {path: x.y, set: {same: a.b}, lasts: 3}}, battle: drawn}}",
        "partial_agreements: {swap: {issue: x, to: 3, instead_of: z, in_return: {a: 1..2}}}",
        "observed: {a: {event: x, count: 0, from: 2026-02-01}, b: {binomial: {path: x, hits: 0, trials: 1}}}",
        "what_if: {swap: {tracks: {a: b}, effects: {x: {path: z, add: 1}}}}",
    ],
)
def test_an_editor_underlines_nothing_in_what_is_right(block: str) -> None:
    assert not underlined(block)


@pytest.mark.parametrize(
    "block",
    [
        "start: soon",
        "sessions: {weekly: {every: 0}}",
        "sessions: {weekly: {start: 2026-03-01}}",
        "sessions: {first: {format: alone}}",
        "deadline: {soft: {date: 2026-03-01}}",
        "events: {storm: {rate: often}}",
        "events: {storm: {battle: lost}}",
        "events: {storm: {effects: {wet: {path: x, subtract: 1}}}}",
        "observed: {a: {binomial: {path: x, hits: -1, trials: 1}}}",
        "observed: {a: {happened: maybe}}",
        "talk: {}",
    ],
)
def test_an_editor_underlines_what_is_wrong(block: str) -> None:
    assert underlined(block)
