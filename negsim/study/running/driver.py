"""The driver: hands cells to an executor in tasks of some tenths of a second, and alone writes what comes back.

Of an executor it uses `submit`, and `concurrent.futures.wait`. A task whose worker died comes back as lost: its cells
are then done in parts, nothing else beside them, until those that kill their worker are found; they are stored as
failed, once it is sure that a worker stays alive where there is no cell.
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from dataclasses import field, replace
from functools import partial
from typing import Any, Protocol

from negsim.errors import NegsimError
from negsim.records import dataclass
from negsim.study.parts import RAW
from negsim.study.running.dask_executor import deaths_told
from negsim.study.running.executors import Crew
from negsim.study.running.store import Finding, Store

__all__ = ["ATTEMPTS", "Keep", "Model", "OnCells", "drive", "evaluate"]

ATTEMPTS = 3
"""How often a cell is tried with nothing else under way, and its worker dies, before it counts as failed."""

_LONGEST_REASON = 10_000

_TASK_SECONDS = 0.4
"""How long a task should take: long against handing it over, short against a progress bar and Ctrl-C."""

_MOST_CELLS = 8192
"""The most cells of a task."""

_WINDOW = 2
"""Tasks under way for each worker."""

_PATIENCE = 30.0
"""Seconds without anything coming back after which to ask whether anybody is still there."""

OnCells = Callable[[int, int, int], None]
"""Called with the cells that have a result, those among them that failed, and all that are planned."""


class Model(Protocol):
    """What is done with a cell: a picklable function from the values of its inputs to results by name.

    An exception makes the cell a failed one, with its text for the reason.
    """

    def __call__(self, cell: Mapping[str, Any], /) -> Mapping[str, Any]:
        """Do one cell."""


Cells = list[tuple[Any, ...]]
"""The number of each cell, then its inputs."""

Keep = Callable[[int, bytes], None]
"""Called with a cell and the worlds of it that are to be kept, before it is acknowledged."""

Yield = tuple[Any, ...] | str
"""The results of a cell in the order asked for, or why there are none."""


@dataclass(frozen=True, slots=True)
class _Task:
    """Cells that a worker does together: how often they have been handed over, and how often as the only cell."""

    cells: Cells
    attempt: int = 1
    alone: int = 0

    def parts(self) -> list[_Task]:
        """Split, to find out which cell it was; what cannot be split is tried again by itself.

        Parts of a size of the square root are found through in two rounds, whose number counts where workers die.
        """
        if len(self.cells) == 1:
            return [replace(self, attempt=self.attempt + 1, alone=self.alone + 1)]
        size = math.isqrt(len(self.cells))
        alone = int(size == 1)
        return [_Task(self.cells[k : k + size], self.attempt + 1, alone) for k in range(0, len(self.cells), size)]

    def is_to_blame(self, error: BaseException) -> bool:
        """Tell whether the one cell of a task was tried often enough; Dask itself tries several times."""
        return self.alone * max(1, deaths_told(error)) >= ATTEMPTS


Lost = list[tuple[_Task, BaseException]]
"""Tasks that did not come back, each with what came back instead."""


def evaluate(
    model: Model, inputs: Sequence[str], figures: Sequence[str], packed: Sequence[str], cells: Cells
) -> tuple[list[Yield], float]:
    """Do some cells, in a worker.

    Parameters
    ----------
    model : Model
    inputs, figures, packed : sequence of str
        What the cells give, and what is wanted of each: numbers, then bytes; None of what the model does not say.
    cells : list of tuple

    Returns
    -------
    list of tuple or str
        For each cell its results, or why it has none.
    float
        The seconds that all took.
    """
    start = time.perf_counter()
    found: list[Yield] = []
    for _, *values in cells:
        try:
            yielded = model(dict(zip(inputs, values, strict=True)))
            numbers = [_number(name, yielded.get(name)) for name in figures]
            found.append((*numbers, *[yielded.get(name) for name in packed]))
        except NegsimError as error:
            found.append(_written(str(error)) or "no reason was given")
        except (Exception, SystemExit) as error:
            found.append(_written(f"{type(error).__name__}: {error}"))
    return found, time.perf_counter() - start


def _written(reason: str) -> str:
    """Write a reason as a study can hold it: not endless, and without what is no text."""
    return reason[:_LONGEST_REASON].encode("utf-8", "backslashreplace").decode("utf-8")


def _number(name: str, value: Any) -> float | None:
    """Make of a figure what a study can hold: a number, of whatever library, or nothing."""
    if value is None:
        return None
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        raise NegsimError(f"its result {name!r} is no number: {value!r:.60}") from None


@dataclass(slots=True)
class _Driver:
    """The state of one run over the planned cells of a study."""

    store: Store
    model: Model
    crew: Crew
    keep: Keep | None
    on_cells: OnCells | None
    n_done: int
    n_failed: int
    n_planned: int
    last: int = -1
    seconds_a_cell: float | None = None
    waiting: deque[tuple[Any, ...]] = field(default_factory=deque)
    suspects: deque[_Task] = field(default_factory=deque)
    under_way: dict[Future[Any], _Task] = field(default_factory=dict)

    def run(self) -> None:
        """Do all cells that have no result."""
        try:
            while self._submit() or self.under_way:
                done, _ = wait(self.under_way, _PATIENCE, return_when=FIRST_COMPLETED)
                if not done and not self.crew.is_staffed():
                    raise NegsimError(f"the executor has no workers left {self._so_far()}")
                self._take([future for future in self.under_way if future in done])
        finally:
            # Whatever stops the run, what has come back is not lost.
            self._collect([future for future in self.under_way if future.done()])

    def _submit(self) -> bool:
        """Hand over tasks while there is room; suspects go one at a time, so that it is clear who it was."""
        if self.suspects:
            if not self.under_way:
                self._hand_over(self.suspects.popleft())
            return True
        while len(self.under_way) < _WINDOW * self.crew.n_workers:
            cells = self._next_cells()
            if not cells:
                return False
            self._hand_over(_Task(cells))
        return True

    def _hand_over(self, task: _Task) -> None:
        try:
            future = self._begin(task.cells)
        except BrokenExecutor:
            # It broke between two tasks; nothing of this one was begun.
            self._set_apart(self._renew())
            future = self._begin(task.cells)
        self.under_way[future] = task

    def _begin(self, cells: Cells) -> Future[tuple[list[Yield], float]]:
        columns = self.store.columns
        packed = (*columns.packed, *[RAW] * (self.keep is not None))
        try:
            work = partial(evaluate, self.model, columns.inputs, columns.figures, packed, cells)
            return self.crew.get().submit(work)
        except BrokenExecutor:
            raise
        except (OSError, RuntimeError) as error:
            raise NegsimError(f"the executor takes nothing: {_said(error)} ({self._so_far()})") from error

    def _next_cells(self) -> Cells:
        n = self._task_size()
        while len(self.waiting) < n:
            more = self.store.planned(self.last, 2 * _MOST_CELLS)
            if not more:
                break
            self.last = more[-1][0]
            self.waiting.extend(more)
        return [self.waiting.popleft() for _ in range(min(n, len(self.waiting)))]

    def _task_size(self) -> int:
        """Cells for a task; one each until it is known how long they take."""
        if self.seconds_a_cell is None:
            return 1
        fair = -(-(self.n_planned - self.n_done) // (_WINDOW * self.crew.n_workers))
        return max(1, min(round(_TASK_SECONDS / max(self.seconds_a_cell, 1e-7)), fair, _MOST_CELLS))

    def _take(self, futures: list[Future[Any]]) -> None:
        """Store what came back; see to it that cells of tasks that did not are done by themselves, or given up."""
        lost = self._collect(futures)
        if any(isinstance(error, BrokenExecutor) for _, error in lost):
            lost += self._renew()
        self._set_apart(lost)

    def _collect(self, futures: list[Future[Any]]) -> Lost:
        """Store what came back, and list the tasks that did not."""
        lost: Lost = []
        for future in futures:
            task = self.under_way[future]
            error = CancelledError() if future.cancelled() else future.exception()
            if error is not None:
                lost.append((task, error))
            else:
                found, seconds = future.result()
                self._store(task, found)
                each = seconds / len(task.cells)
                self.seconds_a_cell = each if self.seconds_a_cell is None else (self.seconds_a_cell + each) / 2
            del self.under_way[future]
        return lost

    def _renew(self) -> Lost:
        """Get another executor for one that broke; all that is under way breaks with it, or is done already."""
        wait(self.under_way)
        lost = self._collect(list(self.under_way))
        if not self.crew.replace():
            raise NegsimError(f"the executor broke, and there is no other {self._so_far()}")
        return lost

    def _set_apart(self, lost: Lost) -> None:
        for task, error in lost:
            if isinstance(error, CancelledError):
                raise NegsimError(f"the executor gave up {self._so_far()}") from error
            if task.is_to_blame(error):
                self._give_up(task, error)
            else:
                self.suspects.extend(task.parts())

    def _give_up(self, task: _Task, error: BaseException) -> None:
        """Store a cell as failed, unless nothing can be done at all: then it is not the cell."""
        try:
            self._begin([]).result()
        except Exception as at_all:
            raise NegsimError(f"no worker can do anything: {_said(at_all)} ({self._so_far()})") from at_all
        ((number, *_),) = task.cells
        died = isinstance(error, BrokenExecutor) or deaths_told(error) > 0
        # Who said so, and how often, differs between executors; the reason of the same cell does not.
        reason = "its worker died each time" if died else f"it did not come back: {_said(error)}"
        self._save([Finding(number, task.attempt, error=reason)])

    def _store(self, task: _Task, found: list[Yield]) -> None:
        findings = []
        for (number, *_), yielded in zip(task.cells, found, strict=True):
            if isinstance(yielded, str):
                findings.append(Finding(number, task.attempt, error=yielded))
            elif self.keep is not None:
                *results, raw = yielded
                self.keep(number, raw)
                findings.append(Finding(number, task.attempt, tuple(results)))
            else:
                findings.append(Finding(number, task.attempt, yielded))
        self._save(findings)

    def _save(self, findings: list[Finding]) -> None:
        self.store.save(findings)
        self.n_done += len(findings)
        self.n_failed += sum(bool(one.error) for one in findings)
        if self.on_cells is not None:
            self.on_cells(self.n_done, self.n_failed, self.n_planned)

    def _so_far(self) -> str:
        return f"after {self.n_done:,} of {self.n_planned:,} cells; they are kept, and --resume goes on from there"


def _said(error: BaseException) -> str:
    """Give the first line of an error, or its kind if it says nothing."""
    return next(iter(str(error).splitlines()), "") or type(error).__name__


def drive(
    store: Store,
    model: Model,
    crew: Crew,
    *,
    keep: Keep | None = None,
    on_cells: OnCells | None = None,
) -> None:
    """Do all cells of a study that have no result yet, and seal it.

    Parameters
    ----------
    store : Store
        Open for writing, by its only writer.
    model : Model
    crew : Crew
        Ended by the caller.
    keep : callable, optional
    on_cells : callable, optional

    Raises
    ------
    StoreError
        If the study is damaged, or results cannot be written; those that were stay.
    NegsimError
        If the executor breaks or gives up, and there is no other, or it can do nothing at all.
    """
    counts = store.counts()
    if counts["planned"]:
        store.begin()
        done = counts["done"] + counts["failed"]
        driver = _Driver(
            store, model, crew, keep, on_cells, n_done=done, n_failed=counts["failed"], n_planned=sum(counts.values())
        )
        driver.run()
    if not store.is_sealed:
        store.seal()
