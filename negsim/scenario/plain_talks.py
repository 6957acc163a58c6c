"""The calendar of talks as the plain data of a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from negsim.errors import format_path
from negsim.scenario.marks import Plain
from negsim.scenario.plain_bargaining import plain_tactic
from negsim.scenario.plain_values import Tree, plain_level, plain_quantity, present, unless_nothing
from negsim.scenario.quantities import Quantity
from negsim.scenario.talks import (
    ALWAYS,
    Counsel,
    Deadline,
    Effect,
    Envoy,
    Event,
    Extensible,
    Firm,
    Observation,
    PartialAgreement,
    Reciprocity,
    Session,
    Talks,
    Track,
    WhatIf,
)

__all__ = ["plain_talks"]


def plain_talks(talks: Talks) -> Tree:
    """Write the block ``talks``; what has its default is left out."""
    return present(
        {
            "about": talks.about or None,
            "start": talks.start.isoformat(),
            "horizon": talks.horizon.isoformat(),
            "now": None if talks.now == talks.start else talks.now.isoformat(),
            "tracks": {track.id: _track(track) for track in talks.tracks} or None,
            "envoys": {envoy.id: _envoy(envoy) for envoy in talks.envoys} or None,
            "sessions": {session.id: _session(session) for session in talks.sessions},
            "deadline": None if talks.deadline is None else _deadline(talks.deadline),
            "events": {event.id: _event(event) for event in talks.events} or None,
            "reciprocity": {answer.id: _answer(answer) for answer in talks.reciprocity} or None,
            "partial_agreements": {partial.id: _partial(partial) for partial in talks.partial_agreements} or None,
            "counsel": {counsel.id: _counsel(counsel) for counsel in talks.counsel} or None,
            "observed": {seen.id: _observation(seen) for seen in talks.observed} or None,
            "what_if": {what_if.id: _what_if(what_if) for what_if in talks.what_if} or None,
        }
    )


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _some(quantity: Quantity | None) -> Plain:
    return None if quantity is None else plain_quantity(quantity)


def _unless_always(quantity: Quantity) -> Plain:
    """Write a quantity that is 1 if it is left out."""
    return None if quantity == ALWAYS else plain_quantity(quantity)


def _by_party(given: Sequence[tuple[str, Quantity]]) -> Tree | None:
    return {party: plain_quantity(quantity) for party, quantity in given} or None


def _track(track: Track) -> Tree:
    return present(
        {"title": track.title or None, "delegations": {**dict(track.delegations)} or None, "about": track.about or None}
    )


def _envoy(envoy: Envoy) -> Tree:
    return present(
        {
            "party": envoy.party,
            "title": envoy.title or None,
            "tactic": plain_tactic(envoy.tactic) if envoy.tactic else None,
            "sidesteps": unless_nothing(envoy.sidesteps),
            "about": envoy.about or None,
        }
    )


def _session(session: Session) -> Tree:
    return present(
        {
            "title": session.title or None,
            "date": _day(session.date),
            "every": session.every,
            "from": _day(session.start),
            "until": _day(session.end),
            "venue": session.venue or None,
            "format": session.format or None,
            "track": session.track or None,
            "delegations": {**dict(session.delegations)} or None,
            "agenda": [*session.agenda] or None,
            "exchanges": session.exchanges,
            "mismatch": unless_nothing(session.mismatch),
            "about": session.about or None,
        }
    )


def _deadline(deadline: Deadline) -> Tree:
    if isinstance(deadline, Firm):
        return {"firm": {"date": deadline.date.isoformat()}}
    if isinstance(deadline, Extensible):
        chance, times = plain_quantity(deadline.chance), None if deadline.times == 1 else deadline.times
        kept = present({"date": deadline.date.isoformat(), "chance": chance, "by": deadline.by, "times": times})
        return {"extensible": kept}
    return {"hazard": present({"mean": plain_quantity(deadline.mean), "from": _day(deadline.start)})}


def _effects(effects: Sequence[Effect]) -> Tree | None:
    return {effect.id: _effect(effect) for effect in effects} or None


def _effect(effect: Effect) -> Tree:
    return present(
        {
            "path": format_path(effect.path),
            effect.operation: plain_quantity(effect.amount),
            "lasts": _some(effect.lasts),
            "fades": _some(effect.fades),
        }
    )


def _event(event: Event) -> Tree:
    return present(
        {
            "title": event.title or None,
            "date": _day(event.date),
            "every": event.every,
            "rate": _some(event.rate),
            "after": event.after or None,
            "delay": unless_nothing(event.delay),
            "from": _day(event.start),
            "until": _day(event.end),
            "chance": _unless_always(event.chance),
            "unless_serious": _by_party(event.unless_serious),
            "battle": event.battle or None,
            "effects": _effects(event.effects),
            "about": event.about or None,
        }
    )


def _answer(answer: Reciprocity) -> Tree:
    return present(
        {
            "after": answer.after,
            "brings": answer.brings,
            "chance": _unless_always(answer.chance),
            "delay": _unless_always(answer.delay),
            "about": answer.about or None,
        }
    )


def _partial(partial: PartialAgreement) -> Tree:
    return present(
        {
            "title": partial.title or None,
            "issue": partial.issue,
            "to": plain_level(partial.to),
            "instead_of": plain_level(partial.instead_of),
            "sessions": [*partial.sessions] or None,
            "chance": _unless_always(partial.chance),
            "unless_serious": _by_party(partial.unless_serious),
            "in_return": _by_party(partial.in_return),
            "effects": _effects(partial.effects),
            "about": partial.about or None,
        }
    )


def _counsel(counsel: Counsel) -> Tree:
    return present(
        {
            "mediator": counsel.mediator,
            "hears": counsel.hears,
            "line": format_path(counsel.line),
            "date": _day(counsel.date),
            "session": counsel.session or None,
            "bias": unless_nothing(counsel.bias),
            "war_cost": unless_nothing(counsel.war_cost),
            "about": counsel.about or None,
        }
    )


def _observation(seen: Observation) -> Tree:
    trials = seen.binomial
    return present(
        {
            "session": seen.session or None,
            "event": seen.event or None,
            "happened": None if seen.happened else False,
            "count": seen.count,
            "from": _day(seen.start),
            "until": _day(seen.end),
            "partial": seen.partial or None,
            "at": seen.at or None,
            "binomial": None
            if trials is None
            else {"path": format_path(trials.path), "hits": trials.hits, "trials": trials.trials},
            "date": _day(seen.date),
            "about": seen.about or None,
        }
    )


def _what_if(what_if: WhatIf) -> Tree:
    return present(
        {
            "title": what_if.title or None,
            "tracks": {**dict(what_if.tracks)} or None,
            "effects": _effects(what_if.effects),
            "about": what_if.about or None,
        }
    )
