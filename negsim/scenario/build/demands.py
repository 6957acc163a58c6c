"""Demands: the options that would satisfy a stated position."""

from __future__ import annotations

from negsim.errors import Path
from negsim.scenario.build.context import MOST_CHOICES, Context, IssueIndex
from negsim.scenario.schema import StakesShape
from negsim.scenario.shapes import DemandShape
from negsim.scenario.types import IRRELEVANT, Demand, IssueKind
from negsim.scenario.words import shown

__all__ = ["build_demands"]


def build_demands(shape: StakesShape, root: Path, context: Context) -> tuple[Demand, ...]:
    """Build a party's demands, in declared order of the issues."""
    found = {}
    for issue_id, demand_shape in shape.demands.items():
        path = (*root, "demands", issue_id)
        index = context.find_issue(issue_id, path)
        demand = None if index is None else _build_demand(demand_shape, index, path, context)
        if demand is None:
            context.findings.mark_broken(path)
        else:
            found[issue_id] = demand
    return tuple(found[issue_id] for issue_id in context.in_order(found))


def _build_demand(shape: DemandShape, index: IssueIndex, path: Path, context: Context) -> Demand | None:
    issue = index.issue
    n_options = len(issue.options)
    if context.effort.is_spent:
        return None
    if shape.form == "any":
        return _limited(Demand(issue.id, "any", (), tuple(range(n_options))), path, context)
    if shape.form in ("at_least", "at_most", "between") and issue.kind is IssueKind.CATEGORICAL:
        message = f"{shape.form} needs an order, and the options of {issue.id} have none"
        help = "name options with one_of, or declare kind: ordered"
        context.findings.report("NS402", (*path, shape.form), message, help=help, on_key=True)
        return None
    positions = _find_all(shape, index, path, context)
    if positions is None:
        return None
    stated = tuple(issue.options[position] for position in positions)
    met_by = _met_by(shape, positions, n_options, path, context)
    return None if met_by is None else _limited(Demand(issue.id, shape.form, stated, met_by), path, context)


def _limited(demand: Demand, path: Path, context: Context) -> Demand | None:
    """Refuse a demand with which all of them together become too long a list; those after it are not read."""
    context.effort.n_choices += len(demand.met_by)
    if context.effort.is_spent:
        message = f"all demands and conditions up to this one single out more than {MOST_CHOICES:,} options"
        context.findings.report("NS207", path, message, help="take a larger step for long scales")
        return None
    return demand


def _find_all(shape: DemandShape, index: IssueIndex, path: Path, context: Context) -> list[int] | None:
    """Find the options a demand names; None if one is missing."""
    positions: list[int] = []
    for word, at in zip(shape.stated, shape.at, strict=True):
        if word == IRRELEVANT and context.is_conditional(index):
            help = "demand an option, and say what irrelevance is worth under values"
            context.findings.report("NS402", (*path, *at), "nobody can demand that an issue be irrelevant", help=help)
            return None
        position = context.find_option(index, word, (*path, *at))
        if position is not None:
            positions.append(position)
    if len(positions) < len(shape.stated):
        return None
    if shape.form == "one_of" and len(set(positions)) < len(positions):
        again = _first_repeated(positions)
        context.findings.report("NS402", (*path, *shape.at[again]), f"{shown(shape.stated[again])} is named twice")
        return None
    return positions


def _met_by(
    shape: DemandShape, positions: list[int], n_options: int, path: Path, context: Context
) -> tuple[int, ...] | None:
    if shape.form == "at_least":
        return tuple(range(positions[0], n_options))
    if shape.form == "at_most":
        return tuple(range(positions[0] + 1))
    if shape.form == "between":
        low, high = positions
        if low > high:
            first, last = shape.stated
            help = f"write {last}..{first}"
            message = f"{first} comes after {last}"
            context.findings.report("NS211", (*path, "between"), message, help=help)
            return None
        return tuple(range(low, high + 1))
    return tuple(sorted(positions))


def _first_repeated(positions: list[int]) -> int:
    """Find the first item that was there before."""
    first = {position: i for i, position in reversed(list(enumerate(positions)))}
    return next(i for i, position in enumerate(positions) if first[position] < i)
