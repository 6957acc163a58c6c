from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.support import SALE, SNAPSHOTS, hopeless_text, run, write_sale
from tests.snapshots import assert_matches


def test_the_text_reads_as_agreed(tmp_path: Path) -> None:
    result = run("zone", write_sale(tmp_path), "--worlds", "256")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert_matches(result.stdout, SNAPSHOTS / "zone-sale.txt")


def test_json_fits_the_schema_that_negsim_prints(tmp_path: Path) -> None:
    data = json.loads(run("zone", write_sale(tmp_path), "--worlds", "256", "--format", "json").stdout)
    jsonschema.validate(data, json.loads(run("schema", "zone").stdout))
    assert data["p_zone"]["estimate"] == 1.0
    assert data["zone_size"]["median"] == 6  # three prices, two ways to deliver


def test_csv_has_a_row_for_each_option(tmp_path: Path) -> None:
    text = run("zone", write_sale(tmp_path), "--worlds", "256", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    in_zone = [row["option"] for row in rows if row["issue"] == "price" and float(row["p_in_zone"]) == 1]
    assert in_zone == ["4", "5", "6"]


def test_csv_can_have_a_row_for_each_deal(tmp_path: Path) -> None:
    text = run("zone", write_sale(tmp_path), "--worlds", "256", "--format", "csv", "--rows", "deals").stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0]["price"] == "4"
    assert rows[0]["p_accept.buyer"] == "1.0"


def test_csv_can_have_a_row_for_each_quantity(tmp_path: Path) -> None:
    # The buyer pays at most U(2, 6) and the seller wants at least 4: a zone in all of the top fifth, in none of the bottom.
    uncertain = ("--set", "parties.buyer.no_deal.same_as.price=2..6")
    text = run("zone", write_sale(tmp_path), *uncertain, "--format", "csv", "--rows", "moves").stdout
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["path"] == "parties.buyer.no_deal.same_as.price"
    assert (row["p_low"], row["p_high"], row["difference"]) == ("0.0", "1.0", "1.0")
    assert (float(row["low_below"]), float(row["high_above"])) == pytest.approx((2.8, 5.2))


def test_a_value_set_on_the_command_line_replaces_that_of_the_file(tmp_path: Path) -> None:
    overrides = ("--set", "parties.buyer.no_deal.same_as.price=3")
    first_line = run("zone", write_sale(tmp_path), "--worlds", "256", *overrides).stdout.splitlines()[0]
    assert first_line.startswith("In none of 256 worlds")


def test_a_range_set_on_the_command_line_makes_a_quantity_uncertain(tmp_path: Path) -> None:
    # The buyer pays at most U(2, 6) and the seller wants at least 4: a zone in half of all worlds.
    overrides = ("--set", "parties.buyer.no_deal.same_as.price=2..6")
    text = run("zone", write_sale(tmp_path), "--format", "json", *overrides).stdout
    p_zone = json.loads(text)["p_zone"]
    assert p_zone["low"] <= 0.5 <= p_zone["high"]
    assert p_zone["high"] - p_zone["low"] < 0.05


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--set", "nonsense"], "nonsense"),
        (["--set", "parties.byuer.no_deal=3"], "byuer"),
        (["--worlds", "10", "--precision", "0.1"], "exclude each other"),
        (["--precision", "0.5"], "0.0005<=x<0.5"),
        (["--precision", "0.0004"], "0.0005<=x<0.5"),
        (["--rows", "deals"], "--rows deals needs --format csv"),
        (["--rows", "options", "--format", "json"], "needs --format csv"),
        (["--rows", "moves"], "--rows moves needs --format csv"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(tmp_path: Path, arguments: list[str], said: str) -> None:
    result = run("zone", write_sale(tmp_path), *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_a_precision_stands_in_for_a_number_of_worlds(tmp_path: Path) -> None:
    uncertain = ("--set", "parties.buyer.no_deal.same_as.price=2..6")
    text = run("zone", write_sale(tmp_path), *uncertain, "--precision", "0.02", "--format", "json").stdout
    p_zone = json.loads(text)["p_zone"]
    assert (p_zone["high"] - p_zone["low"]) / 2 <= 0.02


def test_all_errors_of_a_file_stand_on_stderr_with_their_places(tmp_path: Path) -> None:
    broken = SALE.replace("title: Buyer", "titel: Buyer").replace("scale: 0..10", "scale: 10..0")
    path = write_sale(tmp_path, broken)
    result = run("zone", path)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"{path}:5:" in result.stderr
    assert f"{path}:9:" in result.stderr
    assert "Error:" not in result.stderr.splitlines()[0]


def test_a_file_that_is_not_there_is_an_error_without_traceback(tmp_path: Path) -> None:
    result = run("zone", str(tmp_path / "missing.yaml"))
    assert result.exit_code == 2
    assert "missing.yaml" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", ["zone", "run"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_too_many_efficient_combinations_are_an_error_at_the_issues(tmp_path: Path, command: str, jobs: str) -> None:
    file = write_sale(tmp_path, hopeless_text(25))
    out = ["--out", str(tmp_path / "out")] if command == "run" else []
    found = run(command, file, "--worlds", "512", "--jobs", jobs, *out)
    assert (found.exit_code, found.stdout) == (2, "")
    first, *_, hint = found.stderr.splitlines()
    assert first.startswith(f"{file}:4:1: error[NS418]: there are 3.36e+07 outcomes; merging them was stopped")
    assert hint.endswith(
        "help: widen the steps of numeric issues, drop options, or leave out what few parties differ on"
    )
    assert "Traceback" not in found.stderr
