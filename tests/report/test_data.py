"""JSON and CSV."""

from __future__ import annotations

import copy
import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from negsim.model.estimates import Estimate
from negsim.report.csv import blocks_csv, deals_csv, moves_csv, options_csv, solutions_csv
from negsim.report.implications import Implications
from negsim.report.json import scenario_data, to_text, zone_data
from negsim.report.schema import zone_schema_text
from negsim.zone.questions import Questions
from negsim.zone.result import ZoneSize
from tests.report.examples import finding, scenario
from tests.report.test_text_show import IMPLIED
from tests.report.test_text_solutions import four

SCHEMA: dict[str, Any] = json.loads(zone_schema_text())


def data(p_zone: Estimate | None = None) -> dict[str, Any]:
    told = scenario()
    return zone_data(finding(told, p_zone), told, "1.2.3")


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("p_zone", [None, Estimate(0.0, 0.0, 0.001)])
def test_a_finding_fits_its_schema(p_zone: Estimate | None) -> None:
    jsonschema.validate(data(p_zone), SCHEMA)


def _changed(**parts: Any) -> dict[str, Any]:
    told = scenario()
    return zone_data(replace(finding(told), **parts), told, "1.2.3")


def test_a_finding_of_merged_issues_fits_its_schema_with_nulls_for_what_is_not_known() -> None:
    unknown = tuple(
        replace(option, p_in_zone=None, share_of_zones=None) if option.issue == "years" else option
        for option in finding(scenario()).options
    )
    found = _changed(enumerated=False, size=ZoneSize(None, None, None, None), options=unknown)
    jsonschema.validate(found, SCHEMA)
    by_issue = {option["issue"]: option["p_in_zone"] for option in found["options"]}
    assert by_issue["years"] is None
    assert by_issue["land"] is not None
    assert found["near"] is None


def test_what_was_asked_stands_in_json() -> None:
    asked = Questions(compare_points=True, weights={"upper": 2.5}, points=7.5, method="merge")
    found = _changed(questions=asked)
    jsonschema.validate(found, SCHEMA)
    assert found["settings"] == {
        "worlds": 4096,
        "seed": 0,
        "sampler": "lhs",
        "compare_points": True,
        "weights": {"upper": 2.5},
        "points": 7.5,
        "method": "merge",
    }


def test_a_finding_without_blocks_and_solutions_fits_its_schema() -> None:
    found = _changed(blocks=None, solutions=())
    jsonschema.validate(found, SCHEMA)
    assert (found["blocks"], found["solutions"]) == (None, [])


def test_a_finding_in_which_nothing_blocks_fits_its_schema() -> None:
    found = data(Estimate(1.0, 0.999, 1.0))
    jsonschema.validate(found, SCHEMA)
    assert (found["blocks"]["worlds_without_zone"], found["blocks"]["shortfalls"]) == (0, [])


def test_a_finding_with_four_solutions_fits_its_schema() -> None:
    found = _changed(solutions=four())
    jsonschema.validate(found, SCHEMA)
    named = ["nash", "kalai_smorodinsky", "egalitarian", "utilitarian"]
    assert [solution["name"] for solution in found["solutions"]] == named
    assert [solution["compares_points"] for solution in found["solutions"]] == [False, False, True, True]


def test_blocks_stand_in_json_by_constraint_with_their_shares_and_points() -> None:
    blocks = data()["blocks"]
    assert (blocks["worlds"], blocks["worlds_without_zone"]) == (4096, 2826)
    assert blocks["red_lines"] == [
        {
            "party": "lower",
            "red_line": "no_handover",
            "p_without": _estimate(0.8),
            "gain": _estimate(0.49),
            "with_others": _estimate(0.12),
        }
    ]
    assert [(block["party"], block["points"]) for block in blocks["no_deal"]] == [("upper", 5.0), ("lower", 5.0)]
    assert blocks["no_deal"][0]["p_lower"] == _estimate(0.33)
    both = blocks["minimal_sets"][1]
    assert both["red_lines"] == [{"party": "lower", "red_line": "no_handover"}]
    assert both["no_deal"] == [{"party": "upper", "points": {"p10": 0.5, "median": 4.0, "p90": 11.2}}]
    assert both["share"] == _estimate(0.22)
    first, second, *_ = blocks["shortfalls"]
    assert first["points"] is None
    assert second["points"] == {"p10": 1.0, "median": 3.25, "p90": 9.0}
    assert (second["own_red_lines"], second["others"]) == (_estimate(0.7), _estimate(0.28))
    assert second["short"]["estimate"] == 0.02


def test_solutions_stand_in_json_with_gains_by_signatory_and_shares_by_option() -> None:
    nash, _ = data()["solutions"]
    assert (nash["title"], nash["worlds"], nash["zones"]) == ("Nash", 1024, 317)
    assert nash["gains"] == {party: {"p10": 1.0, "median": 8.5, "p90": 20.0} for party in ("lower", "upper")}
    assert nash["options"][0] == {"issue": "land", "option": "line", "share": _estimate(0.8)}


def _estimate(middle: float) -> dict[str, Any]:
    return {"estimate": middle, "low": pytest.approx(middle - 0.02), "high": pytest.approx(middle + 0.02)}


@pytest.mark.parametrize(
    "path",
    [
        ("p_zone", "low"),
        ("deals", 0, "p_in_zone"),
        ("options", 0, "share_of_zones"),
        ("settings", "seed"),
        ("moves", 0, "difference"),
        ("coins", 0, "p_real"),
        ("structure", 0, "p_zone"),
        ("blocks", "red_lines", 0, "gain"),
        ("blocks", "no_deal", 0, "points"),
        ("blocks", "minimal_sets", 0, "share"),
        ("blocks", "shortfalls", 0, "others"),
        ("solutions", 0, "gains"),
        ("solutions", 0, "options", 0, "share"),
    ],
)
def test_a_finding_without_one_of_its_parts_does_not_fit(path: tuple[str | int, ...]) -> None:
    broken: Any = copy.deepcopy(data())
    holder = broken
    for step in path[:-1]:
        holder = holder[step]
    del holder[path[-1]]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, SCHEMA)


def test_an_unknown_key_does_not_fit() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data() | {"elapsed_seconds": 1.5}, SCHEMA)


@pytest.mark.parametrize("key", SCHEMA["properties"])
def test_every_key_of_a_finding_stands_in_the_reference(key: str) -> None:
    page = (Path(__file__).parent.parent.parent / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
    assert f"| `{key}" in page


def test_every_estimate_has_its_bounds() -> None:
    assert data()["p_zone"] == {"estimate": 0.31, "low": 0.29, "high": 0.33}


def test_json_text_has_sorted_keys_and_reads_back() -> None:
    text = to_text(data())
    assert json.loads(text) == data()
    assert list(json.loads(text)) == sorted(data())


def test_json_can_do_without_anything_but_ascii() -> None:
    text = to_text({"title": "Genève"}, ascii_only=True)
    assert text.isascii()
    assert json.loads(text) == {"title": "Genève"}


def test_options_are_rows_of_csv() -> None:
    told = scenario()
    rows = list(csv.DictReader(io.StringIO(options_csv(finding(told)))))
    assert [(row["issue"], row["option"]) for row in rows][:4] == [
        ("land", "line"),
        ("land", "zone"),
        ("land", "handover"),
        ("guard", "nobody"),
    ]
    assert float(rows[0]["share_of_zones.low"]) == pytest.approx(0.28)
    assert float(rows[1]["p_accept.lower"]) == 0.6


def test_without_a_zone_the_share_of_zones_is_an_empty_cell() -> None:
    told = scenario()
    rows = list(csv.DictReader(io.StringIO(options_csv(finding(told, Estimate(0.0, 0.0, 0.001))))))
    assert {row["share_of_zones"] for row in rows} == {""}
    assert None not in rows[0]


def test_deals_are_rows_of_csv() -> None:
    told = scenario()
    first, second = csv.DictReader(io.StringIO(deals_csv(finding(told))))
    assert (first["rank"], first["land"], first["years"]) == ("1", "zone", "20")
    assert second["guard"] == "irrelevant"
    none = deals_csv(finding(told, Estimate(0.0, 0.0, 0.001)))
    assert none == deals_csv(finding(told)).splitlines(keepends=True)[0]


def test_blocks_are_rows_of_csv() -> None:
    line, upper, lower = csv.DictReader(io.StringIO(blocks_csv(finding(scenario()))))
    assert (line["party"], line["red_line"], line["points"]) == ("lower", "no_handover", "")
    assert (float(line["p_zone"]), float(line["gain"])) == (0.8, 0.49)
    assert float(line["gain.low"]) < 0.49 < float(line["gain.high"])
    assert (upper["party"], upper["red_line"], float(upper["points"])) == ("upper", "", 5.0)
    assert (float(upper["p_zone"]), float(upper["gain"])) == (0.33, 0.013)
    assert (lower["party"], float(lower["gain"])) == ("lower", 0.0)
    none = blocks_csv(replace(finding(scenario()), blocks=None))
    assert none == blocks_csv(finding(scenario())).splitlines(keepends=True)[0]


def test_what_solutions_choose_are_rows_of_csv() -> None:
    found = finding(scenario())
    rows = list(csv.DictReader(io.StringIO(solutions_csv(found))))
    assert [(row["solution"], row["issue"], row["option"]) for row in rows] == [
        (solution.name, option.issue, option.option) for solution in found.solutions for option in solution.options
    ]
    assert [float(row["share"]) for row in rows] == [
        option.share.estimate for solution in found.solutions for option in solution.options
    ]


def test_moves_are_rows_of_csv() -> None:
    told = scenario()
    found = finding(told)
    first, *others = csv.DictReader(io.StringIO(moves_csv(found)))
    assert (first["path"], first["low_below"], first["stands_out"]) == ("parties.lower.no_deal", "28.0", "true")
    assert (float(first["difference"]), float(first["difference.low"]), float(first["p_high"])) == (-0.41, -0.45, 0.09)
    assert [row["stands_out"] for row in others] == ["true", "false", "false"]
    unknown = replace(found.moves[0], p_low=None, p_high=None, difference=None, stands_out=False)
    row = next(csv.DictReader(io.StringIO(moves_csv(replace(found, moves=(unknown,))))))
    assert (row["p_low"], row["difference.high"], row["stands_out"]) == ("", "", "false")
    assert moves_csv(replace(found, moves=())).count("\n") == 1


def test_differences_may_be_negative_or_unknown_in_json_and_shares_may_not() -> None:
    found: Any = data()
    assert found["moves"][0]["difference"] == {"estimate": -0.41, "low": -0.45, "high": -0.37}
    assert found["coins"][0]["red_line"] == "no_handover"
    assert found["structure"][0] == {
        "assumption": "value_shape",
        "alternative": "step",
        "worlds": 1024,
        "p_zone": {"estimate": 0.12, "low": pytest.approx(0.1), "high": pytest.approx(0.14)},
        "difference": {"estimate": -0.19, "low": -0.23, "high": -0.15},
    }
    found["moves"][0] |= {"p_low": None, "p_high": None, "difference": None}
    jsonschema.validate(found, SCHEMA)
    found["moves"][1]["p_low"]["estimate"] = -0.1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found, SCHEMA)


def test_show_lists_every_quantity_with_its_path_domain_and_provenance() -> None:
    shown = scenario_data(scenario(), IMPLIED, "1.2.3")
    quantities = {quantity["path"]: quantity for quantity in shown["quantities"]}
    assert quantities["parties.lower.no_deal"] == {
        "path": "parties.lower.no_deal",
        "distribution": {"kind": "uniform", "low": 20, "high": 60},
        "domain": {"low": -100.0, "high": 200.0, "unit": "points of utility"},
        "provenance": {"standing": "assumed", "assumed": "Nobody said."},
    }
    assert quantities["parties.lower.red_lines.no_handover.audience_cost"]["value"] == 0.0
    assert quantities["parties.lower.priorities.land"]["provenance"]["standing"] == "reported"
    assert quantities["parties.upper.adjustments.peace.amount"]["provenance"] == {"standing": "none"}
    assert shown["coins"] == ["parties.lower.red_lines.no_handover.real"]


def test_show_names_both_steps_of_a_trade_off_by_their_options() -> None:
    shown = scenario_data(scenario(), IMPLIED, "1.2.3")
    assert shown["trade_offs"]["lower"][0]["light"] == {"issue": "years", "from": "0", "to": "20", "points": 39.0}
    assert json.loads(to_text(scenario_data(scenario(), Implications(8, 4), "1")))["trade_offs"] == {}
