from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.support import SNAPSHOTS, run, write_sale
from tests.snapshots import assert_matches
from tests.study.known import HOUSE, LIMIT, NO_DEAL, ONE_DEAL, PEAK

QUICK = ("--worlds", "256", "--grid", "5", "--tolerance", "1")


@pytest.fixture
def house(tmp_path: Path) -> str:
    return write_sale(tmp_path, HOUSE)


def asked(file: str, *more: str, path: str = LIMIT, target: str = "p_zone=0.5") -> tuple[str, ...]:
    return ("breakeven", file, "--path", path, "--target", target, *more)


def test_a_break_even_reads_as_agreed(house: str) -> None:
    result = run(*asked(house, "--worlds", "1024"))
    assert result.exit_code == 0
    assert result.stderr == ""
    assert_matches(result.stdout, SNAPSHOTS / "breakeven-house.txt")


def test_json_fits_the_schema_that_negsim_prints(house: str) -> None:
    data = json.loads(run(*asked(house, *QUICK, "--format", "json")).stdout)
    jsonschema.validate(data, json.loads(run("schema", "breakeven").stdout))
    assert data["settings"] == {
        "worlds": 256, "seed": 0, "sampler": "lhs", "low": 10, "high": 80, "grid": 5, "tolerance": 1,
    }  # fmt: skip
    assert data["quantity"]["path"] == LIMIT
    assert 39 < data["crossings"][0]["at"] < 42


def test_csv_has_a_row_for_each_value_of_the_curve(house: str) -> None:
    lines = run(*asked(house, *QUICK, "--from", "20", "--to", "60", "--format", "csv")).stdout.splitlines()
    assert lines[0] == "value,p_zone,p_zone.low,p_zone.high"
    assert [line.split(",")[0] for line in lines[1:]] == ["20.0", "30.0", "40.0", "50.0", "60.0"]


def test_the_number_of_jobs_changes_no_byte(house: str) -> None:
    arguments = asked(house, "--worlds", "600", "--grid", "5", "--format", "json")
    assert run(*arguments, "--jobs", "1").stdout == run(*arguments, "--jobs", "3").stdout


def test_changes_apply_to_all_else(house: str) -> None:
    arguments = asked(house, *QUICK, "--set", "parties.seller.no_deal.same_as.price=30..70", "--format", "json")
    (found,) = json.loads(run(*arguments).stdout)["crossings"]
    assert 49 < found["at"] < 52


def test_agreement_takes_fewer_worlds_unless_told(house: str) -> None:
    text = run(*asked(house, "--grid", "2", "--tolerance", "60", "--format", "json", target="p_agreement=0.5")).stdout
    assert json.loads(text)["settings"]["worlds"] == 1024


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--path", "parties.byuer.no_deal.same_as.price"), f"did you mean '{LIMIT}'?"),
        (("--target", "p_zne=0.5"), "did you mean 'p_zone'?"),
        (("--target", "p_zone"), "a target is RESULT=NUMBER"),
        (("--target", "p_zone=50"), "50 % is 0.5"),
        (("--from", "60", "--to", "40"), "from a lower to a higher value"),
        (("--from", "-3"), "it lies in 0..100 (level)"),
        (("--grid", "1"), "--grid"),
        (("--tolerance", "0"), "--tolerance"),
        (("--tolerance", "1000"), "less than the range, 70"),
        (("--target", "talks.p_agreement=0.5"), "house has no talks"),
        (("--format", "yaml"), "'text', 'json', 'csv'"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(house: str, more: tuple[str, ...], said: str) -> None:
    result = run(*asked(house, *more))
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_a_quantity_and_a_target_have_to_be_named(house: str) -> None:
    assert "--path" in run("breakeven", house, "--target", "p_zone=0.5").stderr
    assert "--target" in run("breakeven", house, "--path", LIMIT).stderr


def test_a_file_that_cannot_be_used_is_refused_as_elsewhere(tmp_path: Path) -> None:
    file = write_sale(tmp_path, ONE_DEAL.replace("signed: 0..100", "signd: 0..100"))
    assert run(*asked(file, path=NO_DEAL)).stderr == run("zone", file).stderr


def test_two_break_evens_read_as_agreed(tmp_path: Path) -> None:
    file = write_sale(tmp_path, PEAK)
    result = run(*asked(file, "--worlds", "1024", path="parties.ann.no_deal.same_as.price"))
    assert_matches(result.stdout, SNAPSHOTS / "breakeven-peak.txt")


def test_ctrl_c_says_how_far_it_came(house: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("negsim.study.breakeven.analysis.find_break_even", interrupted)
    result = run(*asked(house))
    assert result.exit_code == 130
    assert "Interrupted; nothing was saved." in result.stderr
