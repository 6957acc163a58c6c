"""Ratifiers: who must say yes after a party, by their red lines alone or with what they have of their party."""

from __future__ import annotations

from negsim.errors import Path
from negsim.scenario.build.context import Context
from negsim.scenario.build.demands import build_demands
from negsim.scenario.build.no_deal import build_no_deal
from negsim.scenario.build.quantities import build_quantity
from negsim.scenario.build.stakes import build_adjustments, build_rate, build_red_lines
from negsim.scenario.build.values import (
    build_priorities,
    build_values,
    check_valued,
    given_priorities,
    weighted_issues,
)
from negsim.scenario.inheritance import inherited_adjustments, inherited_priorities, inherited_rate, inherited_values
from negsim.scenario.quantities import AMOUNT, NOTHING, PRIORITY, RATE, VALUE, Quantity
from negsim.scenario.schema import PartyShape, RatifierShape
from negsim.scenario.types import Adjustment, Demand, OptionValue, Party, Priority, Role

__all__ = ["MOST_INHERITED", "build_ratifiers"]


MOST_INHERITED = 50_000
"""How many quantities all ratifiers together may have of their parties: a short file could ask for millions."""


def build_ratifiers(shape: PartyShape, party: Party, context: Context) -> tuple[Party, ...]:
    """Build the ratifiers of a party, in the order of their ids."""
    built = []
    for ratifier_id, own in sorted(shape.ratifiers.items()):
        path = (*party.path, "ratifiers", ratifier_id)
        weighs = _has_no_deal(own, path, context) or _stake_of(own) is not None
        if weighs and _is_too_much(party, path, context):
            break
        built.append(
            _build_ratifier(own, path, shape, party, context)
            if weighs
            else _build_by_lines_alone(own, path, party, context)
        )
    return tuple(built)


def _has_no_deal(shape: RatifierShape, root: Path, context: Context) -> bool:
    """Tell whether a ratifier has a no-deal value, be it a faulty one, and so weighs deals by points."""
    return shape.no_deal is not None or context.findings.is_broken((*root, "no_deal"))


def _stake_of(shape: RatifierShape) -> str | None:
    """Name the first block of a ratifier that means nothing without a no-deal value; None if it has no such block."""
    return next((block for block in _STAKES if block in shape.written), None)


_STAKES = ("demands", "priorities", "values", "adjustments", "discount_rate")


def _is_too_much(party: Party, path: Path, context: Context) -> bool:
    """Report the ratifier with which all of them have too much of their parties; those after it are not read."""
    effort = context.effort
    before = effort.n_inherited
    effort.n_inherited += len(party.priorities) + len(party.values) + len(party.adjustments)
    if before <= MOST_INHERITED < effort.n_inherited:
        message = f"the ratifiers up to this one have more than {MOST_INHERITED:,} values of their parties"
        help = "give fewer values, or merge ratifiers"
        context.findings.report("NS207", path, message, help=help, on_key=True)
    return effort.n_inherited > MOST_INHERITED


def _build_by_lines_alone(shape: RatifierShape, root: Path, party: Party, context: Context) -> Party:
    """Build a ratifier without a no-deal value: it has nothing of its party, and bluffs cost it nothing."""
    red_lines = build_red_lines(shape, root, context)
    for line in red_lines:
        path = (*root, "red_lines", line.id, "audience_cost")
        if line.audience_cost != NOTHING and not context.findings.is_broken(path):
            message = f"{root[-1]} has no no_deal to hold an audience cost against: it looks at its red lines alone"
            help = "add no_deal, or leave audience_cost out"
            context.findings.report("NS406", path, message, help=help, on_key=True)
    return Party(root[-1], shape.title, Role.RATIFIER, red_lines=red_lines, ratifies=party.id, about=shape.about)


def _build_ratifier(shape: RatifierShape, root: Path, party_shape: PartyShape, party: Party, context: Context) -> Party:
    """Build a ratifier that weighs deals by points; one that only should is read all the same, for other faults."""
    if not _has_no_deal(shape, root, context):
        message = f"{root[-1]} has {_stake_of(shape)} but no no_deal, without which it looks at its red lines alone"
        help = "add no_deal: 30..50 (0 to 100, as deals are valued)"
        context.findings.report("NS406", (*root, "no_deal"), message, help=help)
    demands = _merge_demands(shape, root, party, context)
    values = _merge_values(shape, root, party, context)
    own = given_priorities(shape)
    in_force = given_priorities(party_shape) if own is None else own
    weighted = weighted_issues(in_force, demands, values, context)
    check_valued(shape, root, weighted, demands, values, context)
    _check_said(shape, root, context)
    return Party(
        id=root[-1],
        title=shape.title,
        role=Role.RATIFIER,
        demands=demands,
        priorities=_inherit_priorities(root, party, context) if own is None else build_priorities(shape, root, context),
        values=values,
        red_lines=build_red_lines(shape, root, context),
        adjustments=_find_adjustments(shape, root, party, context),
        no_deal=build_no_deal(shape, root, weighted, context),
        discount_rate=_find_rate(shape, root, party, context),
        ratifies=party.id,
        about=shape.about,
    )


def _check_said(shape: RatifierShape, root: Path, context: Context) -> None:
    """Report values of no option, which would neither be the ratifier's own nor its party's."""
    for issue_id, given in shape.values.items():
        path = (*root, "values", issue_id)
        if not given and issue_id not in shape.demands and not context.findings.is_touched(path):
            message = f"{root[-1]} gives no option of {issue_id} a value"
            help = f"leave it out, and {root[-1]} has the values of {root[1]}"
            context.findings.report("NS207", path, message, help=help, on_key=True)


def _speaks_of(shape: RatifierShape, issue_id: str) -> bool:
    return issue_id in shape.demands or issue_id in shape.values


def _merge_demands(shape: RatifierShape, root: Path, party: Party, context: Context) -> tuple[Demand, ...]:
    kept = [demand for demand in party.demands if not _speaks_of(shape, demand.issue)]
    return tuple(sorted((*kept, *build_demands(shape, root, context)), key=lambda item: context.order[item.issue]))


def _merge_values(shape: RatifierShape, root: Path, party: Party, context: Context) -> tuple[OptionValue, ...]:
    kept = [value for value in inherited_values(party) if not _speaks_of(shape, value.issue)]
    for value in kept:
        build_quantity(value.quantity, (*root, "values", value.issue, value.option), VALUE, context)
    return tuple(sorted((*kept, *build_values(shape, root, context)), key=lambda item: context.order[item.issue]))


def _inherit_priorities(root: Path, party: Party, context: Context) -> tuple[Priority, ...]:
    inherited = inherited_priorities(party)
    for item in inherited:
        build_quantity(item.quantity, (*root, "priorities", item.issue), PRIORITY, context)
    return inherited


def _find_adjustments(shape: RatifierShape, root: Path, party: Party, context: Context) -> tuple[Adjustment, ...]:
    if "adjustments" in shape.written:
        return build_adjustments(shape, root, context)
    inherited = inherited_adjustments(party)
    for item in inherited:
        build_quantity(item.amount, (*root, "adjustments", item.id, "amount"), AMOUNT, context)
    return inherited


def _find_rate(shape: RatifierShape, root: Path, party: Party, context: Context) -> Quantity | None:
    path = (*root, "discount_rate")
    if shape.discount_rate is not None or context.findings.is_broken(path):
        return build_rate(shape, root, context)
    inherited = inherited_rate(party)
    return None if inherited is None else build_quantity(inherited, path, RATE, context)
