from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from negsim.model.tradeoffs import Step, TradeOff
from negsim.report.implications import Implications
from negsim.report.page import Page, Style
from negsim.report.paths import path_words
from negsim.report.text_show import write_scenario
from negsim.scenario.quantities import Same, Uniform
from negsim.scenario.types import Provenance, RedLine, Scenario, Source
from tests.report.examples import NO_HANDOVER, scenario
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


SOURCED = replace(
    scenario(),
    sources=(
        Source("gazette", "The gazette", "County press", "2026-02-14", date_is="inferred"),
        Source("letter", "A letter to the council"),
    ),
    provenance=(
        Provenance(("parties", "lower"), source="gazette", words="report"),
        Provenance(("parties", "lower", "priorities"), assumed="Nobody said."),
        Provenance(("parties", "lower", "no_deal"), source="letter", by="the mayor", assumed="No figure is given."),
    ),
)


def words_of(told: Scenario, *, every_quantity: bool = False) -> str:
    page = Page()
    write_scenario(page, told, IMPLIED, every_quantity=every_quantity)
    return " ".join(page.text().split())


def test_what_is_reported_and_what_assumed_is_shown_as_agreed() -> None:
    page = Page()
    write_scenario(page, SOURCED, IMPLIED)
    assert_matches(page.text(), SNAPSHOTS / "show-sources.txt")


def test_beside_each_figure_stands_where_it_comes_from() -> None:
    text = words_of(SOURCED)
    assert "Firmness 0.6 to 0.95 (reported: gazette)." in text
    assert "worth 20 to 60 points (assumed; direction reported: letter, by the mayor)" in text
    assert "Term of the guarantee: 0 to 5 years (origin not said)" in text
    assert (
        "Of 7 quantities 2 rest on a source, 3 are assumed (1 in a direction that a source reports), 2 say neither."
        in text
    )
    assert "gazette The gazette, County press, 2026-02-14 (inferred)" in text


def test_without_sources_nothing_is_said_of_them() -> None:
    assert "assumed" not in words_of(scenario())


def with_line(line: RedLine, **other: object) -> Scenario:
    lower = next(party for party in SOURCED.parties if party.id == "lower")
    mended = replace(lower, red_lines=(line,), **other)  # type: ignore[arg-type]
    return replace(SOURCED, parties=tuple(mended if p.id == "lower" else p for p in SOURCED.parties))


def test_a_hard_line_says_so_and_what_a_bluff_costs_is_said() -> None:
    assert "Hard (reported: gazette)." in words_of(with_line(replace(NO_HANDOVER, firmness=None)))
    text = words_of(with_line(replace(NO_HANDOVER, audience_cost=Uniform(1, 4))))
    assert "Firmness 0.6 to 0.95; crossing it as a bluff costs 1 to 4 points (reported: gazette)." in text


def test_what_is_the_same_as_another_is_said_in_words() -> None:
    root = ("parties", "upper")
    same_cost = replace(NO_HANDOVER, audience_cost=Same((*root, "adjustments", "peace", "amount")))
    told = with_line(same_cost, no_deal=Same((*root, "no_deal", "same_as", "years")))
    text = words_of(told)
    assert "crossing it as a bluff costs the same as the amount of the adjustment peace of Upper village" in text
    assert "worth the same as the level of “Term of the guarantee” in the no-deal value of Upper village" in text
    assert "2 priorities, 1 firmness; the same as another: 1 audience cost, 1 no-deal value" in text
    assert "parties.lower.no_deal is the same as parties.upper.no_deal.same_as.years" in words_of(
        told, every_quantity=True
    )


def test_uncertain_quantities_are_counted_and_listed_only_when_asked_for() -> None:
    text = words_of(scenario())
    assert "Lower village 2 priorities, 1 firmness, 1 no-deal value" in text
    assert "Upper village [the old one] 1 no-deal level" in text
    assert "parties.lower." not in text
    listed = words_of(scenario(), every_quantity=True)
    assert "parties.lower.priorities.land 30 to 50" in listed
    assert "within" not in listed.partition("What is uncertain")[2]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("no_deal", "the no-deal value of Lower village"),
        ("priorities.land", "the priority of “The strip between the villages” for Lower village"),
        ("values.guard.county", "the value of “The county's wardens” on “Who guards the zone” for Lower village"),
        ("values.guard.irrelevant", "the value of “does not arise” on “Who guards the zone” for Lower village"),
        ("values.years.5", "the value of “5 years” on “Term of the guarantee” for Lower village"),
        ("red_lines.no_handover.audience_cost", "the audience cost of “No handing over” (Lower village)"),
    ],
)
def test_every_quantity_has_a_name_in_words(path: str, words: str) -> None:
    assert path_words(("parties", "lower", *path.split(".")), scenario()) == words
