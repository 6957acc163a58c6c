from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.support import SALE, SNAPSHOTS, run, write_sale
from tests.snapshots import assert_matches

# Neither knows what the other would do without a deal, and the buyer knows it only by a range.
UNSURE = SALE.replace("no_deal: {same_as: {price: 6}}", "no_deal: {same_as: {price: 2..8}}")

HASTY = SALE.replace("    title: Buyer\n", "    title: Buyer\n    tactic: take_it_or_leave_it\n")
HASTY += "protocol: {kind: take_it_or_leave_it}\n"


def test_the_text_reads_as_agreed(tmp_path: Path) -> None:
    result = run("bargain", write_sale(tmp_path, UNSURE), "--worlds", "256")
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    assert_matches(result.stdout, SNAPSHOTS / "bargain-sale.txt")


def test_a_trace_reads_as_agreed(tmp_path: Path) -> None:
    result = run("bargain", write_sale(tmp_path, UNSURE), "--trace", "--world", "2")
    assert result.exit_code == 0, result.stderr
    assert_matches(result.stdout, SNAPSHOTS / "bargain-trace-sale.txt")


def test_json_fits_the_schema_that_negsim_prints(tmp_path: Path) -> None:
    path = write_sale(tmp_path, UNSURE)
    data = json.loads(run("bargain", path, "--worlds", "256", "--seed", "3", "--format", "json").stdout)
    jsonschema.validate(data, json.loads(run("schema", "bargain").stdout))
    assert data["settings"] == {"worlds": 256, "seed": 3, "sampler": "lhs"}
    trace = json.loads(run("bargain", path, "--trace", "--world", "300", "--format", "json").stdout)
    jsonschema.validate(trace, json.loads(run("schema", "bargain-trace").stdout))
    assert trace["settings"] == {"world": 300, "seed": 0, "sampler": "lhs"}


def test_what_is_offered_once_is_what_the_first_party_likes_best(tmp_path: Path) -> None:
    # The buyer offers first. It knows that the seller takes 4 or more, and pays no more than that.
    trace = json.loads(run("bargain", write_sale(tmp_path, HASTY), "--trace", "--format", "json").stdout)
    end = trace["end"]
    assert (end["stop"], end["round"], end["deal"]["price"]) == ("agreed", 1, "4")
    assert end["gains"] == {"buyer": 20.0, "seller": 0.0}  # 6 - 4 of a scale of ten; the seller as without a deal


def test_the_traces_of_worlds_add_up_to_the_result(tmp_path: Path) -> None:
    path = write_sale(tmp_path, UNSURE)
    result = json.loads(run("bargain", path, "--worlds", "8", "--format", "json").stdout)
    stops = []
    for world in range(8):
        trace = run("bargain", path, "--trace", "--world", str(world), "--format", "json")
        stops.append(json.loads(trace.stdout)["end"]["stop"])
    told = {reason["stop"]: reason["p"]["estimate"] for reason in result["reasons"]}
    assert told == {stop: stops.count(stop) / 8 for stop in set(stops)}
    assert len(told) > 1


@pytest.mark.parametrize("output_format", ["text", "json", "csv"])
def test_the_number_of_jobs_changes_no_byte(tmp_path: Path, output_format: str) -> None:
    path = write_sale(tmp_path, UNSURE)
    one, two = (
        run("bargain", path, "--worlds", "600", "--jobs", jobs, "--format", output_format) for jobs in ("1", "2")
    )
    assert one.exit_code == 0
    assert one.stdout == two.stdout


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_row_is_what_was_asked_for(tmp_path: Path) -> None:
    asked = ("bargain", write_sale(tmp_path, UNSURE), "--worlds", "256", "--format", "csv")
    reasons = rows_of(run(*asked).stdout)
    assert run(*asked, "--rows", "reasons").stdout == run(*asked).stdout
    assert sum(float(row["p"]) for row in reasons) == pytest.approx(1)
    options = rows_of(run(*asked, "--rows", "options").stdout)
    assert sum(float(row["p_reached"]) for row in options if row["issue"] == "price") == pytest.approx(1)
    parties = rows_of(run(*asked, "--rows", "parties").stdout)
    assert [(row["party"], row["tactic"]) for row in parties] == [("buyer", "time"), ("seller", "time")]
    assert all(float(row["gain.p10"]) <= float(row["gain"]) <= float(row["gain.p90"]) for row in parties)
    changes = rows_of(run(*asked, "--rows", "changes").stdout)
    assert [row["change"] for row in changes] == ["tougher", "softer"] * 2


def test_without_agreement_rows_of_parties_are_empty(tmp_path: Path) -> None:
    asked = ("bargain", write_sale(tmp_path), "--worlds", "64", "--format", "csv", "--rows")
    never = ("--set", "parties.buyer.no_deal.same_as.price=3")
    assert {row["gain"] for row in rows_of(run(*asked, "parties", *never).stdout)} == {""}
    assert rows_of(run(*asked, "options", *never).stdout) == []


def test_a_value_set_on_the_command_line_changes_how_a_party_bargains(tmp_path: Path) -> None:
    path = write_sale(tmp_path)
    # Of what is above its no-deal value, 40 to 100, a sixth is 10: the seller never takes less than a price of 5.
    stubborn = ("--set", "parties.seller.tactic={holdout: {level: 0.16}}")
    data = json.loads(run("bargain", path, "--worlds", "64", "--format", "json", *stubborn).stdout)
    prices = {one["option"]: one["p_reached"]["estimate"] for one in data["options"] if one["issue"] == "price"}
    assert prices["5"] == 1.0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--world", "3"], "--world 3 needs --trace: without it all worlds are told together"),
        (["--trace", "--world", "-1"], "x>=0"),
        (["--trace", "--format", "csv"], "--trace has no rows: --format csv does not go with it"),
        (["--trace", "--worlds", "8"], "--trace tells one world, named by --world: --worlds 8 does not go with it"),
        (["--rows", "parties"], "--rows parties needs --format csv"),
        (["--trace", "--rows", "parties"], "--rows parties needs --format csv"),
        (["--rows", "deals", "--format", "csv"], "'reasons', 'options', 'parties', 'changes'"),
        (["--set", "parties.buyer.tactic=hagle"], "hagle"),
        (["--sampler", "sobol", "--worlds", "0"], "x>=1"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(tmp_path: Path, arguments: list[str], said: str) -> None:
    result = run("bargain", write_sale(tmp_path), *arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert result.stdout == ""


ALONE = SALE.replace("    title: Seller\n", "    title: Seller\n    role: mediator\n")


@pytest.mark.parametrize("trace", [(), ("--trace",)])
def test_who_has_nobody_to_bargain_with_is_told_so(tmp_path: Path, trace: tuple[str, ...]) -> None:
    result = run("bargain", write_sale(tmp_path, ALONE), *trace)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: bargaining takes two signatories or more, and in sale only buyer has to sign\n"


@pytest.mark.parametrize("trace", [(), ("--trace",)])
def test_what_only_bargaining_finds_is_told_with_its_place(tmp_path: Path, trace: tuple[str, ...]) -> None:
    path = write_sale(tmp_path, SALE + "rules: {never: {require: price > 3 and price < 3}}\n")
    result = run("bargain", path, *trace)
    assert result.exit_code == 2
    assert "error[NS410]" in result.stderr
    assert path in result.stderr


def test_a_run_bargains_too_over_the_same_worlds(tmp_path: Path) -> None:
    path, out = write_sale(tmp_path, UNSURE), tmp_path / "out"
    printed = run("run", path, "--worlds", "256", "--out", str(out)).stdout
    data = json.loads((out / "result.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, json.loads(run("schema", "zone").stdout))
    alone = json.loads(run("bargain", path, "--worlds", "256", "--format", "json").stdout)
    assert data["bargaining"]["worlds"] == 256
    assert data["bargaining"]["p_agreement"] == alone["p_agreement"]
    assert "If they bargain" in printed
    assert "If they bargain" in (out / "report.txt").read_text(encoding="utf-8")


def test_a_run_bargains_over_no_more_than_the_first_1024_worlds(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("run", write_sale(tmp_path), "--worlds", "1500", "--out", str(out))
    assert json.loads((out / "result.json").read_text(encoding="utf-8"))["bargaining"]["worlds"] == 1024


def test_in_a_run_nobody_bargains_where_one_party_signs(tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("run", write_sale(tmp_path, ALONE), "--worlds", "256", "--out", str(out))
    assert result.exit_code == 0
    assert "If they bargain" not in result.stdout
    data = json.loads((out / "result.json").read_text(encoding="utf-8"))
    assert data["bargaining"] is None
    jsonschema.validate(data, json.loads(run("schema", "zone").stdout))


def test_a_zone_analysis_does_not_bargain(tmp_path: Path) -> None:
    path = write_sale(tmp_path)
    assert "bargaining" not in json.loads(run("zone", path, "--worlds", "64", "--format", "json").stdout)
    assert "If they bargain" not in run("zone", path, "--worlds", "64").stdout
