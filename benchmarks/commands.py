"""Whole commands as a user starts them: CPU seconds, wall seconds and peak memory of the process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.spaces import GENEVA
from benchmarks.timing import Row, median

__all__ = ["Run", "measure", "measured", "run_once", "wall_seconds"]

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took: wall and CPU seconds, and the peak memory of all its processes."""

    wall: float
    cpu: float
    megabytes: float


def measure() -> list[Row]:
    """Time the start of the program, a check, and the zone of Geneva at several sizes and on one and two processors."""
    start = measured(["--help"])
    check = measured(["check", str(GENEVA), "--checks", "lint"])
    lint = median([_lint_seconds() for _ in range(ROUNDS)])
    zone = measured(_zone(4096, 2))
    small, large = (measured(_zone(n_worlds, 2), rounds=1) for n_worlds in (8_192, 65_536))
    gain = _gain(65_536)
    return [
        Row("`negsim --help`, CPU", f"{start.cpu * 1000:.0f} ms", "150 ms"),
        Row("`negsim check --checks lint` of Geneva, CPU", f"{check.cpu * 1000:.0f} ms", "500 ms"),
        Row("of that, reading the file and all rules, once Python has loaded its modules", f"{lint * 1000:.0f} ms"),
        Row("`negsim zone` of Geneva, 4,096 worlds, wall", f"{zone.wall:.2f} s", "6 s"),
        Row("`negsim zone` of Geneva, 4,096 worlds, memory", f"{zone.megabytes:.0f} MB", "800 MB"),
        Row("the same, 8,192 worlds on two processes, all of them", f"{small.megabytes:.0f} MB"),
        Row("the same, 65,536 worlds on two processes, all of them", f"{large.megabytes:.0f} MB", "flat"),
        Row("`--jobs 2` against `--jobs 1`, 65,536 worlds, start included", f"{gain:.2f} times", "1.5 times"),
    ]


_LINT = """
import sys, time
import numpy
from negsim.checks import lint
from negsim.scenario import load_with_places
start = time.process_time()
lint(load_with_places(sys.argv[1]))
print(time.process_time() - start)
"""


def _lint_seconds() -> float:
    """Time reading and linting, the first in a process of its own: CPU seconds without the start of the process."""
    command = [sys.executable, "-c", _LINT, str(GENEVA)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def wall_seconds(arguments: list[str], rounds: int) -> float:
    """Time a command from its start to its end."""
    return measured(arguments, rounds).wall


def _zone(n_worlds: int, n_jobs: int) -> list[str]:
    return ["zone", str(GENEVA), "--worlds", str(n_worlds), "--jobs", str(n_jobs)]


def _gain(n_worlds: int) -> float:
    pairs = [(run_once(_zone(n_worlds, 1)).wall, run_once(_zone(n_worlds, 2)).wall) for _ in range(3)]
    return median([one / two for one, two in pairs])


def measured(arguments: list[str], rounds: int = ROUNDS) -> Run:
    """Run a command several times: the median of each figure."""
    run_once(arguments)  # a warm-up, so that files are in memory
    runs = [run_once(arguments) for _ in range(rounds)]
    return Run(*(median([getattr(run, name) for run in runs]) for name in ("wall", "cpu", "megabytes")))


def run_once(arguments: list[str]) -> Run:
    """Run a command; its memory is the largest sum over it and its workers, looked at every hundredth of a second."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "negsim", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    peak, ended, status = 0.0, 0, 0
    while ended == 0:
        peak = max(peak, _session_megabytes(process.pid))
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        time.sleep(0.01)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        raise SystemExit(f"negsim {' '.join(arguments)} ended with {process.returncode}")
    return Run(wall, usage.ru_utime + usage.ru_stime, max(peak, usage.ru_maxrss / 1024))


def _session_megabytes(session: int) -> float:
    """Add up the resident memory of all processes of a session, where the system lists them."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            total += int(fields[21])
    return total * os.sysconf("SC_PAGE_SIZE") / 2**20
