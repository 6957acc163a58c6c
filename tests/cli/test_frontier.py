from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.support import SNAPSHOTS, run, write_sale
from tests.snapshots import assert_matches

FEW = ("--worlds", "256")


def section(text: str, heading: str) -> str:
    """The lines of a report from a heading to the blank line before the next one."""
    after = text[text.index(heading) :]
    return after[: after.index("\n\nWhat moves it")] + "\n"


def test_the_frontier_of_a_world_reads_as_agreed(tmp_path: Path) -> None:
    result = run("zone", write_sale(tmp_path), *FEW, "--world", "3")
    assert (result.exit_code, result.stderr) == (0, "")
    assert_matches(section(result.stdout, "The frontier of Buyer and Seller"), SNAPSHOTS / "frontier-sale.txt")


def test_what_two_parties_attain_reads_as_agreed(tmp_path: Path) -> None:
    result = run("zone", write_sale(tmp_path), *FEW, "--frontier", "seller, buyer")
    assert (result.exit_code, result.stderr) == (0, "")
    assert_matches(section(result.stdout, "What Seller and Buyer"), SNAPSHOTS / "attainable-sale.txt")


def test_json_has_the_frontier_and_fits_the_schema(tmp_path: Path) -> None:
    arguments = ("zone", write_sale(tmp_path), *FEW, "--format", "json")
    schema = json.loads(run("schema", "zone").stdout)
    data = json.loads(run(*arguments, "--frontier", "seller,buyer", "--world", "255").stdout)
    jsonschema.validate(data, schema)
    # Eleven prices; the delivery, which nobody cares about, doubles each. Prices of 4, 5 and 6 suit both.
    points = data["frontier"]["in_world"]["points"]
    assert data["frontier"]["parties"] == ["seller", "buyer"]
    assert [point["utility"]["seller"] for point in points] == [10.0 * k for k in range(10, -1, -1)]
    assert {point["outcomes"] for point in points} == {2}
    assert [point["options"]["price"] for point in points if point["in_zone"]] == ["6", "5", "4"]
    nash, _ = data["frontier"]["in_world"]["solutions"]
    assert points[nash["chosen"][0]["point"] - 1]["options"] == {"price": "5", "delivery": "now"}
    jsonschema.validate(json.loads(run(*arguments).stdout), schema)


def test_csv_can_have_a_row_for_each_point_or_level(tmp_path: Path) -> None:
    arguments = ("zone", write_sale(tmp_path), *FEW, "--format", "csv", "--rows", "frontier")
    points = list(csv.DictReader(io.StringIO(run(*arguments, "--world", "0").stdout)))
    assert [row["price"] for row in points] == [str(price) for price in range(11)]
    levels = list(csv.DictReader(io.StringIO(run(*arguments, "--frontier", "buyer,seller").stdout)))
    # The buyer gains 60 points at most, in levels of five; any begun ten are a step of the price. At a gain of 0 it pays
    # 6, which is worth 20 points to the seller over no deal.
    assert [float(row["at_least.buyer"]) for row in levels] == [5.0 * k for k in range(13)]
    assert [float(row["most.seller"]) for row in levels] == [20 - 10 * ((k + 1) // 2) for k in range(13)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--frontier", "byuer,seller"], "there is no party 'byuer'; did you mean 'buyer'?"),
        (["--frontier", "buyer"], "a frontier is between two parties, not 1"),
        (["--frontier", "buyer,"], "there is no party ''; known here: buyer and seller"),
        (["--frontier", "buyer,seller,buyer"], "'buyer' is named twice"),
        (["--frontier", "buyer,buyer"], "'buyer' is named twice"),
        (["--world", "256"], "there is no world 256: 256 are drawn, counted from 0"),
        (["--world", "-1"], "-1 is not in the range"),
        (["--rows", "frontier", "--format", "csv"], "--rows frontier needs --frontier PARTY,PARTY, --world N or both"),
        (["--rows", "frontier", "--world", "0"], "--rows frontier needs --format csv"),
    ],
)
@pytest.mark.parametrize("command", ["zone", "run"])
def test_a_frontier_that_makes_no_sense_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(command, write_sale(tmp_path), *FEW, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_under_a_precision_a_world_must_be_among_those_that_it_took(tmp_path: Path) -> None:
    arguments = ("zone", write_sale(tmp_path), "--precision", "0.1")
    assert run(*arguments, "--world", "1023").exit_code == 0
    result = run(*arguments, "--world", "1024")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no world 1,024: 1,024 are drawn" in result.stderr


def test_a_run_saves_the_frontier_and_says_that_it_was_asked(tmp_path: Path) -> None:
    out = tmp_path / "out"
    asked = ("--frontier", "buyer,seller", "--world", "7")
    result = run("run", write_sale(tmp_path), *FEW, *asked, "--out", str(out))
    report = (out / "report.txt").read_text(encoding="utf-8")
    assert "The frontier of Buyer and Seller in world 7" in report
    assert report in result.stdout
    data = json.loads((out / "result.json").read_bytes())
    assert data["frontier"]["in_world"]["world"] == 7
    settings = json.loads((out / "run.json").read_bytes())["settings"]
    assert (settings["frontier"], settings["world"]) == (["buyer", "seller"], 7)


def test_another_frontier_is_another_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = write_sale(tmp_path)
    variants = [[], ["--world", "1"], ["--world", "2"], ["--frontier", "buyer,seller"], ["--frontier", "seller,buyer"]]
    for asked in variants:
        assert run("run", file, *FEW, *asked).exit_code == 0
    assert len(list((tmp_path / "results").iterdir())) == len(variants)
