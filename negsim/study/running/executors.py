"""Where cells are done: in this process, in threads, in processes of this machine, or on a Dask cluster.

Everything is an `Executor` of the standard library, of which the driver uses `submit` alone; a `Crew` knows how to get
one, and another when it broke.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import field
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, ParamSpec, TypeVar

from negsim.errors import UsageError
from negsim.records import dataclass
from negsim.scenario.words import did_you_mean
from negsim.study.running.dask_executor import DaskExecutor
from negsim.zone.workers import start_processes

__all__ = [
    "EXECUTORS",
    "Crew",
    "SerialExecutor",
    "ThreadExecutor",
    "check_executor",
    "crew_of",
    "make_crew",
]

P = ParamSpec("P")
T = TypeVar("T")


class SerialExecutor(Executor):
    """Does what it is given at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call the function; the future that comes back is finished."""
        future: Future[T] = Future()
        _do(future, partial(fn, *args, **kwargs))
        return future


class ThreadExecutor(Executor):
    """Does what it is given in threads that do not outlive the program.

    `ThreadPoolExecutor` waits at the end of the program for whatever its threads are still at, so that Ctrl-C would
    take as long as the longest cell.
    """

    def __init__(self, n_threads: int) -> None:
        self._queue: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = SimpleQueue()
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(n_threads)]
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Put it in the queue that all threads take from."""
        future: Future[T] = Future()
        self._queue.put((future, partial(fn, *args, **kwargs)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002  # as in `Executor`
        """Let threads end after what is in the queue, or, to cancel, after what they are at."""
        while cancel_futures:
            try:
                taken = self._queue.get_nowait()
            except Empty:
                break
            if taken is not None:
                taken[0].cancel()
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads if wait else ():
            thread.join()

    def _serve(self) -> None:
        while (taken := self._queue.get()) is not None:
            future, work = taken
            if future.set_running_or_notify_cancel():
                _do(future, work)
            # What it gave is not held until there is something else to do.
            del taken, future, work


def _do(future: Future[T], work: Callable[[], T]) -> None:
    try:
        found = work()
    except Exception as error:
        future.set_exception(error)
    else:
        future.set_result(found)


@dataclass(slots=True)
class Crew:
    """An executor, how many tasks it does at a time, and how to get another where it breaks.

    ``hire`` makes an executor, None where one was given; ``dismiss`` ends one.
    """

    n_workers: int
    hire: Callable[[], Executor] | None
    dismiss: Callable[[Executor], None] = lambda executor: executor.shutdown(wait=False, cancel_futures=True)
    executor: Executor | None = field(default=None)

    def get(self) -> Executor:
        """Give the executor, made when first asked for."""
        if self.executor is None:
            assert self.hire is not None, "a crew has an executor or knows how to get one"
            self.executor = self.hire()
        return self.executor

    def is_staffed(self) -> bool:
        """Tell whether anybody is there to do what was handed over; only a cluster can lose all."""
        return not isinstance(self.executor, DaskExecutor) or self.executor.has_workers()

    def replace(self) -> bool:
        """Let go of a broken executor, and tell whether there will be another."""
        if self.hire is None:
            return False
        self.end()
        return True

    def end(self, *, in_peace: bool = False) -> None:
        """Let go of the executor, unless it was given; ``in_peace`` where it has nothing left to do."""
        if self.executor is not None and self.hire is not None:
            if in_peace:
                self.executor.shutdown()
            else:
                self.dismiss(self.executor)
            self.executor = None


def crew_of(executor: Executor, n_workers: int) -> Crew:
    """Take an executor that somebody else has, and ends.

    Raises
    ------
    UsageError
        If there is not one worker.
    """
    _require_one(n_workers)
    return Crew(n_workers, None, executor=executor)


def _require_one(n_workers: int) -> None:
    if n_workers < 1:
        raise UsageError(f"there must be one worker at least, not {n_workers}")


def make_crew(name: str, n_workers: int, scheduler: str = "") -> Crew:
    """Get a crew by the name of its executor.

    Parameters
    ----------
    name : str
        A key of `EXECUTORS`.
    n_workers : int
        Tasks at a time; a Dask cluster knows that itself.
    scheduler : str
        The address of a Dask scheduler: ``tcp://host:port``.

    Raises
    ------
    UsageError
        If there is no such executor or no worker, a scheduler is missing or out of place, or it cannot be reached.
    """
    _require_one(n_workers)
    check_executor(name, scheduler)
    return EXECUTORS[name](n_workers, scheduler)


def check_executor(name: str, scheduler: str) -> None:
    """Refuse an executor that there is not, and a scheduler that is missing or out of place.

    Raises
    ------
    UsageError
    """
    if name not in EXECUTORS:
        raise UsageError(f"there is no executor {name!r}; {did_you_mean(name, EXECUTORS)}")
    if scheduler and name != "dask":
        raise UsageError(f"--scheduler {scheduler} goes with --executor dask, not with {name}")
    if name == "dask" and not scheduler:
        raise UsageError("--executor dask needs the address of a scheduler: --scheduler tcp://host:port")


def _serial(n_workers: int, scheduler: str) -> Crew:
    del n_workers, scheduler
    return Crew(1, SerialExecutor)


def _threads(n_workers: int, scheduler: str) -> Crew:
    del scheduler
    return Crew(n_workers, lambda: ThreadExecutor(n_workers))


def _processes(n_workers: int, scheduler: str) -> Crew:
    del scheduler
    return Crew(n_workers, lambda: start_processes(None, n_workers), _end_processes)


def _end_processes(executor: Executor) -> None:
    """End a pool now: what its processes are still at will not be waited for."""
    # No public way before Python 3.14, whose `terminate_workers` does the same.
    processes: Mapping[int, Any] = getattr(executor, "_processes", None) or {}
    at_work = list(processes.values())
    executor.shutdown(wait=False, cancel_futures=True)
    for process in at_work:
        process.terminate()


def _dask(n_workers: int, scheduler: str) -> Crew:
    del n_workers
    first = DaskExecutor(scheduler)
    return Crew(first.n_threads, lambda: DaskExecutor(scheduler), executor=first)


EXECUTORS: Mapping[str, Callable[[int, str], Crew]] = {
    "processes": _processes,
    "threads": _threads,
    "serial": _serial,
    "dask": _dask,
}
