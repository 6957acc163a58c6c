"""What blocks, as text: the sentence above all else, and the section."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from negsim.model.estimates import Estimate, Spread
from negsim.report.page import Page, Style
from negsim.report.text_blocks import chief_block, write_blocks
from negsim.zone.findings import Blocks, Concession, LineBlock, MinimalSet
from tests.report.examples import blocks, estimate, scenario
from tests.snapshots import assert_matches

SNAPSHOTS = Path(__file__).parent / "snapshots"
ONE_IN_THREE = estimate(0.31)


def section(found: Blocks, n_parties: int = 2, style: Style | None = None) -> str:
    page = Page(style or Style())
    write_blocks(page, found, found.n_worlds, scenario(n_parties))
    return page.text()


def example(n_parties: int = 2) -> Blocks:
    return blocks(scenario(n_parties), ONE_IN_THREE)


def none_alone() -> Blocks:
    """No constraint opens a world by itself; a party would have to give up a line and points, another points too."""
    found, nothing = example(), Estimate(0.0, 0.0, 0.001)
    both = MinimalSet(
        (("lower", "no_handover"),),
        (Concession("lower", Spread(1.0, 2.0, 3.0)), Concession("upper", Spread(0.01, 0.02, 0.04))),
        estimate(0.9),
    )
    return replace(
        found,
        lines=tuple(replace(line, gain=nothing, p_without=ONE_IN_THREE) for line in found.lines),
        no_deal=tuple(replace(block, gain=nothing, p_lower=ONE_IN_THREE) for block in found.no_deal),
        minimal=(both,),
        n_minimal=1,
    )


def many_sets() -> Blocks:
    """Seven smallest sets, and twenty-five in all."""
    found = example()
    return replace(found, minimal=found.minimal * 2 + found.minimal[:1], n_minimal=25)


@pytest.mark.parametrize(
    ("name", "found", "n_parties", "style"),
    [
        ("blocks", example(), 2, Style()),
        ("blocks-ascii", example(), 2, Style(ascii_only=True)),
        ("blocks-narrow", example(), 2, Style(width=40)),
        ("blocks-nine-parties", example(8), 8, Style()),
        ("blocks-none-alone", none_alone(), 2, Style()),
        ("blocks-many-sets", many_sets(), 2, Style()),
    ],
)
def test_the_section_reads_as_agreed(name: str, found: Blocks, n_parties: int, style: Style) -> None:
    text = section(found, n_parties, style)
    assert text.isascii() or not style.ascii_only
    assert_matches(text, SNAPSHOTS / f"{name}.txt")


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("n_parties", [2, 8])
@pytest.mark.parametrize("width", [40, 57, 58, 70, 71, 80, 100])
def test_every_party_and_figure_is_told_within_the_width(width: int, n_parties: int, ascii_only: bool) -> None:
    text = section(example(n_parties), n_parties, Style(width=width, ascii_only=ascii_only))
    assert max(len(line) for line in text.splitlines()) <= width
    told = text[text.index("How far each") : text.index("Nearest to a deal")]
    assert told.count("70 %") == told.count("28 %") == len(example(n_parties).shortfalls)
    words = told.replace(":", " ").split()
    assert words.count("hamlet") == n_parties - 2
    assert {"Lower", "Upper", "county"} <= set(words)


def test_where_every_world_has_a_zone_nothing_is_said_of_blocks() -> None:
    found = blocks(scenario(), Estimate(1.0, 0.999, 1.0))
    assert section(found) == ""
    assert chief_block(found, scenario()) == ""


def test_the_largest_obstacle_is_named_with_what_would_be_without_it() -> None:
    assert chief_block(example(), scenario()) == (
        "The largest single obstacle is Lower village's red line “No handing over” (without it 80 %)."
    )


def test_the_chief_obstacle_of_another_party_is_named_if_it_comes_near() -> None:
    found = example()
    half = replace(found.no_deal[0], gain=estimate(0.245), p_lower=estimate(0.555))
    near = replace(found, no_deal=(half, *found.no_deal[1:]))
    sentence = chief_block(near, scenario())
    assert sentence.endswith(
        "(without it 80 %); next comes Upper village [the old one]'s no-deal value (5 points lower, 56 %)."
    )
    far = replace(found, no_deal=(replace(half, gain=estimate(0.24)), *found.no_deal[1:]))
    assert "next comes" not in chief_block(far, scenario())


def test_a_second_obstacle_of_the_same_party_is_not_named() -> None:
    found = example()
    own = replace(found.no_deal[1], gain=estimate(0.48), p_lower=estimate(0.79))
    assert "next comes" not in chief_block(replace(found, no_deal=(found.no_deal[0], own)), scenario())


def test_a_no_deal_value_can_be_the_largest_obstacle() -> None:
    found = example()
    most = replace(found.no_deal[0], gain=estimate(0.6), p_lower=estimate(0.91))
    assert chief_block(replace(found, no_deal=(most, *found.no_deal[1:])), scenario()) == (
        "The largest single obstacle is Upper village [the old one]'s no-deal value (5 points lower, 91 %); next comes"
        " Lower village's red line “No handing over” (without it 80 %)."
    )


@pytest.mark.parametrize(("n_without", "others"), [(2826, "any of the others"), (4096, "any of them")])
def test_where_nothing_opens_a_world_alone_the_most_frequent_set_is_named(n_without: int, others: str) -> None:
    sentence = chief_block(replace(none_alone(), n_without=n_without), scenario())
    assert sentence.startswith(
        f"No single red line and no single no-deal value 5 points lower opens {others}; most often, in 90 % (±2) of"
        " them, it takes Lower village giving up “No handing over” and content with 2"
    )
    assert " less and also Upper village [the old one] content with " in sentence
    assert sentence.count("Lower village") == 1


def test_a_line_without_a_title_goes_by_its_id() -> None:
    told = scenario()
    lower = next(party for party in told.parties if party.id == "lower")
    bare = replace(lower, red_lines=(replace(lower.red_lines[0], title=""),))
    nameless = replace(told, parties=tuple(bare if party is lower else party for party in told.parties))
    assert "“no_handover”" in chief_block(example(), nameless)


def test_lines_stand_by_what_they_open_among_no_deal_values() -> None:
    found = example()
    small = LineBlock("lower", "no_handover", estimate(0.32), estimate(0.001, 0.001), estimate(0.0))
    text = section(replace(found, lines=(small,)))
    assert text.index("Upper village [the old one]: no-deal value") < text.index("Lower village: “No handing over”")
