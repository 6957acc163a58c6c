"""Parties: what each demands, cares about, will not cross, and has without a deal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from negsim.errors import Path
from negsim.scenario.build.conditions import build_condition, build_optional_condition
from negsim.scenario.build.context import Context, IssueIndex
from negsim.scenario.build.demands import build_demands
from negsim.scenario.build.quantities import build_quantity
from negsim.scenario.build.values import build_priorities, build_values, check_valued, weighted_issues
from negsim.scenario.inventory import level_domain
from negsim.scenario.quantities import AMOUNT, AUDIENCE_COST, FIRMNESS, NO_DEAL, Quantity
from negsim.scenario.quantity_syntax import read_quantity
from negsim.scenario.schema import PartyShape
from negsim.scenario.shapes import SameAsShape
from negsim.scenario.types import IRRELEVANT, Adjustment, Party, RedLine, Role, SameAs
from negsim.scenario.words import listed

__all__ = ["build_parties"]


def build_parties(shapes: Mapping[str, PartyShape], context: Context) -> tuple[Party, ...]:
    """Build the parties, in the order of their ids."""
    return tuple(_build_party(party_id, shapes[party_id], context) for party_id in sorted(shapes))


def _build_party(party_id: str, shape: PartyShape, context: Context) -> Party:
    root = ("parties", party_id)
    demands = build_demands(shape, root, context)
    priorities = build_priorities(shape, root, context)
    values = build_values(shape, root, context)
    check_valued(shape, root, demands, values, context)
    consents_to = build_optional_condition(shape, "consents_to", (*root, "consents_to"), context)
    if "consents_to" in shape.model_fields_set and shape.role == "signatory":
        message = f"{party_id} is a signatory, whose consent is always needed"
        help = "leave consents_to out, or give another role"
        context.findings.report("NS408", (*root, "consents_to"), message, help=help, on_key=True)
    return Party(
        id=party_id,
        title=shape.title,
        role=Role(shape.role),
        consents_to=consents_to,
        demands=demands,
        priorities=priorities,
        values=values,
        red_lines=_build_red_lines(shape, root, context),
        adjustments=_build_adjustments(shape, root, context),
        no_deal=_build_no_deal(shape, root, weighted_issues(shape, demands, values, context), context),
        about=shape.about,
    )


def _build_red_lines(shape: PartyShape, root: Path, context: Context) -> tuple[RedLine, ...]:
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


def _build_adjustments(shape: PartyShape, root: Path, context: Context) -> tuple[Adjustment, ...]:
    built = []
    for adjustment_id, adjustment in shape.adjustments.items():
        path = (*root, "adjustments", adjustment_id)
        when = build_condition(adjustment.when, (*path, "when"), context)
        amount = build_quantity(adjustment.amount, (*path, "amount"), AMOUNT, context)
        if when is not None:
            built.append(Adjustment(adjustment_id, when, amount, adjustment.because))
    return tuple(built)


def _build_no_deal(
    shape: PartyShape, root: Path, weighted: Sequence[str], context: Context
) -> Quantity | SameAs | None:
    path = (*root, "no_deal")
    if isinstance(shape.no_deal, SameAsShape):
        return _build_same_as(shape.no_deal, path, weighted, context)
    if shape.no_deal is not None:
        return build_quantity(shape.no_deal, path, NO_DEAL, context)
    stake = next((block for block in ("demands", "priorities", "values") if getattr(shape, block)), None)
    if stake is not None and not context.findings.is_broken(path):
        message = f"{root[-1]} has {stake} but no no_deal: the utility of having no deal"
        help = "add no_deal: 30..50 (0 to 100, as deals are valued)"
        context.findings.report("NS406", path, message, help=help)
    return None


def _build_same_as(shape: SameAsShape, path: Path, weighted: Sequence[str], context: Context) -> SameAs:
    options: dict[str, str] = {}
    levels: dict[str, Quantity] = {}
    for issue_id, value in shape.entries.items():
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
    missing = [issue_id for issue_id in weighted if issue_id not in shape.entries]
    if missing and not context.findings.is_broken(path):
        message = f"same_as leaves out {listed(missing, 'and')}, to which {path[1]} gives weight"
        context.findings.report("NS416", (*path, "same_as"), message, help=f"add {missing[0]}: ...", on_key=True)
    return SameAs(
        tuple((issue_id, options[issue_id]) for issue_id in context.in_order(options)),
        tuple((issue_id, levels[issue_id]) for issue_id in context.in_order(levels)),
    )


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
