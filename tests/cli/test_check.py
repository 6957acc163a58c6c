from __future__ import annotations

import json
from pathlib import Path

import pytest

from negsim.errors import Place, Problem, Severity
from tests.cli.support import SALE, run, write_sale


def find(monkeypatch: pytest.MonkeyPatch, *severities: Severity) -> None:
    """Let the rules find one problem of each severity."""
    place = Place("sale.scenario.yaml", 3, 8, 6, "title: A sale")
    problems = tuple(
        Problem(f"NS50{k}", "looks odd", ("title",), place, severity=s) for k, s in enumerate(severities, start=1)
    )
    monkeypatch.setattr("negsim.checks.lint", lambda loaded: problems, raising=False)


def test_a_file_without_findings_is_fine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find(monkeypatch)
    result = run("check", write_sale(tmp_path))
    assert result.exit_code == 0
    assert result.stdout == "1 file checked: nothing to report.\n"


def test_warnings_are_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find(monkeypatch, Severity.WARNING, Severity.NOTE)
    result = run("check", write_sale(tmp_path))
    assert result.exit_code == 1
    assert result.stdout == (
        "sale.scenario.yaml:3:8: warning[NS501]: looks odd\n"
        "     3 | title: A sale\n"
        "       |        ^^^^^^\n"
        "sale.scenario.yaml:3:8: note[NS502]: looks odd\n"
        "     3 | title: A sale\n"
        "       |        ^^^^^^\n"
        "\n"
        "1 file checked: 1 warning, 1 note. `negsim explain NS501` says more.\n"
    )
    assert result.stderr == ""


def test_notes_alone_are_no_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find(monkeypatch, Severity.NOTE)
    assert run("check", write_sale(tmp_path)).exit_code == 0


def test_a_file_that_cannot_be_used_outweighs_findings_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find(monkeypatch, Severity.WARNING)
    broken = tmp_path / "broken.yaml"
    broken.write_text(SALE.replace("id: sale", "di: sale"), encoding="utf-8")
    result = run("check", str(broken), write_sale(tmp_path), str(tmp_path / "missing.yaml"))
    assert result.exit_code == 2
    assert result.stdout.index("broken.yaml:2:1") < result.stdout.index("NS501") < result.stdout.index("missing.yaml")
    assert "3 files checked" in result.stdout.splitlines()[-1]


def test_rules_that_leave_no_outcome_are_an_error(tmp_path: Path) -> None:
    file = write_sale(tmp_path, SALE + "rules:\n  impossible: {require: price > 5 and price < 5}\n")
    result = run("check", file)
    assert result.exit_code == 2
    assert "NS410" in result.stdout


def test_a_change_by_set_is_checked_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find(monkeypatch)
    result = run("check", write_sale(tmp_path), "--set", "parties.buyer.role=onlooker")
    assert result.exit_code == 2
    assert "NS204" in result.stdout


def test_json_lists_problems_by_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find(monkeypatch, Severity.WARNING)
    file = write_sale(tmp_path)
    data = json.loads(run("check", file, "--format", "json").stdout)
    assert data["format"] == "negsim.check/1"
    assert data["counts"] == {"errors": 0, "warnings": 1, "notes": 0}
    (entry,) = data["files"]
    assert entry["file"] == file
    assert entry["problems"][0]["place"] == {"file": "sale.scenario.yaml", "line": 3, "column": 8, "length": 6}
