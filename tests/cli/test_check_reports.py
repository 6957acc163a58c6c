"""What `negsim check` reports to programs: JSON and JUnit, the same bytes every time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from negsim.errors import Severity
from tests.checks.test_counterexamples import SALE as ROOMY
from tests.cli.checking import find, with_claims
from tests.cli.support import run, write_sale


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, in which counterexamples are written."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


KINDS = """\
expect:
  exact: {that: "for every world, zone", because: There is room.}
  counted: {that: p_accept(buyer) > 0.5}
  path: {that: zone_size decreases when parties.buyer.no_deal goes 10..60, severity: warn}
  broken: {that: "for every world, zone_size >= 30"}
  central: {that: "for every world, zone_size >= 60"}
  wrong: {that: p_zone < 0.5}
  open: {that: p_accept(buyer) == 1}
  near: {that: zone_size > 45.9}
  odd: {that: "p_nash(price = 3) * p_zone increases when parties.buyer.no_deal becomes 3"}
"""
ALL_KINDS = ROOMY.partition("expect:")[0] + KINDS


def test_json_fits_the_schema_that_negsim_prints(tmp_path: Path) -> None:
    schema = json.loads(run("schema", "check").stdout)
    broken = tmp_path / "broken.yaml"
    broken.write_text("negsim: 1\nid: [\n", encoding="utf-8")
    file = write_sale(tmp_path, ALL_KINDS)
    common = ["--format", "json", "--worlds", "2000", "--max-examples", "10"]
    data = json.loads(run("check", file, str(broken), "missing.yaml", *common).stdout)
    jsonschema.validate(data, schema)
    found = {one["id"]: one for one in data["files"][0]["expectations"]}
    assert {name: one["verdict"] for name, one in found.items()} == {
        **{"exact": "holds", "counted": "holds", "path": "holds", "broken": "fails", "central": "fails"},
        **{"wrong": "fails", "open": "undecided", "near": "undecided", "odd": "undecided"},
    }
    assert found["exact"]["kind"] == "proved"
    assert found["near"]["worlds_needed"] > 2000
    assert found["broken"]["counterexample"]["edits"][0]["to"] == "60"
    assert found["broken"]["counterexample"]["world"] == {"parties.buyer.no_deal": 60.0}
    assert [one["usable"] for one in data["files"]] == [True, False, False]
    replayed = json.loads(run("check", "counterexamples/sale--broken.scenario.yaml", *common).stdout)
    jsonschema.validate(replayed, schema)
    assert replayed["files"][0]["replay"]["stands"] is True


@pytest.mark.parametrize(
    "change",
    [{"verdict": "fails"}, {"kind": "undecided"}, {"cases": -1}, {"counterexample": {}}, {"more": 1}, {"place": 3}],
)
def test_the_schema_refuses_what_does_not_go_together(tmp_path: Path, change: dict[str, Any]) -> None:
    schema = json.loads(run("schema", "check").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    result = run("check", write_sale(tmp_path, with_claims(room="zone_size > 1")), "--format", "json")
    data = json.loads(result.stdout)
    jsonschema.validate(data, schema)
    data["files"][0]["expectations"][0] |= change
    assert not jsonschema.Draft202012Validator(schema).is_valid(data)


def test_json_lists_problems_by_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find(monkeypatch, Severity.WARNING)
    file = write_sale(tmp_path)
    data = json.loads(run("check", file, "--format", "json").stdout)
    assert data["format"] == "negsim.check/1"
    assert data["counts"] == {"errors": 0, "warnings": 1, "notes": 0}
    (entry,) = data["files"]
    assert entry["file"] == file
    assert entry["problems"][0]["place"] == {"file": "sale.scenario.yaml", "line": 3, "column": 8, "length": 6}


def test_junit_has_a_suite_a_file_and_a_case_a_check(tmp_path: Path) -> None:
    file = write_sale(tmp_path, ALL_KINDS.replace("There is room.", 'Room & <space> "enough".'))
    settings = ("--worlds", "2000", "--max-examples", "10", "--exclude", "theorem")
    result = run("check", file, "missing.yaml", "--report", "junit", *settings)
    assert result.exit_code == 2
    root = ET.fromstring(result.stdout)
    first, second = root.findall("testsuite")
    outcomes = {case.get("name"): [child.tag for child in case] for case in first}
    assert outcomes == {
        "lint": [],
        **{f"expect:{name}": [] for name in ("exact", "counted", "path")},
        **{f"expect:{name}": ["failure"] for name in ("broken", "central", "wrong", "odd")},
        **{f"expect:{name}": ["skipped"] for name in ("open", "near")},
    }
    assert [first.get(name) for name in ("name", "tests", "failures", "errors", "skipped")] == [
        file,
        "10",
        "4",
        "0",
        "2",
    ]
    assert [(case.get("name"), [child.tag for child in case]) for case in second] == [("load", ["error"])]
    run("check", file, "--checks", "expect:broken")
    replayed = ET.fromstring(run("check", "counterexamples/sale--broken.scenario.yaml", "--format", "junit").stdout)
    assert [(case.get("name"), [child.tag for child in case]) for case in replayed[0]] == [("replay", ["failure"])]


@pytest.mark.parametrize("output_format", ["text", "json", "junit"])
def test_two_runs_give_the_same_bytes(tmp_path: Path, output_format: str) -> None:
    file = write_sale(tmp_path, ALL_KINDS + '  searched: {that: "for every world, zone iff zone_size > 0"}\n')
    options = ["--format", output_format, "--worlds", "1024", "--max-examples", "10"]
    first = run("check", file, *options).stdout_bytes
    files = {path.name: path.read_bytes() for path in (tmp_path / "counterexamples").iterdir()}
    assert len(files) == 2
    assert run("check", file, *options).stdout_bytes == first
    assert {path.name: path.read_bytes() for path in (tmp_path / "counterexamples").iterdir()} == files
