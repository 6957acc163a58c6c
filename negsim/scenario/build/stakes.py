"""What a party and its ratifiers have in common: red lines, adjustments and a discount rate."""

from __future__ import annotations

from negsim.errors import Path
from negsim.scenario.build.conditions import build_condition
from negsim.scenario.build.context import Context
from negsim.scenario.build.quantities import build_quantity
from negsim.scenario.quantities import AMOUNT, AUDIENCE_COST, FIRMNESS, RATE, Quantity
from negsim.scenario.schema import StakesShape
from negsim.scenario.types import Adjustment, RedLine

__all__ = ["build_adjustments", "build_rate", "build_red_lines"]


def build_red_lines(shape: StakesShape, root: Path, context: Context) -> tuple[RedLine, ...]:
    """Build the red lines of the party or ratifier at ``root``."""
    built = []
    for line_id, line in shape.red_lines.items():
        path = (*root, "red_lines", line_id)
        require = build_condition(line.require, (*path, "require"), context)
        firmness = line.firmness
        if firmness is not None:
            firmness = build_quantity(firmness, (*path, "firmness"), FIRMNESS, context)
        cost = build_quantity(line.audience_cost, (*path, "audience_cost"), AUDIENCE_COST, context)
        if require is not None:
            built.append(RedLine(line_id, require, firmness, cost, line.title, line.because))
    return tuple(built)


def build_adjustments(shape: StakesShape, root: Path, context: Context) -> tuple[Adjustment, ...]:
    """Build the adjustments of the party or ratifier at ``root``."""
    built = []
    for adjustment_id, adjustment in shape.adjustments.items():
        path = (*root, "adjustments", adjustment_id)
        when = build_condition(adjustment.when, (*path, "when"), context)
        amount = build_quantity(adjustment.amount, (*path, "amount"), AMOUNT, context)
        if when is not None:
            built.append(Adjustment(adjustment_id, when, amount, adjustment.because))
    return tuple(built)


def build_rate(shape: StakesShape, root: Path, context: Context) -> Quantity | None:
    """Build the discount rate of the party or ratifier at ``root``; None where it gives none."""
    rate = shape.discount_rate
    return None if rate is None else build_quantity(rate, (*root, "discount_rate"), RATE, context)
