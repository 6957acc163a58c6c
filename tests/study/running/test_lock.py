"""One process writes a study at a time, and says who it is."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from negsim.study.running.damage import StoreError
from negsim.study.running.lock import as_only_writer


def test_one_process_writes_at_a_time_and_the_next_after_it(tmp_path: Path) -> None:
    with as_only_writer(tmp_path):
        with (
            pytest.raises(StoreError, match=f"process {os.getpid()} is at work on this study"),
            as_only_writer(tmp_path),
        ):
            pass
        assert (tmp_path / ".lock-holder").exists(), "and the first still says who it is"
    with as_only_writer(tmp_path):
        pass
    assert not (tmp_path / ".lock-holder").exists()


@pytest.mark.parametrize("said", [None, "", b"\xff"])
def test_a_holder_that_says_nothing_is_another_process(said: str | bytes | None, tmp_path: Path) -> None:
    with as_only_writer(tmp_path):
        holder = tmp_path / ".lock-holder"
        if said is None:
            holder.unlink()
        else:
            holder.write_bytes(said if isinstance(said, bytes) else said.encode())
        with pytest.raises(StoreError, match="another process is at work on this study"), as_only_writer(tmp_path):
            pass


def test_a_disk_on_which_files_cannot_be_locked_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_there(*_: object, **__: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr("filelock.FileLock.acquire", not_there)
    with (
        pytest.raises(StoreError, match="files cannot be locked there; put the study on a local disk"),
        as_only_writer(tmp_path),
    ):
        pass


def test_what_stops_the_work_is_told_of_though_the_lock_cannot_be_cleared(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()

    def work() -> None:
        with as_only_writer(folder):
            shutil.rmtree(folder)
            folder.write_text("no folder any more", encoding="utf-8")
            raise ValueError("the cause")

    with pytest.raises(ValueError, match="the cause"):
        work()
