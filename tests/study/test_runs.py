"""Studies of any model: what they take, what they refuse, and what they say of other versions."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from negsim import __version__
from negsim.errors import UsageError
from negsim.study import begin_sweep, go_on, make_crew, read_table, run_study
from negsim.study.parts import part_path
from negsim.study.running.damage import StoreError
from negsim.study.running.store import Finding, Store
from negsim.study.runs import differs_here, retry_failed
from tests.study.running import models
from tests.study.running.making import Eager, cells_of, content_of, counts_of
from tests.study.running.sales import run_sweep, sale_of


def test_a_study_of_any_model_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    calls: list[float] = []

    def model(cell: models.Cell) -> dict[str, float]:
        calls.append(cell["x"])
        if len(calls) == 4:
            raise KeyboardInterrupt
        return {"twice": 2.0 * cell["x"]}

    inputs = {"x": range(6)}
    with pytest.raises(KeyboardInterrupt):
        run_study(model, inputs, ["twice"], folder=tmp_path, executor="serial")
    assert counts_of(tmp_path)["done"] == 2, "the task that was under way is not done"
    run_study(model, inputs, ["twice"], folder=tmp_path, executor="serial")
    assert read_table(tmp_path).results["twice"].tolist() == [0, 2, 4, 6, 8, 10]
    n_calls = len(calls)
    run_study(model, inputs, ["twice"], folder=tmp_path, executor="serial")
    assert len(calls) == n_calls, "nothing was left to do"


@pytest.mark.parametrize(
    ("inputs", "results"),
    [({"x": [1, 2]}, ["other"]), ({"x": [1, 3]}, ["twice"]), ({"x": [1, 2, 3]}, ["twice"]), ({"y": [1, 2]}, ["twice"])],
)
def test_a_study_of_other_inputs_or_results_is_not_gone_on_with(
    inputs: dict[str, list[int]], results: list[str], tmp_path: Path
) -> None:
    def model(cell: models.Cell) -> dict[str, float]:
        return {"twice": 2.0 * cell["x"]}

    run_study(model, {"x": [1, 2]}, ["twice"], folder=tmp_path, executor="serial")
    before = content_of(tmp_path)
    with pytest.raises(StoreError, match="holds a study of other inputs or results; name another folder"):
        run_study(model, inputs, results, folder=tmp_path, executor="serial")
    assert content_of(tmp_path) == before


def test_inputs_of_different_lengths_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="every input needs a value for each cell: x has 2, y has 1"):
        run_study(models.product, {"x": [1, 2], "y": [1]}, ["product"], folder=tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None, 2**63, [1]])
def test_inputs_that_cannot_be_kept_are_refused(value: object, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="input 'x' has the value"):
        run_study(models.product, {"x": [value]}, ["product"], folder=tmp_path / "new")  # type: ignore[list-item]


def test_inputs_may_be_arrays_and_texts(tmp_path: Path) -> None:
    seen: list[object] = []

    def model(cell: models.Cell) -> dict[str, float]:
        seen.append((cell["x"], cell["n"], cell["name"]))
        return {}

    inputs = {"x": np.array([0.5, 1e300]), "n": np.array([1, 2]), "name": ["a", "b"]}
    run_study(model, inputs, ["none"], folder=tmp_path, executor="serial")  # type: ignore[arg-type]
    assert seen == [(0.5, 1, "a"), (1e300, 2, "b")]
    run_study(model, inputs, ["none"], folder=tmp_path, executor="serial")  # type: ignore[arg-type]


def test_a_model_is_not_run_into_a_folder_of_something_else(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(StoreError, match=r"holds something that is no study \(thesis.txt\)"):
        run_study(models.product, {"x": [1]}, ["product"], folder=tmp_path, executor="serial")


def test_a_given_executor_is_used(tmp_path: Path) -> None:
    executor = Eager()
    run_study(models.product, {"x": [1], "y": [2]}, ["product"], folder=tmp_path, executor=executor)
    assert executor.sizes == [1]
    assert cells_of(tmp_path) == [("done", 1, "", 2.0)]


def test_what_differs_from_when_a_study_was_begun_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_sweep(sale_of(), tmp_path)
    assert differs_here(tmp_path) == []
    monkeypatch.setattr("negsim.study.runs.processor", lambda: "abacus")
    monkeypatch.setattr("negsim.study.runs.versions", lambda: {"negsim": __version__, "scipy": "9"})
    said = differs_here(tmp_path)
    assert any(one.startswith("scipy ") and one.endswith(" then, 9 now") for one in said)
    assert any(one.startswith("numpy ") and one.endswith(" then, not there now") for one in said)
    assert any(one.startswith("processor ") and one.endswith(" then, abacus now") for one in said)


def test_part_paths_are_in_the_order_of_cells(tmp_path: Path) -> None:
    assert [part_path(tmp_path, cell).name for cell in (7, 10_000)] == [
        "cell-00000007.parquet",
        "cell-00010000.parquet",
    ]


def test_cells_that_failed_can_be_done_once_more_and_the_rest_stays(tmp_path: Path) -> None:
    undisturbed = run_sweep(sale_of(), tmp_path / "undisturbed", make_crew("serial", 1))
    folder = tmp_path / "study"
    begin_sweep(sale_of(), folder)
    with Store(folder, writes=True) as store:
        store.begin()
        store.save([Finding(cell, 3, error="its worker died each time") for cell in (4, 7)])
    go_on(folder, make_crew("serial", 1))
    assert counts_of(folder) == {"planned": 0, "done": 23, "failed": 2}
    kept = [row for row in cells_of(folder) if row[0] == "done"]
    assert retry_failed(folder) == 2
    assert counts_of(folder) == {"planned": 2, "done": 23, "failed": 0}
    assert [row for row in cells_of(folder) if row[0] == "done"] == kept
    go_on(folder, make_crew("serial", 1))
    assert content_of(folder) == content_of(undisturbed)


def test_where_no_cell_failed_nothing_is_done_once_more(tmp_path: Path) -> None:
    folder = run_sweep(sale_of(), tmp_path, make_crew("serial", 1))
    before = content_of(folder)
    assert retry_failed(folder) == 0
    assert content_of(folder) == before
