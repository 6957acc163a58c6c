from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from negsim.bargaining import BargainResult, OptionReached, RobustDeal
from negsim.bargaining.stops import Stop
from negsim.model.estimates import Estimate
from negsim.report.json_bargain import bargain_data, bargaining_data
from negsim.report.page import Page, Style
from negsim.report.schema import bargain_schema_text, zone_schema_text
from negsim.report.stops import STOPS
from negsim.report.text_bargain import write_bargain, write_bargain_briefly
from negsim.scenario.bargaining import Protocol
from negsim.scenario.quantities import Uniform
from negsim.scenario.types import Issue, IssueKind, Scenario
from tests.docs.pages import ROOT
from tests.docs.test_docs import keys, words_in_code
from tests.report.bargains import FOUND, NOTHING
from tests.report.examples import estimate, scenario
from tests.snapshots import assert_matches

SNAPSHOTS = Path(__file__).parent / "snapshots"
SCHEMA: dict[str, Any] = json.loads(bargain_schema_text())


def report(found: BargainResult = FOUND, style: Style | None = None, of: Scenario | None = None) -> str:
    page = Page(style or Style())
    write_bargain(page, found, of or scenario(), "1.2.3")
    return page.text()


def said(found: BargainResult = FOUND, of: Scenario | None = None) -> str:
    return " ".join(report(found, of=of).split())


def test_the_report_reads_as_agreed() -> None:
    assert_matches(report(), SNAPSHOTS / "bargain.txt")


def test_the_report_reads_as_agreed_where_nobody_agrees() -> None:
    assert_matches(report(NOTHING), SNAPSHOTS / "bargain-nothing.txt")


def test_the_short_report_reads_as_agreed() -> None:
    page = Page()
    write_bargain_briefly(page, FOUND, scenario())
    assert_matches(page.text(), SNAPSHOTS / "bargain-short.txt")


def test_the_report_reads_as_agreed_on_a_narrow_page_in_ascii() -> None:
    text = report(style=Style(width=40, ascii_only=True))
    assert text.isascii()
    assert_matches(text, SNAPSHOTS / "bargain-narrow.txt")


@pytest.mark.parametrize("width", [40, 60, 100])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    assert max(map(len, report(style=Style(width=width)).splitlines())) <= width


def test_every_way_to_end_has_words() -> None:
    assert list(STOPS) == [stop.word for stop in Stop if stop is not Stop.OPEN]


@pytest.mark.parametrize(
    ("share", "sentence"),
    [
        (Estimate(0.0, 0.0, 0.0009), "In none of 1,024 worlds (at most 0.09 %) do the parties agree; some deal is"),
        (Estimate(1.0, 0.9991, 1.0), "In all of 1,024 worlds (at least 99.91 %) the parties agree; some deal is"),
        (Estimate(0.3, 0.28, 0.32), "In 30 % (±2) of worlds the parties agree; some deal is"),
    ],
)
def test_agreement_stands_first(share: Estimate, sentence: str) -> None:
    assert said(replace(FOUND, p_agreement=share)).startswith(sentence)


def test_a_missed_deal_is_told_from_none_to_miss() -> None:
    assert "They miss a deal that there is in 33 % (±2); in 38 % (±2) there is none to miss." in said()


def test_where_there_is_no_zone_there_is_nothing_to_miss() -> None:
    never = replace(NOTHING, p_zone=Estimate(0.0, 0.0, 0.0009), missed=Estimate(0.0, 0.0, 0.0009))
    first = "In none of 1,024 worlds (at most 0.09 %) do the parties agree, nor is any deal acceptable to all who must"
    assert said(never).startswith(f"{first} agree. A world is")
    always = replace(FOUND, impossible=Estimate(0.0, 0.0, 0.0009))
    assert "They miss a deal that there is in 33 % (±2). A world is" in said(always)


def test_bad_faith_is_told_where_it_can_be() -> None:
    sentence = "Who is not in earnest counts as accepting nothing"
    assert sentence not in said()
    first, *others = scenario().parties
    doubtful = replace(scenario(), parties=(replace(first, good_faith=Uniform(0.2, 0.9)), *others))
    assert sentence in said(of=doubtful)


def test_the_protocol_of_the_scenario_is_told_or_that_there_is_none() -> None:
    assert "The scenario has no protocol of its own" in said()
    text = said(of=replace(scenario(), protocol=Protocol(kind="single_text", rounds=7)))
    assert "A mediator puts one text to all and changes it" in text
    assert "At most 7 rounds a session" in text
    assert "no protocol of its own" not in text


def test_coverage_is_told_where_not_all_outcomes_can_come_up() -> None:
    assert "Any of 12 possible outcomes can come up." in said()
    some = replace(FOUND, n_outcomes=40, coverage=estimate(0.93))
    assert "Of 40 possible outcomes 12 can come up" in said(some)
    assert "In 93 % (±2) of worlds with a zone one of them is in it." in said(some)
    assert "of worlds with a zone one of them" not in said(replace(some, coverage=None))


def test_of_a_long_scale_the_middle_is_told_and_the_level_of_the_robust_deal() -> None:
    levels = tuple(str(level) for level in range(0, 100, 10))
    price = Issue(
        "price", "Price", IssueKind.NUMERIC, levels, tuple(f"{level} coins" for level in levels), unit="coins"
    )
    options = tuple(OptionReached("price", level, estimate(0.1, half=0.01)) for level in levels)
    robust = RobustDeal((("price", "70"),), estimate(0.4), estimate(0.1))
    text = said(replace(FOUND, options=options, robust=(robust,)), of=replace(scenario(), issues=(price,)))
    assert "Price 40 coins (0 to 80) * 70 coins 10 % (±1)" in text  # tenths: half is reached at the fifth level
    assert "20 coins" not in text


def test_an_option_that_few_agree_on_is_shown_only_if_the_robust_deal_holds_it() -> None:
    text = said()
    assert "* Both stay where they are 4 % (±2)" in text
    assert "Nobody enters it 90 % (±2)" in text
    without = said(replace(FOUND, robust=FOUND.robust[1:]))
    assert "Both stay where they are 4 %" not in without


def test_a_star_stands_only_where_the_interval_excludes_0() -> None:
    rows = report().partition("If one were tougher")[2]
    cells = {"−12 (±3)": True, "+0.4 (−1.2 to +2.0)": False, "+1 (±2)": False, "−3.2 (−4.0 to −2.5)": True}
    for cell, starred in cells.items():
        assert cell in rows
        assert (f"{cell} *" in rows) is starred


@pytest.mark.parametrize("found", [FOUND, NOTHING, replace(FOUND, coverage=estimate(0.5))])
def test_the_data_fit_their_schema(found: BargainResult) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    data = bargain_data(found, scenario(), "1.2.3")
    jsonschema.validate(data, SCHEMA)
    for broken in (data | {"elapsed": 1}, *({k: v for k, v in data.items() if k != key} for key in data)):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, SCHEMA)


def test_a_saved_run_holds_the_same_in_the_same_form() -> None:
    part = json.loads(zone_schema_text())
    inner = part["properties"]["bargaining"]["anyOf"][0]["properties"]
    own = {name: held for name, held in SCHEMA["properties"].items() if name in inner}
    assert {name: held for name, held in inner.items() if name != "worlds"} == own
    assert part["$defs"]["mean"] == SCHEMA["$defs"]["mean"]
    whole, saved = bargain_data(FOUND, scenario(), "1.2.3"), bargaining_data(FOUND)
    assert saved is not None
    assert saved == {"worlds": 1024} | {name: whole[name] for name in own}
    assert bargaining_data(None) is None


def test_every_key_is_in_the_reference() -> None:
    assert keys(SCHEMA) - words_in_code(ROOT / "docs" / "reference" / "json.md") == set()


def test_every_way_to_end_is_in_the_reference() -> None:
    assert set(STOPS) - words_in_code(ROOT / "docs" / "reference" / "json.md") == set()
