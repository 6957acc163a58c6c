"""Who meets when: envoys, tracks and sessions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from negsim.errors import Path
from negsim.scenario.build.bargaining import build_tactic_of
from negsim.scenario.build.quantities import build_quantity
from negsim.scenario.build.talks.calendar import ROOT, Calendar
from negsim.scenario.build.talks.when import check_session_days
from negsim.scenario.quantities import PROBABILITY
from negsim.scenario.schema_talks import EnvoyShape, SessionShape
from negsim.scenario.talks import Envoy, Session, Track
from negsim.scenario.words import listed

__all__ = ["MOST_MEETINGS", "build_envoys", "build_sessions", "build_tracks"]

MOST_MEETINGS = 1_000
"""How many meetings a calendar may have, those of its series counted."""


def build_envoys(calendar: Calendar) -> tuple[Envoy, ...]:
    """Build the envoys, in the order of their ids."""
    shapes = calendar.shape.envoys
    return tuple(_build_envoy(envoy_id, shapes[envoy_id], calendar) for envoy_id in sorted(shapes))


def _build_envoy(envoy_id: str, shape: EnvoyShape, calendar: Calendar) -> Envoy:
    path = (*ROOT, "envoys", envoy_id)
    calendar.signs(shape.party, (*path, "party"))
    tactic = build_tactic_of(shape.tactic, (*path, "tactic"), calendar.context)
    sidesteps = build_quantity(shape.sidesteps, (*path, "sidesteps"), PROBABILITY, calendar.context)
    return Envoy(envoy_id, shape.party, tactic, sidesteps, shape.title, shape.about)


def build_tracks(calendar: Calendar) -> tuple[Track, ...]:
    """Build the tracks, in the order of their ids."""
    built = []
    for track_id in sorted(calendar.shape.tracks):
        shape = calendar.shape.tracks[track_id]
        delegations = _build_delegations(shape.delegations, (*ROOT, "tracks", track_id, "delegations"), calendar)
        built.append(Track(track_id, delegations, shape.title, shape.about))
    return tuple(built)


def _build_delegations(given: Mapping[str, str], path: Path, calendar: Calendar) -> tuple[tuple[str, str], ...]:
    """Build who speaks for whom, in the order of the parties' ids."""
    for party_id, envoy_id in given.items():
        below = (*path, party_id)
        if not calendar.signs(party_id, below, on_key=True) or not calendar.knows(("envoy",), envoy_id, below):
            continue
        party = calendar.shape.envoys[envoy_id].party
        if party != party_id and not calendar.findings.is_broken((*ROOT, "envoys", envoy_id, "party")):
            message = f"{envoy_id} is an envoy of {party}, not of {party_id}"
            calendar.findings.report("NS441", below, message, help=_own_envoys(party_id, calendar))
    return tuple(sorted(given.items()))


def _own_envoys(party_id: str, calendar: Calendar) -> str:
    if calendar.findings.is_full:
        return ""
    own = sorted(name for name, envoy in calendar.shape.envoys.items() if envoy.party == party_id)
    return f"envoys of {party_id} are {listed(own, 'and')}" if own else f"{party_id} has no envoys"


def build_sessions(calendar: Calendar) -> tuple[Session, ...]:
    """Build the sessions in declared order, in which those of one day are held."""
    path, findings = (*ROOT, "sessions"), calendar.findings
    if not calendar.shape.sessions and not findings.is_broken(path) and not findings.broken_names(path):
        help = "add a session: first: {date: 2026-02-17}"
        findings.report("NS207", path, "talks.sessions must not be empty", help=help, on_key=True)
    sessions = tuple(_build_session(name, shape, calendar) for name, shape in calendar.shape.sessions.items())
    _check_number(sessions, path, calendar)
    return sessions


def _build_session(session_id: str, shape: SessionShape, calendar: Calendar) -> Session:
    path = (*ROOT, "sessions", session_id)
    check_session_days(shape, path, calendar)
    if "track" in shape.written:
        calendar.knows(("track",), shape.track, (*path, "track"))
    _check_agenda(shape.agenda, (*path, "agenda"), calendar)
    return Session(
        id=session_id,
        date=shape.date,
        every=shape.every,
        start=shape.start,
        end=shape.end,
        venue=shape.venue,
        format=shape.format,
        track=shape.track,
        delegations=_build_delegations(shape.delegations, (*path, "delegations"), calendar),
        agenda=tuple(shape.agenda),
        exchanges=shape.exchanges,
        mismatch=build_quantity(shape.mismatch, (*path, "mismatch"), PROBABILITY, calendar.context),
        title=shape.title,
        about=shape.about,
    )


def _check_agenda(agenda: Sequence[str], path: Path, calendar: Calendar) -> None:
    seen: set[str] = set()
    for position, issue_id in enumerate(agenda):
        below = (*path, str(position))
        calendar.context.find_issue(issue_id, below, on_key=False)
        if issue_id in seen:
            calendar.findings.report("NS205", below, f"{issue_id} is on the agenda already", breaks=False)
        seen.add(issue_id)


def _check_number(sessions: Sequence[Session], path: Path, calendar: Calendar) -> None:
    """Report more meetings than a calendar may have."""
    if calendar.findings.is_touched(path) or any(map(calendar.findings.is_touched, _places(sessions))):
        return
    n_meetings = sum(_n_meetings(session, calendar) for session in sessions)
    if n_meetings > MOST_MEETINGS:
        message = f"the calendar has {n_meetings:,} meetings; at most {MOST_MEETINGS:,} can be"
        calendar.findings.report("NS451", path, message, help="let a series be less often", on_key=True, breaks=False)


def _places(sessions: Sequence[Session]) -> list[Path]:
    return [*((*ROOT, "sessions", session.id) for session in sessions), ROOT]


def _n_meetings(session: Session, calendar: Calendar) -> int:
    if session.every is None:
        return 1
    first, last = calendar.stretch(session.start, session.end)
    return (last - first).days // session.every + 1
