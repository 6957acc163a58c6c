"""Bounds on what a party gains over its no-deal value: over all outcomes, and all values of uncertain numbers.

The bounds hold in every world, but for a normal distribution's tail beyond six standard deviations. They are not always
reached: quantities that are tied or the same are let move apart, which only widens them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from negsim.checks.subject import Subject
from negsim.checks.supports import Support
from negsim.scenario.types import IRRELEVANT, Issue, Party, SameAs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from negsim.model.structure import PartyCells

__all__ = ["largest_gain", "smallest_gain"]

_MOST_CELLS = 2**20
"""With more cells the bounds would take seconds, and are left out."""


@dataclass(frozen=True, slots=True)
class _Stakes:
    """Bounds (end, choice) on the gain in value over no deal for each issue with weight, and the weights' bounds."""

    gain: Mapping[str, NDArray[np.float64]]
    weight: Mapping[str, Support]


def largest_gain(subject: Subject, party: Party) -> float | None:
    """Bound from above what a party can gain, in points; None if there is nothing to say.

    Outcomes across a hard red line are left out.
    """
    gains = _gains(subject, party, upper=True)
    return float(gains.max()) if len(gains) else None


def smallest_gain(subject: Subject, party: Party) -> float | None:
    """Bound from below what a party can gain, in points; None if there is nothing to say.

    Outcomes across a hard red line are left out.
    """
    gains = _gains(subject, party, upper=False)
    return float(gains.min()) if len(gains) else None


def _gains(subject: Subject, party: Party, *, upper: bool) -> NDArray[np.float64]:
    """Bound the gain in each cell that no hard red line forbids; empty if it is not looked at."""
    import numpy as np

    if party.no_deal is None or subject.structure.n_cells > _MOST_CELLS:
        return np.zeros(0)
    gains = _weighted(subject, _stakes(subject, party), upper=upper) + _extras(subject, party, upper=upper)
    return gains[_allowed(subject, party)]


def _stakes(subject: Subject, party: Party) -> _Stakes:
    weighed = {issue.id: subject.weight(party, issue.id) for issue in subject.scenario.issues}
    weight = {issue_id: support for issue_id, support in weighed.items() if support.high > 0}
    issues = [issue for issue in subject.scenario.issues if issue.id in weight]
    return _Stakes({issue.id: _gain(subject, party, issue) for issue in issues}, weight)


def _gain(subject: Subject, party: Party, issue: Issue) -> NDArray[np.float64]:
    """Bound what each choice gains over the one that ``same_as`` names; over nothing where no_deal is a number."""
    import numpy as np

    value = subject.value_bounds(party, issue)
    if not isinstance(party.no_deal, SameAs):
        return value
    options, levels = dict(party.no_deal.options), dict(party.no_deal.levels)
    if issue.id in options:
        choice = (*issue.options, IRRELEVANT).index(options[issue.id])
        gain = np.stack([value[0] - value[1, choice], value[1] - value[0, choice]])
        gain[:, choice] = 0  # the very same numbers
        return gain
    if issue.id not in levels:
        return value
    level = subject.supports["parties", party.id, "no_deal", "same_as", issue.id]
    position = np.array([float(level) for level in issue.levels])
    # A line that is bent only at levels is lowest and highest at a level or at an end of the range.
    nodes = np.concatenate([[level.low, level.high], position[(position > level.low) & (position < level.high)]])
    low, high = (np.interp(nodes, position, ends[: len(position)]) for ends in value)
    gain = np.stack([value[0] - high.max(), value[1] - low.min()])
    if level.is_point:
        gain[:, : len(position)][:, position == level.low] = 0
    return gain


def _weighted(subject: Subject, stakes: _Stakes, *, upper: bool) -> NDArray[np.float64]:
    """Bound the weighted mean of gains in each cell, with the best or worst option of each free issue."""
    import numpy as np

    structure, sign = subject.structure, 1.0 if upper else -1.0
    cell_issues = {structure.issues[k].id for k in structure.cell_issues}
    columns = []
    for issue_id, gain in stakes.gain.items():
        end = sign * gain[1 if upper else 0]
        per_cell = end[subject.choices(issue_id)] if issue_id in cell_issues else np.full(structure.n_cells, end.max())
        columns.append(per_cell)
    if not columns:
        return np.zeros(structure.n_cells)
    weights = [stakes.weight[issue_id] for issue_id in stakes.gain]
    return sign * _largest_mean(np.stack(columns, axis=1), weights)


def _largest_mean(value: NDArray[np.float64], weights: list[Support]) -> NDArray[np.float64]:
    """Maximise a weighted mean over weights between ends, in each row.

    The maximum has the upper ends on the largest values and the lower ends on the rest, so every cut is tried.
    """
    import numpy as np

    order = np.argsort(-value, axis=1, kind="stable")
    ranked = np.take_along_axis(value, order, axis=1)
    low = np.array([weight.low for weight in weights])[order]
    high = np.array([weight.high for weight in weights])[order]
    total = np.cumsum((high - low) * ranked, axis=1) + np.sum(low * ranked, axis=1, keepdims=True)
    weight = np.cumsum(high - low, axis=1) + np.sum(low, axis=1, keepdims=True)
    return np.max(np.divide(total, weight, out=np.full_like(total, -np.inf), where=weight > 0), axis=1)


def _extras(subject: Subject, party: Party, *, upper: bool) -> NDArray[np.float64]:
    """Bound what adjustments add and bluffs cost in each cell, less a no-deal value that is a number."""
    import numpy as np

    def end(support: Support, *, top: bool) -> float:
        return support.high if top == upper else support.low

    root, cells = ("parties", party.id), _cells(subject, party)
    amounts = [subject.supports[*root, "adjustments", item.id, "amount"] for item in party.adjustments]
    costs = [subject.supports[*root, "red_lines", line.id, "audience_cost"] for line in party.red_lines]
    added = cells.adjusted @ np.array([end(amount, top=True) for amount in amounts])
    lost = cells.crossed @ np.array([end(cost, top=False) for cost in costs])
    no_deal = subject.supports.get((*root, "no_deal"), Support(0.0, 0.0))
    return np.asarray((added - lost)[cells.signature] - end(no_deal, top=False))


def _allowed(subject: Subject, party: Party) -> NDArray[np.bool_]:
    import numpy as np

    cells = _cells(subject, party)
    hard = np.array([line.firmness is None for line in party.red_lines], np.bool_)
    return ~np.any(cells.crossed & hard, axis=1)[cells.signature]


def _cells(subject: Subject, party: Party) -> PartyCells:
    return subject.cells[party.id]
