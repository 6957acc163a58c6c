"""Which quantity was probably meant by a path that is none."""

from __future__ import annotations

from negsim.errors import Path, format_path
from negsim.scenario.build.context import Context
from negsim.scenario.build.talks.calendar import ROOT
from negsim.scenario.talks import Extensible, Firm, Hazard, Talks

__all__ = ["suggest_quantity"]

_KINDS = {Firm: "firm", Extensible: "extensible", Hazard: "hazard"}
_SAID = {"firm": "firm", "extensible": "extensible", "hazard": "a hazard"}


def suggest_quantity(target: Path, talks: Talks, context: Context) -> str:
    """Name the nearest quantity of the same block, such as ``talks.events``; of all, where there is no such block."""
    findings, block = context.findings, target[:2]
    if block == (*ROOT, "deadline"):
        return _say_kind(target, talks, context)
    near = [dotted for dotted, named in context.quantities.items() if named.path[:2] == block]
    if not near and block in findings.document.marks:
        return ""
    return findings.suggest(format_path(target), near or context.quantities)


def _say_kind(target: Path, talks: Talks, context: Context) -> str:
    """Say of which kind the deadline is, where a quantity of another kind was meant."""
    deadline, findings = talks.deadline, context.findings
    if deadline is None:
        return "" if findings.is_touched((*ROOT, "deadline")) else "the calendar has no deadline"
    kind = _KINDS[type(deadline)]
    if target[2:3] != (kind,) and target[2:3] in [(other,) for other in _SAID]:
        return f"the deadline is {_SAID[kind]}, and has no {target[-1]}"
    known = [dotted for dotted, named in context.quantities.items() if named.path[:2] == (*ROOT, "deadline")]
    return findings.suggest(format_path(target), known)
