"""Priorities and values, and whether together with the demands they value every deal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from negsim.errors import Path
from negsim.scenario.build.context import Context, IssueIndex
from negsim.scenario.build.quantities import build_quantity
from negsim.scenario.quantities import PRIORITY, VALUE, Constant, Quantity
from negsim.scenario.schema import StakesShape
from negsim.scenario.types import IRRELEVANT, Demand, OptionValue, Priority
from negsim.scenario.words import listed

__all__ = ["build_priorities", "build_values", "check_valued", "given_priorities", "weighted_issues"]


def build_priorities(shape: StakesShape, root: Path, context: Context) -> tuple[Priority, ...]:
    """Build a party's priorities, in declared order of the issues."""
    found = {}
    for issue_id, quantity in shape.priorities.items():
        path = (*root, "priorities", issue_id)
        if context.find_issue(issue_id, path) is not None:
            found[issue_id] = Priority(issue_id, build_quantity(quantity, path, PRIORITY, context))
    _check_sum(shape, root, context)
    return tuple(found[issue_id] for issue_id in context.in_order(found))


def _check_sum(shape: StakesShape, root: Path, context: Context) -> None:
    path = (*root, "priorities")
    if "priorities" not in shape.written or any(map(_weighs, shape.priorities.values())):
        return
    if not context.findings.is_broken(path) and not context.findings.broken_names(path):
        message = f"the priorities of {root[-1]} sum to zero"
        help = "leave them out for equal weights, or give one issue a weight above 0"
        context.findings.report("NS414", path, message, help=help, on_key=True, breaks=False)


def _weighs(quantity: object) -> bool:
    return not (isinstance(quantity, Constant) and quantity.value == 0)


def build_values(shape: StakesShape, root: Path, context: Context) -> tuple[OptionValue, ...]:
    """Build the values a party gives, in declared order of issues and options."""
    found: dict[str, list[OptionValue]] = {}
    for issue_id, given in shape.values.items():
        path = (*root, "values", issue_id)
        index = context.find_issue(issue_id, path)
        if index is None:
            continue
        placed: dict[int, OptionValue] = {}
        for word, quantity in given.items():
            position = context.find_option(index, word, (*path, word), on_key=True)
            if position is None:
                continue
            option = index.option_at(position)
            if position in placed:
                message = f"{issue_id} is given a value for {option} twice"
                context.findings.report("NS403", (*path, word), message, on_key=True)
            built = build_quantity(quantity, (*path, option), VALUE, context)
            placed[position] = OptionValue(issue_id, option, built)
        found[issue_id] = [placed[position] for position in sorted(placed)]
    return tuple(value for issue_id in context.in_order(found) for value in found[issue_id])


def given_priorities(shape: StakesShape) -> Mapping[str, Quantity] | None:
    """Give the priorities of a party as stated; None where they are left out."""
    return shape.priorities if "priorities" in shape.written else None


def weighted_issues(
    priorities: Mapping[str, Quantity] | None,
    demands: Sequence[Demand],
    values: Sequence[OptionValue],
    context: Context,
) -> list[str]:
    """List the issues that count in a party's utility, in declared order."""
    if priorities is not None:
        weighed = {issue_id for issue_id, quantity in priorities.items() if _weighs(quantity)}
    else:
        weighed = {demand.issue for demand in demands} | {value.issue for value in values}
    return context.in_order([issue_id for issue_id in weighed if issue_id in context.issues])


def check_valued(
    shape: StakesShape,
    root: Path,
    weighted: Sequence[str],
    demands: Sequence[Demand],
    values: Sequence[OptionValue],
    context: Context,
) -> None:
    """Check that every option of every issue with weight has a value, given or inferred.

    Of an issue on which a ratifier says nothing, so that all is as its party has it, nothing is said.
    """
    demanded = {demand.issue for demand in demands}
    valued: dict[str, set[str]] = {}
    for value in values:
        valued.setdefault(value.issue, set()).add(value.option)
    for issue_id in weighted:
        index, given = context.issues[issue_id], valued.get(issue_id, set())
        where = _where(shape, root, issue_id)
        if where is None or _is_broken_below(root, issue_id, context):
            continue
        if issue_id not in demanded and not given:
            message = f"{root[-1]} gives {issue_id} weight but has neither a demand nor values for it"
            path = (*root, "priorities", issue_id) if issue_id in shape.priorities else where
            context.findings.report("NS404", path, message, help=f"add demands.{issue_id}", on_key=True, breaks=False)
            continue
        if issue_id not in demanded:
            _check_inferred(index, given, root, context)
        if index.issue.when is not None and IRRELEVANT not in given:
            message = f"{root[-1]} gives {issue_id} weight but no value where it is irrelevant"
            help = f"add values.{issue_id}.irrelevant, 0 to 100"
            context.findings.report("NS405", where, message, help=help, on_key=True, breaks=False)


def _is_broken_below(root: Path, issue_id: str, context: Context) -> bool:
    """Tell whether what a party (or the one it ratifies for) says of an issue, or a part of it, was reported."""
    blocks = ((*above, block) for above in {root, root[:2]} for block in ("demands", "values", "priorities"))
    return any(context.findings.is_touched((*block, issue_id)) for block in blocks)


def _check_inferred(index: IssueIndex, given: set[str], root: Path, context: Context) -> None:
    """Without a demand nothing can be inferred: all options are needed, or both ends of a scale."""
    options = index.issue.options
    needed = (options[0], options[-1]) if index.is_numeric else options
    missing = [option for option in needed if option not in given]
    if missing:
        what = "ends of the scale" if index.is_numeric else "options"
        message = f"{root[-1]} gives no value to the {what} {listed(missing, 'and')} of {index.issue.id}"
        help = f"add them, or demands.{index.issue.id} to infer them from"
        path = (*root, "values", index.issue.id)
        context.findings.report("NS415", path, message, help=help, on_key=True, breaks=False)


def _where(shape: StakesShape, root: Path, issue_id: str) -> Path | None:
    """Find the block in which a party speaks of an issue with weight, for pointing at; a ratifier may not."""
    blocks = (block for block in ("values", "priorities", "demands") if issue_id in getattr(shape, block))
    block = next(blocks, None)
    return None if block is None else (*root, block, issue_id)
