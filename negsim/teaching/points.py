"""The points of a game as tables: what each option is worth to each role, and what one deal adds up to.

All in units of 10^-5 points, integers, the very numbers that the model computes with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.model.conditions import truth
from negsim.model.draws import Draws, draw_block
from negsim.model.no_deal import rounding_allowance, without_deal
from negsim.model.values import UNITS_PER_POINT, weighted_values, weights
from negsim.records import dataclass
from negsim.scenario.conditions.tree import Condition
from negsim.scenario.types import Adjustment, Issue, Party, RedLine, Scenario

__all__ = ["Extra", "Line", "RoleTable", "Score", "Where", "role_tables", "score", "where"]


@dataclass(frozen=True, slots=True)
class Where:
    """The outcomes on which a condition holds: over the issues that it names, a bool array (choice, ...)."""

    issues: tuple[str, ...]
    holds: NDArray[np.bool_]

    def __contains__(self, deal: object) -> bool:
        """Tell whether it holds for a deal: a mapping from issue to the position of its choice."""
        assert isinstance(deal, Mapping)
        return bool(self.holds[tuple(deal[issue] for issue in self.issues)])


@dataclass(frozen=True, slots=True)
class Extra:
    """An adjustment, where it is added, and its units."""

    adjustment: Adjustment
    where: Where
    units: int


@dataclass(frozen=True, slots=True)
class Line:
    """A red line, where it is kept, whether it is real, and the units that crossing it costs where it is not."""

    line: RedLine
    kept: Where
    real: bool
    cost: int


@dataclass(frozen=True, slots=True)
class RoleTable:
    """All that a party, or one who ratifies for it, counts by.

    ``weight`` and ``units`` know only the issues that have a weight: the share of 100 points, and the units of each
    choice. ``walk_away`` is what it has without a deal, None where it does not weigh deals by points; ``least`` what a
    deal must be worth, lower by what rounding may cost.
    """

    actor: Party
    weight: Mapping[str, float]
    units: Mapping[str, tuple[int, ...]]
    extras: tuple[Extra, ...]
    lines: tuple[Line, ...]
    walk_away: int | None
    least: int


@dataclass(frozen=True, slots=True)
class Score:
    """What a deal is to one actor: its points and what of them are gained over walking away, and what it crosses.

    ``points`` and ``gain`` are None for an actor that does not count points. ``crossed`` are real red lines, ``bluffs``
    those that were only said. ``refuses`` tells whether it would be better off, or bound, to walk away.
    """

    points: float | None
    gain: float | None
    below: bool
    crossed: tuple[str, ...]
    bluffs: tuple[str, ...]

    @property
    def refuses(self) -> bool:
        """Tell whether the actor would not accept."""
        return self.below or bool(self.crossed)


def role_tables(scenario: Scenario) -> dict[str, RoleTable]:
    """Make the table of every party and ratifier of a game, by id, in the order of `Scenario.actors`.

    Parameters
    ----------
    scenario : Scenario
        Without anything uncertain, as `fixed_game` makes it; of any other, the first world of seed 0 counts.

    Examples
    --------
    >>> from negsim.scenario import loads
    >>> sale = loads('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {price: {title: Price, options: [low, high]}, paid: {title: Paid, options: [now, later]}}
    ... parties:
    ...   buyer: {title: Buyer, demands: {price: low, paid: later}, priorities: {price: 7, paid: 3}, no_deal: 40}
    ... ''')
    >>> table = role_tables(sale)["buyer"]
    >>> table.units["price"], score(table, {"price": 0, "paid": 0})
    ((7000000, 0), Score(points=70.0, gain=30.0, below=False, crossed=(), bluffs=()))
    """
    draws = draw_block(scenario, seed=0, block=0, n_worlds=1)
    return {actor.id: _table(actor, scenario, draws) for actor in scenario.actors}


def _table(actor: Party, scenario: Scenario, draws: Draws) -> RoleTable:
    counts = not actor.by_lines_alone and actor.no_deal is not None
    weight = {issue: 100 * float(share[0]) for issue, share in weights(actor, draws).items() if share[0] > 0}
    worth = weighted_values(actor, scenario.issues, draws) if counts else []
    units = {
        issue.id: tuple(int(one) for one in values[0])
        for issue, values in zip(scenario.issues, worth, strict=False)
        if issue.id in weight
    }
    least = int(without_deal(actor, scenario, draws).least[0]) if counts else 0
    return RoleTable(
        actor=actor,
        weight={issue.id: weight[issue.id] for issue in scenario.issues if issue.id in units},
        units=units,
        extras=tuple(
            Extra(item, where(item.when, scenario.issues), _units(draws, actor, "adjustments", item.id, "amount"))
            for item in actor.adjustments
        ),
        lines=tuple(
            Line(
                line,
                where(line.require, scenario.issues),
                bool(draws.real[actor.id, line.id][0]),
                _units(draws, actor, "red_lines", line.id, "audience_cost"),
            )
            for line in actor.red_lines
        ),
        walk_away=least + rounding_allowance(actor) if counts else None,
        least=least,
    )


def _units(draws: Draws, actor: Party, *path: str) -> int:
    return int(np.rint(float(draws.quantity[*actor.path, *path][0]) * UNITS_PER_POINT))


def where(condition: Condition, issues: Sequence[Issue]) -> Where:
    """Find the outcomes on which a condition holds."""
    return Where(condition.issues, truth(condition, issues))


def score(table: RoleTable, deal: Mapping[str, int]) -> Score:
    """Add up what a deal is worth to an actor, and see what it crosses.

    Parameters
    ----------
    table : RoleTable
    deal : mapping of issue id to int
        The position of the choice of every issue, ``irrelevant`` last.
    """
    crossed = [line for line in table.lines if deal not in line.kept]
    real = tuple(line.line.id for line in crossed if line.real)
    bluffs = tuple(line.line.id for line in crossed if not line.real)
    if table.walk_away is None:
        return Score(None, None, below=False, crossed=real, bluffs=bluffs)
    units = sum(values[deal[issue]] for issue, values in table.units.items())
    units += sum(extra.units for extra in table.extras if deal in extra.where)
    units -= sum(line.cost for line in crossed if not line.real)
    return Score(
        points=units / UNITS_PER_POINT,
        gain=(units - table.walk_away) / UNITS_PER_POINT,
        below=units < table.least,
        crossed=real,
        bluffs=bluffs,
    )
