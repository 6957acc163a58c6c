"""Partial agreements: issues that may be settled early, which nothing else may hang on."""

from __future__ import annotations

from negsim.errors import Path
from negsim.scenario.build.quantities import build_quantity
from negsim.scenario.build.talks.calendar import ROOT, Calendar
from negsim.scenario.build.talks.effects import build_effects
from negsim.scenario.quantities import LOSS, PROBABILITY, Quantity
from negsim.scenario.schema_events import PartialAgreementShape
from negsim.scenario.talks import PartialAgreement
from negsim.scenario.words import shown

__all__ = ["build_partial_agreements"]


def build_partial_agreements(calendar: Calendar) -> tuple[PartialAgreement, ...]:
    """Build the partial agreements, in the order of their ids."""
    shapes, talked_about = calendar.shape.partial_agreements, _talked_about(calendar)
    return tuple(_build(partial_id, shapes[partial_id], talked_about, calendar) for partial_id in sorted(shapes))


def _talked_about(calendar: Calendar) -> frozenset[str] | None:
    """Name the issues that are on an agenda; None where some session is about all, or nobody knows what about."""
    sessions, findings = calendar.shape.sessions, calendar.findings
    if findings.is_broken((*ROOT, "sessions")) or findings.broken_names((*ROOT, "sessions")):
        return None
    vague = any(findings.is_touched((*ROOT, "sessions", name, "agenda")) for name in sessions)
    if vague or not all(session.agenda for session in sessions.values()):
        return None
    return frozenset(issue for session in sessions.values() for issue in session.agenda)


def _build(
    partial_id: str, shape: PartialAgreementShape, talked_about: frozenset[str] | None, calendar: Calendar
) -> PartialAgreement:
    path, context = (*ROOT, "partial_agreements", partial_id), calendar.context
    to, instead_of = _find_options(shape, path, calendar)
    _check_sessions(shape, path, calendar)
    if not shape.sessions and talked_about is not None and shape.issue not in talked_about:
        _report_unmentioned(shape, path, calendar)
    return PartialAgreement(
        id=partial_id,
        issue=shape.issue,
        to=to,
        instead_of=instead_of,
        sessions=tuple(shape.sessions),
        chance=build_quantity(shape.chance, (*path, "chance"), PROBABILITY, context),
        unless_serious=calendar.build_unless_serious(shape.unless_serious, (*path, "unless_serious")),
        in_return=_build_returns(shape, path, calendar),
        effects=build_effects(shape.effects, path, context),
        title=shape.title,
        about=shape.about,
    )


def _find_options(shape: PartialAgreementShape, path: Path, calendar: Calendar) -> tuple[str, str]:
    """Name the options that an issue is settled to and had so far; empty where they are faulty."""
    context, findings = calendar.context, calendar.findings
    if findings.is_broken((*path, "issue")):
        return "", ""
    index = context.find_issue(shape.issue, (*path, "issue"), on_key=False)
    if index is None:
        return "", ""
    if context.is_conditional(index):
        message = f"{shape.issue} arises only where its when holds, and cannot be settled before that is known"
        findings.report("NS446", (*path, "issue"), message)
        return "", ""
    words = {"to": shape.to, "instead_of": shape.instead_of}
    usable = {key: word for key, word in words.items() if not findings.is_broken((*path, key))}
    found = {key: context.find_option(index, word, (*path, key)) for key, word in usable.items()}
    names = {key: "" if at is None else index.option_at(at) for key, at in found.items()}
    if names.get("to") and names["to"] == names.get("instead_of"):
        message = f"{path[-1]} settles {shape.issue} as it stands: {shown(names['to'])}"
        findings.report("NS446", (*path, "to"), message, help="instead_of is what holds without it")
    return names.get("to", ""), names.get("instead_of", "")


def _check_sessions(shape: PartialAgreementShape, path: Path, calendar: Calendar) -> None:
    """Check that the issue can be talked about where it may be settled."""
    findings, seen = calendar.findings, set[str]()
    for position, name in enumerate(shape.sessions):
        below = (*path, "sessions", str(position))
        if not calendar.knows(("session",), name, below):
            continue
        if name in seen:
            findings.report("NS205", below, f"{name} is listed twice", breaks=False)
        elif not _may_settle(name, shape, path, calendar):
            message = f"{shape.issue} is not on the agenda of {name}"
            findings.report("NS446", below, message, help="name another session, or put it on the agenda")
        seen.add(name)


def _report_unmentioned(shape: PartialAgreementShape, path: Path, calendar: Calendar) -> None:
    if any(calendar.findings.is_broken((*path, key)) for key in ("issue", "sessions")):
        return
    message = f"no session has {shape.issue} on its agenda"
    calendar.findings.report("NS446", (*path, "issue"), message, help="put it on the agenda of one")


def _may_settle(session_id: str, shape: PartialAgreementShape, path: Path, calendar: Calendar) -> bool:
    """Tell whether an issue is talked about at a session, as far as can be said."""
    agenda, findings = calendar.shape.sessions[session_id].agenda, calendar.findings
    if not agenda or shape.issue in agenda:
        return True
    return findings.is_broken((*path, "issue")) or findings.is_touched((*ROOT, "sessions", session_id, "agenda"))


def _build_returns(shape: PartialAgreementShape, path: Path, calendar: Calendar) -> tuple[tuple[str, Quantity], ...]:
    built = []
    for party_id in sorted(shape.in_return):
        below = (*path, "in_return", party_id)
        points = build_quantity(shape.in_return[party_id], below, LOSS, calendar.context)
        if calendar.signs(party_id, below, on_key=True):
            built.append((party_id, points))
    return tuple(built)
