"""What a party has without a deal: points, an outcome as good, a lottery over end states, or a war."""

from __future__ import annotations

from collections.abc import Sequence

from negsim.errors import Path
from negsim.scenario.build.context import Context
from negsim.scenario.build.end_states import build_charges, build_end_state
from negsim.scenario.build.quantities import build_quantity
from negsim.scenario.no_deal import Belief, EndState, Lottery, LotteryEnd, NoDeal, Stance, WarValue
from negsim.scenario.quantities import COST_RATE, EVIDENCE, LOSS, PROBABILITY, Quantity
from negsim.scenario.schema import StakesShape
from negsim.scenario.schema_no_deal import (
    BeliefShape,
    LotteryNoDealShape,
    LotteryShape,
    SameAsShape,
    WarNoDealShape,
    WarValueShape,
)
from negsim.scenario.words import listed, shown

__all__ = ["build_no_deal"]


def build_no_deal(shape: StakesShape, root: Path, weighted: Sequence[str], context: Context) -> NoDeal | None:
    """Build the no-deal value of the party or ratifier at ``root``, which gives weight to the issues ``weighted``."""
    path, given = (*root, "no_deal"), shape.no_deal
    if given is None:
        return None
    if isinstance(given, WarNoDealShape):
        path = (*path, "war")
        return None if context.findings.is_broken(path) else _build_war(given.war, path, weighted, context)
    if isinstance(given, LotteryNoDealShape):
        path = (*path, "lottery")
        return None if context.findings.is_broken(path) else _build_lottery(given.lottery, path, weighted, context)
    return build_end_state(given, path, weighted, context)


def _build_war(shape: WarValueShape, path: Path, weighted: Sequence[str], context: Context) -> WarValue:
    belief = None if shape.belief is None else _build_belief(shape.belief, (*path, "belief"), context)
    return WarValue(
        side=_find_side(shape, path, context),
        win=build_end_state(shape.win, (*path, "win"), weighted, context),
        lose=build_end_state(shape.lose, (*path, "lose"), weighted, context),
        now=_build_now(shape.now, path, weighted, context),
        losses=build_charges(shape.losses, (*path, "losses"), LOSS, context),
        costs=build_charges(shape.costs, (*path, "costs"), COST_RATE, context),
        belief=belief,
        option=Stance(shape.option),
    )


def _find_side(shape: WarValueShape, path: Path, context: Context) -> str:
    """Find the side that a party is on: the one it names, or itself."""
    party, sides, findings = path[1], context.sides, context.findings
    if sides is None:
        if not findings.is_broken(("war",)):
            message = f"{'.'.join(path[:-1])} is a war, but the scenario has none"
            help = "add war: {sides: {...: {collapse: ...}, ...: {collapse: ...}}} at the top"
            findings.report("NS419", path, message, help=help, on_key=True, breaks=False)
    elif shape.side and shape.side not in sides:
        if sides and not findings.is_broken(("parties", shape.side)):
            message = f"the war has no side {shown(shape.side)}"
            findings.report("NS419", (*path, "side"), message, help=findings.suggest(shape.side, sides))
    elif shape.side and party in sides and shape.side != party:
        message = f"{party} is a side of the war itself and cannot be on the side of {shape.side}"
        findings.report("NS419", (*path, "side"), message, help="leave side out")
    elif not shape.side and party not in sides and sides and not findings.is_broken((*path, "side")):
        message = f"{party} is no side of the war, so its war must say whose side it is on"
        findings.report("NS419", path, message, help=f"add side: {listed(sides)}", on_key=True, breaks=False)
    return shape.side or party


def _build_belief(shape: BeliefShape, path: Path, context: Context) -> Belief:
    a = build_quantity(shape.a, (*path, "a"), EVIDENCE, context)
    return Belief(a, build_quantity(shape.b, (*path, "b"), EVIDENCE, context))


def _build_now(
    now: Quantity | SameAsShape | None, path: Path, weighted: Sequence[str], context: Context
) -> EndState | None:
    return None if now is None else build_end_state(now, (*path, "now"), weighted, context)


def _build_lottery(shape: LotteryShape, path: Path, weighted: Sequence[str], context: Context) -> Lottery:
    ends = []
    for end_id, end in shape.ends.items():
        below = (*path, "ends", end_id)
        probability = end.probability
        if probability is not None:
            probability = build_quantity(probability, (*below, "probability"), PROBABILITY, context)
        worth = build_end_state(end.worth, (*below, "worth"), weighted, context)
        ends.append(LotteryEnd(end_id, probability, worth, end.because))
    if not shape.ends and not context.findings.is_broken((*path, "ends")):
        context.findings.report("NS207", (*path, "ends"), "a lottery must have an end", help="add one", breaks=False)
    return Lottery(
        ends=tuple(ends),
        costs=build_charges(shape.costs, (*path, "costs"), LOSS, context),
        now=_build_now(shape.now, path, weighted, context),
        option=Stance(shape.option),
    )
