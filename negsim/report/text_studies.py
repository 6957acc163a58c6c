"""A list of studies as text."""

from __future__ import annotations

from collections.abc import Sequence

from negsim.report.page import Column, Page
from negsim.report.words import count
from negsim.study.listing import StudyListed

__all__ = ["write_studies"]


def write_studies(page: Page, found: Sequence[StudyListed], folder: str) -> None:
    """Put the list on a page."""
    if not found:
        page.paragraph(f"There is no study in {folder}. negsim sweep makes one.")
        return
    page.table(
        [Column("Study"), Column("Scenario"), Column("Design"), Column("Cells", figures=True), Column("State")],
        [(one.folder, one.scenario, one.design, f"{one.n_cells:,}", _state(one)) for one in found],
    )
    for one in found:
        if one.problem:
            page.paragraph(f"{one.folder}: {one.problem}")


def _state(one: StudyListed) -> str:
    if one.problem:
        return "cannot be read"
    left = one.n_cells - one.n_done - one.n_failed
    failed = f", {count(one.n_failed, 'cell')} failed" if one.n_failed else ""
    return f"{left:,} to do{failed}" if left else f"finished{failed}"
