"""Tables as Parquet: the worlds of one cell, written, synced and renamed before the cell counts as done."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from negsim.errors import UsageError

__all__ = ["FOLDER", "RAW", "part_bytes", "part_path", "put_in_place", "write_durably"]

_SYNCS_FOLDERS = os.name == "posix"

RAW = "worlds"
"""The name of what a cell yields that holds its worlds as a Parquet file."""

FOLDER = "worlds"
"""Where the parts of a study lie, within its folder."""


def part_bytes(columns: Mapping[str, Any]) -> bytes:
    """Write a table as a Parquet file: the same table, the same bytes.

    Parameters
    ----------
    columns : mapping of str to sequence or array (row,)

    Raises
    ------
    UsageError
        If the library that writes Parquet is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise UsageError("Parquet needs the package pyarrow: pip install 'negsim[parquet]'") from None
    target = io.BytesIO()
    parquet.write_table(pyarrow.table(dict(columns)), target, compression="zstd")
    return target.getvalue()


def part_path(folder: Path, cell: int) -> Path:
    """Name the file that holds the worlds of a cell."""
    return folder / FOLDER / f"cell-{cell:08d}.parquet"


def write_durably(target: Path, content: bytes) -> None:
    """Let a file appear whole or not at all, and be on the disk afterwards."""
    fresh = target.with_name(f".{target.name}.new")
    try:
        fresh.write_bytes(content)
        put_in_place(fresh, target)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def put_in_place(fresh: Path, target: Path) -> None:
    """Rename a file that is whole, once it is on the disk, and see to it that its new name is there too."""
    _sync(fresh)
    fresh.replace(target)
    if _SYNCS_FOLDERS:
        _sync(target.parent)


def _sync(path: Path) -> None:
    held = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(held)
    finally:
        os.close(held)
