"""What solutions choose, as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from negsim.report.page import Page, Style
from negsim.report.text_solutions import write_solutions
from negsim.zone.findings import SolutionFinding
from tests.report.examples import estimate, scenario, solutions
from tests.snapshots import assert_matches

SNAPSHOTS = Path(__file__).parent / "snapshots"


def section(found: Sequence[SolutionFinding], n_parties: int = 2, style: Style | None = None) -> str:
    page = Page(style or Style())
    write_solutions(page, found, scenario(n_parties), {})
    return page.text()


def four(n_parties: int = 2) -> tuple[SolutionFinding, ...]:
    nash, utilitarian = solutions(scenario(n_parties))
    return (
        nash,
        replace(nash, name="kalai_smorodinsky", title="Kalai–Smorodinsky"),
        replace(utilitarian, name="egalitarian", title="Egalitarian"),
        utilitarian,
    )


@pytest.mark.parametrize(
    ("name", "n_solutions", "n_parties", "style"),
    [
        ("solutions-two", 2, 2, Style()),
        ("solutions-four", 4, 2, Style()),
        ("solutions-ascii", 2, 2, Style(ascii_only=True)),
        ("solutions-narrow", 2, 2, Style(width=40)),
        ("solutions-nine-parties", 2, 8, Style()),
    ],
)
def test_the_section_reads_as_agreed(name: str, n_solutions: int, n_parties: int, style: Style) -> None:
    text = section(four(n_parties)[:n_solutions], n_parties, style)
    assert text.isascii() or not style.ascii_only
    assert_matches(text, SNAPSHOTS / f"{name}.txt")


def test_bargaining_power_is_named_where_it_was_given() -> None:
    page = Page(Style())
    write_solutions(page, four(), scenario(), {"lower": 0.5, "upper": 2.0})
    told = " ".join(page.text().split())
    assert "Bargaining power in the Nash solution: Lower village 0.5 and Upper village [the old one] 2; 1 for" in told
    assert "Bargaining power" not in section(four())


def test_where_every_world_has_a_zone_it_is_not_said_twice() -> None:
    whole = replace(four()[0], n_zones=1024)
    assert "In the first 1,024 worlds, which all have a zone." in " ".join(section([whole]).split())


@pytest.mark.parametrize("n_solutions", [1, 2, 3, 4])
@pytest.mark.parametrize("n_parties", [2, 8])
@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_every_solution_has_a_column_of_whole_words_within_the_width(
    width: int, n_parties: int, n_solutions: int
) -> None:
    text = section(four(n_parties)[:n_solutions], n_parties, Style(width=width))
    assert max(len(line) for line in text.splitlines()) <= width
    for solution in four()[:n_solutions]:
        assert solution.title in text
    assert " ".join(text.split()).count("8.5 points") == n_solutions * n_parties


def test_without_solutions_there_is_no_section() -> None:
    assert section(()) == ""


def test_what_compares_points_says_so_and_the_others_do_not() -> None:
    flat = " ".join(section(four()).split())
    assert "Egalitarian and Utilitarian compare points between parties, which values do not warrant." in flat
    assert "compares" in section(four()[3:])
    assert "compare" not in section(four()[:2])


def test_one_world_is_no_first_of_many() -> None:
    single = [replace(solution, n_worlds=1, n_zones=1) for solution in four()]
    assert "In the one world drawn. Gains are points over no deal" in section(single)


@pytest.mark.parametrize(("share", "named"), [(0.1, True), (0.099, False)])
def test_the_second_option_is_named_where_it_says_something(share: float, named: bool) -> None:
    nash = solutions(scenario())[0]
    options = tuple(
        replace(option, share=estimate({"line": 1 - share, "zone": share, "handover": 0.0}[option.option]))
        for option in nash.options
        if option.issue == "land"
    )
    others = tuple(option for option in nash.options if option.issue != "land")
    flat = " ".join(section([replace(nash, options=(*options, *others))]).split())
    assert "Both stay where they are 90 %" in flat
    assert ("Nobody enters it 10 %" in flat) == named
    assert "The upper village gets it" not in flat
