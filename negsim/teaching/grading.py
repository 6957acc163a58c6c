"""The deals of a class, scored for every role and held against what there was to be had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import dist, prod
from statistics import fmean, pstdev

from negsim.model.values import UNITS_PER_POINT
from negsim.scenario.types import Scenario
from negsim.teaching.analysis import GameAnalysis, NamedDeal
from negsim.teaching.forms import BadRow, Form, Forms
from negsim.teaching.points import Score, score

__all__ = ["Graded", "Grading", "RoleSummary", "grade"]

_SAME = 1e-6
"""Points that rounding may cost: less is no difference."""


@dataclass(frozen=True, slots=True)
class Graded:
    """One group's result. Where there was no deal, every role has its walk-away value, and ``options`` are None.

    ``scores`` and ``ranks`` are by party, for those that count points; of groups with as many points, all have the
    better rank. ``refused_at_home`` are ratifiers that would say no. What follows counts those who sign:

    joint, joint_gain : float
        Their points added up, and what of them is gained over walking away.
    efficiency : float or None
        ``joint_gain`` as a share of the largest in the zone; None without a zone.
    on_frontier : bool
        Whether no deal is better for one and worse for none of them, among those that cross no real red line of theirs,
        and the deal itself crosses none.
    distance : float or None
        How far it is, in points, to the nearest deal of the frontier that is better for one of them and worse for none
        (Euclid); 0 on the frontier, None where there is none that is, and without a deal.
    nash_product : float
        Their gains multiplied; 0 where one gains nothing.
    """

    form: Form
    options: tuple[tuple[str, str], ...] | None
    scores: Mapping[str, Score]
    ranks: Mapping[str, int]
    refused_at_home: tuple[str, ...]
    joint: float
    joint_gain: float
    efficiency: float | None
    on_frontier: bool
    distance: float | None
    nash_product: float

    @property
    def refusing(self) -> tuple[str, ...]:
        """Name who signed what it should have refused."""
        return tuple(party for party, one in self.scores.items() if self.options is not None and one.refuses)


@dataclass(frozen=True, slots=True)
class RoleSummary:
    """The points of one role over all groups; ``spread`` is their standard deviation."""

    party: str
    walk_away: float
    mean: float
    least: float
    most: float
    spread: float


@dataclass(frozen=True, slots=True)
class Grading:
    """A class's deals, and what there was to be had.

    ``analysis`` has the frontier and the named deals; its frontier may be a spread of many more points, and distances
    are then to the nearest of the spread.
    """

    scenario: Scenario
    seed: int
    analysis: GameAnalysis
    rows: tuple[Graded, ...]
    bad: tuple[BadRow, ...]
    dropped: tuple[str, ...]
    roles: tuple[RoleSummary, ...]

    @property
    def n_agreed(self) -> int:
        """Count the groups that agreed."""
        return sum(row.options is not None for row in self.rows)

    @property
    def n_on_frontier(self) -> int:
        """Count the groups on the frontier."""
        return sum(row.on_frontier for row in self.rows)

    @property
    def n_refusable(self) -> int:
        """Count the groups in which somebody signed what it should have refused."""
        return sum(bool(row.refusing) for row in self.rows)


def grade(forms: Forms, scenario: Scenario, analysis: GameAnalysis, *, seed: int = 0) -> Grading:
    """Score the forms of a class.

    Parameters
    ----------
    forms : Forms
    scenario : Scenario
        A game.
    analysis : GameAnalysis
        Of that game.
    seed : int
        By which the game was made.
    """
    counting = {name: table for name, table in analysis.tables.items() if table.walk_away is not None}
    roles = [name for name, table in counting.items() if not table.actor.ratifies]
    scored = [_scores(form, analysis, roles) for form in forms.good]
    ranks = _ranks(scored, roles)
    rows = tuple(
        _graded(form, scores, rank, scenario, analysis)
        for form, scores, rank in zip(forms.good, scored, ranks, strict=True)
    )
    summaries = tuple(_summary(role, scored, analysis) for role in roles) if rows else ()
    return Grading(scenario, seed, analysis, rows, forms.bad, forms.dropped, summaries)


def _scores(form: Form, analysis: GameAnalysis, roles: Sequence[str]) -> dict[str, Score]:
    if form.deal is None:
        return {role: Score(_walk_away(role, analysis), 0.0, below=False, crossed=(), bluffs=()) for role in roles}
    return {role: score(analysis.tables[role], form.deal) for role in roles}


def _walk_away(role: str, analysis: GameAnalysis) -> float:
    return (analysis.tables[role].walk_away or 0) / UNITS_PER_POINT


def _ranks(scored: Sequence[Mapping[str, Score]], roles: Sequence[str]) -> list[dict[str, int]]:
    """Rank groups for each role, most points first."""
    points = {role: [one[role].points or 0.0 for one in scored] for role in roles}
    return [
        {role: 1 + sum(other > points[role][k] + _SAME for other in points[role]) for role in roles}
        for k in range(len(scored))
    ]


def _graded(
    form: Form, scores: Mapping[str, Score], ranks: Mapping[str, int], scenario: Scenario, analysis: GameAnalysis
) -> Graded:
    signing = [party for party in analysis.parties if party in scores]
    gains = [scores[party].gain or 0.0 for party in signing]
    best = analysis.best_joint_gain
    at_home: tuple[str, ...] = ()
    distance, options = None, None
    if form.deal is not None:
        deal = form.deal
        options = tuple((issue.id, issue.choices[deal[issue.id]]) for issue in scenario.issues)
        ratifying = [table for table in analysis.tables.values() if table.actor.ratifies]
        at_home = tuple(table.actor.id for table in ratifying if score(table, deal).refuses)
        distance = _distance(scores, signing, analysis.frontier)
    return Graded(
        form=form,
        options=options,
        scores=scores,
        ranks=ranks,
        refused_at_home=at_home,
        joint=sum(scores[party].points or 0.0 for party in signing),
        joint_gain=sum(gains),
        efficiency=None if best is None or best <= _SAME else sum(gains) / best,
        on_frontier=distance == 0,
        distance=distance,
        nash_product=prod(gains) if gains and min(gains) > 0 else 0.0,
    )


def _distance(scores: Mapping[str, Score], signing: Sequence[str], frontier: Sequence[NamedDeal]) -> float | None:
    """Measure how far the nearest deal of the frontier is that is better for one and worse for none."""
    here = [scores[party].points or 0.0 for party in signing]
    crosses = any(scores[party].crossed for party in signing)
    found = []
    for deal in frontier:
        there = [deal.scores[party].points or 0.0 for party in signing]
        if all(b >= a - _SAME for a, b in zip(here, there, strict=True)):
            found.append(dist(here, there))
    if crosses or not found:
        # A deal that crosses a line may be worth more than all that cross none.
        further = [one for one in found if one > _SAME]
        return min(further, default=None) if crosses else (0.0 if frontier else None)
    nearest = min(found)
    return 0.0 if nearest <= _SAME else nearest


def _summary(role: str, scored: Sequence[Mapping[str, Score]], analysis: GameAnalysis) -> RoleSummary:
    points = [one[role].points or 0.0 for one in scored]
    return RoleSummary(role, _walk_away(role, analysis), fmean(points), min(points), max(points), pstdev(points))
