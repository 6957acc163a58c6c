"""What `negsim show` says of how parties bargain, in every form."""

from __future__ import annotations

import pytest

from negsim.errors import format_path
from negsim.report.implications import Implications
from negsim.report.page import Page
from negsim.report.paths import path_words
from negsim.report.text_differences import write_differences
from negsim.report.text_show import write_scenario
from negsim.scenario import Scenario, load, loads
from negsim.scenario.bargaining import LEARNING, OFFERS, PROTOCOLS
from negsim.scenario.codes import EXAMPLE_BASE
from negsim.scenario.differences import find_differences
from tests.report.valley import FILE, valley

IMPLIED = Implications(72, 36)


def bargaining(told: Scenario) -> str:
    """Show a scenario, and take what stands below the heading on one line."""
    page = Page()
    write_scenario(page, told, IMPLIED)
    return " ".join(page.text().partition("Bargaining\n")[2].partition("What is uncertain")[0].split())


def boat(party: str = "", rest: str = "") -> Scenario:
    return loads(EXAMPLE_BASE.replace("{title: Seller", f"{{{party}title: Seller") + rest)


def test_without_any_of_it_nothing_is_said() -> None:
    assert bargaining(boat()) == ""


def test_a_tactic_without_a_protocol_stands_alone() -> None:
    assert bargaining(boat("tactic: averaged_tit_for_tat, ")) == (
        "- Seller bargains by the tactic averaged tit for tat: start 1, window 3."
    )


def test_an_order_that_is_not_given_is_that_of_the_ids_and_no_breakdown_is_not_said() -> None:
    assert bargaining(boat("", "protocol: {}\n")) == (
        "Offers are made in turn; at its aspiration a party offers what it believes best for the others. At most 20"
        " rounds a session, 1 session; they speak in the order Buyer and Seller. Beliefs about the others are learned."
    )


@pytest.mark.parametrize("key", ["kind", "offers", "beliefs"])
def test_every_word_of_a_protocol_is_told_apart(key: str) -> None:
    words = {"kind": PROTOCOLS, "offers": OFFERS, "beliefs": LEARNING}[key]
    told = {bargaining(boat("", f"protocol: {{{key}: {word}}}\n")) for word in words}
    assert len(told) == len(words)


def test_with_sources_the_tactic_says_where_it_comes_from_and_a_parameter_where_it_comes_from_elsewhere() -> None:
    told = boat(
        "tactic: {time: {exponent: 1..6, start: 0.9}}, walks_out_below: 0.1, ",
        "protocol: {breakdown: 0.05}\nsources: {ad: {title: An ad}}\nprovenance:\n"
        "  parties.seller.tactic: {source: ad}\n  parties.seller.tactic.time.start: {assumed: A guess.}\n",
    )
    text = bargaining(told)
    assert "Seller bargains by the tactic time: exponent 1 to 6, start 0.9 (assumed) (reported: ad)." in text
    assert "less than 0.1 (origin not said) that another is in earnest" in text
    assert "with a probability of 0.05 (origin not said)." in text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("parties.east.tactic.time.exponent", "the exponent of the tactic time of East town"),
        ("parties.west.walks_out_below", "the belief below which West town walks out"),
        ("protocol.breakdown", "the probability that talks break down"),
        ("parties.east.good_faith", "the good faith of East town"),
        ("side_payments.at_most", "the bound of side payments"),
    ],
)
def test_a_quantity_of_bargaining_has_a_name(path: str, words: str) -> None:
    assert path_words(tuple(path.split(".")), valley()) == words


def test_a_tactic_of_several_words_is_named_without_the_marks_between_them() -> None:
    words = path_words(("parties", "seller", "tactic", "averaged_tit_for_tat", "window"), boat("about: x, "))
    assert words == "the window of the tactic averaged tit for tat of Seller"


def test_what_is_the_same_as_a_parameter_is_named_in_words() -> None:
    told = load(FILE, overrides=["protocol.breakdown={same: parties.west.walks_out_below}"])
    assert "break down with a probability of the same as the belief below which West town walks out." in bargaining(
        told
    )


def test_another_tactic_and_another_protocol_are_told_in_a_comparison() -> None:
    before = valley()
    after = load(FILE, overrides=["parties.east.tactic=holdout", "protocol.rounds=5", "protocol.order=[east, west]"])
    page = Page()
    differences = find_differences(before, after)
    write_differences(page, differences, before, after)
    text = " ".join(page.text().split())
    assert "protocol.rounds: 12 → 5" in text
    assert "protocol.order: [west, east] → [east, west]" in text
    assert "Only in the first: the tactic time of East town." in text
    assert "Only in the second: the tactic holdout of East town." in text
    assert [format_path(item.path) for item in differences.changed] == ["protocol.rounds", "protocol.order"]
