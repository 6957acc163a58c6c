"""Who writes a study: one process at a time. The lock goes with the process, however it ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from negsim.study.damage import StoreError, telling_what_is_wrong

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
            who = holder.read_text(encoding="utf-8") if holder.is_file() else "another process"
            message = f"{folder}: {who} is at work on this study; wait for it, or stop it and go on with --resume"
            raise StoreError(message) from None
    try:
        with telling_what_is_wrong(folder):
            holder.write_text(f"process {os.getpid()}", encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()
