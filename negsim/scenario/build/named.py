"""What the parts of ``durability`` name: the issue of the term, breakers, sides of the war, power shifts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from negsim.errors import Path
from negsim.scenario.build.context import Context
from negsim.scenario.schema_commitments import DurabilityShape, PowerShiftShape, RemedyShape
from negsim.scenario.shaping import Shape
from negsim.scenario.types import Issue
from negsim.scenario.words import shown

__all__ = ["check_breakers", "check_shifts", "check_side", "check_term"]

_YEARS = ("", "year", "years")


def check_term(shape: DurabilityShape, path: Path, context: Context) -> None:
    """Check that the term is an issue that counts years from 0 up."""
    if "term" not in shape.written or context.findings.is_broken(path):
        return
    index = context.find_issue(shape.term, path, on_key=False)
    if index is None:
        return
    message = _why_no_years(index.issue, numeric=index.is_numeric)
    if message:
        help = "a term is a numeric issue in years, from 0 up"
        context.findings.report("NS424", path, f"{shape.term} {message}", help=help)


def _why_no_years(issue: Issue, *, numeric: bool) -> str:
    if not numeric:
        return f"is {issue.kind.value} and counts no years"
    if issue.levels[0] < 0:
        return f"goes down to {issue.options[0]}, and no guarantee runs for less than 0 years"
    return "" if issue.unit in _YEARS else f"counts {issue.unit}, not years"


def check_breakers(
    shape: Shape, key: Literal["against", "if_broken_by"], path: Path, durability: DurabilityShape, context: Context
) -> None:
    """Check a list of parties, each of which must be a breaker."""
    path = (*path, key)
    names: Sequence[str] = getattr(shape, key)
    for name, below in _once(names, path, "every breaker", context, given=key in shape.written):
        known = name in durability.breakers or context.findings.is_broken(("durability", "breakers", name))
        if context.knows_party(name, below) and not known:
            help = context.findings.suggest(name, durability.breakers)
            context.findings.report("NS424", below, f"{name} is no breaker of durability", help=help)


def check_shifts(shape: RemedyShape, path: Path, durability: DurabilityShape, context: Context) -> None:
    """Check the list of the power shifts that a remedy takes away."""
    given = "shifts" in shape.written
    for name, below in _once(shape.shifts, (*path, "shifts"), "every shift", context, given=given):
        known = name in durability.power_shifts or context.findings.is_broken(("durability", "power_shifts", name))
        if not known:
            help = context.findings.suggest(name, durability.power_shifts)
            context.findings.report("NS424", below, f"there is no power shift {shown(name)}", help=help)


def _once(
    names: Sequence[str], path: Path, everything: str, context: Context, *, given: bool
) -> Iterable[tuple[str, Path]]:
    """Go through a list with the path of each name; report one that is there twice, and a list of nothing."""
    findings = context.findings
    if given and not names and not findings.is_broken(path):
        findings.report("NS207", path, f"{path[-1]} names nothing", help=f"leave it out for {everything}", breaks=False)
    seen: set[str] = set()
    for position, name in enumerate(names):
        below = (*path, str(position))
        if name in seen:
            findings.report("NS424", below, f"{shown(name)} is named twice")
        else:
            yield name, below
        seen.add(name)


def check_side(shape: PowerShiftShape, path: Path, context: Context) -> None:
    """Check that a shift is towards a side of the war."""
    findings, side = context.findings, shape.towards
    if context.sides is None:
        if not findings.is_broken(("war",)):
            message = "a shift by a probability of winning needs a war, and the scenario has none"
            help = "add war: at the top, or give points: instead"
            findings.report("NS419", (*path, "by"), message, help=help, on_key=True, breaks=False)
        return
    place = (*path, "towards")
    if not findings.is_broken(place) and context.knows_party(side, place) and side not in (context.sides or (side,)):
        help = findings.suggest(side, context.sides)
        findings.report("NS419", place, f"the war has no side {shown(side)}", help=help)
