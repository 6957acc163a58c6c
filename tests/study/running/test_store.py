"""A study on disk appears whole, takes results whole, keeps what it has, and depends on its content alone when done."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest

from negsim.errors import UsageError
from negsim.study.running.damage import StoreError
from negsim.study.running.driver import drive
from negsim.study.running.executors import make_crew
from negsim.study.running.sealing import checksum, set_seal
from negsim.study.running.store import Columns, Finding, Store, create_store, is_study, quoted
from tests.study.running import models
from tests.study.running.cluster import ROOT
from tests.study.running.making import HEAD, cells_of, content_of, counts_of, drive_in, make_study


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# ------------------------------------------------------------------------------------------ beginning


def test_a_new_study_has_its_cells_planned_and_nothing_else_lies_beside_it(tmp_path: Path) -> None:
    make_study(tmp_path / "a" / "b", 3)
    assert names_in(tmp_path / "a" / "b") == ["run.sqlite"]
    assert cells_of(tmp_path / "a" / "b") == [("planned", 0, "", None, None)] * 3


@pytest.mark.parametrize("names", [["a", "A"], ["Strasse", "STRASSE"]])
def test_names_that_differ_in_capitals_are_refused(names: list[str], tmp_path: Path) -> None:
    with pytest.raises(
        UsageError, match=f"cannot hold both '{names[0]}' and '{names[1]}': columns do not tell capitals"
    ):
        create_store(tmp_path / "study", HEAD, Columns(tuple(names), ()), [])
    assert not (tmp_path / "study").exists()


@pytest.mark.parametrize(
    "columns",
    [
        Columns(("same",), ("".join(["sa", "me"]),)),
        Columns(("same",), ("same",)),
        Columns(("same",), ("b",), ("same",)),
    ],
)
def test_the_same_name_twice_is_refused(columns: Columns, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"a study cannot hold two columns 'same'$"):
        create_store(tmp_path, HEAD, columns, [])


@pytest.mark.parametrize("name", ["cell", "Status", "attempts", "error"])
def test_a_result_cannot_have_the_name_of_what_every_cell_has(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"(two columns|and) '{name}'"):
        create_store(tmp_path, HEAD, Columns(("x",), (name,)), [])


def test_a_study_has_1900_columns_at_most(tmp_path: Path) -> None:
    def columns(n: int) -> Columns:
        return Columns(("x",), tuple(f"r{k}" for k in range(n - 5)))

    with pytest.raises(UsageError, match=r"a study has 1,900 columns at most; this one would have 1,901"):
        create_store(tmp_path, HEAD, columns(1901), [])
    create_store(tmp_path, HEAD, columns(1900), [(1.0,)])
    with Store(tmp_path, writes=True) as store:
        store.save([Finding(0, 1, tuple(map(float, range(1895))))])
        (row,) = store.rows(store.columns.results)
    assert row == tuple(range(1895))


def test_names_may_hold_whatever_sql_has_signs_for(tmp_path: Path) -> None:
    names = ('a "b"', "x; DROP TABLE cells", "parties.a b", "ö", "select", "")
    create_store(tmp_path, HEAD, Columns(names, ("it's",)), [tuple("text" for _ in names)])
    with Store(tmp_path) as store:
        assert list(store.rows((*names, "it's"))) == [(*["text"] * 6, None)]
    assert quoted('a"b') == '"a""b"'


def test_what_fails_while_a_study_is_made_leaves_no_study(tmp_path: Path) -> None:
    def rows() -> Any:
        yield (1.0,)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        create_store(tmp_path, HEAD, Columns(("x",), ()), rows())
    assert names_in(tmp_path) == []


_CREATES = """
import os, signal, sys
from negsim.study.running.sealing import checksum, set_seal
from negsim.study.running.store import Columns, create_store
from tests.study.running.making import HEAD

def rows():
    for k in range(20_000):
        yield (float(k),)
    os.kill(os.getpid(), signal.SIGKILL)

create_store(sys.argv[1], HEAD, Columns(("x",), ("y",)), rows())
"""


def test_a_study_whose_making_is_killed_is_none_and_can_be_made_again(tmp_path: Path) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", _CREATES, str(tmp_path)], check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert killed.returncode == -9
    assert not is_study(tmp_path)
    assert names_in(tmp_path), "something was being written"
    make_study(tmp_path, 2)
    assert names_in(tmp_path) == ["run.sqlite"]
    assert counts_of(tmp_path)["planned"] == 2


# --------------------------------------------------------------------------------------------- saving


def test_all_findings_are_saved_or_none(tmp_path: Path) -> None:
    make_study(tmp_path, 3)
    with Store(tmp_path, writes=True) as store:
        store.begin()
        with pytest.raises(StoreError):
            store.save([Finding(0, 1, (1.0, 2.0)), Finding(1, 1, (object(), 2.0))])
        assert store.counts() == {"planned": 3, "done": 0, "failed": 0}
        store.save([Finding(0, 1, (1.0, 2.0)), Finding(1, 2, error="no")])
    assert cells_of(tmp_path) == [
        ("done", 1, "", 1, 2),
        ("failed", 2, "no", None, None),
        ("planned", 0, "", None, None),
    ]


def test_a_cell_that_has_a_result_keeps_it(tmp_path: Path) -> None:
    make_study(tmp_path, 2)
    with Store(tmp_path, writes=True) as store:
        store.save([Finding(0, 1, (1.0, 2.0)), Finding(1, 1, error="first")])
        store.save([Finding(0, 2, (3.0, 4.0)), Finding(1, 2, (5.0, 6.0))])
    assert cells_of(tmp_path) == [("done", 1, "", 1, 2), ("failed", 1, "first", None, None)]


def test_an_interruption_within_a_transaction_takes_it_back(tmp_path: Path) -> None:
    class Stops(list[Finding]):
        def __iter__(self) -> Any:
            yield Finding(0, 1, (1.0, 2.0))
            raise KeyboardInterrupt

    make_study(tmp_path, 2)
    with Store(tmp_path, writes=True) as store:
        with pytest.raises(KeyboardInterrupt):
            store.save(Stops())
        store.save([Finding(1, 1, (1.0, 2.0))])
    assert [status for status, *_ in cells_of(tmp_path)] == ["planned", "done"]


def test_a_store_opened_for_reading_is_not_written(tmp_path: Path) -> None:
    make_study(tmp_path, 1)
    with Store(tmp_path) as store, pytest.raises(StoreError, match="it cannot be written; finished cells are kept"):
        store.save([Finding(0, 1, (1.0, 2.0))])


def test_planned_cells_come_in_order_and_in_portions(tmp_path: Path) -> None:
    make_study(tmp_path, 6)
    with Store(tmp_path, writes=True) as store:
        store.save([Finding(2, 1, (0.0, 0.0))])
        assert store.planned(-1, 3) == [(0, 0, 0.5), (1, 1, 0.5), (3, 3, 0.5)]
        assert [cell for cell, *_ in store.planned(3, 10)] == [4, 5]


# -------------------------------------------------------------------------------------------- sealing


def filled(folder: Path, order: list[int], *, log: bool) -> Path:
    """A study of four cells, done in some order, each in a transaction of its own, and sealed."""
    make_study(folder, 4)
    with Store(folder, writes=True) as store:
        if log:
            store.begin()
        for cell in order:
            store.save([Finding(cell, 1, (cell * 1.5, 2.0))])
        assert not store.is_sealed
        store.seal()
        assert store.is_sealed
        store.check()
        assert store.counts()["done"] == 4, "it can still be read"
    return folder


def test_a_finished_study_has_the_same_bytes_whatever_was_done_first(tmp_path: Path) -> None:
    whole = filled(tmp_path / "a", [0, 1, 2, 3], log=True)
    assert content_of(filled(tmp_path / "b", [3, 1, 0, 2], log=True)) == content_of(whole)
    assert content_of(filled(tmp_path / "c", [2, 3, 0, 1], log=False)) == content_of(whole)
    assert names_in(whole) == ["run.sqlite"], "and no log lies beside it"


def test_a_finished_study_is_not_changed_by_being_read(tmp_path: Path) -> None:
    folder = filled(tmp_path, [0, 1, 2, 3], log=True)
    before, times = content_of(folder), (folder / "run.sqlite").stat().st_mtime_ns
    with Store(folder) as store:
        store.check()
        list(store.rows(("cell",)))
    assert (content_of(folder), (folder / "run.sqlite").stat().st_mtime_ns, names_in(folder)) == (
        before,
        times,
        ["run.sqlite"],
    )


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE cells SET product = 1.25 WHERE cell = 2",
        "UPDATE cells SET attempts = 2 WHERE cell = 2",
        "UPDATE cells SET y = 0.25 WHERE cell = 2",
        "UPDATE cells SET error = 'none' WHERE cell = 2",
        "DELETE FROM cells WHERE cell = 3",
        "UPDATE manifest SET value = '\"other\"' WHERE key = 'processor'",
        "INSERT INTO manifest VALUES ('more', '1')",
        "PRAGMA user_version = 1",
    ],
)
def test_any_change_of_a_finished_study_is_noticed(change: str, tmp_path: Path) -> None:
    folder = filled(tmp_path, [0, 1, 2, 3], log=True)
    with sqlite3.connect(folder / "run.sqlite") as database:
        database.execute(change)
    database.close()
    with (
        Store(folder) as store,
        pytest.raises(StoreError, match="what it holds is not what it held when it was finished"),
    ):
        store.check()


@pytest.mark.parametrize("size", [100, 2**20, 2**21 + 7])
def test_a_seal_is_the_checksum_of_all_bytes_of_a_file_but_its_own(size: int, tmp_path: Path) -> None:
    held = bytes(k * k % 251 for k in range(size))
    path = tmp_path / "file"
    path.write_bytes(held)
    set_seal(path)
    bare = held[:60] + bytes(4) + held[64:]
    assert checksum(path) % 2**32 == zlib.crc32(bare)
    assert path.read_bytes() == held[:60] + zlib.crc32(bare).to_bytes(4, "big") + held[64:]
    last = bytearray(path.read_bytes())
    last[-1] ^= 1
    path.write_bytes(last)
    assert checksum(path) % 2**32 != zlib.crc32(bare), "the control: its last byte counts"


def test_an_unfinished_study_has_no_seal_to_be_checked(tmp_path: Path) -> None:
    with Store(make_study(tmp_path, 1)) as store:
        store.check()


def test_sealing_that_finds_no_room_leaves_the_study_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_study(tmp_path, 1)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", str(tmp_path))

    with Store(tmp_path, writes=True) as store:
        store.save([Finding(0, 1, (1.0, 2.0))])
        monkeypatch.setattr("negsim.study.running.store.put_in_place", full)
        with pytest.raises(StoreError, match="there is no room left on the disk; finished cells are kept"):
            store.seal()
    assert names_in(tmp_path) == ["run.sqlite"]
    assert counts_of(tmp_path)["done"] == 1


# ------------------------------------------------------------------------------------------- readers


def test_a_reader_does_not_stop_the_writer_and_the_study_is_sealed_afterwards(tmp_path: Path) -> None:
    make_study(tmp_path, 6)
    drive_in(make_study(tmp_path / "alone", 6), models.product, make_crew("serial", 1))
    with Store(tmp_path, writes=True) as writing:
        writing.begin()
        with Store(tmp_path) as reading, reading.at_one_moment():
            assert reading.counts()["planned"] == 6
            drive(writing, models.product, make_crew("serial", 1))
            assert reading.counts()["planned"] == 6
            assert not writing.is_sealed
        assert counts_of(tmp_path) == {"planned": 0, "done": 6, "failed": 0}
    drive_in(tmp_path, models.product, make_crew("serial", 1))
    assert content_of(tmp_path) == content_of(tmp_path / "alone")
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["run.sqlite"]


def test_a_seal_that_fails_for_another_reason_is_said_so(tmp_path: Path) -> None:
    make_study(tmp_path, 1)
    with Store(tmp_path, writes=True) as store:
        store.begin()
        store.save([Finding(0, 1, (1.0, 2.0))])
        real = store._database
        store._database = FailsAt(real, "PRAGMA journal_mode = DELETE")  # type: ignore[assignment]
        with pytest.raises(StoreError, match="disk"):
            store.seal()
        store._database = real
        assert not store.is_sealed


class FailsAt:
    """A connection whose disk fails at one statement."""

    def __init__(self, real: sqlite3.Connection, statement: str) -> None:
        self.real, self.statement = real, statement

    def execute(self, query: str, *values: Any) -> sqlite3.Cursor:
        if query == self.statement:
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorname = "SQLITE_IOERR"
            raise error
        return self.real.execute(query, *values)
