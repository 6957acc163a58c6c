"""Reading a study back: its cells as columns, what they are of, and how far it is."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.records import dataclass
from negsim.scenario.types import Scenario
from negsim.scenario.words import did_you_mean
from negsim.study.axes import Levels, Value, set_text
from negsim.study.manifest import versions
from negsim.study.running.damage import reading_what_was_written
from negsim.study.running.store import OWN_COLUMNS, Store
from negsim.study.runs import sweep_of
from negsim.study.sweep import Sweep, axes_of, default_design, work_of
from negsim.study.table import POLICY, Factor, StudyTable

__all__ = [
    "ReadStudy",
    "StudyRow",
    "columns_of",
    "digest_of",
    "read_heading",
    "read_packed",
    "read_rows",
    "read_study",
    "read_table",
    "read_weights",
]


@dataclass(frozen=True, slots=True, eq=False)
class ReadStudy:
    """A study read back.

    ``errors`` are the reasons for which cells failed, each with the number of cells and the first of them; ``design``
    is the one used, also where the sweep names none. ``made_with`` names versions and the kind of processor.
    """

    folder: str
    sweep: Sweep
    scenario: Scenario
    design: str
    table: StudyTable
    n_planned: int
    errors: tuple[tuple[str, int, int], ...]
    made_with: Mapping[str, str]

    @property
    def n_cells(self) -> int:
        """All cells, whether done or not."""
        return len(self.table.cell)


@dataclass(frozen=True, slots=True)
class StudyRow:
    """One cell: what it set, how it went, and its figures, None where there is none."""

    cell: int
    inputs: Mapping[str, Value]
    status: str
    attempts: int
    error: str
    results: Mapping[str, float | None]


def read_rows(folder: str | os.PathLike[str]) -> list[StudyRow]:
    """Read all cells, one by one."""
    with Store(folder) as store:
        inputs, figures = store.columns.inputs, store.columns.figures
        return [
            StudyRow(
                cell,
                dict(zip(inputs, held[: len(inputs)], strict=True)),
                status,
                attempts,
                error,
                dict(zip(figures, held[len(inputs) :], strict=True)),
            )
            for cell, status, attempts, error, *held in store.rows((*OWN_COLUMNS, *inputs, *figures))
        ]


def columns_of(folder: str | os.PathLike[str]) -> dict[str, list[Any]]:
    """Read the cells column by column, for tables of other programs."""
    with Store(folder) as store:
        columns = store.columns
        names = ("cell", *columns.inputs, *OWN_COLUMNS[1:], *columns.figures)
        held = list(zip(*store.rows(names), strict=True))
        texts = {
            name for name, values in zip(names, held, strict=True) if any(isinstance(value, str) for value in values)
        }
        return {
            name: [set_text(value) for value in values] if name in texts and name in columns.inputs else list(values)
            for name, values in zip(names, held, strict=True)
        }


def read_heading(folder: str | os.PathLike[str]) -> tuple[Sweep, Scenario, str, dict[str, int]]:
    """Read what a study is of, and by which design, and how many cells have which status; not the cells themselves."""
    with Store(folder) as store:
        sweep = sweep_of(store)
        scenario = work_of(sweep).scenario()
        return sweep, scenario, sweep.design or default_design(axes_of(sweep, scenario)), store.counts()


def read_study(folder: str | os.PathLike[str]) -> ReadStudy:
    """Read the study of a scenario.

    Raises
    ------
    StoreError
        If there is none, it is damaged, or it is of no scenario.
    """
    with Store(folder) as store, store.at_one_moment():
        store.check()
        sweep = sweep_of(store)
        scenario = work_of(sweep).scenario()
        axes = axes_of(sweep, scenario)
        labels = {
            axis.path: tuple(set_text(value) for value in axis.over.values)
            for axis in axes
            if isinstance(axis.over, Levels) and any(isinstance(value, str) for value in axis.over.values)
        }
        labels |= {POLICY: tuple(policy.name for policy in sweep.policies)} if sweep.policies else {}
        design = sweep.design or default_design(axes)
        with reading_what_was_written(store.path):
            levels = {
                axis.path: tuple(value for value in axis.over.values if not isinstance(value, str))
                for axis in axes
                if isinstance(axis.over, Levels)
            }
            table = _table(store, design, sweep.seed, labels, levels)
            begun = store.manifest["versions"]
            made_with = {**{name: begun[name] for name in versions()}, "processor": store.manifest["processor"]}
        failed = [row for row in store.rows(("error", "cell", "status")) if row[2] == "failed"]
        planned = store.counts()["planned"]
    return ReadStudy(str(folder), sweep, scenario, design, table, planned, _grouped(failed), made_with)


def read_table(folder: str | os.PathLike[str]) -> StudyTable:
    """Read the cells of any study as columns.

    Raises
    ------
    StoreError
        If there is none, or it is damaged.
    """
    with Store(folder) as store:
        sweep = store.manifest.get("sweep")
        if sweep is not None:
            return read_study(folder).table
        store.check()
        with reading_what_was_written(store.path):
            return _table(store, "list", 0, {}, {})


def read_packed(folder: str | os.PathLike[str], column: str) -> Iterator[NDArray[np.bool_] | None]:
    """Go through where something happened, world by world, cell by cell; None in a cell without a result.

    Parameters
    ----------
    folder : path
        Of the study of a scenario.
    column : str
        ``zone.worlds``, ``agreement.worlds`` or ``talks.worlds``.

    Yields
    ------
    bool array (world,) or None

    Raises
    ------
    UsageError
        If the study has no such column.
    StoreError
        As `read_study`.
    """
    with Store(folder) as store:
        n_worlds = sweep_of(store).n_worlds
        known = [name for name in store.columns.packed if name.endswith(".worlds")]
        if column not in known:
            raise UsageError(
                f"the study {folder} does not hold {column!r}, world by world; {did_you_mean(column, known)}"
            )
        for (held,) in store.rows((column,)):
            bits = None if held is None else np.unpackbits(np.frombuffer(held, np.uint8), count=n_worlds)
            yield None if bits is None else bits.astype(np.bool_)


def read_weights(folder: str | os.PathLike[str], column: str) -> Iterator[NDArray[np.float64] | None]:
    """Go through what each world counts for, cell by cell: float64 array (world,); None in a cell without a result."""
    with Store(folder) as store:
        for (held,) in store.rows((column,)):
            yield None if held is None else np.frombuffer(held, np.float64)


def digest_of(folder: str | os.PathLike[str]) -> str:
    """Hash all cells with their results: the same study, the same digest, wherever and in what order it was done."""
    with Store(folder) as store:
        return store.digest()


def _table(
    store: Store,
    design: str,
    seed: int,
    labels: Mapping[str, tuple[str, ...]],
    levels: Mapping[str, tuple[float, ...]],
) -> StudyTable:
    columns = store.columns
    rows = list(store.rows(("cell", "status", *columns.inputs, *columns.figures)))
    held: list[tuple[Any, ...]] = list(zip(*rows, strict=True)) or [()] * (
        2 + len(columns.inputs) + len(columns.figures)
    )
    cell, status, *values = held
    inputs, figures = values[: len(columns.inputs)], values[len(columns.inputs) :]
    return StudyTable(
        name=Path(store.folder).name,
        design=design,
        seed=seed,
        cell=np.array(cell, np.int64),
        done=np.array([one == "done" for one in status], np.bool_),
        factors=tuple(
            _factor(path, one, labels.get(path, ()), levels.get(path, ()))
            for path, one in zip(columns.inputs, inputs, strict=True)
        ),
        results={
            name: np.array([np.nan if value is None else value for value in one], np.float64)
            for name, one in zip(columns.figures, figures, strict=True)
        },
    )


def _factor(path: str, values: tuple[Any, ...], labels: tuple[str, ...], levels: tuple[float, ...]) -> Factor:
    if not labels and any(isinstance(value, str) for value in values):
        labels = tuple(dict.fromkeys(set_text(value) for value in values))
    if labels:
        place = {label: float(k) for k, label in enumerate(labels)}
        return Factor(path, np.array([place[set_text(value)] for value in values]), labels)
    return Factor(path, np.array(values, np.float64), levels=levels)


def _grouped(failed: list[tuple[Any, ...]]) -> tuple[tuple[str, int, int], ...]:
    """Count cells by the reason for which they failed, most frequent first."""
    first: dict[str, int] = {}
    for error, cell, _ in failed:
        first.setdefault(error, cell)
    counted = Counter(error for error, *_ in failed)
    return tuple((error, n, first[error]) for error, n in counted.most_common())
