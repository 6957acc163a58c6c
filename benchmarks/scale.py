"""What a large study is made of: a task through each executor, a row on the disk, a thousand worlds of Geneva."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from pathlib import Path

from benchmarks.spaces import GENEVA
from benchmarks.timing import Row, median
from negsim.scenario import load
from negsim.scenario.writer import write
from negsim.study.manifest import processor, versions
from negsim.study.parts import part_bytes
from negsim.study.running.driver import evaluate
from negsim.study.running.executors import Crew, make_crew
from negsim.study.running.store import Columns, Finding, Store, create_store
from negsim.study.work import ScenarioWork

__all__ = ["measure"]

ROUNDS = 3
N_TASKS = 2000
N_ROWS = 100_000
N_INPUTS = 8
HEAD = {"format": "bench", "versions": versions(), "processor": processor()}


def measure() -> list[Row]:
    """Time the pieces one by one."""
    return [*_tasks(), *_rows(), *_worlds()]


def _tasks() -> list[Row]:
    """Hand over empty tasks, with a window, as the driver does, through each executor."""
    work = ScenarioWork(write(load(GENEVA)), ("zone",), 1000, 0, "lhs")
    rows = []
    for name, crew in (("processes", make_crew("processes", 2)), ("threads", make_crew("threads", 2))):
        rows.append(_task_row(name, crew, work))
    with _cluster() as address:
        rows.append(_task_row("Dask, scheduler and two workers on loopback", make_crew("dask", 2, address), work))
    return rows


def _task_row(name: str, crew: Crew, work: ScenarioWork) -> Row:
    _hand_over(crew, work, 100)
    each = median([_hand_over(crew, work, N_TASKS) / N_TASKS for _ in range(ROUNDS)])
    crew.end()
    return Row(f"a task of Geneva without a cell, with its text: {name}", f"{each * 1e6:.0f} µs")


def _hand_over(crew: Crew, work: ScenarioWork, n_tasks: int) -> float:
    start, left = time.perf_counter(), n_tasks
    under_way: set[Future[object]] = set()
    while left or under_way:
        while left and len(under_way) < 2 * crew.n_workers:
            under_way.add(crew.get().submit(evaluate, work, (), (), (), []))
            left -= 1
        under_way = set(wait(under_way, return_when=FIRST_COMPLETED).not_done)
    return time.perf_counter() - start


@contextmanager
def _cluster() -> Iterator[str]:
    """Start a scheduler and two workers, as somebody would by hand."""
    code = (
        "import sys\n"
        "from distributed import LocalCluster\n"
        "if __name__ == '__main__':\n"
        "    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:\n"
        "        print(cluster.scheduler_address, flush=True)\n"
        "        sys.stdin.read()\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "cluster.py"
        script.write_text(code, encoding="utf-8")
        process = subprocess.Popen(
            [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ}
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()
            process.wait(30)


def _rows() -> list[Row]:
    """Write rows as the driver does, a transaction for each thousand, then seal them."""
    columns = Columns(
        tuple(f"input_{k}" for k in range(N_INPUTS)), ("p_zone", "p_zone.low", "p_zone.high"), ("worlds",)
    )
    created, saved, sealed, size = [], [], [], 0
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            create_store(folder, HEAD, columns, ([float(k)] * N_INPUTS for k in range(N_ROWS)))
            created.append(time.perf_counter() - start)
            with Store(folder, writes=True) as store:
                start = time.perf_counter()
                store.begin()
                for first in range(0, N_ROWS, 1000):
                    store.save([Finding(k, 1, (0.5, 0.4, 0.6, os.urandom(125))) for k in range(first, first + 1000)])
                saved.append(time.perf_counter() - start)
                start = time.perf_counter()
                store.seal()
                sealed.append(time.perf_counter() - start)
            size = (Path(folder) / "run.sqlite").stat().st_size
    return [
        Row(f"a row of {N_INPUTS} inputs, an estimate and a bit for each of 1,000 worlds, planned", _each(created)),
        Row("the same, saved in transactions of 1,000", _each(saved)),
        Row("the same, sealed", _each(sealed)),
        Row("its size", f"{size / N_ROWS:.0f} bytes"),
    ]


def _each(seconds: list[float]) -> str:
    return f"{median(seconds) / N_ROWS * 1e6:.1f} µs"


def _worlds() -> list[Row]:
    """Do cells of a thousand worlds in this process, and weigh the worlds of one that are kept."""
    scenario = write(load(GENEVA))
    work = ScenarioWork(scenario, ("zone",), 1000, 0, "lhs", keeps_worlds=True)
    path = "parties.russia.red_lines.full_withdrawal.firmness"
    found = work({path: 0.7})
    seconds = []
    for k in range(5 * ROUNDS):
        start = time.perf_counter()
        work({path: 0.6 + k / 100})
        seconds.append(time.perf_counter() - start)
    assert len(found["worlds"]) > len(part_bytes({}))
    return [
        Row("a cell of 1,000 worlds of Geneva, P(zone), one process", f"{median(seconds) * 1e3:.0f} ms"),
        Row("its worlds, kept as Parquet", f"{len(found['worlds']) / 1e3:.1f} kB"),
    ]
