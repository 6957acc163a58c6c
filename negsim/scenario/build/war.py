"""The war of a scenario: its two sides, each a party."""

from __future__ import annotations

from negsim.scenario.build.context import Context
from negsim.scenario.build.quantities import build_quantity
from negsim.scenario.no_deal import Side, War
from negsim.scenario.quantities import RATE
from negsim.scenario.schema_commitments import WarShape

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
        message = f"a war has exactly two sides, not {len(shape.sides)}"
        findings.report("NS419", path, message, help="name two parties", on_key=True, breaks=False)
    return tuple(known) if len(known) == len(shape.sides) == 2 else ()


def build_war(shape: WarShape | None, context: Context) -> War | None:
    """Build the war, whose sides have been named."""
    if shape is None:
        return None
    sides = [
        Side(side, build_quantity(shape.sides[side].collapse, ("war", "sides", side, "collapse"), RATE, context))
        for side in sorted(shape.sides)
    ]
    return War((sides[0], sides[1]), shape.about) if context.sides else None
