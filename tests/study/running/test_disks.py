"""Full disks, and folders that cannot be written: clear errors, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from negsim.errors import UsageError
from negsim.study import go_on, make_crew
from negsim.study.running.damage import StoreError, reading_what_was_written, telling_what_is_wrong
from negsim.study.running.store import Finding, Store
from tests.study.running.cluster import ROOT
from tests.study.running.making import content_of, counts_of, make_study
from tests.study.running.sales import SALE, negsim, negsim_here

KEPT = "finished cells are kept"


_LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
sys.argv[:2] = ["negsim"]
from negsim.cli import main
main(prog_name="negsim")
"""


def negsim_limited(limit: int, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line where no file may become larger than that."""
    return subprocess.run(
        [sys.executable, "-c", _LIMITED, str(limit), *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


@pytest.mark.parametrize(("executor", "more"), [("serial", ()), ("processes", ("--keep-worlds",))])
def test_a_full_disk_is_said_so_and_costs_no_finished_cell(
    executor: str, more: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "sale.scenario.yaml").write_text(SALE, encoding="utf-8")
    sweep: tuple[str | Path, ...] = (
        "sweep",
        tmp_path / "sale.scenario.yaml",
        "--vary=parties.seller.no_deal=20..60/250",
        "--worlds=64",
        "--jobs=2",
        *more,
    )
    whole, folder = tmp_path / "whole", tmp_path / "study"
    assert negsim_here(*sweep, "--study", whole, "--executor=serial").exit_code == 0
    limited = negsim_limited(90_000, *sweep, "--study", folder, f"--executor={executor}")
    assert limited.returncode == 2, limited.stderr
    assert "Traceback" not in limited.stderr
    assert limited.stderr.startswith(f"Error: {folder}/")
    assert KEPT in limited.stderr
    done = counts_of(folder)["done"]
    assert 0 < done < 250
    assert negsim_here("sweep", "--resume", folder, "--executor=serial").exit_code == 0
    assert content_of(folder) == content_of(whole)


def test_a_disk_too_full_to_begin_a_study_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "sale.scenario.yaml").write_text(SALE, encoding="utf-8")
    sweep: tuple[str | Path, ...] = (
        "sweep",
        tmp_path / "sale.scenario.yaml",
        "--vary=parties.seller.no_deal=20..60/250",
    )
    limited = negsim_limited(8192, *sweep, "--study", tmp_path / "study", "--executor=serial")
    assert limited.returncode == 2, limited.stderr
    assert limited.stderr.startswith(f"Error: {tmp_path / 'study'}/run.sqlite: ")
    assert sorted(path.name for path in (tmp_path / "study").iterdir()) == [".lock"]


def test_a_database_that_may_not_grow_says_there_is_no_room(tmp_path: Path) -> None:
    make_study(tmp_path, 3, results=["product"], text=["x" * 3000] * 3)
    with Store(tmp_path, writes=True) as store:
        store._database.execute("PRAGMA max_page_count = 1")
        store.save([Finding(0, 1, (1.0,))])
        with pytest.raises(StoreError, match=r"there is no room left on the disk; finished cells are kept: make room"):
            store.save([Finding(1, 1, error="x" * 100_000)])
        assert store.counts() == {"planned": 2, "done": 1, "failed": 0}


# ------------------------------------------------------------------------------- what cannot be written

_TRIED = (
    subprocess.run(["unshare", "-m", "true"], check=False, capture_output=True).returncode
    if shutil.which("unshare")
    else 1
)

mounts = pytest.mark.skipif(_TRIED != 0, reason="this needs leave to mount")


def on_a_mount(*arguments: str | Path, before: str) -> tuple[int, str, str]:
    """Run the command line where something was mounted first, which nobody else sees."""
    script = f'{before} && exec "$@"'
    process = negsim(*arguments, prefix=("unshare", "-m", "sh", "-c", script, "sh"))
    said, wrong = process.communicate()
    return process.returncode, said, wrong


@mounts
def test_a_finished_study_in_a_folder_that_cannot_be_written_can_be_read(whole: Path) -> None:
    read_only = f"mount --bind -o ro '{whole}' '{whole}'"
    code, said, wrong = on_a_mount("results", whole, before=read_only)
    assert (code, wrong) == (0, "")
    assert said == negsim_here("results", whole).stdout
    code, said, wrong = on_a_mount("sweep", "--resume", whole, before=read_only)
    assert (code, wrong) == (0, "")
    assert said.startswith("Nothing was left to do: 25 cells")


@mounts
def test_an_unfinished_study_in_a_folder_that_cannot_be_written_is_refused(half: Path) -> None:
    before = content_of(half)
    code, said, wrong = on_a_mount("sweep", "--resume", half, before=f"mount --bind -o ro '{half}' '{half}'")
    assert (code, said) == (2, "")
    assert wrong.startswith(f"Error: {half}")
    assert f"it cannot be written; {KEPT}: copy the study to where it can be, and go on there" in wrong
    assert content_of(half) == before


@mounts
def test_a_study_cannot_be_begun_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "sale.scenario.yaml").write_text(SALE, encoding="utf-8")
    sweep: tuple[str | Path, ...] = ("sweep", tmp_path / "sale.scenario.yaml", "--vary=parties.seller.no_deal=20..60/4")
    code, said, wrong = on_a_mount(
        *sweep, "--study", tmp_path / "study", before=f"mount --bind -o ro '{tmp_path}' '{tmp_path}'"
    )
    assert (code, said) == (2, "")
    assert wrong.startswith(f"Error: {tmp_path / 'study'}: it cannot be written")


@mounts
def test_a_full_file_system_is_said_so(half: Path, tmp_path: Path) -> None:
    """The study lies on a disk of its own, with room for what it is, and little more."""
    disk = tmp_path / "disk"
    disk.mkdir()
    room = f"mount -t tmpfs -o size=120k tmpfs '{disk}' && cp '{half}/run.sqlite' '{disk}' && head -c 60000 /dev/zero > '{disk}/rest' ; true"
    code, said, wrong = on_a_mount("sweep", "--resume", disk, "--executor=serial", before=room)
    assert (code, said) == (2, "")
    assert "there is no room left on the disk" in wrong
    assert KEPT in wrong


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (13, "it cannot be written; finished cells are kept"),
        (30, "it cannot be written; finished cells are kept"),
        (28, "there is no room left on the disk; finished cells are kept"),
        (122, "there is no room left on the disk; finished cells are kept"),
        (5, "Input/output error"),
        (None, "no number"),
    ],
)
def test_what_the_system_says_is_told_with_the_file(number: int | None, said: str) -> None:
    error = OSError(number, os.strerror(number), "some/file") if number else OSError("no number")
    with pytest.raises(StoreError) as caught, telling_what_is_wrong(Path("the/study")):
        raise error
    assert str(caught.value).startswith(f"{'some/file' if number else 'the/study'}: {said}")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("SQLITE_FULL", "there is no room left on the disk"),
        ("SQLITE_READONLY_DBMOVED", "it cannot be written"),
        ("SQLITE_IOERR_WRITE", "the disk failed to read or write it; finished cells are kept"),
        ("SQLITE_CANTOPEN", "it cannot be opened; while it is unfinished, its folder must be writable"),
        ("SQLITE_BUSY", "another program holds it locked"),
        ("", "it is damaged: what it holds cannot be read"),
        ("SQLITE_MISMATCH", "it is damaged: what it holds cannot be read"),
    ],
)
def test_what_sqlite_says_is_told_in_words(name: str, said: str) -> None:
    error = sqlite3.OperationalError("in its words")
    error.sqlite_errorname = name
    with pytest.raises(StoreError) as caught, telling_what_is_wrong(Path("the/study")):
        raise error
    assert str(caught.value).startswith(f"the/study: {said}")
    assert str(caught.value).endswith("(in its words)")


def test_another_program_that_holds_a_study_is_told_of(
    half: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(half, tmp_path / "study"))
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, **options: connect(path, **{**options, "timeout": 0.0}))
    other = connect(folder / "run.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="another program holds it locked; try again when that is done"):
        go_on(folder, make_crew("serial", 1))
    other.close()
    go_on(folder, make_crew("serial", 1))
    assert counts_of(folder)["planned"] == 0


def test_what_is_right_passes_unchanged() -> None:
    with reading_what_was_written(Path("x")), telling_what_is_wrong(Path("x")):
        pass
    with pytest.raises(UsageError, match=r"^as it is$"), reading_what_was_written(Path("x")):
        raise UsageError("as it is")


def test_a_study_cannot_be_made_where_the_database_cannot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no(*_: object, **__: object) -> None:
        error = sqlite3.OperationalError("unable to open database file")
        error.sqlite_errorname = "SQLITE_CANTOPEN"
        raise error

    monkeypatch.setattr("negsim.study.running.store.sqlite3.connect", no)
    with pytest.raises(StoreError, match="it cannot be opened"):
        make_study(tmp_path, 1)
