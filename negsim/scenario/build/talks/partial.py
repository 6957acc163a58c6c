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
    shapes = calendar.shape.partial_agreements
    return tuple(_build(partial_id, shapes[partial_id], calendar) for partial_id in sorted(shapes))


def _build(partial_id: str, shape: PartialAgreementShape, calendar: Calendar) -> PartialAgreement:
    path, context = (*ROOT, "partial_agreements", partial_id), calendar.context
    to, instead_of = _find_options(shape, path, calendar)
    _check_sessions(shape, path, calendar)
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
    sessions, findings = calendar.shape.sessions, calendar.findings
    open_to = [name for name, session in sessions.items() if not session.agenda or shape.issue in session.agenda]
    vague = any(findings.is_broken(place) for place in ((*path, "issue"), (*path, "sessions"), (*ROOT, "sessions")))
    for position, name in enumerate(shape.sessions):
        below = (*path, "sessions", str(position))
        if not calendar.knows(("session",), name, below):
            continue
        if name in shape.sessions[:position]:
            findings.report("NS205", below, f"{name} is listed twice", breaks=False)
        elif name not in open_to and not vague and not findings.is_touched((*ROOT, "sessions", name, "agenda")):
            message = f"{shape.issue} is not on the agenda of {name}"
            findings.report("NS446", below, message, help="name another session, or put it on the agenda")
    if "sessions" not in shape.model_fields_set and not open_to and not vague and not _any_broken_session(calendar):
        message = f"no session has {shape.issue} on its agenda"
        findings.report("NS446", (*path, "issue"), message, help="put it on the agenda of one")


def _any_broken_session(calendar: Calendar) -> bool:
    return any(calendar.findings.is_touched((*ROOT, "sessions", name, "agenda")) for name in calendar.shape.sessions)


def _build_returns(shape: PartialAgreementShape, path: Path, calendar: Calendar) -> tuple[tuple[str, Quantity], ...]:
    built = []
    for party_id in sorted(shape.in_return):
        below = (*path, "in_return", party_id)
        points = build_quantity(shape.in_return[party_id], below, LOSS, calendar.context)
        if calendar.signs(party_id, below, on_key=True):
            built.append((party_id, points))
    return tuple(built)
