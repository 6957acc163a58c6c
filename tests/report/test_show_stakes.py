"""What `negsim show` says of war, durability, levers, sacred values, ratifiers and side payments."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from negsim.report.implications import Implications
from negsim.report.json import scenario_data, to_text
from negsim.report.page import Page, Style
from negsim.report.text_differences import write_differences
from negsim.report.text_show import write_scenario
from negsim.scenario import load, loads
from negsim.scenario.differences import find_differences
from negsim.scenario.quantities import Constant, Quantity
from negsim.scenario.types import Source
from tests.report.examples import scenario
from tests.report.valley import FILE, valley
from tests.snapshots import assert_matches

SNAPSHOTS = Path(__file__).parent / "snapshots"
IMPLIED = Implications(72, 36)


def shown(*, every_quantity: bool = False, style: Style | None = None) -> str:
    page = Page(style or Style())
    write_scenario(page, valley(), IMPLIED, every_quantity=every_quantity)
    return page.text()


def test_a_scenario_with_all_of_it_is_shown_as_agreed() -> None:
    assert_matches(shown(), SNAPSHOTS / "show-stakes.txt")


def test_each_quantity_stands_with_whoever_it_belongs_to() -> None:
    assert_matches(shown(every_quantity=True).partition("What is uncertain")[2], SNAPSHOTS / "show-stakes-all.txt")


@pytest.mark.parametrize("width", [60, 80])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    text = shown(every_quantity=True, style=Style(width=width, ascii_only=True))
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= width


def test_what_a_ratifier_has_of_its_party_is_not_listed() -> None:
    data = scenario_data(valley(), IMPLIED, "1.2.3")
    paths = {quantity["path"] for quantity in data["quantities"]}
    assert "parties.west.ratifiers.council.red_lines.term.firmness" in paths
    assert not any(path.startswith("parties.west.ratifiers.council.priorities") for path in paths)
    assert "council.priorities" not in shown(every_quantity=True)


def test_a_lottery_is_shown_end_by_end() -> None:
    lottery = "{lottery: {ends: {calm: {probability: 0.3, worth: 60}, storm: {worth: 5}}, costs: {delay: 2}, now: 30}}"
    told = load(FILE, overrides=[f"parties.west.ratifiers.hunters.no_deal={lottery}"])
    page = Page()
    write_scenario(page, told, IMPLIED)
    text = " ".join(page.text().split())
    assert "Hunters' guild, for West town a lottery over calm and storm" in text
    assert "calm probability 0.3; worth 60 points storm probability what is left; worth 5 points" in text
    assert "delay costs 2 points now worth 30 points" in text


@pytest.mark.parametrize("worth", [None, (("east", Constant(1)), ("crown", Constant(1)))])
def test_payments_are_left_out_of_what_is_sacred_where_none_can_reach_the_party(
    worth: tuple[tuple[str, Quantity], ...] | None,
) -> None:
    payments = valley().side_payments
    assert payments is not None
    page = Page()
    told = replace(valley(), side_payments=None if worth is None else replace(payments, worth=worth))
    write_scenario(page, told, IMPLIED)
    assert "no side payment to West town counts then" in " ".join(shown().split())
    assert "no side payment" not in page.text()


def test_with_sources_every_figure_says_where_it_comes_from() -> None:
    told = replace(valley(), sources=(Source("gazette", "The gazette"),))
    page = Page()
    write_scenario(page, told, IMPLIED)
    assert page.text().count("origin not said") > 15


def test_json_has_the_forms_and_conditions() -> None:
    data = json.loads(to_text(scenario_data(valley(), IMPLIED, "1.2.3")))
    parties = {party["id"]: party for party in data["parties"]}
    assert parties["west"]["no_deal"]["option"] == "outside"
    assert parties["east"]["no_deal"]["win"] == {"land": "handed_over", "bridge": "east"}
    assert parties["west"]["sacred"][0]["symbolic"] == "force == county"
    assert [ratifier["id"] for ratifier in parties["west"]["ratifiers"]] == ["council", "hunters"]
    assert parties["crown"]["levers"][0]["carrots"][0]["id"] == "grain"
    assert data["durability"]["supports"][0]["lasts"] == "guarantee"
    assert data["war"]["sides"] == ["east", "west"]
    assert data["side_payments"]["currency"] == "m crowns"
    assert (data["protocol"]["kind"], data["protocol"]["order"]) == ("alternating_offers", ["west", "east"])
    assert [parties[party]["tactic"] for party in ("east", "west", "crown")] == ["time", "take_it_or_leave_it", None]


def test_without_any_of_it_json_says_so() -> None:
    data = scenario_data(scenario(), IMPLIED, "1.2.3")
    assert (data["war"], data["durability"], data["side_payments"], data["protocol"]) == (None, None, None, None)
    assert not any(party["ratifiers"] or party["levers"] or party["sacred"] for party in data["parties"])


PLAIN = """
negsim: 1
id: valley
title: The valley
issues:
  land: {title: Line of contact, kind: ordered, options: [frozen, pulled_back, handed_over]}
  force: {title: Force in the valley, kind: categorical, options: {none: No force, county: County wardens}}
  guarantee_years: {title: Term of the guarantee, scale: 0..50, step: 10, unit: years}
  bridge: {title: The old bridge, options: {east: East holds it, west: West holds it}}
parties:
  east: {title: East town, demands: {land: handed_over}, no_deal: 40}
  west: {title: West town, demands: {land: frozen}, no_deal: 40}
  crown: {title: The Crown, role: mediator}
"""


def test_what_only_one_scenario_has_is_named() -> None:
    plain, full = loads(PLAIN), valley()
    page = Page()
    write_differences(page, find_differences(plain, full), plain, full)
    text = " ".join(page.text().split())
    for words in (
        "the red line “Nothing is handed over” of West town",
        "the sacred “The bridge of the founders” of West town",
        "the lever of The Crown on East town",
        "the ratifier Town council (for West town)",
        "the tactic time of East town",
        "the war, durability, side payments and the protocol",
    ):
        assert words in text, words


def test_parts_that_only_one_scenario_has_are_named() -> None:
    full = valley()
    assert full.durability is not None
    assert full.side_payments is not None
    crown = next(party for party in full.parties if party.id == "crown")
    east, west = crown.levers
    poorer = replace(
        full,
        durability=replace(full.durability, supports=full.durability.supports[:1], power_shifts=(), remedies=()),
        parties=tuple(
            replace(party, levers=(replace(east, carrots=()), west)) if party.id == "crown" else party
            for party in full.parties
        ),
    )
    page = Page()
    write_differences(page, find_differences(poorer, full), poorer, full)
    text = " ".join(page.text().split())
    for words in (
        "the carrot of The Crown for East town grain",
        "the support wardens",
        "the power shift hills",
        "the remedy far",
    ):
        assert words in text, words
