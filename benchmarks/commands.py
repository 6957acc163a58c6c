"""Whole commands as a user starts them: CPU seconds, wall seconds and peak memory of the process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass

from benchmarks.spaces import GENEVA
from benchmarks.timing import Row, median

__all__ = ["measure"]

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class _Run:
    wall: float
    cpu: float
    megabytes: float


def measure() -> list[Row]:
    """Time the start of the program, a check, and the zone of Geneva at two sizes."""
    start = _median(["--help"])
    check = _median(["check", str(GENEVA)])
    zone = _median(["zone", str(GENEVA), "--worlds", "4096"])
    more = _median(["zone", str(GENEVA), "--worlds", "16384"])
    return [
        Row("`negsim --help`, CPU", f"{start.cpu * 1000:.0f} ms", "150 ms"),
        Row("`negsim check` of Geneva, CPU", f"{check.cpu * 1000:.0f} ms", "500 ms"),
        Row("`negsim zone` of Geneva, 4,096 worlds, wall", f"{zone.wall:.2f} s", "4 s"),
        Row("`negsim zone` of Geneva, 4,096 worlds, memory", f"{zone.megabytes:.0f} MB", "600 MB"),
        Row("`negsim zone` of Geneva, 16,384 worlds, memory", f"{more.megabytes:.0f} MB", "flat"),
    ]


def _median(arguments: list[str]) -> _Run:
    _run(arguments)  # a warm-up, so that files are in memory
    runs = [_run(arguments) for _ in range(ROUNDS)]
    return _Run(*(median([getattr(run, name) for run in runs]) for name in ("wall", "cpu", "megabytes")))


def _run(arguments: list[str]) -> _Run:
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "negsim", *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        raise SystemExit(f"negsim {' '.join(arguments)} ended with {process.returncode}")
    return _Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
