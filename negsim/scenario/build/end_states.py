"""End states and charges: what a state of the world is worth to a party, and what costs it points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from negsim.errors import Path
from negsim.scenario.build.context import Context, IssueIndex
from negsim.scenario.build.quantities import build_quantity
from negsim.scenario.inheritance import own_path
from negsim.scenario.inventory import level_domain
from negsim.scenario.no_deal import Charge, EndState, SameAs
from negsim.scenario.quantities import NO_DEAL, SHARE, VALUE, Domain, Quantity
from negsim.scenario.quantity_syntax import read_quantity
from negsim.scenario.schema_no_deal import ChargeShape, SameAsShape
from negsim.scenario.types import IRRELEVANT
from negsim.scenario.words import listed

__all__ = ["build_charges", "build_end_state"]


def build_end_state(state: Quantity | SameAsShape, path: Path, weighted: Sequence[str], context: Context) -> EndState:
    """Build the worth of a state to a party that gives weight to the issues ``weighted``."""
    if isinstance(state, SameAsShape):
        return _build_same_as(state, path, weighted, context)
    return build_quantity(state, path, NO_DEAL, context)


def _build_same_as(shape: SameAsShape, path: Path, weighted: Sequence[str], context: Context) -> SameAs:
    options: dict[str, str] = {}
    levels: dict[str, Quantity] = {}
    for issue_id, value in shape.same_as.items():
        below = (*path, "same_as", issue_id)
        index = context.find_issue(issue_id, below)
        if index is None:
            continue
        if index.is_numeric and value != IRRELEVANT:
            level = _build_level(index, value, below, context)
            if level is not None:
                levels[issue_id] = level
        else:
            position = context.find_option(index, value, below)
            if position is not None:
                options[issue_id] = index.option_at(position)
    rest = None if shape.rest is None else build_quantity(shape.rest, (*path, "rest"), VALUE, context)
    if rest is None and not any(context.findings.is_broken((*path, key)) for key in ("same_as", "rest")):
        _check_complete(shape, path, weighted, context)
    return SameAs(
        tuple((issue_id, options[issue_id]) for issue_id in context.in_order(options)),
        tuple((issue_id, levels[issue_id]) for issue_id in context.in_order(levels)),
        rest,
    )


def _check_complete(shape: SameAsShape, path: Path, weighted: Sequence[str], context: Context) -> None:
    missing = [issue_id for issue_id in weighted if issue_id not in shape.same_as]
    if missing:
        message = f"same_as leaves out {listed(missing, 'and')}, to which {own_path(path)[1]} gives weight"
        help = f"add {missing[0]}: ..., or rest: 50 beside same_as"
        context.findings.report("NS416", (*path, "same_as"), message, help=help, on_key=True)


def _build_level(index: IssueIndex, value: object, path: Path, context: Context) -> Quantity | None:
    """Read a level as a quantity of its own, anywhere between the ends of the scale."""
    found = read_quantity(value)
    if isinstance(found, tuple):
        for flaw in found:
            message = f"same_as.{'.'.join((path[-1], *flaw.at))} {flaw.message}"
            context.findings.report(flaw.code, (*path, *flaw.at), message, help=flaw.help, on_key=flaw.on_key)
        context.findings.mark_broken(path)
        return None
    return build_quantity(found, path, level_domain(index.issue), context)


def build_charges(
    shapes: Mapping[str, Quantity | ChargeShape], path: Path, domain: Domain, context: Context
) -> tuple[Charge, ...]:
    """Build what costs points, each a quantity or points with factors."""
    return tuple(_build_charge(charge_id, shapes[charge_id], path, domain, context) for charge_id in shapes)


def _build_charge(
    charge_id: str, shape: Quantity | ChargeShape, path: Path, domain: Domain, context: Context
) -> Charge:
    below = (*path, charge_id)
    if not isinstance(shape, ChargeShape):
        return Charge(charge_id, build_quantity(shape, below, domain, context))
    if not shape.factors:
        return Charge(charge_id, build_quantity(shape.points, below, domain, context))
    points = build_quantity(shape.points, (*below, "points"), domain, context)
    factors = [
        (factor, build_quantity(share, (*below, "factors", factor), SHARE, context))
        for factor, share in shape.factors.items()
    ]
    return Charge(charge_id, points, tuple(factors))
