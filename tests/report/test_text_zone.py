from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from negsim.model.estimates import Estimate
from negsim.report.page import Page, Style
from negsim.report.text_zone import NO_SOLUTIONS, TOO_MANY, write_zone
from negsim.scenario.types import Agreement
from negsim.zone.questions import Questions
from negsim.zone.result import NearDeals, ZoneSize
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


def changed(**parts: object) -> str:
    """The report of the example with some parts of its finding replaced."""
    page, told = Page(), scenario()
    write_zone(page, replace(finding(told), **parts), told, "1.2.3")  # type: ignore[arg-type]
    return page.text()


def test_where_every_world_has_a_zone_nothing_is_said_of_blocks() -> None:
    text = report(p_zone=Estimate(1.0, 0.999, 1.0))
    assert "obstacle" not in text
    assert "blocks" not in text.replace("Latin hypercube blocks", "")


def test_under_a_quorum_nothing_is_said_of_solutions() -> None:
    assert "What bargaining solutions choose" in changed()
    told = scenario()
    voting, page = replace(told, agreement=replace(told.agreement, quorum=1)), Page()
    write_zone(page, replace(finding(told), solutions=()), voting, "1.2.3")
    text = page.text()
    assert "What bargaining solutions choose" not in text
    assert NO_SOLUTIONS in " ".join(text.split())
    assert NO_SOLUTIONS not in " ".join(changed().split())
    assert "What blocks the rest" in text


def test_where_blocks_cannot_be_found_the_report_says_why() -> None:
    assert " ".join(TOO_MANY.split()) in " ".join(changed(blocks=None, solutions=()).split())
    assert "too many combinations" not in changed()


def test_merging_that_was_asked_for_is_not_put_down_to_too_many_outcomes() -> None:
    unknown = {"enumerated": False, "size": ZoneSize(None, None, None, None)}
    assert "too many to count" in " ".join(changed(**unknown).split())
    text = " ".join(changed(**unknown, questions=Questions(method="merge")).split())
    assert "8 possible outcomes. Those in a zone were not counted: issues, as asked, were merged" in text
    assert "too many" not in text


def test_the_report_of_merged_issues_reads_as_agreed() -> None:
    found = finding(scenario())
    options = tuple(
        replace(option, p_in_zone=None, share_of_zones=None) if option.issue == "years" else option
        for option in found.options
    )
    parts = {"enumerated": False, "size": ZoneSize(None, None, None, None), "near": NearDeals(0, ())}
    assert_matches(changed(n_outcomes=2 * 10**12, options=options, **parts), SNAPSHOTS / "zone-merged.txt")


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("n_parties", range(2, 9))
def test_no_line_is_wider_than_80_columns(n_parties: int, ascii_only: bool) -> None:
    text = report(n_parties, Style(ascii_only=ascii_only))
    assert max(len(line) for line in text.splitlines()) <= 80


def test_the_finding_stands_in_the_first_line() -> None:
    assert report().startswith("In 31 % (±2) of worlds some deal is acceptable to all who must agree. The\nlargest")


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
    next_words = "A world is" if p_zone.estimate == 1 else "The largest single obstacle is"
    assert " ".join(report(p_zone=p_zone).split()).startswith(f"{sentence} {next_words}")


def test_a_quorum_is_not_called_all() -> None:
    told = replace(scenario(), agreement=Agreement(quorum=1))
    page = Page()
    write_zone(page, finding(told), told, "1.2.3")
    assert page.text().splitlines()[0].startswith("In 31 % (±2) of worlds some deal is acceptable to enough parties.")


def test_brackets_in_titles_are_text_and_no_markup() -> None:
    assert "[the old one]" in " ".join(report().split())


def test_colour_adds_nothing_but_escapes() -> None:
    coloured = report(style=Style(colour=True))
    assert "\x1b[" in coloured
    assert "\x1b" not in report()
