from __future__ import annotations

import json
from pathlib import Path

import pytest

from negsim.cli.saving import FILES, save
from negsim.errors import UsageError
from negsim.scenario import load
from tests.cli.support import run, write_sale


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_run_saves_result_report_scenario_and_manifest(tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("run", write_sale(tmp_path), "--worlds", "256", "--out", str(out))
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == f"Saved in {out}."
    saved = contents(out)
    assert set(saved) == FILES
    report = saved["report.txt"].decode()
    assert result.stdout == f"{report}\nSaved in {out}.\n"
    manifest = json.loads(saved["run.json"])
    drawn = {"worlds": 256, "precision": None, "seed": 0, "sampler": "lhs"}
    asked = {"points": 5.0, "weights": {}, "compare_points": False, "method": "auto", "frontier": None, "world": None}
    assert manifest["settings"] == drawn | asked
    assert manifest["n_worlds"] == 256
    assert set(manifest["versions"]) == {"negsim", "numpy", "scipy", "python"}


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    file = write_sale(tmp_path)
    for name in ("first", "second"):
        run("run", file, "--worlds", "256", "--out", str(tmp_path / name))
    assert contents(tmp_path / "first") == contents(tmp_path / "second")


def test_the_number_of_jobs_changes_no_byte(tmp_path: Path) -> None:
    file = write_sale(tmp_path)
    for jobs in ("1", "3"):
        run("run", file, "--worlds", "600", "--jobs", jobs, "--out", str(tmp_path / jobs))
    assert contents(tmp_path / "1") == contents(tmp_path / "3")


def test_the_folder_is_named_by_the_inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = write_sale(tmp_path)
    variants: tuple[tuple[str, ...], ...] = (
        ("--worlds", "256"),
        ("--worlds", "256", "--seed", "1"),
        ("--worlds", "300"),
        ("--worlds", "256", "--sampler", "random"),
        ("--precision", "0.1"),
        ("--worlds", "256", "--set", "parties.seller.no_deal.same_as.price=5"),
    )
    for settings in variants:
        assert run("run", file, *settings).exit_code == 0
    assert len(list((tmp_path / "results").iterdir())) == len(variants)
    again = run("run", file, "--worlds", "256", "--jobs", "1")
    assert "Already saved in results/sale-" in again.stdout
    assert len(list((tmp_path / "results").iterdir())) == len(variants)


def test_the_saved_scenario_is_the_one_analysed_overrides_included(tmp_path: Path) -> None:
    file, override = write_sale(tmp_path), "parties.seller.no_deal.same_as.price=5"
    out = tmp_path / "out"
    run("run", file, "--worlds", "256", "--set", override, "--out", str(out))
    assert load(out / "scenario.yaml") == load(file, overrides=[override])


def test_where_json_goes_to_stdout_the_place_is_told_on_stderr(tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("run", write_sale(tmp_path), "--worlds", "256", "--format", "json", "--out", str(out))
    assert result.stdout.encode() == (out / "result.json").read_bytes()
    assert result.stderr == f"Saved in {out}.\n"


def test_an_older_run_is_replaced(tmp_path: Path) -> None:
    file, out = write_sale(tmp_path), tmp_path / "out"
    run("run", file, "--worlds", "256", "--out", str(out))
    assert run("run", file, "--worlds", "512", "--out", str(out)).exit_code == 0
    assert json.loads((out / "run.json").read_bytes())["n_worlds"] == 512
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "sale.scenario.yaml"]


@pytest.mark.parametrize("others", [["notes.txt"], ["notes.txt", "run.json"]])
def test_what_is_not_a_run_is_never_replaced(tmp_path: Path, others: list[str]) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for name in others:
        (out / name).write_text("mine")
    result = run("run", write_sale(tmp_path), "--worlds", "256", "--out", str(out))
    assert result.exit_code == 2
    assert "notes.txt" in result.stderr
    assert result.stdout == ""  # refused before the work, not after it
    assert dict.fromkeys(others, b"mine") == contents(out)


def test_notes_beside_the_same_run_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = write_sale(tmp_path)
    run("run", file, "--worlds", "256")
    (folder,) = (tmp_path / "results").iterdir()
    (folder / "notes.txt").write_text("mine")
    result = run("run", file, "--worlds", "256")
    assert result.exit_code == 0
    assert "Already saved" in result.stdout
    assert (folder / "notes.txt").read_text() == "mine"


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("mine")
    with pytest.raises(UsageError, match="is a file"):
        save(str(out), {"run.json": b""})
    assert out.read_text() == "mine"


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    assert save(str(out), {"run.json": b"{}"})
    assert contents(out) == {"run.json": b"{}"}


def test_a_failure_while_saving_leaves_the_older_run_and_no_scraps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    save(str(out), {"run.json": b"old"})
    moves = []

    def failing_rename(path: Path, target: Path) -> Path:
        moves.append(target)
        if len(moves) == 2:  # the older run is moved away, the new one cannot come in
            raise OSError("no more room")
        return true_rename(path, target)

    true_rename = Path.rename
    monkeypatch.setattr(Path, "rename", failing_rename)
    with pytest.raises(OSError, match="no more room"):
        save(str(out), {"run.json": b"new"})
    assert contents(out) == {"run.json": b"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
