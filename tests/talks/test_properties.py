"""Any calendar runs, and what it finds hangs together."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from negsim.bargaining.stops import Stop
from negsim.errors import UsageError
from negsim.model.estimates import Estimate
from negsim.scenario import Scenario
from negsim.scenario.bargaining import PROTOCOLS
from negsim.talks import TalksResult, hold_talks
from tests.strategies import Document, scenario_of
from tests.talks.small import as_could_be, day, found_in

LAST = 30
PATHS = (
    "parties.ann.no_deal",
    "parties.bob.no_deal",
    "parties.bob.good_faith",
    "parties.bob.red_lines.low.firmness",
    "protocol.breakdown",
    "talks.events.raid.rate",
    "talks.events.truce.chance",
    "talks.sessions.series.mismatch",
)

days = st.integers(0, LAST)
chances = st.sampled_from([0, 0.3, "0.2..0.9", 1])


@st.composite
def effects(draw: st.DrawFn) -> Document:
    made: Document = {}
    for name in draw(st.lists(st.sampled_from(["x", "y"]), unique=True)):
        path = draw(st.sampled_from(PATHS))
        operation, amount = draw(
            st.sampled_from([("add", -20), ("add", "0.1..30"), ("multiply", 0.5), ("multiply", 0)])
        )
        duration: Document = draw(st.sampled_from([{}, {"lasts": "1..6"}, {"fades": 4}]))
        made[name] = {"path": path, operation: amount, **duration}
    return made


@st.composite
def calendars(draw: st.DrawFn) -> Document:
    """A calendar of a month, over the parties below."""
    now = draw(days)
    event: dict[str, Any] = {"effects": draw(effects())}
    talks: Any = {
        "start": day(0),
        "horizon": day(LAST),
        "now": day(now),
        "envoys": {"fox": {"party": "ann", "tactic": draw(st.sampled_from(["time", "stalling", "zeuthen"]))}},
        "tracks": {"front": {"delegations": {"ann": "fox"}}, "back": {}},
        "sessions": {
            "one": {"date": day(draw(days)), "mismatch": draw(chances), "exchanges": draw(st.integers(1, 3))},
            "series": {"every": draw(st.integers(2, 9)), "track": draw(st.sampled_from(["front", "back"])), "mismatch": 0.3},
            "aside": {"date": day(draw(days)), "agenda": ["extra"]},
        },
        "events": {
            "raid": {"rate": draw(st.sampled_from([0, 0.3, "0.1..2"])), "chance": draw(chances), **event},
            "truce": {"date": day(draw(days)), "chance": draw(chances), "unless_serious": {"bob": 0.2}, "effects": draw(effects())},
            "tide": {"every": draw(st.integers(1, 9)), "effects": draw(effects())},
            "echo": {"after": draw(st.sampled_from(["one", "series", "aside", "raid", "step"])), "delay": draw(st.sampled_from([0, "1..5"]))},
        },
        "reciprocity": {"tit": {"after": "raid", "brings": draw(st.sampled_from(["raid", "truce", "tide"])), "chance": 0.4, "delay": "1..3"}},
        "partial_agreements": {"step": {"issue": "extra", "to": "new", "instead_of": "old", "chance": draw(chances), "effects": draw(effects())}},
        "counsel": {"word": {"mediator": "med", "hears": "ann", "line": "parties.bob.red_lines.low", "date": day(draw(days)), "bias": 0.5}},
        "what_if": {"other": {"tracks": {"front": "back"}, "effects": draw(effects())}},
    }  # fmt: skip
    deadline = draw(
        st.sampled_from(
            [
                None,
                {"firm": {"date": day(draw(days))}},
                {"hazard": {"mean": "5..50", "from": day(draw(days))}},
                {"extensible": {"date": day(draw(days)), "chance": 0.5, "by": draw(st.integers(1, 20)), "times": 2}},
            ]
        )
    )
    if deadline is not None:
        talks["deadline"] = deadline
    talks["observed"] = draw(_seen(talks, now))
    return talks


@st.composite
def _seen(draw: st.DrawFn, talks: Document, now: int) -> Document:
    seen: Document = {}
    if talks["sessions"]["one"]["date"] <= day(now) and draw(st.booleans()):
        seen["failed"] = {"session": "one"}
    if talks["events"]["truce"]["date"] <= day(now) and draw(st.booleans()):
        seen["truce"] = {"event": "truce", "happened": draw(st.booleans())}
    if draw(st.booleans()):
        first = draw(st.integers(0, now))
        seen["raids"] = {"event": "raid", "count": draw(st.integers(0, 4)), "from": day(first), "until": day(now)}
    if draw(st.booleans()):
        seen["step"] = {"partial": "step"}
    if draw(st.booleans()):
        path = draw(st.sampled_from(["parties.bob.good_faith", "talks.events.truce.chance"]))
        seen["trials"] = {"binomial": {"path": path, "hits": 1, "trials": 3}, "date": day(draw(st.integers(0, now)))}
    return seen


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    party: Document = {"priorities": {"pie": 5, "extra": 1}, "no_deal": "10..60", "walks_out_below": 0.05}
    values: dict[str, Any] = {
        "ann": {"pie": {0: 0, 4: 100}, "extra": {"old": 0, "new": 50}},
        "bob": {"pie": {0: 100, 4: 0}, "extra": {"old": 40, "new": 60}},
    }
    more: Document = {
        "bob": {"good_faith": 0.7, "red_lines": {"low": {"require": "pie <= 2", "firmness": 0.6}}},
        "ann": {},
    }
    document: Document = {
        "negsim": 1,
        "id": "any",
        "title": "Any",
        "issues": {
            "pie": {"title": "Pie", "scale": "0..4", "step": 1},
            "extra": {"title": "Extra", "options": ["old", "new"]},
        },
        "parties": {
            **{name: party | {"title": name.title(), "values": values[name]} | more[name] for name in ("ann", "bob")},
            "med": {"title": "Med", "role": "mediator"},
        },
        "protocol": {
            "kind": draw(st.sampled_from(PROTOCOLS)),
            "rounds": draw(st.integers(1, 3)),
            "breakdown": 0.02,
        },
        "talks": draw(calendars()),
    }
    return as_could_be(lambda: scenario_of(document))


def run(scenario: Scenario) -> TalksResult:
    told = ""
    try:
        return hold_talks(scenario, n_worlds=24, what_if=("other",))
    except UsageError as error:
        told = str(error)
    assert "worlds fits what was seen" in told
    return reject()


def is_probability(p: Estimate | None) -> bool:
    return p is None or -1e-12 <= p.low <= p.estimate + 1e-12 <= p.high + 2e-12 <= 1 + 3e-12


@settings(max_examples=80, deadline=None)
@given(scenarios())
def test_any_calendar_runs_and_what_it_finds_hangs_together(scenario: Scenario) -> None:
    result = run(scenario)
    close = 1e-9
    assert abs(sum(one.p.estimate for one in result.reasons) - 1) < close
    assert abs(sum(p.estimate for p in (result.p_agreement, result.missed, result.impossible)) - 1) < close
    for days in (result.by_day, result.what_ifs[0].by_day):
        ps = [one.p_agreement.estimate for one in days]
        assert ps == sorted(ps)
    assert abs(result.by_day[-1].p_agreement.estimate - result.p_agreement.estimate) < close
    assert abs(result.what_ifs[0].by_day[-1].p_agreement.estimate - result.what_ifs[0].p_agreement.estimate) < close
    assert [one.day for one in result.sessions] == sorted(one.day for one in result.sessions)
    held = [one.p_held.estimate for one in result.sessions]
    assert all(later <= earlier + close for earlier, later in pairwise(held))
    assert abs(sum(one.p_agreed.estimate for one in result.sessions) - result.p_agreement.estimate) < close
    for one in result.sessions:
        assert one.p_agreed.estimate <= one.p_held.estimate + close
        assert all(is_probability(p) for p in (one.p_held, one.p_agreed, one.p_zone, one.p_mismatch))
        assert not (one.agenda and one.p_agreed.estimate)
        assert all(trust.believed is None or 0 <= trust.believed <= 1 for trust in one.trust)
    if result.p_by_deadline is not None:
        assert result.p_by_deadline.estimate <= result.p_agreement.estimate + close
    assert all(one.mean >= one.p_any.estimate - close for one in result.events)
    if result.conditioning is not None:
        assert 1 - close <= result.conditioning.effective <= 24 + close
        assert all(one.likelihood >= 0 for one in result.conditioning.observations)
    if result.agreed_after is not None:
        assert 0 <= result.agreed_after.p10 <= result.agreed_after.p90 <= LAST


@settings(max_examples=40, deadline=None)
@given(scenarios())
def test_in_each_world_things_happen_in_an_order_that_can_be(scenario: Scenario) -> None:
    for what_if in ("", "other"):
        found = found_in(scenario, 24, what_if=what_if)
        agreed = found.stop == Stop.AGREED
        assert np.array_equal(agreed, found.agreed_at >= 0)
        assert np.array_equal(agreed, np.all(found.choice >= 0, axis=1))
        assert np.array_equal(agreed, ~np.any(np.isnan(found.gain), axis=1))
        # Who agrees gains by it, as no deal stands on that day, and there was a zone then.
        assert np.all(found.gain[agreed] >= -1e-4)
        assert np.all(found.zone[agreed, found.agreed_at[agreed]])
        assert np.all(found.ever[agreed])
        assert np.all(found.ever == np.any(found.zone, axis=1))
        for which in (found.zone, found.mismatch, found.went_on):
            assert not np.any(which & ~found.held)
        assert not np.any(found.held[:, 1:] & ~found.went_on[:, :-1])
        assert np.all(found.concluded <= found.ended[:, None])
        assert np.all((found.ended >= 0) & (found.ended <= LAST))
