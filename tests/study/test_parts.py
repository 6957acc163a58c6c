"""Files appear whole or not at all, and tables of worlds have the same bytes for the same content."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from negsim.errors import UsageError
from negsim.study.parts import part_bytes, put_in_place, write_durably


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "file"
    write_durably(target, b"first")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("negsim.study.parts.os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            write_durably(target, b"second")
    assert target.read_bytes() == b"first"
    assert names_in(tmp_path) == ["file"]
    write_durably(target, b"third")
    assert target.read_bytes() == b"third"


def test_a_file_and_its_name_are_on_the_disk_before_it_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The content first, then, once it has its name, the folder; where folders cannot be synced, the content."""
    synced: list[tuple[str, list[str]]] = []
    sync = os.fsync

    def noted(held: int) -> None:
        synced.append((Path(os.readlink(f"/proc/self/fd/{held}")).name, names_in(tmp_path)))
        sync(held)

    monkeypatch.setattr("negsim.study.parts.os.fsync", noted)
    write_durably(tmp_path / "part", b"content")
    assert synced == [(".part.new", [".part.new"]), (tmp_path.name, ["part"])]
    synced.clear()
    (tmp_path / "fresh").touch()
    with monkeypatch.context() as patched:
        patched.setattr("negsim.study.parts._SYNCS_FOLDERS", False)
        put_in_place(tmp_path / "fresh", tmp_path / "other")
    assert synced == [("fresh", ["fresh", "part"])]


def test_the_same_table_has_the_same_bytes_and_another_has_others() -> None:
    table = {"world": [0, 1, 2], "zone": [True, False, True]}
    assert part_bytes(table) == part_bytes(dict(table))
    assert part_bytes(table) != part_bytes({**table, "zone": [True, True, True]})


def test_parquet_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"pip install 'negsim\[parquet\]'"):
        part_bytes({"world": [0]})
