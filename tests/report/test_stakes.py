"""What is found on no deal, durability and who must say yes, as text and as data."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from negsim.errors import Path as QuantityPath
from negsim.errors import format_path
from negsim.report.csv import ROWS, durability_csv, options_csv, pressure_csv
from negsim.report.json import zone_data
from negsim.report.json_deal import deal_data
from negsim.report.page import Page, Style
from negsim.report.paths import path_words
from negsim.report.schema import deal_schema_text, zone_schema_text
from negsim.report.text_deal import write_deal
from negsim.report.text_zone import write_zone
from negsim.scenario import Scenario
from negsim.scenario.inventory import list_quantities
from negsim.zone import analyse_deal, analyse_zone
from negsim.zone.stakes_deal import NO_DEAL_STAKES, DealStakes
from negsim.zone.stakes_result import NO_STAKES, Stakes
from tests.report.examples import finding, scenario
from tests.report.valley import DEAL_STAKES, RISK, STAKES, deal_finding, valley, zone_finding
from tests.snapshots import assert_matches

SNAPSHOTS = Path(__file__).parent / "snapshots"
SECTIONS = (
    "Will it hold",
    "Who must say yes",
    "What no deal is worth",
    "What optimism closes",
    "Pressure",
    "Good faith",
    "Side payments",
)


def report(stakes: Stakes = STAKES, style: Style | None = None) -> str:
    page = Page(style or Style())
    write_zone(page, zone_finding(stakes), valley(), "1.2.3")
    return page.text()


def deal_report(stakes: DealStakes = DEAL_STAKES, style: Style | None = None) -> str:
    page = Page(style or Style())
    write_deal(page, deal_finding(stakes), valley(), "1.2.3")
    return page.text()


def said(text: str) -> str:
    return " ".join(text.split())


def test_a_zone_report_reads_as_agreed() -> None:
    assert_matches(report(), SNAPSHOTS / "stakes.txt")


def test_a_deal_report_reads_as_agreed() -> None:
    assert_matches(deal_report(), SNAPSHOTS / "deal-stakes.txt")


@pytest.mark.parametrize("write", [report, deal_report])
def test_both_fit_narrow_pages_and_ascii(write: Any) -> None:
    for width in (60, 80, 100):
        text = write(style=Style(width=width, ascii_only=True))
        assert text.isascii()
        assert "?" not in text.partition("Options, issue")[0]
        assert max(map(len, text.splitlines())) <= width


@pytest.mark.parametrize("heading", SECTIONS)
def test_a_section_is_left_out_where_there_is_nothing_of_it(heading: str) -> None:
    assert f"\n{heading}\n" in report()
    assert f"\n{heading}\n" not in report(NO_STAKES)


def test_a_deal_of_which_nothing_of_it_was_found_has_no_such_section() -> None:
    text = deal_report(NO_DEAL_STAKES)
    assert not any(f"\n{heading}\n" in text for heading in SECTIONS)


def test_the_ratified_zone_stands_first_and_the_negotiators_beside_it() -> None:
    first = (
        "In 31 % (±2) of worlds some deal is acceptable to all who must agree, at home too. To the negotiators alone"
        " some is in 45 % (±2) of the first 1,024 worlds."
    )
    assert said(report()).startswith(first)
    deal = "In 12 % (±2) of worlds this deal is acceptable to all who must agree, at home too."
    assert said(deal_report()).startswith(f"{deal} To the negotiators alone it is in 30 % (±2) of them.")


def test_whoever_ratifies_is_named_with_the_party_wherever_actors_are_named() -> None:
    text = said(report())
    for words in (
        "The largest single obstacle is the red line “Twenty years at least” of Town council (for West town)",
        "Accepted by East town 40 %, West town 40 %, Town council (for West town) 40 %.",
        "Hunters' guild (for West town) (40 %)",
        "Town council (for West town) giving up “Twenty years at least” and also Hunters' guild (for West town) content",
        "Town council, for West town: acceptable in 30 % of them",
        "“Twenty years at least” (Town council, for West town): 62 % a bluff",
    ):
        assert words in text, words


def test_options_have_columns_for_parties_alone() -> None:
    options = report().partition("Options, issue by issue")[2]
    assert "East" in options
    assert "council" not in options


def test_what_never_breaks_has_no_end() -> None:
    assert "12.3 years (4 to no end)" in report()
    lasting = report().partition("Deal 2\n")[2]
    assert said(lasting).startswith("breaks it first nobody to be expected no end holds for")


def test_what_nothing_does_is_not_told_with_a_figure() -> None:
    text = said(deal_report(replace(DEAL_STAKES, risk=replace(RISK, needed=None))))
    assert (
        "would need nothing in 5 % (±2) of worlds; no share is enough in 10 % (±2); for all who must agree to accept by points"
        in text
    )


def test_good_faith_is_said_to_be_a_multiplication() -> None:
    assert "A static model multiplies here and does no more" in said(report())
    assert "A static model multiplies here and does no more" in said(deal_report())


@pytest.mark.parametrize("stakes", [STAKES, NO_STAKES])
def test_the_data_of_a_zone_fit_their_schema(stakes: Stakes) -> None:
    data = zone_data(zone_finding(stakes), valley(), "1.2.3")
    jsonschema.validate(data, json.loads(zone_schema_text()))
    assert [one["id"] for one in data["ratifiers"]] == ["council", "hunters"]
    assert data["ratifiers"][0]["ratifies"] == "west"


@pytest.mark.parametrize("stakes", [DEAL_STAKES, NO_DEAL_STAKES])
def test_the_data_of_a_deal_fit_their_schema(stakes: DealStakes) -> None:
    jsonschema.validate(deal_data(deal_finding(stakes), valley(), "1.2.3"), json.loads(deal_schema_text()))


def test_findings_stand_in_json() -> None:
    stakes = zone_data(zone_finding(), valley(), "1.2.3")["stakes"]
    assert stakes["deals"][0]["years"] == {"p10": 4.0, "median": 12.34, "p90": None}
    assert stakes["deals"][1]["term"] is None
    assert stakes["pressure"][2]["parties"] == ["east", "west"]
    assert (stakes["no_deal"][1]["party"], stakes["no_deal"][1]["inside"]["median"]) == ("west", 33.4)
    assert stakes["good_faith"]["p_all"]["estimate"] == 0.8
    assert stakes["side_payments"]["paid"]["east"]["estimate"] == 0.97


def test_without_any_of_it_json_has_nulls_and_empty_lists() -> None:
    data = zone_data(finding(scenario()), scenario(), "1.2.3")
    assert data["ratifiers"] == []
    assert not any(data["stakes"].values())


@pytest.mark.parametrize("name", ["zone", "deal"])
def test_every_key_stands_in_the_reference(name: str) -> None:
    schema = json.loads(zone_schema_text() if name == "zone" else deal_schema_text())
    page = (Path(__file__).parent.parent.parent / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
    section = page.partition(f"## negsim.{name}/1")[2].partition("\n## ")[0]
    for key in schema["properties"]["stakes"]["properties"]:
        assert f"`stakes.{key}`" in section or f"`.{key}`" in section, key


def test_pressures_are_rows_of_csv() -> None:
    first, _, both = csv.DictReader(io.StringIO(pressure_csv(zone_finding())))
    assert (first["parties"], first["points"], float(first["difference"])) == ("east", "5.0", 0.05)
    assert both["parties"] == "east west"
    assert pressure_csv(finding(scenario())).count("\n") == 1


def test_robust_deals_are_rows_of_csv_with_how_long_they_hold() -> None:
    first, second = csv.DictReader(io.StringIO(durability_csv(zone_finding())))
    assert (first["rank"], float(first["years"]), first["years.p90"]) == ("1", 12.34, "")
    assert (float(first["p_holds.10"]), float(first["p_first.east"]), float(first["needed"])) == (0.5, 0.9, 0.72)
    assert (second["term"], second["needed"], second["p_first.east"]) == ("", "", "")
    assert durability_csv(finding(scenario())).count("\n") == 1


def test_ratifiers_have_a_column_of_acceptances() -> None:
    row = next(csv.DictReader(io.StringIO(options_csv(zone_finding()))))
    assert row["p_accept.council"] == "0.4"


@pytest.mark.parametrize("path", [named.path for named in list_quantities(valley())], ids=format_path)
def test_every_quantity_has_words(path: QuantityPath) -> None:
    words = path_words(path, valley())
    assert words.startswith("the ")
    assert not any(part in words for part in ("_", "same_as", "parties"))


def test_no_two_quantities_have_the_same_words() -> None:
    words = [path_words(named.path, valley()) for named in list_quantities(valley())]
    assert len(set(words)) == len(words)


@pytest.fixture(scope="module")
def told() -> Scenario:
    return valley()


def test_an_analysis_is_told_with_all_its_sections(told: Scenario) -> None:
    found = analyse_zone(told, n_worlds=512)
    page = Page()
    write_zone(page, found, told, "1.2.3")
    text = page.text()
    assert all(f"\n{heading}\n" in text for heading in SECTIONS)
    assert max(map(len, text.splitlines())) <= 80
    jsonschema.validate(zone_data(found, told, "1.2.3"), json.loads(zone_schema_text()))
    assert all(rows(found) for rows in ROWS.values())


def test_a_look_at_a_deal_is_told_with_all_its_sections(told: Scenario) -> None:
    deal = {"land": "frozen", "force": "county", "guarantee_years": "40", "bridge": "east"}
    found = analyse_deal(told, deal, n_worlds=512)
    page = Page()
    write_deal(page, found, told, "1.2.3")
    text = page.text()
    missing = {"What optimism closes", "Pressure"}
    assert all(f"\n{heading}\n" in text for heading in SECTIONS if heading not in missing)
    assert "something material beside “The bridge of the founders” costs 7" in said(text)
    assert max(map(len, text.splitlines())) <= 80
    jsonschema.validate(deal_data(found, told, "1.2.3"), json.loads(deal_schema_text()))
