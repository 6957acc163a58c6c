"""What can be wrong with a study on disk, in words: a full disk, a folder that cannot be written, a damaged file."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from negsim.errors import UsageError

__all__ = ["DAMAGED", "StoreError", "reading_what_was_written", "telling_what_is_wrong"]


class StoreError(UsageError):
    """A study cannot be read or written; whatever cells it holds as done stay as they are."""


DAMAGED = "it is damaged; `sqlite3 run.sqlite .recover` gets out what can be read"
_KEPT = "finished cells are kept"
_WORDS = {
    "SQLITE_FULL": f"there is no room left on the disk; {_KEPT}: make room and go on with --resume",
    "SQLITE_READONLY": f"it cannot be written; {_KEPT}: copy the study to where it can be, and go on there",
    "SQLITE_NOTADB": "it is no study, or damaged: its first bytes are not those of SQLite",
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_BUSY": "another program holds it locked; try again when that is done",
    "SQLITE_CANTOPEN": "it cannot be opened; while it is unfinished, its folder must be writable",
    "SQLITE_IOERR": f"the disk failed to read or write it; {_KEPT}",
    "SQLITE_ERROR": "it is not a study of this version: a table or a column is missing",
    "": "it is damaged: what it holds cannot be read",
}
_SYSTEM = {
    errno.ENOSPC: _WORDS["SQLITE_FULL"],
    errno.EDQUOT: _WORDS["SQLITE_FULL"],
    errno.EFBIG: _WORDS["SQLITE_FULL"],
    errno.EROFS: _WORDS["SQLITE_READONLY"],
    errno.EACCES: _WORDS["SQLITE_READONLY"],
    errno.EPERM: _WORDS["SQLITE_READONLY"],
}


@contextmanager
def telling_what_is_wrong(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system report about a file into a `StoreError` that names it."""
    try:
        yield
    except sqlite3.Error as error:
        # What the binding itself refuses, such as text that is none, has no name.
        name = getattr(error, "sqlite_errorname", "")
        words = next(said for start, said in _WORDS.items() if name.startswith(start))
        raise StoreError(f"{path}: {words} ({error})") from None
    except OSError as error:
        words = _SYSTEM.get(error.errno or 0, error.strerror or str(error))
        raise StoreError(f"{error.filename or path}: {words}") from None


@contextmanager
def reading_what_was_written(path: Path) -> Iterator[None]:
    """Turn what comes of content that a study does not have into a `StoreError`: a key, a kind of value, a name."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise StoreError(
            f"{path}: it is damaged, or no study of this version ({type(error).__name__}: {error})"
        ) from None
