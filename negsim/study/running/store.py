"""A study on disk: one SQLite file with a row a cell, and a manifest of all that its results depend on.

While cells are being done it is written with a write-ahead log, one transaction a task, so that a process killed at any
moment loses nothing that was acknowledged. A finished study is rewritten once, so that the file depends on its content
alone, and sealed with a hash of that, by which damage is noticed. Only one process writes, and holds a lock meanwhile.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from negsim.errors import UsageError
from negsim.records import dataclass
from negsim.study.axes import Value
from negsim.study.parts import put_in_place
from negsim.study.running.damage import DAMAGED, StoreError, reading_what_was_written, telling_what_is_wrong
from negsim.study.running.sealing import checksum, set_seal

__all__ = ["FILE", "OWN_COLUMNS", "Columns", "Finding", "Store", "create_store", "is_study", "quoted"]

FILE = "run.sqlite"
OWN_COLUMNS = ("cell", "status", "attempts", "error")
_STATUSES = ("planned", "done", "failed")

_NEEDED = ("format", "versions", "processor", "columns")
"""What every manifest says."""

_HASHED = 1_000
"""Rows hashed in one go. Part of what a hash means."""

_MOST_COLUMNS = 1_900
"""SQLite takes 2,000 columns a table unless it is built for more."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What a row holds: its inputs, its figures (numbers), and what it packs (bytes)."""

    inputs: tuple[str, ...]
    figures: tuple[str, ...]
    packed: tuple[str, ...] = ()

    @property
    def results(self) -> tuple[str, ...]:
        """All that a cell yields."""
        return self.figures + self.packed


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one cell: the values of its results, or, where it failed, the reason."""

    cell: int
    attempts: int
    results: tuple[Any, ...] = ()
    error: str = ""


def is_study(folder: str | os.PathLike[str]) -> bool:
    """Tell whether a folder holds a study."""
    return (Path(folder) / FILE).is_file()


def quoted(name: str) -> str:
    """Write a name as SQL takes it, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def create_store(
    folder: str | os.PathLike[str],
    manifest: Mapping[str, Any],
    columns: Columns,
    rows: Iterable[Sequence[Value]],
) -> None:
    """Make a study of which no cell is done yet; it appears whole or not at all.

    Raises
    ------
    UsageError
        If there are too many columns, or two names differ in capitals alone.
    StoreError
        If the folder cannot be written.
    """
    _check_columns(columns)
    target = Path(folder) / FILE
    fresh = target.with_name(f".{FILE}.new")
    with telling_what_is_wrong(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with _fresh(fresh) as database:
            _fill(database, manifest, columns, rows)
        put_in_place(fresh, target)


@contextmanager
def _fresh(path: Path) -> Iterator[sqlite3.Connection]:
    """Write a database that becomes a study when it is whole; until then nothing of it has to be safe."""
    path.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            yield database
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _fill(
    database: sqlite3.Connection, manifest: Mapping[str, Any], columns: Columns, rows: Iterable[Sequence[Value]]
) -> None:
    declared = ["cell INTEGER PRIMARY KEY"]
    declared += [quoted(name) for name in columns.inputs]
    declared += ["status TEXT NOT NULL", "attempts INTEGER NOT NULL", "error TEXT NOT NULL"]
    declared += [f"{quoted(name)} REAL" for name in columns.figures]
    declared += [f"{quoted(name)} BLOB" for name in columns.packed]
    names = ", ".join(["cell", *map(quoted, columns.inputs), "status", "attempts", "error"])
    marks = ", ".join("?" * (len(columns.inputs) + 1))
    held = {"inputs": columns.inputs, "figures": columns.figures, "packed": columns.packed}
    entries = [(key, json.dumps(value, ensure_ascii=False)) for key, value in {**manifest, "columns": held}.items()]
    database.execute("BEGIN")
    database.execute("CREATE TABLE manifest (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
    database.executemany("INSERT INTO manifest VALUES (?, ?)", entries)
    database.execute(f"CREATE TABLE cells ({', '.join(declared)})")
    database.executemany(
        f"INSERT INTO cells ({names}) VALUES ({marks}, 'planned', 0, '')",
        ((cell, *row) for cell, row in enumerate(rows)),
    )
    database.execute("COMMIT")


def _check_columns(columns: Columns) -> None:
    names = [*OWN_COLUMNS, *columns.inputs, *columns.results]
    if len(names) > _MOST_COLUMNS:
        raise UsageError(f"a study has {_MOST_COLUMNS:,} columns at most; this one would have {len(names):,}")
    known: dict[str, str] = {}
    for name in names:
        other = known.get(name.lower())
        if other is not None:
            capitals = "" if name == other else ": columns do not tell capitals apart"
            both = f"two columns {name!r}" if name == other else f"both {other!r} and {name!r}"
            raise UsageError(f"a study cannot hold {both}{capitals}")
        known[name.lower()] = name


class Store:
    """An open study. ``writes`` tells whether it may be changed, which one process at a time may.

    Raises
    ------
    StoreError
        If it is none, is damaged, cannot be written, or is being written by another process.
    """

    def __init__(self, folder: str | os.PathLike[str], *, writes: bool = False) -> None:
        self.folder = Path(folder)
        self.path = self.folder / FILE
        if not self.path.is_file():
            raise StoreError(f"{self.folder} holds no study ({FILE})")
        with telling_what_is_wrong(self.path):
            self._database = _connect(self.path, writes=writes)
        try:
            self._read_manifest()
        except BaseException:
            self.close()
            raise

    def _read_manifest(self) -> None:
        entries = list(self._ask("SELECT key, value FROM manifest"))
        with reading_what_was_written(self.path):
            self.manifest: dict[str, Any] = {key: json.loads(value) for key, value in entries}
            missing = [key for key in _NEEDED if key not in self.manifest]
            if missing:
                raise StoreError(f"{self.path}: it is no study of this version: its manifest has no {missing[0]!r}")
            held = self.manifest["columns"]
            self.columns = Columns(*(tuple(held[kind]) for kind in ("inputs", "figures", "packed")))

    def begin(self) -> None:
        """Write with a log ahead of the file from here on, until it is sealed.

        Raises
        ------
        StoreError
            If the file is damaged: nothing is added to one that is.
        """
        found = [said for (said,) in self._ask("PRAGMA quick_check(1)")]
        if found != ["ok"]:
            raise StoreError(f"{self.path}: {DAMAGED} ({found[0].splitlines()[-1]})")
        with telling_what_is_wrong(self.path):
            self._database.execute("PRAGMA journal_mode = WAL")

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Store:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """Read everything as it stands now, whatever is written meanwhile; closing ends it, too."""
        with telling_what_is_wrong(self.path):
            self._database.execute("BEGIN")
            yield
            self._database.execute("COMMIT")

    def counts(self) -> dict[str, int]:
        """Count cells by status: ``planned``, ``done``, ``failed``."""
        found = dict(self._ask("SELECT status, count(*) FROM cells GROUP BY status"))
        strange = [status for status in found if status not in _STATUSES]
        if strange:
            raise StoreError(f"{self.path}: it is damaged: a cell is {strange[0]!r}, which is no status")
        return {status: found.get(status, 0) for status in _STATUSES}

    def planned(self, after: int, limit: int) -> list[tuple[Any, ...]]:
        """List the next cells that have no result yet, in order: the number of each, then its inputs."""
        sought = f"SELECT {', '.join(map(quoted, ['cell', *self.columns.inputs]))} FROM cells"
        with telling_what_is_wrong(self.path):
            found = self._database.execute(
                f"{sought} WHERE cell > ? AND status = 'planned' ORDER BY cell LIMIT ?", (after, limit)
            )
            return found.fetchall()

    def rows(self, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """Go through some columns of all cells in order."""
        yield from self._ask(f"SELECT {', '.join(map(quoted, names))} FROM cells ORDER BY cell")

    def save(self, findings: Sequence[Finding]) -> None:
        """Acknowledge what came of some cells, all in one transaction; a cell that has a result keeps it."""
        results = self.columns.results
        sets = ", ".join(["status = ?", "attempts = ?", "error = ?", *(f"{quoted(name)} = ?" for name in results)])
        none = (None,) * len(results)
        with self._transaction():
            self._database.executemany(
                f"UPDATE cells SET {sets} WHERE cell = ? AND status = 'planned'",
                [
                    ("failed" if one.error else "done", one.attempts, one.error, *(one.results or none), one.cell)
                    for one in findings
                ],
            )

    def plan_failed_again(self) -> None:
        """Let cells that failed be done once more, as if they never had been; what was finished is not any more."""
        self.begin()
        again = "UPDATE cells SET status = 'planned', attempts = 0, error = '' WHERE status = 'failed'"
        with self._transaction():
            self._database.execute(again)
            self._database.execute("PRAGMA user_version = 0")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Write all of something or nothing."""
        with telling_what_is_wrong(self.path):
            try:
                self._database.execute("BEGIN IMMEDIATE")
                yield
                self._database.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise

    def seal(self) -> None:
        """Rewrite a finished study, so that its bytes depend on nothing but its content, and seal it.

        While another program reads it, it cannot be replaced and stays as it is, to be sealed another time.
        """
        fresh = self.path.with_name(f".{FILE}.new")
        with telling_what_is_wrong(self.path):
            fresh.unlink(missing_ok=True)
            try:
                self._database.execute("VACUUM INTO ?", (str(fresh),))
                with closing(sqlite3.connect(fresh, isolation_level=None)) as database:
                    database.execute("PRAGMA journal_mode = OFF")
                    # SQLite counts how often a file was rewritten, which is no content.
                    database.execute("PRAGMA schema_version = 1")
                set_seal(fresh)
                # No log may be left beside a file that it is not of. A study stays unsealed until it is replaced.
                if not self._ends_log():
                    fresh.unlink()
                    return
                self.close()
                put_in_place(fresh, self.path)
            except BaseException:
                fresh.unlink(missing_ok=True)
                raise
            self._database = _connect(self.path, writes=False)

    def _ends_log(self) -> bool:
        """Take the log into the file and remove it; tell whether that could be done, which a reader prevents."""
        try:
            self._database.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorname", "") != "SQLITE_BUSY":
                raise
            return False
        return True

    @property
    def is_sealed(self) -> bool:
        """Whether nothing is left to do, and the file rewritten."""
        return self._seal() != 0

    def _seal(self) -> int:
        ((found,),) = self._ask("PRAGMA user_version")
        return int(found)

    def check(self) -> None:
        """Look whether a finished study still is what it was sealed as.

        Raises
        ------
        StoreError
            If it is not.
        """
        seal = self._seal()
        with telling_what_is_wrong(self.path):
            is_as_it_was = not seal or seal == checksum(self.path)
        if not is_as_it_was:
            raise StoreError(f"{self.path}: it is damaged: what it holds is not what it held when it was finished")

    def digest(self) -> str:
        """Hash the cells with their results, apart from how often they were tried."""
        columns = self.columns
        digest = hashlib.sha256()
        names = (*OWN_COLUMNS[:2], "error", *columns.inputs, *columns.results)
        with telling_what_is_wrong(self.path):
            found = self._database.execute(f"SELECT {', '.join(map(quoted, names))} FROM cells ORDER BY cell")
            while rows := found.fetchmany(_HASHED):
                digest.update(repr(rows).encode("utf-8"))
        return digest.hexdigest()

    def _ask(self, query: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        with telling_what_is_wrong(self.path):
            yield from self._database.execute(query, values)


def _connect(path: Path, *, writes: bool) -> sqlite3.Connection:
    """Open a database as it stands; one that is finished is not changed by being opened."""
    database = sqlite3.connect(path, isolation_level=None, timeout=10)
    database.execute("PRAGMA query_only = ON" if not writes else "PRAGMA synchronous = FULL")
    return database
