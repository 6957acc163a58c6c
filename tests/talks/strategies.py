"""Small calendars for property tests, laid over the two villages: anything that may stand in one, on few days."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from negsim.scenario import Scenario
from negsim.scenario.bargaining import PROTOCOLS
from tests.strategies import Document
from tests.talks.calendars import calendar_of
from tests.talks.small import as_could_be

CHANCES: list[Any] = [0, 0.3, 0.7, 1, "0..1"]
PATHS: dict[str, tuple[Any, ...]] = {
    "parties.upper.no_deal": (20, "30..60", 90),
    "parties.lower.no_deal": (20, "30..60", 90),
    "parties.lower.good_faith": (0, 0.5, 1),
    "parties.upper.walks_out_below": (0, 0.5, 0.9),
    "parties.lower.red_lines.field.firmness": (0, 0.5, 1),
    "parties.upper.priorities.water": (1, "2..6"),
    "protocol.breakdown": (0, 0.2, 1),
    "talks.sessions.hall.mismatch": (0, 0.5, 1),
    "talks.events.raids.rate": (0, 0.4, 2),
    "talks.events.truce.chance": (0, 0.5, 1),
}
DATES = ["2026-01-02", "2026-01-05", "2026-01-08", "2026-01-14"]


def _some(draw: st.DrawFn, **every: Any) -> Document:
    """Draw some of several entries."""
    return {key: draw(st.sampled_from(values)) for key, values in every.items() if draw(st.booleans())}


@st.composite
def calendars(draw: st.DrawFn) -> Scenario:
    """A scenario with a calendar of three weeks, of which something may have been seen."""
    talks: Document = {"start": "2026-01-01", "horizon": "2026-01-21", "now": "2026-01-08"}
    talks |= {
        "envoys": {"ulf": {"party": "upper"} | _some(draw, tactic=["zeuthen", "stalling"], sidesteps=CHANCES)},
        "tracks": {"elders": {"delegations": {"upper": "ulf"}}, "herders": {}},
        "sessions": {
            "hall": {"date": "2026-01-05", "exchanges": 2} | _session(draw),
            "fair": {"date": "2026-01-05", "agenda": ["cattle"]} | _session(draw),
            "weekly": {"every": draw(st.sampled_from([1, 4])), "from": "2026-01-08", "exchanges": 2} | _session(draw),
        },
        "events": _events(draw),
        "reciprocity": {"tit": {"after": "raids", "brings": "truce"} | _some(draw, chance=CHANCES, delay=[2, "1..4"])},
        "partial_agreements": {"swap": _partial(draw)},
        "observed": _observed(draw),
        "what_if": {"else": {"tracks": {"elders": "herders"}, "effects": _effects(draw)}},
    }
    talks |= _some(draw, deadline=DEADLINES, counsel=COUNSELS)
    parties, protocol = _parties(draw), _protocol(draw)
    return as_could_be(lambda: calendar_of(talks, parties, protocol=protocol))


DEADLINES: list[Document] = [
    {"firm": {"date": "2026-01-14"}},
    {"extensible": {"date": "2026-01-08", "chance": "0.2..0.9", "by": 4, "times": 3}},
    {"hazard": {"mean": "5..40"}},
]
COUNSELS: list[Document] = [
    {"told": {"mediator": "wardens", "hears": "lower", "line": "parties.upper.red_lines.spring", "bias": 0.5} | when}
    for when in ({"date": "2026-01-02"}, {"date": "2026-01-07", "war_cost": 4}, {"session": "weekly"})
]


def _session(draw: st.DrawFn) -> Document:
    return _some(draw, mismatch=CHANCES, track=["elders", "herders"], delegations=[{"upper": "ulf"}])


def _protocol(draw: st.DrawFn) -> Document:
    drawn = _some(draw, kind=PROTOCOLS, beliefs=["fixed"], offers=["own_rank"], order=[["lower", "upper"]])
    return {"breakdown": draw(st.sampled_from([0, 0.05, "0..0.2"]))} | drawn


def _parties(draw: st.DrawFn) -> Document:
    exponents = [{"time": {"exponent": exponent}} for exponent in (0.2, 8, "0.2..8")]
    tactics = [*exponents, "relative_tit_for_tat", "averaged_tit_for_tat"]
    return {name: _some(draw, tactic=tactics, no_deal=[0, 40, "20..60"]) for name in ("upper", "lower")}


def _events(draw: st.DrawFn) -> Document:
    after = draw(st.sampled_from(["hall", "fair", "weekly", "raids", "truce", "swap"]))
    events: Document = {
        "raids": {"rate": draw(st.sampled_from([0.2, "0..1"]))} | _some(draw, until=["2026-01-12"]),
        "truce": {"date": draw(st.sampled_from(["2026-01-05", "2026-01-07"]))},
        "feast": {"every": draw(st.sampled_from([3, 7]))} | _some(draw, **{"from": ["2026-01-04"]}),
        "echo": {"after": after} | _some(draw, delay=[1, "0..3"]),
    }
    unless = [{"upper": 0.2}, {"upper": 0, "lower": "0..1"}]
    return {
        name: event | _some(draw, chance=CHANCES, unless_serious=unless) | {"effects": _effects(draw)}
        for name, event in events.items()
    }


def _effects(draw: st.DrawFn) -> Document:
    return {name: _effect(draw) for name in ["b", "a"][: draw(st.integers(1, 2))]}


def _effect(draw: st.DrawFn) -> Document:
    path = draw(st.sampled_from(list(PATHS)))
    operation = draw(st.sampled_from(["set", "multiply", "add"]))
    amounts = {"set": PATHS[path], "multiply": (0, 0.5, "0.5..3"), "add": (-2, 0.3, "-8..8")}[operation]
    effect = {"path": path, operation: draw(st.sampled_from(amounts))}
    return effect | draw(st.sampled_from([{}, {"fades": "2..9"}, {"lasts": "1..6"}]))


def _partial(draw: st.DrawFn) -> Document:
    partial: Document = {"issue": "cattle", "to": "returned", "instead_of": "kept", "effects": _effects(draw)}
    return partial | _some(
        draw, chance=CHANCES, unless_serious=[{"lower": 0.1}], in_return=[{"upper": "0..12"}], sessions=[["fair"]]
    )


def _observed(draw: st.DrawFn) -> Document:
    count = {"event": "raids", "count": draw(st.integers(0, 3)), "from": draw(st.sampled_from(DATES[:2]))}
    trials = {"path": "talks.partial_agreements.swap.chance", "hits": 1, "trials": 3}
    return _some(
        draw,
        went_on=[{"session": "hall"}],
        spoke=[{"session": "fair"}],
        swapped=[{"partial": "swap", "at": "fair"}, {"partial": "swap"}],
        kept=[{"event": "truce"}, {"event": "truce", "happened": False}],
        counted=[count | {"until": "2026-01-08"}],
        asked=[{"binomial": trials, "date": "2026-01-05"}],
    )
