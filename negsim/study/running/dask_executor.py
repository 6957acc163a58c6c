"""The workers of a Dask cluster as an `Executor`, with what a study needs of one that Dask does not give."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, ParamSpec, TypeVar, cast

from negsim.errors import UsageError

__all__ = ["DaskExecutor", "deaths_told"]

P = ParamSpec("P")
T = TypeVar("T")


class DaskExecutor(Executor):
    """Does tasks on a cluster that somebody else started, and knows how many it can do at a time.

    Raises
    ------
    UsageError
        If Dask is not installed, the scheduler cannot be reached, or has no workers.
    """

    def __init__(self, scheduler: str) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise UsageError("--executor dask needs the package distributed: pip install 'negsim[dask]'") from None
        # What Dask says of a lost scheduler is said here, in one line.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        try:
            self._client: Any = cast("Any", Client)(scheduler, timeout="10s", set_as_default=False)
        except Exception as error:
            said = str(error) or type(error).__name__
            raise UsageError(f"--scheduler {scheduler}: no scheduler answers there ({said})") from None
        # Two studies may do the same cells: every task is one of its own.
        self._tasks: Executor = self._client.get_executor(pure=False)
        self.n_threads = sum(self._client.nthreads().values())
        if not self.n_threads:
            self.shutdown()
            raise UsageError(f"--scheduler {scheduler}: it has no workers; start some: dask worker {scheduler}")

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Hand a task to the scheduler."""
        return self._tasks.submit(fn, *args, **kwargs)

    def has_workers(self) -> bool:
        """Ask the scheduler whether anybody is left to do anything."""
        try:
            return bool(self._client.nthreads())
        except (OSError, RuntimeError, AttributeError):
            # A client that has lost its scheduler has none to ask, and says so by an attribute that is missing.
            return False

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002  # as in `Executor`
        """Leave the cluster, which forgets what it has not done; it is not asked to wait."""
        del wait, cancel_futures
        self._tasks.shutdown(wait=False)
        self._client.close()


def deaths_told(error: BaseException) -> int:
    """Count the workers that died of a task by what Dask says of it; 0 if that is something else.

    >>> deaths_told(ValueError())
    0
    """
    if type(error).__name__ != "KilledWorker":
        return 0
    return 1 + int(getattr(error, "allowed_failures", 0))
