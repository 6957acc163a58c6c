"""What parties agree on where they bargain, as text: terms issue by issue, and the deals most often in the zone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from negsim.bargaining.result import BargainResult, OptionReached
from negsim.report.page import Column, Page
from negsim.report.phrases import option_title
from negsim.report.text_blocks import terms
from negsim.report.words import percent_with_interval
from negsim.scenario.types import Issue, IssueKind, Scenario

__all__ = ["write_options", "write_robust", "write_terms"]

_LEAST = 0.05
"""Options that fewer agreements hold are not shown."""

_MANY_LEVELS = 8
"""Of a scale with more levels the middle is told."""

_ROUNDING = 1e-9
"""By how much a sum of shares may miss what it is."""

_ESTIMATE, _MARK, _NARROWEST = 20, "*", 30


def write_terms(page: Page, result: BargainResult, scenario: Scenario) -> None:
    """Set the options that agreements hold, with those of the most robust deal marked; nothing without agreement."""
    write_options(page, result.options, dict(result.robust[0].options) if result.robust else {}, scenario)


def write_options(page: Page, options: Sequence[OptionReached], robust: Mapping[str, str], scenario: Scenario) -> None:
    """Set the options that agreements hold, issue by issue, those of one deal marked; nothing without any."""
    if not options:
        return
    page.heading("What they agree on")
    marked = f" {_MARK} marks the deal most often in the zone." if robust else ""
    page.paragraph(
        f"Options that at least 5 % of agreements hold; of a scale of more than {_MANY_LEVELS} levels the middle one,"
        f" with the middle 80 %.{marked}"
    )
    page.blank()
    rows = [row for issue in scenario.issues for row in _rows(issue, options, robust.get(issue.id, ""))]
    room = page.style.width - 2 - _ESTIMATE - 1 - 3 * 2
    if room < _NARROWEST:
        for title, mark, option, share in rows:
            if title:
                page.paragraph(title, style="bold")
            page.item(f"{option} {share}".rstrip(), mark or " ")
        return
    names = room * 2 // 5
    columns = [
        Column("Issue", width=names),
        Column("", width=1),
        Column("Option", width=room - names),
        Column("of agreements", width=_ESTIMATE),
    ]
    page.table(columns, rows, indent=2)


def _rows(issue: Issue, options: Sequence[OptionReached], robust: str) -> list[list[str]]:
    """Say of an issue what is shown of it, its title in the first row alone."""
    found = [option for option in options if option.issue == issue.id]
    rows = []
    if issue.kind is IssueKind.NUMERIC and issue.when is None and len(found) > _MANY_LEVELS:
        rows.append(["", _middle(issue, found), ""])
        found = [option for option in found if option.option == robust]
    for option in found:
        if option.p_reached.estimate >= _LEAST or option.option == robust:
            mark = _MARK if option.option == robust else ""
            rows.append([mark, option_title(issue, option.option), percent_with_interval(option.p_reached)])
    return [[issue.title if k == 0 else "", *row] for k, row in enumerate(rows)]


def _middle(issue: Issue, found: Sequence[OptionReached]) -> str:
    low, middle, high = (_level(found, share) for share in (0.1, 0.5, 0.9))
    return option_title(issue, middle) + ("" if low == high else f" ({low} to {high})")


def _level(found: Sequence[OptionReached], share: float) -> str:
    """Name the level up to which so large a share of agreements lies."""
    upto = accumulate(option.p_reached.estimate for option in found)
    enough = share - _ROUNDING
    return next((one.option for one, total in zip(found, upto, strict=True) if total >= enough), found[-1].option)


def write_robust(page: Page, result: BargainResult, scenario: Scenario) -> None:
    """Say how often the deals most often in the zone are those agreed; the first in full, others where they differ."""
    if not result.robust:
        return
    page.heading("The deals most often in the zone")
    page.paragraph("Of those that can come up; a deal that suits many worlds is seldom the one that talks arrive at.")
    page.blank()
    first = result.robust[0].options
    for rank, deal in enumerate(result.robust, start=1):
        zone, agreed = percent_with_interval(deal.p_zone), percent_with_interval(deal.p_agreed)
        page.item(f"In the zone in {zone} of worlds, agreed in {agreed}.", f"{rank}.")
        if rank > 1:
            page.paragraph("As deal 1, but", 5)
        page.pairs(terms(deal.options, first if rank > 1 else (), scenario), indent=5)
