"""`negsim results`, whole: text, JSON, CSV and Parquet of a study."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.support import SNAPSHOTS, run
from tests.snapshots import assert_matches
from tests.study.sales import BUYER, FAILING, SALE, SELLER, begun, done


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A study of four prices under two policies."""
    from negsim.study import Policy

    monkeypatch.chdir(tmp_path)
    policies = (Policy("as_is", ()), Policy("richer", (f"{BUYER}=4..7",)))
    done(Path("study"), SALE, vary=((SELLER, "2..5/4"),), policies=policies, of=("zone", "bargain"))
    return "study"


def test_the_report_reads_as_agreed(study: str) -> None:
    found = run("results", study)
    assert (found.exit_code, found.stderr) == (0, "")
    assert_matches(found.stdout, SNAPSHOTS / "results-sale.txt")


def test_another_result_threshold_and_percentile_can_be_asked_for(study: str) -> None:
    found = run("results", study, "--of", "p_agreement", "--at-least", "0.25", "--percentile", "5")
    assert found.exit_code == 0
    assert "P(agreement), by bargaining under each policy" in " ".join(found.stdout.split())
    assert "At least 25 %" in found.stdout
    assert "Percentile 5" in found.stdout


def test_json_fits_the_schema_that_negsim_prints(study: str) -> None:
    found = json.loads(run("results", study, "--format", "json", "--at-least", "0.25").stdout)
    jsonschema.validate(found, json.loads(run("schema", "study").stdout))
    assert found["cells"] == {"planned": 8, "done": 8, "failed": 0, "left": 0}
    assert found["policies"]["threshold"] == 0.25
    assert [one["name"] for one in found["policies"]["policies"]] == ["as_is", "richer"]


def test_csv_has_a_row_a_cell(study: str) -> None:
    rows = list(csv.DictReader(io.StringIO(run("results", study, "--format", "csv").stdout)))
    assert [(row[SELLER], row["policy"]) for row in rows] == [
        (str(k), one) for k in (2.0, 3.0, 4.0, 5.0) for one in ("as_is", "richer")
    ]
    assert {"status", "attempts", "error", "p_zone", "p_zone.low", "rounds", "gain.buyer"} <= set(rows[0])


def test_parquet_holds_what_csv_does(study: str) -> None:
    from pyarrow import parquet

    written = run("results", study, "--format", "parquet", "--out", "cells.parquet")
    assert (written.exit_code, written.stdout) == (0, "Wrote 8 rows to cells.parquet.\n")
    held = parquet.read_table("cells.parquet").to_pydict()
    rows = list(csv.DictReader(io.StringIO(run("results", study, "--format", "csv").stdout)))
    assert list(held) == list(rows[0])
    assert [float(row["p_zone"]) for row in rows] == held["p_zone"]
    assert held["policy"] == ["as_is", "richer"] * 4


def test_words_and_numbers_of_one_path_become_words_in_parquet(study: str) -> None:
    from pyarrow import parquet

    done(Path("mixed"), vary=((SELLER, "3,4..5"),), n_worlds=16)
    run("results", "mixed", "--format", "parquet", "--out", "mixed.parquet")
    assert parquet.read_table("mixed.parquet").to_pydict()[SELLER] == ["3", "4..5"]
    assert study


def test_a_study_with_failed_cells_is_shown_in_every_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done(Path("failing"), vary=FAILING, n_worlds=16)
    assert "Cells that failed" in run("results", "failing").stdout
    assert "no outcome satisfies all rules" in run("results", "failing", "--format", "csv").stdout
    assert json.loads(run("results", "failing", "--format", "json").stdout)["cells"]["failed"] == 1
    assert run("results", "failing", "--format", "parquet", "--out", "f.parquet").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "nowhere holds no study (run.sqlite)"),
        (["study", "--of", "p_zoen"], "--of p_zoen: did you mean 'p_zone'?"),
        (["study", "--of", "talks.p_agreement"], "--of talks.p_agreement: "),
        (["study", "--format", "parquet"], "--format parquet goes with --out FILE"),
        (["study", "--out", "x.parquet"], "--format parquet goes with --out FILE"),
        (
            ["study", "--format", "parquet", "--out", "no/such/x.parquet"],
            "--out no/such/x.parquet: there is no folder no/such",
        ),
        (["study", "--format", "parquet", "--out", "."], "--out . is a folder; name a file"),
        (["study", "--at-least", "1.5"], "--at-least"),
        (["study", "--at-least", "nan"], "'nan' is not a valid share"),
        (["study", "--at-least", "half%"], "'half%' is not a number in percent"),
        (["study", "--percentile", "nan"], "'nan' is not a percentile"),
        (["study", "--percentile", "0"], "--percentile"),
        (["study", "--format", "xml"], "'text', 'json', 'csv', 'parquet'"),
        ([], "Missing argument 'STUDY'"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(study: str, arguments: list[str], said: str) -> None:
    found = run("results", *arguments)
    assert (found.exit_code, found.stdout) == (2, "")
    assert said in found.stderr
    assert "Traceback" not in found.stderr
    assert study


def test_a_damaged_study_is_told_and_no_traceback_shown(study: str) -> None:
    Path(study, "run.sqlite").write_bytes(b"SQLite format 3\x00" + b"\x07" * 4000)
    found = run("results", study)
    assert found.exit_code == 2
    assert "study/run.sqlite: " in found.stderr
    assert "Traceback" not in found.stderr


def test_a_share_can_be_written_in_percent(study: str) -> None:
    assert run("results", study, "--at-least", "75%").stdout == run("results", study, "--at-least", "0.75").stdout


def test_of_a_study_that_is_not_finished_it_warns(study: str, tmp_path: Path) -> None:
    begun(tmp_path / "half", 0, vary=((SELLER, "2,3"), (BUYER, "4,5")))
    for command in (["results"], ["sensitivity"], ["discover", "--where", "p_zone > 0.5"]):
        assert "Warning: 4 of 4 cells are still to be done" in run(*command, str(tmp_path / "half")).stderr
    assert "Warning" not in run("results", study).stderr
