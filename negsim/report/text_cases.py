"""The list of cases as text."""

from __future__ import annotations

from collections.abc import Sequence

from negsim.report.page import Page
from negsim.teaching.library import Case

__all__ = ["write_cases"]


def write_cases(page: Page, found: Sequence[Case]) -> None:
    """Put the list on a page."""
    page.headline(f"{len(found)} cases, each a scenario with a teaching note.")
    page.blank()
    page.pairs(((case.name, _line(case)) for case in found), indent=0)
    page.blank()
    page.paragraph("negsim cases show NAME prints a note, negsim cases copy NAME writes the scenario.")


def _line(case: Case) -> str:
    head = f"{case.title}. {case.level.capitalize()}, {case.parties} roles, {case.minutes} minutes"
    return f"{head}: {', '.join(case.teaches)}."
