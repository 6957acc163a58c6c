"""Bounds on what an actor gains over its no-deal value: over all outcomes, and all values of uncertain numbers.

The bounds hold in every world, but for a normal distribution's tail beyond six standard deviations. They are not always
reached: quantities that are tied or the same are let move apart, which only widens them.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from typing import TYPE_CHECKING

from negsim.checks.breach import premium_bounds
from negsim.checks.means import largest_mean
from negsim.checks.no_deal import choice_bounds, no_deal_bounds, stick_bounds
from negsim.checks.subject import Subject
from negsim.checks.supports import NAUGHT, Support
from negsim.errors import Path
from negsim.model.bonuses import bonuses_of
from negsim.records import dataclass
from negsim.scenario.types import IRRELEVANT, Issue, Party, SameAs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from negsim.model.cells import PartyCells

__all__ = ["largest_gain", "smallest_gain"]

_MOST_CELLS = 2**20
"""With more cells the bounds would take seconds, and are left out."""


@dataclass(frozen=True, slots=True)
class _Stakes:
    """Bounds (end, choice) on the gain in value over no deal for each issue with weight, and the weights' bounds."""

    gain: Mapping[str, NDArray[np.float64]]
    weight: Mapping[str, Support]


def largest_gain(subject: Subject, actor: Party) -> float | None:
    """Bound from above what an actor can gain, in points; None if there is nothing to say.

    Outcomes across a hard red line are left out; the most that side payments can add is counted. Whether the risk of
    breach makes a deal worse is left open, since the risk may be next to nothing; where a breach can be a gain, the
    most that it can add is counted, too.
    """
    gains = _gains(subject, actor, upper=True)
    found = float(gains.max()) if len(gains) else inf
    return found if found < inf else None


def smallest_gain(subject: Subject, actor: Party) -> float | None:
    """Bound from below what an actor can gain, the risk of breach considered; None if there is nothing to say.

    In points. Outcomes across a hard red line are left out.
    """
    gains = _gains(subject, actor, upper=False)
    found = float(gains.min()) if len(gains) else -inf
    return found if found > -inf else None


def _gains(subject: Subject, actor: Party, *, upper: bool) -> NDArray[np.float64]:
    """Bound the gain in each cell that no hard red line forbids; empty if it is not looked at."""
    import numpy as np

    if actor.no_deal is None or subject.structure.n_cells > _MOST_CELLS:
        return np.zeros(0)
    gains = _weighted(subject, _stakes(subject, actor), upper=upper) + _extras(subject, actor, upper=upper)
    gains -= premium_bounds(subject, actor)[0 if upper else 1]
    if upper:
        gains += _payments(subject, actor)
    return gains[_allowed(subject, actor)]


def _stakes(subject: Subject, actor: Party) -> _Stakes:
    weighed = {issue.id: subject.weight(actor, issue.id) for issue in subject.scenario.issues}
    weight = {issue_id: support for issue_id, support in weighed.items() if support.high > 0}
    issues = [issue for issue in subject.scenario.issues if issue.id in weight]
    return _Stakes({issue.id: _gain(subject, actor, issue) for issue in issues}, weight)


def _outcome(actor: Party) -> SameAs | None:
    """Give the outcome that no deal is the same as, by the very values by which the actor judges deals."""
    return actor.no_deal if isinstance(actor.no_deal, SameAs) else None


def _gain(subject: Subject, actor: Party, issue: Issue) -> NDArray[np.float64]:
    """Bound what each choice gains over the one that ``same_as`` names; over nothing where no_deal is no outcome."""
    import numpy as np

    value, outcome = subject.value_bounds(actor, issue), _outcome(actor)
    if outcome is None:
        return value
    path = (*actor.path, "no_deal")
    held = choice_bounds(subject, actor, outcome, path, issue)
    gain = np.stack([value[0] - held.high, value[1] - held.low])
    for choice in _named(subject, outcome, path, issue):
        gain[:, choice] = 0  # the very same numbers
    return gain


def _named(subject: Subject, outcome: SameAs, path: Path, issue: Issue) -> list[int]:
    """Give the choice that an outcome names for an issue, if it names one and no level between."""
    options = dict(outcome.options)
    if issue.id in options:
        return [(*issue.options, IRRELEVANT).index(options[issue.id])]
    if issue.id not in dict(outcome.levels):
        return []
    level = subject.supports[*path, "same_as", issue.id]
    return [k for k, declared in enumerate(issue.levels) if level.is_point and float(declared) == level.low]


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
    return sign * largest_mean(np.stack(columns, axis=1), weights)


def _extras(subject: Subject, actor: Party, *, upper: bool) -> NDArray[np.float64]:
    """Bound what bonuses add and bluffs cost in each cell, with sticks, less a no-deal value that is no outcome."""
    import numpy as np

    def end(support: Support) -> float:
        return support.high if upper else support.low

    cells = _cells(subject, actor)
    bonuses = bonuses_of(actor, subject.scenario)
    amounts = [subject.supports[bonus.amount] * Support(bonus.sign, bonus.sign) for bonus in bonuses]
    costs = [subject.supports[*actor.path, "red_lines", line.id, "audience_cost"] for line in actor.red_lines]
    added = cells.adjusted @ np.array([end(amount) for amount in amounts])
    lost = cells.crossed @ np.array([-end(NAUGHT - cost) for cost in costs])
    no_deal = NAUGHT if _outcome(actor) else no_deal_bounds(subject, actor)
    return np.asarray((added - lost)[cells.signature] + end(stick_bounds(subject, actor) - no_deal))


def _payments(subject: Subject, actor: Party) -> float:
    """Bound from above what an actor can be paid, in points."""
    payments = subject.scenario.side_payments
    if payments is None or actor.id not in dict(payments.worth):
        return 0.0
    return (subject.supports["side_payments", "at_most"] * subject.supports["side_payments", "worth", actor.id]).high


def _allowed(subject: Subject, actor: Party) -> NDArray[np.bool_]:
    import numpy as np

    cells = _cells(subject, actor)
    hard = np.array([line.firmness is None for line in actor.red_lines], np.bool_)
    return ~np.any(cells.crossed & hard, axis=1)[cells.signature]


def _cells(subject: Subject, actor: Party) -> PartyCells:
    return subject.cells[actor.id]
