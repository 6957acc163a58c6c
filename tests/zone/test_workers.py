"""Work over blocks gives the same wherever it is done, and nothing is left behind when it is cut short."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from negsim.errors import NegsimError
from negsim.scenario import Scenario, loads
from negsim.zone import analyse_zone, estimate_p_zone, workers
from negsim.zone.compiled import Compiled, compile_scenario
from negsim.zone.counting import Run

TEXT = """
negsim: 1
id: s
title: S
issues:
  a: {title: A, kind: ordered, options: [low, mid, top]}
  b: {title: B, scale: 0..10, step: 1}
parties:
  ann: {title: Ann, demands: {a: top, b: 10}, no_deal: 20..80}
  bob: {title: Bob, demands: {a: low, b: 0}, no_deal: 20..80, red_lines: {line: {require: a != top, firmness: 0.5}}}
"""


@pytest.fixture
def scenario() -> Scenario:
    return loads(TEXT)


@pytest.fixture
def _eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let any work be worth a process, in runs of one block."""
    monkeypatch.setattr(workers, "_WORTH_SECONDS", 0.0)
    monkeypatch.setattr(workers, "_RUN_SECONDS", 0.0)


@pytest.mark.usefixtures("_eager")
def test_processes_find_what_one_process_finds(scenario: Scenario) -> None:
    n_worlds = 12 * 256 + 7
    one, two = (analyse_zone(scenario, n_jobs=n, n_worlds=n_worlds, seed=3) for n in (1, 2))
    assert one == two
    assert estimate_p_zone(scenario, n_jobs=3, n_worlds=n_worlds, seed=3) == one.p_zone


@pytest.mark.usefixtures("_eager")
def test_a_precision_stops_at_the_same_world_whatever_the_jobs(scenario: Scenario) -> None:
    assert analyse_zone(scenario, n_jobs=2, precision=0.02) == analyse_zone(scenario, n_jobs=1, precision=0.02)


def test_ctrl_c_waits_until_a_process_is_started_and_is_not_lost() -> None:
    done = []

    def start() -> None:
        with workers._interrupted_after():
            signal.raise_signal(signal.SIGINT)
            done.append("started")

    with pytest.raises(KeyboardInterrupt):
        start()
    assert done == ["started"]
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_where_ctrl_c_is_not_heard_nothing_is_kept_of_it() -> None:
    """In another thread, and where somebody ignores it."""
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(lambda: workers._interrupted_after().__enter__()).result() is None
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with workers._interrupted_after():
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)


def test_processes_are_spawned_where_there_is_nothing_to_fork_them_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    with workers.start_processes(None, 1) as pool:
        assert pool.submit(int, "7").result() == 7


def _where(compiled: Compiled, run: Run) -> tuple[int, list[int]]:
    return os.getpid(), [block for block, _ in run]


@pytest.mark.usefixtures("_eager")
def test_results_come_in_the_order_of_blocks_from_other_processes(scenario: Scenario) -> None:
    blocks = [(block, 1) for block in range(20)]
    with workers.Workers(compile_scenario(scenario, 0, "lhs"), 2) as pool:
        found = list(pool.map(_where, blocks))
    assert [block for _, run in found for block in run] == list(range(20))
    assert found[0][0] == os.getpid()  # the first block tells how long one takes
    assert os.getpid() not in {process for process, _ in found[1:]}


def test_little_work_starts_no_process(scenario: Scenario) -> None:
    with workers.Workers(compile_scenario(scenario, 0, "lhs"), 2) as pool:
        assert {process for process, _ in pool.map(_where, [(0, 1), (1, 1)])} == {os.getpid()}


def _die(compiled: Compiled, run: Run) -> None:
    if run[0][0] == 5:
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.usefixtures("_eager")
def test_a_killed_worker_is_an_error_and_no_hang(scenario: Scenario) -> None:
    with (
        workers.Workers(compile_scenario(scenario, 0, "lhs"), 2) as pool,
        pytest.raises(NegsimError, match="a worker process was killed"),
    ):
        list(pool.map(_die, [(block, 1) for block in range(1, 20)]))


def test_a_worker_ignores_ctrl_c_and_works_on_what_it_was_sent(scenario: Scenario) -> None:
    before = signal.getsignal(signal.SIGINT)
    try:
        workers._begin(compile_scenario(scenario, 0, "lhs"))
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        assert workers._do(_where, [(7, 1)], (), {}) == (os.getpid(), [7])
    finally:
        signal.signal(signal.SIGINT, before)


PROGRAM = """
import sys
from negsim.scenario import load
from negsim.zone import analyse_zone
if __name__ == "__main__":
    analyse_zone(load(sys.argv[1]), n_worlds=2**20, n_jobs=2, on_progress=lambda done, _: print(done, flush=True))
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_no_worker_outlives_a_killed_program(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(PROGRAM)
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, str(tmp_path / "program.py"), str(root / "scenarios" / "geneva-2026.scenario.yaml")]
    # A mark in the environment, which workers inherit, tells them from all other processes.
    mark = f"NEGSIM_TEST_MARK={os.getpid()}.{time.time_ns()}"
    environment = os.environ | {"PYTHONPATH": str(root)} | dict([mark.split("=")])
    program = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True)
    try:
        assert program.stdout is not None
        seen = [int(program.stdout.readline()) for _ in range(6)]
        assert seen == sorted(seen)
        assert len(_marked(mark)) >= 3  # the program and its two workers at least
    finally:
        program.kill()
        program.communicate()
    for _ in range(100):
        if not _marked(mark):
            break
        time.sleep(0.1)
    assert _marked(mark) == []


def _marked(mark: str) -> list[int]:
    """Find the processes with a mark in their environment."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                environment = (process / "environ").read_bytes()
                dead = b") Z " in (process / "stat").read_bytes()
            except OSError:
                continue
            if mark.encode() in environment and not dead:
                found.append(int(process.name))
    return found


def test_counts_of_two_runs_are_those_of_one(scenario: Scenario) -> None:
    from negsim.zone.counting import count_zones, joined
    from negsim.zone.plan import make_plan
    from negsim.zone.questions import USUAL

    compiled = compile_scenario(scenario, 0, "lhs")
    blocks, plan = [(0, 256), (1, 256), (2, 100)], make_plan(compiled, USUAL)
    whole, tally = count_zones(compiled, blocks, plan)
    parts = [count_zones(compiled, blocks[:1], plan), count_zones(compiled, blocks[1:], plan)]
    assert np.array_equal(tally, parts[0][1] + parts[1][1])
    again = joined([counts for counts, _ in parts])
    for name in ("size", "n_worlds", "n_zones", "present", "accepted"):
        assert np.array_equal(getattr(whole, name), getattr(again, name))
