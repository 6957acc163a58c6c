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
    page.headline(f"{count(len(found), 'study', 'studies')} in {folder}.")
    page.blank()
    page.table(
        [Column("Study"), Column("Scenario"), Column("Design"), Column("Cells", figures=True), Column("State")],
        [(_name(one), one.scenario, one.design, f"{one.n_cells:,}", _state(one)) for one in found],
    )
    broken = [one for one in found if one.problem]
    if broken:
        page.blank()
    for one in broken:
        page.item(one.problem)


def _name(one: StudyListed) -> str:
    return one.folder.replace("\\", "/").rstrip("/").rpartition("/")[2]


def _state(one: StudyListed) -> str:
    if one.problem:
        return "cannot be read"
    left = one.n_cells - one.n_done - one.n_failed
    failed = f", {one.n_failed:,} failed" if one.n_failed else ""
    return f"{left:,} to do{failed}" if left else f"finished{failed}"
