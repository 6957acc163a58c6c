from __future__ import annotations

from pathlib import Path

import pytest

from negsim.model.tradeoffs import Step, TradeOff
from negsim.report.implications import Implications
from negsim.report.page import Page, Style
from negsim.report.text_show import write_scenario
from tests.report.examples import scenario
from tests.snapshots import assert_matches

SNAPSHOTS = Path(__file__).parent / "snapshots"

IMPLIED = Implications(
    n_outcomes=8,
    n_cells=4,
    trade_offs={
        "lower": (
            TradeOff(Step("land", 1, 0, 40.0), Step("years", 0, 2, 39.0)),
            TradeOff(Step("years", 0, 1, 10.0), Step("guard", 0, 1, 25.0)),
        ),
        "upper": (),
    },
)


def shown(n_parties: int = 2, style: Style | None = None) -> str:
    page = Page(style or Style())
    write_scenario(page, scenario(n_parties), IMPLIED)
    return page.text()


def test_a_scenario_is_shown_as_agreed() -> None:
    assert_matches(shown(), SNAPSHOTS / "show.txt")


def test_six_parties_are_set_in_two_tables() -> None:
    assert_matches(shown(6), SNAPSHOTS / "show-six-parties.txt")


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("n_parties", range(2, 9))
def test_no_line_is_wider_than_80_columns(n_parties: int, ascii_only: bool) -> None:
    text = shown(n_parties, Style(ascii_only=ascii_only))
    assert max(len(line) for line in text.splitlines()) <= 80
    assert text.isascii() or not ascii_only


@pytest.mark.parametrize("n_parties", [2, 4, 6])
def test_no_word_of_a_position_is_broken(n_parties: int) -> None:
    positions = shown(n_parties).partition("Stated positions")[2].partition("Red lines")[0].split()
    for word in ("village", "Neighbouring", "guarantee", "anything"):
        assert word in positions or n_parties == 2


def test_the_heavier_step_is_named_first_with_how_many_times_it_weighs() -> None:
    text = " ".join(shown().split())
    assert (
        "The strip between the villages: “Both stay where they are” instead of “Nobody enters it” weighs about as"
        " much as Term of the guarantee: 20 years more (20 instead of 0)" in text
    )
    assert "weighs 2.5 times as much as Term of the guarantee: 10 years more (10 instead of 0)" in text
