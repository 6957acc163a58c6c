"""The calendar of talks: the whole command on Geneva, and one calendar for all worlds against one for each."""

from __future__ import annotations

import time

from benchmarks.commands import measured
from benchmarks.spaces import GENEVA
from benchmarks.timing import Row, median
from negsim.scenario import load
from negsim.talks.calendar import run_calendar
from negsim.talks.course import begin_course
from negsim.talks.setting import Setting, make_setting

__all__ = ["measure"]

_TOGETHER = 512
_ALONE = 16
_ROUNDS = 3


def measure() -> list[Row]:
    """Time the command, and a world's share of a calendar over many worlds beside a calendar of its own."""
    command = measured(["talks", str(GENEVA), "--worlds", "4096", "--jobs", "2"])
    setting = make_setting(load(GENEVA), [], 0, "lhs")
    _seconds(setting, 1)  # a warm-up
    pairs = [(_seconds(setting, _TOGETHER) / _TOGETHER, _one_by_one(setting)) for _ in range(_ROUNDS)]
    together, alone = (median([pair[k] for pair in pairs]) for k in (0, 1))
    gain = median([one / many for many, one in pairs])
    return [
        Row("`negsim talks` of Geneva, 4,096 worlds, two processes, wall", f"{command.wall:.2f} s", "6 s"),
        Row("the same, memory of all processes", f"{command.megabytes:.0f} MB", "800 MB"),
        Row("a world of Geneva's calendar, among 512, one process", f"{together * 1000:.2f} ms"),
        Row("the same world by a calendar of its own", f"{alone * 1000:.0f} ms"),
        Row("one calendar for all worlds against one for each", f"{gain:.0f} times"),
    ]


def _seconds(setting: Setting, n_worlds: int) -> float:
    run = [(block, min(256, n_worlds)) for block in range(-(-n_worlds // 256))]
    start = time.perf_counter()
    run_calendar(begin_course(setting, 0, run))
    return time.perf_counter() - start


def _one_by_one(setting: Setting) -> float:
    """Give the seconds of a calendar of one world, the mean over the first worlds of some blocks."""
    start = time.perf_counter()
    for block in range(_ALONE):
        run_calendar(begin_course(setting, 0, [(block, 1)]))
    return (time.perf_counter() - start) / _ALONE
