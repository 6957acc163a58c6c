"""What ends the talks."""

from __future__ import annotations

from negsim.scenario.build.quantities import build_quantity
from negsim.scenario.build.talks.calendar import ROOT, Calendar
from negsim.scenario.inventory_talks import DAYS_AWAY
from negsim.scenario.quantities import PROBABILITY
from negsim.scenario.schema_talks import DeadlineShape
from negsim.scenario.talks import Deadline, Extensible, Firm, Hazard
from negsim.scenario.words import joined, listed

__all__ = ["build_deadline"]

_KINDS = ("firm", "extensible", "hazard")


def build_deadline(calendar: Calendar) -> Deadline | None:
    """Build the deadline, if there is one."""
    shape, path, findings = calendar.shape.deadline, (*ROOT, "deadline"), calendar.findings
    if shape is None:
        return None
    given = [kind for kind in _KINDS if kind in shape.written]
    if len(given) == 1:
        return _build(shape, calendar)
    if not findings.broken_names(path):
        say = f"a deadline has {joined(given)}" if given else "a deadline has no kind"
        help = f"it is one of {listed(_KINDS)}"
        findings.report("NS445", path, say, help=help, on_key=True, breaks=False)
    for kind in given:
        findings.mark_broken((*path, kind))
    return None


def _build(shape: DeadlineShape, calendar: Calendar) -> Deadline:
    path, context = (*ROOT, "deadline"), calendar.context
    if shape.firm is not None:
        calendar.check_day(shape.firm.date, (*path, "firm", "date"))
        return Firm(shape.firm.date)
    if shape.extensible is not None:
        given, below = shape.extensible, (*path, "extensible")
        calendar.check_day(given.date, (*below, "date"))
        chance = build_quantity(given.chance, (*below, "chance"), PROBABILITY, context)
        return Extensible(given.date, chance, given.by, given.times)
    assert shape.hazard is not None
    calendar.check_day(shape.hazard.start, (*path, "hazard", "from"))
    return Hazard(build_quantity(shape.hazard.mean, (*path, "hazard", "mean"), DAYS_AWAY, context), shape.hazard.start)
