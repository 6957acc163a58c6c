"""Counsel: a mediator tells a party whether a red line of another is real."""

from __future__ import annotations

from negsim.errors import Path, format_path
from negsim.scenario.build.quantities import build_quantity
from negsim.scenario.build.talks.calendar import ROOT, Calendar
from negsim.scenario.build.talks.when import check_counsel_days
from negsim.scenario.inventory_talks import BIAS
from negsim.scenario.quantities import LOSS
from negsim.scenario.schema_observed import CounselShape
from negsim.scenario.talks import Counsel
from negsim.scenario.types import Party, Role
from negsim.scenario.words import shown

__all__ = ["build_counsel"]


def build_counsel(calendar: Calendar) -> tuple[Counsel, ...]:
    """Build the counsel that mediators give, in the order of their ids."""
    shapes = calendar.shape.counsel
    return tuple(_build(counsel_id, shapes[counsel_id], calendar) for counsel_id in sorted(shapes))


def _build(counsel_id: str, shape: CounselShape, calendar: Calendar) -> Counsel:
    path, context = (*ROOT, "counsel", counsel_id), calendar.context
    check_counsel_days(shape, path, calendar)
    _check_mediator(shape.mediator, (*path, "mediator"), calendar)
    calendar.signs(shape.hears, (*path, "hears"), code="NS447")
    line = context.canonical(shape.line)
    _check_line(line, shape, (*path, "line"), calendar)
    return Counsel(
        id=counsel_id,
        mediator=shape.mediator,
        hears=shape.hears,
        line=line,
        date=shape.date,
        session=shape.session,
        bias=build_quantity(shape.bias, (*path, "bias"), BIAS, context),
        war_cost=build_quantity(shape.war_cost, (*path, "war_cost"), LOSS, context),
        about=shape.about,
    )


def _check_mediator(party_id: str, path: Path, calendar: Calendar) -> None:
    if calendar.findings.is_broken(path) or not calendar.context.knows_party(party_id, path):
        return
    if not calendar.has_role(party_id, Role.MEDIATOR, Role.GUARANTOR):
        message = f"{party_id} is a signatory, and speaks for itself"
        calendar.findings.report("NS447", path, message, help="name a mediator or guarantor")


def _check_line(line: Path, shape: CounselShape, path: Path, calendar: Calendar) -> None:
    """Check that a path is that of a red line of another signatory, which may be a bluff."""
    findings, dotted = calendar.findings, format_path(line)
    if findings.is_broken(path) or findings.is_broken(line):
        return
    party = calendar.parties.get(line[1]) if len(line) == 4 and line[0] == "parties" else None
    lines = {item.id: item for item in party.red_lines} if party is not None and line[2] == "red_lines" else {}
    found = lines.get(line[-1])
    if found is None:
        known = (
            format_path((*other.path, "red_lines", item.id))
            for other in _others(shape, calendar)
            for item in other.red_lines
        )
        help = findings.suggest(dotted, known)
        findings.report("NS447", path, f"there is no red line {shown(dotted)}", help=help)
    elif line[1] == shape.hears:
        message = f"{dotted} is a line of {shape.hears} itself, who knows whether it is real"
        findings.report("NS447", path, message, help="name a red line of another signatory")
    elif not calendar.has_role(line[1], Role.SIGNATORY):
        message = f"{line[1]} is no signatory, so nobody presses on its red lines"
        findings.report("NS447", path, message, help="name a red line of a signatory")
    elif found.firmness is None and not findings.is_broken((*line, "firmness")):
        message = f"{dotted} is hard, so there is nothing to tell of it"
        findings.report("NS447", path, message, help="name one whose firmness is a probability")


def _others(shape: CounselShape, calendar: Calendar) -> list[Party]:
    return [party for party in calendar.parties.values() if party.id != shape.hears and party.role is Role.SIGNATORY]
