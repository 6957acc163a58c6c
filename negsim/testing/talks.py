"""Calendars of talks, laid over any small scenario: each key may stand, and all that a calendar names is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from negsim.scenario.talks import FORMATS
from negsim.testing.bargaining import SHARES, tactics
from negsim.testing.documents import Document, ends_of

__all__ = ["calendars", "scheduled"]

START, HORIZON = "2026-02-01", "2026-06-30"
DATES = ["2026-02-01", "2026-02-17", "2026-03-01", "2026-06-30"]
SEEN = DATES[:3]
DAYS: list[Any] = [0, 1, 2.5, "1..9", {"normal": {"mean": 5, "sd": 2}}]
DAYS_AWAY = DAYS[1:]
FEW: list[Any] = [0, 0.5, "0..3"]
_CONDITIONS = ("when", "require", "consents_to", "material", "symbolic", "term")


@st.composite
def scheduled(draw: st.DrawFn, plain: st.SearchStrategy[Document]) -> Document:
    """Draw one of some scenario documents, with a calendar."""
    document = draw(plain)
    return document | {"talks": draw(calendars(document))}


@st.composite
def calendars(draw: st.DrawFn, document: Document) -> Document:
    """Draw a calendar for a document."""
    signing = [name for name, party in document["parties"].items() if party.get("role", "signatory") == "signatory"]
    serious = [name for name, party in document["parties"].items() if "good_faith" in party]
    settled = sorted(_free_issues(document))
    envoys = {f"envoy_of_{name}": name for name in signing if draw(st.booleans())}
    talks: Document = {"start": START, "horizon": HORIZON, "now": "2026-03-01"}
    talks["envoys"] = {
        envoy: {"party": party} | _some(draw, tactic=tactics(), sidesteps=st.sampled_from(SHARES), title=_TEXT)
        for envoy, party in envoys.items()
    }
    tracks = ["front", "back"][: draw(st.integers(0, 2))]
    talks["tracks"] = {track: {"delegations": _delegations(draw, envoys)} for track in tracks}
    talks["sessions"] = _sessions(draw, envoys, tracks, list(document["issues"]))
    talks["events"] = _events(draw, document, serious)
    talks["reciprocity"] = _some(
        draw, answer=st.just({"after": "rain", "brings": "blow", "chance": 0.5, "delay": "1..3"})
    )
    if settled:
        talks["partial_agreements"] = _some(draw, swap=_partial(document, draw(st.sampled_from(settled)), signing))
    talks |= _some(draw, deadline=st.sampled_from(DEADLINES), about=_TEXT)
    talks["observed"] = _observed(draw, partial="swap" in talks.get("partial_agreements", {}))
    _make_possible(talks["events"], talks["observed"])
    talks["what_if"] = _some(draw, wet=st.just({"effects": {"x": {"path": "talks.events.rain.rate", "set": 0}}}))
    if tracks:
        talks["what_if"] |= _some(draw, move=st.just({"tracks": {tracks[0]: tracks[-1]}}) if len(tracks) > 1 else None)
    return talks


_TEXT = st.sampled_from(["", "A title"])
DEADLINES: list[Document] = [
    {"firm": {"date": "2026-06-01"}},
    {"extensible": {"date": "2026-06-01", "chance": "0.1..0.6", "by": 30}},
    {"extensible": {"date": "2026-06-01", "chance": 0.5, "by": 1, "times": 3}},
    {"hazard": {"mean": "30..90"}},
    {"hazard": {"mean": 1, "from": "2026-03-01"}},
]


def _some(draw: st.DrawFn, **every: st.SearchStrategy[Any] | None) -> Document:
    """Draw some of several entries."""
    return {key: draw(strategy) for key, strategy in every.items() if strategy is not None and draw(st.booleans())}


def _delegations(draw: st.DrawFn, envoys: Document) -> Document:
    return {party: envoy for envoy, party in envoys.items() if draw(st.booleans())}


def _sessions(draw: st.DrawFn, envoys: Document, tracks: list[str], issues: list[str]) -> Document:
    """Draw a first session that was held, and perhaps a later one and a series."""
    wanted = ["first", *(name for name in ("later", "series") if draw(st.booleans()))]
    sessions: Document = {}
    for name in draw(st.permutations(wanted)):
        session: Document = {"date": {"first": "2026-02-17", "later": "2026-05-01"}.get(name, "")}
        if name == "series":
            session = {"every": draw(st.sampled_from([7, 200]))} | _some(
                draw, **{"from": st.just("2026-03-10"), "until": st.just("2026-06-10")}
            )
        session |= _some(
            draw,
            venue=_TEXT,
            format=st.sampled_from(FORMATS),
            agenda=st.lists(st.sampled_from(issues), unique=True) if name == "later" else None,
            exchanges=st.sampled_from([1, 10_000]),
            mismatch=st.sampled_from(SHARES),
            track=st.sampled_from(tracks) if tracks else None,
            title=_TEXT,
        )
        sessions[name] = session | {"delegations": _delegations(draw, envoys)}
    return sessions


def _events(draw: st.DrawFn, document: Document, serious: list[str]) -> Document:
    """Draw a dated event, one at random, and one in answer or after another."""
    paths = ["talks.sessions.first.mismatch", *_plain_no_deals(document)]
    return {
        "truce": {"date": "2026-02-20"} | draw(_happening(paths, serious)),
        "rain": {"rate": draw(st.sampled_from(FEW))}
        | _some(draw, **{"from": st.just("2026-02-05"), "until": st.just("2026-06-05")})
        | draw(_happening(paths, serious)),
        "blow": {"after": draw(st.sampled_from(["first", "truce"]))}
        | _some(draw, delay=st.sampled_from(DAYS))
        | draw(_happening(paths, serious)),
    }


@st.composite
def _happening(draw: st.DrawFn, paths: list[str], serious: list[str]) -> Document:
    unless = {name: draw(st.sampled_from(SHARES)) for name in serious if draw(st.booleans())}
    return {"unless_serious": unless} | _some(
        draw, chance=st.sampled_from(SHARES), effects=_effects(paths), title=_TEXT, about=_TEXT
    )


@st.composite
def _effects(draw: st.DrawFn, paths: list[str]) -> Document:
    names = ["b", "a"][: draw(st.integers(1, 2))]
    return {name: draw(_effect(paths)) for name in names}


@st.composite
def _effect(draw: st.DrawFn, paths: list[str]) -> Document:
    operation, amounts = draw(st.sampled_from([("set", SHARES), ("multiply", FEW), ("add", [*FEW, -2.5])]))
    effect: Document = {"path": draw(st.sampled_from(paths)), operation: draw(st.sampled_from(amounts))}
    end = draw(st.sampled_from(["", "lasts", "fades"]))
    return effect | ({end: draw(st.sampled_from(DAYS_AWAY))} if end else {})


@st.composite
def _partial(draw: st.DrawFn, document: Document, issue_id: str, signing: list[str]) -> Document:
    issue = document["issues"][issue_id]
    options = ends_of(issue) if "scale" in issue else issue["options"]
    wants = {name: draw(st.sampled_from(FEW)) for name in signing if draw(st.booleans())}
    partial: Document = {"issue": issue_id, "to": options[0], "instead_of": options[-1], "in_return": wants}
    return partial | _some(
        draw, sessions=st.just(["first"]), chance=st.sampled_from(SHARES), title=_TEXT,
        effects=_effects(["talks.sessions.first.mismatch"]),
    )  # fmt: skip


def _observed(draw: st.DrawFn, *, partial: bool) -> Document:
    """Draw some things that were seen up to now."""
    trials = {"path": "talks.events.truce.chance", "hits": 1, "trials": 3}
    return _some(
        draw,
        held=st.just({"session": "first", "about": "Heard."}),
        kept=st.builds(lambda happened: {"event": "truce", "happened": happened}, st.booleans()),
        wet=st.just({"event": "rain", "count": 3, "from": "2026-02-01", "until": "2026-03-01"}),
        tried=st.just({"binomial": trials, "date": "2026-02-28"}),
        settled=st.sampled_from([{"partial": "swap", "at": "first"}, {"partial": "swap"}]) if partial else None,
    )


def _make_possible(events: Document, observed: Document) -> None:
    """Leave open whether and how often things happen of which something was seen: certainties contradict that."""
    truce, rain = events["truce"], events["rain"]
    if observed.keys() & {"kept", "tried"} and truce.get("chance", 1) in (0, 1):
        truce["chance"] = "0.1..0.6"
    if "wet" in observed:
        rain["rate"] = rain["rate"] or "0..3"
        rain["chance"] = rain.get("chance", 1) or 0.25


def _plain_no_deals(document: Document) -> Iterator[str]:
    for name, party in document["parties"].items():
        if isinstance(party.get("no_deal"), int | str):
            yield f"parties.{name}.no_deal"


def _free_issues(document: Document) -> set[str]:
    """Find the issues that no condition names, that depend on no other, and that have two options to choose from."""
    named = set(re.findall(r"[a-z]\w*", " ".join(_condition_texts(document))))
    return {
        issue_id
        for issue_id, issue in document["issues"].items()
        if issue_id not in named and "when" not in issue and len(issue.get("options", "ab")) > 1
    }


def _condition_texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key in _CONDITIONS and isinstance(item, str):
                yield item
            yield from _condition_texts(item)
