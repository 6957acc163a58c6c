"""From what was counted of one deal to how each party sees it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from negsim.model.estimates import proportion, spread
from negsim.model.values import UNITS_PER_POINT
from negsim.scenario.types import Issue, IssueKind
from negsim.zone.compiled import Compiled
from negsim.zone.deal_counting import DealView, crossed_lines
from negsim.zone.deal_result import CrossedLine, IssueLoss, PartyGain, PartyView

__all__ = ["gains_over", "views_of"]

N_LOSSES = 3
"""Issues named on which a party gives up most."""

Array = NDArray[np.int64]
T = TypeVar("T")


def views_of(
    compiled: Compiled, cell: int, choice: NDArray[np.intp], view: DealView, n_worlds: Array
) -> tuple[PartyView, ...]:
    """Say how each party sees the deal that stands first in a view: its cell, and its choice of each issue."""
    crossed = _crossed(compiled, cell, view, n_worlds)
    return tuple(
        PartyView(
            party=party.id,
            p_accept=proportion(n_worlds - view.short[:, k] - view.line[:, k] - view.both[:, k], n_worlds),
            gain=_known(spread(view.gain[:, k, 0])),
            p_short=proportion(view.short[:, k], n_worlds),
            p_line=proportion(view.line[:, k], n_worlds),
            p_both=proportion(view.both[:, k], n_worlds),
            lacks=spread(-view.gain[view.gain[:, k, 0] < 0, k, 0]),
            losses=_losses(compiled, k, choice, view, int(np.sum(n_worlds))),
            crossed=crossed[k],
        )
        for k, party in enumerate(compiled.scenario.actors)
    )


def gains_over(compiled: Compiled, parties: Sequence[int], view: DealView, outcome: int) -> tuple[PartyGain, ...]:
    """Say what some parties gain by another outcome of a view over its first."""
    return tuple(PartyGain(compiled.scenario.actors[k].id, _known(spread(view.gain[:, k, outcome]))) for k in parties)


def _known(found: T | None) -> T:
    """Pass on what there always is over a world or more."""
    assert found is not None
    return found


def _crossed(compiled: Compiled, cell: int, view: DealView, n_worlds: Array) -> list[tuple[CrossedLine, ...]]:
    """List the red lines crossed, party by party."""
    found: list[list[CrossedLine]] = [[] for _ in compiled.scenario.actors]
    starts = np.cumsum(n_worlds) - n_worlds
    for column, (party, line) in enumerate(crossed_lines(compiled.structure, cell)):
        real = view.real[:, column]
        by_block = np.add.reduceat(real.astype(np.int64), starts)
        red_line = compiled.scenario.actors[party].red_lines[line]
        found[party].append(CrossedLine(red_line.id, proportion(by_block, n_worlds), spread(view.cost[~real, column])))
    return [tuple(lines) for lines in found]


def _losses(
    compiled: Compiled, party: int, choice: NDArray[np.intp], view: DealView, n_worlds: int
) -> tuple[IssueLoss, ...]:
    """Name the issues on which a party gives up most, the first declared of equals first."""
    issues = compiled.scenario.issues
    points = np.sum(view.loss[:, party], axis=0) / (n_worlds * UNITS_PER_POINT)
    counts = np.split(np.sum(view.best[:, party], axis=0), np.cumsum([issue.n_choices for issue in issues])[:-1])
    most = [int(k) for k in np.argsort(-points, kind="stable")[:N_LOSSES] if points[k] > 0]
    return tuple(
        IssueLoss(issues[k].id, float(points[k]), _best(issues[k], int(choice[k]), counts[k], n_worlds)) for k in most
    )


def _best(issue: Issue, held: int, counts: Array, n_worlds: int) -> str | None:
    """Name the option that is best in most worlds; of equals on a scale the one nearest to what the deal holds."""
    often = np.flatnonzero(counts == np.max(counts))
    if 2 * counts[often[0]] <= n_worlds:
        return None
    if issue.kind is not IssueKind.CATEGORICAL:
        often = often[np.argsort(np.abs(often - held), kind="stable")]
    return issue.choices[often[0]]
