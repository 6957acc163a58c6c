"""`negsim discover` on studies that `negsim sweep` made."""

from __future__ import annotations

import csv
import io
import json
from inspect import signature
from pathlib import Path

import jsonschema
import pytest

from negsim.cli.discover import DEFAULT_HALVES, DEFAULT_REGIONS, ROWS
from negsim.report.json_discovery import DISCOVER_ROWS
from negsim.report.schema import discover_schema_text
from negsim.study.discovery.analysis import discover
from tests.cli.support import SNAPSHOTS, run, write_sale
from tests.snapshots import assert_matches

SELLER, BUYER = "parties.seller.no_deal.same_as.price", "parties.buyer.no_deal.same_as.price"


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A grid of both reservation prices, 0 to 10 each: there is a zone wherever the seller's is at most the buyer's."""
    folder = tmp_path_factory.mktemp("discover")
    prices = ["--vary", f"{SELLER}=range(0,10,1)", "--vary", f"{BUYER}=range(0,10,1)"]
    asked = ["--worlds", "4", "--executor", "serial", "--study", str(folder / "prices")]
    done = run("sweep", *prices, *asked, write_sale(folder))
    assert done.exit_code == 0, done.output
    return str(folder / "prices")


def test_regions_are_told(study: str) -> None:
    result = run("discover", study, "--where", "p_zone > 0.5")
    assert result.exit_code == 0
    assert_matches(result.output, SNAPSHOTS / "discover.txt")


def test_json_fits_its_schema_and_names_the_study(study: str) -> None:
    found = json.loads(run("discover", study, "--where", "p_zone > 0.5", "--format", "json").output)
    jsonschema.validate(found, json.loads(discover_schema_text()))
    assert found["settings"]["study"] == "prices"
    assert found["cells"] == {"planned": 121, "unknown": 0, "read": 121, "of_interest": 66}
    assert found["format"] in run("schema", "discover").output


def test_csv_has_limits_or_the_trajectory(study: str) -> None:
    asked = ("discover", study, "--where", "p_zone > 0.5", "--format", "csv")
    limits = list(csv.DictReader(io.StringIO(run(*asked).output)))
    assert {row["path"] for row in limits} <= {SELLER, BUYER}
    assert {float(row["value"]) for row in limits} <= set(range(11))  # limits stand on the levels of the grid
    way = list(csv.DictReader(io.StringIO(run(*asked, "--rows", "trajectory").output)))
    assert (way[0]["box"], way[0]["cells"], way[0]["coverage"]) == ("0", "121", "1.0")


def test_another_box_can_be_asked_for(study: str) -> None:
    def chosen(*asked: str) -> int:
        found = json.loads(run("discover", study, "--where", "p_zone > 0.5", "--format", "json", *asked).output)
        best = found["regions"][0] if found["regions"] else found["rejected"]
        return int(best["chosen"])

    assert chosen("--box", "2") == 2
    assert chosen("--density", "0.95") != chosen("--coverage", "0.95")
    found = json.loads(run("discover", study, "--where", "p_zone > 0.5", "--format", "json", "--regions", "1").output)
    assert len(found["regions"]) == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--where", "p_zoen > 0.5"], "did you mean p_zone?"),
        (["--where", "p_zone >"], "--where:1:8: error: the condition ends after '>'"),
        (["--where", "p_zone > 0.5", "--box", "99"], "--box 99: the trajectory has boxes 0 (all cells) to "),
        (["--where", "p_zone > 0.5", "--box", "3", "--density", "0.9"], "--density and --coverage choose another"),
        (["--where", "p_zone > 0.5", "--policy", "x"], "--policy x: the study prices compares no policies"),
        (["--where", "p_zone > 0.5", "--rows", "limits"], "--rows limits needs --format csv"),
        (["--where", "p_zone > 0.5", "--density", "80"], "is not in the range 0<x<=1"),
        ([], "Missing option '--where'"),
    ],
)
def test_a_request_that_cannot_be_met_says_why(study: str, asked: list[str], said: str) -> None:
    result = run("discover", study, *asked)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_a_folder_that_is_no_study_is_refused(tmp_path: Path) -> None:
    result = run("discover", str(tmp_path), "--where", "p_zone > 0.5")
    assert result.exit_code == 2
    assert "Error: " in result.stderr


def test_the_command_line_offers_the_defaults_and_rows_that_there_are() -> None:
    # Written out in the command line, whose help must not load numpy.
    assert tuple(DISCOVER_ROWS) == ROWS
    defaults = signature(discover).parameters
    assert (defaults["most_boxes"].default, defaults["n_resamples"].default) == (DEFAULT_REGIONS, DEFAULT_HALVES)
