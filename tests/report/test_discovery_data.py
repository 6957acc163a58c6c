"""Discovery as JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import jsonschema
import pytest

from negsim.report.json import to_text
from negsim.report.json_discovery import discovery_data, limits_csv, trajectory_csv
from negsim.report.schema import discover_schema_text
from negsim.study.discovery.result import Discovery
from tests.docs.pages import ROOT
from tests.docs.test_docs import keys, words_in_code
from tests.report.discoveries import FIRM, NO_DEAL, NOTHING, PROTOCOL, ROUNDS, WAY, box, discovery, nothing
from tests.report.examples import scenario

SCHEMA: dict[str, Any] = json.loads(discover_schema_text())


def data(found: Discovery) -> dict[str, Any]:
    return json.loads(to_text(discovery_data(found, scenario(), "1.2.3")))


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_key_of_a_discovery_is_in_the_reference() -> None:
    assert keys(SCHEMA) - words_in_code(ROOT / "docs" / "reference" / "json.md") == set()


@pytest.mark.parametrize(
    "found",
    [
        discovery(),
        discovery(policy="guarantee", boxes=(box(held_density=None, held_coverage=None),)),
        nothing("chance", rejected=NOTHING),
        nothing("no_cells", base_rate=None, n_cells=0),
    ],
)
def test_a_discovery_fits_its_schema(found: Discovery) -> None:
    jsonschema.validate(data(found), SCHEMA)


def test_a_limit_has_a_value_or_words_but_not_both() -> None:
    found = data(discovery())
    limits = found["regions"][0]["limits"]
    assert [limit.get("value", limit.get("words")) for limit in limits] == [
        0.8,
        32.5,
        47.25,
        ["single_text", "monotonic"],
    ]
    limits[0]["words"] = ["x"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found, SCHEMA)


def test_what_is_not_there_is_null() -> None:
    found = data(nothing("chance"))
    assert (found["settings"]["policy"], found["rejected"], found["covered"]) == (None, None, None)
    assert found["reason"] == "chance"
    assert data(discovery(policy="guarantee"))["settings"]["policy"] == "guarantee"
    assert data(discovery())["reason"] is None


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_limits_are_rows_with_the_shares_of_their_region() -> None:
    found = rows(limits_csv(discovery(boxes=(box(), box(limits=box().limits[:1], held_density=None)))))
    assert [(row["region"], row["path"], row["side"], row["value"]) for row in found] == [
        ("1", FIRM, "high", "0.8"),
        ("1", NO_DEAL, "low", "32.5"),
        ("1", NO_DEAL, "high", "47.25"),
        ("1", PROTOCOL, "words", "single_text | monotonic"),
        ("2", FIRM, "high", "0.8"),
    ]
    assert (found[0]["density"], found[0]["density.low"], found[0]["coverage.high"]) == ("0.873", "0.8", "0.86")
    assert (found[0]["held_density"], found[4]["held_density"]) == ("0.79", "")
    assert (found[2]["quasi_p"], found[2]["reproduced"]) == ("0.0312", "0.95")
    assert ROUNDS not in [row["path"] for row in found]


def test_boxes_of_the_trajectory_are_rows_also_of_what_did_not_hold_up() -> None:
    found = rows(trajectory_csv(discovery()))
    assert len(found) == 2 * len(WAY) + 2
    assert [row["region"] for row in found] == ["1"] * 5 + ["2"] * 2 + ["3"] * 5
    assert [row["box"] for row in found if row["chosen"] == "True"] == ["3", "1", "3"]
    assert found[1] == {
        "region": "1", "box": "1", "cells": "250", "coverage": "0.9", "density": "0.43", "mass": "0.625",
        "restricted": "2", "chosen": "False",
    }  # fmt: skip
    assert len(rows(trajectory_csv(nothing("chance")))) == 0
