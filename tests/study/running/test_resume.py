"""Whatever stops a study, and whenever: no finished cell is lost, and going on ends with the bytes of one never stopped."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from negsim.study import begin_sweep, digest_of, go_on, make_crew
from negsim.study.running.lock import as_only_writer
from negsim.study.running.store import Store, is_study
from tests.study.running.cluster import until
from tests.study.running.making import content_of, counts_of
from tests.study.running.sales import SALE, negsim, run_sweep, sale_of

KILLS = 50
SWEEP = (
    "--vary=parties.buyer.no_deal=20..60/20",
    "--vary=parties.seller.no_deal=20..59/20",
    "--worlds=64",
    "--jobs=2",
)


@pytest.fixture(scope="module")
def sale(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sale") / "sale.scenario.yaml"
    path.write_text(SALE, encoding="utf-8")
    return path


def finished(*arguments: str | Path) -> Path:
    """Run a sweep to its end and give the folder."""
    process = negsim("sweep", *arguments)
    said, wrong = process.communicate()
    assert process.returncode == 0, wrong
    return Path(said.split("Next: negsim results ")[1].strip())


@pytest.fixture(scope="module")
def undisturbed(sale: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return finished(sale, *SWEEP, "--study", tmp_path_factory.mktemp("undisturbed") / "study")


def acknowledged(folder: Path, aside: Path) -> set[tuple[object, ...]]:
    """What a study holds as done, read from a copy, so that looking at it changes nothing."""
    if not is_study(folder):
        return set()
    shutil.rmtree(aside, ignore_errors=True)
    shutil.copytree(folder, aside)
    with Store(aside) as store:
        rows = store.rows(("cell", "status", "attempts", "error", *store.columns.results))
        return {row for row in rows if row[1] != "planned"}


def unlike(number: int, name: str) -> float:
    """A number from 0 to 1 that has no pattern, and is the same in every run."""
    return int.from_bytes(hashlib.blake2b(f"{name} {number}".encode(), digest_size=4).digest(), "big") / 2**32


class Killing:
    """Kills what does a study at moments without pattern, as often as it has to; begins another when one is done."""

    def __init__(self, name: str, home: Path, sale: Path, n_kills: int, options: tuple[str, ...]) -> None:
        self.name, self.home, self.sale, self.n_kills = name, home, sale, n_kills
        self.options = options
        self.done: list[Path] = []
        self.n_cells_before: list[int] = []
        self.wrong: list[str] = []

    def go(self) -> None:
        folder, before = self.home / f"{self.name}0", set[tuple[object, ...]]()
        killed = 0
        while killed < self.n_kills:
            process = self.start(folder)
            self.wait_a_while(process, folder, killed)
            if process.poll() is None:
                process.kill()
                killed += 1
            _, wrong = process.communicate()
            now = acknowledged(folder, self.home / f"{self.name}-aside")
            self.n_cells_before.append(len(now))
            if process.returncode not in (0, -signal.SIGKILL):
                self.wrong.append(wrong)
            if not before <= now:
                self.wrong.append(f"lost or changed: {sorted(before - now, key=repr)[:3]}")
            before = now
            if process.returncode == 0:
                self.done.append(folder)
                folder, before = self.home / f"{self.name}{len(self.done)}", set()
        process = self.start(folder)
        _, wrong = process.communicate()
        if process.returncode != 0:
            self.wrong.append(wrong)
        self.done.append(folder)

    def wait_a_while(self, process: subprocess.Popen[str], folder: Path, number: int) -> None:
        """Every fifth time any while; else until it has written a few times, and a moment, however slow the machine."""
        chance = unlike(number, self.name)
        if number % 5 == 0:
            time.sleep(2 * chance)
            return
        log, seen = folder / "run.sqlite-wal", set[int]()
        until(lambda: process.poll() is not None or self.has_written(log, seen) > number % 3, "it writes, or ends")
        time.sleep(0.2 * chance)

    @staticmethod
    def has_written(log: Path, seen: set[int]) -> int:
        """Count the times at which a log was seen to be of."""
        with contextlib.suppress(OSError):
            seen.add(log.stat().st_mtime_ns)
        return len(seen)

    def start(self, folder: Path) -> subprocess.Popen[str]:
        if is_study(folder):
            return negsim("sweep", "--resume", folder, "--jobs=2", *self.options[:1])
        return negsim("sweep", *self.options, self.sale, *SWEEP, "--study", folder)


def test_a_driver_killed_50_times_loses_no_cell_and_ends_with_the_same_bytes(
    sale: Path, undisturbed: Path, tmp_path: Path
) -> None:
    executors = ("--executor=processes",), ("--executor=threads",)
    killers = [Killing(f"study-{k}-", tmp_path, sale, KILLS // 2, options) for k, options in enumerate(executors)]
    threads = [threading.Thread(target=killer.go) for killer in killers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [wrong for killer in killers for wrong in killer.wrong] == []
    for folder in (folder for killer in killers for folder in killer.done):
        assert content_of(folder) == content_of(undisturbed)
        assert digest_of(folder) == digest_of(undisturbed)
        assert sorted(path.name for path in folder.iterdir() if not path.name.startswith(".")) == ["run.sqlite"]
    part_done = [n for killer in killers for n in killer.n_cells_before if 0 < n < 400]
    assert len(part_done) >= KILLS // 5, "and they were killed in the middle of their work"


def test_worlds_that_are_kept_are_the_same_after_being_killed(sale: Path, tmp_path: Path) -> None:
    options = ("--executor=serial", "--keep-worlds")
    whole = finished(*options, sale, *SWEEP, "--study", tmp_path / "whole")
    killer = Killing("kept-", tmp_path, sale, 4, options)
    killer.go()
    assert killer.wrong == []
    parts = {path.name: path.read_bytes() for path in (whole / "worlds").iterdir()}
    assert len(parts) == 400
    for folder in killer.done:
        assert content_of(folder) == content_of(whole)
        found = {
            path.name: path.read_bytes() for path in (folder / "worlds").iterdir() if not path.name.startswith(".")
        }
        assert found == parts


def test_what_tells_apart_lost_cells_notices_one(undisturbed: Path, tmp_path: Path) -> None:
    before = acknowledged(undisturbed, tmp_path / "aside")
    assert len(before) == 400
    assert not before <= {row for row in before if row[0] != 7}


# ------------------------------------------------------------------------- killed between last cell and end


@pytest.mark.parametrize("step", ["before it is rewritten", "before what is rewritten takes its place"])
def test_a_study_killed_at_its_very_end_is_sealed_when_it_is_gone_on_with(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run_sweep(sale_of(), tmp_path / "whole", make_crew("serial", 1))
    folder = tmp_path / "killed"
    begin_sweep(sale_of(), folder)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        if step == "before it is rewritten":
            patched.setattr(Store, "seal", killed)
        else:
            patched.setattr("negsim.study.running.store.put_in_place", killed)
        with pytest.raises(KeyboardInterrupt):
            go_on(folder, make_crew("serial", 1))
    (folder / ".run.sqlite.new").write_bytes(b"what a kill leaves of a file that was being written")
    assert counts_of(folder)["planned"] == 0
    with Store(folder) as store:
        assert not store.is_sealed
    process = negsim("sweep", "--resume", folder)
    said, _ = process.communicate()
    assert (process.returncode, said.splitlines()[0]) == (0, f"Nothing was left to do: 25 cells, in {folder}.")
    assert content_of(folder) == content_of(whole)


def test_a_finished_study_is_left_as_it_is(tmp_path: Path) -> None:
    folder = run_sweep(sale_of(), tmp_path, make_crew("serial", 1))
    before = content_of(folder)
    crew = make_crew("serial", 1)
    go_on(folder, crew, on_cells=lambda *_: pytest.fail("nothing is left to do"))
    begin_sweep(sale_of(), folder)
    assert content_of(folder) == before
    assert crew.executor is None, "nobody was hired for it"


# --------------------------------------------------------------------------------------------- Ctrl-C


def interrupt(process: subprocess.Popen[str], *, group: bool) -> tuple[str, str]:
    """Press Ctrl-C: a terminal sends it to the whole group, `kill` to the process."""
    if group:
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.SIGINT)
    try:
        return process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise


@pytest.mark.parametrize(
    ("executor", "group"), [("processes", False), ("processes", True), ("threads", True), ("serial", False)]
)
def test_ctrl_c_ends_with_a_message_and_keeps_what_is_done(
    executor: str, group: bool, sale: Path, undisturbed: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "study"
    process = negsim("sweep", sale, *SWEEP, "--study", folder, "--executor", executor)
    until(lambda: process.poll() is not None or (is_study(folder) and counts_of(folder)["done"]), "a cell is done")
    _, wrong = interrupt(process, group=group)
    assert process.returncode == 130, wrong
    done = counts_of(folder)["done"]
    assert 0 < done < 400
    assert (
        wrong == f"Interrupted after {done} of 400 cells, which are kept. Go on with: negsim sweep --resume {folder}\n"
    )
    assert content_of(finished("--resume", folder, "--executor", executor)) == content_of(undisturbed)


@pytest.mark.parametrize("executor", ["processes", "threads", "serial"])
def test_ctrl_c_does_not_wait_for_a_cell_that_takes_long(executor: str, sale: Path, tmp_path: Path) -> None:
    """A million worlds of bargaining take minutes; a minute is all that Ctrl-C gets."""
    folder = tmp_path / "study"
    sweep = (*SWEEP[:2], "--jobs=2", "--worlds=1000000", "--of=bargain")
    process = negsim("sweep", sale, *sweep, "--study", folder, "--executor", executor)
    until(lambda: process.poll() is not None or (folder / "run.sqlite-wal").exists(), "the study is begun")
    time.sleep(1.0)
    _, wrong = interrupt(process, group=True)
    assert process.returncode == 130, wrong
    assert wrong == f"Interrupted. Go on with: negsim sweep --resume {folder}\n"
    assert counts_of(folder)["done"] == 0


def test_ctrl_c_at_any_moment_shows_no_traceback(sale: Path, tmp_path: Path) -> None:
    """While processes are being started they have not yet been told to leave Ctrl-C to the driver."""
    for k in range(4):
        folder = tmp_path / f"study{k}"
        process = negsim("sweep", sale, *SWEEP, "--study", folder)
        until(lambda f=folder, p=process: p.poll() is not None or (f / "run.sqlite").exists(), "the study is begun")
        time.sleep(0.15 * k)
        _, wrong = interrupt(process, group=True)
        assert process.returncode in (0, 130)
        assert "Traceback" not in wrong


# ------------------------------------------------------------------------------------ two at one study


@pytest.fixture
def at_work(sale: Path, tmp_path: Path) -> Iterator[tuple[Path, subprocess.Popen[str]]]:
    """A study that a driver is at."""
    folder = tmp_path / "study"
    process = negsim("sweep", sale, *SWEEP, "--study", folder, "--executor=serial")
    until(lambda: process.poll() is not None or (is_study(folder) and counts_of(folder)["done"]), "a cell is done")
    process.send_signal(signal.SIGSTOP)
    yield folder, process
    if process.poll() is None:
        process.send_signal(signal.SIGCONT)
        process.kill()
    process.communicate()


@pytest.mark.parametrize("again", [True, False])
def test_a_second_driver_is_refused_and_the_first_undisturbed(
    again: bool, at_work: tuple[Path, subprocess.Popen[str]], sale: Path, undisturbed: Path
) -> None:
    folder, first = at_work
    second = negsim("sweep", "--resume", folder) if again else negsim("sweep", sale, *SWEEP, "--study", folder)
    _, wrong = second.communicate()
    assert second.returncode == 2
    expected = (
        f"{folder}: process {first.pid} is at work on this study; wait for it, or stop it and go on with --resume"
    )
    assert wrong == f"Error: {expected}\n"
    first.send_signal(signal.SIGCONT)
    first.communicate()
    assert first.returncode == 0
    assert content_of(folder) == content_of(undisturbed)


def test_a_study_can_be_read_while_it_is_being_done(at_work: tuple[Path, subprocess.Popen[str]]) -> None:
    folder, _ = at_work
    process = negsim("results", folder)
    said, wrong = process.communicate()
    assert process.returncode == 0, wrong
    assert "cells" in said


def test_a_study_that_another_process_has_begun_meanwhile_is_not_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one begins it, and does it, after this one looked and before it locked."""
    real = as_only_writer

    def late(folder: Path) -> object:
        monkeypatch.setattr("negsim.study.runs.as_only_writer", real)
        run_sweep(sale_of(), folder, make_crew("serial", 1))
        return real(folder)

    monkeypatch.setattr("negsim.study.runs.as_only_writer", late)
    begin_sweep(sale_of(), tmp_path)
    assert counts_of(tmp_path) == {"planned": 0, "done": 25, "failed": 0}
