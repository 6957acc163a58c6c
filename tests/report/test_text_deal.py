from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from negsim.model.estimates import Estimate, Spread
from negsim.report.json_deal import deal_data
from negsim.report.page import Page, Style
from negsim.report.schema import deal_schema_text
from negsim.report.text_deal import write_deal
from negsim.scenario.types import Agreement
from negsim.zone import CrossedLine, DealResult, IssueLoss, PartyGain, PartyView, PreferredDeal
from tests.report.examples import estimate, scenario
from tests.snapshots import assert_matches

SNAPSHOTS = Path(__file__).parent / "snapshots"
NONE, ALL = Estimate(0.0, 0.0, 0.0009), Estimate(1.0, 0.9991, 1.0)
HANDOVER = (("land", "handover"), ("guard", "irrelevant"), ("years", "10"))
ZONE = (("land", "zone"), ("guard", "county"), ("years", "20"))

LOWER = PartyView(
    "lower",
    estimate(0.12),
    gain=Spread(-31.26, -12.0, 4.04),
    p_short=estimate(0.13),
    p_line=estimate(0.05),
    p_both=estimate(0.7),
    lacks=Spread(2.5, 14.0, 33.3),
    losses=(IssueLoss("land", 41.5, "line"), IssueLoss("guard", 6.25, None), IssueLoss("years", 0.5, "20")),
    crossed=(CrossedLine("no_handover", estimate(0.75), Spread(0.0, 0.0, 0.0)),),
)
UPPER = PartyView("upper", ALL, Spread(10.0, 20.0, 30.0), NONE, NONE, NONE, None, (), ())
COUNTY = PartyView("county", ALL, Spread(0.0, 0.0, 0.0), NONE, NONE, NONE, None, (), ())

PREFERRED = PreferredDeal(ZONE, ZONE, 2, estimate(0.63), estimate(0.4), (PartyGain("lower", Spread(3.0, 9.5, 12.0)),))
FEW = PreferredDeal(
    (*HANDOVER[:2], ("years", "20")),
    (("years", "20"),),
    1,
    estimate(0.21),
    NONE,
    (PartyGain("lower", Spread(-0.04, 2.0, 4.0)), PartyGain("upper", Spread(0.0, 0.0, 0.0))),
)

FOUND = DealResult(
    scenario="strip",
    title="The strip between two villages",
    n_issues=3,
    n_outcomes=8,
    n_worlds=4096,
    seed=0,
    sampler="lhs",
    options=HANDOVER,
    asked=("lower", "upper"),
    p_in_zone=estimate(0.12),
    parties=(COUNTY, LOWER, UPPER),
    preferred=(PREFERRED,),
    n_preferred=1,
    best_other=FEW,
    n_compared=7,
    most_changes=None,
    n_chosen_on=1024,
)


def report(found: DealResult = FOUND, style: Style | None = None) -> str:
    page = Page(style or Style())
    write_deal(page, found, scenario(), "1.2.3")
    return page.text()


def said(found: DealResult) -> str:
    return " ".join(report(found).split())


def test_the_report_reads_as_agreed() -> None:
    assert_matches(report(), SNAPSHOTS / "deal.txt")


def test_the_report_reads_as_agreed_in_ascii() -> None:
    text = report(style=Style(ascii_only=True))
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= 80
    assert_matches(text, SNAPSHOTS / "deal-ascii.txt")


@pytest.mark.parametrize("width", [40, 60, 100])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    assert max(map(len, report(style=Style(width=width)).splitlines())) <= width


@pytest.mark.parametrize(
    ("p_in_zone", "sentence"),
    [
        (NONE, "In none of 4,096 worlds (at most 0.09 %) is this deal acceptable to all who must agree."),
        (ALL, "In all of 4,096 worlds (at least 99.91 %) this deal is acceptable to all who must agree."),
        (estimate(0.3), "In 30 % (±2) of worlds this deal is acceptable to all who must agree."),
    ],
)
def test_the_finding_stands_first(p_in_zone: Estimate, sentence: str) -> None:
    assert said(replace(FOUND, p_in_zone=p_in_zone)).startswith(f"{sentence} Accepted by")


def test_a_quorum_is_not_called_all() -> None:
    page = Page()
    write_deal(page, FOUND, replace(scenario(), agreement=Agreement(quorum=1)), "1.2.3")
    text = " ".join(page.text().split())
    assert text.startswith("In 12 % (±2) of worlds this deal is acceptable to enough parties.")
    assert "all who must agree" not in text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"n_preferred": 0, "preferred": ()}, "Of the 7 others, all prefer none in half of the first 1,024 worlds."),
        ({"n_chosen_on": 4096}, "Of the 7 others, all prefer 1 in at least half of worlds."),
        ({"most_changes": 1, "n_compared": 1}, "Of the 1 other with at most 1 change, all prefer 1"),
        ({"n_preferred": 12, "most_changes": 3}, "all prefer 12 in at least half of the first 1,024 worlds; shown is"),
    ],
)
def test_it_says_among_which_deals_it_looked(changes: dict[str, object], sentence: str) -> None:
    assert sentence in said(replace(FOUND, **changes))  # type: ignore[arg-type]


def test_a_line_that_is_never_a_bluff_has_no_cost_to_tell() -> None:
    lower = replace(LOWER, crossed=(CrossedLine("no_handover", ALL, None),))
    text = said(replace(FOUND, parties=(COUNTY, lower, UPPER)))
    assert "“No handing over”, real in 100 % (at least 99.91) of worlds Upper village" in text


def test_where_there_is_nothing_to_prefer_no_list_follows() -> None:
    nothing = replace(FOUND, preferred=(), n_preferred=0, best_other=None)
    assert "Of the others, the one" not in said(nothing)
    assert "1." not in said(nothing).partition("Deals that all would prefer")[2].partition("4,096")[0]


@pytest.mark.parametrize("found", [FOUND, replace(FOUND, preferred=(), n_preferred=0, best_other=None, most_changes=2)])
def test_the_data_fit_their_schema(found: DealResult) -> None:
    schema = json.loads(deal_schema_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    data = deal_data(found, scenario(), "1.2.3")
    jsonschema.validate(data, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data | {"elapsed_seconds": 1.5}, schema)
    for key in data:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({name: value for name, value in data.items() if name != key}, schema)


def test_every_key_stands_in_the_reference() -> None:
    page = (Path(__file__).parent.parent.parent / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
    section = page.partition("## negsim.deal/1")[2].partition("\n## ")[0]
    for key in json.loads(deal_schema_text())["properties"]:
        assert f"| `{key}" in section, key
