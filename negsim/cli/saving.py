"""Saving a run: a folder appears whole or not at all, and nothing that is not ours is ever replaced."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from negsim.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ASKED_FOR", "FILES", "refuse_what_is_not_ours", "save"]

_OURS = "run.json"

FILES = frozenset({_OURS, "report.txt", "result.json", "scenario.yaml"})
"""What a saved run consists of."""

ASKED_FOR = frozenset({"report.html"})
"""What stands beside these where it was asked for."""


def save(folder: str, files: Mapping[str, bytes], *, refuse: Callable[[str], None] | None = None) -> bool:
    """Write files into a folder, all or none; tell whether that was needed. A name may have slashes.

    The folder is made beside its place and moved there; what is ours there is moved away first and only then removed.
    Where the same run stands without what was asked for besides, that is put there, and all else is left alone.
    ``refuse`` raises a UsageError for a folder in which something is not ours: `refuse_what_is_not_ours` if left out.
    """
    from pathlib import Path

    target = Path(folder)
    if _holds(target, {name: content for name, content in files.items() if name not in ASKED_FOR}):
        return _add(target, {name: content for name, content in files.items() if name in ASKED_FOR})
    (refuse or refuse_what_is_not_ours)(folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    with _scratch(target, "new") as fresh, _scratch(target, "old") as old:
        fresh.mkdir()
        for name, content in files.items():
            (fresh / name).parent.mkdir(exist_ok=True)
            (fresh / name).write_bytes(content)
        if target.exists():
            target.rename(old)
        try:
            fresh.rename(target)
        except BaseException:
            if old.exists():
                old.rename(target)
            raise
    return True


def _add(target: Path, files: Mapping[str, bytes]) -> bool:
    """Put what was asked for beside a run, each file whole or not at all; tell whether that was needed."""
    fresh = {name: content for name, content in files.items() if not _holds(target, {name: content})}
    for name, content in fresh.items():
        part = target / f".{name}.new-{os.getpid()}"
        try:
            part.write_bytes(content)
            part.replace(target / name)
        finally:
            part.unlink(missing_ok=True)
    return bool(fresh)


def _holds(target: Path, files: Mapping[str, bytes]) -> bool:
    return all((target / name).is_file() and (target / name).read_bytes() == files[name] for name in files)


def refuse_what_is_not_ours(folder: str) -> None:
    """Refuse a folder in which a run would replace anything but a run.

    Raises
    ------
    UsageError
        If something stands there that is not a run, or a run with files of someone else's beside it.
    """
    from pathlib import Path

    target = Path(folder)
    if not target.exists():
        return
    if not target.is_dir():
        raise UsageError(f"{target} is a file; --out names a folder")
    there = {path.name for path in target.iterdir()}
    if there and _OURS not in there:
        raise UsageError(f"{target} holds something that is not a run ({min(there)}); name another folder with --out")
    if there - FILES - ASKED_FOR:
        other = min(there - FILES - ASKED_FOR)
        raise UsageError(f"{target} holds {other} beside an older run; move it or name another folder with --out")


@contextmanager
def _scratch(target: Path, kind: str) -> Iterator[Path]:
    """Name a folder beside the target that is gone afterwards."""
    import shutil

    path = target.parent / f".{target.name}.{kind}-{os.getpid()}"
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
