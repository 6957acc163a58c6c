"""The calendar of talks as plain data for JSON; its quantities stand among those of the scenario, by their paths."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from negsim.errors import format_path
from negsim.scenario.talks import Deadline, Effect, Event, Observation, Session, Talks

__all__ = ["calendar_data"]

Data = dict[str, Any]


def calendar_data(talks: Talks | None) -> Data | None:
    """Give who meets when, what happens in between, and what was seen of it; null where nothing is said of it."""
    if talks is None:
        return None
    return {
        "about": talks.about,
        **{name: getattr(talks, name).isoformat() for name in ("start", "horizon", "now")},
        "deadline": None if talks.deadline is None else _deadline(talks.deadline),
        "sessions": [_session(session) for session in talks.sessions],
        "tracks": [{"id": t.id, "title": t.title, "delegations": dict(t.delegations)} for t in talks.tracks],
        "envoys": [
            {"id": e.id, "title": e.title, "party": e.party, "tactic": e.tactic.name if e.tactic else None}
            for e in talks.envoys
        ],
        "events": [_event(event) for event in talks.events],
        "reciprocity": [{"id": r.id, "after": r.after, "brings": r.brings} for r in talks.reciprocity],
        "partial_agreements": [
            {
                "id": p.id,
                "title": p.title,
                "issue": p.issue,
                "to": p.to,
                "instead_of": p.instead_of,
                "sessions": list(p.sessions),
                "effects": _effects(p.effects),
            }
            for p in talks.partial_agreements
        ],
        "counsel": [
            {
                "id": c.id,
                "mediator": c.mediator,
                "hears": c.hears,
                "line": format_path(c.line),
                "date": _day(c.date),
                "session": c.session or None,
            }
            for c in talks.counsel
        ],
        "observed": [_observation(seen) for seen in talks.observed],
        "what_if": [
            {"id": w.id, "title": w.title, "tracks": dict(w.tracks), "effects": _effects(w.effects)}
            for w in talks.what_if
        ],
    }


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _deadline(deadline: Deadline) -> Data:
    """Give the kind of a deadline, and what of it is no quantity."""
    days = {"date": getattr(deadline, "date", None), "from": getattr(deadline, "start", None)}
    whole = {name: getattr(deadline, name, None) for name in ("by", "times")}
    return {"kind": type(deadline).__name__.lower(), **{name: _day(day) for name, day in days.items()}, **whole}


def _session(session: Session) -> Data:
    return {
        "id": session.id,
        "title": session.title,
        "date": _day(session.date),
        "every": session.every,
        "from": _day(session.start),
        "until": _day(session.end),
        "venue": session.venue,
        "format": session.format,
        "track": session.track or None,
        "delegations": dict(session.delegations),
        "agenda": list(session.agenda),
        "exchanges": session.exchanges,
    }


def _effects(effects: Sequence[Effect]) -> list[Data]:
    return [{"id": e.id, "path": format_path(e.path), "operation": e.operation} for e in effects]


def _event(event: Event) -> Data:
    return {
        "id": event.id,
        "title": event.title,
        "date": _day(event.date),
        "every": event.every,
        "from": _day(event.start),
        "until": _day(event.end),
        "after": event.after or None,
        "random": event.rate is not None,
        "battle": event.battle or None,
        "effects": _effects(event.effects),
    }


def _observation(seen: Observation) -> Data:
    """Give what was seen, with what belongs to its kind alone."""
    data: Data = {"id": seen.id, "about": seen.about}
    if seen.session:
        return data | {"session": seen.session}
    if seen.event and seen.count is not None:
        return data | {"event": seen.event, "count": seen.count, "from": _day(seen.start), "until": _day(seen.end)}
    if seen.event:
        return data | {"event": seen.event, "happened": seen.happened}
    if seen.partial:
        return data | {"partial": seen.partial, "at": seen.at or None}
    trials = seen.binomial
    assert trials is not None
    counted = {"path": format_path(trials.path), "hits": trials.hits, "trials": trials.trials}
    return data | {"binomial": counted, "date": _day(seen.date)}
