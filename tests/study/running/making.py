"""Studies of models, made and driven cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from typing import Any

from negsim.study.running.driver import drive
from negsim.study.running.executors import Crew
from negsim.study.running.store import Columns, Store, create_store

HEAD: Mapping[str, Any] = {"format": "negsim.study/1", "versions": {}, "processor": ""}


def make_study(
    folder: Path, n_cells: int, results: Sequence[str] = ("product", "sum"), **inputs: Sequence[Any]
) -> Path:
    """Make a study of the inputs x (the number of the cell) and y, and others, and do nothing of it."""
    given = {"x": range(n_cells), "y": [0.5] * n_cells, **inputs}
    create_store(folder, HEAD, Columns(tuple(given), tuple(results)), zip(*given.values(), strict=True))
    return folder


def drive_in(folder: Path, model: Any, crew: Crew, **options: Any) -> None:
    """Do what is left of a study, and end the crew."""
    with Store(folder, writes=True) as store:
        try:
            drive(store, model, crew, **options)
        finally:
            crew.end()


def cells_of(folder: Path) -> list[tuple[Any, ...]]:
    """Status, attempts, error and results of every cell."""
    with Store(folder) as store:
        return list(store.rows(("status", "attempts", "error", *store.columns.results)))


def counts_of(folder: Path) -> dict[str, int]:
    with Store(folder) as store:
        return store.counts()


def content_of(folder: Path) -> bytes:
    return (folder / "run.sqlite").read_bytes()


def sizes_given(work: Callable[..., Any]) -> int:
    """Tell how many cells a task has that the driver hands over."""
    cells: list[Any] = work.args[4]  # type: ignore[attr-defined]
    return len(cells)


class Eager(Executor):
    """Does each task at once, in this process; keeps how many cells each had. Nothing but `submit` may be used."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.sizes.append(sizes_given(fn))
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future

    def map(self, *_: Any, **__: Any) -> Iterator[Any]:
        raise AssertionError("of an executor, submit alone is used")

    def shutdown(self, *_: Any, **__: Any) -> None:
        raise AssertionError("an executor that was given is not shut down")


class Patient(Executor):
    """Does what it was given when the driver waits: the oldest task, or all. Keeps how many were under way at a time.

    A task with a cell that kills breaks it, like a pool of processes, with all that is under way.
    """

    def __init__(
        self, *, kills: Callable[[tuple[Any, ...]], bool] = lambda _: False, all_at_once: bool = False
    ) -> None:
        self.kills, self.all_at_once = kills, all_at_once
        self.pending: list[tuple[Future[Any], Any]] = []
        self.under_way: list[int] = []
        self.is_broken = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        del args, kwargs
        if self.is_broken:
            raise BrokenExecutor("it broke before")
        future: Future[Any] = Future()
        if not sizes_given(fn):
            future.set_result(fn())
            return future
        self.pending.append((future, fn))
        self.under_way.append(len(self.pending))
        return future

    def go(self) -> None:
        """Do the oldest task, or all."""
        n = len(self.pending) if self.all_at_once else 1
        now, self.pending = self.pending[:n], self.pending[n:]
        for future, work in now:
            self.is_broken = self.is_broken or any(self.kills(cell) for cell in work.args[4])
            if self.is_broken:
                future.set_exception(BrokenExecutor("a worker died"))
            else:
                future.set_result(work())
        if self.is_broken:
            for future, _ in self.pending:
                future.set_exception(BrokenExecutor("a worker died"))
            self.pending = []

    def shutdown(self, *_: Any, **__: Any) -> None:
        """There is nothing to end."""
