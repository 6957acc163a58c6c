"""A list of studies as text."""

from __future__ import annotations

from pathlib import Path

import pytest

from negsim.report.page import Page, Style
from negsim.report.text_studies import write_studies
from negsim.study.listing import StudyListed
from tests.snapshots import assert_matches

SNAPSHOTS = Path(__file__).parent / "snapshots"

STUDIES = (
    StudyListed(
        "results/geneva-2026-sweep-0123456789", "geneva-2026", "Geneva", "sobol", ("zone",), 12_000, 11_988, 12
    ),
    StudyListed("results/sale", "sale", "A sale", "grid", ("zone", "talks"), 24, 20, 0),
    StudyListed("results/other", "sale", "A sale", "list", ("zone",), 8, 3, 1),
    StudyListed(
        "results/old", problem="results/old/run.sqlite: its form is negsim.study/0; this version reads negsim.study/1"
    ),
)


def report(studies: tuple[StudyListed, ...], style: Style | None = None) -> str:
    page = Page(style or Style())
    write_studies(page, studies, "results")
    return page.text()


def test_a_list_of_studies_reads_as_agreed() -> None:
    assert_matches(report(STUDIES), SNAPSHOTS / "studies.txt")


def test_an_empty_list_says_how_to_make_one() -> None:
    assert report(()) == "There is no study in results. negsim sweep makes one.\n"


@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    assert max(map(len, report(STUDIES, Style(width=width)).splitlines())) <= width
