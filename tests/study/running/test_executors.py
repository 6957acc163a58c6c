"""The same study on every executor; workers that die; nothing that outlives who started it."""

from __future__ import annotations

import builtins
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from negsim.errors import NegsimError, UsageError
from negsim.study import crew_of, digest_of, make_crew, read_study
from negsim.study.running import driver
from negsim.study.running.dask_executor import DaskExecutor, deaths_told
from negsim.study.running.executors import Crew, SerialExecutor, ThreadExecutor
from tests.study.running import models
from tests.study.running.cluster import ROOT, local_cluster, until
from tests.study.running.making import cells_of, content_of, counts_of, drive_in, make_study
from tests.study.running.sales import descendants, is_alive, run_sweep, sale_of

linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Dask cluster of two workers on loopback."""
    with local_cluster(tmp_path_factory.mktemp("cluster")) as (address, _):
        yield address


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sale, done in this process."""
    return run_sweep(sale_of(), tmp_path_factory.mktemp("serial"), make_crew("serial", 1))


def looked_at(folder: Path, reference: Path) -> None:
    assert digest_of(folder) == digest_of(reference)
    assert content_of(folder) == content_of(reference)


# ----------------------------------------------------------------------------------- the same everywhere


def test_the_sale_has_all_kinds_of_cells(reference: Path) -> None:
    """What the executors are compared on is no study of zeros."""
    table = read_study(reference).table
    assert len(set(table.results["p_zone"].tolist())) > 1
    assert len(set(table.results["p_agreement"].tolist())) > 1


@pytest.mark.parametrize("name", ["threads", "processes"])
@pytest.mark.parametrize("n_workers", [1, 2])
def test_every_executor_writes_the_same_bytes(name: str, n_workers: int, reference: Path, tmp_path: Path) -> None:
    looked_at(run_sweep(sale_of(), tmp_path, make_crew(name, n_workers)), reference)


def test_a_dask_cluster_writes_the_same_bytes(cluster: str, reference: Path, tmp_path: Path) -> None:
    looked_at(run_sweep(sale_of(), tmp_path, make_crew("dask", 1, cluster)), reference)


@pytest.mark.parametrize("kind", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_any_executor_from_python_writes_the_same_bytes(
    kind: Callable[[int], Executor], reference: Path, tmp_path: Path
) -> None:
    options: Any = (
        {} if kind is ThreadPoolExecutor else {"mp_context": __import__("multiprocessing").get_context("spawn")}
    )
    with kind(2, **options) as executor:
        looked_at(run_sweep(sale_of(), tmp_path, crew_of(executor, 2)), reference)
        assert executor.submit(int, "7").result() == 7, "it is not shut down"


def test_another_seed_writes_other_bytes(reference: Path, tmp_path: Path) -> None:
    other = run_sweep(sale_of(seed=1), tmp_path, make_crew("serial", 1))
    assert digest_of(other) != digest_of(reference)


def test_the_size_of_tasks_changes_no_byte(reference: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "_TASK_SECONDS", 0.0)
    looked_at(run_sweep(sale_of(), tmp_path, make_crew("serial", 1)), reference)


# ------------------------------------------------------------------------------------- workers that die


def test_a_worker_killed_in_the_middle_costs_nothing(tmp_path: Path) -> None:
    flags = [str(tmp_path / "flag") if x == 60 else "" for x in range(200)]
    drive_in(make_study(tmp_path, 200, flag=flags), models.kills_its_worker_once, make_crew("processes", 2))
    assert (tmp_path / "flag").exists(), "a worker did die"
    assert [row[0] for row in cells_of(tmp_path)] == ["done"] * 200
    assert [row[3] for row in cells_of(tmp_path)] == [x * 0.5 for x in range(200)]


def test_a_dask_worker_killed_in_the_middle_costs_nothing(cluster: str, tmp_path: Path) -> None:
    flags = [str(tmp_path / "flag") if x == 60 else "" for x in range(200)]
    drive_in(make_study(tmp_path, 200, flag=flags), models.kills_its_worker_once, make_crew("dask", 1, cluster))
    assert (tmp_path / "flag").exists(), "a worker did die"
    assert [row[0] for row in cells_of(tmp_path)] == ["done"] * 200


@pytest.mark.parametrize("deadly", [{150}, {40, 299}])
def test_cells_that_always_kill_their_worker_are_named_and_the_others_done(deadly: set[int], tmp_path: Path) -> None:
    marks = [int(x in deadly) for x in range(300)]
    drive_in(make_study(tmp_path, 300, deadly=marks), models.kills_its_worker_always, make_crew("processes", 2))
    rows = cells_of(tmp_path)
    assert {x for x, row in enumerate(rows) if row[0] == "failed"} == deadly
    assert {row[2] for row in rows} == {"", "its worker died each time"}
    assert counts_of(tmp_path) == {"planned": 0, "done": 300 - len(deadly), "failed": len(deadly)}


def test_a_cell_that_always_kills_its_dask_worker_is_named_with_the_same_digest(cluster: str, tmp_path: Path) -> None:
    marks = [int(x == 30) for x in range(60)]
    here, there = (make_study(tmp_path / name, 60, deadly=marks) for name in ("here", "there"))
    drive_in(here, models.kills_its_worker_always, make_crew("processes", 2))
    drive_in(there, models.kills_its_worker_always, make_crew("dask", 1, cluster))
    assert {x for x, row in enumerate(cells_of(there)) if row[0] == "failed"} == {30}
    assert digest_of(here) == digest_of(there)


def test_a_dask_cluster_that_is_killed_ends_the_run_and_the_rest_can_be_done_elsewhere(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study", 4000, seconds=[0.01] * 4000)

    with local_cluster(tmp_path) as (address, scheduler):
        crew = make_crew("dask", 1, address)

        def kill_it_when_some_are_done(done: int, _failed: int, _planned: int) -> None:
            if done > 20:
                scheduler.kill()

        with pytest.raises(NegsimError, match=r"after [\d,]+ of 4,000 cells.*--resume goes on from there"):
            drive_in(study, models.takes_its_time, crew, on_cells=kill_it_when_some_are_done)
    assert 20 < counts_of(study)["done"] < 4000
    drive_in(study, models.product, make_crew("serial", 1))
    assert [row[3] for row in cells_of(study)] == [x * 0.5 for x in range(4000)]


def test_a_cluster_without_workers_is_not_waited_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Lost(SerialExecutor):
        def submit(self, *_: Any, **__: Any) -> Future[Any]:
            return Future()

    monkeypatch.setattr(driver, "_PATIENCE", 0.0)
    monkeypatch.setattr(Crew, "is_staffed", lambda _: False)
    with pytest.raises(NegsimError, match="the executor has no workers left after 0 of 3 cells"):
        drive_in(make_study(tmp_path, 3), models.product, crew_of(Lost(), 1))


def test_work_that_takes_longer_than_that_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "_PATIENCE", 0.001)
    drive_in(make_study(tmp_path, 3, seconds=[0.05] * 3), models.takes_its_time, make_crew("threads", 1))
    assert counts_of(tmp_path)["done"] == 3


def test_a_dask_cluster_says_whether_anybody_is_left(cluster: str) -> None:
    crew = make_crew("dask", 1, cluster)
    assert crew.n_workers == 2
    assert crew.is_staffed()
    executor = crew.get()
    crew.end()
    assert isinstance(executor, DaskExecutor)
    assert not executor.has_workers(), "whoever has left is told nothing"
    assert isinstance(crew.get(), DaskExecutor), "and can come back"
    crew.end()


def test_an_error_that_tells_of_no_death_counts_none() -> None:
    class KilledWorker(Exception):
        """As Dask calls it; an older one does not say how often."""

    assert deaths_told(ValueError()) == 0
    assert deaths_told(KilledWorker()) == 1
    error = KilledWorker()
    error.allowed_failures = 3  # type: ignore[attr-defined]
    assert deaths_told(error) == 4


# --------------------------------------------------------------------------------- nothing outlives

_DRIVER = """
import sys
from pathlib import Path
from negsim.study import make_crew
from tests.study.running import models
from tests.study.running.making import drive_in

if __name__ == "__main__":
    drive_in(Path(sys.argv[1]), models.marks_its_start, make_crew(sys.argv[2], 2))
"""


@linux
def test_no_worker_outlives_a_killed_driver(tmp_path: Path) -> None:
    """With both workers at cells that take an hour."""
    study = make_study(tmp_path / "study", 4, flag=[str(tmp_path / f"flag{x}") for x in range(4)])
    (tmp_path / "driver.py").write_text(_DRIVER, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(tmp_path / "driver.py"), str(study), "processes"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        until(lambda: (tmp_path / "flag0").exists() and (tmp_path / "flag1").exists(), "both workers are at work")
        children = descendants(process.pid)
        assert len(children) >= 4, "two workers, what they are forked from, and what looks after resources"
    finally:
        process.kill()
        process.wait()
    until(lambda: not any(is_alive(pid) for pid in children), "all that the driver started is gone")


@linux
def test_a_crew_of_processes_is_gone_once_it_is_ended_in_the_middle_of_its_work(tmp_path: Path) -> None:
    crew = make_crew("processes", 1)
    crew.get().submit(models.marks_its_start, {"x": 1, "y": 1, "flag": str(tmp_path / "flag")})
    until((tmp_path / "flag").exists, "the worker is at work")
    pids = list(crew.get()._processes)  # type: ignore[attr-defined]
    crew.end()
    until(lambda: not any(is_alive(pid) for pid in pids), "the worker is gone")


# ------------------------------------------------------------------------------- serial and threads


@pytest.mark.parametrize("make", [SerialExecutor, lambda: ThreadExecutor(2)])
def test_what_is_submitted_gives_its_result_or_its_error(make: Callable[[], Executor]) -> None:
    with make() as executor:
        assert executor.submit(divmod, 7, 2).result() == (3, 1)
        with pytest.raises(ZeroDivisionError):
            executor.submit(divmod, 7, 0).result()


def test_ctrl_c_is_no_result_of_a_serial_executor() -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        SerialExecutor().submit(interrupted)


def test_threads_work_side_by_side() -> None:
    """Each waits for the other."""
    both = threading.Barrier(2, timeout=60)
    with ThreadExecutor(2) as executor:
        assert sorted(future.result() for future in [executor.submit(both.wait) for _ in range(2)]) == [0, 1]


def test_threads_that_are_ended_cancel_what_they_have_not_begun() -> None:
    begun, go = threading.Event(), threading.Event()

    def wait_for_it() -> bool:
        begun.set()
        return go.wait(60)

    executor = ThreadExecutor(1)
    first, second = executor.submit(wait_for_it), executor.submit(int)
    begun.wait(60)
    executor.shutdown(wait=False, cancel_futures=True)
    executor.shutdown(wait=False, cancel_futures=True)
    assert second.cancelled()
    go.set()
    assert first.result(60)


def test_a_future_cancelled_in_the_queue_is_not_done() -> None:
    go = threading.Event()
    done: list[int] = []
    with ThreadExecutor(1) as executor:
        executor.submit(go.wait, 60)
        second, third = executor.submit(done.append, 2), executor.submit(done.append, 3)
        second.cancel()
        go.set()
        third.result(60)
    assert done == [3]


def test_threads_keep_no_program_from_ending() -> None:
    program = (
        "import time, threading; from negsim.study.running.executors import ThreadExecutor; begun = threading.Event()\n"
        "ThreadExecutor(1).submit(lambda: (begun.set(), time.sleep(3600))); begun.wait()"
    )
    subprocess.run(
        [sys.executable, "-c", program], check=True, timeout=120, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )


# ------------------------------------------------------------------------------------------- crews


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("procesess", 1), "there is no executor 'procesess'; did you mean 'processes'?"),
        (("threads", 2, "tcp://x:1"), "--scheduler tcp://x:1 goes with --executor dask, not with threads"),
        (("threads", 0), "there must be one worker at least, not 0"),
        (("dask", 1), "--executor dask needs the address of a scheduler: --scheduler tcp://host:port"),
    ],
)
def test_a_crew_that_makes_no_sense_is_refused(arguments: tuple[Any, ...], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        make_crew(*arguments)
    assert str(caught.value) == said


def test_a_given_executor_needs_a_worker() -> None:
    with pytest.raises(UsageError, match="one worker at least, not 0"):
        crew_of(SerialExecutor(), 0)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "127.0.0.1:99999", "http://x", "tls://127.0.0.1:9"])
def test_a_scheduler_that_does_not_answer_is_named(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import distributed

    client = distributed.Client
    monkeypatch.setattr(distributed, "Client", lambda to, **options: client(to, **{**options, "timeout": "1s"}))
    with pytest.raises(UsageError, match=f"--scheduler {address}: no scheduler answers there"):
        make_crew("dask", 1, address)


class Deserted:
    """A client of a cluster that has no workers."""

    def __init__(self, *_: Any, **__: Any) -> None:
        """Whatever the address, it is there."""

    def nthreads(self) -> dict[str, int]:
        return {}

    def get_executor(self, *, pure: bool) -> Executor:
        assert not pure
        return SerialExecutor()

    def close(self) -> None:
        ENDED.append(self)


ENDED: list[Deserted] = []


def test_a_scheduler_without_workers_is_named_and_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("distributed.Client", Deserted)
    ENDED.clear()
    with pytest.raises(UsageError, match="it has no workers; start some: dask worker tcp://there:1"):
        make_crew("dask", 1, "tcp://there:1")
    assert len(ENDED) == 1


def test_whatever_keeps_dask_from_a_scheduler_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine that is very busy, its client gives up with an assertion that says nothing."""

    def give_up(*_: Any, **__: Any) -> None:
        raise AssertionError

    monkeypatch.setattr("distributed.Client", give_up)
    with pytest.raises(UsageError, match=r"no scheduler answers there \(AssertionError\)"):
        make_crew("dask", 1, "tcp://there:1")


def test_dask_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *arguments: Any, **options: Any) -> Any:
        if name == "distributed":
            raise ImportError(name)
        return real(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=r"pip install 'negsim\[dask\]'"):
        make_crew("dask", 1, "tcp://127.0.0.1:9")


def test_a_crew_ends_what_it_hired_and_not_what_it_was_given() -> None:
    ended: list[Executor] = []

    class Noted(SerialExecutor):
        def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
            del wait, cancel_futures
            ended.append(self)

    given, hiring = crew_of(Noted(), 1), Crew(1, Noted)
    assert not given.replace()
    assert hiring.replace()
    hiring.end()
    assert ended == [], "nobody was hired yet"
    first = hiring.get()
    assert hiring.get() is first
    assert hiring.replace()
    assert hiring.get() is not first
    hiring.end()
    given.end()
    assert len(ended) == 2
