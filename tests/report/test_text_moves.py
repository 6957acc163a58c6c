from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from negsim.model.estimates import Estimate
from negsim.report.page import Page, Style
from negsim.report.text_moves import write_moves
from negsim.report.words import points_with_interval, two_sided_bar
from negsim.zone import ZoneResult
from negsim.zone.structural import alternatives
from tests.report.examples import COINS, MOVES, finding, scenario
from tests.snapshots import assert_matches

SNAPSHOTS = Path(__file__).parent / "snapshots"


def section(result: ZoneResult | None = None, style: Style | None = None) -> str:
    page = Page(style or Style())
    told = scenario()
    write_moves(page, result or finding(told), told)
    return page.text()


def test_the_section_reads_as_agreed() -> None:
    assert_matches(section(), SNAPSHOTS / "moves.txt")


def test_the_section_reads_as_agreed_in_ascii() -> None:
    text = section(style=Style(ascii_only=True))
    assert text.isascii()
    assert "?" not in text
    assert_matches(text, SNAPSHOTS / "moves-ascii.txt")


def test_what_does_not_stand_out_is_counted_and_not_drawn() -> None:
    text = " ".join(section().split())
    assert "Of 4 quantities 2 stand out; the 95 % interval leaves out 0 for 3." in text
    assert "parties.lower.no_deal" in text
    assert "parties.lower.priorities.years" not in text


def test_where_nothing_stands_out_no_bar_is_drawn() -> None:
    still = tuple(replace(move, stands_out=False) for move in MOVES)
    text = section(replace(finding(scenario()), moves=still, coins=(), structure=()))
    assert "Of 4 quantities none stands out" in " ".join(text.split())
    assert "│" not in text


def test_at_most_ten_are_drawn_and_the_reader_is_told() -> None:
    many = (MOVES[0],) * 12
    text = section(replace(finding(scenario()), moves=many))
    assert text.count("parties.lower.no_deal") == 10
    assert "12 stand out (the largest 10 are shown)" in " ".join(text.split())
    ten = section(replace(finding(scenario()), moves=many[:10]))
    assert "10 stand out;" in " ".join(ten.split())


def test_what_could_not_be_compared_is_said_to_be_so() -> None:
    unknown = tuple(replace(move, p_low=None, p_high=None, difference=None, stands_out=False) for move in MOVES)
    coin = replace(COINS[0], p_real=None, difference=None, stands_out=False)
    text = " ".join(section(replace(finding(scenario()), moves=unknown, coins=(coin,))).split())
    assert "Of 4 quantities none can be compared in the worlds drawn." in text
    assert "Of 1 red line that may be a bluff none can be compared in the worlds drawn." in text


def test_there_is_no_section_where_nothing_could_move() -> None:
    assert section(replace(finding(scenario()), moves=(), coins=(), structure=())) == ""


def test_each_part_stands_alone() -> None:
    found = finding(scenario())
    only_coins = section(replace(found, moves=(), structure=()))
    assert "“No handing over” (Lower village): 62 % a bluff, 21 % real" in " ".join(only_coins.split())
    assert "fifth" not in only_coins
    only_structure = section(replace(found, moves=(), coins=()))
    assert "Red lines" not in only_structure
    assert "in the same 1,024 worlds" in only_structure


def test_every_alternative_that_a_scenario_can_have_has_its_words() -> None:
    told = scenario()
    tried = {(move.assumption, move.alternative) for move in finding(told).structure}
    assert {names[:2] for names in alternatives(told)} | tried == tried
    assert "worth nothing" in section()


@pytest.mark.parametrize("ascii_only", [False, True])
def test_no_line_is_wider_than_80_columns(ascii_only: bool) -> None:
    text = section(style=Style(ascii_only=ascii_only))
    assert max(len(line) for line in text.splitlines()) <= 80


def test_no_word_claims_a_cause() -> None:
    words = section().lower()
    assert not any(claim in words for claim in ("because", "causes", "effect", "leads to", "drives"))


@pytest.mark.parametrize(
    ("difference", "text"),
    [
        (Estimate(-0.281, -0.326, -0.234), "−28 (±5)"),
        (Estimate(0.281, 0.234, 0.326), "+28 (±5)"),
        (Estimate(0.04, 0.01, 0.12), "+4 (+1 to +12)"),
        (Estimate(0.0, -0.002, 0.002), "0.0 (±0.2)"),
        (Estimate(0.0, -0.0037, 0.012), "0.0 (−0.4 to +1.2)"),
        # A bound that is not 0 is not written as 0 where that matters.
        (Estimate(0.05, 0.003, 0.12), "+5.0 (+0.3 to +12.0)"),
        (Estimate(-1.0, -1.0, -0.98), "−100 (−100 to −98)"),
        (Estimate(0.001, 0.0004, 0.0016), "+0.10 (±0.06)"),
    ],
)
def test_points_are_signed_and_never_promise_more_than_their_interval(difference: Estimate, text: str) -> None:
    assert points_with_interval(difference) == text


@pytest.mark.parametrize(
    ("share", "drawn"),
    [
        (1, "    │████"),
        (-1, "████│"),
        (-0.375, "  ▐█│"),
        (0.375, "    │█▌"),
        (0, "    │"),
        (-0.001, "   ▐│"),
        (0.001, "    │▏"),
    ],
)
def test_a_bar_points_to_the_side_of_its_sign(share: float, drawn: str) -> None:
    assert two_sided_bar(share, 4, ascii_only=False) == drawn
