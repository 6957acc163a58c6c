from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from negsim.model.estimates import Estimate
from negsim.report.page import Page, Style
from negsim.report.text_zone import write_zone
from negsim.scenario.types import Agreement
from tests.report.examples import finding, scenario
from tests.snapshots import assert_matches

SNAPSHOTS = Path(__file__).parent / "snapshots"


def report(n_parties: int = 2, style: Style | None = None, p_zone: Estimate | None = None) -> str:
    page = Page(style or Style())
    told = scenario(n_parties)
    write_zone(page, finding(told, p_zone), told, "1.2.3")
    return page.text()


def test_the_report_reads_as_agreed() -> None:
    assert_matches(report(), SNAPSHOTS / "zone.txt")


def test_the_report_reads_as_agreed_in_ascii() -> None:
    text = report(style=Style(ascii_only=True))
    assert text.isascii()
    assert_matches(text, SNAPSHOTS / "zone-ascii.txt")


def test_the_report_of_nine_parties_cuts_headings_and_explains_them() -> None:
    assert_matches(report(n_parties=8), SNAPSHOTS / "zone-nine-parties.txt")


def test_the_report_without_any_zone_reads_as_agreed() -> None:
    assert_matches(report(p_zone=Estimate(0.0, 0.0, 0.0009)), SNAPSHOTS / "zone-none.txt")


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("n_parties", range(2, 9))
def test_no_line_is_wider_than_80_columns(n_parties: int, ascii_only: bool) -> None:
    text = report(n_parties, Style(ascii_only=ascii_only))
    assert max(len(line) for line in text.splitlines()) <= 80


def test_the_finding_stands_in_the_first_line() -> None:
    assert report().splitlines()[0] == "In 31 % (±2) of worlds some deal is acceptable to all who must agree."


@pytest.mark.parametrize(
    ("p_zone", "sentence"),
    [
        (
            Estimate(0.0, 0.0, 0.0009),
            "In none of 4,096 worlds (at most 0.09 %) is any deal acceptable to all who must agree.",
        ),
        (
            Estimate(1.0, 0.9991, 1.0),
            "In all of 4,096 worlds (at least 99.91 %) some deal is acceptable to all who must agree.",
        ),
        (Estimate(0.02, 0.01, 0.05), "In 2 % (1–5) of worlds some deal is acceptable to all who must agree."),
    ],
)
def test_the_sentence_is_careful_at_the_ends(p_zone: Estimate, sentence: str) -> None:
    assert " ".join(report(p_zone=p_zone).split()).startswith(f"{sentence} A world is")


def test_a_quorum_is_not_called_all() -> None:
    told = replace(scenario(), agreement=Agreement(quorum=1))
    page = Page()
    write_zone(page, finding(told), told, "1.2.3")
    assert page.text().splitlines()[0].endswith("some deal is acceptable to enough parties.")


def test_brackets_in_titles_are_text_and_no_markup() -> None:
    assert "[the old one]" in " ".join(report().split())


def test_colour_adds_nothing_but_escapes() -> None:
    coloured = report(style=Style(colour=True))
    assert "\x1b[" in coloured
    assert "\x1b" not in report()
