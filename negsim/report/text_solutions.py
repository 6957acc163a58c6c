"""What the solutions of bargaining theory choose, as text: gains by party, then terms by issue."""

from __future__ import annotations

from collections.abc import Sequence

from negsim.report.page import Column, Page
from negsim.report.phrases import option_title, parties_in_order
from negsim.report.text_blocks import spread_text
from negsim.report.words import exact_percent
from negsim.scenario.types import Issue, Scenario
from negsim.zone.findings import SolutionFinding

__all__ = ["write_solutions"]

_ISSUE, _GAP = 22, 2
_NARROWEST = 17
"""Columns for what one solution chooses, the longest title among them; with less, solutions stand below each other."""

_TELLING = 0.1
"""An option chosen less often than this is not named beside the most frequent one."""


def write_solutions(page: Page, solutions: Sequence[SolutionFinding], scenario: Scenario) -> None:
    """Put on a page what solutions choose; nothing where there are none."""
    if not solutions:
        return
    page.heading("Where bargaining theory would settle")
    page.paragraph(
        f"{_where(solutions[0])} Gains are points over no deal: the median, with the middle 80 %. Beside each option"
        " stands how often it is chosen; where several deals are as good, each counts in part."
    )
    compared = [solution.title for solution in solutions if solution.compares_points]
    if compared:
        verb = "compares" if len(compared) == 1 else "compare"
        page.paragraph(f"{' and '.join(compared)} {verb} points between parties, which values do not warrant.")
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
    return f"In the {first.n_zones:,} of the first {first.n_worlds:,} worlds that have a zone."


def _gains(solutions: Sequence[SolutionFinding], scenario: Scenario) -> list[list[str]]:
    gains = [dict(solution.gains) for solution in solutions]
    signing = [party for party in parties_in_order(scenario) if party.id in gains[0]]
    return [[f"{party.title} gains", *(spread_text(gain[party.id]) for gain in gains)] for party in signing]


def _terms(issue: Issue, solutions: Sequence[SolutionFinding]) -> list[str]:
    return [issue.title, *(_chosen(issue, solution) for solution in solutions)]


def _chosen(issue: Issue, solution: SolutionFinding) -> str:
    """Name the two options chosen most often, where the second is worth a word."""
    found = [option for option in solution.options if option.issue == issue.id]
    ranked = sorted(found, key=lambda option: -option.share.estimate)[:2]
    named = [option for k, option in enumerate(ranked) if k == 0 or option.share.estimate >= _TELLING]
    return "; ".join(
        f"{option_title(issue, option.option)} {exact_percent(option.share.estimate, 0)} %" for option in named
    )
