"""`negsim studies`, whole."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.support import SNAPSHOTS, run
from tests.snapshots import assert_matches
from tests.study.sales import FAILING, SELLER, begun, done


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    done(Path("results/failing"), vary=FAILING, n_worlds=16)
    begun(Path("results/begun"), 2, vary=((SELLER, "2..5"),), n_cells=8, n_worlds=16)
    Path("results/broken").mkdir()
    Path("results/broken/run.sqlite").write_bytes(b"no database" * 100)
    return tmp_path


def test_the_list_reads_as_agreed(home: Path) -> None:
    found = run("studies")
    assert (found.exit_code, found.stderr) == (0, "")
    assert_matches(found.stdout, SNAPSHOTS / "studies.txt")
    assert home.is_dir()


def test_json_fits_the_schema_that_negsim_prints(home: Path) -> None:
    found = json.loads(run("studies", str(home / "results"), "--format", "json").stdout)
    jsonschema.validate(found, json.loads(run("schema", "studies").stdout))
    assert [(Path(one["folder"]).name, one["n_cells"], one["n_failed"]) for one in found["studies"]] == [
        ("begun", 8, 0),
        ("broken", 0, 0),
        ("failing", 4, 1),
    ]


def test_one_study_can_be_named(home: Path) -> None:
    assert "finished, 1 failed" in run("studies", "results/failing").stdout
    assert home.is_dir()


def test_an_empty_folder_and_none_at_all_are_told_apart(tmp_path: Path) -> None:
    empty = run("studies", str(tmp_path)).stdout
    assert " ".join(empty.split()) == f"There is no study in {tmp_path}. negsim sweep makes one."
    missing = run("studies", str(tmp_path / "nowhere"))
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert "there is no folder" in missing.stderr
