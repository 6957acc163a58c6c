"""Where the counting runs: in this process, or, where it is worth their start, in worker processes.

Threads would not help: numpy holds the interpreter's lock between its many short calls. Which way is taken, and how
blocks are cut into runs, follows the clock; the counts do not depend on either.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import wait
from types import FrameType, TracebackType
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from negsim.errors import NegsimError
from negsim.zone.counting import Run

__all__ = ["Workers", "get_ready", "start_processes"]

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")
T = TypeVar("T")
Work = Callable[Concatenate[S, Run, P], R]

_RUN_SECONDS = 0.25
"""How long one run of blocks should take: short enough for a progress bar, long enough to outweigh handing it over."""

_WORTH_SECONDS = 1.5
"""Work left that is worth starting processes for, which takes about half a second."""


class Workers(Generic[S]):
    """A context in which work over blocks is done, by as many processes as allowed once there is enough of it.

    ``subject`` is what all work is about: a compiled scenario, or several. A process is sent it once. With ``at_once``
    the work is known to be long: processes are started without a first run to see, and get one block at a time.
    """

    def __init__(self, subject: S, n_jobs: int, *, at_once: bool = False) -> None:
        self._subject = subject
        self._n_jobs = n_jobs
        self._at_once = at_once and n_jobs > 1
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers[S]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=error is None, cancel_futures=True)

    def map(self, work: Work[S, P, R], blocks: Run, *args: P.args, **kwargs: P.kwargs) -> Iterator[R]:
        """Do work over runs of blocks and yield what each gives, in the order of the blocks."""
        done, n_run = 0, 1
        if self._at_once and len(blocks) > 1:
            yield from self._map_over_processes(work, blocks, n_run, *args, **kwargs)
            return
        while done < len(blocks):
            start = time.perf_counter()
            found = work(self._subject, blocks[done : done + n_run], *args, **kwargs)
            seconds = (time.perf_counter() - start) / n_run
            yield found
            done += n_run
            n_run = max(1, round(_RUN_SECONDS / max(seconds, 1e-6)))
            if self._pool is not None or (self._n_jobs > 1 and seconds * (len(blocks) - done) > _WORTH_SECONDS):
                yield from self._map_over_processes(work, blocks[done:], n_run, *args, **kwargs)
                return

    def _map_over_processes(
        self, work: Work[S, P, R], blocks: Run, n_run: int, *args: P.args, **kwargs: P.kwargs
    ) -> Iterator[R]:
        """Keep two runs a process under way, and no more, so that results do not pile up."""
        pool = self._pool = self._pool or start_processes(self._subject, self._n_jobs)
        runs = iter([blocks[start : start + n_run] for start in range(0, len(blocks), n_run)])
        pending: deque[Future[Any]] = deque()
        try:
            for run in runs:
                pending.append(pool.submit(_do, work, run, args, kwargs))
                if len(pending) >= 2 * self._n_jobs:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        except BrokenProcessPool as error:
            message = "a worker process was killed, perhaps for want of memory; fewer jobs need less: --jobs 1"
            raise NegsimError(message) from error


def get_ready(module: str, n_jobs: int) -> None:
    """Begin to load a module for worker processes that will be wanted, while this one does something else."""
    if n_jobs > 1 and "forkserver" in multiprocessing.get_all_start_methods():
        # Inverse distribution functions are loaded when first asked for; here every process will ask.
        multiprocessing.get_context("forkserver").set_forkserver_preload([module, "scipy.special"])
        _start_server()


def _start_server() -> None:
    """Start the process that worker processes are forked from, with Ctrl-C blocked in it and in all of them.

    They ignore it once they have begun; before that each would end with a traceback on the terminal.
    """
    # Starting the tracker unblocks Ctrl-C again, so it comes first.
    resource_tracker.ensure_running()
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


_subject: Any
"""In a worker process: what it works on, sent once at its start."""


def start_processes(subject: object, n_jobs: int) -> ProcessPoolExecutor:
    """Start processes that end when this one does, however it ends, and leave Ctrl-C to it."""
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        _start_server()
    return _Pool(n_jobs, mp_context=context, initializer=_begin, initargs=(subject,))


class _Pool(ProcessPoolExecutor):
    """Knows of every process that it started: what is handed over may start one, and Ctrl-C waits until it has."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        with _interrupted_after():
            return super().submit(fn, *args, **kwargs)


@contextmanager
def _interrupted_after() -> Iterator[None]:
    """Keep Ctrl-C until something is done; other threads than the first never hear of it."""
    handler = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(handler):
        yield
        return
    pressed: list[tuple[int, FrameType | None]] = []
    signal.signal(signal.SIGINT, lambda number, frame: pressed.append((number, frame)))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
        if pressed:
            handler(*pressed[0])


def _begin(subject: object) -> None:
    """Receive what to work on; leave Ctrl-C to the parent, and end when the parent does."""
    global _subject  # noqa: PLW0603  # a worker has no other place to keep it
    _subject = subject
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:  # pragma: no cover  # only ever runs in a worker, and ends it
        wait([parent.sentinel])
        os._exit(1)


def _do(work: Callable[..., Any], run: Run, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return work(_subject, run, *args, **kwargs)
