"""What the solutions of bargaining theory choose, as text: gains by party, then terms by issue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from negsim.report.names import parties_in_order
from negsim.report.page import Column, Page
from negsim.report.phrases import option_title
from negsim.report.words import exact_percent, points_with_spread
from negsim.scenario.no_deal import Lottery, Stance, WarValue
from negsim.scenario.types import Issue, IssueKind, Scenario
from negsim.scenario.words import joined, number_text
from negsim.zone.findings import SolutionFinding, SolutionShare

__all__ = ["write_solutions"]

_ISSUE, _GAP = 22, 2
_MANY_LEVELS = 6
"""More levels of a scale than this are told by their middle."""

_NARROWEST = 17
"""Columns for what one solution chooses, the longest title among them; with less, solutions stand below each other."""

_TELLING = 0.1
"""An option chosen less often than this is not named beside the most frequent one."""


def _baseline(scenario: Scenario) -> str:
    """Say what gains are measured from."""
    outside = any(
        isinstance(party.no_deal, Lottery | WarValue) and party.no_deal.option is Stance.OUTSIDE
        for party in scenario.parties
    )
    return "no deal, or over what is held while talks last where no deal is an outside option" if outside else "no deal"


def write_solutions(
    page: Page, solutions: Sequence[SolutionFinding], scenario: Scenario, weights: Mapping[str, float]
) -> None:
    """Put on a page what solutions choose, Nash's with these weights; nothing where there are none."""
    if not solutions:
        return
    page.heading("What bargaining solutions choose")
    page.paragraph(
        f"{_where(solutions[0])} Gains are points over {_baseline(scenario)}: the median, with the middle 80 %."
        " Beside each option stands how often it is chosen; where several deals are as good, each counts in part."
    )
    if weights:
        powers = [
            f"{party.title} {number_text(weights[party.id])}" for party in scenario.parties if party.id in weights
        ]
        page.paragraph(f"Bargaining power in the Nash solution: {joined(powers)}; 1 for whoever is not named.")
    compared = [solution.title for solution in solutions if solution.compares_points]
    if compared:
        verb = "compares" if len(compared) == 1 else "compare"
        page.paragraph(f"{joined(compared)} {verb} points between parties, which values do not warrant.")
    names = min(_ISSUE, page.style.width // 3)
    room = page.style.width - 2 - names - _GAP
    n_beside = max(1, room // (_NARROWEST + _GAP))
    for start in range(0, len(solutions), n_beside):
        beside = solutions[start : start + n_beside]
        width = room // min(n_beside, len(solutions)) - _GAP
        columns = [Column("", width=names), *(Column(solution.title, width=width) for solution in beside)]
        page.blank()
        page.table(columns, _gains(beside, scenario), indent=2)
        page.blank()
        page.table(columns, [_terms(issue, beside) for issue in scenario.issues], indent=2, header=False)


def _where(first: SolutionFinding) -> str:
    """Say in which worlds solutions were looked for."""
    if first.n_worlds == 1:
        return "In the one world drawn."
    if first.n_zones == first.n_worlds:
        return f"In the first {first.n_worlds:,} worlds, which all have a zone."
    return f"In the {first.n_zones:,} of the first {first.n_worlds:,} worlds that have a zone."


def _gains(solutions: Sequence[SolutionFinding], scenario: Scenario) -> list[list[str]]:
    gains = [dict(solution.gains) for solution in solutions]
    signing = [party for party in parties_in_order(scenario) if party.id in gains[0]]
    return [[f"{party.title} gains", *(points_with_spread(gain[party.id]) for gain in gains)] for party in signing]


def _terms(issue: Issue, solutions: Sequence[SolutionFinding]) -> list[str]:
    return [issue.title, *(_chosen(issue, solution) for solution in solutions)]


def _chosen(issue: Issue, solution: SolutionFinding) -> str:
    """Name the two options chosen most often, where the second is worth a word; of a scale its middle."""
    found = [option for option in solution.options if option.issue == issue.id]
    if issue.kind is IssueKind.NUMERIC and issue.when is None and len(found) > _MANY_LEVELS:
        low, middle, high = (_level(found, share) for share in (0.1, 0.5, 0.9))
        return option_title(issue, middle) + ("" if low == high else f" ({low}–{high})")
    ranked = sorted(found, key=lambda option: -option.share.estimate)[:2]
    named = [option for k, option in enumerate(ranked) if k == 0 or option.share.estimate >= _TELLING]
    return "; ".join(
        f"{option_title(issue, option.option)} {exact_percent(option.share.estimate, 0)} %" for option in named
    )


def _level(found: Sequence[SolutionShare], share: float) -> str:
    """Name the level up to which so large a share of what is chosen lies."""
    upto = accumulate(option.share.estimate for option in found)
    return next((option.option for option, sum_ in zip(found, upto, strict=True) if sum_ >= share), found[-1].option)
