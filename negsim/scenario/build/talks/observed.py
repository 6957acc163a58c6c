"""What was seen of the calendar so far."""

from __future__ import annotations

from negsim.errors import Path, format_path
from negsim.scenario.build.context import Context
from negsim.scenario.build.talks.calendar import ROOT, Calendar
from negsim.scenario.build.talks.suggestions import suggest_quantity
from negsim.scenario.build.talks.when import given_keys
from negsim.scenario.quantities import PROBABILITY
from negsim.scenario.schema_observed import ObservationShape
from negsim.scenario.talks import Binomial, Observation, Talks
from negsim.scenario.words import joined, listed

__all__ = ["build_observed", "check_trials"]

_KINDS = ("session", "event", "partial", "binomial")
_COUNTED = ("count", "from", "until")
_BESIDE = {"session": (), "event": ("happened", *_COUNTED), "partial": ("at",), "binomial": ("date",)}
_ALL_BESIDE = ("happened", *_COUNTED, "at", "date")


def build_observed(calendar: Calendar) -> tuple[Observation, ...]:
    """Build what was observed, in the order of ids."""
    shapes = calendar.shape.observed
    return tuple(_build(name, shapes[name], calendar) for name in sorted(shapes))


def _build(name: str, shape: ObservationShape, calendar: Calendar) -> Observation:
    path = (*ROOT, "observed", name)
    _check(shape, path, calendar)
    _check_once(name, path, calendar)
    seen = shape.binomial
    return Observation(
        id=name,
        session=shape.session,
        event=shape.event,
        happened=shape.happened,
        count=shape.count,
        start=shape.start,
        end=shape.end,
        partial=shape.partial,
        at=shape.at,
        binomial=None if seen is None else Binomial(calendar.context.canonical(seen.path), seen.hits, seen.trials),
        date=shape.date,
        about=shape.about,
    )


def _check(shape: ObservationShape, path: Path, calendar: Calendar) -> None:
    findings, given = calendar.findings, given_keys(shape, _KINDS)
    if any(findings.is_broken((*path, kind)) for kind in _KINDS):
        return
    if len(given) != 1:
        say = f"has {joined(given)}, of which there can be only one" if given else f"is none of {listed(_KINDS)}"
        findings.report("NS448", path, f"{path[-1]} {say}", help="say what was seen", on_key=True, breaks=False)
        return
    (kind,) = given
    stray = [key for key in given_keys(shape, _ALL_BESIDE) if key not in _BESIDE[kind]]
    for key in stray:
        message = f"{key} does not go with {kind}"
        findings.report("NS448", (*path, key), message, help="leave it out", on_key=True, breaks=False)
    if not stray:
        _CHECKS[kind](shape, path, calendar)


def _check_once(name: str, path: Path, calendar: Calendar) -> None:
    """Check that nothing before it, in the order of ids, says what was seen of the same thing."""
    shapes, findings = calendar.shape.observed, calendar.findings
    for kind in ("session", "event", "partial"):
        for other in sorted(shapes):
            if other < name and _tell_of_the_same(kind, shapes[name], shapes[other]) and not findings.is_touched(path):
                message = f"{other} already says what was seen of {getattr(shapes[name], kind)}"
                say = " on some of these days" if shapes[name].count is not None else ""
                findings.report("NS448", (*path, kind), message + say, help="leave one of them out", breaks=False)
                return


def _tell_of_the_same(kind: str, one: ObservationShape, other: ObservationShape) -> bool:
    if not getattr(one, kind) or getattr(one, kind) != getattr(other, kind):
        return False
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return True
    return one.start <= other.end and other.start <= one.end


def _check_session(shape: ObservationShape, path: Path, calendar: Calendar) -> None:
    _check_held(shape.session, (*path, "session"), calendar)


def _check_held(session_id: str, path: Path, calendar: Calendar) -> bool:
    """Tell whether a session named at ``path`` is a single one that was held; report it if it is not."""
    if not calendar.knows(("session",), session_id, path):
        return False
    session, own = calendar.shape.sessions[session_id], (*ROOT, "sessions", session_id)
    if session.date is None:
        if not calendar.findings.is_touched(own):
            message = f"{session_id} is a series, and of its meetings none can be told from another"
            help = "make the meeting that was held a session of its own, with a date"
            calendar.findings.report("NS448", path, message, help=help)
        return False
    if session.date > calendar.now and not _no_days(calendar) and not calendar.findings.is_broken((*own, "date")):
        message = f"{session_id} is on {session.date}, after {calendar.now}, which is now"
        calendar.findings.report("NS448", path, message, help="let now be later, or leave it out")
        return False
    return True


def _no_days(calendar: Calendar) -> bool:
    return any(calendar.findings.is_broken((*ROOT, key)) for key in ("start", "horizon", "now"))


def _check_event(shape: ObservationShape, path: Path, calendar: Calendar) -> None:
    below, findings = (*path, "event"), calendar.findings
    if not calendar.knows(("event",), shape.event, below):
        return
    event, own = calendar.shape.events[shape.event], (*ROOT, "events", shape.event)
    if findings.is_touched(own):
        return
    if event.rate is not None:
        _check_count(shape, path, calendar)
    elif event.date is None:
        message = f"{shape.event} has neither a date nor a rate, so it cannot be said what was seen of it"
        findings.report("NS448", below, message, help="give it a date, or leave the observation out")
    else:
        for key in given_keys(shape, _COUNTED):
            message = f"{shape.event} has a date: it happens once or not at all"
            findings.report("NS448", (*path, key), message, help="write happened: false, or leave it out", on_key=True)
        if event.date > calendar.now and not _no_days(calendar):
            message = f"{shape.event} is on {event.date}, after {calendar.now}, which is now"
            findings.report("NS448", below, message, help="let now be later, or leave it out")


def _check_count(shape: ObservationShape, path: Path, calendar: Calendar) -> None:
    given, findings = given_keys(shape, _COUNTED), calendar.findings
    if "happened" in shape.written:
        message = f"{shape.event} has a rate: it happens so often"
        help = "write count: 3 with from: and until:"
        findings.report("NS448", (*path, "happened"), message, help=help, on_key=True, breaks=False)
    elif missing := [key for key in _COUNTED if key not in given and not findings.is_broken((*path, key))]:
        message = f"{path[-1]} counts how often {shape.event} happened, and lacks {joined(missing)}"
        help = "a count goes from one day to another"
        findings.report("NS448", path, message, help=help, on_key=True, breaks=False)
    else:
        calendar.check_stretch(shape.start, shape.end, path, seen=True)


def _check_partial(shape: ObservationShape, path: Path, calendar: Calendar) -> None:
    known = calendar.knows(("partial agreement",), shape.partial, (*path, "partial"))
    if "at" not in shape.written or not _check_held(shape.at, (*path, "at"), calendar) or not known:
        return
    partial, own = calendar.shape.partial_agreements[shape.partial], (*ROOT, "partial_agreements", shape.partial)
    vague = any(calendar.findings.is_touched((*own, key)) for key in ("sessions", "issue"))
    agenda = calendar.shape.sessions[shape.at].agenda
    elsewhere = bool(partial.sessions) and shape.at not in partial.sessions
    if not vague and (elsewhere or (agenda and partial.issue not in agenda)):
        message = f"{shape.partial} cannot be concluded at {shape.at}"
        help = (
            f"its sessions are {listed(partial.sessions, 'and')}" if elsewhere else f"put {partial.issue} on its agenda"
        )
        calendar.findings.report("NS448", (*path, "at"), message, help=help)


def _check_binomial(shape: ObservationShape, path: Path, calendar: Calendar) -> None:
    seen, findings = shape.binomial, calendar.findings
    assert seen is not None
    below = (*path, "binomial")
    if seen.hits > seen.trials and not any(findings.is_broken((*below, key)) for key in ("hits", "trials")):
        findings.report("NS448", (*below, "hits"), f"it has {seen.hits:,} hits of {seen.trials:,} trials")
    if "date" not in shape.written and not findings.is_broken((*path, "date")):
        message = f"nothing says on which day {path[-1]} was seen"
        findings.report("NS448", path, message, help="add date:", on_key=True, breaks=False)
    calendar.check_day(shape.date, (*path, "date"), seen=True)


_CHECKS = {"session": _check_session, "event": _check_event, "partial": _check_partial, "binomial": _check_binomial}


def check_trials(talks: Talks, context: Context) -> None:
    """Check that what so many trials tell something of are probabilities; seen once all quantities are entered."""
    for observation in talks.observed:
        seen, path = observation.binomial, (*ROOT, "observed", observation.id, "binomial", "path")
        if seen is None or context.findings.is_broken(path) or context.findings.is_broken(seen.path):
            continue
        named, dotted = context.find_quantity(seen.path), format_path(seen.path)
        if named is None:
            help = suggest_quantity(seen.path, talks, context)
            context.findings.report("NS448", path, f"there is no quantity {dotted}", help=help)
        elif named.domain.low < PROBABILITY.low or named.domain.high > PROBABILITY.high:
            message = f"{dotted} is no probability: it is in {named.domain.unit}"
            context.findings.report("NS448", path, message, help="name a quantity within 0..1")
