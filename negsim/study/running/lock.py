"""Who writes a study: one process at a time. The lock goes with the process, however it ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from negsim.study.running.damage import StoreError, telling_what_is_wrong

__all__ = ["as_only_writer"]

_FILE = ".lock"
_HOLDER = ".lock-holder"


@contextmanager
def as_only_writer(folder: Path) -> Iterator[None]:
    """Hold a study for writing.

    Raises
    ------
    StoreError
        If another process does, or the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / _FILE)
    holder = folder / _HOLDER
    with telling_what_is_wrong(folder):
        try:
            lock.acquire(timeout=0)
        except Timeout:
            message = (
                f"{folder}: {_who(holder)} is at work on this study; wait for it, or stop it and go on with --resume"
            )
            raise StoreError(message) from None
        except NotImplementedError:
            raise StoreError(f"{folder}: files cannot be locked there; put the study on a local disk") from None
    try:
        with telling_what_is_wrong(folder):
            holder.write_text(f"process {os.getpid()}", encoding="utf-8")
        yield
    finally:
        # Whatever stops the work is what should be told of, and not what follows from it.
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def _who(holder: Path) -> str:
    """Name the process that holds the lock, which may just be about to say so, or to end."""
    try:
        return holder.read_text(encoding="utf-8") or "another process"
    except (OSError, UnicodeDecodeError):
        return "another process"
