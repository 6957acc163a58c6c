"""The deals of a class, scored for every role and held against what there was to be had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import dist, prod
from statistics import fmean, pstdev

from negsim.model.conditions import truth
from negsim.model.values import UNITS_PER_POINT
from negsim.records import dataclass
from negsim.scenario.types import Party, Role, Scenario
from negsim.teaching.analysis import GameAnalysis
from negsim.teaching.forms import BadRow, Form, Forms
from negsim.teaching.points import Score, score
from negsim.zone.frontiers_within import are_in_zone

__all__ = ["Graded", "Grading", "RoleSummary", "grade"]

_SAME = 1e-6
"""Points that rounding may cost: less is no difference."""


@dataclass(frozen=True, slots=True)
class Graded:
    """One group's result. Where there was no deal, every role has its walk-away value, and ``options`` are None.

    ``scores`` and ``ranks`` are by party, for those that count points; of groups with as many points, all have the
    better rank. ``refused_at_home`` are ratifiers that would say no. ``in_zone`` tells whether the deal is one that
    all accept who must, or enough of those who sign under a quorum. ``refusing`` are parties that said yes, or were
    outvoted, where they should have refused; ``withheld`` those whose consent the deal needs, and who count no points,
    that would refuse. What follows counts those who sign:

    joint, joint_gain : float
        Their points added up, and what of them is gained over walking away.
    efficiency : float or None
        ``joint_gain`` as a share of the largest in the zone, never more than 1; None for a deal outside of the zone,
        and where nothing is to be gained together in the zone.
    on_frontier : bool
        Whether the deal is in the zone, and no deal of the zone is better for one of them and worse for none.
    distance : float or None
        How far it is, in points, to the nearest deal of the frontier within the zone that is better for one of them and
        worse for none (Euclid); 0 on the frontier, None where there is none that is, and without a deal.
    nash_product : float
        Their gains multiplied; 0 where one gains nothing.
    """

    form: Form
    options: tuple[tuple[str, str], ...] | None
    scores: Mapping[str, Score]
    ranks: Mapping[str, int]
    refusing: tuple[str, ...]
    refused_at_home: tuple[str, ...]
    withheld: tuple[str, ...]
    in_zone: bool
    joint: float
    joint_gain: float
    efficiency: float | None
    on_frontier: bool
    distance: float | None
    nash_product: float


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

    ``analysis`` has the frontier within the zone and the named deals; distances are to all of its points, also where
    not all are told as deals.
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
    deals = [form.deal for form in forms.good if form.deal is not None]
    inside = iter(are_in_zone(scenario, [[deal[issue.id] for issue in scenario.issues] for deal in deals]))
    rows = tuple(
        _graded(form, scores, rank, scenario, analysis, in_zone=form.deal is not None and next(inside))
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


def _graded(  # all of it is the row
    form: Form,
    scores: Mapping[str, Score],
    ranks: Mapping[str, int],
    scenario: Scenario,
    analysis: GameAnalysis,
    *,
    in_zone: bool,
) -> Graded:
    signing = [party for party in analysis.parties if party in scores]
    gains = [scores[party].gain or 0.0 for party in signing]
    best = analysis.best_joint_gain
    refusing: list[Party] = []
    distance, options = None, None
    if form.deal is not None:
        deal = form.deal
        options = tuple((issue.id, issue.choices[deal[issue.id]]) for issue in scenario.issues)
        refusing = _refusing(deal, scenario, analysis)
        distance = _distance([scores[party].points or 0.0 for party in signing], analysis, in_zone=in_zone)
    is_measured = (in_zone or form.deal is None) and best is not None and best > _SAME
    return Graded(
        form=form,
        options=options,
        scores=scores,
        ranks=ranks,
        refusing=tuple(actor.id for actor in refusing if actor.id in scores),
        refused_at_home=tuple(actor.id for actor in refusing if actor.ratifies),
        withheld=tuple(actor.id for actor in refusing if not actor.ratifies and actor.id not in scores),
        in_zone=in_zone,
        joint=sum(scores[party].points or 0.0 for party in signing),
        joint_gain=sum(gains),
        efficiency=sum(gains) / best if is_measured and best else None,
        on_frontier=in_zone and distance == 0,
        distance=distance,
        nash_product=prod(gains) if gains and min(gains) > 0 else 0.0,
    )


def _refusing(deal: Mapping[str, int], scenario: Scenario, analysis: GameAnalysis) -> list[Party]:
    """List those that are asked about a deal and should say no: who signs, who ratifies, whose consent it needs."""

    def is_asked(actor: Party) -> bool:
        if actor.role is Role.SIGNATORY or actor.ratifies:
            return True
        asks = actor.consents_to
        return asks is not None and bool(truth(asks, scenario.issues)[tuple(deal[issue] for issue in asks.issues)])

    tables = analysis.tables.values()
    return [table.actor for table in tables if is_asked(table.actor) and score(table, deal).refuses]


def _distance(here: Sequence[float], analysis: GameAnalysis, *, in_zone: bool) -> float | None:
    """Measure how far the nearest point of the frontier is that is better for one and worse for none.

    Every point counts, so that a deal of the zone to which there is none is on the frontier itself.
    """
    far = [
        dist(here, there) for there in analysis.points if all(b >= a - _SAME for a, b in zip(here, there, strict=True))
    ]
    further = [one for one in far if one > _SAME]
    return min(further) if further else 0.0 if in_zone and analysis.has_zone else None


def _summary(role: str, scored: Sequence[Mapping[str, Score]], analysis: GameAnalysis) -> RoleSummary:
    points = [one[role].points or 0.0 for one in scored]
    return RoleSummary(role, _walk_away(role, analysis), fmean(points), min(points), max(points), pstdev(points))
