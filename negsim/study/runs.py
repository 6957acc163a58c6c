"""Running a study: beginning it, going on with it, and running one of a model that is no scenario."""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from negsim import __version__
from negsim.errors import UsageError
from negsim.study.axes import Value
from negsim.study.manifest import processor, versions
from negsim.study.parts import FOLDER, part_path, write_durably
from negsim.study.running.damage import StoreError, reading_what_was_written, telling_what_is_wrong
from negsim.study.running.driver import Keep, Model, OnCells, drive
from negsim.study.running.executors import Crew, crew_of, make_crew
from negsim.study.running.lock import as_only_writer
from negsim.study.running.store import Columns, Store, create_store, is_study
from negsim.study.sweep import Sweep, axes_of, cells_of, check_sweep, work_of

__all__ = ["FORMAT", "begin_sweep", "differs_here", "go_on", "retry_failed", "run_study"]

FORMAT = "negsim.study/1"


def begin_sweep(sweep: Sweep, folder: str | os.PathLike[str]) -> None:
    """Make the study of a sweep in a folder, with no cell done; leave one of the same sweep as it is.

    Raises
    ------
    UsageError
        If no cell could be done.
    StoreError
        If the folder holds another study, or something that is none, or cannot be written.
    """
    target = Path(folder)
    if not is_study(target) and _begun(sweep, target):
        return
    _refuse_another(sweep, target)


def _begun(sweep: Sweep, target: Path) -> bool:
    """Make a study, unless another process does so first."""
    _refuse_strangers(target)
    work = work_of(sweep)
    axes = axes_of(sweep, work.scenario())
    inputs, rows = cells_of(sweep, axes)
    check_sweep(sweep, axes, rows)
    manifest = {"sweep": sweep.data(), "scenario_sha256": _hash(sweep.scenario), "sweep_sha256": _hash(sweep.data())}
    with telling_what_is_wrong(target):
        target.mkdir(parents=True, exist_ok=True)
    with as_only_writer(target):
        if is_study(target):
            return False
        create_store(target, {**_head(), **manifest}, Columns(inputs, work.figures, work.packed), rows)
    return True


def _hash(value: Any) -> str:
    """Hash a text as it is, anything else as JSON."""
    text = value if isinstance(value, str) else json.dumps(value, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def go_on(folder: str | os.PathLike[str], crew: Crew, *, on_cells: OnCells | None = None) -> None:
    """Do all cells of a sweep's study that have no result yet.

    Raises
    ------
    StoreError
        If there is no such study, it is damaged, another process writes it, or it was begun by another version.
    NegsimError
        As `drive`.
    """
    target = Path(folder)
    with Store(target) as store:
        sweep = sweep_of(store)
        if store.is_sealed:
            return
        _refuse_another_version(store)
    work = work_of(sweep)
    with as_only_writer(target), Store(target, writes=True) as store:
        drive(store, work, crew, keep=_keeper(target) if sweep.keeps_worlds else None, on_cells=on_cells)


def retry_failed(folder: str | os.PathLike[str]) -> int:
    """Let the cells of a sweep's study that failed be done once more when it is gone on with.

    Returns
    -------
    int
        How many there are.

    Raises
    ------
    StoreError
        As `go_on`.
    """
    target = Path(folder)
    with Store(target) as store:
        sweep_of(store)
        store.check()
        _refuse_another_version(store)
        n_failed = store.counts()["failed"]
    if n_failed:
        with as_only_writer(target), Store(target, writes=True) as store:
            store.plan_failed_again()
    return n_failed


def sweep_of(store: Store) -> Sweep:
    """Read back what sweep a study is of.

    Raises
    ------
    StoreError
        If it is of none, or its scenario is not the one it was begun with.
    """
    _require_form(store)
    if "sweep" not in store.manifest:
        raise StoreError(f"{store.path} is the study of a model that is no scenario; go on with it from Python")
    with reading_what_was_written(store.path):
        sweep = Sweep.of_data(store.manifest["sweep"])
        if _hash(sweep.scenario) != store.manifest["scenario_sha256"]:
            said = "its scenario was changed after the study began, and no longer fits its hash"
            raise StoreError(f"{store.path}: {said}")
        if _hash(sweep.data()) != store.manifest["sweep_sha256"]:
            said = "what it says of the sweep was changed after the study began, and no longer fits its hash"
            raise StoreError(f"{store.path}: {said}")
    return sweep


def _require_form(store: Store) -> None:
    if store.manifest["format"] != FORMAT:
        raise StoreError(f"{store.path}: its form is {store.manifest['format']}; this version reads {FORMAT}")


def run_study(  # what to run, on what, and where to put it
    model: Model,
    inputs: Mapping[str, Sequence[Value]],
    results: Sequence[str],
    *,
    folder: str | os.PathLike[str],
    executor: str | Executor = "processes",
    n_workers: int = 1,
    on_cells: OnCells | None = None,
) -> None:
    """Run a study of any model, and keep it as studies of scenarios are kept; what is done already is not done again.

    Parameters
    ----------
    model : callable
        From the inputs of a cell, by name, to its results, by name: numbers. A picklable function, defined in a
        module, unless ``executor`` stays in this process.
    inputs : mapping of str to sequence (cell,)
        The values of each input, cell by cell.
    results : sequence of str
        Names of the results to keep.
    folder : path
        Of a new study, or of one of the same inputs and results.
    executor : {"processes", "threads", "serial"} or Executor
        A given one needs ``submit`` alone; it is not shut down.
    n_workers : int
        Tasks at a time. A program that asks for processes needs the usual ``if __name__ == "__main__":``.
    on_cells : callable, optional
        Called with the cells that have a result, those that failed, and all.

    Raises
    ------
    UsageError
        If the inputs are not equally long, or neither texts nor finite numbers, or an argument makes no sense.
    StoreError
        As `begin_sweep` and `go_on`.

    Examples
    --------
    >>> import tempfile
    >>> from negsim.study import read_table, run_study
    >>> folder = tempfile.mkdtemp()
    >>> run_study(lambda cell: {"area": cell["a"] * cell["b"]}, {"a": [1, 2, 3], "b": [4, 5, 6]}, ["area"],
    ...     folder=folder, executor="serial")
    >>> read_table(folder).results["area"].tolist()
    [4.0, 10.0, 18.0]
    """
    target, columns, rows = Path(folder), Columns(tuple(inputs), tuple(results)), _rows(inputs)
    crew = crew_of(executor, n_workers) if isinstance(executor, Executor) else make_crew(executor, n_workers)
    if not is_study(target):
        _refuse_strangers(target)
    with telling_what_is_wrong(target):
        target.mkdir(parents=True, exist_ok=True)
    with as_only_writer(target):
        is_new = not is_study(target)
        if is_new:
            create_store(target, _head(), columns, rows)
        with Store(target, writes=True) as store:
            _require_form(store)
            if store.columns != columns or not (is_new or list(store.rows(columns.inputs)) == rows):
                raise StoreError(f"{target} holds a study of other inputs or results; name another folder")
            try:
                drive(store, model, crew, on_cells=on_cells)
            finally:
                crew.end()


def differs_here(folder: str | os.PathLike[str]) -> list[str]:
    """Say what is other than when a sweep's study was begun, and can change the last bit of its figures.

    Raises
    ------
    StoreError
        If it cannot be gone on with here.
    """
    with Store(folder) as store, reading_what_was_written(store.path):
        sweep_of(store)
        _refuse_another_version(store)
        begun = {**store.manifest["versions"], "processor": store.manifest["processor"]}
    here = {**versions(), "processor": processor()}
    return [
        f"{name} {begun[name]} then, {here.get(name, 'not there')} now"
        for name in begun
        if begun[name] != here.get(name)
    ]


def _head() -> dict[str, Any]:
    return {"format": FORMAT, "versions": versions(), "processor": processor()}


def _rows(inputs: Mapping[str, Sequence[Value]]) -> list[tuple[Value, ...]]:
    lengths = {name: len(values) for name, values in inputs.items()}
    if len(set(lengths.values())) > 1:
        said = ", ".join(f"{name} has {n:,}" for name, n in lengths.items())
        raise UsageError(f"every input needs a value for each cell: {said}")
    return list(zip(*(_plain_column(name, values) for name, values in inputs.items()), strict=True))


def _plain_column(name: str, values: Sequence[Value]) -> Sequence[Value]:
    """Make of an input in all cells what a study can hold."""
    if set(map(type, values)) == {float} and np.all(np.isfinite(np.array(values, np.float64))):
        return values
    return [_plain(name, value) for value in values]


def _plain(name: str, value: Any) -> Value:
    """Make of an input what a study can hold: a text, or a number, also one of NumPy."""
    number = value.item() if isinstance(value, np.generic) else value
    if isinstance(number, str):
        return number
    # SQLite holds whole numbers of 64 bits.
    if isinstance(number, float) and math.isfinite(number):
        return number
    if isinstance(number, int) and -(2**63) <= number < 2**63:
        return number
    raise UsageError(f"input {name!r} has the value {value!r:.60}; cells take texts and finite numbers of 64 bits")


def _refuse_strangers(target: Path) -> None:
    with telling_what_is_wrong(target):
        if target.exists() and not target.is_dir():
            raise StoreError(f"{target} is a file; --study names a folder")
        there = [path.name for path in target.iterdir() if not path.name.startswith(".")] if target.exists() else []
    if there:
        raise StoreError(f"{target} holds something that is no study ({min(there)}); name another folder with --study")


def _refuse_another(sweep: Sweep, target: Path) -> None:
    with Store(target) as store:
        before, now = sweep_of(store).data(), sweep.data()
    differs = [name for name, value in now.items() if before[name] != value]
    if differs:
        said = "; ".join(_said(name, before[name], now[name]) for name in differs)
        hint = f"name another folder with --study, or go on with this one: negsim sweep --resume {target}"
        raise StoreError(f"{target} holds another study: {said}. Its cells are kept; {hint}")


def _said(name: str, before: Any, now: Any) -> str:
    if name == "scenario":
        then, here = (hashlib.sha256(str(text).encode("utf-8")).hexdigest()[:10] for text in (before, now))
        return f"its scenario differs (hash {then}, now {here})"
    return f"its {name.removeprefix('n_')} is {_in_words(before)}, not {_in_words(now)}"


def _in_words(value: Any) -> str:
    """Say a setting as a user would."""
    match value:
        case None | () | "":
            return "left out"
        case ({"name": _}, *_):
            return ", ".join(one["name"] for one in value)
        case ((str(), str()), *_):
            return ", ".join(f"{path}={over}" if over else path for path, over in value)
        case (str(), *_):
            return ",".join(value)
        case _:
            return str(value)


def _refuse_another_version(store: Store) -> None:
    with reading_what_was_written(store.path):
        begun = store.manifest["versions"]["negsim"]
    if begun != __version__:
        raise StoreError(
            f"{store.path} was begun by negsim {begun}; this is {__version__}, whose figures may differ. Finished cells"
            f" are kept: go on with negsim {begun}, or begin another study"
        )


def _keeper(target: Path) -> Keep:
    with telling_what_is_wrong(target):
        (target / FOLDER).mkdir(exist_ok=True)
    return partial(_keep, target)


def _keep(target: Path, cell: int, content: bytes) -> None:
    with telling_what_is_wrong(target):
        write_durably(part_path(target, cell), content)
