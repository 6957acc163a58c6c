"""The war of a scenario: its two sides, each a party."""

from __future__ import annotations

from negsim.scenario.build.context import Context
from negsim.scenario.build.quantities import build_quantity
from negsim.scenario.no_deal import Side, War
from negsim.scenario.quantities import RATE
from negsim.scenario.schema_commitments import WarShape
from negsim.scenario.words import listed

__all__ = ["build_war", "name_sides"]


def name_sides(shape: WarShape | None, context: Context) -> tuple[str, ...] | None:
    """Name the sides of the war, in the order of their ids; none where they are faulty, None where there is no war."""
    if shape is None:
        return None
    path, findings = ("war", "sides"), context.findings
    known = [side for side in sorted(shape.sides) if context.knows_party(side, (*path, side), on_key=True)]
    if findings.is_broken(path):
        return ()
    if len(shape.sides) != 2 and not findings.broken_names(path):
        found = listed(sorted(shape.sides), "and") or "none"
        message = (
            f"a war has two sides; here are {len(shape.sides)}: {found}" if shape.sides else "the war has no sides"
        )
        findings.report("NS419", path, message, help="name two parties", on_key=True, breaks=False)
    return tuple(known) if len(known) == len(shape.sides) == 2 else ()


def build_war(shape: WarShape | None, context: Context) -> War | None:
    """Build the war, whose sides have been named."""
    if shape is None or not context.sides:
        return None
    first, second = (
        Side(side, build_quantity(shape.sides[side].collapse, ("war", "sides", side, "collapse"), RATE, context))
        for side in context.sides
    )
    return War((first, second), shape.about)
